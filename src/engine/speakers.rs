//! Speakers of quotes without a source: the announcement before them, the speaker beside them, or the nearest subject.

mod interviewee;

use std::collections::HashSet;

use crate::analysis::{AttributionRule, EntityKind, QuoteKind};
use crate::engine::attribution::Attribution;
use crate::engine::attribution::rules::RuleOutput;
use crate::engine::entities::EntityMention;
use crate::engine::quotes::UnattributedQuote;
use crate::engine::text::clause::{Clause, ClauseItem};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{GroupNoun, RoleNoun};
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::span::Span;
use crate::story::{Block, BlockKind, TurnSpeaker};

/// How many blocks the speaker of an earlier quote may stand before the block of a quote.
const MAX_BLOCKS_BACK: usize = 4;
/// How many quotes the search for that speaker looks back.
const MAX_QUOTES_BACK: usize = 2 * MAX_BLOCKS_BACK;
/// How many attributions the search for an announcement looks back.
const MAX_ATTRIBUTIONS_BACK: usize = 3;
/// How many quotes of a paragraph are looked at for a speaker, before a quote and after it.
const MAX_QUOTES_IN_PARAGRAPH: usize = 50;
/// How many quotes of the story are compared with a quote in a headline.
const MAX_HEADLINE_COMPARISONS: usize = 200;

/// How many words of a quotation a headline may leave out between those that it has.
const MAX_WORDS_LEFT_OUT: usize = 4;

/// The share of quotes that the nearest possible speaker said. This and the next two were counted on news; they are low
/// because a quotation without a source is often no speech.
const NEAREST_CONFIDENCE: f32 = 0.15;
/// The same share for the speaker of another quote in the paragraph.
const SAME_PARAGRAPH_CONFIDENCE: f32 = 0.2;
/// The same share for the last speaker before a paragraph that is all speech. Editors found that 21 of 23 such quotes were that
/// speaker's (`training/README.md`); on `PolNeAR` few of them are annotated.
const SPEECH_PARAGRAPH_CONFIDENCE: f32 = 0.85;
/// The confidence in the source of an announcement: "Lee went on:".
const ANNOUNCED_CONFIDENCE: f32 = 0.85;
/// The confidence in the speaker of the same words in the story, for a quote in a headline.
const HEADLINE_CONFIDENCE: f32 = 0.8;

/// The source that is found for a quote, the rule, and the confidence from 0 to 1.
type FoundSpeaker = (Span, AttributionRule, f32);

/// Finds a source for each quote that has none, where the story allows it.
pub(crate) fn find_speakers(
    doc: &Document,
    mentions: &[EntityMention],
    clauses: &[Clause],
    rules: &RuleOutput,
    quoted: &[QuotedSpan],
    mut quotes: Vec<UnattributedQuote>,
) -> Vec<UnattributedQuote> {
    let mut finder = SpeakerFinder { doc, mentions, clauses, rules, quoted, speech_blocks: HashSet::new() };
    finder.speech_blocks = finder.blocks_of_speech();
    let interviewee = interviewee::find_interviewee(doc, mentions);
    for at in 0..quotes.len() {
        if quotes[at].turn == Some(TurnSpeaker::Interviewee) {
            quotes[at].source = interviewee;
        }
        if quotes[at].turn.is_none() && finder.is_topic_in_headline(&quotes, at) {
            quotes[at].source = None;
            quotes[at].rule = AttributionRule::Unknown;
        }
        if (quotes[at].source.is_none() || finder.is_of_group_in_headline(&quotes[at]))
            && quotes[at].turn.is_none()
            && let Some((source, rule, confidence)) = finder.find_speaker(&quotes, at)
        {
            let quote = &mut quotes[at];
            (quote.source, quote.rule, quote.confidence) = (Some(source), rule, confidence);
        }
    }
    quotes
}

