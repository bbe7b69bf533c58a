//! Named entities: the people, organisations and places that a story mentions, each with its kind and roles.
//!
//! 1. [`features`]: how each word is written, what it may mean, and how much its capital says.
//! 2. [`candidates`]: runs of capitalised words with the words that join them ("Ministry of Justice").
//! 3. [`segmentation`]: cuts the runs into names and titles; a name's own words score for each kind ([`name_words`]).
//!    Parts of names that are left out are added ([`organization_parts`], [`coordinated_names`], [`acronyms`], [`name_forms`],
//!    [`nicknames`]).
//! 4. [`other_names`]: names of laws, ships, [`peoples`] and the like are left out, as are [`directions`] and [`plural_nouns`].
//!    [`firms`] know companies that are called like people.
//!    Names without capitals are found beside them ([`lowercase_names`]).
//!    [`small_word_names`] add first names that are spelled as small words.
//!    [`joint_names`], [`embedded_names`], [`office_holders`] and [`role_holders`] cut entities of the tagger that hold two
//!    names or other words.
//!    [`told_things`] and [`told_products`] know more words beside them; [`event_venues`] and [`box_scores`] know the lines
//!    of lists of events and of results, [`match_results`] the sides of a match in a sentence. [`kind_checks`] correct the
//!    tagger's kind by a name's own words ([`word_checks`]) and by those beside it ([`neighbor_checks`]).
//! 5. [`context`]: the words around a name score too, as do the entities of the tagger ([`told_kinds`]).
//!    [`organization_nouns`] know the nouns before an organisation's name.
//! 6. [`document_scores`]: a name has one kind in a story; a name with too low a score is dropped.
//! 7. [`roles`]: the title before a name and the apposition after it become its roles ([`role_kinds`], [`role_ends`], [`occupations`],
//!    [`signatures`]). [`office_letters`] are no organisations.
//! 8. [`qualified_places`]: the words that tell where a place lies belong to its mention.
//! 9. [`turn_labels`]: the names in the labels of turns.
//! 10. [`credits`]: names of photographers and agencies are marked, [`credit_lines`] know those of authors.
//!
//! [`mention_search`] finds the mentions at given tokens.

pub(crate) mod acronyms;
pub(crate) mod box_scores;
pub(crate) mod bracket_tags;
pub(crate) mod candidates;
pub(crate) mod context;
pub(crate) mod coordinated_names;
pub(crate) mod credit_lines;
pub(crate) mod credits;
pub(crate) mod directions;
pub(crate) mod document_scores;
pub(crate) mod embedded_names;
pub(crate) mod event_venues;
pub(crate) mod features;
pub(crate) mod firms;
pub(crate) mod joint_names;
pub(crate) mod kind_checks;
pub(crate) mod lowercase_names;
pub(crate) mod match_results;
pub(crate) mod mention_search;
pub(crate) mod name_edges;
pub(crate) mod name_forms;
pub(crate) mod name_words;
pub(crate) mod neighbor_checks;
pub(crate) mod nicknames;
pub(crate) mod occupations;
pub(crate) mod office_holders;
pub(crate) mod office_letters;
pub(crate) mod organization_nouns;
pub(crate) mod organization_parts;
pub(crate) mod other_names;
pub(crate) mod peoples;
pub(crate) mod plural_nouns;
pub(crate) mod possessive_names;
pub(crate) mod qualified_places;
pub(crate) mod role_ends;
pub(crate) mod role_holders;
pub(crate) mod role_kinds;
pub(crate) mod roles;
pub(crate) mod scores;
pub(crate) mod segmentation;
pub(crate) mod signatures;
pub(crate) mod small_word_names;
pub(crate) mod tagged;
#[cfg(test)]
mod tests;
pub(crate) mod told_kinds;
pub(crate) mod told_products;
pub(crate) mod told_things;
pub(crate) mod turn_labels;
pub(crate) mod word_checks;

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::Features;
use crate::engine::entities::segmentation::Candidate;
use crate::engine::tagger::tagged_spans::{TaggedEntity, TaggedOther};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{DocumentNoun, Female, GivenName, Male};
use crate::engine::text::lexicon::{LexicalClasses, Lexicon};
use crate::span::Span;

/// One mention of a named entity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EntityMention {
    /// The name, without title, article and possessive ending.
    pub(crate) span: Span,
    /// The name of a place with the words that tell where it lies or what part of it: "Vellmar, Norway", "northern Norway". The
    /// span itself for other names.
    pub(crate) extent: Span,
    /// The tokens of the span.
    pub(crate) tokens: Range<usize>,
    /// Person, organisation or place.
    pub(crate) kind: EntityKind,
    /// The roles beside the name ("US Secretary of State"), without article.
    pub(crate) roles: Vec<Span>,
    /// The gender that the title, the role or the given name tells; `None` where none does.
    pub(crate) gender: Option<Gender>,
    /// Whether the story introduces a person as a relative of somebody: "his wife, Ann Lee".
    pub(crate) is_kin: bool,
    /// Whether it only tells whose picture or text it is: "Photo: Ann Lee".
    pub(crate) is_credit: bool,
}

