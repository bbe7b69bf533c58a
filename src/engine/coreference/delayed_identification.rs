//! Delayed identification: the lead describes somebody, and what follows names them: "A computer scientist said …", then "Bao Yun, a computing
//! expert at the Academy, said …".

use crate::analysis::EntityKind;
use crate::engine::coreference::cluster;
use crate::engine::coreference::named_later::LEADING_BLOCKS;
use crate::engine::coreference::nominal_source::{self, NominalSource};
use crate::engine::coreference::{Resolution, Resolver};
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::LexicalClass::{KinNoun, StateOffice};
use crate::story::BlockKind;
use crate::word_list::word_list;

/// Verbs for leading an organisation or speaking for it, in the present: "who | heads | the trust".
const HEADING_VERBS: &[&str] = &word_list!("heading-verbs");
/// How many letters two words begin with alike that tell of one field: "computer", "computing".
const MIN_STEM_BYTES: usize = 5;

impl Resolver<'_> {
    /// The person whom a description of the lead means, if the sentence or the paragraph after it names them for the first time and they
    /// speak.
    pub(super) fn identified_next(
        &self,
        nominal: &NominalSource,
        of_source: &[Option<Resolution>],
    ) -> Option<usize> {
        let lead = self.doc.story.block_at(nominal.span.start).filter(|it| *it < LEADING_BLOCKS)?;
        if nominal.is_epithet || nominal.is_former || nominal.is_plural {
            return None;
        }
        let is_new = |it: &usize| self.is_new_speaker(*it, nominal, of_source);
        let in_sentence = self.holder_in_next_sentence(nominal).filter(is_new);
        let named = in_sentence.or_else(|| self.name_of_next_paragraph(nominal, lead).filter(is_new));
        named.map(|it| self.cluster_of_mention[it])
    }

    /// Whether a mention names somebody in full for the first time who speaks and may be the one described.
    fn is_new_speaker(
        &self,
        mention: usize,
        nominal: &NominalSource,
        of_source: &[Option<Resolution>],
    ) -> bool {
        let (name, person) = (&self.entity_mentions[mention], self.cluster_of_mention[mention]);
        let cluster = &self.clusters[person];
        cluster.mentions.first().is_some_and(|it| it.span.start == name.span.start)
            && of_source.iter().flatten().any(|it| it.cluster == person)
            && !cluster.clashes_with(nominal)
            && name.tokens.len() > 1
            && !name.is_credit
    }

    /// The only person whom the sentence after an office of a state names, if they have no role: "Chile’s finance minister said …", then
    /// "Tomas Larrea told …". The index of the mention.
    fn holder_in_next_sentence(&self, nominal: &NominalSource) -> Option<usize> {
        let noun = letter_case::with_capital(&nominal.noun);
        if !self.lexicon.classes(&noun).has(StateOffice) || !self.is_of_place(nominal) {
            return None;
        }
        let next = self.doc.sentence_of(self.doc.token_at(nominal.span.start)) + 1;
        let sentence = self.doc.sentences.get(next)?;
        let inside = self.entity_mentions.inside(&sentence.tokens);
        let mut people = inside.filter(|it| self.entity_mentions[*it].kind == EntityKind::Person);
        let mention = people.next().filter(|_| people.next().is_none())?;
        let (name, person) = (&self.entity_mentions[mention], self.cluster_of_mention[mention]);
        let is_bare = name.roles.is_empty()
            && self.clusters[person].roles.is_empty()
            && self.doc.word(name.tokens.end) != ",";
        is_bare.then_some(mention)
    }

    /// Whether a description has a place in it: "Chile’s finance minister".
    fn is_of_place(&self, nominal: &NominalSource) -> bool {
        let mut inside = self.entity_mentions.inside(&self.doc.tokens_in(nominal.span));
        inside.any(|it| self.entity_mentions[it].kind == EntityKind::Place)
    }

    /// The person with whose name the paragraph after a description begins, if they have no role or one of the same field. The index of the
    /// mention. `lead` is the block of the description.
    fn name_of_next_paragraph(&self, nominal: &NominalSource, lead: usize) -> Option<usize> {
        let is_kin = self.lexicon.classes(&nominal.noun).has(KinNoun);
        let introduces =
            !nominal.is_definite && !nominal.is_bare || is_kin && !nominal.has_owner(self.doc.text);
        let next = self.doc.story.blocks().get(lead + 1).filter(|it| it.kind == BlockKind::Paragraph)?;
        let start = self.doc.token_at(next.span.start);
        let mention = self.entity_mentions.beginning_at(start)?;
        let name = &self.entity_mentions[mention];
        let roles = &self.clusters[self.cluster_of_mention[mention]].roles;
        let fits = roles.is_empty() || roles.iter().any(|it| self.is_of_field(nominal, it));
        (introduces && fits && name.kind == EntityKind::Person && !self.is_of_other_side(name, nominal))
            .then_some(mention)
    }

    /// The organisation with whose name the paragraph after a business or a charity of the lead begins, if it is named there first: "The
    /// airline said …", then "Tarn Air has lost …".
    pub(super) fn organization_of_next_paragraph(&self, nominal: &NominalSource) -> Option<usize> {
        let lead = self.doc.story.block_at(nominal.span.start).filter(|it| *it < LEADING_BLOCKS)?;
        let is_business = cluster::is_business(&nominal.noun)
            || matches!(nominal.noun.as_str(), "charity" | "club" | "group");
        let next = self.doc.story.blocks().get(lead + 1).filter(|it| it.kind == BlockKind::Paragraph)?;
        let start = self.doc.token_at(next.span.start);
        let start = start + usize::from(self.doc.word(start) == "The");
        let mention = self.entity_mentions.beginning_at(start)?;
        let fits = |it: usize| {
            let named = &self.clusters[it];
            named.kind == EntityKind::Organisation
                && named.head_noun.is_none()
                && named.organization_score(&nominal.noun, self.lexicon).is_some()
        };
        let is_rival = |it: usize| fits(self.cluster_of_mention[it]);
        let is_first = !(0..mention).any(is_rival);
        let organization = self.cluster_of_mention[mention];
        (is_business && nominal.modifiers.is_empty() && is_first && fits(organization))
            .then_some(organization)
    }

    /// Whether a name is hardly that of somebody described: it stands for an organisation ("Bo Ray of Tarn Council", "Bo Ray, who heads the
    /// trust"), or the sentence of the description has a pronoun of another gender.
    fn is_of_other_side(&self, name: &EntityMention, nominal: &NominalSource) -> bool {
        let behind = name.tokens.end;
        let organization = behind + 1 + usize::from(self.doc.word(behind + 1) == "the");
        let speaks_for = matches!(self.doc.word(behind), "of" | "from")
            && self
                .entity_mentions
                .beginning_at(organization)
                .is_some_and(|it| self.entity_mentions[it].kind == EntityKind::Organisation);
        let is_head = self.doc.word(behind) == ","
            && self.doc.word(behind + 1) == "who"
            && HEADING_VERBS.binary_search(&self.doc.word(behind + 2)).is_ok();
        let described = self.doc.token_at(nominal.span.end);
        let sentence = self.doc.sentences.get(self.doc.sentence_of(described.saturating_sub(1)));
        let rest = described..sentence.map_or(described, |it| it.tokens.end);
        let gender_of = |it: usize| match self.doc.lower(it).as_str() {
            "he" => Some(Gender::Male),
            "she" => Some(Gender::Female),
            _ => None,
        };
        let gender = rest.into_iter().find_map(gender_of);
        let given = self.lexicon.classes(self.doc.word(name.tokens.start));
        speaks_for || is_head || Gender::clash(gender, name.gender.or_else(|| Gender::from_classes(given)))
    }

    /// Whether a role has a word of the same stem as a description, or its noun.
    fn is_of_field(&self, nominal: &NominalSource, role: &str) -> bool {
        let described = words_before_complement(nominal.span.slice(self.doc.text));
        let stem = |word: &str| word.get(..MIN_STEM_BYTES).map(str::to_owned);
        let stems: Vec<String> = described.filter_map(stem).collect();
        nominal.matches_role(role, self.lexicon)
            || words_before_complement(role).filter_map(stem).any(|it| stems.contains(&it))
    }
}

/// The words in lower case of a description or role, up to its complement.
fn words_before_complement(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split([' ', '-']).take_while(|it| !nominal_source::is_preposition(it));
    words.filter(|it| it.starts_with(char::is_lowercase))
}