/// Whether `words` of a headline are those of a quotation, of which the headline may leave some out: "They lied to us" for
/// "they lied to all of us".
fn is_shortened<'a>(words: &[&str], quotation: impl Iterator<Item = &'a str>) -> bool {
    let quotation: Vec<&str> = quotation.collect();
    let starts = (0..quotation.len()).filter(|it| words.first() == Some(&quotation[*it]));
    let is_told_from = |start: usize| {
        let window = &quotation[start..quotation.len().min(start + words.len() + MAX_WORDS_LEFT_OUT)];
        let mut rest = words.iter().peekable();
        for word in window {
            rest.next_if(|it| *it == word);
        }
        rest.peek().is_none()
    };
    starts.into_iter().any(is_told_from)
}

/// What the search for a speaker looks at.
struct SpeakerFinder<'a> {
    doc: &'a Document<'a>,
    mentions: &'a [EntityMention],
    clauses: &'a [Clause],
    rules: &'a RuleOutput,
    quoted: &'a [QuotedSpan],
    /// The blocks whose words are all quoted.
    speech_blocks: HashSet<usize>,
}

impl SpeakerFinder<'_> {
    /// The blocks with clauses whose words are all quoted.
    fn blocks_of_speech(&self) -> HashSet<usize> {
        let mut blocks: HashSet<usize> = self.clauses.iter().map(|it| it.block).collect();
        for clause in self.clauses.iter().filter(|it| !self.is_only_speech(it)) {
            blocks.remove(&clause.block);
        }
        blocks
    }

    /// The speaker of the quote at index `at`, which has no source.
    fn find_speaker(&self, quotes: &[UnattributedQuote], at: usize) -> Option<FoundSpeaker> {
        let start = quotes[at].start();
        let block = self.block_at(start);
        let (kind, speaker) = self.doc.story.blocks().get(block).map(|it| (it.kind, it.speaker))?;
        if kind == BlockKind::Headline {
            return self.headline_speaker(quotes, at);
        }
        // "What about the saying, “Haste makes waste”?": the person interviewed did not say it.
        if kind == BlockKind::Turn && speaker == Some(TurnSpeaker::Interviewer) {
            return self.announced_speaker(start);
        }
        let clause = self.clause_at(start);
        let previous = clause.checked_sub(1);
        let block_of = |clause: usize| self.clauses.get(clause).map(|it| it.block);
        let previous_in_block = previous.filter(|it| block_of(*it) == Some(block));
        let next_in_block = Some(clause + 1).filter(|it| block_of(*it) == Some(block));
        let last_of_previous_block = previous.filter(|it| block_of(*it).map(|it| it + 1) == Some(block));
        let nearest = |clause: Option<usize>| {
            let subject = clause.and_then(|it| self.subject_of_clause(it));
            subject.map(|it| (it, AttributionRule::Nearest, NEAREST_CONFIDENCE))
        };
        self.announced_speaker(start)
            .or_else(|| nearest(previous_in_block))
            .or_else(|| self.speaker_in_paragraph(quotes, at, block))
            .or_else(|| self.subject_around_quote(clause))
            .or_else(|| self.speaker_of_run(quotes, at, block))
            .or_else(|| nearest(next_in_block))
            .or_else(|| nearest(last_of_previous_block))
    }

    /// The source of an announcement in the clause before the byte `start`: "Lee went on:".
    fn announced_speaker(&self, start: usize) -> Option<FoundSpeaker> {
        let clause = self.clause_at(start).checked_sub(1)?;
        let attributions = &self.rules.attributions;
        let before = attributions.partition_point(|it| it.offset() < start);
        let announces = |it: &&Attribution| it.is_announcement() && self.clause_at(it.offset()) == clause;
        let announcement = attributions[..before].iter().rev().take(MAX_ATTRIBUTIONS_BACK).find(announces)?;
        announcement.source.map(|it| (it, announcement.rule, ANNOUNCED_CONFIDENCE))
    }

    /// The speaker of the nearest quote in the same paragraph, the one before first.
    fn speaker_in_paragraph(
        &self,
        quotes: &[UnattributedQuote],
        at: usize,
        block: usize,
    ) -> Option<FoundSpeaker> {
        let is_in_block = |it: &&UnattributedQuote| self.block_at(it.start()) == block;
        let is_attributed_speech =
            |it: &&UnattributedQuote| it.source.is_some() && it.kind != QuoteKind::Indirect;
        let before = quotes[..at].iter().rev().take(MAX_QUOTES_IN_PARAGRAPH);
        let before = before.take_while(is_in_block).find(is_attributed_speech);
        let after = quotes[at + 1..].iter().take(MAX_QUOTES_IN_PARAGRAPH);
        let after = after.take_while(is_in_block).find(is_attributed_speech);
        let source = before.or(after).and_then(|it| it.source)?;
        Some((source, AttributionRule::Continued, SAME_PARAGRAPH_CONFIDENCE))
    }

    /// The speaker of the last quote before a paragraph, where only speech stands between the two.
    fn speaker_of_run(&self, quotes: &[UnattributedQuote], at: usize, block: usize) -> Option<FoundSpeaker> {
        let is_all_speech = self.speech_blocks.contains(&block);
        let is_attributed =
            |it: &&UnattributedQuote| it.source.is_some() && it.rule != AttributionRule::Label;
        let last = quotes[..at].iter().rev().take(MAX_QUOTES_BACK).find(is_attributed)?;
        let distance = self.prose_blocks_between(self.block_at(last.end().saturating_sub(1)), block);
        let confidence = match (is_all_speech, distance) {
            (true, 0) => SPEECH_PARAGRAPH_CONFIDENCE,
            (_, 0) | (true, 1) => SAME_PARAGRAPH_CONFIDENCE,
            _ => return None,
        };
        last.source.map(|it| (it, AttributionRule::Continued, confidence))
    }

    /// How many blocks of prose stand between two blocks; at most [`MAX_BLOCKS_BACK`] for distant ones.
    fn prose_blocks_between(&self, last: usize, block: usize) -> usize {
        if block > last + MAX_BLOCKS_BACK {
            return MAX_BLOCKS_BACK;
        }
        let is_prose = |block: &&Block| !matches!(block.kind, BlockKind::Caption | BlockKind::Furniture);
        self.doc.story.blocks()[(last + 1).min(block)..block].iter().filter(is_prose).count()
    }

    /// Whether all words of a clause are quoted.
    fn is_only_speech(&self, clause: &Clause) -> bool {
        clause.items.iter().all(|item| match item {
            ClauseItem::Quote(_) => true,
            ClauseItem::Token(token) => !self.doc.word(*token).starts_with(char::is_alphanumeric),
        })
    }

    /// The subject of a clause without quotations, if it can speak.
    fn subject_of_clause(&self, clause: usize) -> Option<Span> {
        let has_quote = self.clauses[clause].items.iter().any(|it| matches!(it, ClauseItem::Quote(_)));
        self.rules.subjects[clause].filter(|it| !has_quote && self.can_speak(*it))
    }

    /// The subject of the clause of a quote, if it can speak.
    fn subject_around_quote(&self, clause: usize) -> Option<FoundSpeaker> {
        let subject = self.rules.subjects[clause].filter(|it| self.can_speak(*it))?;
        Some((subject, AttributionRule::Nearest, NEAREST_CONFIDENCE))
    }

    /// Whether a phrase is a personal pronoun, or has the name of a person or an organisation.
    fn can_speak(&self, phrase: Span) -> bool {
        let is_pronoun = matches!(phrase.slice(self.doc.text).to_lowercase().as_str(), "he" | "she" | "they");
        let first = self.mentions.partition_point(|it| it.span.end <= phrase.start);
        let mut within = self.mentions[first..].iter().take_while(|it| it.span.overlaps(phrase));
        is_pronoun || within.any(|it| it.kind != EntityKind::Place)
    }

    /// Whether a headline gives a quote to people without a name, whom the story may name: "‘We won’: survivors speak".
    fn is_of_group_in_headline(&self, quote: &UnattributedQuote) -> bool {
        let is_headline = self.doc.story.blocks().get(self.block_at(quote.start())).map(|it| it.kind);
        let is_unnamed = |source: Span| !source.slice(self.doc.text).contains(char::is_uppercase);
        is_headline == Some(BlockKind::Headline) && quote.source.is_some_and(is_unnamed)
    }

    /// Whether the label of a quote in a headline is what the story is about, and nobody who speaks: "Harbour tax: ‘We were ignored’". Somebody
    /// else says these words in the story, or the story neither names the label as a person nor lets it speak.
    fn is_topic_in_headline(&self, quotes: &[UnattributedQuote], at: usize) -> bool {
        let quote = &quotes[at];
        let block = self.block_at(quote.start());
        let is_headline = self.doc.story.blocks().get(block).is_some_and(|it| it.kind == BlockKind::Headline);
        let Some(label) = quote.source.filter(|_| is_headline && quote.rule == AttributionRule::Label) else {
            return false;
        };
        // "Ann Lee: tax ‘too high’" has her words beside the quoted ones.
        let first = quote.parts[0];
        let is_quoted = self.quoted.binary_search_by_key(&first.start, |it| it.span.start);
        if is_quoted.is_ok_and(|it| self.quoted[it].span != first) || is_quoted.is_err() {
            return false;
        }
        let last = |span: Span| span.slice(self.doc.text).rsplit(' ').next().unwrap_or_default();
        let is_same = |span: Span| last(span).eq_ignore_ascii_case(last(label));
        let is_person =
            |it: &EntityMention| it.kind == EntityKind::Person && it.tokens.len() > 1 && is_same(it.span);
        let noun = self.doc.tokens_in(label).end.saturating_sub(1);
        let is_role = [RoleNoun, GroupNoun].iter().any(|it| self.doc.is(noun, *it));
        let others = || quotes[at + 1..].iter().take(MAX_HEADLINE_COMPARISONS);
        let speaks = || others().filter_map(|it| it.source).any(is_same);
        !is_role && !self.mentions.iter().any(is_person) && !speaks()
    }

    /// The speaker of a quote in a headline: the one who says the same words in the story.
    fn headline_speaker(&self, quotes: &[UnattributedQuote], at: usize) -> Option<FoundSpeaker> {
        let words = self.plain_words(quotes[at].parts[0]);
        let words: Vec<&str> = words.split(' ').collect();
        let says_words = |quote: &&UnattributedQuote| {
            quote.source.is_some()
                && quote.parts.iter().any(|it| is_shortened(&words, self.plain_words(*it).split(' ')))
        };
        let same = quotes[at + 1..].iter().take(MAX_HEADLINE_COMPARISONS).find(says_words)?;
        same.source.map(|it| (it, AttributionRule::Continued, HEADLINE_CONFIDENCE))
    }

    /// The words of a span in lower case, joined by spaces, without punctuation.
    fn plain_words(&self, span: Span) -> String {
        let lower = span.slice(self.doc.text).to_lowercase();
        let words = lower.split(|ch: char| !ch.is_alphanumeric()).filter(|it| !it.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }

    /// The number of the block at a byte offset; 0 where there is none.
    fn block_at(&self, offset: usize) -> usize {
        self.doc.story.block_at(offset).unwrap_or(0)
    }

    /// The number of the clause at a byte offset.
    fn clause_at(&self, offset: usize) -> usize {
        let end = |clause: &Clause| match clause.items.last() {
            Some(ClauseItem::Token(token)) => self.doc.tokens[*token].span.end,
            Some(ClauseItem::Quote(quote)) => self.quoted[*quote].span.end,
            None => 0,
        };
        self.clauses.partition_point(|it| end(it) <= offset).min(self.clauses.len().saturating_sub(1))
    }
}
