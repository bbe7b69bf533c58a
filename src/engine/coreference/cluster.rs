//! A coreference cluster: one person, organisation, place or unnamed source, and how well other words may refer to it.

use std::iter;

use crate::analysis::{Entity, EntityKind, Mention, MentionKind};
use crate::engine::coreference::nominal_source::{self, NominalSource};
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::entities::Gender;
use crate::engine::text::document::Document;
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::span::Span;
use crate::word_list::word_list;

// Scores of how well a pronoun or description fits a cluster. They add up with the weights of `salience`, in which one
// sentence of distance costs 0.8.

/// "he" or "she" for a person of this gender.
const GENDER_MATCH_SCORE: f32 = 0.8;
/// "he" or "she" for a person of unknown gender.
const UNKNOWN_GENDER_SCORE: f32 = -0.3;
/// "he" or "she" for an organisation, in whose name somebody spoke.
const ORGANIZATION_GENDER_SCORE: f32 = -3.0;
/// The same where its name has several words: a single one may be a person whom the tagger took for an organisation.
const LONG_ORGANIZATION_GENDER_SCORE: f32 = -6.0;
/// "they" for a group, or "it" for an organisation.
const NUMBER_MATCH_SCORE: f32 = 0.8;
/// "they" for an organisation, or for a person of unknown gender.
const SINGULAR_THEY_SCORE: f32 = -0.8;
/// "they" for an unnamed person.
const UNNAMED_THEY_SCORE: f32 = -0.6;
/// "it" for a place.
const IT_PLACE_SCORE: f32 = -1.0;
/// "it" for an unnamed thing: "the report".
const IT_THING_SCORE: f32 = 0.5;
/// A relative pronoun for whatever stands before it.
const RELATIVE_SCORE: f32 = 0.0;
/// A description with the same noun, or with the role of a person.
const SAME_NOUN_SCORE: f32 = 1.0;
/// An epithet that tells no occupation, or for a person without a role.
const EPITHET_SCORE: f32 = 0.0;
/// An epithet for a person with an occupation of the same kind.
const RELATED_ROLE_SCORE: f32 = 1.5;
/// An epithet that tells an occupation for a person with another one.
const OTHER_OCCUPATION_SCORE: f32 = -1.2;
/// "the department" for an organisation with this word in its name.
pub(super) const NAMED_ORGANIZATION_SCORE: f32 = 3.0;
/// "the regulator" for an organisation that is listed as one.
const LISTED_KIND_SCORE: f32 = 1.4;
/// "the company" for a newspaper or an agency that others report from.
const RARE_BUSINESS_SCORE: f32 = -2.0;
/// "the company" for an organisation whose name does not tell what it is.
const GENERIC_ORGANIZATION_SCORE: f32 = 0.0;
/// "the bureau" for an organisation with a B in its acronym.
const ACRONYM_SCORE: f32 = -0.5;

/// Nouns that call an organisation of many kinds: "the group" for an association.
const LOOSE_NOUNS: &[&str] = &word_list!("loose-organisation-nouns");
/// Nouns for businesses, in lower case.
const BUSINESSES: &[&str] = &word_list!("nouns-of-businesses");
/// Words in the names of organisations that are no businesses, in lower case.
const NO_BUSINESSES: &[&str] = &word_list!("nouns-of-no-businesses");

/// Nouns for kinds of organisations that exclude each other, in lower case.
const DISTINCT_KINDS: &[&str] = &word_list!("distinct-kinds-of-organisations");

/// How many nouns for the kind of one organisation are kept.
const MAX_KIND_NOUNS: usize = 4;
/// How many different roles of one cluster are kept.
const MAX_ROLES: usize = 32;
/// How many bytes a name has at most to count as an acronym.
const MAX_ACRONYM_BYTES: usize = 6;

/// Whether a noun calls a business: "the airline".
pub(crate) fn is_business(noun: &str) -> bool {
    BUSINESSES.binary_search(&noun).is_ok()
}

/// Whether a noun calls an organisation of many kinds: "the group", "the organisation".
pub(crate) fn suits_most_organizations(noun: &str) -> bool {
    LOOSE_NOUNS.binary_search(&noun).is_ok()
}

