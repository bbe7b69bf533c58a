//! Descriptions: the entities to which phrases without a name refer: "the ministry", "a State Department official", "the report".

use crate::analysis::EntityKind;
use crate::engine::coreference::affiliation::{self, AffiliationFinder};
use crate::engine::coreference::appositions;
use crate::engine::coreference::cluster::{self, Cluster};
use crate::engine::coreference::nominal_source::{self, NominalSource};
use crate::engine::coreference::salience::{Antecedent, SalientMention};
use crate::engine::coreference::source_phrase::{self, SourceKind};
use crate::engine::coreference::source_tokens;
use crate::engine::coreference::{Resolution, Resolver};
use crate::engine::entities::EntityMention;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::lexicon::LexicalClass::OrgNoun;
use crate::span::Span;
use crate::word_list::word_list;

/// Nouns for people whom a story cites in general, in lower case: "officials".
const GENERAL_VOICES: &[&str] = &word_list!("general-voices");
/// By what margin "the regulator" means one of two that it may mean: one that is named so, and not only known as one.
const MIN_MARGIN_OF_KIND: f32 = 2.0;
/// The score of an organisation for "its".
pub(super) const OWNER_SCORE: f32 = 0.0;

impl Resolver<'_> {
    /// The cluster of a description; a new one where it refers to none.
    pub(super) fn resolve_nominal(&mut self, nominal: &NominalSource, source: Span) -> Resolution {
        if let Some(known) = self.role_in_headline(nominal, source).or_else(|| self.one_of_two(source)) {
            return known;
        }
        // "His Excellency" is he.
        let style = source_tokens::pronoun_of_style(self.doc, &self.doc.tokens_in(nominal.span));
        let person = style.and_then(|it| self.unlinked_antecedent(it, source));
        if let Some(person) = person.filter(|it| self.clusters[it.cluster].kind == EntityKind::Person) {
            return person.resolution();
        }
        if let Some(name) = appositions::apposed_name(self.doc, self.entity_mentions, nominal) {
            return self.resolution_of(name);
        }
        if let Some(name) = appositions::name_with_role(self.doc, self.entity_mentions, nominal) {
            return self.resolution_of(name);
        }
        if let Some(group) = appositions::apposed_group(self.doc, nominal) {
            let span = self.doc.span(group);
            let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, span);
            if let SourceKind::Nominal(group) = kind {
                let known = self.known_description(&group, span);
                return known.unwrap_or_else(|| Resolution::certain(self.add_described(&group)));
            }
        }
        let known = self.known_description(nominal, source);
        let document = self.introduced_document(nominal, source, known);
        document.or(known).unwrap_or_else(|| Resolution::certain(self.add_introduced(nominal)))
    }

    /// The organisation or person for whom a description tells that it speaks: "a | Norbex | spokesman", "a letter by | Ann Lee".
    pub(super) fn organization_behind(&self, nominal: &NominalSource) -> Option<usize> {
        if nominal.is_document {
            return self.issuer_in_words(nominal);
        }
        let finder = AffiliationFinder { doc: self.doc, entity_mentions: self.entity_mentions };
        finder.behind_nominal(nominal).map(|it| self.cluster_of_mention[it])
    }

    /// A new cluster for an unnamed source, with the organisation for which it speaks.
    pub(super) fn add_described(&mut self, nominal: &NominalSource) -> usize {
        let affiliation = self.organization_behind(nominal).or_else(|| {
            let finder = AffiliationFinder { doc: self.doc, entity_mentions: self.entity_mentions };
            let noun = finder.organization_noun(nominal)?;
            self.organization_called(&noun, nominal.span)
        });
        let cluster = Cluster { affiliation, ..Cluster::from_description(self.doc, nominal) };
        let cluster = self.add_cluster(cluster);
        let is_organization = nominal.is_organization && nominal.is_definite && nominal.complement.is_empty();
        if (nominal.is_human || is_organization) && !nominal.is_plural {
            self.described.push((cluster, nominal.clone()));
        }
        cluster
    }

    /// The named organisation that a noun before the end of a span calls: "the | ministry".
    pub(super) fn organization_called(&self, noun: &str, span: Span) -> Option<usize> {
        self.named_organization(span, |it| it.organization_score(noun, self.lexicon))
    }

    /// The most salient named organisation before the end of a span; `fit` tells how well it fits.
    fn named_organization(&self, span: Span, fit: impl Fn(&Cluster) -> Option<f32>) -> Option<usize> {
        let score = |it: &SalientMention| {
            let cluster = &self.clusters[it.cluster];
            let is_named = cluster.kind == EntityKind::Organisation && cluster.head_noun.is_none();
            if is_named { fit(cluster) } else { None }
        };
        self.salience.most_salient(self.doc, span, score).map(|it| it.cluster)
    }

    /// The organisation that a role of a person means without its name: "its spokesman, Kim Voss", "Kim Voss, the company's head",
    /// "Kim Voss, lead scientist at the laboratory".
    pub(super) fn organization_of_role(&self, mention: &EntityMention) -> Option<usize> {
        mention.roles.iter().find_map(|it| self.organization_of(*it))
    }

    /// The organisation that one role means without its name.
    fn organization_of(&self, role: Span) -> Option<usize> {
        let tokens = self.doc.tokens_in(role);
        let is_owned = |at: usize| matches!(self.doc.word(at), "'s" | "’s");
        let is_complement = |at: usize| {
            at >= tokens.start + 3
                && matches!(self.doc.word(at - 1), "the" | "this")
                && matches!(self.doc.word(at - 2), "of" | "at" | "for" | "with" | "in")
        };
        // "The association's | president, Kim Voss"
        let first = tokens.start.saturating_sub(2);
        let is_organization = |it: &usize| {
            let belongs = is_owned(*it + 1) || *it >= tokens.start && is_complement(*it);
            self.doc.is(*it, OrgNoun) && belongs
        };
        let noun = (first..tokens.end).find(is_organization);
        let is_other = |word: &str| affiliation::is_no_voice(word) || nominal_source::is_former_word(word);
        let is_voice = !tokens.clone().any(|it| is_other(&self.doc.lower(it)));
        let before = tokens.start.checked_sub(1);
        let is_its = [before, Some(tokens.start)]
            .into_iter()
            .flatten()
            .any(|it| matches!(self.doc.word(it), "its" | "Its"));
        match noun {
            _ if !is_voice => None,
            Some(noun) => self.organization_called(&self.doc.lower(noun), role),
            None => self.named_organization(role, |_| is_its.then_some(OWNER_SCORE)),
        }
    }

    /// Whether the sentence of a source names a place before it.
    fn follows_place(&self, source: Span) -> bool {
        let at = self.doc.token_at(source.start);
        let start = self.doc.sentences[self.doc.sentence_of(at)].tokens.start;
        let mut before = self.entity_mentions.inside(&(start..at));
        before.any(|it| self.entity_mentions[it].kind == EntityKind::Place)
    }

    /// The organisation that has the words of a description as its name: "the health ministry" for the "Health Ministry" or the "Ministry of
    /// Health".
    fn organization_named_by(&self, nominal: &NominalSource) -> Option<usize> {
        let (article, words) = nominal.span.slice(self.doc.text).split_once(' ')?;
        if !nominal.is_organization || !article.eq_ignore_ascii_case("the") {
            return None;
        }
        let turned = words.split_once(' ').map(|(field, noun)| format!("{noun} of {field}"));
        let named = self.lookup.named(words).or_else(|| self.lookup.named(&turned?))?;
        (self.clusters[named].kind == EntityKind::Organisation).then_some(named)
    }

    /// Whether a noun calls an organisation by its kind, so that it may mean either of two: "the regulator".
    fn is_noun_for_kind(&self, noun: &str) -> bool {
        !self.lexicon.narrower_organizations(noun).is_empty() && !cluster::suits_most_organizations(noun)
    }

    /// The document, organisation or party that the words of a description name, however far back it was told.
    fn known_by_words(&self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        let document = self.lookup.with_noun(&nominal.noun).filter(|_| nominal.is_document);
        let document = document.filter(|it| nominal.is_told_by(&self.clusters[*it].name));
        let known = document.or_else(|| self.organization_named_by(nominal)).map(Resolution::certain);
        known.or_else(|| self.only_party_of_side(nominal, source))
    }

    /// The group that a plural alone means again: "Tarn police", and "Police" or "the police" after them. "Officials" are not those that the
    /// story only mentions.
    fn known_group(&self, nominal: &NominalSource, is_general: bool) -> Option<usize> {
        let words = nominal.span.slice(self.doc.text).split_whitespace().count();
        let is_alone = words == 1 + usize::from(nominal.is_definite);
        if !nominal.is_plural || !is_alone || !(nominal.is_definite || nominal.is_bare) {
            return None;
        }
        let known = self.lookup.with_noun(&nominal.noun)?;
        (self.clusters[known].is_plural && (!is_general || self.salience.has_spoken(known))).then_some(known)
    }

    /// The cluster that a description refers to; `None` where it introduces a new one.
    pub(super) fn known_description(&mut self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        if let Some(group) = self.counted_group(nominal, source) {
            return Some(group);
        }
        let text = nominal.span.slice(self.doc.text);
        let block = self.doc.story.block_at(source.start).map(|it| &self.doc.story.blocks()[it]);
        let is_repeated = block.is_some_and(|it| it.repeats.is_some());
        // "HOST: …": a label means the same speaker throughout.
        let is_label =
            block.and_then(|it| it.label).is_some_and(|it| it.start <= source.start && source.end <= it.end);
        // "Halden’s office": whose office it is makes it the same.
        let has_owner = nominal.has_owner(self.doc.text);
        let may_recur = nominal.is_plural || nominal.is_definite || is_repeated || is_label || has_owner;
        if may_recur && let Some(known) = self.lookup.described(text) {
            return Some(Resolution::certain(known));
        }
        let is_general = nominal.is_bare && GENERAL_VOICES.binary_search(&nominal.noun.as_str()).is_ok();
        if let Some(known) = self.known_group(nominal, is_general) {
            return Some(Resolution::certain(known));
        }
        // "Police" are those whom the story named, if it named only these. "In Bergen, police said": those of another place.
        let is_bare_plural = nominal.is_bare && nominal.is_plural && !text.contains(' ');
        if is_bare_plural && self.follows_place(source) {
            return None;
        }
        if !nominal.is_definite && !is_bare_plural {
            return self.holder_at_organization(nominal, source);
        }
        if let Some(known) = self.known_by_words(nominal, source) {
            return Some(known);
        }
        if let Some(subject) = self.unnamed_subject(nominal, source) {
            return Some(subject);
        }
        let organization = self.organization_behind(nominal);
        let side = self.side_of(nominal);
        let is_of_other_side = |it: usize| side.is_some_and(|side| self.is_on_other_side(it, side));
        // "The UN agency" is not the UN.
        let is_owner = |it: usize| nominal.is_organization && organization == Some(it);
        let score = |it: &SalientMention| {
            if is_owner(it.cluster) || is_of_other_side(it.cluster) {
                return None;
            }
            let score = self.clusters[it.cluster].description_score(nominal, self.lexicon)?
                + self.affiliation_score(it.cluster, organization)?;
            let is_only_told = is_general
                && self.clusters[it.cluster].head_noun.is_some()
                && !self.salience.has_spoken(it.cluster);
            (!is_only_told && !self.is_told_dead(it.span)).then_some(score)
        };
        let described = self.salience.most_salient(self.doc, source, score);
        let must_be_only = is_bare_plural || self.is_noun_for_kind(&nominal.noun);
        let described = described
            .filter(|it| !must_be_only || it.second.is_none() || it.margin >= MIN_MARGIN_OF_KIND)
            .map(Antecedent::resolution);
        if is_bare_plural {
            return described;
        }
        let of_people = self.only_holder_of_people(nominal, source);
        let is_other = of_people.is_some_and(|it| described.is_none_or(|own| own.cluster != it.cluster));
        of_people
            .filter(|_| is_other)
            .or(described)
            .or_else(|| self.epithet_holder(nominal, source))
            .or_else(|| self.only_holder(nominal, organization, source))
    }
}
