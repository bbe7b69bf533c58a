//! A draft → a story: paragraphs are given their names, from the outside in.
//!
//! 1. Furniture and captions, known by their words alone.
//! 2. Turns of an interview, known by labels that come again.
//! 3. The head: headline, date, standfirst, byline, known by where they stand.
//! 4. Items and headings, known by their neighbours.
//! 5. Datelines, in what is still a paragraph.
//! 6. What says a part of the head once more.

pub(crate) mod byline;
pub(crate) mod caption;
pub(crate) mod dateline;
pub(crate) mod furniture;
pub(crate) mod headline;
pub(crate) mod interview;
pub(crate) mod list_item;

use crate::load::builder::StoryBuilder;
use crate::load::text::{compare, sanitize};
use crate::span::Span;
use crate::story::{Block, BlockKind, Format, Story};

/// The story of a draft.
pub(crate) fn classify_blocks(mut draft: StoryBuilder, format: Format) -> Story {
    classify_furniture_and_captions(&mut draft);
    interview::label_turns(&draft.text, &mut draft.blocks);
    classify_head(&mut draft);
    if format == Format::Plain {
        classify_items_and_headings(&mut draft);
    }
    find_datelines(&mut draft);
    find_repeats(&mut draft);
    let mut story = Story::new(format, draft.text, draft.blocks);
    story.outlet = draft.outlet.as_deref().map(sanitize::sanitize_line).filter(|it| !it.is_empty());
    story.published = draft.published.as_deref().map(sanitize::sanitize_line).filter(|it| !it.is_empty());
    story.url = draft.url.as_deref().and_then(sanitize::parse_web_address);
    story
}

/// Blocks among which the head of a story stands.
const MAX_HEAD_BLOCKS: usize = 8;

fn classify_furniture_and_captions(draft: &mut StoryBuilder) {
    for block in 0..draft.blocks.len() {
        let kind = match draft.blocks[block].kind {
            BlockKind::Paragraph | BlockKind::Heading | BlockKind::Item
                if furniture::is_furniture(draft.block_text(block)) =>
            {
                BlockKind::Furniture
            }
            BlockKind::Paragraph if caption::is_caption(draft.block_text(block)) => BlockKind::Caption,
            kind => kind,
        };
        draft.blocks[block].kind = kind;
    }
}

fn classify_head(draft: &mut StoryBuilder) {
    let is_body = |draft: &StoryBuilder, block: &usize| draft.blocks[*block].kind == BlockKind::Paragraph;
    let top = MAX_HEAD_BLOCKS.min(draft.blocks.len());
    let outside =
        |it: &Block| matches!(it.kind, BlockKind::Furniture | BlockKind::Caption | BlockKind::Byline);
    let opens = draft.blocks.iter().position(|it| !outside(it));
    let heading = opens.filter(|it| draft.blocks[*it].kind == BlockKind::Heading);
    let titled = draft.blocks.iter().any(|it| it.kind == BlockKind::Headline);
    match heading {
        _ if titled => {}
        Some(heading) => draft.blocks[heading].kind = BlockKind::Headline,
        None => classify_headline(draft, &(0..top).filter(|it| is_body(draft, it)).collect::<Vec<_>>()),
    }
    let mut signed = None;
    for block in (0..top).filter(|it| is_body(draft, it)).collect::<Vec<_>>() {
        if signed.is_none() && byline::is_byline(draft.block_text(block)) {
            draft.blocks[block].kind = BlockKind::Byline;
            signed = Some(block);
        } else if headline::is_date(draft.block_text(block)) {
            let date = draft.block_text(block).to_owned();
            draft.published.get_or_insert(date);
            draft.blocks[block].kind = BlockKind::Furniture;
        }
    }
    // What stands between the headline and the byline is neither's, and not yet the report.
    let title = draft.blocks.iter().position(|it| it.kind == BlockKind::Headline);
    if let (Some(title), Some(signed)) = (title, signed) {
        for block in title + 1..signed {
            if is_body(draft, &block) && signed - title <= 3 && draft.block_text(block).len() <= 400 {
                draft.blocks[block].kind = BlockKind::Standfirst;
            }
        }
    }
}

