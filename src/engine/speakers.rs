//! Quotes → quotes with their speakers: one that names nobody goes on with the speaker of the run it stands in.

use crate::analysis::{AttributionRule, EntityKind, QuoteKind};
use crate::engine::attribution::Attribution;
use crate::engine::attribution::rules::RuleOutput;
use crate::engine::entities::EntityMention;
use crate::engine::quotes::UnattributedQuote;
use crate::engine::text::clause::{Clause, ClauseItem};
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::span::Span;
use crate::story::BlockKind;

/// How many blocks a run of speech may reach back for its speaker.
const MAX_BLOCKS_BACK: usize = 4;

/// How often the nearest who can speak did say it. Of this and the next two it was counted on news how many are right:
/// what nobody is said to say is often no speech at all.
const NEAREST_CONFIDENCE: f32 = 0.15;
/// The same of who speaks beside it.
const SAME_PARAGRAPH_CONFIDENCE: f32 = 0.2;
/// The same of who spoke last, of a paragraph that holds nothing but speech.
const SPEECH_PARAGRAPH_CONFIDENCE: f32 = 0.3;

/// Gives each floating quote a source where the story lets one be told.
pub(crate) fn find_speakers(
    doc: &Document,
    names: &[EntityMention],
    units: &[Clause],
    told: &RuleOutput,
    quoted_spans: &[QuotedSpan],
    mut drafts: Vec<UnattributedQuote>,
) -> Vec<UnattributedQuote> {
    let desk = SpeakerFinder { doc, mentions: names, clauses: units, rules: told, quoted: quoted_spans };
    for at in 0..drafts.len() {
        if drafts[at].rule == AttributionRule::Turn {
            drafts[at].source = desk.answering_speaker(drafts[at].source);
        }
        if drafts[at].source.is_none() {
            let found = desk.find_speaker(&drafts, at);
            if let Some((source, rule, confidence)) = found {
                drafts[at] =
                    UnattributedQuote { source: Some(source), rule, confidence, ..drafts[at].clone() };
            }
        }
    }
    drafts
}

/// What a floating quote is looked up in.
struct SpeakerFinder<'a> {
    doc: &'a Document<'a>,
    mentions: &'a [EntityMention],
    clauses: &'a [Clause],
    rules: &'a RuleOutput,
    quoted: &'a [QuotedSpan],
}

