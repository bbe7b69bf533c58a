//! Introductions: sentences without a verb of saying whose colon announces a quotation ("Her father was blunt: “No.”").

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::Attribution;
use crate::engine::attribution::assertion;
use crate::engine::attribution::rules::{CueVerbs, sources};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::word_list;

/// Nouns for what somebody says, whose owner speaks: "Her answer was short: “No.”"
const SPOKEN_THINGS: &[&str] = &word_list!("spoken-things");
/// The confidence where the subject of the introduction can speak.
const INTRODUCED_CONFIDENCE: f32 = 0.95;
/// The confidence where it cannot, so that nobody is named.
const UNNAMED_CONFIDENCE: f32 = 0.3;
/// How many items an introduction may have before its colon.
const MAX_ITEMS: usize = 40;

/// The quotation that the colon of a clause without a cue announces. Its source is the subject of the clause, or the owner
/// of the answer that the subject is; there is none where the subject is another thing: "The sign was clear: “Keep out.”"
///
/// `None` where no quotation follows a colon directly, or where the words before it are no sentence with a subject.
pub(super) fn introduced_speech(clause: ClauseView, verbs: &CueVerbs) -> Option<Attribution> {
    let colon = (2..clause.items.len().min(MAX_ITEMS)).find(|it| clause.word(*it) == ":")?;
    let quote = clause.quote_at(colon + 1)?;
    if clause.first_quote_in(0..colon).is_some() {
        return None;
    }
    if let Some((source, verb)) = absolute_speaker(clause, verbs, colon) {
        return Some(Attribution {
            source: Some(clause.span(source)),
            cue: Some(clause.span(verb..colon)),
            contents: vec![quote.span],
            rule: AttributionRule::SpeakerThenCue,
            act: Act::Speech,
            confidence: INTRODUCED_CONFIDENCE,
        });
    }
    let (subject, verb) = subject_and_verb(clause, colon)?;
    if has_other_subject(clause, subject.start, verb..colon) {
        return None;
    }
    let source = match introducer(clause, subject) {
        Introducer::Speaker(items) => Some(items),
        Introducer::Thing => beneficiary(clause),
        Introducer::Nobody => Some(beneficiary(clause)?),
    };
    let is_named = source.is_some();
    Some(Attribution {
        source: source.map(|it| clause.span(it)),
        cue: Some(clause.span(verb..colon)),
        contents: vec![quote.span],
        rule: if is_named { AttributionRule::SpeakerThenCue } else { AttributionRule::Unknown },
        act: Act::Speech,
        confidence: if is_named { INTRODUCED_CONFIDENCE } else { UNNAMED_CONFIDENCE },
    })
}

/// The noun phrase between "with" and a participle of saying, and the participle: "The vote changed nothing, with | one neighbour |
/// asking:".
fn absolute_speaker(clause: ClauseView, verbs: &CueVerbs, colon: usize) -> Option<(Range<usize>, usize)> {
    let is_saying =
        |item: &usize| clause.word(*item).ends_with("ing") && verbs.strength(clause.word(*item)).is_some();
    let verb = (2..colon).rev().find(is_saying)?;
    let with = (0..verb).rev().find(|it| clause.lower(*it) == "with")?;
    (verb > with + 1).then_some((with + 1..verb, verb))
}

/// The subject of the words before a colon, and their first verb.
fn subject_and_verb(clause: ClauseView, colon: usize) -> Option<(Range<usize>, usize)> {
    let is_lowercase = |item: usize| clause.word(item).starts_with(char::is_lowercase);
    let is_finite = |item: &usize| {
        is_lowercase(*item)
            && (clause.is(*item, LexicalClass::Auxiliary) || clause.is(*item, LexicalClass::PastTense))
    };
    // "The coach takes another view:", if no other form is a verb for sure.
    let may_be_present = |item: &usize| {
        let word = clause.word(*item);
        is_lowercase(*item) && word.ends_with('s') && !word.ends_with("ss")
    };
    let with_subject = |verb: usize| sources::source_before_cue(clause, verb).map(|it| (it, verb));
    // "His deputy, Ann Lee, struck another tone:": the first word after a name or an apposition.
    let follows_name = |item: &usize| {
        is_lowercase(*item)
            && (clause.is_capitalized(item - 1) || clause.word(item - 1) == ",")
            && !clause.is(*item, LexicalClass::Preposition)
            && !clause.is(*item, LexicalClass::Determiner)
            && !clause.is(*item, LexicalClass::ClauseBoundary)
    };
    let finite = (1..colon).filter(is_finite).find_map(with_subject);
    finite
        .or_else(|| (2..colon).filter(follows_name).find_map(with_subject))
        .or_else(|| (1..colon).filter(may_be_present).find_map(with_subject))
}

/// Whether another subject stands after the verb, which may be the one that speaks: "She was so upset that I had to say:".
fn has_other_subject(clause: ClauseView, subject: usize, predicate: Range<usize>) -> bool {
    let is_other = |item: usize| {
        clause.is(item, LexicalClass::SubjectPronoun)
            && clause.lower(item) != "it"
            && clause.lower(item) != clause.lower(subject)
    };
    predicate.into_iter().any(is_other)
}

