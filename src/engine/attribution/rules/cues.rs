//! Cues: the verbs and phrases of a clause that report speech.

use std::collections::HashMap;
use std::ops::Range;

use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::{entries_with_notes, word_list_text};

/// The content that a cue verb needs after it to report speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CueStrength {
    /// A bare clause: "she said the river was clean".
    BareClause,
    /// "that", a quotation, or nothing where the content comes first.
    ThatClause,
    /// A quotation only: "she smiled".
    QuoteOnly,
}

/// A person who is quoted "as saying" something has at most this many items.
const MAX_QUOTED_PERSON_ITEMS: usize = 16;

/// The cue verbs in all forms, with the content that each needs.
#[derive(Debug)]
pub(crate) struct CueVerbs(HashMap<&'static str, CueStrength>);

impl CueVerbs {
    /// The built-in lists of `assets/lexicon`.
    pub(crate) fn embedded() -> Self {
        let lists = [
            (CueStrength::BareClause, word_list_text!("cues-bare-clause")),
            (CueStrength::ThatClause, word_list_text!("cues-that-clause")),
            (CueStrength::QuoteOnly, word_list_text!("cues-quotation")),
        ];
        let words = |(strength, list): (CueStrength, &'static str)| {
            entries_with_notes(list).map(move |it| (it.0, strength))
        };
        Self(lists.into_iter().flat_map(words).collect())
    }

    /// The strength of a word (in lower case) as a cue; `None` where it is none.
    pub(crate) fn strength(&self, word: &str) -> Option<CueStrength> {
        self.0.get(word).copied()
    }
}

/// A cue as a range of items of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    /// The verb with the auxiliaries and adverbs before it: "has also said".
    pub(crate) items: Range<usize>,
    /// The item of the verb, or the first item of a phrase.
    pub(crate) verb: usize,
    pub(crate) strength: CueStrength,
    pub(crate) form: CueForm,
}

/// The grammatical form of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueForm {
    /// A finite verb: "said".
    Verb,
    /// A participle that shares the subject of another verb: "…, adding".
    Participle,
    /// "was quoted as saying", "quotes him as saying": the source is who is quoted.
    Quoted,
    /// "according to", "in the words of".
    Phrase,
}

/// The cues of a clause in reading order. Refusals and denials ("did not say", "declined to say") and nouns ("the
/// report", "her claims") are no cues.
pub(crate) fn find_cues(clause: ClauseView, verbs: &CueVerbs) -> Vec<Cue> {
    (0..clause.items.len())
        .filter_map(|item| phrase_cue(clause, item).or_else(|| verb_cue(clause, verbs, item)))
        .collect()
}

/// "according to", "in the words of" or "as stated in" at an item.
fn phrase_cue(clause: ClauseView, item: usize) -> Option<Cue> {
    let next = |count: usize| (item..item + count).map(|it| clause.lower(it)).collect::<Vec<_>>().join(" ");
    let length = match clause.lower(item).as_str() {
        "according" if next(2) == "according to" => 2,
        "in" if matches!(next(4).as_str(), "in the opinion of" | "in the view of" | "in the words of") => 4,
        "as" if matches!(
            next(3).as_str(),
            "as stated in" | "as noted in" | "as reported by" | "as noted by"
        ) =>
        {
            3
        }
        _ => return None,
    };
    Some(Cue {
        items: item..item + length,
        verb: item,
        strength: CueStrength::BareClause,
        form: CueForm::Phrase,
    })
}

