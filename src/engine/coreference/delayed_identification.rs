//! Delayed identification: the lead describes somebody, and the next paragraph names them: "A computer scientist said …", then "Bao Yun, a
//! computing expert at the Academy, said …".

use crate::analysis::EntityKind;
use crate::engine::coreference::nominal_source::{self, NominalSource};
use crate::engine::coreference::{Resolution, Resolver};
use crate::engine::text::lexicon::LexicalClass::KinNoun;
use crate::story::BlockKind;

/// The lead is one of so many first blocks.
const LEADING_BLOCKS: usize = 3;
/// How many letters two words begin with alike that tell of one field: "computer", "computing".
const MIN_STEM_BYTES: usize = 5;

impl Resolver<'_> {
    /// The person with whose full name the paragraph after a description in the lead begins, if they speak, are named for the first time, and
    /// have no role or one of the same field.
    pub(super) fn identified_next(
        &self,
        nominal: &NominalSource,
        of_source: &[Option<Resolution>],
    ) -> Option<usize> {
        let blocks = self.doc.story.blocks();
        let lead = self.doc.story.block_at(nominal.span.start).filter(|it| *it < LEADING_BLOCKS)?;
        let is_kin = self.lexicon.classes(&nominal.noun).has(KinNoun);
        let introduces =
            !nominal.is_definite && !nominal.is_bare || is_kin && !nominal.has_owner(self.doc.text);
        let is_paragraph = |it: usize| blocks.get(it).is_some_and(|it| it.kind == BlockKind::Paragraph);
        if !introduces || nominal.is_epithet || nominal.is_former || !is_paragraph(lead + 1) {
            return None;
        }
        let start = self.doc.token_at(blocks[lead + 1].span.start);
        let mention = self.entity_mentions.partition_point(|it| it.tokens.start < start);
        let name = self.entity_mentions.get(mention).filter(|it| it.tokens.start == start)?;
        let person = self.cluster_of_mention[mention];
        let cluster = &self.clusters[person];
        let is_first = cluster.mentions.first().is_some_and(|it| it.span.start == name.span.start);
        let speaks = of_source.iter().flatten().any(|it| it.cluster == person);
        let fits = cluster.roles.is_empty() || cluster.roles.iter().any(|it| self.is_of_field(nominal, it));
        (name.kind == EntityKind::Person
            && name.tokens.len() > 1
            && !name.is_credit
            && is_first
            && speaks
            && fits
            && !cluster.clashes_with(nominal))
        .then_some(person)
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
