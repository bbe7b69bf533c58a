//! One person, body, place or unnamed source as the stage knows it, and what may mean it.

use crate::analysis::{Entity, EntityKind, Form, Mention};
use crate::engine::coreference::source_phrase::{Description, Pronoun};
use crate::engine::entities::Sex;
use crate::engine::text::document::Sheet;
use crate::engine::text::lexicon::{Lexicon, Sense};

#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) kind: EntityKind,
    /// The fullest name, or an unnamed source's own words.
    pub(crate) name: String,
    /// Every name that it goes by.
    pub(crate) forms: Vec<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) members: Vec<usize>,
    pub(crate) sex: Option<Sex>,
    /// The noun of an unnamed source, in lower case ("official").
    pub(crate) noun: Option<String>,
    /// Whether several speak.
    pub(crate) plural: bool,
    /// Whether its own words tell of one human being.
    pub(crate) human: bool,
}

impl Actor {
    pub(crate) fn named(kind: EntityKind, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            forms: vec![name.to_owned()],
            roles: Vec::new(),
            mentions: Vec::new(),
            members: Vec::new(),
            sex: None,
            noun: None,
            plural: false,
            human: false,
        }
    }

    pub(crate) fn group(name: &str, members: Vec<usize>) -> Self {
        Self { members, plural: true, forms: vec![], ..Self::named(EntityKind::Group, name) }
    }

    /// A source without a name, in its own words.
    pub(crate) fn described(sheet: &Sheet, description: &Description) -> Self {
        let kind = if description.plural { EntityKind::Group } else { EntityKind::Unnamed };
        let words: Vec<&str> = description.span.of(sheet.text).split_whitespace().collect();
        Self {
            forms: vec![],
            sex: description.sex,
            noun: Some(description.noun.clone()),
            plural: description.plural,
            human: description.human,
            ..Self::named(kind, &words.join(" "))
        }
    }

    /// Whether `words` are one of its names.
    pub(crate) fn goes_by(&self, words: &str) -> bool {
        self.forms.iter().any(|it| it.eq_ignore_ascii_case(words))
    }

    /// How well a pronoun may mean it; nothing where it cannot.
    pub(crate) fn answers_to(&self, pronoun: Pronoun) -> Option<f32> {
        let someone = match self.kind {
            EntityKind::Person => true,
            EntityKind::Unnamed => self.human,
            _ => false,
        };
        match pronoun {
            Pronoun::He | Pronoun::She => {
                let known = self.sex.map(|it| Some(it) == pronoun.sex());
                let fit = match known {
                    Some(true) => 0.8,
                    Some(false) => return None,
                    None => 0.0,
                };
                someone.then_some(fit)
            }
            Pronoun::They => match self.kind {
                EntityKind::Group => Some(0.8),
                EntityKind::Organisation => Some(-0.8),
                EntityKind::Person if self.sex.is_none() => Some(-0.8),
                EntityKind::Unnamed if self.human => Some(-0.6),
                _ => None,
            },
            Pronoun::It => match self.kind {
                EntityKind::Organisation => Some(0.8),
                EntityKind::Place => Some(-1.0),
                EntityKind::Unnamed if !someone => Some(0.5),
                _ => None,
            },
            // A relative goes to what stands before it, whatever that is.
            Pronoun::Who => Some(0.0),
        }
    }

    /// How well a definite description may mean it; nothing where it cannot.
    pub(crate) fn fits(&self, description: &Description, lexicon: &Lexicon) -> Option<f32> {
        let noun = description.noun.as_str();
        if let Some(own) = &self.noun {
            let one = own.as_str() == noun
                || (self.plural && own.strip_suffix('s') == Some(noun) && description.plural);
            return (one && self.plural == description.plural).then_some(1.0);
        }
        match self.kind {
            EntityKind::Person if !description.plural => {
                let clash = description.sex.is_some() && self.sex.is_some() && description.sex != self.sex;
                let anyone =
                    matches!(noun, "man" | "woman") && self.sex.is_some() && description.sex == self.sex;
                let holds = anyone || !clash && self.roles.iter().any(|it| description.told_by(it));
                holds.then_some(1.0)
            }
            EntityKind::Organisation if description.body => {
                let name = self.name.to_lowercase();
                let called = name.split([' ', '-']).any(|it| it == noun);
                let initial = noun.chars().next().into_iter().flat_map(char::to_uppercase);
                let acronym = self.name.len() <= 6
                    && self.name.chars().all(|it| !it.is_lowercase())
                    && initial.into_iter().any(|it| self.name.contains(it));
                let headed = self.name.split(' ').any(|it| lexicon.senses(it).has(Sense::BodyOf));
                match (called, lexicon.senses(noun).has(Sense::AnyBody)) {
                    (true, _) => Some(3.0),
                    (false, true) => (!headed).then_some(0.0),
                    (false, false) => acronym.then_some(-0.5),
                }
            }
            _ => None,
        }
    }

    /// Roles and mentions in order, each once, none inside another.
    pub(crate) fn settle(&mut self) {
        let all = std::mem::take(&mut self.roles);
        let holds = |long: &str, short: &str| {
            long.len() > short.len() && long.to_lowercase().contains(&short.to_lowercase())
        };
        for role in &all {
            let known = self.roles.iter().any(|it| it.eq_ignore_ascii_case(role));
            if !known && !all.iter().any(|it| holds(it, role)) {
                self.roles.push(role.clone());
            }
        }
        self.mentions
            .sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end), it.form != Form::Name));
        let mut end = 0;
        self.mentions.retain(|it| {
            let kept = it.span.start >= end;
            if kept {
                end = it.span.end;
            }
            kept
        });
    }

    /// The entity, its members under their new numbers.
    pub(crate) fn entity(&self, number: &[Option<usize>]) -> Entity {
        let mut aliases: Vec<String> = Vec::new();
        for form in &self.forms {
            if !form.eq_ignore_ascii_case(&self.name) && !aliases.contains(form) {
                aliases.push(form.clone());
            }
        }
        Entity {
            kind: self.kind,
            name: self.name.clone(),
            roles: self.roles.clone(),
            aliases,
            mentions: self.mentions.clone(),
            members: self.members.iter().filter_map(|it| number.get(*it).copied().flatten()).collect(),
        }
    }
}