/// The words of a description as a name: without a preposition at its end ("a report from | July"), and with the mark that closes a title
/// in it ("the book “Tin Men”").
pub(super) fn name_of_description(doc: &Document, span: Span) -> String {
    let tokens = doc.tokens_in(span);
    let is_preposition =
        |it: usize| doc.is(it, LexicalClass::Preposition) && doc.word(it).starts_with(char::is_lowercase);
    let ends_in_preposition = tokens.len() > 2 && is_preposition(tokens.end - 1);
    let span = if ends_in_preposition { doc.span(tokens.start..tokens.end - 1) } else { span };
    let words: Vec<&str> = span.slice(doc.text).split_whitespace().collect();
    let mut name = words.join(" ");
    let (opening, closing) = (name.matches('“').count(), name.matches('”').count());
    if opening > closing {
        name.push('”');
    }
    name
}

/// The mentions and properties of one entity.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub(crate) kind: EntityKind,
    /// The fullest name, or the words of an unnamed source.
    pub(crate) name: String,
    /// All names in the story, the fullest one too.
    pub(crate) names: Vec<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) members: Vec<usize>,
    pub(crate) gender: Option<Gender>,
    /// The nouns by which the story tells what kind of organisation it is, in lower case: "the bank Nordkap".
    pub(crate) kind_nouns: Vec<String>,
    /// The noun of an unnamed source, in lower case ("official"); `None` for a named entity.
    pub(crate) head_noun: Option<String>,
    /// Whether it stands for several people.
    pub(crate) is_plural: bool,
    /// How many people or organisations a group stands for; 0 where that is unknown.
    pub(crate) size: usize,
    /// Whether the noun of an unnamed source means one person.
    pub(crate) is_human: bool,
    /// The number of the cluster that it speaks for; `None` where the story tells none.
    pub(crate) affiliation: Option<usize>,
}

