//! Press releases and wire copy: the lines above and below the story that are for newsrooms, not for readers.

use crate::load::builder::StoryBuilder;
use crate::load::structure::{byline, dateline, headline};
use crate::span::Span;
use crate::story::{Block, BlockKind};
use crate::word_list::word_list;

/// Makes furniture of slugs, of lines such as "FOR IMMEDIATE RELEASE", and of the blocks that say whom to call.
pub(crate) fn mark_newsroom_lines(builder: &mut StoryBuilder) {
    /// Lines of one contact: name, job, firm, address, telephone, mail.
    const MAX_CONTACT_LINES: usize = 8;
    split_slug(builder);
    let mut contact_lines = 0;
    let mut last_release_line = None;
    for block in 0..builder.blocks.len() {
        let is_next_line = block > 0 && is_on_next_line(builder, block);
        let text = builder.block_text(block);
        let (opens_contact, has_contact) = (is_contact_label(text), is_contact_line(text));
        let continues = contact_lines > 0
            && is_short_line(text)
            && (is_next_line || is_contact_above(builder, block, contact_lines));
        if is_release_line(text) {
            last_release_line = Some(block);
        }
        contact_lines = match (opens_contact, continues) {
            (true, _) => MAX_CONTACT_LINES,
            (false, true) => contact_lines - 1,
            (false, false) => 0,
        };
        let is_newsroom_line = opens_contact
            || has_contact
            || continues
            || is_release_line(text)
            || is_contact_detail(text)
            || is_slug(text);
        if is_newsroom_line && matches!(builder.blocks[block].kind, BlockKind::Paragraph | BlockKind::Heading)
        {
            builder.blocks[block].kind = BlockKind::Furniture;
        }
    }
    if let Some(line) = last_release_line.filter(|it| *it < MAX_HEAD_BLOCKS) {
        mark_release_headline(builder, line);
    }
}

/// Number of blocks at the start of a story in which the lines of a release stand.
const MAX_HEAD_BLOCKS: usize = 6;

/// Makes a headline of the first line below "FOR IMMEDIATE RELEASE" that is no sentence, and a standfirst of a second one.
fn mark_release_headline(builder: &mut StoryBuilder, release_line: usize) {
    const MAX_HEADLINE_BYTES: usize = 200;
    const MAX_DISTANCE: usize = 12;
    let is_open = |it: &usize| matches!(builder.blocks[*it].kind, BlockKind::Paragraph | BlockKind::Heading);
    let has_headline = builder.blocks.iter().any(|it| it.kind == BlockKind::Headline);
    let is_line = |it: usize| {
        let text = builder.block_text(it);
        text.len() <= MAX_HEADLINE_BYTES
            && text.contains(' ')
            && text.ends_with(char::is_alphanumeric)
            && !headline::is_date(text)
            && !byline::is_byline(text)
            && dateline::dateline_length(text, false).is_none()
    };
    let end = builder.blocks.len().min(release_line + MAX_DISTANCE);
    let mut below =
        (release_line + 1..end).filter(is_open).filter(|it| !headline::is_date(builder.block_text(*it)));
    let (Some(first), Some(second)) = (below.next(), below.next()) else { return };
    let third = below.next();
    if has_headline || !is_line(first) {
        return;
    }
    // A text of lines without stops is a list.
    let is_standfirst = is_line(second) && third.is_some_and(|it| !is_line(it));
    if is_line(second) && !is_standfirst {
        return;
    }
    let letterhead = (0..release_line).filter(is_open).filter(|it| is_line(*it)).collect::<Vec<_>>();
    for block in letterhead {
        builder.blocks[block].kind = BlockKind::Furniture;
    }
    builder.blocks[first].kind = BlockKind::Headline;
    if is_standfirst {
        builder.blocks[second].kind = BlockKind::Standfirst;
    }
}

/// Divides the headline of a wire from the word before it: "UPDATE 1-", "Bridge falls".
fn split_slug(builder: &mut StoryBuilder) {
    let Some(block) = builder.blocks.first().copied() else { return };
    let text = builder.block_text(0);
    let Some(length) = slug_length(text) else { return };
    let rest = Span::new(block.span.start + length, block.span.end).trim(&builder.text);
    if rest.is_empty()
        || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Headline)
    {
        return;
    }
    builder.blocks[0].span = Span::new(block.span.start, block.span.start + length);
    builder.blocks[0].kind = BlockKind::Furniture;
    builder.blocks.insert(1, Block { span: rest, kind: BlockKind::Headline, ..block });
    for block in &mut builder.blocks {
        block.repeats = block.repeats.map(|it| it + 1);
    }
    for picture in &mut builder.pictures {
        picture.block += usize::from(picture.block > 0);
    }
}

