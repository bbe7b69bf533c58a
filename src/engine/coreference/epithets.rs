//! Epithets: descriptions of the person in focus by a property that the story may have told ("the 26-year-old forward", "the Croatian",
//! "the Republican from Tarn", "the accused"), and whom they mean.

use std::ops::Range;

use crate::analysis::{EntityKind, MentionKind};
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::salience::SalientMention;
use crate::engine::coreference::source_phrase::{self, SourceKind};
use crate::engine::coreference::told_facts::Fact;
use crate::engine::coreference::{Resolution, Resolver, antecedents, deaths, person_nouns, told_facts};
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::document::Document;
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::LexicalClass::{
    EpithetNoun, GroupNoun, KinNoun, OrgNoun, RoleNoun, StateOffice, Title,
};
use crate::engine::text::lexicon::Lexicon;
use crate::span::Span;
use crate::word_list::word_list;

/// An epithet means the most salient person only with this margin.
const MIN_EPITHET_MARGIN: f32 = 0.5;
/// The score of a person of whom the story tells the fact by which the epithet calls them.
const TOLD_FACT_SCORE: f32 = 2.0;
/// How certain "the defendant" means the most salient of several people at most: less than even, so that it is marked.
const OPEN_CHOICE_CERTAINTY: f32 = 0.45;
/// How certain "the man" means the unnamed person with whom a sentence before begins.
const UNNAMED_SUBJECT_CERTAINTY: f32 = 0.8;

/// Nouns by which a story calls somebody with a place, a club or a work before the noun: "the Norway captain".
const NOUNS_AFTER_NAMES: &[&str] = &word_list!("epithet-nouns-after-name");
/// Nouns for somebody by what they made or won, with a complement: "the founder of Norbex".
const MAKERS: &[&str] = &word_list!("makers-and-winners");
/// Words for where somebody stands in politics: "the | far-right | leader".
const DIRECTIONS: &[&str] = &word_list!("political-directions");
/// Offices that the members of a party hold beside others: "the Tory | MP".
const OFFICES_OF_PARTIES: &[&str] = &word_list!("party-offices");
/// Nouns for somebody who is tried, in lower case: "the accused".
const NOUNS_OF_ACCUSED: &[&str] = &word_list!("accused-people-nouns");
/// Roles of people in a court who are not tried.
const COURT_ROLES: &[&str] = &word_list!("court-roles");
/// Nouns that tell no more of a person than age or sex.
const PLAIN_NOUNS: &[&str] = &word_list!("plain-person-nouns");
/// Roles that somebody has for somebody else, which are no epithet with "former".
const ROLES_FOR_OTHERS: &[&str] = &word_list!("roles-for-others");

/// A description with what makes it an epithet. `head` are the tokens up to its noun.
pub(crate) fn with_epithet(
    doc: &Document,
    entity_mentions: &[EntityMention],
    lexicon: &Lexicon,
    head: Range<usize>,
    description: NominalSource,
) -> NominalSource {
    let Some(noun) = head.end.checked_sub(1).filter(|it| *it > head.start) else { return description };
    if description.is_plural || !description.is_definite || description.is_document {
        return description;
    }
    let own_fact = told_facts::fact_of_word(lexicon, doc.word(noun));
    let fact_before =
        || (head.start + 1..noun).find_map(|it| told_facts::fact_of_word(lexicon, doc.word(it)));
    let word = description.noun.as_str();
    let is_accused = NOUNS_OF_ACCUSED.binary_search(&word).is_ok();
    let may_follow_name =
        lexicon.classes(word).has(EpithetNoun) || NOUNS_AFTER_NAMES.binary_search(&word).is_ok();
    let is_of_place =
        may_follow_name && (head.start + 1..noun).any(|it| is_of_name(doc, entity_mentions, it));
    let is_office_of_party =
        OFFICES_OF_PARTIES.binary_search(&word).is_ok() && matches!(fact_before(), Some(Fact::Party(_)));
    let is_of_work = MAKERS.binary_search(&word).is_ok() && !description.complement.is_empty();
    let is_of_direction = word == "leader"
        && (head.start + 1..noun).any(|it| DIRECTIONS.binary_search(&doc.lower(it).as_str()).is_ok());
    let is_new = own_fact.is_some()
        || is_of_direction
        || is_accused
        || is_of_work
        || is_of_place
        || is_office_of_party
        || is_former_trade(lexicon, &description);
    let may_have_fact = may_follow_name || is_office_of_party;
    let age = || (head.start + 1..head.end).find_map(|it| told_facts::age_of_word(doc.word(it)));
    let fact = own_fact.or_else(|| fact_before().filter(|_| may_have_fact)).or_else(age);
    NominalSource {
        is_epithet: description.is_epithet || is_new,
        is_human: description.is_human || is_new,
        fact,
        ..description
    }
}

