//! What the tagger says → reports: its stretches joined by its links, their ends at the quotation marks beside them.

use crate::analysis::AttributionRule;
use crate::engine::attribution::Attribution;
use crate::engine::tagger::{SpanRole, TaggedSpan, TaggerOutput};
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::tokens::TokenKind;
use crate::engine::text::word_classes;
use crate::span::Span;
use crate::story::BlockKind;

/// How many words of a marked stretch a content may miss at its ends and still mean all of it.
const MAX_MISSED_WORDS: usize = 1;

/// The reports that the tagger makes out, in reading order of their words.
pub(crate) fn build_attributions(
    sheet: &Document,
    marked: &[QuotedSpan],
    tagged: &TaggerOutput,
) -> Vec<Attribution> {
    let mut reports: Vec<(Option<usize>, Attribution)> = Vec::new();
    for content in tagged.spans.iter().filter(|it| it.role == SpanRole::Content) {
        let to = tagged.content_links(content.span).first().and_then(|it| it.target);
        let cue = to.filter(|it| tagged.spans[*it].role == SpanRole::Cue);
        let names = cue.is_some_and(|it| is_naming_cue(tagged.spans[it].span.slice(sheet.text)));
        let anchor = to.map_or(content.span, |it| tagged.spans[it].span);
        let parts =
            split_by_block(sheet, content.span).filter(|it| !is_page_furniture(sheet, marked, *it, anchor));
        for span in parts.map(|it| snap_to_quotes(sheet, marked, it, names)) {
            let span = extend_to_closing_mark(marked, tagged, span);
            // What is said in another paragraph is another quote, unless its marks say that the quote goes on there.
            let block = sheet.story.block_at(span.start);
            let beside =
                |it: &Attribution| it.contents.first().and_then(|it| sheet.story.block_at(it.start)) == block;
            let same =
                reports.iter_mut().rev().take(4).find(|it| cue.is_some() && it.0 == cue && beside(&it.1));
            match same {
                Some((_, report)) => {
                    report.contents.push(span);
                    report.confidence = report.confidence.max(content.probability);
                }
                None => reports.push((cue, new_attribution(sheet, tagged, content, to, span))),
            }
        }
    }
    reports
        .into_iter()
        .map(|(_, mut it)| {
            let contents = std::mem::take(&mut it.contents);
            it.with_contents(contents)
        })
        .collect()
}

fn new_attribution(
    sheet: &Document,
    tagged: &TaggerOutput,
    content: &TaggedSpan,
    to: Option<usize>,
    span: Span,
) -> Attribution {
    let end = to.map(|it| tagged.spans[it]);
    let cue = end.filter(|it| it.role == SpanRole::Cue);
    let source = match cue {
        Some(cue) => tagged.cue_links(cue.span).first().and_then(|it| it.target).map(|it| tagged.spans[it]),
        None => end,
    };
    Attribution {
        source: source.map(|it| trim_source(sheet, it.span)),
        cue: cue.map(|it| it.span),
        contents: vec![span],
        rule: AttributionRule::Tagger,
        confidence: content.probability,
    }
}

/// A source without the words before it that tie it to the sentence before ("But | the mayor"), and without those at
/// its end that say when: "Northwind Energy plc | today".
fn trim_source(sheet: &Document, source: Span) -> Span {
    let mut tokens = sheet.tokens_in(source);
    let ties = |at: usize| {
        matches!(
            sheet.lower(at).as_str(),
            "and" | "but" | "however" | "meanwhile" | "nor" | "still" | "yet" | ","
        )
    };
    while tokens.len() > 1 && ties(tokens.start) {
        tokens.start += 1;
    }
    // "USA Today" says it, not when; "a study published on Monday" is whole.
    let when = |at: usize| {
        let word = sheet.word(at);
        !word_classes::is_preposition(&sheet.lower(at - 1))
            && word_classes::is_time_word(&word.to_lowercase())
            && (word.starts_with(char::is_lowercase) || word.ends_with("sday") || word.ends_with("nday"))
    };
    while tokens.len() > 1 && when(tokens.end - 1) {
        tokens.end -= 1;
    }
    if tokens.len() == sheet.tokens_in(source).len() { source } else { sheet.span(tokens) }
}

/// A stretch cut where its blocks end, without datelines.
fn split_by_block<'a>(sheet: &'a Document, span: Span) -> impl Iterator<Item = Span> + 'a {
    let blocks = sheet.story.blocks();
    let first = blocks.partition_point(|it| it.span.end <= span.start);
    let within = blocks[first..].iter().take_while(move |it| it.span.start < span.end);
    within.filter_map(move |it| {
        let dated = it.dateline.and_then(|_| sheet.tokens_in(it.text_span(sheet.text)).next());
        let words = dated.map_or(it.span.start, |it| sheet.tokens[it].span.start);
        let (start, end) = (span.start.max(words), span.end.min(it.span.end));
        (start < end).then(|| Span::new(start, end))
    })
}

