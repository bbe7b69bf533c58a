//! Block classification: gives each block of a story its kind, from the edges of the story inwards.
//!
//! 1. Furniture and captions, by their text alone; lines for newsrooms in releases and wire copy.
//! 2. Turns, by the labels of their speakers, or as questions with their answers.
//! 3. The head of the story: headline, date, standfirst and byline, by their position.
//! 4. List items and headings, by their neighbours.
//! 5. Datelines, in the remaining paragraphs.
//! 6. Blocks that repeat the text of a block in the head.

pub(super) mod byline;
mod caption;
pub(super) mod dateline;
pub(super) mod furniture;
pub(super) mod headline;
pub(super) mod links;
pub(super) mod list_item;
mod press_release;
pub(super) mod turns;

use crate::load::builder::StoryBuilder;
use crate::load::text::{compare, language, sanitize};
use crate::span::Span;
use crate::story::{Block, BlockKind, Format, Story};

/// Classifies the blocks and returns the story.
pub(crate) fn classify_blocks(mut builder: StoryBuilder, format: Format) -> Story {
    classify_furniture_and_captions(&mut builder);
    press_release::mark_newsroom_lines(&mut builder);
    turns::classify_turns(&mut builder);
    classify_head(&mut builder);
    if format == Format::Plain {
        classify_items_and_headings(&mut builder);
    }
    find_datelines(&mut builder);
    find_repeats(&mut builder);
    let mut story = Story::new(format, builder.text, builder.blocks);
    story.is_foreign = language::is_foreign(story.text());
    story.outlet = builder.outlet.as_deref().map(sanitize::sanitize_line).filter(|it| !it.is_empty());
    story.published = builder.published.as_deref().map(sanitize::sanitize_line).filter(|it| !it.is_empty());
    story.url = builder.url.as_deref().and_then(sanitize::parse_web_address);
    let base = builder.base.as_deref().or(builder.url.as_deref());
    story.links = links::resolve_links(builder.links, base);
    story.pictures = links::resolve_pictures(builder.pictures, &story, base);
    story
}

/// Maximum number of blocks in the head of a story.
const MAX_HEAD_BLOCKS: usize = 8;

fn classify_furniture_and_captions(builder: &mut StoryBuilder) {
    for block in 0..builder.blocks.len() {
        let kind = match builder.blocks[block].kind {
            BlockKind::Paragraph | BlockKind::Heading | BlockKind::Item
                if furniture::is_furniture(builder.block_text(block)) =>
            {
                BlockKind::Furniture
            }
            BlockKind::Paragraph if caption::is_caption(builder.block_text(block)) => BlockKind::Caption,
            kind => kind,
        };
        builder.blocks[block].kind = kind;
    }
    mark_link_lists(builder);
    mark_columns(builder);
}

/// Makes furniture of a link to more stories of a column and of the title above it: "The Harbour Channel", "More >>".
fn mark_columns(builder: &mut StoryBuilder) {
    for block in 0..builder.blocks.len() {
        if !furniture::is_link_to_more(builder.block_text(block)) {
            continue;
        }
        builder.blocks[block].kind = BlockKind::Furniture;
        let title = block.checked_sub(1).filter(|it| furniture::is_column_title(builder.block_text(*it)));
        if let Some(title) = title.filter(|it| *it > 0) {
            builder.blocks[title].kind = BlockKind::Furniture;
        }
    }
}

/// Makes furniture of the titles under "Most read": at least two lines without a full stop.
fn mark_link_lists(builder: &mut StoryBuilder) {
    const MIN_TITLES: usize = 2;
    let mut block = 0;
    while block < builder.blocks.len() {
        let heading = block;
        block += 1;
        if !furniture::opens_link_list(builder.block_text(heading)) {
            continue;
        }
        let is_title = |it: &usize| {
            let kind = builder.blocks[*it].kind;
            matches!(kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Furniture)
                && furniture::is_listed_title(builder.block_text(*it))
        };
        let count = (block..builder.blocks.len()).take_while(is_title).count();
        if count >= MIN_TITLES {
            block += count;
            builder.blocks[heading..block].iter_mut().for_each(|it| it.kind = BlockKind::Furniture);
        }
    }
}

/// The indices of the blocks in the head that are still paragraphs.
fn head_paragraphs(builder: &StoryBuilder) -> Vec<usize> {
    let end = MAX_HEAD_BLOCKS.min(builder.blocks.len());
    (0..end).filter(|it| builder.blocks[*it].kind == BlockKind::Paragraph).collect()
}