/// The gender of a person, as words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Gender {
    Female,
    Male,
}

impl Gender {
    /// Whether two genders are known and not the same.
    pub(crate) fn clash(one: Option<Self>, other: Option<Self>) -> bool {
        one.zip(other).is_some_and(|(one, other)| one != other)
    }

    /// The gender that is not this one.
    pub(crate) const fn opposite(self) -> Self {
        match self {
            Self::Female => Self::Male,
            Self::Male => Self::Female,
        }
    }

    /// The gender that a word's classes tell; `None` where they tell none or both.
    pub(crate) fn from_classes(classes: LexicalClasses) -> Option<Self> {
        match (classes.has(Female), classes.has(Male)) {
            (true, false) => Some(Self::Female),
            (false, true) => Some(Self::Male),
            _ => None,
        }
    }
}

/// All entity mentions of a story, in reading order and without overlaps. Spans and kinds of the tagger, where there are
/// any, take precedence over the rules. `others` are the names of other things.
pub(crate) fn find_mentions(
    doc: &Document,
    lexicon: &Lexicon,
    tagged: &[TaggedEntity],
    others: &[TaggedOther],
) -> Vec<EntityMention> {
    let features = Features::new(doc, lexicon);
    let runs: Vec<Range<usize>> = doc
        .sentences
        .iter()
        .flat_map(|it| candidates::capitalized_runs(&features, it.tokens.clone()))
        .collect();
    let mut candidates = tagged::candidates(&features, &runs, tagged);
    let explained = acronyms::explained_names(&features, &runs, &candidates);
    candidates.retain(|it| !acronyms::is_cut(&explained, it));
    candidates.extend(untagged(&features, &runs, &candidates, &explained, tagged.is_empty()));
    acronyms::make_places(&features, &mut candidates);
    for candidate in &mut candidates {
        candidate.title = candidate.title.take().map(|it| role_kinds::with_portfolio(&features, it));
    }
    office_holders::cut_titles(&features, &mut candidates);
    // A title is not a name of its own, even where the tagger took it for an organisation.
    let mut titles: Vec<Range<usize>> = candidates.iter().filter_map(|it| it.title.clone()).collect();
    titles.sort_unstable_by_key(|it| it.start);
    candidates.retain(|it| it.title.is_some() || !overlaps_any(&titles, &it.tokens));
    candidates.sort_by_key(|it| it.tokens.start);
    candidates.retain(|it| {
        let is_tag = name_forms::is_party_tag(&features, it.tokens.start)
            || bracket_tags::is_tag(&features, &it.tokens)
            || name_forms::is_honour_alone(&features, &it.tokens);
        !is_tag && !name_forms::is_bill(&features, &it.tokens)
    });
    let candidates = bracket_tags::with_factions(&features, candidates);
    let candidates = organization_parts::with_parts(&features, candidates);
    let candidates = acronyms::with_long_names(&features, candidates);
    let candidates = name_forms::join_split_names(&features, candidates);
    let mut candidates = other_names::without_other_names(&features, candidates, others);
    let covered: Vec<Range<usize>> = candidates.iter().map(|it| it.tokens.clone()).collect();
    let lowercase = lowercase_names::candidates(&features);
    candidates.extend(lowercase.into_iter().filter(|it| !overlaps_any(&covered, &it.tokens)));
    candidates.extend(name_forms::bare_surnames(&features, &runs, &candidates));
    candidates.sort_by_key(|it| it.tokens.start);
    let resolved = document_scores::resolve_kinds(&features, candidates);
    let mut mentions = office_letters::without_offices(doc, roles::with_roles(&features, resolved));
    qualified_places::add_qualifiers(&features, &mut mentions);
    turn_labels::with_label_names(doc, lexicon, mentions)
}