/// The length of the slug before a headline, with its hyphen: "UPDATE 1-", "RPT-", "WRAPUP 3-".
fn slug_length(text: &str) -> Option<usize> {
    const MAX_SLUG_BYTES: usize = 24;
    const MAX_HEADLINE_BYTES: usize = 160;
    let hyphen = text.find('-').filter(|it| *it <= MAX_SLUG_BYTES)?;
    let word = text[..hyphen].trim_end_matches(|ch: char| ch.is_ascii_digit() || ch == ' ');
    let is_slug = WIRE_SLUGS.binary_search(&word).is_ok();
    let goes_on = text[hyphen + 1..].starts_with(char::is_uppercase);
    (is_slug && goes_on && text.len() <= MAX_HEADLINE_BYTES && !text.ends_with('.')).then_some(hyphen + 1)
}

/// Whether a line names whom to call, with a number or an address: "Contact: Nils Haar, 555-0134".
fn is_contact_line(text: &str) -> bool {
    const MAX_LINE_BYTES: usize = 160;
    const MIN_NUMBER_DIGITS: usize = 7;
    let Some((label, contact)) = text.split_once(':').filter(|_| text.len() <= MAX_LINE_BYTES) else {
        return false;
    };
    let is_label = CONTACT_LABELS.contains(&label.trim_end().to_lowercase().as_str());
    let has_number = contact.bytes().filter(u8::is_ascii_digit).count() >= MIN_NUMBER_DIGITS;
    is_label && (has_number || contact.contains('@') || is_short_contact(contact))
}

/// Whether words are a name and nothing else.
fn is_short_contact(words: &str) -> bool {
    const MAX_WORDS: usize = 6;
    let mut parts = words.split_whitespace();
    !words.trim().is_empty()
        && parts.clone().count() <= MAX_WORDS
        && parts.all(|it| !it.starts_with(char::is_lowercase))
}

/// Whether a line below an empty line is still a part of a contact: a number or an address follows within a few lines.
fn is_contact_above(builder: &StoryBuilder, block: usize, contact_lines: usize) -> bool {
    let end = builder.blocks.len().min(block + contact_lines);
    let lines = (block..end).map(|it| builder.block_text(it));
    lines.take_while(|it| is_short_line(it)).any(is_contact_detail)
}

/// Whether no empty line stands between a block and the one before it.
fn is_on_next_line(builder: &StoryBuilder, block: usize) -> bool {
    let between = builder.blocks[block - 1].span.end..builder.blocks[block].span.start;
    builder.text.get(between).is_some_and(|it| it == "\n")
}

/// Whether a line announces a release: "FOR IMMEDIATE RELEASE", "EMBARGOED UNTIL 10 MAY".
fn is_release_line(text: &str) -> bool {
    const MAX_LINE_BYTES: usize = 100;
    if text.len() > MAX_LINE_BYTES || text.ends_with('.') {
        return false;
    }
    let lower = text.trim_matches(['*', '-', '–', '—', ' ', ':', '#']).to_lowercase();
    let Some(rest) = RELEASE_LINES.iter().find_map(|it| lower.strip_prefix(it)) else { return false };
    // "Press release law changes" is a headline; "EMBARGOED UNTIL 10 MAY" is none.
    let in_capitals = !text.contains(char::is_lowercase);
    let has_time = ["embargo", "for ", "strictly", "under "].iter().any(|it| lower.starts_with(it));
    rest.is_empty()
        || rest.trim_start().starts_with([':', ',', '-', '–', '—', '|'])
        || (rest.starts_with(' ') && (in_capitals || has_time))
}

/// Whether a line is a label above the people whom journalists may call.
fn is_contact_label(text: &str) -> bool {
    text.ends_with(':') && CONTACT_LABELS.contains(&text.trim_end_matches([' ', ':']).to_lowercase().as_str())
}

/// Whether a line is a telephone number or a mail address, with or without a label.
fn is_contact_detail(text: &str) -> bool {
    const MIN_NUMBER_DIGITS: usize = 7;
    let value = ["tel", "telephone", "phone", "mobile", "cell", "fax", "email", "e-mail", "t", "m", "e"]
        .iter()
        .find_map(|label| {
            let (start, rest) = text.split_at_checked(label.len())?;
            let rest = rest.strip_prefix([':', '.'])?;
            start.eq_ignore_ascii_case(label).then_some(rest)
        })
        .unwrap_or(text)
        .trim();
    let is_number = || {
        value.starts_with(['+', '(', '0', '1'])
            && value.bytes().filter(u8::is_ascii_digit).count() >= MIN_NUMBER_DIGITS
            && value.chars().all(|ch| ch.is_ascii_digit() || " +()-./x".contains(ch))
    };
    let is_address = || {
        value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            && !value.contains(' ')
    };
    is_number() || is_address()
}

