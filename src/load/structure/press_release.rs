//! Press releases and wire copy: the lines above and below the story that are for newsrooms, not for readers.

use crate::load::builder::StoryBuilder;
use crate::story::BlockKind;
use crate::word_list::word_list;

/// Makes furniture of slugs, of lines such as "FOR IMMEDIATE RELEASE", and of the blocks that say whom to call.
pub(crate) fn mark_newsroom_lines(builder: &mut StoryBuilder) {
    /// Lines of one contact: name, job, firm, address, telephone, mail.
    const MAX_CONTACT_LINES: usize = 8;
    let mut contact_lines = 0;
    for block in 0..builder.blocks.len() {
        let is_next_line = block > 0 && is_on_next_line(builder, block);
        let text = builder.block_text(block);
        let opens_contact = is_contact_label(text);
        let continues = contact_lines > 0 && is_next_line && is_short_line(text);
        contact_lines = match (opens_contact, continues) {
            (true, _) => MAX_CONTACT_LINES,
            (false, true) => contact_lines - 1,
            (false, false) => 0,
        };
        let is_newsroom_line =
            opens_contact || continues || is_release_line(text) || is_contact_detail(text) || is_slug(text);
        if is_newsroom_line && matches!(builder.blocks[block].kind, BlockKind::Paragraph | BlockKind::Heading)
        {
            builder.blocks[block].kind = BlockKind::Furniture;
        }
    }
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
    let has_time = ["embargo", "for ", "under "].iter().any(|it| lower.starts_with(it));
    rest.is_empty()
        || rest.starts_with([':', ',', '-', '–', '—', '|'])
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
                "Press release law changes again\n\nThe council met. It voted on press releases.",
                vec![Headline, Paragraph],
            ),
        ] {
            assert_eq!(kinds(story), expected, "{story}");
        }
    }
}
