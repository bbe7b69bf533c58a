//! Lists of passages of the open story, to go to one of them: its headings, and the matches of the last search.

use pullquote::span::Span;

use crate::text::one_line;
use crate::tui::app::panel::{Placement, Response};
use crate::tui::app::{App, Focus};
use crate::tui::open_story::OpenStory;
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource};

/// How many bytes of the text are shown before a match, and how many from its start on. A narrow list still shows the match.
const CONTEXT_BEFORE: usize = 12;
const CONTEXT_AFTER: usize = 120;

/// The passages that a list is made of.
#[derive(Clone, Copy)]
enum PassageList {
    Headings,
    Matches,
}

impl PickerSource for PassageList {
    /// The start of the passage: a byte offset in the text.
    type Target = usize;

    fn title(&self) -> String {
        match self {
            Self::Headings => "Headings ".into(),
            Self::Matches => "Matches ".into(),
        }
    }

    fn no_match_message(&self, _app: &App, _typed: &str) -> String {
        match self {
            Self::Headings => "No heading contains this".into(),
            Self::Matches => "No match contains this".into(),
        }
    }

    fn placement(&self) -> Placement {
        Placement::SidePane
    }

    fn items(&self, app: &App) -> Vec<PickerItem<usize>> {
        let open_story = app.current_story();
        match self {
            Self::Headings => heading_items(open_story),
            Self::Matches => open_story.matches.iter().map(|it| match_item(open_story, it.start)).collect(),
        }
    }

    fn accept(&self, app: &mut App, offset: usize) -> Response {
        let height = app.page_height();
        let open_story = app.current_story_mut();
        open_story.reveal(offset);
        open_story.jump(offset, height);
        app.focus = Focus::Story;
        app.sync_panes();
        Response::Close
    }
}

/// `Why it failed                ¶12`, for each heading.
fn heading_items(open_story: &OpenStory) -> Vec<PickerItem<usize>> {
    let item = |(number, span): (usize, Span)| {
        let text = one_line(span.slice(open_story.story.text()));
        with_paragraph(open_story, number, PickerItem::new(text, span.start))
    };
    open_story.headings().into_iter().map(item).collect()
}

/// `… out of the harbour and into the …`, around a match that starts at an offset.
fn match_item(open_story: &OpenStory, start: usize) -> PickerItem<usize> {
    let (text, number) = (open_story.story.text(), open_story.story.block_at(start));
    let block = number.map_or(Span::new(0, text.len()), |it| open_story.story.blocks()[it].span);
    let from = text.floor_char_boundary(start.saturating_sub(CONTEXT_BEFORE).max(block.start));
    let to = text.floor_char_boundary((start + CONTEXT_AFTER).min(block.end));
    // The words at the ends are whole.
    let from =
        if from == block.start { from } else { from + text[from..start].find(' ').map_or(0, |it| it + 1) };
    let dots = if from == block.start { "" } else { "… " };
    let item = PickerItem::new(format!("{dots}{}", one_line(&text[from..to.max(start)])), start);
    with_paragraph(open_story, number.unwrap_or_default(), item)
}

/// The item with the number of its paragraph at the right end.
fn with_paragraph(open_story: &OpenStory, block: usize, item: PickerItem<usize>) -> PickerItem<usize> {
    PickerItem { details: vec![format!("¶{}", open_story.paragraph_number(block))], ..item }
}

impl App {
    /// Lists the headings; the one above the cursor is selected.
    pub(crate) fn open_heading_list(&mut self) {
        let headings = self.current_story().headings();
        let here = self.current_story().viewport.visible_offset();
        let Some(first) = headings.first() else { return self.notify("The story has no headings") };
        let above = headings.iter().rev().find(|it| it.1.start <= here).unwrap_or(first).1.start;
        let picker = Picker::new(PassageList::Headings, self, Some(&above));
        self.open_panel(picker);
    }

    /// Lists the matches of the last search; the first one at or after the cursor is selected.
    pub(crate) fn open_match_list(&mut self) {
        if !self.repeat_search() {
            return self.notify("No search yet");
        }
        let open_story = self.current_story();
        let here = open_story.viewport.cursor;
        let matches = &open_story.matches;
        let next = matches.iter().find(|it| it.start >= here).or(matches.last()).map(|it| it.start);
        let Some(next) = next else { return self.notify("No match") };
        let picker = Picker::new(PassageList::Matches, self, Some(&next));
        self.open_panel(picker);
    }
}

#[cfg(test)]
mod tests {
    use pullquote::span::Span;
    use pullquote::story::{Block, BlockKind, Format, Story};

    use crate::tui::tests::TestApp;

    /// A story with two headings of its own below the headline.
    fn with_headings() -> Story {
        let lines = [
            (BlockKind::Headline, "The last ferry"),
            (BlockKind::Paragraph, "It leaves on Friday."),
            (BlockKind::Heading, "What was said"),
            (BlockKind::Paragraph, "Nothing more than this was said of the bridge."),
            (BlockKind::Heading, "What comes next"),
            (BlockKind::Paragraph, "The bridge opens in June."),
        ];
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (kind, line) in lines {
            blocks.push(Block::new(kind, Span::new(text.len(), text.len() + line.len())));
            text += line;
            text.push('\n');
        }
        Story::new(Format::Plain, text, blocks)
    }

    /// The text from the cursor on.
    fn text_at_cursor(test_app: &TestApp) -> &str {
        let open_story = test_app.app.current_story();
        &open_story.story.text()[open_story.viewport.cursor..]
    }

    fn app() -> TestApp {
        TestApp::pending(vec![with_headings()]).with_size(100, 24)
    }

    #[test]
    fn the_headings_are_listed_and_visited_and_enter_goes_to_one() {
        let listed = app().press("} } } #");
        let screen = listed.screen();
        assert!(screen.contains("Headings") && screen.contains("▸ What was said"), "{screen}");
        assert!(screen.contains("The last ferry") && screen.contains("¶5"), "{screen}");
        assert!(text_at_cursor(&listed.press("next enter")).starts_with("What comes next"));
        for (keys, words) in
            [("] h", "What was said"), ("2]h", "What comes next"), ("G [ h", "What comes next")]
        {
            let reached = app().press(keys);
            assert!(text_at_cursor(&reached).starts_with(words), "{keys}: {}", reached.screen());
        }
        assert!(app().press("9]h ]h").status().contains("Last heading."));
    }

    #[test]
    fn the_matches_are_listed_with_their_paragraphs_and_enter_goes_to_one() {
        let unsearched = app().press("&");
        assert!(unsearched.status().contains("No search yet"), "{}", unsearched.status());
        let listed = app().press("/bridge enter &");
        let screen = listed.screen();
        assert!(screen.contains("Matches") && screen.contains('2'), "{screen}");
        assert!(screen.contains("▸ … of the bridge.") && screen.contains("The bridge opens"), "{screen}");
        assert!(text_at_cursor(&listed.press("opens enter")).starts_with("bridge opens"));
        let missed = app().press("/zebra enter esc &");
        assert!(missed.status().contains("No match"), "{}", missed.status());
    }
}