/// The name in a phrase with "for" that opens a clause: "For Lena Holt, | the choice was simple". `None` where there is none.
fn beneficiary(clause: ClauseView) -> Option<Range<usize>> {
    let start = usize::from(matches!(clause.lower(0).as_str(), "but" | "and" | "yet"));
    let name = start + 1;
    let end = (name..clause.items.len()).find(|it| !clause.is_capitalized(*it))?;
    (clause.lower(start) == "for" && end > name && clause.word(end) == ",").then_some(name..end)
}

/// What the subject of an introduction is.
enum Introducer {
    /// Somebody who speaks, or the owner of an answer that the subject is.
    Speaker(Range<usize>),
    /// A thing: "the sign".
    Thing,
    /// "it" or "there", after which the last speaker goes on; or a time.
    Nobody,
}

/// What the subject of a clause that announces a quotation is.
fn introducer(clause: ClauseView, subject: Range<usize>) -> Introducer {
    let head = head_of(clause, subject.clone());
    let word = clause.lower(head);
    let is_empty = matches!(word.as_str(), "it" | "there" | "this" | "that" | "what" | "which" | "you");
    if is_empty || clause.is(head, LexicalClass::Calendar) || clause.is(head, LexicalClass::TimeWord) {
        return Introducer::Nobody;
    }
    if SPOKEN_THINGS.binary_search(&word.as_str()).is_ok() {
        return owner_of(clause, subject.start..head).map_or(Introducer::Thing, Introducer::Speaker);
    }
    // The first word of a sentence has its capital anyway.
    let is_common = head == 0 && clause.is(head, LexicalClass::CommonWord);
    let is_named = clause.is_capitalized(head) && !is_common;
    let has_voice = || clause.token(head).is_some_and(|it| assertion::is_noun_with_voice(clause.doc, it));
    if is_named || has_voice() { Introducer::Speaker(subject) } else { Introducer::Thing }
}

/// The last word of the noun phrase with which a subject begins: "predecessor" in "Her predecessor, Karl Dorn".
fn head_of(clause: ClauseView, subject: Range<usize>) -> usize {
    let ends_head = |item: &usize| {
        let is_first = *item == subject.start;
        !is_first
            && (!clause.is_word(*item) && !matches!(clause.word(*item), "'s" | "’s" | "-")
                || clause.is(*item, LexicalClass::Preposition)
                || matches!(clause.lower(*item).as_str(), "who" | "which" | "that"))
    };
    subject.clone().find(ends_head).unwrap_or(subject.end).saturating_sub(1).max(subject.start)
}

/// The owner of a thing, from the items before its noun: "her", "the mayor" in "the mayor’s short | answer". `None` where
/// nobody owns it.
fn owner_of(clause: ClauseView, before: Range<usize>) -> Option<Range<usize>> {
    let is_pronoun =
        |item: usize| matches!(clause.lower(item).as_str(), "his" | "her" | "their" | "my" | "our");
    if is_pronoun(before.start) && !before.is_empty() {
        return Some(before.start..before.start + 1);
    }
    let mark = before.clone().find(|it| matches!(clause.word(*it), "'s" | "’s" | "'" | "’"))?;
    (mark > before.start).then_some(before.start..mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_clauses;

    #[test]
    fn the_subject_of_a_sentence_that_ends_in_a_colon_says_what_follows() {
        for (text, expected) in [
            (
                "Her predecessor, Karl Dorn, was less kind: “It is a waste.”",
                Some(Some("Her predecessor, Karl Dorn")),
            ),
            ("The fans were not convinced: “We have heard it all.”", Some(Some("The fans"))),
            ("In Tarn, the mayor put it down to luck: “The wind fell.”", Some(Some("the mayor"))),
            ("She had one regret: “I sold the boat.”", Some(Some("She"))),
            ("Coach Piet Maas takes another view: “We were lucky.”", Some(Some("Coach Piet Maas"))),
            ("The vote changed little, with one neighbour asking: “Why?”", Some(Some("one neighbour"))),
            ("Few agreed, with Ann Lee telling reporters: “No.”", Some(Some("Ann Lee"))),
            ("Her answer was short: “No.”", Some(Some("Her"))),
            ("The mayor’s reply was blunt: “No.”", Some(Some("The mayor"))),
            ("The water in the lake was clear: “Keep out.”", Some(None)),
            ("Reaction was swift: “Shame.”", Some(None)),
            ("But for Lena Holt, the choice was simple: “I stayed.”", Some(Some("Lena Holt"))),
            ("For Lena Holt, it was simple: “I stayed.”", Some(Some("Lena Holt"))),
            ("His deputy, Ann Lee, besought him once more: “Go.”", Some(Some("His deputy, Ann Lee"))),
            ("She was so upset that I had to change my answer: “Yes.”", None),
            ("There was more: “The dam leaks.”", None),
            ("It was simple: “Go home.”", None),
            ("A warning: “Keep out.”", None),
            ("The sign “Dam” was clear: “Keep out.”", None),
            ("The fans had one wish: a new coach.", None),
        ] {
            let found = with_clauses(text, |doc, quoted, clauses, _| {
                let view = ClauseView { doc, quoted, items: &clauses[0].items };
                introduced_speech(view, &CueVerbs::embedded())
                    .map(|it| it.source.map(|it| it.slice(text).to_owned()))
            });
            assert_eq!(found, expected.map(|it| it.map(str::to_owned)), "{text}");
        }
    }
}
