//! Marked stretches and reports → quotes: what is speech, with all of its parts, still without a name.

use crate::analysis::{AttributionRule, QuoteKind};
use crate::engine::attribution::Attribution;
use crate::engine::text::clause::{Clause, ClauseItem};
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::tokens::TokenKind;
use crate::engine::text::word_classes;
use crate::span::Span;
use crate::story::BlockKind;

/// A quote on its way to its speaker.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct UnattributedQuote {
    /// In reading order, without overlaps.
    pub(crate) parts: Vec<Span>,
    pub(crate) kind: QuoteKind,
    /// The noun phrase that speaks; a quote without one floats.
    pub(crate) source: Option<Span>,
    pub(crate) cue: Option<Span>,
    pub(crate) rule: AttributionRule,
    /// From 0 to 1.
    pub(crate) confidence: f32,
}

impl UnattributedQuote {
    /// Where its first part begins.
    pub(crate) fn start(&self) -> usize {
        self.parts.first().map_or(0, |it| it.start)
    }

    /// Where its last part ends.
    pub(crate) fn end(&self) -> usize {
        self.parts.last().map_or(0, |it| it.end)
    }
}

/// Stretches of a text that are spoken for, sorted and without overlaps.
struct CoveredSpans(Vec<Span>);

impl CoveredSpans {
    fn from_quotes<'a>(drafts: impl Iterator<Item = &'a UnattributedQuote>) -> Self {
        let mut parts: Vec<Span> = drafts.flat_map(|it| it.parts.iter().copied()).collect();
        parts.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(parts.len());
        for part in parts {
            match merged.last_mut() {
                Some(last) if part.start < last.end => *last = last.cover(part),
                _ => merged.push(part),
            }
        }
        Self(merged)
    }

    /// Whether any of them shares a byte with `span`.
    fn overlaps(&self, span: Span) -> bool {
        let next = self.0.partition_point(|it| it.end <= span.start);
        self.0.get(next).is_some_and(|it| it.overlaps(span))
    }
}

/// The quotes of a story, in reading order.
pub(crate) fn build_quotes(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    units: &[Clause],
    reports: &[Attribution],
) -> Vec<UnattributedQuote> {
    let turns = interview_turns(doc);
    let answers = CoveredSpans::from_quotes(turns.iter());
    let mut drafts: Vec<UnattributedQuote> = Vec::new();
    for report in reports {
        let Some(first) = report.contents.first() else { continue };
        // What an answer in an interview reports is part of the answer; a block that says another's words once more, and
        // what is not the story, report nothing.
        let block = doc.story.block_at(first.start).map(|it| &doc.story.blocks()[it]);
        let told = block.is_some_and(|it| it.repeats.is_none() && it.kind != BlockKind::Furniture);
        if told && !answers.overlaps(*first) {
            drafts.push(UnattributedQuote {
                parts: report.contents.clone(),
                kind: QuoteKind::Indirect,
                source: report.source,
                cue: report.cue,
                rule: report.rule,
                confidence: report.confidence,
            });
        }
    }
    let taken = CoveredSpans::from_quotes(drafts.iter().chain(&turns));
    drafts.extend(unattributed_speech(doc, quoted_spans, units, &taken));
    drafts.sort_by_key(UnattributedQuote::start);
    let mut drafts = join_split_quotes(doc, quoted_spans, drafts);
    drafts.extend(turns);
    drafts.sort_by_key(UnattributedQuote::start);
    for draft in &mut drafts {
        draft.kind = if draft.rule == AttributionRule::Turn {
            QuoteKind::Direct
        } else {
            quote_kind(doc, quoted_spans, &draft.parts)
        };
    }
    drafts
}

/// The turns of an interview, each with the unlabelled paragraphs up to the
/// next one; a turn labelled "Q" asks and is no quote.
fn interview_turns(doc: &Document) -> Vec<UnattributedQuote> {
    let blocks = doc.story.blocks();
    let last = blocks.iter().rposition(|it| it.kind == BlockKind::Turn).unwrap_or(0);
    let mut turns: Vec<UnattributedQuote> = Vec::new();
    let mut asked = true;
    for (number, block) in blocks.iter().enumerate() {
        let words = block.text_span(doc.text);
        match (block.kind, block.label) {
            (BlockKind::Turn, Some(label)) => {
                asked = label.slice(doc.text).trim_matches(['.', '*']).eq_ignore_ascii_case("q");
                if !asked && !words.is_empty() {
                    let source = Some(label);
                    let (kind, rule) = (QuoteKind::Direct, AttributionRule::Turn);
                    turns.push(UnattributedQuote {
                        parts: vec![words],
                        kind,
                        source,
                        cue: None,
                        rule,
                        confidence: 0.95,
                    });
                }
            }
            // "(Crosstalk.)" is nobody's speech.
            (BlockKind::Paragraph, _) if is_bracketed(words.slice(doc.text)) => {}
            (BlockKind::Paragraph, _) if number < last && !asked => {
                if let Some(turn) = turns.last_mut() {
                    turn.parts.push(words);
                }
            }
            (BlockKind::Caption | BlockKind::Furniture, _) => {}
            _ => asked = true,
        }
    }
    turns
}

