//! The command table: every action, with its name and its description.

/// Declares the sections of the help page, and in each one command a row: its variant, its name in `keys.toml`, its
/// description. [`Action`], [`Section`], the keymap, the help page and the README's key table all come from these rows.
macro_rules! actions {
    ($($section:ident $heading:literal { $($variant:ident $name:literal $description:literal;)* })*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Action { $($($variant),*),* }

        impl Action {
            pub(crate) const ALL: &[Action] = &[$($(Self::$variant),*),*];

            /// The command's name in `keys.toml` and in the command palette.
            pub(crate) const fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name),*),* }
            }

            /// The description on the help page.
            pub(crate) const fn description(self) -> &'static str {
                match self { $($(Self::$variant => $description),*),* }
            }

            /// The section of the help page to which the command belongs.
            pub(crate) const fn section(self) -> Section {
                match self { $($(Self::$variant => Section::$section),*),* }
            }
        }

        /// A section of the help page: commands with a common subject.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Section { $($section),* }

        impl Section {
            pub(crate) const ALL: &[Section] = &[$(Self::$section),*];

            pub(crate) const fn heading(self) -> &'static str {
                match self { $(Self::$section => $heading),* }
            }

            /// The commands of the section.
            pub(crate) fn actions(self) -> impl Iterator<Item = Action> {
                Action::ALL.iter().copied().filter(move |it| it.section() == self)
            }
        }
    };
}

