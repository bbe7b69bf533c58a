//! Text analysis without a model: tokens, sentences, quotation marks, clauses, the lexicon and word classes.

pub(crate) mod abbreviations;
pub(crate) mod clause;
pub(crate) mod covered_spans;
pub(crate) mod document;
pub(crate) mod hash_map;
pub(crate) mod letter_case;
pub(crate) mod lexicon;
pub(crate) mod owners;
pub(crate) mod quotation_marks;
pub(crate) mod sentences;
pub(crate) mod time_phrases;
pub(crate) mod tokens;
pub(crate) mod work_titles;