fn classify_head(builder: &mut StoryBuilder) {
    let is_outside =
        |it: &Block| matches!(it.kind, BlockKind::Furniture | BlockKind::Caption | BlockKind::Byline);
    let first = builder.blocks.iter().position(|it| !is_outside(it));
    let heading = first.filter(|it| builder.blocks[*it].kind == BlockKind::Heading);
    let has_headline = builder.blocks.iter().any(|it| it.kind == BlockKind::Headline);
    match heading {
        _ if has_headline => {}
        Some(heading) => builder.blocks[heading].kind = BlockKind::Headline,
        None => {
            let paragraphs = head_paragraphs(builder);
            classify_headline(builder, &paragraphs);
        }
    }
    let byline = classify_byline_and_date(builder);
    let headline = builder.blocks.iter().position(|it| it.kind == BlockKind::Headline);
    if let (Some(headline), Some(byline)) = (headline, byline) {
        classify_standfirst(builder, headline, byline);
    }
}

/// Finds the headline among the first paragraphs of the story.
fn classify_headline(builder: &mut StoryBuilder, paragraphs: &[usize]) {
    // Turns may follow a headline at once.
    let first_turn = builder.blocks.iter().position(|it| it.kind == BlockKind::Turn);
    let head: Vec<usize> = paragraphs.iter().copied().chain(first_turn).collect();
    let text = |number: usize| head.get(number).map_or("", |block| builder.block_text(*block));
    let is_headline =
        |number: usize| number < paragraphs.len() && headline::is_headline(text(number), text(number + 1));
    let is_byline_or_date =
        |number: &usize| byline::is_byline(text(*number)) || headline::is_date(text(*number));
    let first = (0..paragraphs.len()).take_while(is_byline_or_date).count();
    let has_kicker = !is_headline(first) && headline::is_kicker(text(first)) && is_headline(first + 1);
    let headline = first + usize::from(has_kicker);
    let above = paragraphs.get(first).map_or(&[][..], |block| &builder.blocks[..*block]);
    let is_list_or_turn = |it: &Block| matches!(it.kind, BlockKind::Item | BlockKind::Turn);
    if !is_headline(headline) || above.iter().any(is_list_or_turn) {
        return;
    }
    if has_kicker {
        builder.blocks[paragraphs[first]].kind = BlockKind::Furniture;
    }
    builder.blocks[paragraphs[headline]].kind = BlockKind::Headline;
}

/// Finds the byline and the dates in the head; returns the index of the byline.
fn classify_byline_and_date(builder: &mut StoryBuilder) -> Option<usize> {
    let mut byline = None;
    for block in head_paragraphs(builder) {
        let text = builder.block_text(block);
        let follows_head = block > 0
            && matches!(builder.blocks[block - 1].kind, BlockKind::Headline | BlockKind::Standfirst)
            && block + 1 < builder.blocks.len();
        let is_byline = byline::is_byline(text) || (follows_head && byline::is_bare_byline(text));
        if byline.is_none() && is_byline {
            builder.blocks[block].kind = BlockKind::Byline;
            byline = Some(block);
        } else if headline::is_date(builder.block_text(block)) {
            let date = builder.block_text(block).to_owned();
            builder.published.get_or_insert(date);
            builder.blocks[block].kind = BlockKind::Furniture;
        }
    }
    byline
}

/// Makes standfirsts of the paragraphs between the headline and the byline.
fn classify_standfirst(builder: &mut StoryBuilder, headline: usize, byline: usize) {
    /// Maximum distance from the headline to the byline, in blocks.
    const MAX_DISTANCE: usize = 3;
    const MAX_STANDFIRST_BYTES: usize = 400;
    if byline.saturating_sub(headline) > MAX_DISTANCE {
        return;
    }
    for block in headline + 1..byline {
        let is_paragraph = builder.blocks[block].kind == BlockKind::Paragraph;
        if is_paragraph && builder.block_text(block).len() <= MAX_STANDFIRST_BYTES {
            builder.blocks[block].kind = BlockKind::Standfirst;
        }
    }
}

