//! Quotes: built from attributions, interview turns and quotations without an attribution, and joined where a cue or a
//! paragraph splits them. Their speakers are found later.

mod block_quotations;
mod joining;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::analysis::{Act, AttributionRule, QuoteKind};
use crate::engine::attribution::Attribution;
use crate::engine::text::clause::{Clause, ClauseItem};
use crate::engine::text::covered_spans::CoveredSpans;
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::{self, QuotedSpan};
use crate::engine::text::tokens::TokenKind;
use crate::engine::text::work_titles;
use crate::span::Span;
use crate::story::{Block, BlockKind, TurnSpeaker};

/// The confidence of a labelled turn of an interview.
const TURN_CONFIDENCE: f32 = 0.95;
/// The confidence of an answer without a label.
const UNLABELLED_TURN_CONFIDENCE: f32 = 0.8;
/// An unattributed quotation of this many words is always speech.
pub(crate) const MIN_CERTAIN_SPEECH_WORDS: usize = 8;
/// An unattributed quotation of this many words is speech if it is no title.
const MIN_LIKELY_SPEECH_WORDS: usize = 4;
/// A shorter quotation in a sentence with other words is speech from this many words on, if it is a sentence.
const MIN_SENTENCE_WORDS: usize = 3;

/// A quote whose speaker is not looked up yet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct UnattributedQuote {
    /// In reading order, without overlaps.
    pub(crate) parts: Vec<Span>,
    pub(crate) kind: QuoteKind,
    pub(crate) act: Act,
    /// The noun phrase of the speaker; `None` where no words name one.
    pub(crate) source: Option<Span>,
    /// The reporting words; `None` where there are none.
    pub(crate) cue: Option<Span>,
    pub(crate) rule: AttributionRule,
    /// In a turn, who speaks; `None` for other quotes.
    pub(crate) turn: Option<TurnSpeaker>,
    /// From 0 to 1.
    pub(crate) confidence: f32,
}

impl UnattributedQuote {
    /// A direct quote of one part, without a source.
    fn quotation(part: Span) -> Self {
        Self {
            parts: vec![part],
            kind: QuoteKind::Direct,
            act: Act::Speech,
            source: None,
            cue: None,
            rule: AttributionRule::Unknown,
            turn: None,
            confidence: 0.0,
        }
    }

    /// A turn; its words are added later.
    fn turn(block: &Block, speaker: TurnSpeaker) -> Self {
        let source = match speaker {
            TurnSpeaker::Named { name, .. } | TurnSpeaker::Office(name) => Some(name),
            TurnSpeaker::Interviewer | TurnSpeaker::Interviewee | TurnSpeaker::Unknown => None,
        };
        let has_label = block.label.is_some();
        Self {
            parts: vec![],
            kind: QuoteKind::Direct,
            act: Act::Speech,
            source,
            cue: None,
            rule: AttributionRule::Turn,
            turn: Some(speaker),
            confidence: if has_label { TURN_CONFIDENCE } else { UNLABELLED_TURN_CONFIDENCE },
        }
    }

    /// A block quotation; `name` is the name under it.
    fn signed(text: Span, name: Option<Span>) -> Self {
        let quotation = Self::quotation(text);
        match name {
            Some(_) => Self {
                source: name,
                rule: AttributionRule::Signature,
                confidence: TURN_CONFIDENCE,
                ..quotation
            },
            None => quotation,
        }
    }

    /// The byte offset at which the first part begins.
    pub(crate) fn start(&self) -> usize {
        self.parts.first().map_or(0, |it| it.start)
    }

    /// The byte offset at which the last part ends.
    pub(crate) fn end(&self) -> usize {
        self.parts.last().map_or(0, |it| it.end)
    }
}

/// The parts of some quotes.
fn covered_parts<'a>(quotes: impl Iterator<Item = &'a UnattributedQuote>) -> CoveredSpans {
    CoveredSpans::new(quotes.flat_map(|it| it.parts.iter().copied()))
}

