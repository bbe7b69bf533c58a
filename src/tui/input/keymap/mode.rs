//! The modes of the keyboard: where a key is pressed decides what it does.

/// One row per mode: its variant, its table in `keys.toml`, whether characters without a binding are typed into a text,
/// and the heading of its keys on the help page. The rows are in the order of the help page.
macro_rules! modes {
    ($($(#[$doc:meta])* $mode:ident $table:literal $accepts_text:literal $heading:literal;)*) => {
        /// The mode in which a key is pressed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Mode { $($(#[$doc])* $mode),* }

        impl Mode {
            pub(crate) const ALL: &[Self] = &[$(Self::$mode),*];

            /// The heading of the mode's keys on the help page.
            pub(crate) const fn help_heading(self) -> &'static str {
                match self { $(Self::$mode => $heading),* }
            }

            /// Whether characters without a binding are typed into a text in this mode.
            pub(crate) const fn accepts_text(self) -> bool {
                match self { $(Self::$mode => $accepts_text),* }
            }
        }

        /// The tables of `keys.toml`, each with the modes in which its keys work.
        pub(crate) const TABLES: &[(&str, &[Mode])] = &[
            ("main", &[Mode::Story, Mode::SidePane]),
            $(($table, &[Mode::$mode]),)*
            ("global", Mode::ALL),
        ];
    };
}

modes! {
    Story           "story"            false  "In the story";
    SidePane        "side-pane"        false  "In the side pane";
    FilterPanel     "filter"           true   "In the filter";
    QuotesPage      "quotes-page"      false  "On the page of quotes";
    Review          "review"           true   "In the review of uncertain quotes";
    Explanation     "explanation"      false  "In the \"Why?\" panel";
    SpeakerPicker   "speaker-picker"   true   "When correcting a speaker";
    Search          "search"           true   "In the search box";
    /// Waits for the letter of a bookmark.
    BookmarkLetter  "bookmark-letter"  true   "After m or '";
    Note            "note"             true   "In a note";
    /// Bookmarks and notes, or the reading history.
    List            "list"             false  "In a list of bookmarks, notes or stories";
    Links           "links"            false  "In the list of links";
    Themes          "themes"           false  "In the list of themes";
    Statistics      "statistics"       false  "In the statistics and in a comparison";
    /// A list of commands, stories or quotes that typing filters.
    Picker          "picker"           true   "In a list of commands, stories or quotes";
    Help            "help"             false  "In this help";
}
