//! Untold roles: an office or trade that the story has not told of anybody, by which it calls the person who goes on to speak ("Bo Ray
//! said he would vote against it. “It is a bad bill,” | the senator | added.").

use std::collections::HashMap;

use crate::analysis::EntityKind;
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::only_holders::Holders;
use crate::engine::coreference::salience::SalientMention;
use crate::engine::coreference::{Resolver, person_nouns};
use crate::engine::entities::Gender;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::LexicalClass::{KinNoun, ReportingWord, SpeechVerb, StateOffice, Title};
use crate::word_list::word_list;

/// How many tokens before the role are searched for its noun.
const MAX_TOKENS_BACK: usize = 600;
/// How many tokens a sentence may have behind the role of somebody who goes on to speak: "| added on Friday .".
const MAX_TOKENS_BEHIND: usize = 8;
/// How many tokens before a noun the name may stand of which it is told.
const MAX_TOKENS_FROM_NAME: usize = 24;
/// How often somebody has spoken who is the main speaker of a story.
const MIN_TIMES_SPOKEN: usize = 2;
/// Verbs by which somebody goes on to speak: "added".
const CONTINUING_VERBS: &[&str] = &word_list!("continuing-verbs");
/// Verbs by which somebody speaks to somebody else: "replied".
const REPLY_VERBS: &[&str] = &word_list!("reply-verbs");
/// Nouns for people whom a story leaves unnamed: "the witness".
const UNNAMED_PEOPLE: &[&str] = &word_list!("unnamed-people");
/// Nouns for what somebody is beside another office or trade: "the MP".
const ROLES_BESIDE_OTHERS: &[&str] = &word_list!("roles-beside-others");