/// Whether words without marks furnish the page beside the block of `anchor`, which is where somebody speaks: a byline,
/// a caption, a heading, a line without a stop before it.
fn is_page_furniture(sheet: &Document, marked: &[QuotedSpan], words: Span, anchor: Span) -> bool {
    let (Some(own), Some(other)) = (sheet.story.block_at(words.start), sheet.story.block_at(anchor.start))
    else {
        return false;
    };
    let block = &sheet.story.blocks()[own];
    let stops =
        block.span.slice(sheet.text).trim_end().ends_with(['.', '!', '?', ':', ',', ';', '”', '"', '’', '…']);
    let beside = match block.kind {
        BlockKind::Headline
        | BlockKind::Heading
        | BlockKind::Byline
        | BlockKind::Caption
        | BlockKind::Furniture => true,
        BlockKind::Paragraph => own < other && !stops,
        _ => false,
    };
    let next = marked.partition_point(|it| it.span.end <= words.start);
    own != other && beside && !marked.get(next).is_some_and(|it| it.span.overlaps(words))
}

/// A content whose ends lie within a word of a quotation mark takes the mark
/// with it; one that barely reaches into a marked stretch lets go of it. What
/// somebody calls something (`names`) ends with its mark: "… “a scar” and left".
fn snap_to_quotes(sheet: &Document, marked: &[QuotedSpan], content: Span, names: bool) -> Span {
    let mut span = content;
    let first = marked.partition_point(|it| it.span.end <= content.start);
    for stretch in marked[first..].iter().take_while(|it| it.span.start < content.end) {
        let ahead = count_words(sheet, Span::new(stretch.span.start, content.start));
        let behind = count_words(sheet, Span::new(content.end, stretch.span.end));
        if stretch.span.start <= content.start && ahead <= MAX_MISSED_WORDS {
            span.start = span.start.min(stretch.span.start);
        }
        let inside = count_words(sheet, Span::new(content.start.max(stretch.span.start), stretch.span.end));
        if stretch.span.start < content.start
            && ahead > MAX_MISSED_WORDS
            && stretch.span.end < content.end
            && inside < ahead
        {
            span.start =
                sheet.tokens.get(sheet.token_at(stretch.span.end)).map_or(span.start, |it| it.span.start);
        }
        // Speech that its comma or stop ends is over with its mark: "“We won,” Lee said and left."
        let done = names && continues_with_action(sheet, sheet.token_at(stretch.span.end));
        let over = stretch.content.slice(sheet.text).ends_with([',', '.', '!', '?']);
        let more = marked[first..]
            .iter()
            .take(9)
            .any(|it| stretch.span.end <= it.span.start && it.span.start < content.end);
        let alone = stretch.span.start == span.start && over;
        if (alone || done) && stretch.span.end < content.end && !more {
            span.end = stretch.span.end;
        }
        if stretch.span.end >= content.end && behind <= MAX_MISSED_WORDS {
            span.end = span.end.max(stretch.span.end);
        }
        // "“We won,” Lee says, and leaves. “Good night.”": what is done between the two is not said.
        let start = sheet.token_at(span.start);
        let ends = sheet.word(sheet.token_at(stretch.span.start).saturating_sub(1)) == ".";
        if ends && span.start < stretch.span.start && continues_with_action(sheet, start) {
            span.start = stretch.span.start;
        }
    }
    span
}

/// Speech that the tagger leaves before its closing mark, to the mark, unless it tells of the rest apart.
fn extend_to_closing_mark(marked: &[QuotedSpan], tagged: &TaggerOutput, content: Span) -> Span {
    let stretch = marked.get(marked.partition_point(|it| it.span.end <= content.start));
    let Some(whole) =
        stretch.map(|it| it.span).filter(|it| it.start == content.start && it.end > content.end)
    else {
        return content;
    };
    let rest = Span::new(content.end, whole.end);
    let apart = tagged.spans.iter().any(|it| it.role == SpanRole::Content && rest.overlaps(it.span));
    if apart { content } else { whole }
}

/// Whether the sentence goes on at token `at` with what the speaker did next: "… and left".
fn continues_with_action(sheet: &Document, at: usize) -> bool {
    let deed = sheet.lower(at + 1);
    let now =
        deed.ends_with('s') && !word_classes::is_determiner(&deed) && !word_classes::is_auxiliary(&deed);
    sheet.word(at) == "and" && (now || word_classes::is_past_tense(&deed))
}

/// Whether a cue says what somebody calls something.
fn is_naming_cue(cue: &str) -> bool {
    let verb = cue.rsplit(' ').next().unwrap_or_default();
    matches!(
        verb,
        "called" | "calls" | "calling" | "described" | "dubbed" | "branded" | "labeled" | "labelled"
    )
}

/// How many words stand in a stretch of text.
fn count_words(sheet: &Document, span: Span) -> usize {
    sheet.tokens_in(span).filter(|it| sheet.tokens[*it].kind != TokenKind::Punctuation).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;
    use crate::engine::text::quotation_marks;

    #[test]
    fn a_line_of_the_page_is_nobodys_words() {
        for (text, line, expected) in [
            ("By Mina Rook\nIt rained, the council said.", "By Mina Rook", true),
            ("A new law for the river\nIt bans boats, the council said.", "A new law for the river", true),
            ("It rained all night.\nIt was cold, the council said.", "It rained all night.", false),
            ("“A new law”\nIt bans boats, the council said.", "“A new law”", false),
            ("The council said:\nno boats", "no boats", false),
        ] {
            let place = |it: &str| text.find(it).map_or(0, |start| start);
            let words = Span::new(place(line), place(line) + line.len());
            let anchor = Span::new(place("said"), place("said") + 4);
            let found = with_document(text, |sheet| {
                is_page_furniture(sheet, &quotation_marks::quoted_spans(sheet), words, anchor)
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
