//! One person, body, place or unnamed source as the stage knows it, and what may mean it.

use crate::analysis::{Entity, EntityKind, Mention, MentionKind};
use crate::engine::coreference::source_phrase::{NominalSource, Pronoun};
use crate::engine::entities::Gender;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};

#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub(crate) kind: EntityKind,
    /// The fullest name, or an unnamed source's own words.
    pub(crate) name: String,
    /// Every name that it goes by.
    pub(crate) names: Vec<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) members: Vec<usize>,
    pub(crate) gender: Option<Gender>,
    /// The noun of an unnamed source, in lower case ("official").
    pub(crate) head_noun: Option<String>,
    /// Whether several speak.
    pub(crate) is_plural: bool,
    /// Whether its own words tell of one human being.
    pub(crate) is_human: bool,
}

impl Cluster {
    pub(crate) fn from_name(kind: EntityKind, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            names: vec![name.to_owned()],
            roles: Vec::new(),
            mentions: Vec::new(),
            members: Vec::new(),
            gender: None,
            head_noun: None,
            is_plural: false,
            is_human: false,
        }
    }

    pub(crate) fn from_members(name: &str, members: Vec<usize>) -> Self {
        Self { members, is_plural: true, names: vec![], ..Self::from_name(EntityKind::Group, name) }
    }

    /// A source without a name, in its own words.
    pub(crate) fn from_description(doc: &Document, description: &NominalSource) -> Self {
        let kind = if description.is_plural { EntityKind::Group } else { EntityKind::Unnamed };
        let words: Vec<&str> = description.span.slice(doc.text).split_whitespace().collect();
        Self {
            names: vec![],
            gender: description.gender,
            head_noun: Some(description.noun.clone()),
            is_plural: description.is_plural,
            is_human: description.is_human,
            ..Self::from_name(kind, &words.join(" "))
        }
    }

    /// Whether `words` are one of its names.
    pub(crate) fn has_alias(&self, words: &str) -> bool {
        self.names.iter().any(|it| it.eq_ignore_ascii_case(words))
    }

    /// How well a pronoun may mean it; nothing where it cannot.
    pub(crate) fn pronoun_score(&self, pronoun: Pronoun) -> Option<f32> {
        let someone = match self.kind {
            EntityKind::Person => true,
            EntityKind::Unnamed => self.is_human,
            _ => false,
        };
        match pronoun {
            Pronoun::He | Pronoun::She => {
                let known = self.gender.map(|it| Some(it) == pronoun.gender());
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
                EntityKind::Person if self.gender.is_none() => Some(-0.8),
                EntityKind::Unnamed if self.is_human => Some(-0.6),
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
    pub(crate) fn description_score(&self, description: &NominalSource, lexicon: &Lexicon) -> Option<f32> {
        let noun = description.noun.as_str();
        if let Some(own) = &self.head_noun {
            let one = own.as_str() == noun
                || (self.is_plural && own.strip_suffix('s') == Some(noun) && description.is_plural);
            return (one && self.is_plural == description.is_plural).then_some(1.0);
        }
        match self.kind {
            EntityKind::Person if !description.is_plural => {
                let clash = description.gender.is_some()
                    && self.gender.is_some()
                    && description.gender != self.gender;
                let anyone = matches!(noun, "man" | "woman")
                    && self.gender.is_some()
                    && description.gender == self.gender;
                let holds = anyone || !clash && self.roles.iter().any(|it| description.matches_role(it));
                holds.then_some(1.0)
            }
            EntityKind::Organisation if description.is_organization => {
                let name = self.name.to_lowercase();
                let called = name.split([' ', '-']).any(|it| it == noun);
                let initial = noun.chars().next().into_iter().flat_map(char::to_uppercase);
                let acronym = self.name.len() <= 6
                    && self.name.chars().all(|it| !it.is_lowercase())
                    && initial.into_iter().any(|it| self.name.contains(it));
                let headed = self.name.split(' ').any(|it| lexicon.classes(it).has(LexicalClass::OrgHeadOf));
                match (called, lexicon.classes(noun).has(LexicalClass::GenericOrgNoun)) {
                    (true, _) => Some(3.0),
                    (false, true) => (!headed).then_some(0.0),
                    (false, false) => acronym.then_some(-0.5),
                }
            }
            _ => None,
        }
    }

    /// Roles and mentions in order, each once, none inside another.
    pub(crate) fn finish(&mut self) {
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
            .sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end), it.kind != MentionKind::Name));
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
    pub(crate) fn to_entity(&self, number: &[Option<usize>]) -> Entity {
        let mut aliases: Vec<String> = Vec::new();
        for form in &self.names {
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