/// The candidates of the rules beside those of the tagger. `explained` are the names that explain an acronym of the story. Where there are some of the tagger's, a name that it passed
/// over must be known from elsewhere in the story, or stand in a place that only names take.
fn untagged(
    features: &Features,
    runs: &[Range<usize>],
    tagged: &[Candidate],
    explained: &[Range<usize>],
    is_untagged: bool,
) -> Vec<Candidate> {
    let spans: Vec<Range<usize>> = tagged.iter().map(|it| it.tokens.clone()).collect();
    let names: HashSet<String> = spans.iter().map(|it| features.phrase(it.clone())).collect();
    let explains_acronym = |it: &Range<usize>| {
        let next = explained.partition_point(|name| name.start < it.start);
        explained.get(next) == Some(it)
    };
    let organizations = tagged.iter().filter(|it| it.scores.best().0 == EntityKind::Organisation);
    let short_names: HashSet<&str> = organizations
        .filter_map(|it| document_scores::short_name(features, &it.tokens))
        .map(|it| features.form(it))
        .collect();
    let is_short_name =
        |it: &Candidate| it.tokens.len() == 1 && short_names.contains(features.form(it.tokens.start));
    let is_kept = |it: &Candidate| {
        let is_trusted = is_untagged
            || is_short_name(it)
            || is_bracketed_acronym(features, &it.tokens)
            || is_document_source(features, &it.tokens)
            || is_dotted_acronym(features, &it.tokens)
            || is_titled_full_name(features, it)
            || is_owner_of_role(features, it)
            || organization_nouns::describes_organization(features, &it.tokens)
            || explains_acronym(&it.tokens)
            || word_checks::is_acronym_like_pronoun(features, &it.tokens)
            || names.contains(&features.phrase(it.tokens.clone()));
        is_trusted && !overlaps_any(&spans, &it.tokens)
    };
    let of_run = |run: &Range<usize>| {
        let article = usize::from(matches!(features.form(run.start), "The" | "the"));
        let name = run.start + article..run.end;
        if explains_acronym(&name) {
            return vec![Candidate::organization(name)];
        }
        // "the C.I.A. | James Moe"
        let first = run.start..run.start + 1;
        let is_behind_acronym = run.len() > 1 && is_dotted_acronym(features, &first);
        let holder = || role_holders::holder_start(features, run).unwrap_or(run.start);
        let cut = if is_behind_acronym { first.end } else { holder() };
        let mut candidates = segmentation::segment(features, run.start..cut);
        candidates.extend(segmentation::segment(features, cut..run.end));
        candidates
    };
    runs.iter().flat_map(of_run).filter(is_kept).collect()
}

/// Whether a name is an acronym with dots that is neither a place nor somebody's initials: "F.B.I.".
fn is_dotted_acronym(features: &Features, tokens: &Range<usize>) -> bool {
    let word = features.form(tokens.start);
    let letters = word.split('.').filter(|it| !it.is_empty());
    let is_dotted = word.contains('.') && letters.clone().all(|it| it.chars().count() == 1);
    let letters = letters.count();
    let is_initials = letters < 3 && features.is_capitalized(tokens.end);
    tokens.len() == 1
        && is_dotted
        && letters > 1
        && word.chars().all(|it| it == '.' || it.is_uppercase())
        && !features.classes(tokens.start).is_place()
        && !is_initials
}

/// Whether a title stands before a given name and one more word: "Prosecutor Helen Law".
fn is_titled_full_name(features: &Features, candidate: &Candidate) -> bool {
    candidate.title.is_some()
        && candidate.tokens.len() == 2
        && candidate.scores.best().0 == EntityKind::Person
        && features.is(candidate.tokens.start, GivenName)
}

/// Whether an organisation's name of several words owns the role of somebody: "The Harbour Project's director of research".
fn is_owner_of_role(features: &Features, candidate: &Candidate) -> bool {
    candidate.tokens.len() > 1
        && candidate.scores.best().0 == EntityKind::Organisation
        && segmentation::owns_role(features, candidate.tokens.end)
}

/// Whether a word in capitals stands alone in brackets: "Islamic State (IS)".
fn is_bracketed_acronym(features: &Features, tokens: &Range<usize>) -> bool {
    let word = |at: usize| features.doc.word(at);
    tokens.start > 0
        && word(tokens.start - 1) == "("
        && word(tokens.end) == ")"
        && tokens.len() == 1
        && word(tokens.start).chars().all(char::is_uppercase)
}

/// Whether a name of several words follows a document and its "by": "a poll by Delta Survey".
fn is_document_source(features: &Features, tokens: &Range<usize>) -> bool {
    let Some(noun) = tokens.start.checked_sub(2) else { return false };
    let follows_by = matches!(features.form(noun + 1), "by" | "from");
    follows_by && tokens.len() > 1 && features.lowercase_classes(noun).has(DocumentNoun)
}

/// Whether one of some ranges, which are in order, shares a token with `tokens`.
fn overlaps_any(ranges: &[Range<usize>], tokens: &Range<usize>) -> bool {
    let next = ranges.partition_point(|it| it.end <= tokens.start);
    ranges.get(next).is_some_and(|it| it.start < tokens.end)
}
