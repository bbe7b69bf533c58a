//! A clause → its cues: the verbs and phrases by which somebody is said to speak.

use std::collections::HashMap;
use std::ops::Range;

use crate::engine::text::clause::ClauseView;
use crate::engine::text::word_classes;

/// What may follow a cue verb for it to report speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CueStrength {
    /// A bare clause: "she said the river was clean".
    BareClause,
    /// "that", a quote, or nothing where the words stand before it.
    ThatClause,
    /// A quote only: "she smiled".
    QuoteOnly,
}

/// The cue verbs in all their forms.
#[derive(Debug)]
pub(crate) struct CueVerbs(HashMap<&'static str, CueStrength>);

impl CueVerbs {
    /// The lists that are built in.
    pub(crate) fn embedded() -> Self {
        let lists = [
            (
                CueStrength::BareClause,
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/cues.txt")),
            ),
            (
                CueStrength::ThatClause,
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/cues-that.txt")),
            ),
            (
                CueStrength::QuoteOnly,
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/cues-marked.txt")),
            ),
        ];
        let words = |(strength, list): (CueStrength, &'static str)| {
            list.lines().filter(|it| !it.starts_with('#')).map(move |it| (it, strength))
        };
        Self(lists.into_iter().flat_map(words).collect())
    }

    /// How strong a cue a word (in lower case) is, if it is one.
    pub(crate) fn strength(&self, word: &str) -> Option<CueStrength> {
        self.0.get(word).copied()
    }
}

/// One cue in a clause, by the items that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    /// Helping verbs and adverbs before the verb with it: "has also said".
    pub(crate) items: Range<usize>,
    /// The verb itself.
    pub(crate) verb: usize,
    pub(crate) strength: CueStrength,
    pub(crate) form: CueForm,
}

/// How a cue stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueForm {
    /// A verb of its own: "said".
    Verb,
    /// "…, adding": it borrows its subject.
    Participle,
    /// "was quoted as saying": its subject stands before the whole.
    Quoted,
    /// "according to".
    Phrase,
}

/// The cues of a clause, in reading order. Refused and denied speech ("did not
/// say", "declined to say") and nouns ("the report", "her claims") are none.
pub(crate) fn find_cues(clause: ClauseView, verbs: &CueVerbs) -> Vec<Cue> {
    (0..clause.items.len())
        .filter_map(|at| phrase_cue(clause, at).or_else(|| verb_cue(clause, verbs, at)))
        .collect()
}

fn phrase_cue(clause: ClauseView, at: usize) -> Option<Cue> {
    let words = |count: usize| (at..at + count).map(|it| clause.lower(it)).collect::<Vec<_>>().join(" ");
    let length = match clause.lower(at).as_str() {
        "according" if words(2) == "according to" => 2,
        "in" if words(4) == "in the words of" => 4,
        _ => return None,
    };
    Some(Cue { items: at..at + length, verb: at, strength: CueStrength::BareClause, form: CueForm::Phrase })
}

fn verb_cue(clause: ClauseView, verbs: &CueVerbs, at: usize) -> Option<Cue> {
    let word = clause.lower(at);
    let put = matches!(word.as_str(), "put" | "puts") && clause.lower(at + 1) == "it";
    let strength = if put { CueStrength::QuoteOnly } else { verbs.strength(&word)? };
    let mut start = at;
    while start > 0 && {
        let before = clause.lower(start - 1);
        !clause.is_capitalized(start - 1)
            && (word_classes::is_auxiliary(&before) || word_classes::is_adverb(&before))
            || word_classes::is_negation(&before)
    } {
        start -= 1;
    }
    let helpers: Vec<String> = (start..at).map(|it| clause.lower(it)).collect();
    if helpers.iter().any(|it| word_classes::is_negation(it)) {
        return None;
    }
    let before = start.checked_sub(1).map(|it| clause.lower(it)).unwrap_or_default();
    let participle = word.ends_with("ing") && !matches!(word.as_str(), "sing" | "bring");
    if before == "as"
        && participle
        && start >= 2
        && matches!(clause.lower(start - 2).as_str(), "quoted" | "cited")
    {
        return quoted_as_cue(clause, at, start - 2, strength);
    }
    if before == "to"
        || word_classes::is_determiner(&before) && before != "that" && before != "all"
        || matches!(before.as_str(), "'s" | "’s" | "'" | "’")
    {
        let went_on =
            before == "to" && start >= 2 && matches!(clause.lower(start - 2).as_str(), "on" | "continued");
        return went_on.then(|| Cue { items: start - 2..at + 1, verb: at, strength, form: CueForm::Verb });
    }
    let being = helpers
        .iter()
        .any(|it| matches!(it.as_str(), "is" | "are" | "was" | "were" | "be" | "been" | "being"));
    if participle && !being {
        // "She left, saying" and "while saying" report; "the saying" does not.
        let free = matches!(
            before.as_str(),
            "," | "and" | "while" | "by" | "before" | "after" | "in" | "" | "when" | "without"
        ) || clause.quote_at(start.wrapping_sub(1)).is_some();
        let refused = before == "without";
        return (free && !refused).then_some(Cue {
            items: at..at + 1,
            verb: at,
            strength,
            form: CueForm::Participle,
        });
    }
    // "was told", "is said to": somebody else speaks, and the clause does not say who.
    if being && !participle {
        return None;
    }
    if put {
        return Some(Cue { items: start..at + 2, verb: at, strength, form: CueForm::Verb });
    }
    let called_on = word_classes::is_preposition(&before) && !clause.is_capitalized(start - 1);
    (!called_on).then_some(Cue { items: start..at + 1, verb: at, strength, form: CueForm::Verb })
}

/// "was quoted as saying", of which `quoted` is the place of "quoted".
fn quoted_as_cue(clause: ClauseView, verb: usize, quoted: usize, strength: CueStrength) -> Option<Cue> {
    let helps = |at: &usize| {
        word_classes::is_auxiliary(&clause.lower(*at)) || word_classes::is_adverb(&clause.lower(*at))
    };
    let start = (0..quoted).rev().take_while(helps).last()?;
    Some(Cue { items: start..verb + 1, verb, strength, form: CueForm::Quoted })
}
