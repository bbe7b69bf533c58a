//! Affiliations: the organisation for which an unnamed source or the holder of an office speaks.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::Resolver;
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::entities::EntityMention;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::word_list;

/// How many tokens may stand between an organisation and who speaks for it: "Speaking for Norbex, director | Bo Lask".
const MAX_OPENING_GAP: usize = 4;

/// What it is worth that somebody belongs to the organisation of a description.
const AFFILIATION_SCORE: f32 = 1.6;

/// What it costs that somebody belongs to another organisation: an MP of a party may be "the Tarn Council leader", too.
const OTHER_AFFILIATION_COST: f32 = 0.5;

/// Words after which an organisation in a phrase is the subject of the matter, not its voice: "familiar with Norbex".
const NO_VOICE: &[&str] = &word_list!("no-affiliation-words");
/// Nouns for people who do not speak for the organisation behind them: "a critic of Norbex".
const NO_VOICE_NOUNS: &[&str] = &word_list!("no-affiliation-nouns");
/// Nouns for people who speak for a person.
const VOICES_OF_PEOPLE: &[&str] = &word_list!("personal-voices");

/// Whether a word of a role in lower case tells that its holder does not speak for the organisation in it.
pub(crate) fn is_no_voice(word: &str) -> bool {
    word.starts_with("ex-") || NO_VOICE_NOUNS.binary_search(&word).is_ok()
}

/// The words of a story in which affiliations are looked for.
#[derive(Clone, Copy)]
pub(crate) struct AffiliationFinder<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) entity_mentions: &'a [EntityMention],
}

impl AffiliationFinder<'_> {
    /// The number of the mention for which an unnamed source speaks: "a Norbex spokesman". A person counts for
    /// those only who speak for people.
    pub(crate) fn behind_nominal(&self, nominal: &NominalSource) -> Option<usize> {
        if NO_VOICE_NOUNS.binary_search(&nominal.noun.as_str()).is_ok() {
            return None;
        }
        let speaks_for_person = VOICES_OF_PEOPLE.binary_search(&nominal.noun.as_str()).is_ok();
        let tokens = self.doc.tokens_in(nominal.span);
        let inside = self.entity_mentions.inside(&tokens);
        let is_voice = |it: &usize| self.is_voice(*it, &tokens);
        let of_kind = |kind: EntityKind| {
            inside.clone().filter(move |it| self.entity_mentions[*it].kind == kind).find(is_voice)
        };
        of_kind(EntityKind::Organisation)
            .or_else(|| of_kind(EntityKind::Person).filter(|_| speaks_for_person))
            .or_else(|| self.behind_noun(nominal))
    }

    /// The number of the mention in the apposition to the organisation with which an unnamed source ends: "a spokesman for the pilots’
    /// union, | ALPO,".
    fn behind_noun(&self, nominal: &NominalSource) -> Option<usize> {
        let comma = self.doc.token_at(nominal.span.end);
        let noun = comma.checked_sub(1).filter(|it| self.doc.is(*it, LexicalClass::OrgNoun))?;
        let number = self.entity_mentions.beginning_at(comma + 1)?;
        let name = &self.entity_mentions[number];
        let is_closed = matches!(self.doc.word(name.tokens.end), "," | "." | ")");
        let is_apposed = matches!(self.doc.word(comma), "," | "(") && is_closed;
        (is_apposed && self.doc.lower(noun) != nominal.noun && name.kind == EntityKind::Organisation)
            .then_some(number)
    }

    /// The number of the mention of the organisation that a person's role or the words after their name tell: "EU foreign
    /// policy chief", "Ann Lee of the Harbour Institute".
    pub(crate) fn behind_person(&self, mention: &EntityMention) -> Option<usize> {
        let of_role = mention.roles.iter().find_map(|role| {
            let tokens = self.doc.tokens_in(*role);
            let is_past = tokens.clone().any(|it| is_no_voice(&self.doc.lower(it)));
            let is_organization = |it: &usize| {
                self.entity_mentions[*it].kind == EntityKind::Organisation && self.is_voice(*it, &tokens)
            };
            self.entity_mentions.inside(&tokens).find(is_organization).filter(|_| !is_past)
        });
        of_role.or_else(|| self.behind_apposition(mention)).or_else(|| self.behind_opening(mention)).or_else(
            || {
                let end = mention.tokens.end;
                let joins = matches!(self.doc.word(end), "of" | "from");
                let start = end + 1 + usize::from(self.doc.word(end + 1) == "the");
                let next = self.entity_mentions.beginning_at(start).filter(|_| joins)?;
                (self.entity_mentions[next].kind == EntityKind::Organisation).then_some(next)
            },
        )
    }

    /// The number of the mention of the organisation for which a sentence says that a person speaks: "Speaking for the Tram Union, | Bo Lask".
    fn behind_opening(&self, mention: &EntityMention) -> Option<usize> {
        let start = mention.tokens.start;
        let first = self.doc.sentences.get(self.doc.sentence_of(start))?.tokens.start;
        let is_opening = matches!(self.doc.word(first), "Speaking" | "Writing" | "Acting" | "Appearing");
        let length = match [self.doc.word(first + 1), self.doc.word(first + 2), self.doc.word(first + 3)] {
            ["for", ..] => 2,
            ["on" | "in", "behalf", "of"] => 4,
            _ => return None,
        };
        let name = first + length + usize::from(self.doc.word(first + length) == "the");
        let number = self.entity_mentions.beginning_at(name).filter(|_| is_opening)?;
        let organization = &self.entity_mentions[number];
        let comma = organization.tokens.end;
        let is_speaker = self.doc.word(comma) == "," && start > comma && start - comma <= MAX_OPENING_GAP;
        (is_speaker && organization.kind == EntityKind::Organisation).then_some(number)
    }

    /// The number of the mention of the organisation that follows a role between commas: "Ann Lee, director, Harbour Clinic, said".
    fn behind_apposition(&self, mention: &EntityMention) -> Option<usize> {
        let role = mention.roles.iter().find(|it| it.start >= mention.span.end)?;
        let comma = self.doc.tokens_in(*role).end;
        let article = usize::from(self.doc.word(comma + 1) == "the");
        let start = comma + 1 + article;
        let at = self.entity_mentions.beginning_at(start)?;
        let next = &self.entity_mentions[at];
        let block = |at: usize| self.doc.tokens.get(at).map(|it| it.block);
        let ends_block = block(next.tokens.end) != block(next.tokens.start);
        let is_closed = ends_block || matches!(self.doc.word(next.tokens.end), "," | "." | ")" | "");
        let is_apposed = self.doc.word(comma) == "," && is_closed;
        (is_apposed && next.kind == EntityKind::Organisation).then_some(at)
    }

    /// The noun for an organisation that a source speaks for: "a company spokesman", "an official at the ministry". `None`
    /// where there is none.
    pub(crate) fn organization_noun(&self, nominal: &NominalSource) -> Option<String> {
        let words = self.doc.tokens_in(nominal.span).map(|it| (self.doc.lower(it), it));
        // "Leaders of several opposition | parties" speak for more than one.
        let is_of_several = |at: usize| {
            let next = self.doc.word(at + 1);
            next.ends_with('s') && next.starts_with(char::is_lowercase) && next != nominal.noun
        };
        let mut nouns = words.filter(|(word, at)| {
            self.doc.is(*at, LexicalClass::OrgNoun)
                && *word != nominal.noun
                && self.doc.word(*at) == word
                && !is_of_several(*at)
        });
        let is_voice = nominal.is_human || nominal.is_plural;
        let is_other = NO_VOICE_NOUNS.binary_search(&nominal.noun.as_str()).is_ok()
            || self.doc.tokens_in(nominal.span).any(|it| NO_VOICE.binary_search(&self.doc.word(it)).is_ok());
        nouns.next().filter(|_| is_voice && !is_other).map(|it| it.0)
    }

    /// Whether no word before a mention in its phrase tells that the phrase is only about it.
    fn is_voice(&self, mention: usize, phrase: &Range<usize>) -> bool {
        let before = phrase.start..self.entity_mentions[mention].tokens.start;
        let mut words = before.map(|it| self.doc.lower(it));
        !words.any(|it| NO_VOICE.binary_search(&it.as_str()).is_ok())
    }
}

