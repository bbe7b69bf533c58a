//! The modes of the keyboard: where a key is pressed decides what it does.

/// The mode in which a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Story,
    SidePane,
    Help,
    Search,
    FilterPanel,
    Themes,
    Statistics,
    /// Waits for the letter of a bookmark.
    BookmarkLetter,
    Note,
    /// Bookmarks and notes, or the reading history.
    List,
    Explanation,
    SpeakerPicker,
    /// A list of commands, stories or quotes that typing filters.
    Picker,
}

impl Mode {
    pub(crate) const ALL: &[Self] = &[
        Self::Story,
        Self::SidePane,
        Self::FilterPanel,
        Self::Explanation,
        Self::SpeakerPicker,
        Self::Search,
        Self::BookmarkLetter,
        Self::Note,
        Self::List,
        Self::Themes,
        Self::Statistics,
        Self::Picker,
        Self::Help,
    ];

    /// The heading of the mode's keys on the help page.
    pub(crate) const fn help_heading(self) -> &'static str {
        match self {
            Self::Story => "In the story",
            Self::SidePane => "In the side pane",
            Self::FilterPanel => "In the filter",
            Self::Search => "In the search box",
            Self::BookmarkLetter => "After m or '",
            Self::Note => "In a note",
            Self::Picker => "In a list of commands, stories or quotes",
            Self::List => "In a list of bookmarks, notes or stories",
            Self::Explanation => "In the \"Why?\" panel",
            Self::SpeakerPicker => "When correcting a speaker",
            Self::Themes => "In the list of themes",
            Self::Statistics => "In the statistics",
            Self::Help => "In this help",
        }
    }

    /// Whether characters without a binding are typed into a prompt in this mode.
    pub(crate) const fn accepts_text(self) -> bool {
        matches!(
            self,
            Self::Search
                | Self::FilterPanel
                | Self::BookmarkLetter
                | Self::Note
                | Self::SpeakerPicker
                | Self::Picker
        )
    }
}
