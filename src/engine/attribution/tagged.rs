//! Attributions from the tagger's output: spans joined by their links, with ends at the quotation marks beside them.

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::Attribution;
use crate::engine::tagger::output::TaggerOutput;
use crate::engine::tagger::tagged_spans::{SpanRole, TaggedSpan};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::{owners, time_phrases};
use crate::span::Span;
use crate::story::BlockKind;
use crate::word_list::word_list;

/// A content that misses at most this many words at an end of a quotation is extended to the quotation mark.
const MAX_MISSED_WORDS: usize = 1;

/// A content joins one of at most this many attributions before it, if that has the same cue.
const MAX_ATTRIBUTIONS_BACK: usize = 4;

/// How many words the name after a rank may have.
const MAX_NAME_WORDS: usize = 4;

/// How many quotations from the start of a content are searched for another one in the same content.
const MAX_QUOTES_AHEAD: usize = 9;

/// The attributions of the tagger, in reading order of their contents.
pub(crate) fn build_attributions(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    tagged: &TaggerOutput,
) -> Vec<Attribution> {
    // Each with the index of the span of its cue.
    let mut attributions: Vec<(Option<usize>, Attribution)> = Vec::new();
    for content in tagged.spans.iter().filter(|it| it.role == SpanRole::Content) {
        let target = tagged.target_of(content.span);
        let cue = target.filter(|it| tagged.spans[*it].role == SpanRole::Cue);
        let is_naming = cue.is_some_and(|it| is_naming_cue(tagged.spans[it].span.slice(doc.text)));
        let anchor = target.map_or(content.span, |it| tagged.spans[it].span);
        for part in split_by_block(doc, content.span) {
            if is_outside_running_text(doc, quoted_spans, part, anchor) {
                continue;
            }
            let part = snap_to_quotes(doc, quoted_spans, part, is_naming);
            let part = extend_to_closing_mark(quoted_spans, tagged, part);
            // In another paragraph begins another quote, unless the quotation marks say that the quote continues.
            let block = doc.story.block_at(part.start);
            let is_in_block = |other: &Attribution| {
                other.contents.first().and_then(|it| doc.story.block_at(it.start)) == block
            };
            let same =
                attributions.iter_mut().rev().take(MAX_ATTRIBUTIONS_BACK).find(|(other_cue, attribution)| {
                    cue.is_some() && *other_cue == cue && is_in_block(attribution)
                });
            match same {
                Some((_, attribution)) => {
                    attribution.contents.push(part);
                    attribution.confidence = attribution.confidence.max(content.probability);
                }
                None => attributions.push((cue, new_attribution(doc, tagged, content, target, part))),
            }
        }
    }
    let merge_contents = |(_, mut attribution): (Option<usize>, Attribution)| {
        let contents = std::mem::take(&mut attribution.contents);
        attribution.with_contents(contents)
    };
    attributions.into_iter().map(merge_contents).collect()
}

/// Whether a quoted span overlaps some words.
fn has_quote(quoted_spans: &[QuotedSpan], words: Span) -> bool {
    let next = quoted_spans.partition_point(|it| it.span.end <= words.start);
    quoted_spans.get(next).is_some_and(|it| it.span.overlaps(words))
}

/// A new attribution of `part`, a part of `content`, whose link leads to the span of index `target`.
fn new_attribution(
    doc: &Document,
    tagged: &TaggerOutput,
    content: &TaggedSpan,
    target: Option<usize>,
    part: Span,
) -> Attribution {
    let target = target.map(|it| tagged.spans[it]);
    let cue = target.filter(|it| it.role == SpanRole::Cue);
    let source = match cue {
        Some(cue) => tagged.target_of(cue.span).map(|it| tagged.spans[it]),
        None => target,
    };
    // A headline has no full stop, so that its last word and the next paragraph look like one phrase.
    let anchor = cue.map_or(part, |it| it.span);
    Attribution {
        source: source
            .map(|it| {
                let own = trim_source(doc, keep_block(doc, it.span, anchor));
                whole_phrase(doc, with_name_of_rank(doc, own, anchor), anchor)
            })
            .filter(|it| !is_time_of_verb(doc, *it)),
        cue: cue.map(|it| it.span),
        contents: vec![part],
        rule: AttributionRule::Tagger,
        act: Act::Speech,
        confidence: content.probability,
    }
}

