//! Quotes → quotes with their speakers: one that names nobody goes on with the speaker of the run it stands in.

use crate::analysis::{EntityKind, QuoteKind, Rule};
use crate::engine::attribution::Report;
use crate::engine::attribution::rules::Told;
use crate::engine::entities::Name;
use crate::engine::quotes::Draft;
use crate::engine::text::clause::{Item, Unit};
use crate::engine::text::document::Sheet;
use crate::engine::text::quotation_marks::Marked;
use crate::span::Span;
use crate::story::BlockKind;

/// How many blocks a run of speech may reach back for its speaker.
const REACH: usize = 4;

/// How often the nearest who can speak did say it. Of this and the next two it was counted on news how many are right:
/// what nobody is said to say is often no speech at all.
const NEAREST: f32 = 0.15;
/// The same of who speaks beside it.
const BESIDE: f32 = 0.2;
/// The same of who spoke last, of a paragraph that holds nothing but speech.
const ALONE: f32 = 0.3;

/// Gives each floating quote a source where the story lets one be told.
pub(crate) fn speakers(
    sheet: &Sheet,
    names: &[Name],
    units: &[Unit],
    told: &Told,
    marked: &[Marked],
    mut drafts: Vec<Draft>,
) -> Vec<Draft> {
    let desk = Desk { sheet, names, units, told, marked };
    for at in 0..drafts.len() {
        if drafts[at].rule == Rule::Turn {
            drafts[at].source = desk.answering(drafts[at].source);
        }
        if drafts[at].source.is_none() {
            let found = desk.speaker(&drafts, at);
            if let Some((source, rule, confidence)) = found {
                drafts[at] = Draft { source: Some(source), rule, confidence, ..drafts[at].clone() };
            }
        }
    }
    drafts
}

/// What a floating quote is looked up in.
struct Desk<'a> {
    sheet: &'a Sheet<'a>,
    names: &'a [Name],
    units: &'a [Unit],
    told: &'a Told,
    marked: &'a [Marked],
}