/// Whether a description tells a trade that somebody had: "the former banker". The holder of a former office may be anybody.
fn is_former_trade(lexicon: &Lexicon, description: &NominalSource) -> bool {
    let word = description.noun.as_str();
    let classes = lexicon.classes(word);
    let is_office = lexicon.classes(&letter_case::with_capital(word)).any(&[Title, StateOffice])
        && !classes.has(EpithetNoun);
    description.is_former
        && description.complement.is_empty()
        && classes.has(RoleNoun)
        && !is_office
        && !classes.any(&[KinNoun, OrgNoun, GroupNoun])
        && ROLES_FOR_OTHERS.binary_search(&word).is_err()
}

/// Whether a word before a noun tells where somebody comes from or what they do: a name that is no person's, "ex-" and a name, a title in
/// quotation marks, "team's": "the | Norway | captain", "the | ex-Tarn | man", "the | Oscar | winner".
fn is_of_name(doc: &Document, entity_mentions: &[EntityMention], at: usize) -> bool {
    let name = entity_mentions.covering(at).map(|it| &entity_mentions[it]);
    let word = doc.word(at);
    let is_former = word.strip_prefix("ex-").is_some_and(|it| it.starts_with(char::is_uppercase));
    let is_from = ["-born", "-based", "-raised", "-trained"].iter().any(|it| word.ends_with(it));
    let is_owner = doc.is(at, OrgNoun) && matches!(doc.word(at + 1), "'s" | "’s");
    let is_mark = matches!(word, "”" | "\"");
    let is_name = name.map_or(word.starts_with(char::is_uppercase), |it| it.kind != EntityKind::Person);
    is_name || is_former || is_from || is_owner || is_mark
}

/// Whether a mention is a people, a party or several people that was taken for somebody's name: "The | Slovene | said", "| Divers | from Tarn".
pub(crate) fn is_description(doc: &Document, lexicon: &Lexicon, mention: &EntityMention) -> bool {
    let start = mention.tokens.start;
    if mention.tokens.len() != 1 || mention.kind != EntityKind::Person {
        return false;
    }
    if person_nouns::opens_with_occupations(doc, start) {
        return true;
    }
    let Some(before) = start.checked_sub(1) else { return false };
    let word = doc.word(mention.tokens.start);
    let follows_article =
        matches!(doc.word(before), "The" | "the") || doc.word(before).ends_with("-year-old");
    let is_cut = doc.word(mention.tokens.end).starts_with(char::is_uppercase);
    follows_article && !is_cut && told_facts::fact_of_word(lexicon, word).is_some()
}