/// The part of a source in the block of `anchor`; the whole source where it stands in other blocks alone.
fn keep_block(doc: &Document, source: Span, anchor: Span) -> Span {
    let block = doc.story.block_at(anchor.start).map(|it| doc.story.blocks()[it].span);
    match block {
        Some(block) if block.overlaps(source) => {
            Span::new(source.start.max(block.start), source.end.min(block.end))
        }
        _ => source,
    }
}

/// Extends a source that is only the abbreviation of a rank by the name after it, which ends before the `cue`: "Sgt. | Lou Kemp".
fn with_name_of_rank(doc: &Document, source: Span, cue: Span) -> Span {
    let tokens = doc.tokens_in(source);
    // "U.S." is no rank.
    let is_rank =
        |token: usize| doc.is(token, LexicalClass::Abbreviation) && doc.word(token).matches('.').count() == 1;
    let block = doc.tokens.get(tokens.start).map(|it| it.block);
    let is_name = |token: &usize| {
        let token = doc.tokens.get(*token).filter(|it| Some(it.block) == block);
        token.is_some_and(|it| {
            it.span.slice(doc.text).starts_with(char::is_uppercase) && !cue.overlaps(it.span)
        })
    };
    let name = (tokens.end..tokens.end + MAX_NAME_WORDS).take_while(is_name).last();
    match name {
        Some(last) if !tokens.is_empty() && tokens.clone().all(is_rank) => doc.span(tokens.start..last + 1),
        _ => source,
    }
}

/// Extends a source by the owner before it and by the time of its participle, which is no part of the `cue`: "The child's | father", "a
/// study published | on Monday".
fn whole_phrase(doc: &Document, source: Span, cue: Span) -> Span {
    let mut tokens = doc.tokens_in(source);
    let Some(last) = tokens.clone().last() else { return source };
    let floor = doc.sentences.get(doc.sentence_of(tokens.start)).map_or(tokens.start, |it| it.tokens.start);
    tokens.start = owners::owner_start(doc, tokens.start, floor);
    let is_participle =
        tokens.len() > 1 && doc.lower(last).ends_with("ed") && doc.is(last, LexicalClass::PastTense);
    let time = match () {
        () if doc.is(last + 1, LexicalClass::TimeWord) => last + 2,
        () if matches!(doc.word(last + 1), "on" | "in" | "last" | "this")
            && doc.is(last + 2, LexicalClass::TimeWord) =>
        {
            last + 3
        }
        () => tokens.end,
    };
    let is_free = cue.end <= source.start || doc.tokens_in(cue).start >= time;
    if is_participle && is_free {
        tokens.end = time;
    }
    doc.span(tokens)
}

/// Drops leading connectives ("But | the mayor") and trailing time words ("Northwind Energy plc | today") of a source.
fn trim_source(doc: &Document, source: Span) -> Span {
    let mut tokens = doc.tokens_in(source);
    let is_connective =
        |token: usize| doc.word(token) == "," || doc.is(token, LexicalClass::LeadingConnective);
    while tokens.len() > 1 && is_connective(tokens.start) {
        tokens.start += 1;
    }
    if let Some(subject) = subject_behind_participle(doc, tokens.clone()) {
        tokens.start = subject;
    }
    // "USA Today" is a name; "a study published on Monday" is whole.
    let is_time = |token: usize| {
        let word = doc.word(token);
        !doc.is(token - 1, LexicalClass::Preposition)
            && doc.is(token, LexicalClass::TimeWord)
            && (word.starts_with(char::is_lowercase) || word.ends_with("sday") || word.ends_with("nday"))
    };
    while tokens.len() > 1 && is_time(tokens.end - 1) {
        tokens.end -= 1;
    }
    // "The board | in March", but not "a study published in March"
    let time = time_phrases::start_of_time(tokens.start, tokens.end, |it| doc.word(it));
    let is_aside = |it: usize| {
        doc.word(it) == ","
            || doc.is(it, LexicalClass::PastTense) && doc.word(it).starts_with(char::is_lowercase)
    };
    let has_aside = tokens.clone().any(is_aside);
    if !has_aside {
        tokens.end = time;
    }
    if tokens.len() == doc.tokens_in(source).len() { source } else { doc.span(tokens) }
}

