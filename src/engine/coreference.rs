//! Names and sources → the cast of a story: each person, body, place and unnamed source once, with all that mentions it.
//!
//! 1. [`handles`]: names that mean the same become one actor ("John Kerry", "Kerry"; "Islamic State", "IS").
//! 2. [`phrases`]: what kind of words each source is: a name, a pronoun, a role, several people.
//! 3. [`traces`]: who was mentioned where, and how prominently, up to a place in the story.
//! 4. [`narrator`]: who says "I" outside all marks.
//! 5. Sources are read in order; pronouns and descriptions go to the likeliest actor before them. Of a pronoun the tagger
//!    is asked too.

pub(crate) mod cluster;
pub(crate) mod name_matching;
pub(crate) mod narrator;
pub(crate) mod salience;
pub(crate) mod source_phrase;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::analysis::{Entity, EntityKind, Form, Mention};
use crate::engine::coreference::cluster::Actor;
use crate::engine::coreference::narrator::Narrator;
use crate::engine::coreference::salience::{Trace, Traces};
use crate::engine::coreference::source_phrase::{Phrase, Pronoun};
use crate::engine::entities::Name;
use crate::engine::tagger::Tagged;
use crate::engine::text::document::Sheet;
use crate::engine::text::lexicon::Lexicon;
use crate::span::Span;

/// The share that the tagger must give to one actor before it is heard on a pronoun.
const SHARE: f32 = 0.5;

/// What such a share counts beside prominence and distance, which are told in [`traces`].
const PULL: f32 = 2.0;

/// Everybody in a story, and who each source is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cast {
    /// In order of first mention.
    pub(crate) entities: Vec<Entity>,
    /// For each source the number of its entity, where it can be told.
    pub(crate) of_source: Vec<Option<usize>>,
}

/// The cast of a story. `sources` are the words that speak ("Kerry", "she",
/// "a State Department official"); `quoted` are the stretches between
/// quotation marks, in reading order: what is named only there is nobody's
/// antecedent.
pub(crate) fn cast(
    sheet: &Sheet,
    names: &[Name],
    sources: &[Span],
    quoted: &[Span],
    lexicon: &Lexicon,
    tagged: &Tagged,
) -> Cast {
    let (actors, of_name) = name_matching::actors(sheet, names, lexicon);
    let traces = Traces::new(sheet, names, &of_name, quoted);
    let narrator = Narrator::of(sheet, names, &of_name);
    let entered = HashMap::new();
    let mut stage = Stage { sheet, names, lexicon, tagged, of_name, actors, traces, narrator, entered };
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|it| (sources[*it].start, sources[*it].end));
    let mut of_source = vec![None; sources.len()];
    for at in order {
        of_source[at] = stage.enter(sources[at]);
    }
    stage.cast(&of_source)
}

/// The actors as far as the story has been read.
struct Stage<'a> {
    sheet: &'a Sheet<'a>,
    names: &'a [Name],
    lexicon: &'a Lexicon,
    tagged: &'a Tagged,
    of_name: Vec<usize>,
    actors: Vec<Actor>,
    traces: Traces<'a>,
    narrator: Narrator,
    /// Whom each stretch of words meant that was no name: the same words, beside
    /// however many quotes they stand, are the same speaker.
    entered: HashMap<Span, usize>,
}

