//! Block quotations: paragraphs that the markup gives to somebody else, and the name in the line under them.

use std::ops::Range;

use crate::load::format::block_writer::BlockText;
use crate::span::Span;
use crate::story::BlockKind;

/// The dashes before the name of a person who is quoted.
const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// Whether a text is the words of one person: it has no quotation marks, or one pair around all of it.
pub(crate) fn is_one_quotation(text: &str) -> bool {
    let inner = text.trim_start_matches(['“', '"', '«']).trim_end_matches(['”', '"', '»']);
    !inner.contains(['“', '”', '"', '«', '»'])
}

/// Whether a text begins with the dash of a signature.
pub(crate) fn begins_with_dash(text: &str) -> bool {
    text.starts_with(DASHES)
}

/// The name in the line under a quotation: "— Ann Lee (@annlee) May 4, 2026" and "Ann Lee, mayor" name Ann Lee.
pub(crate) fn quoted_name(line: &str) -> Option<Span> {
    const MAX_NAME_BYTES: usize = 80;
    let name = line.trim_start_matches(DASHES).trim_start();
    let start = line.len() - name.len();
    let end = name.find([',', '(', '@', '|', '·', ';', ':']).unwrap_or(name.len());
    let end = name[..end].find(|ch: char| ch.is_ascii_digit()).unwrap_or(end);
    let span = Span::new(start, start + end).trim(line);
    let is_name = span.slice(line).starts_with(char::is_uppercase) && span.len() <= MAX_NAME_BYTES;
    is_name.then_some(span)
}

/// Marks the paragraphs in ranges of blocks that are block quotations, each with the name under it. A text of which most is indented is no
/// quotation.
pub(crate) fn mark(blocks: &mut [BlockText], quotations: &[Range<usize>]) {
    let size = |blocks: &[BlockText]| blocks.iter().map(|it| it.text.len()).sum::<usize>();
    let quoted: usize = quotations.iter().map(|it| size(&blocks[it.clone()])).sum();
    if quoted * 2 > size(blocks) {
        return;
    }
    for quotation in quotations.iter().filter(|it| !it.is_empty()) {
        let last = quotation.end - 1;
        let signature = Some(&blocks[last].text).filter(|it| quotation.len() > 1 && begins_with_dash(it));
        let name = signature.and_then(|it| quoted_name(it));
        let end = if signature.is_some() { last } else { quotation.end };
        for (distance, block) in (last + 1 - end..).zip(blocks[quotation.start..end].iter_mut().rev()) {
            if block.kind == BlockKind::Paragraph && is_one_quotation(&block.text) {
                block.is_quotation = true;
                block.quoted_name = name.map(|it| (distance, it));
            }
        }
    }
}