/// The start of the subject behind a participle that opens its sentence: "Sentencing Karl Dorn, 52, | Judge Ana Pohl". `None`
/// where the source begins with none.
fn subject_behind_participle(doc: &Document, source: Range<usize>) -> Option<usize> {
    let start = source.start;
    let opens_sentence = doc.sentences.get(doc.sentence_of(start)).is_some_and(|it| it.tokens.start == start);
    let takes_object = doc.word(start + 1).starts_with(char::is_uppercase)
        || doc.is(start + 1, LexicalClass::Determiner)
        || doc.is(start + 1, LexicalClass::ObjectPronoun)
        || doc.is(start + 1, LexicalClass::Preposition);
    let word = doc.lower(start);
    let is_participle = word.len() > 4 && word.ends_with("ing") && doc.is(start, LexicalClass::CommonWord);
    let begins_subject = |it: usize| {
        doc.word(it).starts_with(char::is_uppercase)
            || doc.is(it, LexicalClass::Determiner)
            || doc.is(it, LexicalClass::SubjectPronoun)
    };
    let comma = source.clone().skip(2).find(|it| doc.word(*it) == "," && begins_subject(it + 1));
    let comma = comma.filter(|it| it + 1 < source.end && opens_sentence && is_participle && takes_object)?;
    Some(comma + 1)
}

/// Whether a source is only the time between a subject and its verb: "Iran on | Sunday | vowed".
fn is_time_of_verb(doc: &Document, source: Span) -> bool {
    let tokens = doc.tokens_in(source);
    let floor = doc.sentences.get(doc.sentence_of(tokens.start)).map_or(0, |it| it.tokens.start);
    let start = time_phrases::start_of_time(floor, tokens.end, |it| doc.word(it));
    start <= tokens.start && start < tokens.end
}

/// The parts of a span in each block, without datelines.
fn split_by_block<'a>(doc: &'a Document, span: Span) -> impl Iterator<Item = Span> + 'a {
    let blocks = doc.story.blocks();
    let first = blocks.partition_point(|it| it.span.end <= span.start);
    let within = blocks[first..].iter().take_while(move |it| it.span.start < span.end);
    within.filter_map(move |block| {
        let after_dateline = block.dateline.and_then(|_| doc.tokens_in(block.text_span(doc.text)).next());
        let text_start = after_dateline.map_or(block.span.start, |it| doc.tokens[it].span.start);
        let (start, end) = (span.start.max(text_start), span.end.min(block.span.end));
        (start < end).then(|| Span::new(start, end))
    })
}

/// Whether words outside quotation marks are a byline, caption, heading, or unpunctuated line beside the block of
/// `anchor`, in which the source or cue stands.
fn is_outside_running_text(doc: &Document, quoted_spans: &[QuotedSpan], words: Span, anchor: Span) -> bool {
    let (Some(own), Some(other)) = (doc.story.block_at(words.start), doc.story.block_at(anchor.start)) else {
        return false;
    };
    let block = &doc.story.blocks()[own];
    let text = block.span.slice(doc.text).trim_end();
    let is_punctuated = text.ends_with(['.', '!', '?', ':', ',', ';', '”', '"', '’', '…']);
    let is_furniture = match block.kind {
        BlockKind::Headline
        | BlockKind::Heading
        | BlockKind::Byline
        | BlockKind::Caption
        | BlockKind::Furniture => true,
        BlockKind::Paragraph => own < other && !is_punctuated,
        _ => false,
    };
    own != other && is_furniture && !has_quote(quoted_spans, words)
}

/// Moves the ends of a content to the quotation marks within a word of them, and out of a quotation that it barely
/// reaches into. The content of a naming cue ends with its quotation: "called it “a scar” | and left".
fn snap_to_quotes(doc: &Document, quoted_spans: &[QuotedSpan], content: Span, is_naming: bool) -> Span {
    let mut span = content;
    let first = quoted_spans.partition_point(|it| it.span.end <= content.start);
    for quote in quoted_spans[first..].iter().take_while(|it| it.span.start < content.end) {
        let missed_before = doc.count_words(Span::new(quote.span.start, content.start));
        let missed_after = doc.count_words(Span::new(content.end, quote.span.end));
        if quote.span.start <= content.start && missed_before <= MAX_MISSED_WORDS {
            span.start = span.start.min(quote.span.start);
        }
        let inside = doc.count_words(Span::new(content.start.max(quote.span.start), quote.span.end));
        if quote.span.start < content.start
            && missed_before > MAX_MISSED_WORDS
            && quote.span.end < content.end
            && inside < missed_before
        {
            let next = doc.tokens.get(doc.token_at(quote.span.end));
            span.start = next.map_or(span.start, |it| it.span.start);
        }
        // Speech that ends with a comma or stop ends with its quotation mark: "“We won,” Lee said and left."
        let is_naming_over = is_naming && continues_with_action(doc, doc.token_at(quote.span.end));
        let is_speech_over =
            quote.span.start == span.start && quote.content.slice(doc.text).ends_with([',', '.', '!', '?']);
        // "called it “a scar” | and was “ashamed”": what the naming names is over.
        if is_naming
            && continues_with_state(doc, doc.token_at(quote.span.end))
            && quote.span.end < content.end
        {
            span.end = quote.span.end;
            break;
        }
        let has_more = quoted_spans[first..]
            .iter()
            .take(MAX_QUOTES_AHEAD)
            .any(|it| quote.span.end <= it.span.start && it.span.start < content.end);
        if (is_speech_over || is_naming_over) && quote.span.end < content.end && !has_more {
            span.end = quote.span.end;
        }
        if quote.span.end >= content.end && missed_after <= MAX_MISSED_WORDS {
            span.end = span.end.max(quote.span.end);
        }
        // "“We won,” Lee says, and leaves. “Good night.”": the action between the two is not speech.
        let start = doc.token_at(span.start);
        let follows_stop = doc.word(doc.token_at(quote.span.start).saturating_sub(1)) == ".";
        if follows_stop && span.start < quote.span.start && continues_with_action(doc, start) {
            span.start = quote.span.start;
        }
    }
    span
}