impl Desk<'_> {
    /// The source of floating quote `at`, what spoke for it, and how sure that is.
    fn speaker(&self, drafts: &[Draft], at: usize) -> Option<(Span, Rule, f32)> {
        let block = self.block(drafts[at].start());
        if self.sheet.story.blocks().get(block)?.kind == BlockKind::Headline {
            return self.said_again(drafts, at);
        }
        let unit = self.unit(drafts[at].start());
        let before = unit.checked_sub(1).filter(|it| self.units[*it].block == block);
        self.announced(drafts[at].start())
            .or_else(|| before.and_then(|it| self.acting(it)).map(|it| (it, Rule::Nearest, NEAREST)))
            .or_else(|| self.in_paragraph(drafts, at, block))
            .or_else(|| self.acting_in_clause(unit))
            .or_else(|| self.run(drafts, at, block))
            .or_else(|| {
                let next = self.units.get(unit + 1).filter(|it| it.block == block);
                next.and_then(|_| self.acting(unit + 1)).map(|it| (it, Rule::Nearest, NEAREST))
            })
            .or_else(|| {
                let last = unit.checked_sub(1).filter(|it| self.units[*it].block + 1 == block);
                last.and_then(|it| self.acting(it)).map(|it| (it, Rule::Nearest, NEAREST))
            })
    }

    /// "Lee went on:", and then the quote.
    fn announced(&self, start: usize) -> Option<(Span, Rule, f32)> {
        let unit = self.unit(start).checked_sub(1)?;
        let after = self.told.reports.partition_point(|it| it.place() < start);
        let near = |it: &&Report| it.contents.is_empty() && self.unit(it.place()) == unit;
        let report = self.told.reports[..after].iter().rev().take(3).find(near)?;
        report.source.map(|it| (it, report.rule, 0.85))
    }

    /// The quote beside it in its own paragraph, the one before it first.
    fn in_paragraph(&self, drafts: &[Draft], at: usize, block: usize) -> Option<(Span, Rule, f32)> {
        let here = |it: &&Draft| self.block(it.start()) == block;
        let spoken = |it: &&Draft| it.source.is_some() && it.kind != QuoteKind::Indirect;
        let before = drafts[..at].iter().rev().take_while(here).find(spoken);
        let after = drafts[at + 1..].iter().take_while(here).find(spoken);
        before.or(after).and_then(|it| it.source).map(|it| (it, Rule::Continued, BESIDE))
    }

    /// The quote with which an earlier paragraph ends, where nothing but speech stands between.
    fn run(&self, drafts: &[Draft], at: usize, block: usize) -> Option<(Span, Rule, f32)> {
        let first = self.units.partition_point(|it| it.block < block);
        let alone =
            self.units[first..].iter().take_while(|it| it.block == block).all(|it| self.only_speech(it));
        let last = drafts[..at]
            .iter()
            .rev()
            .take(2 * REACH)
            .find(|it| it.source.is_some() && it.rule != Rule::Label)?;
        let distance = self.prose_between(self.block(last.end().saturating_sub(1)), block);
        let confidence = match (alone, distance) {
            (true, 0) => ALONE,
            (_, 0) | (true, 1) => BESIDE,
            _ => return None,
        };
        last.source.map(|it| (it, Rule::Continued, confidence))
    }

    /// How many blocks of prose stand between two blocks.
    fn prose_between(&self, last: usize, block: usize) -> usize {
        if block > last + REACH {
            return REACH;
        }
        let between = &self.sheet.story.blocks()[(last + 1).min(block)..block];
        between.iter().filter(|it| !matches!(it.kind, BlockKind::Caption | BlockKind::Furniture)).count()
    }

    /// Whether a unit holds speech and no words beside it.
    fn only_speech(&self, unit: &Unit) -> bool {
        unit.items.iter().all(|it| match it {
            Item::Marked(_) => true,
            Item::Word(at) => !self.sheet.word(*at).starts_with(char::is_alphanumeric),
        })
    }

    /// The person that a unit without speech is about.
    fn acting(&self, unit: usize) -> Option<Span> {
        let speechless = !self.units[unit].items.iter().any(|it| matches!(it, Item::Marked(_)));
        let subject = self.told.subjects[unit].filter(|_| speechless)?;
        self.can_speak(subject).then_some(subject)
    }

    /// The person that the words around a quote in its own clause are about.
    fn acting_in_clause(&self, unit: usize) -> Option<(Span, Rule, f32)> {
        let subject = self.told.subjects[unit]?;
        self.can_speak(subject).then_some((subject, Rule::Nearest, NEAREST))
    }

    /// Whether a phrase is a pronoun for a person, or holds a person's or a body's name.
    fn can_speak(&self, phrase: Span) -> bool {
        let pronoun = matches!(phrase.of(self.sheet.text).to_lowercase().as_str(), "he" | "she" | "they");
        let first = self.names.partition_point(|it| it.span.end <= phrase.start);
        let mut within = self.names[first..].iter().take_while(|it| it.span.meets(phrase));
        pronoun || within.any(|it| it.kind != EntityKind::Place)
    }

    /// In a headline: who says these words in the story.
    fn said_again(&self, drafts: &[Draft], at: usize) -> Option<(Span, Rule, f32)> {
        let bare = |span: Span| {
            let letters = span.of(self.sheet.text).to_lowercase();
            letters
                .split(|it: char| !it.is_alphanumeric())
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let words = bare(drafts[at].parts[0]);
        let said =
            |it: &&Draft| it.source.is_some() && it.parts.iter().any(|part| bare(*part).contains(&words));
        let again = drafts[at + 1..].iter().take(200).find(said)?;
        again.source.map(|it| (it, Rule::Continued, 0.8))
    }

    /// Whom the label of an answer means: "A" is the person whom the story introduced before its first turn.
    fn answering(&self, label: Option<Span>) -> Option<Span> {
        let label = label?;
        if !label.of(self.sheet.text).trim_matches(['.', '*']).eq_ignore_ascii_case("a") {
            return Some(label);
        }
        let first = self.sheet.story.blocks().iter().find(|it| it.kind == BlockKind::Turn)?.span.start;
        let people = || self.names.iter().filter(|it| it.kind == EntityKind::Person && it.span.start < first);
        let byline =
            |it: &&Name| self.sheet.story.blocks()[self.block(it.span.start)].kind == BlockKind::Byline;
        people().find(|it| !byline(it)).map(|it| it.span)
    }

    fn block(&self, place: usize) -> usize {
        self.sheet.story.block_at(place).unwrap_or(0)
    }

    /// The number of the unit in which a byte stands.
    fn unit(&self, place: usize) -> usize {
        let end = |unit: &Unit| match unit.items.last() {
            Some(Item::Word(at)) => self.sheet.tokens[*at].span.end,
            Some(Item::Marked(at)) => self.marked[*at].span.end,
            None => 0,
        };
        self.units.partition_point(|it| end(it) <= place).min(self.units.len().saturating_sub(1))
    }
}
