//! Tags in brackets that are no names of their own: a politician's party "(Lab)", a company's ticker "(LSE: QUAY)".

use std::ops::Range;

use crate::engine::entities::features::{Features, WordShape};
use crate::word_list::word_list;

/// Short names of parties.
const PARTIES: &[&str] = &word_list!("bracketed-party-tags");

/// Whether a name is the tag of a party or belongs to that of a company.
pub(crate) fn is_tag(features: &Features, name: &Range<usize>) -> bool {
    is_party(features, name) || is_ticker(features, name)
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