/// Whether a line is the slug of an agency: "BC-US--Ferry Vote,210", "AM-FERRY-1stLd".
fn is_slug(text: &str) -> bool {
    const MAX_SLUG_BYTES: usize = 80;
    let has_cycle = ["BC-", "AM-", "PM-", "BC--"].iter().any(|it| text.starts_with(it));
    has_cycle && text.len() <= MAX_SLUG_BYTES && !text.ends_with('.')
}

/// Whether a line is as short as one of an address.
fn is_short_line(text: &str) -> bool {
    const MAX_LINE_BYTES: usize = 80;
    text.len() <= MAX_LINE_BYTES && !text.ends_with(['.', '”', '"'])
}

const RELEASE_LINES: &[&str] = &word_list!("release-lines");
const CONTACT_LABELS: &[&str] = &word_list!("release-contacts");
/// In alphabetical order.
const WIRE_SLUGS: &[&str] = &word_list!("wire-slugs");

#[cfg(test)]
mod tests {
    use crate::load::from_text;
    use crate::story::BlockKind;
    use crate::story::BlockKind::*;

    fn kinds(story: &str) -> Vec<BlockKind> {
        from_text(story).blocks().iter().map(|it| it.kind).collect()
    }

    #[test]
    fn a_release_begins_with_its_headline() {
        for (story, expected) in [
            (
                "FOR IMMEDIATE RELEASE\n\nContact:\nIda Moe\nPress Officer, Tarn Ferries\n+44 1632 960123\n\n\
                 TARN FERRIES APPOINTS NEW CHIEF\n\nTARNSIDE, 14 March 2025 – Tarn Ferries has a new chief.\n\nENDS",
                vec![Furniture, Furniture, Furniture, Furniture, Furniture, Headline, Paragraph, Furniture],
            ),
            (
                "PRESS RELEASE\nEMBARGOED UNTIL 10 MAY\n\nTarn ferry stays\n\nThe ferry stays.\n\nMedia contacts:\n\
                 Ida Moe, Tarn Ferries\nida@ferries.example",
                vec![Furniture, Furniture, Headline, Paragraph, Furniture, Furniture, Furniture],
            ),
            (
                "BC-US--Ferry Vote,210\n\nFerry stays\n\nOSLO (AP) — It stays.\n\n(MORE)",
                vec![Furniture, Headline, Paragraph, Furniture],
            ),
            (
                "FOR IMMEDIATE RELEASE\n\nJune 3, 2025\n\nContact: Nils Haar, 555-0134, nils@velm.example\n\n\
                 VELM WATER TO RAISE PRICES\n\nFirst rise in nine years\n\nVELM, Ohio – Velm Water said it would.\n\n“It is old.”",
                vec![Furniture, Furniture, Furniture, Headline, Standfirst, Paragraph, Paragraph],
            ),
            (
                "For Immediate Release\n\nContact:\n\nNils Haar\n\nVelm Water\n\n(555) 555-0134\n\nVelm Water To Raise Prices\n\n\
                 VELM, Ohio, June 3 – Velm Water said it would.",
                vec![Furniture, Furniture, Furniture, Furniture, Furniture, Headline, Paragraph],
            ),
            (
                "VELM WATER\n\nMEDIA RELEASE – 3 June 2025\n\nNew roof for school\n\nVelm has a new roof.\n\nIt rained.",
                vec![Furniture, Furniture, Headline, Paragraph, Paragraph],
            ),
            (
                "UPDATE 2-Bridge falls in Brackwell\n\n* Operator relieved\n\n* Mayor calls it old\n\nIt fell on Sunday.",
                vec![Furniture, Headline, Item, Item, Paragraph],
            ),
            ("UPDATE 2-0 for Velm\n\nVelm won on Sunday.", vec![Headline, Paragraph]),
            ("RPTILES-Are they back?\n\nThey are back.", vec![Headline, Paragraph]),
            ("The law\n\nContact: it is what we miss.\n\nIt rained.", vec![Headline, Paragraph, Paragraph]),
            (
                "FOR RELEASE\n\nThe wall fell on Sunday, and nobody was hurt.\n\nIt rained.",
                vec![Furniture, Paragraph, Paragraph],
            ),
            (
                "Press release law changes again\n\nThe council met. It voted on press releases.",
                vec![Headline, Paragraph],
            ),
        ] {
            assert_eq!(kinds(story), expected, "{story}");
        }
    }
}