impl SpeakerFinder<'_> {
    /// The source of floating quote `at`, what spoke for it, and how sure that is.
    fn find_speaker(&self, drafts: &[UnattributedQuote], at: usize) -> Option<(Span, AttributionRule, f32)> {
        let block = self.block_at(drafts[at].start());
        if self.doc.story.blocks().get(block)?.kind == BlockKind::Headline {
            return self.headline_speaker(drafts, at);
        }
        let unit = self.clause_at(drafts[at].start());
        let before = unit.checked_sub(1).filter(|it| self.clauses[*it].block == block);
        self.announced_speaker(drafts[at].start())
            .or_else(|| {
                before
                    .and_then(|it| self.subject_of_clause(it))
                    .map(|it| (it, AttributionRule::Nearest, NEAREST_CONFIDENCE))
            })
            .or_else(|| self.speaker_in_paragraph(drafts, at, block))
            .or_else(|| self.subject_around_quote(unit))
            .or_else(|| self.speaker_of_run(drafts, at, block))
            .or_else(|| {
                let next = self.clauses.get(unit + 1).filter(|it| it.block == block);
                next.and_then(|_| self.subject_of_clause(unit + 1))
                    .map(|it| (it, AttributionRule::Nearest, NEAREST_CONFIDENCE))
            })
            .or_else(|| {
                let last = unit.checked_sub(1).filter(|it| self.clauses[*it].block + 1 == block);
                last.and_then(|it| self.subject_of_clause(it))
                    .map(|it| (it, AttributionRule::Nearest, NEAREST_CONFIDENCE))
            })
    }

    /// "Lee went on:", and then the quote.
    fn announced_speaker(&self, start: usize) -> Option<(Span, AttributionRule, f32)> {
        let unit = self.clause_at(start).checked_sub(1)?;
        let after = self.rules.attributions.partition_point(|it| it.offset() < start);
        let near = |it: &&Attribution| it.contents.is_empty() && self.clause_at(it.offset()) == unit;
        let report = self.rules.attributions[..after].iter().rev().take(3).find(near)?;
        report.source.map(|it| (it, report.rule, 0.85))
    }

    /// The quote beside it in its own paragraph, the one before it first.
    fn speaker_in_paragraph(
        &self,
        drafts: &[UnattributedQuote],
        at: usize,
        block: usize,
    ) -> Option<(Span, AttributionRule, f32)> {
        let here = |it: &&UnattributedQuote| self.block_at(it.start()) == block;
        let spoken = |it: &&UnattributedQuote| it.source.is_some() && it.kind != QuoteKind::Indirect;
        let before = drafts[..at].iter().rev().take_while(here).find(spoken);
        let after = drafts[at + 1..].iter().take_while(here).find(spoken);
        before
            .or(after)
            .and_then(|it| it.source)
            .map(|it| (it, AttributionRule::Continued, SAME_PARAGRAPH_CONFIDENCE))
    }

    /// The quote with which an earlier paragraph ends, where nothing but speech stands between.
    fn speaker_of_run(
        &self,
        drafts: &[UnattributedQuote],
        at: usize,
        block: usize,
    ) -> Option<(Span, AttributionRule, f32)> {
        let first = self.clauses.partition_point(|it| it.block < block);
        let alone =
            self.clauses[first..].iter().take_while(|it| it.block == block).all(|it| self.is_only_speech(it));
        let last = drafts[..at]
            .iter()
            .rev()
            .take(2 * MAX_BLOCKS_BACK)
            .find(|it| it.source.is_some() && it.rule != AttributionRule::Label)?;
        let distance = self.prose_blocks_between(self.block_at(last.end().saturating_sub(1)), block);
        let confidence = match (alone, distance) {
            (true, 0) => SPEECH_PARAGRAPH_CONFIDENCE,
            (_, 0) | (true, 1) => SAME_PARAGRAPH_CONFIDENCE,
            _ => return None,
        };
        last.source.map(|it| (it, AttributionRule::Continued, confidence))
    }

    /// How many blocks of prose stand between two blocks.
    fn prose_blocks_between(&self, last: usize, block: usize) -> usize {
        if block > last + MAX_BLOCKS_BACK {
            return MAX_BLOCKS_BACK;
        }
        let between = &self.doc.story.blocks()[(last + 1).min(block)..block];
        between.iter().filter(|it| !matches!(it.kind, BlockKind::Caption | BlockKind::Furniture)).count()
    }

    /// Whether a unit holds speech and no words beside it.
    fn is_only_speech(&self, unit: &Clause) -> bool {
        unit.items.iter().all(|it| match it {
            ClauseItem::Quote(_) => true,
            ClauseItem::Token(at) => !self.doc.word(*at).starts_with(char::is_alphanumeric),
        })
    }

    /// The person that a unit without speech is about.
    fn subject_of_clause(&self, unit: usize) -> Option<Span> {
        let speechless = !self.clauses[unit].items.iter().any(|it| matches!(it, ClauseItem::Quote(_)));
        let subject = self.rules.subjects[unit].filter(|_| speechless)?;
        self.can_speak(subject).then_some(subject)
    }

    /// The person that the words around a quote in its own clause are about.
    fn subject_around_quote(&self, unit: usize) -> Option<(Span, AttributionRule, f32)> {
        let subject = self.rules.subjects[unit]?;
        self.can_speak(subject).then_some((subject, AttributionRule::Nearest, NEAREST_CONFIDENCE))
    }

    /// Whether a phrase is a pronoun for a person, or holds a person's or a body's name.
    fn can_speak(&self, phrase: Span) -> bool {
        let pronoun = matches!(phrase.slice(self.doc.text).to_lowercase().as_str(), "he" | "she" | "they");
        let first = self.mentions.partition_point(|it| it.span.end <= phrase.start);
        let mut within = self.mentions[first..].iter().take_while(|it| it.span.overlaps(phrase));
        pronoun || within.any(|it| it.kind != EntityKind::Place)
    }

    /// In a headline: who says these words in the story.
    fn headline_speaker(
        &self,
        drafts: &[UnattributedQuote],
        at: usize,
    ) -> Option<(Span, AttributionRule, f32)> {
        let bare = |span: Span| {
            let letters = span.slice(self.doc.text).to_lowercase();
            letters
                .split(|it: char| !it.is_alphanumeric())
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let words = bare(drafts[at].parts[0]);
        let said = |it: &&UnattributedQuote| {
            it.source.is_some() && it.parts.iter().any(|part| bare(*part).contains(&words))
        };
        let again = drafts[at + 1..].iter().take(200).find(said)?;
        again.source.map(|it| (it, AttributionRule::Continued, 0.8))
    }

    /// Whom the label of an answer means: "A" is the person whom the story introduced before its first turn.
    fn answering_speaker(&self, label: Option<Span>) -> Option<Span> {
        let label = label?;
        if !label.slice(self.doc.text).trim_matches(['.', '*']).eq_ignore_ascii_case("a") {
            return Some(label);
        }
        let first = self.doc.story.blocks().iter().find(|it| it.kind == BlockKind::Turn)?.span.start;
        let people =
            || self.mentions.iter().filter(|it| it.kind == EntityKind::Person && it.span.start < first);
        let byline = |it: &&EntityMention| {
            self.doc.story.blocks()[self.block_at(it.span.start)].kind == BlockKind::Byline
        };
        people().find(|it| !byline(it)).map(|it| it.span)
    }

    fn block_at(&self, place: usize) -> usize {
        self.doc.story.block_at(place).unwrap_or(0)
    }

    /// The number of the unit in which a byte stands.
    fn clause_at(&self, place: usize) -> usize {
        let end = |unit: &Clause| match unit.items.last() {
            Some(ClauseItem::Token(at)) => self.doc.tokens[*at].span.end,
            Some(ClauseItem::Quote(at)) => self.quoted[*at].span.end,
            None => 0,
        };
        self.clauses.partition_point(|it| end(it) <= place).min(self.clauses.len().saturating_sub(1))
    }
}