impl Resolver<'_> {
    /// The person who speaks in the sentence before the first mention of an unnamed one, if the description may be their role.
    /// `described` is the cluster of the description, `named` the people whom the unnamed ones before it mean.
    pub(super) fn speaker_with_untold_role(
        &self,
        described: usize,
        nominal: &NominalSource,
        named: &HashMap<usize, usize>,
    ) -> Option<usize> {
        if !self.may_be_untold_role(nominal) {
            return None;
        }
        let speakers = self.salience.speakers_of_last_sentence(self.doc, nominal.span);
        let person_of = |it: &SalientMention| named.get(&it.cluster).copied().unwrap_or(it.cluster);
        let mut last = *speakers.first()?;
        last.cluster = person_of(&last);
        let cluster = &self.clusters[last.cluster];
        if cluster.kind != EntityKind::Person
            || cluster.clashes_with(nominal)
            || Gender::clash(cluster.gender, self.clusters[described].gender)
            || self.deaths.is_told(last.cluster)
            || speakers.iter().any(|it| person_of(it) != last.cluster)
        {
            return None;
        }
        let affiliation = self.clusters[described].affiliation;
        let is_of_other_organization =
            affiliation.is_some() && cluster.affiliation.is_some() && affiliation != cluster.affiliation;
        let is_theirs = match self.called_by_noun(last.cluster, nominal) {
            CalledByNoun::Speaker => true,
            CalledByNoun::Nobody => self.is_main_speaker(&last, nominal),
            CalledByNoun::Others => false,
        };
        let may_mean = is_theirs && !is_of_other_organization && !self.is_rivaled(&last, nominal);
        may_mean.then_some(last.cluster)
    }

    /// Whether a description may be the role of somebody whom the story has named: "the senator", but not "the witness", "its chairman"
    /// or "the governor of Tarn".
    fn may_be_untold_role(&self, nominal: &NominalSource) -> bool {
        let noun = nominal.noun.as_str();
        let classes = self.lexicon.classes(noun);
        let office = self.lexicon.classes(&letter_case::with_capital(noun));
        let is_role = person_nouns::is_role(self.lexicon, noun)
            && !classes.has(KinNoun)
            && UNNAMED_PEOPLE.binary_search(&noun).is_err();
        let is_of_other = nominal.has_owner(self.doc.text)
            || !nominal.complement.is_empty()
            || office.any(&[StateOffice, Title]) && !nominal.qualifiers.is_empty() && !may_stand_beside(noun);
        let is_single = nominal.is_human && nominal.is_definite && !nominal.is_plural;
        is_role && is_single && !is_of_other && self.may_go_on(nominal)
    }

    /// Whether somebody goes on to speak with a description: it stands behind what is said and a verb tells that more is added, or the role
    /// is one that may stand beside others, behind what is said or at the start of a sentence. Who asks or replies is another one.
    fn may_go_on(&self, nominal: &NominalSource) -> bool {
        let tokens = self.doc.tokens_in(nominal.span);
        let sentence = &self.doc.sentences[self.doc.sentence_of(tokens.start)];
        let opens = sentence.tokens.start == tokens.start;
        let follows_speech = !opens && sentence.tokens.end <= tokens.end + MAX_TOKENS_BEHIND;
        let is_called_back = nominal.is_former || may_stand_beside(&nominal.noun);
        let goes_on = self.is_subject_of(nominal, CONTINUING_VERBS);
        !self.is_subject_of(nominal, REPLY_VERBS) && (goes_on || is_called_back && (opens || follows_speech))
    }

    /// Whether one of some verbs stands beside a description.
    fn is_subject_of(&self, nominal: &NominalSource, verbs: &[&str]) -> bool {
        let tokens = self.doc.tokens_in(nominal.span);
        let before = tokens.start.checked_sub(1).map(|it| self.doc.lower(it)).unwrap_or_default();
        let behind = self.doc.lower(tokens.end);
        [before, behind].iter().any(|it| verbs.binary_search(&it.as_str()).is_ok())
    }

    /// Whether the last speaker has an office or an organisation beside which a role may stand, or, without any role, has spoken several times.
    fn is_main_speaker(&self, last: &SalientMention, nominal: &NominalSource) -> bool {
        let cluster = &self.clusters[last.cluster];
        if cluster.roles.iter().any(|it| nominal.is_of_other_people(it, self.lexicon)) {
            return false;
        }
        if cluster.roles.is_empty() {
            return self.salience.times_spoken(last.cluster, nominal.span) >= MIN_TIMES_SPOKEN;
        }
        !nominal.is_former
            && may_stand_beside(&nominal.noun)
            && (cluster.affiliation.is_some() || self.has_office(last.cluster))
    }

    /// Whether somebody else, or an organisation, is named after the sentence of the last speaker, or another person has a role with the noun
    /// anywhere in the story. Whom the speaker's own sentence names, the speaker told of.
    fn is_rivaled(&self, last: &SalientMention, nominal: &NominalSource) -> bool {
        let is_person = |it: usize| self.clusters[it].kind == EntityKind::Person;
        let is_other = |it: usize| it != last.cluster && self.clusters[it].kind != EntityKind::Place;
        let end = self.doc.sentences[last.sentence].tokens.end;
        let start = self.doc.tokens.get(end).map_or(nominal.span.start, |it| it.span.start);
        let has_role = |it: usize| {
            let mut words = self.clusters[it].roles.iter().flat_map(|it| it.split([' ', '-']));
            is_other(it) && is_person(it) && words.any(|it| it.eq_ignore_ascii_case(&nominal.noun))
        };
        self.salience.clusters_from(start, nominal.span.start, false).any(is_other)
            || Holders::among(self.cluster_of_mention.iter().copied(), has_role) != Holders::Nobody
    }

    /// Whom the story calls by the noun before a description.
    fn called_by_noun(&self, person: usize, nominal: &NominalSource) -> CalledByNoun {
        let at = self.doc.token_at(nominal.span.start);
        let before = at.saturating_sub(MAX_TOKENS_BACK)..at;
        let mut told = before.filter(|it| self.doc.lower(*it) == nominal.noun).peekable();
        if told.peek().is_none() {
            CalledByNoun::Nobody
        } else if told.all(|it| self.is_about(person, it)) {
            CalledByNoun::Speaker
        } else {
            CalledByNoun::Others
        }
    }

    /// Whether a noun stands behind the name of a person in their sentence, with no verb of saying in between: "Bo Ray, who is the | leader | of
    /// the House, said …".
    fn is_about(&self, person: usize, noun: usize) -> bool {
        let sentence = self.doc.sentences[self.doc.sentence_of(noun)].tokens.start;
        let start = sentence.max(noun.saturating_sub(MAX_TOKENS_FROM_NAME));
        let is_said = |it: usize| self.doc.is(it, SpeechVerb) || self.doc.is(it, ReportingWord);
        let mut names = self.entity_mentions.inside(&(start..noun));
        let name = names.find(|it| self.cluster_of_mention[*it] == person);
        name.is_some_and(|it| !(self.entity_mentions[it].tokens.end..noun).any(is_said))
    }
}

/// Whom a story calls by a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CalledByNoun {
    Nobody,
    Speaker,
    Others,
}

/// Whether a role may stand beside another office or trade.
fn may_stand_beside(noun: &str) -> bool {
    ROLES_BESIDE_OTHERS.binary_search(&noun).is_ok()
}