/// The quotes of a story, in reading order.
pub(crate) fn build_quotes(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    clauses: &[Clause],
    attributions: &[Attribution],
) -> Vec<UnattributedQuote> {
    let mut turns = interview_turns(doc);
    turns.extend(block_quotations::block_quotations(doc));
    turns.extend(block_quotations::announced_paragraphs(doc, quoted_spans, clauses, attributions));
    let whole = covered_parts(turns.iter());
    let mut quotes = attributed_quotes(doc, attributions, &whole);
    let covered = covered_parts(quotes.iter().chain(&turns));
    quotes.extend(unattributed_speech(doc, quoted_spans, clauses, &covered));
    quotes.sort_by_key(UnattributedQuote::start);
    let mut quotes = joining::join_split_quotes(doc, quoted_spans, quotes);
    quotes.extend(turns);
    quotes.sort_by_key(UnattributedQuote::start);
    for quote in &mut quotes {
        quote.kind = if quote.parts.first().is_some_and(|it| whole.overlaps(*it)) {
            QuoteKind::Direct
        } else {
            quote_kind(doc, quoted_spans, &quote.parts)
        };
        // What stands in quotation marks is speech whatever its cue is.
        if quote.kind != QuoteKind::Indirect {
            quote.act = Act::Speech;
        }
    }
    drop_empty_and_doubled(doc, quotes)
}

/// Drops parts without words, quotes without parts, and all but the surest of several quotes with the same parts.
///
/// One with a source is surer than one without; of two that are equally sure the first is kept.
fn drop_empty_and_doubled(doc: &Document, mut quotes: Vec<UnattributedQuote>) -> Vec<UnattributedQuote> {
    for quote in &mut quotes {
        quote.parts.retain(|it| !it.slice(doc.text).trim().is_empty());
    }
    quotes.retain(|it| !it.parts.is_empty());
    let rank = |quote: &UnattributedQuote| (quote.source.is_some(), quote.confidence);
    let mut kept: Vec<UnattributedQuote> = Vec::with_capacity(quotes.len());
    let mut index_of: HashMap<Vec<Span>, usize> = HashMap::new();
    for quote in quotes {
        match index_of.entry(quote.parts.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(kept.len());
                kept.push(quote);
            }
            Entry::Occupied(entry) => {
                let earlier = &mut kept[*entry.get()];
                if rank(&quote) > rank(earlier) {
                    *earlier = quote;
                }
            }
        }
    }
    kept
}

/// The quotes of attributions with a content. Turns of an interview, repeated blocks and furniture hold none.
fn attributed_quotes(
    doc: &Document,
    attributions: &[Attribution],
    turns: &CoveredSpans,
) -> Vec<UnattributedQuote> {
    let is_story_text = |offset: usize| {
        let block = doc.story.block_at(offset).map(|it| &doc.story.blocks()[it]);
        block.is_some_and(|it| it.repeats.is_none() && it.kind != BlockKind::Furniture)
    };
    // "Do you think that it rained?" asks; nobody said that it rained.
    let is_asked = |attribution: &Attribution| {
        let block = doc.story.block_at(attribution.offset()).map(|it| &doc.story.blocks()[it]);
        let source = attribution.source.map(|it| it.slice(doc.text).to_lowercase());
        block.is_some_and(|it| it.speaker == Some(TurnSpeaker::Interviewer))
            && source.is_none_or(|it| matches!(it.as_str(), "i" | "we" | "you" | "your"))
    };
    let is_quote = |attribution: &&Attribution| {
        let first = attribution.contents.first();
        first.is_some_and(|it| is_story_text(it.start) && !turns.overlaps(*it)) && !is_asked(attribution)
    };
    let quote = |attribution: &Attribution| UnattributedQuote {
        parts: attribution.contents.clone(),
        kind: QuoteKind::Indirect,
        act: attribution.act,
        source: attribution.source,
        cue: attribution.cue,
        rule: attribution.rule,
        turn: None,
        confidence: attribution.confidence,
    };
    attributions.iter().filter(is_quote).map(quote).collect()
}

/// The turns, each with the unlabelled paragraphs before the next one. What an interviewer asks is no quote.
fn interview_turns(doc: &Document) -> Vec<UnattributedQuote> {
    let blocks = doc.story.blocks();
    let last = blocks.iter().rposition(|it| it.kind == BlockKind::Turn).unwrap_or(0);
    let mut turns: Vec<UnattributedQuote> = Vec::new();
    // Whether an unlabelled paragraph continues the last turn.
    let mut is_open = false;
    for (number, block) in blocks.iter().enumerate() {
        let text = block.text_span(doc.text);
        match (block.kind, block.speaker) {
            (BlockKind::Turn, Some(TurnSpeaker::Interviewer)) => is_open = false,
            (BlockKind::Turn, Some(speaker)) => {
                let continues = is_open && block.label.is_none();
                if !continues {
                    turns.push(UnattributedQuote::turn(block, speaker));
                }
                is_open = true;
                let text = quotation_marks::without_unpaired_close(doc.text, text);
                let is_empty = text.is_empty();
                if let Some(turn) = turns.last_mut().filter(|_| !is_empty) {
                    turn.parts.push(text);
                }
            }
            // "(Crosstalk.)" is no speech.
            (BlockKind::Paragraph, _) if is_bracketed(text.slice(doc.text)) => {}
            (BlockKind::Paragraph, _) if number < last && is_open => {
                if let Some(turn) = turns.last_mut() {
                    turn.parts.push(text);
                }
            }
            (BlockKind::Caption | BlockKind::Furniture, _) => {}
            _ => is_open = false,
        }
    }
    turns.retain(|it| !it.parts.is_empty());
    turns
}