impl Stage<'_> {
    /// The actor of a source; a new one where no earlier one fits.
    fn enter(&mut self, source: Span) -> Option<usize> {
        let phrase = source_phrase::phrase(self.sheet, self.names, self.lexicon, source);
        let own = phrase.own_words().unwrap_or(source);
        if let Some(actor) = self.entered.get(&own) {
            return Some(*actor);
        }
        let (actor, span, form) = match phrase {
            Phrase::Empty => return None,
            Phrase::Narrator => return self.narrator(source, Narrator::first),
            Phrase::Addressee => return self.narrator(source, Narrator::second),
            Phrase::Name(name) => (self.of_name[name], None, Form::Name),
            Phrase::Joint(names) => (self.joint(&names, source), Some(source), Form::Description),
            Phrase::Pronoun(pronoun) => (self.pronoun(pronoun, source)?, Some(source), Form::Pronoun),
            Phrase::Proper(span, kind) => (self.proper(span, kind), Some(span), Form::Name),
            Phrase::Description(description) => {
                let known = self.described(&description, source);
                let actor =
                    known.unwrap_or_else(|| self.newcomer(Actor::described(self.sheet, &description)));
                let role = self.actors[actor].kind == EntityKind::Person;
                (actor, Some(description.span), if role { Form::Role } else { Form::Description })
            }
        };
        if let Some(span) = span {
            self.actors[actor].mentions.push(Mention { span, form });
            self.entered.insert(span, actor);
        }
        self.traces.speaks(self.sheet, actor, source);
        Some(actor)
    }

    fn newcomer(&mut self, actor: Actor) -> usize {
        self.actors.push(actor);
        self.actors.len() - 1
    }

    /// The actor of words in capitals that were not found as a name.
    fn proper(&mut self, span: Span, kind: EntityKind) -> usize {
        let words = span.of(self.sheet.text);
        let short = |long: &str, it: &Actor, name: &str| {
            it.kind == EntityKind::Person && long.rsplit_once(' ').is_some_and(|long| long.1 == name)
        };
        let known = self.actors.iter().position(|it| it.goes_by(words));
        let known = known.or_else(|| self.actors.iter().rposition(|it| short(&it.name, it, words)));
        if let Some(surname) = self.actors.iter_mut().find(|it| known.is_none() && short(words, it, &it.name))
        {
            words.clone_into(&mut surname.name);
        }
        let known = known.or_else(|| self.actors.iter().position(|it| it.name == words));
        known.unwrap_or_else(|| self.newcomer(Actor::named(kind, words)))
    }

    /// Whom "I" or "you" means, where the words around it are not quoted.
    fn narrator(
        &mut self,
        source: Span,
        who: impl Fn(&Narrator, &Sheet, Span) -> Option<usize>,
    ) -> Option<usize> {
        let actor = who(&self.narrator, self.sheet, source).filter(|_| !self.traces.quotes(source.start))?;
        self.actors[actor].mentions.push(Mention { span: source, form: Form::Pronoun });
        self.entered.insert(source, actor);
        Some(actor)
    }

    /// The group of joint speakers.
    fn joint(&mut self, names: &[usize], source: Span) -> usize {
        let members: Vec<usize> = names.iter().map(|it| self.of_name[*it]).collect();
        let known = self.actors.iter().position(|it| it.members == members);
        known.unwrap_or_else(|| {
            let called: Vec<&str> = members.iter().map(|it| self.actors[*it].name.as_str()).collect();
            let name = match called.split_last() {
                Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
                None => source.of(self.sheet.text).to_owned(),
            };
            self.newcomer(Actor::group(&name, members))
        })
    }

    /// Whom a pronoun means; what it tells of them is kept.
    fn pronoun(&mut self, pronoun: Pronoun, source: Span) -> Option<usize> {
        if pronoun == Pronoun::Who {
            return self.traces.latest(source);
        }
        let meant = self.meant(source);
        let pull = |actor: usize| meant.filter(|it| it.0 == actor).map_or(0.0, |it| PULL * it.1);
        let fit = |it: &Trace| Some(self.actors[it.actor].answers_to(pronoun)? + pull(it.actor));
        let actor = self.traces.likeliest(self.sheet, source, fit)?;
        if let Some(sex) = pronoun.sex() {
            self.actors[actor].sex.get_or_insert(sex);
        }
        Some(actor)
    }

    /// The named actor whom the tagger means by a pronoun, and its share.
    fn meant(&self, source: Span) -> Option<(usize, f32)> {
        let mut shares: Vec<(usize, f32)> = Vec::new();
        for (word, share) in self.tagged.antecedents(source) {
            let Some(actor) = self.traces.at(word.start).filter(|_| word.start < source.start) else {
                continue;
            };
            match shares.iter_mut().find(|it| it.0 == actor) {
                Some(sum) => sum.1 += share,
                None => shares.push((actor, share)),
            }
        }
        shares.into_iter().find(|it| it.1 >= SHARE && self.actors[it.0].noun.is_none())
    }

    /// Whom a description means, if somebody known.
    fn described(&self, description: &source_phrase::Description, source: Span) -> Option<usize> {
        let text = self.sheet.text;
        let words = description.span.of(text);
        let same = |it: &Actor| it.noun.is_some() && it.name.eq_ignore_ascii_case(words);
        let repeated = self
            .sheet
            .story
            .block_at(source.start)
            .is_some_and(|it| self.sheet.story.blocks()[it].repeats.is_some());
        let again = description.plural || description.definite || repeated;
        if let Some(known) = self.actors.iter().rposition(same).filter(|_| again) {
            return Some(known);
        }
        if !description.definite {
            return None;
        }
        self.traces.likeliest(self.sheet, source, |it| self.actors[it.actor].fits(description, self.lexicon))
    }

    /// The cast in order of first mention.
    fn cast(mut self, of_source: &[Option<usize>]) -> Cast {
        for actor in &mut self.actors {
            actor.settle();
        }
        let mut order: Vec<usize> =
            (0..self.actors.len()).filter(|it| !self.actors[*it].mentions.is_empty()).collect();
        order.sort_by_key(|it| self.actors[*it].mentions.first().map(|it| (it.span.start, it.span.end)));
        let mut number = vec![None; self.actors.len()];
        for (new, old) in order.iter().enumerate() {
            number[*old] = Some(new);
        }
        let of_source = of_source.iter().map(|it| it.and_then(|it| number[it])).collect();
        let entities = order.into_iter().map(|it| self.actors[it].entity(&number)).collect();
        Cast { entities, of_source }
    }
}
