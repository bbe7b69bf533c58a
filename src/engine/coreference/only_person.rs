//! Only people: the one person whom a story has named so far, whom it goes on to call by a trade or an epithet that it has not told of them
//! ("“It is late,” said | the customs broker").

use crate::analysis::EntityKind;
use crate::engine::coreference::Resolver;
use crate::engine::coreference::nominal_source::{self, NominalSource};
use crate::engine::coreference::only_holders::Holders;
use crate::engine::coreference::person_nouns;
use crate::engine::coreference::untold_roles::{self, CalledByNoun};
use crate::engine::entities::Gender;
use crate::engine::text::lexicon::LexicalClass::{KinNoun, OrgNoun};

impl Resolver<'_> {
    /// The only person whom the story names before a description that nothing else explains. `described` is the cluster of the description.
    pub(super) fn only_person_so_far(&self, described: usize, nominal: &NominalSource) -> Option<usize> {
        if !self.may_be_untold_trade(nominal) {
            return None;
        }
        let is_person = |it: usize| self.clusters[it].kind == EntityKind::Person;
        let person = Holders::among(self.names_before(nominal.span), is_person).only()?;
        let cluster = &self.clusters[person];
        let affiliation = self.clusters[described].affiliation;
        let is_of_other_organization =
            affiliation.is_some() && cluster.affiliation.is_some() && affiliation != cluster.affiliation;
        let is_other = cluster.clashes_with(nominal)
            || Gender::clash(cluster.gender, self.clusters[described].gender)
            || self.deaths.is_told(person)
            || is_of_other_organization
            || self.is_named_in_sentence(person, nominal.span);
        (!is_other && self.called_by_noun(person, nominal) == CalledByNoun::Nobody).then_some(person)
    }

    /// Whether a description may be what a person does beside what the story tells of them. An office, and the place at the head of an
    /// organisation, may be that of somebody whom the story leaves unnamed, as a witness and a relative are.
    fn may_be_untold_trade(&self, nominal: &NominalSource) -> bool {
        let noun = nominal.noun.as_str();
        let is_of_one = nominal.is_office(self.lexicon)
            || nominal_source::is_office_in_letters(noun)
            || person_nouns::leads_or_speaks(noun);
        let is_of_organization = nominal.modifiers.iter().any(|it| self.lexicon.classes(it).has(OrgNoun));
        let is_left_unnamed = untold_roles::is_left_unnamed(noun) || self.lexicon.classes(noun).has(KinNoun);
        let is_single = nominal.is_human && nominal.is_definite && !nominal.is_plural && !nominal.is_former;
        is_single
            && !is_of_one
            && !is_of_organization
            && !is_left_unnamed
            && !nominal.has_owner(self.doc.text)
            && !self.replies(nominal)
    }
}