actions! {
    Moving "Moving" {
        Forward                "forward"                  "next line (or item)";
        Back                   "back"                     "previous line (or item)";
        HalfPageForward        "half-page-forward"        "half a page down";
        HalfPageBack           "half-page-back"           "half a page up";
        PageForward            "page-forward"             "page down";
        PageBack               "page-back"                "page up";
        NextParagraph          "next-paragraph"           "next paragraph (side pane: next speaker)";
        PreviousParagraph      "previous-paragraph"       "previous paragraph (or speaker)";
        ToStart                "to-start"                 "go to the top";
        ToEnd                  "to-end"                   "go to the bottom";
        NextHeading            "next-heading"             "next heading";
        PreviousHeading        "previous-heading"         "previous heading";
        Headings               "headings"                 "list the headings of the story";
        JumpBack               "jump-back"                "jump back";
        JumpForward            "jump-forward"             "jump forward";
        Bookmark               "bookmark"                 "set a bookmark (a–z, 0–9)";
        GoToBookmark           "go-to-bookmark"           "go to a bookmark ('' = last position)";
        Note                   "note"                     "add or edit a note here";
        BookmarksAndNotes      "bookmarks-and-notes"      "list bookmarks and notes";
        Delete                 "delete"                   "delete (press twice)";
        NewLine                "new-line"                 "line break";
        Undo                   "undo"                     "undo the last correction or deletion";
        History                "history"                  "reading history";
    }
    Quotes "Quotes and names" {
        NextQuote              "next-quote"               "next quote";
        PreviousQuote          "previous-quote"           "previous quote";
        NextBySpeaker          "next-by-speaker"          "next quote by the same speaker";
        PreviousBySpeaker      "previous-by-speaker"      "previous quote by the same speaker";
        NextName               "next-name"                "next name, he or she (and who is meant)";
        PreviousName           "previous-name"            "previous name, he or she";
        NextMention            "next-mention"             "next mention of the same name";
        PreviousMention        "previous-mention"         "previous mention of the same name";
        Why                    "why"                      "why this speaker?";
        Correct                "correct"                  "correct the speaker, or mark as not a quote";
        Copy                   "copy"                     "copy quote with attribution";
        Confirm                "confirm"                  "confirm the speaker; go to the next uncertain quote";
        CopyParagraph          "copy-paragraph"           "copy paragraph with source";
        CopyAll                "copy-all"                 "copy all quotes that are shown";
        Review                 "review"                   "review uncertain quotes one by one";
        AllQuotes              "all-quotes"               "all quotes on a page of their own";
        Compare                "compare"                  "compare this speaker with another, side by side";
    }
    SidePane "The side pane" {
        SwitchPane             "switch-pane"              "switch between story and side pane";
        Open                   "open"                     "open / jump to it";
        Profile                "profile"                  "profile: quotes and mentions of this name";
        NextTab                "next-tab"                 "next tab";
        PreviousTab            "previous-tab"             "previous tab";
        Quotes                 "quotes"                   "Quotes tab";
        People                 "people"                   "People tab";
        Organisations          "organizations"            "Organisations tab";
        Places                 "places"                   "Places tab";
        SortSpeakers           "sort-speakers"            "sort the speakers: most quoted first / as in the story";
    }
    TextLayout "Text layout" {
        WiderText              "wider-text"               "wider text";
        NarrowerText           "narrower-text"            "narrower text";
        WiderSide              "wider-side"               "wider side pane";
        NarrowerSide           "narrower-side"            "narrower side pane";
        CenterText             "center-text"              "centre the text, or align left";
        CycleParagraphSpacing  "cycle-paragraph-spacing"  "paragraph spacing: 0, 1 or 2 lines";
        Justify                "justify"                  "justify text on/off";
        Hyphenate              "hyphenate"                "hyphenation on/off";
        FocusParagraph         "focus-paragraph"          "focus on the current paragraph";
        Zen                    "zen"                      "distraction-free mode";
        Themes                 "themes"                   "choose a theme (live preview)";
        Statistics             "statistics"               "story statistics";
        ResetSettings          "reset-settings"           "forget the settings that were changed here";
    }
    Filtering "Filtering" {
        FilterQuotes           "filter-quotes"            "filter quotes by speaker or type";
        OnlySpeaker            "only-speaker"             "show only this speaker, dim the rest (on/off)";
        QuotationsOnly         "quotations-only"          "show only words in quotation marks (on/off)";
        CycleQuoteKinds        "cycle-quote-kinds"        "cycle: direct / partial / paraphrase / all";
        OnlyUncertain          "only-uncertain"           "show only uncertain attributions (on/off)";
        CycleMinConfidence     "minimum-confidence"       "hide quotes below 50, 70, 80, 90 % confidence / none";
        ToggleStance           "stance"                   "list what people think, plan and decide too (on/off)";
        CycleFilterDisplay     "cycle-filter-display"     "non-matching text: dim / fold / hide";
        ToggleFilter           "toggle-filter"            "turn the filter off/on";
        Toggle                 "toggle"                   "include / exclude / clear";
        Accept                 "accept"                   "apply (search: find; note: save; list: open)";
    }
    Searching "Searching" {
        Search                 "search"                   "search forward";
        SearchBack             "search-back"              "search backward";
        NextMatch              "next-match"               "next match";
        PreviousMatch          "previous-match"           "previous match";
        Matches                "matches"                  "list the matches of the last search";
        ToggleRegex            "toggle-regex"             "regex on/off";
        OlderSearch            "older-search"             "search history: older";
        NewerSearch            "newer-search"             "search history: newer";
        CursorLeft             "cursor-left"              "cursor left";
        CursorRight            "cursor-right"             "cursor right";
        WordLeft               "word-left"                "cursor to the previous word";
        WordRight              "word-right"               "cursor to the next word";
        LineStart              "line-start"               "cursor to the start of the line";
        LineEnd                "line-end"                 "cursor to the end of the line";
        EraseCharacter         "erase-character"          "delete character";
        EraseNext              "erase-next-character"     "delete next character";
        EraseWord              "erase-word"               "delete word";
        EraseAll               "erase-all"                "delete to the start of the line";
    }
    Program "Stories and program" {
        NextStory              "next-story"               "next story";
        PreviousStory          "previous-story"           "previous story";
        Stories                "stories"                  "open stories";
        SpeakerInAllStories    "speaker-in-all-stories"   "this speaker in all open stories";
        OpenWebPage            "open-web-page"            "open the story's web page";
        Links                  "links"                    "links of the story: open or copy them";
        CopyAddress            "copy-address"             "copy the address of the link";
        EditFile               "edit-file"                "open the file in your editor";
        CommandPalette         "command-palette"          "all commands by name; :export saves quotes, :12 goes to ¶12";
        ToggleMouse            "toggle-mouse"             "mouse on/off (off = select text with the terminal)";
        Tour                   "tour"                     "guided tour";
        Help                   "help"                     "the keys that matter here; again: all keys";
        Cancel                 "cancel"                   "close / cancel";
        Redraw                 "redraw"                   "redraw";
        Suspend                "suspend"                  "suspend (fg resumes)";
        Quit                   "quit"                     "quit";
    }
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
                | Self::CopyAll
                | Self::Confirm
                | Self::AllQuotes
                | Self::Compare
                | Self::Review
                | Self::CycleMinConfidence
                | Self::Open
                | Self::Profile
                | Self::FilterQuotes
                | Self::OnlySpeaker
                | Self::QuotationsOnly
                | Self::CycleQuoteKinds
                | Self::OnlyUncertain
                | Self::SpeakerInAllStories
        )
    }

    /// Whether the action has no effect in a story without quotes.
    pub(crate) const fn needs_quotes(self) -> bool {
        matches!(
            self,
            Self::NextQuote
                | Self::PreviousQuote
                | Self::NextBySpeaker
                | Self::PreviousBySpeaker
                | Self::Why
                | Self::Correct
                | Self::Copy
                | Self::CopyAll
                | Self::Confirm
                | Self::AllQuotes
                | Self::Compare
                | Self::Review
                | Self::CycleMinConfidence
                | Self::FilterQuotes
                | Self::OnlySpeaker
                | Self::QuotationsOnly
                | Self::CycleQuoteKinds
                | Self::OnlyUncertain
                | Self::SpeakerInAllStories
        )
    }

    /// Whether the action does nothing unless a panel is open.
    pub(crate) const fn is_panel_only(self) -> bool {
        self.edits_text()
            || matches!(
                self,
                Self::Toggle
                    | Self::Delete
                    | Self::CopyAddress
                    | Self::NewLine
                    | Self::Accept
                    | Self::ToggleRegex
                    | Self::OlderSearch
                    | Self::NewerSearch
            )
    }

    /// Whether it moves the cursor of a text input or deletes beside it.
    pub(crate) const fn edits_text(self) -> bool {
        matches!(
            self,
            Self::CursorLeft
                | Self::CursorRight
                | Self::WordLeft
                | Self::WordRight
                | Self::LineStart
                | Self::LineEnd
                | Self::EraseCharacter
                | Self::EraseNext
                | Self::EraseWord
                | Self::EraseAll
        )
    }
}
