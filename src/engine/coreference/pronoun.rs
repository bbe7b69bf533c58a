//! Third-person and relative pronouns, and the gender that they imply.

use crate::engine::entities::Gender;

/// A pronoun that can be a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    He,
    She,
    They,
    /// "both", "the two": people who were named together.
    Both,
    It,
    Who,
}

impl Pronoun {
    /// The pronoun of a word in lower case, in any of its forms ("him"); `None` for other words.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "he" | "him" | "his" | "himself" => Self::He,
            "she" | "her" | "hers" | "herself" => Self::She,
            "they" | "them" | "their" | "themselves" => Self::They,
            "it" | "its" | "itself" => Self::It,
            "who" | "which" | "that" | "whose" | "whom" => Self::Who,
            _ => return None,
        })
    }

    /// The gender that the pronoun implies; `None` if it implies none.
    pub(crate) fn gender(self) -> Option<Gender> {
        match self {
            Self::He => Some(Gender::Male),
            Self::She => Some(Gender::Female),
            _ => None,
        }
    }
}

/// Whether a word after "the" means some people who were named together: "the two", "the couple".
pub(crate) fn is_number_of_people(word: &str) -> bool {
    matches!(word, "two" | "three" | "four" | "pair" | "duo" | "trio" | "couple")
}