impl Cluster {
    /// A cluster without mentions, known by a name.
    pub(crate) fn from_name(kind: EntityKind, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            names: vec![name.to_owned()],
            roles: Vec::new(),
            mentions: Vec::new(),
            members: Vec::new(),
            gender: None,
            kind_nouns: Vec::new(),
            head_noun: None,
            is_plural: false,
            size: 0,
            is_human: false,
            affiliation: None,
        }
    }

    /// A group of joint speakers, given by the numbers of their clusters.
    pub(crate) fn from_members(name: &str, members: Vec<usize>) -> Self {
        Self {
            size: members.len(),
            members,
            is_plural: true,
            names: vec![],
            ..Self::from_name(EntityKind::Group, name)
        }
    }

    /// An unnamed source, named by its own words.
    pub(crate) fn from_description(doc: &Document, description: &NominalSource) -> Self {
        // "Jude Law": a name that ends in such a noun is no document.
        let words = description.span.slice(doc.text);
        let is_name = description.is_bare && !words.split(' ').any(|it| it == description.noun);
        let kind = match description {
            _ if description.is_document && !is_name => EntityKind::Document,
            _ if description.is_plural => EntityKind::Group,
            _ => EntityKind::Unnamed,
        };
        Self {
            names: vec![],
            gender: description.gender,
            head_noun: Some(description.noun.clone()),
            is_plural: description.is_plural,
            is_human: description.is_human,
            ..Self::from_name(kind, &name_of_description(doc, description.span))
        }
    }

    /// How well a pronoun may refer to it; `None` where it cannot.
    pub(crate) fn pronoun_score(&self, pronoun: Pronoun) -> Option<f32> {
        let is_person = match self.kind {
            EntityKind::Person => true,
            EntityKind::Unnamed => self.is_human,
            _ => false,
        };
        match pronoun {
            Pronoun::He | Pronoun::She => match self.gender {
                _ if self.kind == EntityKind::Organisation && self.name.contains(' ') => {
                    Some(LONG_ORGANIZATION_GENDER_SCORE)
                }
                _ if self.kind == EntityKind::Organisation => Some(ORGANIZATION_GENDER_SCORE),
                _ if !is_person => None,
                None => Some(UNKNOWN_GENDER_SCORE),
                gender if gender == pronoun.gender() => Some(GENDER_MATCH_SCORE),
                Some(_) => None,
            },
            Pronoun::They => match self.kind {
                EntityKind::Group => Some(NUMBER_MATCH_SCORE),
                EntityKind::Organisation => Some(SINGULAR_THEY_SCORE),
                EntityKind::Person if self.gender.is_none() => Some(SINGULAR_THEY_SCORE),
                EntityKind::Unnamed if self.is_human => Some(UNNAMED_THEY_SCORE),
                _ => None,
            },
            Pronoun::Both => (self.kind == EntityKind::Group).then_some(NUMBER_MATCH_SCORE),
            Pronoun::It => match self.kind {
                EntityKind::Organisation => Some(NUMBER_MATCH_SCORE),
                EntityKind::Place => Some(IT_PLACE_SCORE),
                EntityKind::Unnamed | EntityKind::Document if !is_person => Some(IT_THING_SCORE),
                _ => None,
            },
            Pronoun::Who => Some(RELATIVE_SCORE),
        }
    }

    /// Whether a description tells another gender.
    pub(crate) fn clashes_with(&self, description: &NominalSource) -> bool {
        Gender::clash(self.gender, description.gender)
    }

    /// Whether it is a person who has an office or a role, as the story tells.
    pub(crate) fn holds(&self, office: &NominalSource, lexicon: &Lexicon) -> bool {
        let is_same = |role: &String| office.role_score(role, lexicon).is_some_and(|it| it > 0.0);
        self.kind == EntityKind::Person && !self.clashes_with(office) && self.roles.iter().any(is_same)
    }

    /// How well a definite description may refer to it; `None` where it cannot.
    pub(crate) fn description_score(&self, description: &NominalSource, lexicon: &Lexicon) -> Option<f32> {
        let noun = description.noun.as_str();
        if let Some(own) = &self.head_noun {
            let is_singular_of = || own.strip_suffix('s') == Some(noun) && description.is_plural;
            let is_same_noun = own.as_str() == noun || (self.is_plural && is_singular_of());
            let is_former = nominal_source::tells_former(&self.name);
            let is_same = is_same_noun
                && self.is_plural == description.is_plural
                && is_former == description.is_former
                && description.is_told_by(&self.name);
            return is_same.then_some(SAME_NOUN_SCORE);
        }
        match self.kind {
            EntityKind::Person if !description.is_plural => {
                let is_same_gender = self.gender.is_some() && description.gender == self.gender;
                if matches!(noun, "man" | "woman") && is_same_gender {
                    return Some(SAME_NOUN_SCORE);
                }
                let of_role = |it: &String| {
                    description.role_score(it, lexicon).or_else(|| description.relation_score(it, lexicon))
                };
                let best = self.roles.iter().filter_map(of_role).max_by(f32::total_cmp);
                best.filter(|_| !self.clashes_with(description))
            }
            EntityKind::Organisation if description.is_organization => self.organization_score(noun, lexicon),
            EntityKind::Organisation if !description.is_human => {
                self.has_head_noun(noun).then_some(NAMED_ORGANIZATION_SCORE)
            }
            // "The City of Tarn says", and "the city"
            EntityKind::Place if description.complement.is_empty() => {
                let is_kind = |it: &str| it.eq_ignore_ascii_case(noun);
                let opens = self.name.split_once(" of ").is_some_and(|it| is_kind(it.0));
                opens.then_some(NAMED_ORGANIZATION_SCORE)
            }
            _ => None,
        }
    }

    /// How well an epithet may refer to a person: better where a role is of the same kind ("the forward" for a striker), worse
    /// where the roles tell another occupation.
    pub(crate) fn epithet_score(&self, noun: &str, lexicon: &Lexicon) -> f32 {
        let wider = lexicon.wider_roles(noun);
        if wider.is_empty() || self.roles.is_empty() {
            return EPITHET_SCORE;
        }
        let is_related = |role: &String| {
            let own = role.rsplit(' ').next().unwrap_or_default().to_lowercase();
            let own_wider = lexicon.wider_roles(&own);
            own == noun
                || wider.contains(&own.as_str())
                || own_wider.iter().any(|it| *it == noun || wider.contains(it))
        };
        if self.roles.iter().any(is_related) { RELATED_ROLE_SCORE } else { OTHER_OCCUPATION_SCORE }
    }

    /// How well "the" and a noun may refer to an organisation; `None` where it cannot.
    pub(crate) fn organization_score(&self, noun: &str, lexicon: &Lexicon) -> Option<f32> {
        let narrower = lexicon.narrower_organizations(noun);
        let name = self.name.to_lowercase();
        let is_in_name = name.split([' ', '-']).any(|it| it == noun);
        let is_narrower = name.split([' ', '-']).any(|it| narrower.contains(&it));
        if is_in_name
            || is_narrower && !suits_most_organizations(noun)
            || self.kind_nouns.iter().any(|it| it == noun)
        {
            return Some(NAMED_ORGANIZATION_SCORE);
        }
        let kinds = self.listed_kinds(lexicon);
        if !kinds.is_empty() {
            // "The company" is no regulator.
            if is_business(noun) {
                return kinds.contains(&"company").then_some(RARE_BUSINESS_SCORE);
            }
            // "The watchdog" is no news agency. "The commission" may be one by its letters.
            if kinds.contains(&noun) || DISTINCT_KINDS.binary_search(&noun).is_ok() {
                return kinds.contains(&noun).then_some(LISTED_KIND_SCORE);
            }
        }
        if lexicon.classes(noun).has(LexicalClass::GenericOrgNoun) {
            let names_kind = !is_narrower
                && self.name.split(' ').any(|it| lexicon.classes(it).has(LexicalClass::OrgHeadOf));
            // "The company" is no commission.
            let is_other_kind = is_business(noun)
                && self.name.to_lowercase().split(' ').any(|it| NO_BUSINESSES.binary_search(&it).is_ok());
            return (!names_kind && !is_other_kind).then_some(GENERIC_ORGANIZATION_SCORE);
        }
        let mut initial = noun.chars().next().into_iter().flat_map(char::to_uppercase);
        let is_acronym = self.name.len() <= MAX_ACRONYM_BYTES
            && self.name.chars().all(|it| !it.is_lowercase())
            && initial.any(|it| self.name.contains(it));
        is_acronym.then_some(ACRONYM_SCORE)
    }

    /// The nouns for the kind of an organisation that is listed as no business: "regulator" for "Ofwat".
    fn listed_kinds<'a>(&self, lexicon: &'a Lexicon) -> &'a [&'static str] {
        let of_names = self.names.iter().map(|it| lexicon.kinds_of_organization(it));
        iter::once(lexicon.kinds_of_organization(&self.name))
            .chain(of_names)
            .find(|it| !it.is_empty())
            .unwrap_or_default()
    }

    /// Whether the name of an organisation has a noun at its head: "the assembly" for the "Assembly of Tarn Chiefs", "the division" for the
    /// "Harbour Traffic Division".
    fn has_head_noun(&self, noun: &str) -> bool {
        let name = self.name.split_once(" of ").map_or(self.name.as_str(), |it| it.0);
        let head = name.rsplit(' ').next().unwrap_or_default();
        name.len() < self.name.len() + usize::from(name.contains(' ')) && head.eq_ignore_ascii_case(noun)
    }

    /// Adds a role, unless it is there already.
    pub(crate) fn add_role(&mut self, role: String) {
        if self.roles.len() < MAX_ROLES && !self.roles.iter().any(|it| it.eq_ignore_ascii_case(&role)) {
            self.roles.push(role);
        }
    }

    /// Adds a noun for the kind of an organisation, unless it is there already.
    pub(crate) fn add_kind_noun(&mut self, noun: &str) {
        if self.kind_nouns.len() < MAX_KIND_NOUNS && !self.kind_nouns.iter().any(|it| it == noun) {
            self.kind_nouns.push(noun.to_owned());
        }
    }

    /// Removes roles and mentions inside others or inside the name, and sorts the mentions.
    pub(crate) fn finish(&mut self) {
        let all = std::mem::take(&mut self.roles);
        let is_within = |short: &str, long: &str| {
            long.len() > short.len() && long.to_lowercase().contains(&short.to_lowercase())
        };
        // "Shah" is no role of Shah Mehmood Lund.
        let begins_name = |role: &str| {
            self.name.strip_prefix(role).is_some_and(|rest| rest.starts_with(' '))
                && self.kind == EntityKind::Person
        };
        for role in &all {
            if !all.iter().any(|it| is_within(role, it)) && !begins_name(role) {
                self.roles.push(role.clone());
            }
        }
        self.mentions
            .sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end), it.kind != MentionKind::Name));
        let mut end = 0;
        self.mentions.retain(|it| {
            let is_kept = it.span.start >= end;
            if is_kept {
                end = it.span.end;
            }
            is_kept
        });
    }

    /// The entity. `entity_of_cluster` gives the numbers of its members.
    pub(crate) fn to_entity(&self, entity_of_cluster: &[Option<usize>]) -> Entity {
        let in_letters = |name: &String| match self.kind {
            EntityKind::Person => letter_case::person_name(name),
            EntityKind::Place => letter_case::place_name(name),
            _ => name.clone(),
        };
        let mut aliases: Vec<String> = Vec::new();
        for name in self.names.iter().filter(|it| !it.eq_ignore_ascii_case(&self.name)).map(in_letters) {
            if !aliases.contains(&name) {
                aliases.push(name);
            }
        }
        Entity {
            kind: self.kind,
            name: in_letters(&self.name),
            roles: self.roles.iter().map(|it| letter_case::role(it)).collect(),
            aliases,
            mentions: self.mentions.clone(),
            members: self
                .members
                .iter()
                .filter_map(|it| entity_of_cluster.get(*it).copied().flatten())
                .collect(),
            affiliation: self.affiliation.and_then(|it| entity_of_cluster.get(it).copied().flatten()),
        }
    }
}
