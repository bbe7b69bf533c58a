//! Tags in brackets that are no names of their own: a politician's party "(Lab)", a company's ticker "(LSE: QUAY)", the faction of a
//! party "Varr Congress (M)".

use std::ops::Range;

use crate::engine::entities::context;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::segmentation::Candidate;
use crate::engine::text::lexicon::LexicalClass::{OrgHead, OrgHeadOf, OrgNoun};
use crate::word_list::word_list;

/// Last words of parties that have factions with a bracket behind their name.
const PARTIES_WITH_FACTIONS: &[&str] = &word_list!("parties-with-factions");
/// How many words the name of a faction may have.
const MAX_FACTION_WORDS: usize = 2;

/// How many words the name before the code of a country may have.
const MAX_EXPLAINED_WORDS: usize = 6;

/// Short names of parties.
const PARTIES: &[&str] = &word_list!("bracketed-party-tags");

/// Whether a name is the tag of a party or belongs to that of a company.
pub(crate) fn is_tag(features: &Features, name: &Range<usize>) -> bool {
    is_party(features, name)
        || is_ticker(features, name)
        || is_state(features, name)
        || is_country_code(features, name)
}

/// Whether a name is the code of a country alone in brackets, behind a name of which it has not the initials: "Ann Lee (| ESP |)".
fn is_country_code(features: &Features, name: &Range<usize>) -> bool {
    const CODES: &[&str] = &word_list!("country-codes");
    let open = name.start.checked_sub(1).filter(|it| features.form(*it) == "(" && *it > 0);
    let is_code = name.len() == 1
        && features.form(name.end) == ")"
        && CODES.binary_search(&features.doc.word(name.start)).is_ok();
    // "Tarn University (TUR)"
    let is_name = |at: usize| {
        features.is_capitalized(at)
            && !features.classes(at).any(&[OrgHead, OrgHeadOf])
            && !features.lowercase_classes(at).has(OrgNoun)
    };
    let Some(open) = open.filter(|it| is_code && is_name(it - 1)) else { return false };
    let words = open.saturating_sub(MAX_EXPLAINED_WORDS)..open;
    let initials: String = context::initials(features, &words).into_iter().collect();
    !initials.ends_with(features.doc.word(name.start))
}

/// Whether a name is the short form of a state: "N.Y.".
pub(crate) fn is_short_state(features: &Features, name: &Range<usize>) -> bool {
    const STATES: &[&str] = &word_list!("states-in-short");
    // The stop may be a token of its own.
    name.len() <= 2 && STATES.binary_search(&features.phrase(name.clone()).as_str()).is_ok()
}

/// Whether a name is the short form of a state behind a town or a politician: "Elmouth, | N.Y.", "Ann Lee (| Fla. |)".
fn is_state(features: &Features, name: &Range<usize>) -> bool {
    let mark = name.start.checked_sub(1).filter(|it| matches!(features.form(*it), "," | "("));
    is_short_state(features, name)
        && mark.and_then(|it| it.checked_sub(1)).is_some_and(|it| features.is_capitalized(it))
}

/// Whether a name is the short name of a party alone in brackets, or before the constituency, behind a name.
fn is_party(features: &Features, name: &Range<usize>) -> bool {
    let opens =
        name.start > 1 && features.form(name.start - 1) == "(" && features.is_capitalized(name.start - 2);
    opens
        && matches!(features.form(name.end), ")" | ",")
        && PARTIES.binary_search(&features.phrase(name.clone()).as_str()).is_ok()
}

/// The start of a name behind the short name of a party: "(Con, | Tarn North)".
pub(crate) fn start_behind_party(features: &Features, name: &Range<usize>) -> usize {
    let party = name.start..name.start + 1;
    let is_led = name.len() > 2 && features.form(party.end) == "," && is_party(features, &party);
    if is_led { name.start + 2 } else { name.start }
}

/// Whether a name is the exchange or the sign of a share: "LSE" and "QUAY" in "(LSE: QUAY)", "(Nasdaq: QUAY)".
fn is_ticker(features: &Features, name: &Range<usize>) -> bool {
    let is_sign = |at: usize| features.get(at).is_some_and(|it| it.shape == WordShape::Uppercase);
    // "(Photo: AFP)" is a credit.
    let is_exchange = |at: usize| features.is_capitalized(at) && features.lowercase_classes(at).is_empty();
    let is_pair = |colon: usize| {
        features.form(colon) == ":"
            && is_sign(colon + 1)
            && colon > 1
            && is_exchange(colon - 1)
            && features.form(colon - 2) == "("
            && features.form(colon + 2) == ")"
    };
    name.len() == 1 && (is_pair(name.end) || name.start > 0 && is_pair(name.start - 1))
}

/// The candidates in which the name of a party has the bracket with its faction, which is no name of its own: "Varr Congress | (M)".
pub(crate) fn with_factions(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for mut candidate in candidates {
        if kept.last().is_some_and(|it| it.tokens.end > candidate.tokens.start) {
            continue;
        }
        if let Some(close) = faction_end(features, &candidate.tokens).filter(|_| candidate.title.is_none()) {
            candidate = Candidate::organization(candidate.tokens.start..close + 1);
        }
        kept.push(candidate);
    }
    kept
}

/// The token that closes the bracket with a faction behind the name of a party. The short form of the name is none: "African Democratic
/// Congress (ADC)".
fn faction_end(features: &Features, party: &Range<usize>) -> Option<usize> {
    let open = party.end;
    let word = features.doc.word(open - 1);
    let is_party = word == "Party" || PARTIES_WITH_FACTIONS.binary_search(&word).is_ok();
    if !is_party || features.form(open) != "(" {
        return None;
    }
    let close = (open + 2..=open + 1 + MAX_FACTION_WORDS).find(|it| features.form(*it) == ")")?;
    let faction = open + 1..close;
    let initials: String = context::initials(features, party).into_iter().collect();
    let is_short_form = features.doc.word(faction.start) == initials;
    let is_listed = features.lexicon.classes(&features.phrase(faction.clone())).is_place();
    let are_capitals = faction.clone().all(|it| features.is_capitalized(it));
    // "Labour Party (PT)": letters behind "Party" are a short form in some language.
    let is_acronym =
        word == "Party" && features.get(faction.start).is_some_and(|it| it.shape == WordShape::Uppercase);
    (are_capitals && !is_acronym && !is_short_form && !is_listed).then_some(close)
}