/// Finds the headline among the first paragraphs, `body`.
fn classify_headline(draft: &mut StoryBuilder, body: &[usize]) {
    let words = |it: usize| body.get(it).map_or("", |it| draft.block_text(*it));
    let is_headline = |it: usize| headline::is_headline(words(it), words(it + 1));
    let signs = |it: &usize| byline::is_byline(words(*it)) || headline::is_date(words(*it));
    let first = (0..body.len()).take_while(signs).count();
    let kicked = !is_headline(first) && headline::is_kicker(words(first)) && is_headline(first + 1);
    let title = first + usize::from(kicked);
    let above = body.get(first).map_or(&[][..], |it| &draft.blocks[..*it]);
    if !is_headline(title) || above.iter().any(|it| matches!(it.kind, BlockKind::Item | BlockKind::Turn)) {
        return;
    }
    if kicked {
        draft.blocks[body[first]].kind = BlockKind::Furniture;
    }
    draft.blocks[body[title]].kind = BlockKind::Headline;
}

fn classify_items_and_headings(draft: &mut StoryBuilder) {
    let blocks = &draft.blocks;
    let lines: Vec<bool> = (0..blocks.len())
        .map(|it| blocks[it].kind == BlockKind::Paragraph && list_item::is_list_item(draft.block_text(it)))
        .collect();
    let headings: Vec<bool> = (0..blocks.len()).map(|it| is_heading(draft, it)).collect();
    for block in 0..draft.blocks.len() {
        // One dash alone opens a remark or a signature; a list has two items.
        let beside = lines.get(block + 1) == Some(&true) || (block > 0 && lines[block - 1]);
        if lines[block] && beside {
            draft.blocks[block].kind = BlockKind::Item;
        } else if headings[block] {
            draft.blocks[block].kind = BlockKind::Heading;
        }
    }
}

/// Whether a paragraph is a few words without a full stop between two paragraphs that end with one.
fn is_heading(draft: &StoryBuilder, block: usize) -> bool {
    const LONGEST: usize = 60;
    let is_body = |it: usize| draft.blocks.get(it).is_some_and(|it| it.kind == BlockKind::Paragraph);
    let ends = |it: usize| draft.block_text(it).ends_with(['.', '!', '?', '”', '"', '’', '\'', ')', '…']);
    let words = draft.block_text(block);
    block > 0
        && words.len() <= LONGEST
        && words.starts_with(char::is_uppercase)
        && words.ends_with(char::is_alphabetic)
        && [block - 1, block, block + 1].into_iter().all(is_body)
        && ends(block - 1)
        && ends(block + 1)
        && draft.block_text(block + 1).len() > 2 * LONGEST
}

fn find_datelines(draft: &mut StoryBuilder) {
    // The second paragraph may be the first: not every headline is known as one.
    const FIRST: usize = 2;
    let paragraphs = draft.blocks.iter_mut().filter(|it| it.kind == BlockKind::Paragraph);
    for (number, block) in paragraphs.enumerate() {
        let length = dateline::dateline_length(block.span.slice(&draft.text), number < FIRST);
        block.dateline = length.map(|it| Span::new(block.span.start, block.span.start + it));
    }
}

fn find_repeats(draft: &mut StoryBuilder) {
    const SHORTEST: usize = 3;
    let top = MAX_HEAD_BLOCKS.min(draft.blocks.len());
    for block in 1..top {
        let words = draft.blocks[block].text_span(&draft.text).slice(&draft.text);
        let told = !matches!(draft.blocks[block].kind, BlockKind::Furniture | BlockKind::Turn);
        if !told
            || words.split(' ').take(SHORTEST).count() < SHORTEST
            || compare::letters(words).next().is_none()
        {
            continue;
        }
        let says = |it: &Block| compare::same_letters(it.text_span(&draft.text).slice(&draft.text), words);
        // Further down a sentence may come again as a refrain.
        let near = |it: usize| {
            matches!(draft.blocks[it].kind, BlockKind::Headline | BlockKind::Standfirst)
                || !draft.blocks[it + 1..block].iter().any(|it| it.kind == BlockKind::Paragraph)
        };
        let twin = (0..block).find(|it| {
            let twin = &draft.blocks[*it];
            twin.repeats.is_none() && twin.kind != BlockKind::Furniture && near(*it) && says(twin)
        });
        draft.blocks[block].repeats = twin;
    }
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
            (
                "Council raises wall\n\nFriday, May 3, 2024\n\nIt rained.",
                vec![Headline, Furniture, Paragraph],
            ),
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
    fn a_heading_stands_between_two_paragraphs() {
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
}