impl Resolver<'_> {
    /// The person in focus, whom an epithet means: "the 26-year-old forward".
    pub(super) fn epithet_holder(&mut self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        // "Graham attacked Trump after the mogul …": who is named in the same sentence tells nothing.
        let is_first = !self.salience.is_named_in_sentence_before(self.doc, source);
        if !nominal.is_epithet || nominal.is_plural || !nominal.is_human || !is_first {
            return None;
        }
        let person = self.salience.most_salient(self.doc, source, |it| self.epithet_score(nominal, it))?;
        let is_accused = NOUNS_OF_ACCUSED.binary_search(&nominal.noun.as_str()).is_ok();
        let resolution = person.resolution();
        let is_open = is_accused && person.second.is_some();
        let certainty =
            if is_open { resolution.certainty.min(OPEN_CHOICE_CERTAINTY) } else { resolution.certainty };
        if person.margin < MIN_EPITHET_MARGIN {
            return None;
        }
        if let Some(fact) = &nominal.fact {
            self.facts.add(person.cluster, fact.clone());
        }
        Some(Resolution { certainty, ..resolution })
    }

    /// How well an epithet may mean the person of a mention; `None` where it cannot.
    fn epithet_score(&self, nominal: &NominalSource, mention: &SalientMention) -> Option<f32> {
        let cluster = &self.clusters[mention.cluster];
        let is_court = |role: &String| {
            let mut words = role.split([' ', '-']);
            words.any(|it| COURT_ROLES.binary_search(&it.to_lowercase().as_str()).is_ok())
        };
        let is_accused = NOUNS_OF_ACCUSED.binary_search(&nominal.noun.as_str()).is_ok();
        if cluster.kind != EntityKind::Person
            || cluster.clashes_with(nominal)
            || is_accused && cluster.roles.iter().any(is_court)
            || self.is_told_dead(mention.span)
        {
            return None;
        }
        let trade = if nominal.is_former { 0.0 } else { cluster.epithet_score(&nominal.noun, self.lexicon) };
        let Some(fact) = &nominal.fact else { return Some(trade) };
        let known = self.facts.of_cluster(mention.cluster);
        if known.iter().any(|it| it.is_same(fact)) {
            return Some(TOLD_FACT_SCORE);
        }
        (!known.iter().any(|it| it.excludes(fact))).then_some(trade)
    }

    /// Whether a name is told as that of a dead body or a victim: "the body of | Karl Vogt".
    pub(super) fn is_told_dead(&self, name: Span) -> bool {
        deaths::is_in_phrase_of_death(self.doc, &self.doc.tokens_in(name))
    }

    /// The unnamed person with whom a sentence before begins, whom "the man" or "the 40-year-old" means: "A shepherd found the body of
    /// Karl Vogt. | The man | said …". `None` where somebody else is named as a subject behind it.
    pub(super) fn unnamed_subject(&mut self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        let is_plain =
            PLAIN_NOUNS.binary_search(&nominal.noun.as_str()).is_ok() || nominal.noun.ends_with("-year-old");
        if !is_plain || nominal.is_plural || !nominal.is_definite || !nominal.complement.is_empty() {
            return None;
        }
        let at = self.doc.token_at(source.start);
        let tokens = antecedents::indefinite_subject_before(self.doc, at)?;
        let span = self.doc.span(tokens);
        let is_rivaled = self.salience.is_subject_named_between(span.end, source.start);
        if self.salience.is_quoted(span.start) || is_rivaled {
            return None;
        }
        let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, span);
        let SourceKind::Nominal(subject) = kind else { return None };
        let gender = nominal.gender.or_else(|| Gender::from_classes(self.lexicon.classes(&nominal.noun)));
        if subject.is_plural || Gender::clash(subject.gender, gender) {
            return None;
        }
        let known = self.resolved.get(&subject.span).map(|it| it.cluster);
        let cluster = known.unwrap_or_else(|| self.add_described(&subject));
        self.clusters[cluster].is_human = true;
        self.clusters[cluster].gender = self.clusters[cluster].gender.or(gender);
        let resolution = Resolution { cluster, certainty: UNNAMED_SUBJECT_CERTAINTY };
        if known.is_none() {
            self.add_mention(resolution, subject.span, MentionKind::Description);
        }
        Some(resolution)
    }
}