fn classify_items_and_headings(builder: &mut StoryBuilder) {
    let is_item = |block: usize| {
        builder.blocks[block].kind == BlockKind::Paragraph
            && list_item::is_list_item(builder.block_text(block))
    };
    let items: Vec<bool> = (0..builder.blocks.len()).map(is_item).collect();
    let headings: Vec<bool> = (0..builder.blocks.len()).map(|it| is_heading(builder, it)).collect();
    for block in 0..builder.blocks.len() {
        // A single dash opens a remark or a signature; a list has at least two items.
        let has_neighbor = items.get(block + 1) == Some(&true) || (block > 0 && items[block - 1]);
        if items[block] && has_neighbor {
            builder.blocks[block].kind = BlockKind::Item;
        } else if headings[block] {
            builder.blocks[block].kind = BlockKind::Heading;
        }
    }
}

/// Whether a block is a heading: a few words without a full stop, between two paragraphs that end with a mark.
fn is_heading(builder: &StoryBuilder, block: usize) -> bool {
    const MAX_HEADING_BYTES: usize = 60;
    let is_paragraph =
        |number: usize| builder.blocks.get(number).is_some_and(|it| it.kind == BlockKind::Paragraph);
    let ends_sentence =
        |number: usize| builder.block_text(number).ends_with(['.', '!', '?', '”', '"', '’', '\'', ')', '…']);
    let text = builder.block_text(block);
    block > 0
        && text.len() <= MAX_HEADING_BYTES
        && text.starts_with(char::is_uppercase)
        && text.ends_with(char::is_alphabetic)
        && [block - 1, block, block + 1].into_iter().all(is_paragraph)
        && ends_sentence(block - 1)
        && ends_sentence(block + 1)
        && builder.block_text(block + 1).len() > 2 * MAX_HEADING_BYTES
}

fn find_datelines(builder: &mut StoryBuilder) {
    // The second paragraph may be the first of the story, since not every headline is found.
    const MAX_OPENING_PARAGRAPHS: usize = 2;
    // "SMITH: Good evening." and "LEE: Thank you.": labels of speakers.
    const MAX_LABELLED_PARAGRAPHS: usize = 8;
    let paragraphs = builder.blocks.iter().filter(|it| it.kind == BlockKind::Paragraph);
    let texts = paragraphs.take(MAX_LABELLED_PARAGRAPHS).map(|it| it.span.slice(&builder.text));
    let has_labels = texts.filter(|it| dateline::begins_with_capitals_and_colon(it)).nth(1).is_some();
    let paragraphs = builder.blocks.iter_mut().filter(|it| it.kind == BlockKind::Paragraph);
    for (number, block) in paragraphs.enumerate() {
        let begins_story = number < MAX_OPENING_PARAGRAPHS;
        let text = block.span.slice(&builder.text);
        let length = dateline::dateline_length(text, begins_story)
            .filter(|_| !(has_labels && dateline::begins_with_capitals_and_colon(text)));
        block.dateline = length.map(|it| Span::new(block.span.start, block.span.start + it));
    }
}

fn find_repeats(builder: &mut StoryBuilder) {
    for block in 1..MAX_HEAD_BLOCKS.min(builder.blocks.len()) {
        if builder.blocks[block].repeats.is_none() {
            builder.blocks[block].repeats = find_original(builder, block);
        }
    }
}

/// The index of the earlier block that has the same text as `block`.
fn find_original(builder: &StoryBuilder, block: usize) -> Option<usize> {
    const MIN_WORDS: usize = 3;
    let StoryBuilder { text, blocks, .. } = builder;
    let block_text = blocks[block].text_span(text).slice(text);
    if matches!(blocks[block].kind, BlockKind::Furniture | BlockKind::Turn)
        || block_text.split(' ').take(MIN_WORDS).count() < MIN_WORDS
        || compare::letters(block_text).next().is_none()
    {
        return None;
    }
    let has_same_text = |it: &Block| compare::same_letters(it.text_span(text).slice(text), block_text);
    // Further down, a sentence may return as a refrain.
    let is_near = |original: usize| {
        matches!(blocks[original].kind, BlockKind::Headline | BlockKind::Standfirst)
            || !blocks[original + 1..block].iter().any(|it| it.kind == BlockKind::Paragraph)
    };
    (0..block).find(|number| {
        let original = &blocks[*number];
        original.repeats.is_none()
            && original.kind != BlockKind::Furniture
            && is_near(*number)
            && has_same_text(original)
    })
}

#[cfg(test)]
mod tests {
    use crate::load::from_text;
    use crate::story::BlockKind;
    use crate::story::BlockKind::*;