/// Whether a paragraph stands in brackets, with or without quotation marks around them.
fn is_bracketed(text: &str) -> bool {
    let unquoted = text.trim_matches(['“', '”', '"', '.']);
    unquoted.starts_with(['(', '[']) && unquoted.ends_with([')', ']'])
}

/// The quotations outside all attributions that are likely speech.
fn unattributed_speech(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    clauses: &[Clause],
    covered: &CoveredSpans,
) -> Vec<UnattributedQuote> {
    let is_word = |item: &ClauseItem| matches!(item, ClauseItem::Token(at) if doc.tokens[*at].kind != TokenKind::Punctuation);
    let mut quotes = Vec::new();
    for clause in clauses {
        let block = &doc.story.blocks()[clause.block];
        if block.repeats.is_some() || block.kind == BlockKind::Furniture {
            continue;
        }
        let is_alone = !clause.items.iter().any(is_word);
        for item in &clause.items {
            let ClauseItem::Quote(index) = item else { continue };
            let quoted = quoted_spans[*index];
            if !covered.overlaps(quoted.span) && is_speech(doc, &quoted, is_alone) {
                quotes.push(UnattributedQuote::quotation(quoted.span));
            }
        }
    }
    quotes
}

/// Whether an unattributed quotation is speech, not a title, a nickname, a term or a scare quote. `is_alone`: its
/// sentence has no other words.
fn is_speech(doc: &Document, quoted: &QuotedSpan, is_alone: bool) -> bool {
    let words: Vec<&str> = doc
        .tokens_in(quoted.content)
        .filter(|it| doc.tokens[*it].kind != TokenKind::Punctuation)
        .map(|it| doc.word(it))
        .collect();
    let text = quoted.content.slice(doc.text).trim_end();
    let ends_sentence = text.ends_with(['.', ',', '!', '?', '…']);
    let begins_sentence = words.first().is_some_and(|it| it.starts_with(char::is_uppercase));
    match words.len() {
        0 => false,
        MIN_CERTAIN_SPEECH_WORDS.. => true,
        MIN_LIKELY_SPEECH_WORDS.. => !is_title(&words),
        _ if is_alone => ends_sentence && !is_title(&words),
        MIN_SENTENCE_WORDS.. => begins_sentence && ends_sentence && !is_title(&words),
        _ => false,
    }
}

/// Whether words have capitals as a title has: all but the small words, or two thirds of them.
fn is_title(words: &[&str]) -> bool {
    let capitalized = words.iter().filter(|it| !it.starts_with(char::is_lowercase)).count();
    let small = words.iter().filter(|it| work_titles::is_small_title_word(it)).count();
    capitalized > 1 && (capitalized + small == words.len() || capitalized * 3 >= words.len() * 2)
}

/// The kind of a quote: direct where nine words in ten are quoted, indirect where none is.
fn quote_kind(doc: &Document, quoted_spans: &[QuotedSpan], parts: &[Span]) -> QuoteKind {
    let is_quoted = |offset: usize| {
        let at = quoted_spans.partition_point(|it| it.span.end <= offset);
        quoted_spans.get(at).is_some_and(|it| it.span.contains(offset))
    };
    let words: usize = parts.iter().map(|it| doc.count_words(*it)).sum();
    let tokens = parts.iter().flat_map(|it| doc.tokens_in(*it)).map(|it| doc.tokens[it]);
    let quoted = tokens.filter(|it| it.kind != TokenKind::Punctuation && is_quoted(it.span.start)).count();
    match quoted {
        0 => QuoteKind::Indirect,
        _ if quoted * 10 >= words * 9 => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}

#[cfg(test)]
mod tests;
