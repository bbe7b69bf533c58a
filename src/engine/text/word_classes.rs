//! Closed word classes of English: the rules read a clause by them instead of parsing it. All words are in lower case.

/// A personal pronoun that can be a subject by itself ("she").
pub(crate) fn is_pronoun(word: &str) -> bool {
    const WORDS: &[&str] = &["he", "i", "it", "she", "they", "we", "you"];
    WORDS.binary_search(&word).is_ok()
}

/// A word that begins a noun phrase ("the", "her", "several").
pub(crate) fn is_determiner(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "all", "an", "another", "any", "both", "each", "either", "every", "few", "her", "his", "its",
        "many", "most", "my", "neither", "no", "nobody", "one", "other", "our", "several", "some",
        "somebody", "someone", "such", "that", "the", "their", "these", "this", "those", "three", "two",
        "your",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// A conjunction or adverb that links a sentence to the one before, outside of its first phrase ("But | the mayor").
pub(crate) fn is_leading_connective(word: &str) -> bool {
    const WORDS: &[&str] = &["and", "but", "however", "meanwhile", "nor", "still", "yet"];
    WORDS.binary_search(&word).is_ok()
}

/// Words that have no capital inside a title.
const SMALL_TITLE_WORDS: &[&str] =
    &["a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"];

/// A word that has no capital within a title ("How Towns Got Left **in the** Cold").
pub(crate) fn is_small_title_word(word: &str) -> bool {
    SMALL_TITLE_WORDS.binary_search(&word).is_ok()
}

/// A helping verb ("has", "would").
pub(crate) fn is_auxiliary(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "are", "be", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may",
        "might", "must", "shall", "should", "was", "were", "will", "would",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// A word that negates a verb ("did not say", "never said").
pub(crate) fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "nothing" | "neither" | "cannot" | "without")
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

/// A word that may stand between a subject and its verb ("she later said").
pub(crate) fn is_adverb(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "again",
        "also",
        "always",
        "earlier",
        "even",
        "ever",
        "first",
        "further",
        "herself",
        "himself",
        "itself",
        "just",
        "last",
        "later",
        "now",
        "often",
        "once",
        "simply",
        "since",
        "sometimes",
        "soon",
        "still",
        "themselves",
        "then",
        "today",
        "twice",
        "yesterday",
    ];
    /// Words that end as an adverb does and are none.
    const EXCEPTIONS: &[&str] = &[
        "ally", "assembly", "billy", "daily", "emily", "family", "italy", "july", "kelly", "reilly", "reply",
        "weekly",
    ];
    let has_ending = word.len() > 4 && word.ends_with("ly") && EXCEPTIONS.binary_search(&word).is_err();
    has_ending || WORDS.binary_search(&word).is_ok()
}

/// A word that joins or begins clauses, and so bounds a subject ("because", "which").
pub(crate) fn is_clause_boundary(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "although", "as", "because", "but", "if", "nor", "or", "so", "than", "that", "then", "there",
        "though", "unless", "until", "what", "whatever", "when", "where", "whereas", "whether", "which",
        "while", "who", "whom", "whose", "why", "yet",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// A preposition ("within").
pub(crate) fn is_preposition(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "about",
        "above",
        "across",
        "after",
        "against",
        "ahead",
        "along",
        "amid",
        "among",
        "around",
        "at",
        "before",
        "behind",
        "below",
        "between",
        "by",
        "despite",
        "during",
        "following",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "like",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "since",
        "through",
        "throughout",
        "to",
        "toward",
        "towards",
        "under",
        "upon",
        "via",
        "with",
        "within",
        "without",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// A word that begins the complement of a noun ("a spokesman for the ministry", "residents of the village").
pub(crate) fn begins_noun_complement(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "against", "at", "behind", "by", "close", "familiar", "for", "from", "in", "inside", "near", "of",
        "on", "to", "with",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// A verb whose form may be the past tense ("walked", "left").
pub(crate) fn is_past_tense(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "became", "began", "brought", "came", "chose", "cut", "fell", "found", "gave", "got", "held", "kept",
        "left", "lost", "made", "met", "paid", "put", "ran", "said", "sat", "sent", "set", "sold", "stood",
        "threw", "told", "took", "went", "won", "wrote",
    ];
    let is_regular = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    is_regular || WORDS.binary_search(&word).is_ok()
}

/// A dash of any length.
pub(crate) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "―" | "--" | "---")
}

/// A word that says when ("said Monday", "said yesterday").
pub(crate) fn is_time_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "afterwards",
        "again",
        "earlier",
        "friday",
        "last",
        "late",
        "later",
        "monday",
        "next",
        "now",
        "recently",
        "saturday",
        "separately",
        "sunday",
        "this",
        "thursday",
        "today",
        "tomorrow",
        "tonight",
        "tuesday",
        "wednesday",
        "yesterday",
    ];
    WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_belongs_to_its_class() {
        for (word, class) in [
            ("she", is_pronoun as fn(&str) -> bool),
            ("the", is_determiner),
            ("with", is_small_title_word),
            ("would", is_auxiliary),
            ("didn't", is_negation),
            ("repeatedly", is_adverb),
            ("also", is_adverb),
            ("while", is_clause_boundary),
            ("within", is_preposition),
            ("left", is_past_tense),
            ("yesterday", is_time_word),
        ] {
            assert!(class(word), "{word}");
            assert!(!class("river"), "{word}");
        }
        assert!(!is_adverb("family"));
        assert!(SMALL_TITLE_WORDS.is_sorted());
    }
}