    fn kinds(story: &str) -> Vec<BlockKind> {
        from_text(story).blocks().iter().map(|it| it.kind).collect()
    }

    #[test]
    fn paragraphs_are_named_by_their_words_and_places() {
        for (story, expected) in [
            (
                "Council raises wall\n\nBy Ann Lee\n\nOSLO (AP) — It rained.",
                vec![Headline, Byline, Paragraph],
            ),
            (
                "Council raises wall\nThe vote was close after a night of rain.\nBy Ann Lee\nIt rained.",
                vec![Headline, Standfirst, Byline, Paragraph],
            ),
            ("Council raises wall\nAnna Holt\nIt rained.", vec![Headline, Byline, Paragraph]),
            (
                "Council raises wall\n\nFriday, May 3, 2024\n\nIt rained.",
                vec![Headline, Furniture, Paragraph],
            ),
            (
                "It rained.\nMost read\nMarit Skog: why I left the party\nSinger Eva Rask cancels tour\nIt stopped.",
                vec![Paragraph, Furniture, Furniture, Furniture, Paragraph],
            ),
            (
                "It rained.\nMost read\nIt was the book of the year.\nIt stopped.",
                vec![Paragraph, Furniture, Paragraph, Paragraph],
            ),
            (
                "It rained.\nThe Harbour Channel\nMore > >\nIt stopped.",
                vec![Paragraph, Furniture, Furniture, Paragraph],
            ),
            ("It rained.\nMore rain fell.\nIt stopped.", vec![Paragraph, Paragraph, Paragraph]),
            ("By Ann Lee\nCouncil raises wall\nIt rained.", vec![Byline, Headline, Paragraph]),
            ("EXCLUSIVE\nCouncil raises wall\nIt rained.", vec![Furniture, Headline, Paragraph]),
            ("It rained.\nIt stopped.", vec![Paragraph, Paragraph]),
            ("It rained", vec![Paragraph]),
            (
                "It rained.\n- The wall held.\n- The bridge fell.\nThat was it.",
                vec![Paragraph, Item, Item, Paragraph],
            ),
            ("It rained.\n- Ann Lee", vec![Paragraph, Paragraph]),
            (
                "It rained.\nRead more: The wall\nIt stopped.\nENDS",
                vec![Paragraph, Furniture, Paragraph, Furniture],
            ),
        ] {
            assert_eq!(kinds(story), expected, "{story}");
        }
    }

    #[test]
    fn a_heading_is_between_two_paragraphs() {
        let long = "The council met on Monday to hear from the people who live by the river. ".repeat(3);
        let story = format!("{long}\nThe night of the flood\n{long}");
        assert_eq!(kinds(&story), [Paragraph, Heading, Paragraph]);
    }

    #[test]
    fn what_says_the_headline_or_the_lead_again_is_marked() {
        for (story, expected) in [
            ("Council raises the wall.\nCouncil raises the wall.\nIt rained.", vec![None, Some(0), None]),
            ("Council raises the wall\n“COUNCIL raises the wall.”\nIt rained.", vec![None, Some(0), None]),
            (
                "Council raises the wall\nCouncil raises the wall after flood.\nIt rained.",
                vec![None, None, None],
            ),
            ("Wall\nThe council met today.\nThe council met today.", vec![None, None, Some(1)]),
            ("Wall\nNo, she said.\nWhy?\nNo, she said.", vec![None, None, None, None]),
            ("Wall\nYes.\nYes.", vec![None, None, None]),
        ] {
            let story = from_text(story);
            let repeats: Vec<_> = story.blocks().iter().map(|it| it.repeats).collect();
            assert_eq!(repeats, expected, "{}", story.text());
        }
    }

    #[test]
    fn only_the_beginning_has_a_dateline_of_a_place_alone() {
        let story =
            from_text("Council raises wall\n\nOslo — It rained.\n\nIt stopped.\n\nLee — The mayor — left.");
        let datelines: Vec<_> = story.blocks().iter().filter_map(|it| it.dateline).collect();
        assert_eq!(datelines.len(), 1);
        assert_eq!(story.dateline(), Some("Oslo —"));
    }

    #[test]
    fn the_label_of_a_speaker_is_no_dateline() {
        let story = from_text("OSLO: It rained.\n\nIt stopped.");
        assert_eq!(story.dateline(), Some("OSLO:"));
        let talk = from_text("SMITH: Good evening.\n\nLEE: Thank you. It rained.");
        assert_eq!(talk.dateline(), None);
    }
}
