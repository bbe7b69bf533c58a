//! The command table: every action, with its name and its description.

/// Declares one command a row: its variant, its name in `keys.toml`, its description. [`Action`], the keymap, the help
/// page and the README's key table all come from these rows.
macro_rules! actions {
    ($($variant:ident $name:literal $words:literal;)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Action { $($variant),* }

        impl Action {
            pub(crate) const ALL: &[Action] = &[$(Self::$variant),*];

            /// The command's name in `keys.toml` and in the command palette.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The description on the help page.
            pub(crate) const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),* }
            }
        }
    };
}

actions! {
    Forward            "forward"             "next row, or next finding";
    Back               "back"                "previous row, or previous finding";
    HalfPageForward        "half-page-forward"   "half a page on";
    HalfPageBack           "half-page-back"      "half a page back";
    PageForward        "page-forward"        "a page on";
    PageBack           "page-back"           "a page back";
    NextParagraph      "next-paragraph"      "next paragraph, or next group";
    PreviousParagraph  "previous-paragraph"  "previous paragraph, or previous group";
    ToStart            "to-start"            "to the start";
    ToEnd              "to-end"              "to the end";
    JumpBack         "return-back"         "back to where you were before a jump";
    JumpForward      "return-forward"      "and forward again";
    Bookmark               "mark"                "mark this place with a letter";
    GoToBookmark             "to-mark"             "to the mark of a letter; '' to where you were";
    Note               "note"                "write a note on this quote or paragraph";
    BookmarksAndNotes      "marks-and-notes"     "your marks and notes in this story";
    Delete             "delete"              "delete the mark or note; asks once more";
    NewLine            "new-line"            "a new line in a note";
    History            "history"             "the stories that you have read";

    NextQuote          "next-quote"          "next quote";
    PreviousQuote      "previous-quote"      "previous quote";
    NextBySpeaker         "next-by-same"        "next quote by the same speaker";
    PreviousBySpeaker     "previous-by-same"    "previous quote by the same speaker";
    NextName           "next-name"           "next name in the story";
    PreviousName       "previous-name"       "previous name in the story";
    NextMention        "next-mention"        "next mention of the same name";
    PreviousMention    "previous-mention"    "previous mention of the same name";
    Why                "why"                 "why it is this speaker's quote";
    Correct            "correct"             "say who said it, or that it is no quote";
    Copy               "copy"                "copy the quote with its speaker";
    CopyParagraph      "copy-paragraph"      "copy the paragraph with its source";

    SwitchPane         "switch-pane"         "to the other pane (2 Tab: its second tab)";
    Open                 "go"                  "to where it stands, or from the story to its finding";
    Profile            "profile"             "this one alone: names, quotes, mentions";
    NextTab            "next-tab"            "next tab";
    PreviousTab        "previous-tab"        "previous tab";
    Quotes             "quotes"              "the quotes, by speaker";
    People             "people"              "the people";
    Organisations      "organisations"       "the organisations";
    Places             "places"              "the places";
    WiderText          "wider-text"          "wider column of text";
    NarrowerText       "narrower-text"       "narrower column of text";
    WiderSide          "wider-side"          "wider side pane";
    NarrowerSide       "narrower-side"       "narrower side pane";

    CenterText             "centre"              "column in the middle, or at the left";
    CycleParagraphSpacing           "cycle-gap"           "0, 1 or 2 blank rows between paragraphs";
    Justify            "justify"             "both edges straight, or the right one ragged";
    Hyphenate          "hyphenate"           "long words torn at the end of a row, or whole";
    FocusParagraph              "alone"               "this paragraph clear, the others dimmed";
    Zen                "zen"                 "nothing but the column of text";
    Themes             "themes"              "the themes, to be tried on";
    Statistics         "statistics"          "the story in figures";

    FilterQuotes       "pick-speakers"       "pick whose quotes to read, and which";
    OnlySpeaker        "only-speaker"        "only this speaker; again: everybody";
    CycleQuoteKinds         "cycle-kinds"         "only direct, mixed, indirect quotes; then all";
    OnlyUncertain       "only-doubtful"       "only doubtful speakers; again: all";
    CycleFilterDisplay        "cycle-filter"        "the others are dimmed, folded, hidden";
    ToggleFilter       "switch-filter"       "filter off, and on again";
    Toggle             "toggle"              "let in, keep out, neither";
    Accept             "accept"              "done";

    Search             "search"              "search on from here";
    SearchBack         "search-back"         "search back from here";
    NextMatch            "next-hit"            "next hit in the search's direction";
    PreviousMatch        "previous-hit"        "next hit against it";
    ToggleRegex        "switch-regex"        "regular expression, or plain words";
    OlderSearch        "older-search"        "an earlier search";
    NewerSearch        "newer-search"        "and later ones again";
    EraseCharacter              "erase"               "erase a sign";
    EraseWord          "erase-word"          "erase a word";
    EraseAll           "erase-all"           "erase all";

    NextStory          "next-story"          "next story";
    PreviousStory      "previous-story"      "previous story";
    Stories            "stories"             "all stories";
    SpeakerInAllStories      "speaker-across"      "this speaker in all stories";
    OpenWebPage         "open-source"         "its page on the Web, in the browser";
    EditFile               "edit"                "its file in your editor, at this line";
    CommandPalette            "palette"             "a command by its name, a paragraph by its number";
    ToggleMouse              "mouse"               "the mouse is the terminal's; again: the reader's";
    Tour               "tour"                "a tour of two minutes";
    Help               "help"                "these keys";
    Cancel             "cancel"              "leave this mode, keep reading";
    Redraw             "redraw"              "draw the screen anew";
    Suspend            "suspend"             "to the shell, `fg` comes back";
    Quit               "quit"                "leave";
}

impl Action {
    /// Whether the action has no effect until the story is analysed.
    pub(crate) const fn needs_findings(self) -> bool {
        matches!(
            self,
            Self::NextQuote
                | Self::PreviousQuote
                | Self::NextBySpeaker
                | Self::PreviousBySpeaker
                | Self::NextName
                | Self::PreviousName
                | Self::NextMention
                | Self::PreviousMention
                | Self::Why
                | Self::Correct
                | Self::Copy
                | Self::Open
                | Self::Profile
                | Self::FilterQuotes
                | Self::OnlySpeaker
                | Self::CycleQuoteKinds
                | Self::OnlyUncertain
        )
    }
}

/// The headings of the help page, each with the first command under it.
pub(crate) const HELP_SECTIONS: &[(&str, Action)] = &[
    ("Reading on", Action::Forward),
    ("Quotes and names", Action::NextQuote),
    ("The side pane", Action::SwitchPane),
    ("The column", Action::WiderText),
    ("Which quotes", Action::FilterQuotes),
    ("Searching", Action::Search),
    ("And", Action::NextStory),
];
