//! The closed word classes of English, by which a clause is read without a parser. Words are given in lower case.

/// "he", "she": the word alone can speak.
pub(crate) fn is_pronoun(word: &str) -> bool {
    const WORDS: &[&str] = &["he", "i", "it", "she", "they", "we", "you"];
    WORDS.binary_search(&word).is_ok()
}

/// A word that begins a noun phrase.
pub(crate) fn is_determiner(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "all", "an", "another", "any", "both", "each", "either", "every", "few", "her", "his", "its",
        "many", "most", "my", "neither", "no", "nobody", "one", "other", "our", "several", "some",
        "somebody", "someone", "such", "that", "the", "their", "these", "this", "those", "three", "two",
        "your",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// A helping verb, or the "not" that goes with one.
pub(crate) fn is_auxiliary(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "are", "be", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may",
        "might", "must", "shall", "should", "was", "were", "will", "would",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// A word that says no: "did not say", "never said".
pub(crate) fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "nothing" | "neither" | "cannot" | "without")
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

/// A word that may stand between a subject and its verb.
pub(crate) fn is_adverb(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "again",
        "all",
        "also",
        "always",
        "at",
        "both",
        "earlier",
        "even",
        "ever",
        "first",
        "further",
        "himself",
        "herself",
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
        "then",
        "themselves",
        "today",
        "twice",
        "yesterday",
    ];
    (word.len() > 4
        && word.ends_with("ly")
        && !matches!(
            word,
            "family"
                | "italy"
                | "assembly"
                | "july"
                | "reply"
                | "ally"
                | "emily"
                | "kelly"
                | "billy"
                | "reilly"
                | "daily"
                | "weekly"
        ))
        || (WORDS.contains(&word) && word != "at" && word != "all" && word != "both")
}

/// A word that joins or begins clauses, and so bounds a subject.
pub(crate) fn is_clause_boundary(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "although", "as", "because", "but", "if", "nor", "or", "so", "than", "that", "then", "there",
        "though", "unless", "until", "what", "whatever", "when", "where", "whereas", "whether", "which",
        "while", "who", "whom", "whose", "why", "yet",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// A preposition; inside a noun phrase it begins a complement.
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

/// A preposition that ties a complement to its noun: "a spokesman for the ministry", "residents of the village".
pub(crate) fn begins_noun_complement(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "from"
            | "at"
            | "in"
            | "with"
            | "to"
            | "on"
            | "near"
            | "inside"
            | "behind"
            | "by"
            | "against"
            | "close"
            | "familiar"
    )
}

/// A verb in the past, by its form: "walked", "left".
pub(crate) fn is_past_tense(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "became", "began", "brought", "came", "chose", "cut", "fell", "found", "gave", "got", "held", "kept",
        "left", "lost", "made", "met", "paid", "put", "ran", "said", "sat", "sent", "set", "sold", "stood",
        "threw", "told", "took", "went", "won", "wrote",
    ];
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") || WORDS.binary_search(&word).is_ok()
}

/// A dash, in any of its lengths.
pub(crate) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "―" | "--" | "---")
}

/// A word that says when: "said Monday", "said yesterday".
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
    }
}