/// Whether a paragraph stands in brackets, quotation marks around them or not.
fn is_bracketed(words: &str) -> bool {
    let bare = words.trim_matches(['“', '”', '"', '.']);
    bare.starts_with(['(', '[']) && bare.ends_with([')', ']'])
}

/// The quoted_spans stretches that no report took and that are speech all the same.
fn unattributed_speech(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    units: &[Clause],
    taken: &CoveredSpans,
) -> Vec<UnattributedQuote> {
    let mut drafts = Vec::new();
    for unit in units {
        let block = &doc.story.blocks()[unit.block];
        if block.repeats.is_some() || block.kind == BlockKind::Furniture {
            continue;
        }
        let words = unit
            .items
            .iter()
            .filter(
                |it| matches!(it, ClauseItem::Token(at) if doc.tokens[*at].kind != TokenKind::Punctuation),
            )
            .count();
        for item in &unit.items {
            let ClauseItem::Quote(number) = item else { continue };
            let stretch = quoted_spans[*number];
            if !taken.overlaps(stretch.span) && is_speech(doc, &stretch, words == 0) {
                let (kind, rule) = (QuoteKind::Direct, AttributionRule::Unknown);
                drafts.push(UnattributedQuote {
                    parts: vec![stretch.span],
                    kind,
                    source: None,
                    cue: None,
                    rule,
                    confidence: 0.0,
                });
            }
        }
    }
    drafts
}

/// Whether a stretch that nobody is said to speak is speech, and not a title, a
/// nickname, a term or a scare quote. `alone` says that its sentence has no
/// other words.
fn is_speech(doc: &Document, stretch: &QuotedSpan, alone: bool) -> bool {
    let words: Vec<&str> = doc
        .tokens_in(stretch.content)
        .filter(|it| doc.tokens[*it].kind != TokenKind::Punctuation)
        .map(|it| doc.word(it))
        .collect();
    let inner = stretch.content.slice(doc.text).trim_end();
    let ends = inner.ends_with(['.', ',', '!', '?', '…']);
    let begins = words.first().is_some_and(|it| it.starts_with(char::is_uppercase));
    let title = words.len() < 8 && is_title(&words);
    match words.len() {
        0 => false,
        count if count >= 8 => true,
        count if alone => (ends || count >= 4) && !title,
        count if count >= 4 => !title,
        _ => begins && ends && !title && words.len() >= 3,
    }
}

/// Whether words are written as a title is: all but the small ones with a capital, and several of them.
fn is_title(words: &[&str]) -> bool {
    const SMALL: &[&str] = &[
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with",
    ];
    let big = words.iter().filter(|it| !it.starts_with(char::is_lowercase)).count();
    let small = words.iter().filter(|it| SMALL.binary_search(it).is_ok()).count();
    big > 1 && (big + small == words.len() || big * 3 >= words.len() * 2)
}

/// Joins what belongs to one quote: a stretch that its paragraph does not
/// close with the one that begins the next paragraph, and the two halves of
/// "“We won,” Lee said. “We did.”" (one quote in 97 of 100 such places of news).
fn join_split_quotes(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    drafts: Vec<UnattributedQuote>,
) -> Vec<UnattributedQuote> {
    let mut kept: Vec<UnattributedQuote> = Vec::new();
    for draft in drafts {
        let goes_on = kept.last().is_some_and(|last| {
            let at = quoted_spans.partition_point(|it| it.span.end < last.end());
            let open = quoted_spans.get(at).filter(|it| !it.closed && it.span.end == last.end());
            let follows =
                open.is_some_and(|it| continues_next_paragraph(doc, quoted_spans, it, draft.start()));
            follows && !is_by_another_source(doc, last, &draft)
                || resumes_after_cue(doc, quoted_spans, last, &draft)
        });
        match kept.last_mut() {
            Some(last) if goes_on => {
                last.parts.extend(draft.parts);
                if last.source.is_none() {
                    last.source = draft.source;
                    last.cue = draft.cue;
                    last.rule = draft.rule;
                    last.confidence = draft.confidence;
                }
            }
            _ => kept.push(draft),
        }
    }
    kept
}

/// Whether two quotes name different sources, each with a head that the other
/// does not have: then the closing mark between them was forgotten. A pronoun
/// may mean anybody.
fn is_by_another_source(doc: &Document, last: &UnattributedQuote, draft: &UnattributedQuote) -> bool {
    let (Some(one), Some(other)) = (last.source, draft.source) else { return false };
    let words = |it: Span| doc.tokens_in(it).map(|it| doc.lower(it)).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let head = |words: &[String]| {
        let plain = words.iter().take_while(|it| it.starts_with(char::is_alphanumeric));
        plain.last().filter(|it| !word_classes::is_pronoun(it)).cloned()
    };
    match (head(&one), head(&other)) {
        (Some(first), Some(second)) => !other.contains(&first) && !one.contains(&second),
        _ => false,
    }
}