/// The cue whose verb is the word at `verb`.
fn verb_cue(clause: ClauseView, verbs: &CueVerbs, verb: usize) -> Option<Cue> {
    let word = clause.lower(verb);
    let is_put_it = matches!(word.as_str(), "put" | "puts") && clause.lower(verb + 1) == "it";
    let strength = if is_put_it { CueStrength::QuoteOnly } else { verbs.strength(&word)? };
    // "“Not a thing,” | Hope | said": a name.
    let is_name = clause.is_capitalized(verb)
        && clause.is(verb + 1, LexicalClass::SpeechVerb)
        && !clause.is_capitalized(verb + 1);
    if is_name {
        return None;
    }
    let start = first_helper(clause, verb);
    let mut helpers = start..verb;
    if helpers.clone().any(|it| clause.is(it, LexicalClass::Negation)) {
        return None;
    }
    let before_is = |class: LexicalClass| start > 0 && clause.is(start - 1, class);
    let before = start.checked_sub(1).map(|it| clause.lower(it)).unwrap_or_default();
    let is_participle = word.ends_with("ing") && !matches!(word.as_str(), "sing" | "bring");
    let two_before = start.checked_sub(2).map(|it| clause.lower(it)).unwrap_or_default();
    if before == "as"
        && is_participle
        && let Some(cue) = cue_behind_as(clause, verb, start, strength)
    {
        return Some(cue);
    }
    if quotes_person_as_saying(clause, verb) {
        return None;
    }
    if before == "to" || begins_noun_phrase(clause, start) {
        let first = start.checked_sub(3).map(|it| clause.lower(it)).unwrap_or_default();
        let went_on = match two_before.as_str() {
            "on" => matches!(first.as_str(), "went" | "goes" | "go" | "going").then(|| start - 3),
            "continued" | "continues" => Some(start - 2),
            _ => None,
        };
        return went_on.filter(|_| before == "to").map(|it| Cue {
            items: it..verb + 1,
            verb,
            strength,
            form: CueForm::Verb,
        });
    }
    let has_be = helpers.any(|it| clause.is(it, LexicalClass::FormOfBe));
    if is_participle && !has_be {
        // "She left, saying" and "while saying" report; "the saying" does not.
        let is_adverbial = before.is_empty()
            || before_is(LexicalClass::ParticipleOpener)
            || clause.quote_at(start.wrapping_sub(1)).is_some();
        return is_adverbial.then_some(Cue {
            items: verb..verb + 1,
            verb,
            strength,
            form: CueForm::Participle,
        });
    }
    // "was told", "is said to": a passive, whose clause does not name the source.
    if has_be && !is_participle {
        return None;
    }
    let follows_preposition = before_is(LexicalClass::Preposition) && !clause.is_capitalized(start - 1);
    if follows_preposition && !is_put_it {
        return None;
    }
    let is_point_out = word.starts_with("point") && clause.lower(verb + 1) == "out";
    let end = verb + 1 + usize::from(is_put_it || is_point_out);
    Some(Cue { items: start..end, verb, strength, form: CueForm::Verb })
}

/// The first of the auxiliaries, adverbs and negations directly before a verb; the verb itself where there are none.
pub(super) fn first_helper(clause: ClauseView, verb: usize) -> usize {
    let is_helper = |item: &usize| {
        let helps = clause.is(*item, LexicalClass::Auxiliary) || clause.is(*item, LexicalClass::Adverb);
        !clause.is_capitalized(*item) && helps || clause.is(*item, LexicalClass::Negation)
    };
    (0..verb).rev().take_while(is_helper).last().unwrap_or(verb)
}

/// Whether the helpers of a verb leave it a fact about its subject: "has called", but not "has not called", "was called" and "could
/// call".
pub(super) fn are_plain_helpers(clause: ClauseView, mut helpers: Range<usize>) -> bool {
    use LexicalClass::{FormOfBe, ModalOfPossibility, Negation};
    !helpers.any(|it| [Negation, FormOfBe, ModalOfPossibility].iter().any(|class| clause.is(it, *class)))
}

/// Whether the item before `item` makes a noun of it: "the report", "Lee's claims".
fn begins_noun_phrase(clause: ClauseView, item: usize) -> bool {
    let Some(before) = item.checked_sub(1) else { return false };
    let is_pronoun = matches!(clause.lower(before).as_str(), "that" | "all");
    clause.is(before, LexicalClass::Determiner) && !is_pronoun
        || matches!(clause.word(before), "'s" | "’s" | "'" | "’")
}

