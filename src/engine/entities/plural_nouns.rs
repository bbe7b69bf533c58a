//! Plural nouns: words that open a sentence as plurals, which are no names: "Interviewees spoke", "Progressives have waited".

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::segmentation::Candidate;
use crate::word_list::word_list;

/// How many letters a plural has at least.
const MIN_LETTERS: usize = 6;

/// Whether a candidate of one word that no list has ends as a plural, has its capital because it opens a sentence, and has an ending that
/// surnames lack or a verb of several behind it. A surname may end in "s" too: "Rodriks | has".
pub(crate) fn is_plural_noun(features: &Features, candidate: &Candidate) -> bool {
    const ENDINGS: &[&str] = &word_list!("endings-of-plurals");
    let at = candidate.tokens.start;
    let (word, behind) = (features.doc.word(at), features.form(at + 1));
    let is_of_many = matches!(behind, "are" | "were" | "have");
    let has_ending = ENDINGS.iter().any(|it| word.ends_with(it));
    let is_opening =
        features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase && it.is_capital_forced);
    candidate.scores.best().0 != EntityKind::Place
        && candidate.title.is_none()
        && is_opening
        && word.ends_with('s')
        && !word.ends_with("ss")
        && word.chars().count() >= MIN_LETTERS
        && (has_ending || is_of_many)
        && !matches!(behind, "'s" | "’s")
        && features.classes(at).is_empty()
        && !features.follows_capital(at)
}