/// Whether a quote without words of its own beside it goes on with the one
/// before, whose cue ends the sentence between them.
fn resumes_after_cue(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    last: &UnattributedQuote,
    draft: &UnattributedQuote,
) -> bool {
    let ends_marked = quoted_spans.binary_search_by_key(&last.end(), |it| it.span.end).is_ok();
    let begins_marked = quoted_spans.binary_search_by_key(&draft.start(), |it| it.span.start).is_ok();
    let cue = last.cue.filter(|it| it.start >= last.end() && it.end <= draft.start());
    let (Some(cue), true, true) = (cue, ends_marked, begins_marked && draft.source.is_none()) else {
        return false;
    };
    let sentence = &doc.sentences[doc.sentence_of(doc.token_at(cue.start))];
    let start = doc.token_at(draft.start());
    sentence.tokens.end == start && doc.tokens.get(start).is_some_and(|it| it.block == sentence.block)
}

/// Whether a quote that begins at `start` goes on with an unclosed stretch: it
/// opens the next paragraph, captions and furniture left out.
fn continues_next_paragraph(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    open: &QuotedSpan,
    start: usize,
) -> bool {
    let blocks = doc.story.blocks();
    let skipped = |it: &&crate::story::Block| matches!(it.kind, BlockKind::Caption | BlockKind::Furniture);
    let next = blocks[open.block + 1..].iter().find(|it| !skipped(it));
    next.is_some_and(|it| it.span.start == start)
        && quoted_spans.binary_search_by_key(&start, |it| it.span.start).is_ok()
}

/// Direct where nine words in ten stand between marks, indirect where none does.
fn quote_kind(doc: &Document, quoted_spans: &[QuotedSpan], parts: &[Span]) -> QuoteKind {
    let words = || {
        parts
            .iter()
            .flat_map(|it| doc.tokens_in(*it))
            .map(|it| doc.tokens[it])
            .filter(|it| it.kind != TokenKind::Punctuation)
    };
    let within = |place: usize| {
        let at = quoted_spans.partition_point(|it| it.span.end <= place);
        quoted_spans.get(at).is_some_and(|it| it.span.contains(place))
    };
    let said = words().filter(|it| within(it.span.start)).count();
    match said {
        0 => QuoteKind::Indirect,
        _ if said * 10 >= words().count() * 9 => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_clauses;

    /// The quotes of a text: kind, source and parts, a line each.
    fn found(text: &str) -> Vec<String> {
        with_clauses(text, |doc, quoted_spans, units, told| {
            let line = |it: &UnattributedQuote| {
                let source = it.source.map_or("?", |it| it.slice(text));
                let parts: Vec<&str> = it.parts.iter().map(|it| it.slice(text)).collect();
                format!("{} {source}: {}", it.kind.name(), parts.join(" … "))
            };
            build_quotes(doc, quoted_spans, units, &told.attributions).iter().map(line).collect()
        })
    }

    #[test]
    fn titles_nicknames_and_terms_are_no_quotes() {
        for text in [
            "Her book “The Long Way Home” sold well.",
            "Bo “Lucky” Ray won again.",
            "The so-called “smart tax” is gone.",
            "A ‘grace period’ ends in May.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn speech_that_nobody_is_said_to_speak_floats() {
        for (text, expected) in [
            ("“We never saw the boat.”", "direct ?: “We never saw the boat.”"),
            ("Lee wept. “He is gone.”", "direct ?: “He is gone.”"),
            (
                "The end came: “a day that none of us who saw it will forget”.",
                "direct ?: “a day that none of us who saw it will forget”",
            ),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_quote_that_runs_over_paragraphs_is_one() {
        for (text, expected) in [
            ("“One day we won.\n“Then we lost,” Lee said.", "direct Lee: “One day we won. … “Then we lost,”"),
            ("Lee said: “One day we won.\nThen we lost.”", "direct Lee: “One day we won. … Then we lost.”"),
            ("Lee said: “We won.\nTwice.\nThen we lost.”", "direct Lee: “We won. … Twice. … Then we lost.”"),
            ("“We won,” Lee said. “And why?\n“Luck.”", "direct Lee: “We won,” … “And why? … “Luck.”"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_quote_that_its_cue_splits_is_one() {
        for (text, expected) in [
            ("“We won,” Lee said. “We did.”", vec!["direct Lee: “We won,” … “We did.”"]),
            (
                "“We won,” Lee said. “We did,” she added.",
                vec!["direct Lee: “We won,”", "direct she: “We did,”"],
            ),
            (
                "“We won,” Lee said. “We did.\n“They lost,” said Ray.",
                vec!["direct Lee: “We won,” … “We did.", "direct Ray: “They lost,”"],
            ),
            (
                "“We won,” Lee said. It rained. “We all went home.”",
                vec!["direct Lee: “We won,”", "direct ?: “We all went home.”"],
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn the_share_of_marked_words_makes_the_kind() {
        for (text, expected) in [
            ("“We won,” Lee said.", "direct Lee: “We won,”"),
            ("Lee said the town was “broke and cold” now.", "mixed Lee: the town was “broke and cold” now"),
            ("Lee said the town was broke.", "indirect Lee: the town was broke"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }
}