/// The item of the verb that quotes the person named directly before "as", at an item: "The Herald | quotes | skipper Bo Ray as".
fn quoting_verb(clause: ClauseView, as_item: usize) -> Option<usize> {
    let quotes = |item: &usize| matches!(clause.word(*item), "quotes" | "quoted" | "cites" | "cited");
    let start = as_item.saturating_sub(MAX_QUOTED_PERSON_ITEMS);
    let verb = (start..as_item).rev().take_while(|it| clause.is_word(*it)).find(quotes)?;
    (verb + 1 < as_item && verb > 0 && !follows_be(clause, verb)).then_some(verb)
}

/// Whether a form of "be" stands among the helpers of a participle: "was | quoted", "has been | cited".
fn follows_be(clause: ClauseView, participle: usize) -> bool {
    let helpers = first_helper(clause, participle)..participle;
    helpers.into_iter().any(|it| clause.is(it, LexicalClass::FormOfBe))
}

/// The item of the passive participle before the phrases with which "as" at an item goes on: "was | quoted | by the Herald on Monday as
/// saying".
fn passive_before_phrase(clause: ClauseView, as_item: usize) -> Option<usize> {
    let is_participle = |item: &usize| matches!(clause.word(*item), "quoted" | "cited");
    let start = as_item.saturating_sub(MAX_QUOTED_PERSON_ITEMS);
    let participle = (start..as_item).rev().find(is_participle)?;
    let begins_phrase =
        |item: usize| clause.is(item, LexicalClass::Preposition) || clause.is(item, LexicalClass::TimeWord);
    (begins_phrase(participle + 1) && follows_be(clause, participle)).then_some(participle)
}

/// Whether the verb at an item quotes a person "as saying" something, so that it is theirs.
pub(super) fn quotes_person_as_saying(clause: ClauseView, verb: usize) -> bool {
    let mut behind = verb + 2..clause.items.len().min(verb + 1 + MAX_QUOTED_PERSON_ITEMS);
    let as_item = behind.find(|it| clause.word(*it) == "as");
    as_item.is_some_and(|it| quoting_verb(clause, it) == Some(verb) && clause.lower(it + 1).ends_with("ing"))
}

/// The person who is quoted directly before "as" at an item: "The Herald quotes | skipper Bo Ray | as saying". `None` where that is no such
/// "as".
pub(super) fn person_quoted(clause: ClauseView, as_item: usize) -> Option<Range<usize>> {
    let verb = quoting_verb(clause, as_item).filter(|_| clause.word(as_item) == "as")?;
    Some(verb + 1..as_item)
}

/// The cue whose verb is a participle behind "as" where somebody is quoted so: "was quoted | as saying", "quotes Ann Lee | as saying". `start`
/// is the first item behind "as".
fn cue_behind_as(clause: ClauseView, verb: usize, start: usize, strength: CueStrength) -> Option<Cue> {
    let as_item = start - 1;
    let directly = as_item.checked_sub(1).filter(|it| matches!(clause.word(*it), "quoted" | "cited"));
    if let Some(quoted) = directly.or_else(|| passive_before_phrase(clause, as_item)) {
        return quoted_as_cue(clause, verb, quoted, strength);
    }
    quoting_verb(clause, as_item)?;
    Some(Cue { items: as_item..verb + 1, verb, strength, form: CueForm::Quoted })
}

/// "was quoted as saying"; `quoted` is the item of "quoted".
fn quoted_as_cue(clause: ClauseView, verb: usize, quoted: usize, strength: CueStrength) -> Option<Cue> {
    let is_helper =
        |item: &usize| clause.is(*item, LexicalClass::Auxiliary) || clause.is(*item, LexicalClass::Adverb);
    let start = (0..quoted).rev().take_while(is_helper).last()?;
    let is_denied = (start..quoted).any(|it| clause.is(it, LexicalClass::Negation));
    (!is_denied).then_some(Cue { items: start..verb + 1, verb, strength, form: CueForm::Quoted })
}