/// Extends a content that begins with a quotation to its closing mark, unless the rest holds another content.
fn extend_to_closing_mark(quoted_spans: &[QuotedSpan], tagged: &TaggerOutput, content: Span) -> Span {
    let quote = quoted_spans.get(quoted_spans.partition_point(|it| it.span.end <= content.start));
    let whole = quote.map(|it| it.span).filter(|it| it.start == content.start && it.end > content.end);
    let Some(whole) = whole else { return content };
    let rest = Span::new(content.end, whole.end);
    let has_other = tagged.spans.iter().any(|it| it.role == SpanRole::Content && rest.overlaps(it.span));
    if has_other { content } else { whole }
}

/// Whether the sentence continues at a token with an action of the speaker: "… and left".
fn continues_with_action(doc: &Document, token: usize) -> bool {
    let verb_is = |class: LexicalClass| doc.is(token + 1, class);
    let is_present = doc.lower(token + 1).ends_with('s')
        && !verb_is(LexicalClass::Determiner)
        && !verb_is(LexicalClass::Auxiliary);
    doc.word(token) == "and" && (is_present || verb_is(LexicalClass::PastTense))
}

/// Whether the sentence continues at a token with what the speaker was: "… and was".
fn continues_with_state(doc: &Document, token: usize) -> bool {
    doc.word(token) == "and" && (doc.is(token + 1, LexicalClass::Auxiliary) || doc.word(token + 1) == "felt")
}

/// Whether a cue gives something a name: "has called".
fn is_naming_cue(cue: &str) -> bool {
    const NAMING_VERBS: &[&str] = &word_list!("naming-verbs");
    let verb = cue.rsplit(' ').next().unwrap_or_default();
    NAMING_VERBS.binary_search(&verb).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;
    use crate::engine::text::quotation_marks;

    #[test]
    fn a_source_has_its_owner_and_the_time_of_its_participle() {
        for (text, source, cue, expected) in [
            ("The child's father said so.", "father", "said", "The child's father"),
            (
                "A study published on Monday found it.",
                "A study published",
                "found",
                "A study published on Monday",
            ),
            (
                "It is so, according to a study published on Monday.",
                "a study published",
                "according to",
                "a study published on Monday",
            ),
            ("The board said on Monday that it rained.", "The board", "said", "The board"),
        ] {
            let span = |words: &str| {
                let start = text.find(words).unwrap_or_default();
                Span::new(start, start + words.len())
            };
            let found =
                with_document(text, |doc| whole_phrase(doc, span(source), span(cue)).slice(text).to_owned());
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_line_of_the_page_is_nobodys_words() {
        for (text, line, expected) in [
            ("By Mina Rook\nIt rained, the council said.", "By Mina Rook", true),
            ("A new law for the river\nIt bans boats, the council said.", "A new law for the river", true),
            ("It rained all night.\nIt was cold, the council said.", "It rained all night.", false),
            ("“A new law”\nIt bans boats, the council said.", "“A new law”", false),
            ("The council said:\nno boats", "no boats", false),
        ] {
            let offset = |it: &str| text.find(it).map_or(0, |start| start);
            let words = Span::new(offset(line), offset(line) + line.len());
            let anchor = Span::new(offset("said"), offset("said") + 4);
            let found = with_document(text, |doc| {
                is_outside_running_text(doc, &quotation_marks::quoted_spans(doc), words, anchor)
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