impl Resolver<'_> {
    /// Tells each person for which organisation they speak that their roles name.
    pub(super) fn add_named_affiliations(&mut self) {
        let finder = AffiliationFinder { doc: self.doc, entity_mentions: self.entity_mentions };
        for (mention, cluster) in self.entity_mentions.iter().zip(&self.cluster_of_mention) {
            if mention.kind == EntityKind::Person && self.clusters[*cluster].affiliation.is_none() {
                let behind = finder.behind_person(mention).map(|it| self.cluster_of_mention[it]);
                let organization = behind.filter(|it| it != cluster);
                self.clusters[*cluster].affiliation = organization;
                self.staffed.extend(organization);
            }
        }
    }

    /// Tells each person without one for which organisation they speak that their roles mean without its name: "the company's head".
    pub(super) fn add_affiliations(&mut self) {
        for (mention, cluster) in self.entity_mentions.iter().zip(&self.cluster_of_mention) {
            if mention.kind == EntityKind::Person && self.clusters[*cluster].affiliation.is_none() {
                let behind = self.organization_of_role(mention);
                self.clusters[*cluster].affiliation = behind.filter(|it| it != cluster);
            }
        }
    }

    /// What the organisation of a description tells of somebody: more if they belong to it ("the Norbex director" and "Ann Lee, director of
    /// Norbex"), less if they belong to another one. `None` where, besides, somebody else belongs to it.
    pub(super) fn affiliation_score(&self, person: usize, organization: Option<usize>) -> Option<f32> {
        let cluster = &self.clusters[person];
        let is_person = cluster.kind == EntityKind::Person || cluster.is_human;
        let Some(organization) = organization.filter(|_| is_person) else { return Some(0.0) };
        let names = &self.clusters[organization].names;
        let has_name = |role: &String| names.iter().any(|it| role.contains(it.as_str()));
        match cluster.affiliation {
            Some(own) if own == organization => Some(AFFILIATION_SCORE),
            _ if cluster.roles.iter().any(has_name) => Some(AFFILIATION_SCORE),
            Some(_) if self.staffed.contains(&organization) => None,
            Some(_) => Some(-OTHER_AFFILIATION_COST),
            None => Some(0.0),
        }
    }
}
