//! Assertion: whether a cue tells that somebody spoke, or only that they may, must, will or did not, or that somebody else
//! spoke of them.

use std::ops::Range;

use crate::engine::attribution::{Attribution, complement};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::word_list;

/// How the forms of verbs of refusal begin.
pub(crate) const REFUSAL_OPENINGS: &[&str] = &word_list!("refusal-openings");
/// First words of a subject that denies its verb.
const NEGATIVE_SUBJECTS: &[&str] = &word_list!("negative-subjects");
/// Participles that are passive where "to" follows them directly.
const PASSIVE_ONLY_PARTICIPLES: &[&str] = &word_list!("passive-only-participles");
/// Verbs by which things lead a writer to a conclusion.
const INFERENCE_VERBS: &[&str] = &word_list!("inference-verbs");
/// Endings of nouns for an occupation.
const OCCUPATION_ENDINGS: &[&str] = &word_list!("occupation-endings");
/// Nouns for organisations, documents and groups that can speak, beside those of the lexical classes.
const VOICED_THINGS: &[&str] = &word_list!("voiced-things");
/// Words before a verbal noun that tell that it was not done.
const DENYING_PHRASES: &[&str] = &word_list!("denying-phrases");
/// Nouns after "according to" for what something depends on.
const MEASURES: &[&str] = &word_list!("measures");
/// Words before "to" and a verb that tell of an act to come.
const INTENTIONS: &[&str] = &word_list!("intentions");
/// Adjectives that look like a verb of saying: "It is | telling | that nobody came".
const ADJECTIVES_LIKE_PARTICIPLES: &[&str] = &["revealing", "telling"];
/// How many words may stand between a passive verb and the "by" of its agent.
const MAX_WORDS_BEFORE_AGENT: usize = 3;

/// The words of a cue, with the auxiliaries, adverbs and negations that stand directly before it.
pub(crate) fn verb_group(doc: &Document, cue: Range<usize>) -> Range<usize> {
    let sentence = doc.sentences.get(doc.sentence_of(cue.start)).map_or(0, |it| it.tokens.start);
    // "on 4 May | said": a month.
    let is_helper = |token: &usize| {
        doc.word(*token) != "May"
            && [LexicalClass::Auxiliary, LexicalClass::Adverb, LexicalClass::Negation]
                .iter()
                .any(|it| doc.is(*token, *it))
    };
    let start = (sentence..cue.start).rev().take_while(is_helper).last();
    start.unwrap_or(cue.start)..cue.end
}

/// Whether the words tell that somebody said something, so far as the verb and its subject decide it. `is_clause` tells
/// whether a clause is said.
pub(crate) fn is_asserted(doc: &Document, attribution: &Attribution, is_clause: bool) -> bool {
    let Some(cue) = attribution.cue else { return true };
    let cue = doc.tokens_in(cue);
    let group = verb_group(doc, cue.clone());
    // "could not resist pointing out": it was said.
    let is_irresistible = group.clone().any(|it| matches!(doc.lower(it).as_str(), "help" | "resist"));
    let is_open = is_denied(doc, group.clone())
        || cue.clone().any(|it| follows_denying_phrase(doc, it))
        || is_only_possible(doc, group, is_clause);
    (is_irresistible || !is_open)
        && !attribution.source.is_some_and(|it| {
            let source = doc.tokens_in(it);
            has_negative_head(doc, source.clone())
                || follows_fronted_negation(doc, source.start)
                || is_supposed(doc, source.clone(), cue.clone())
                || is_inference(doc, source, cue.clone())
        })
}

/// Whether a negation or a refusal stands before the verb: "did not say", "refused to acknowledge". "Not only said" says it.
fn is_denied(doc: &Document, group: Range<usize>) -> bool {
    let is_only = |token: usize| matches!(doc.lower(token).as_str(), "just" | "merely" | "only" | "simply");
    let last = group.end.saturating_sub(1);
    group.into_iter().filter(|it| *it < last).any(|it| {
        let word = doc.lower(it);
        doc.is(it, LexicalClass::Negation) && !is_only(it + 1)
            || REFUSAL_OPENINGS.iter().any(|opening| word.starts_with(opening))
    })
}

/// Whether words before a verbal noun tell that it was not done: "stopped short of | defining", "instead of | saying".
fn follows_denying_phrase(doc: &Document, verb: usize) -> bool {
    let stands_before = |phrase: &str| {
        let start = verb.checked_sub(phrase.split(' ').count());
        start.is_some_and(|it| doc.has_phrase_at(it, phrase))
    };
    doc.word(verb).ends_with("ing") && DENYING_PHRASES.iter().any(|it| stands_before(it))
}

/// Whether the source of "according to" is what something depends on and no voice: "the needs of each family".
pub(crate) fn is_measure(doc: &Document, source: Range<usize>) -> bool {
    let is_phrase_end = |at: &usize| {
        !doc.word(*at).starts_with(char::is_alphanumeric) || doc.is(*at, LexicalClass::Preposition)
    };
    let end = source.clone().skip(1).find(is_phrase_end).unwrap_or(source.end);
    MEASURES.binary_search(&doc.lower(end.saturating_sub(1)).as_str()).is_ok()
}

/// Whether a modal before the verb leaves open whether it was said: "could call on", "must report", "plans to
/// announce". "She would say later" and "will say that" are told as facts.
fn is_only_possible(doc: &Document, group: Range<usize>, is_clause: bool) -> bool {
    let is_plain = group.clone().any(|it| matches!(doc.lower(it).as_str(), "say" | "tell" | "add" | "write"));
    let leaves_open = |token: usize| {
        let is_past_form = doc.lower(token) == "would";
        doc.is(token, LexicalClass::ModalOfPossibility)
            || doc.is(token, LexicalClass::ModalOfDemand)
            || doc.is(token, LexicalClass::ModalOfFuture) && !is_plain && (is_past_form || !is_clause)
            || doc.lower(token + 1) == "to"
                && INTENTIONS.binary_search(&doc.lower(token).as_str()).is_ok()
                && !is_plain
    };
    let last = group.end.saturating_sub(1);
    group.into_iter().filter(|it| *it < last).any(leaves_open)
}

/// Whether the subject denies the verb: "none of the officials said", "no witness said", "not everyone said", but not "No 10 said".
fn has_negative_head(doc: &Document, source: Range<usize>) -> bool {
    let first = doc.lower(source.start);
    let is_number = doc.word(source.start + 1).starts_with(|it: char| it.is_ascii_digit());
    let follows_not = source.start.checked_sub(1).is_some_and(|it| doc.lower(it) == "not");
    let head = source.start + usize::from(first == "not");
    let is_not_all = (first == "not" || follows_not)
        && matches!(doc.lower(head).as_str(), "all" | "every" | "everybody" | "everyone" | "many");
    NEGATIVE_SUBJECTS.binary_search(&first.as_str()).is_ok() || first == "no" && !is_number || is_not_all
}

/// Whether a subject stands behind a negation and an auxiliary with which its sentence begins: "Nowhere does | it | say", "At no
/// point did | Lee | claim".
fn follows_fronted_negation(doc: &Document, subject: usize) -> bool {
    let start = doc.sentences.get(doc.sentence_of(subject)).map_or(0, |it| it.tokens.start);
    let negation = match doc.lower(start).as_str() {
        "neither" | "never" | "nor" | "nowhere" => 1,
        "at" | "in" | "on" | "under" if doc.word(start + 1) == "no" => 3,
        _ => return false,
    };
    let auxiliary = start + negation;
    auxiliary + 1 == subject && doc.is(auxiliary, LexicalClass::Auxiliary)
}

/// Whether nobody would say it: "Neither Lee nor the board would say when", "No one could confirm that it rained".
pub(crate) fn is_refused_by_all(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (attribution.source, attribution.cue) else { return false };
    let (source, cue) = (doc.tokens_in(source), doc.tokens_in(cue));
    let content = attribution.contents.first().map(|it| doc.token_at(it.start));
    let before = source.start.checked_sub(1).map(|it| doc.lower(it)).unwrap_or_default();
    let is_negative = has_negative_head(doc, source.clone())
        || matches!(before.as_str(), "neither" | "nor")
        || source.clone().any(|it| doc.lower(it) == "nor");
    let is_saying = cue.clone().any(|it| doc.is(it, LexicalClass::DeclinedSpeechVerb));
    let is_modal = |token: usize| matches!(doc.lower(token).as_str(), "can" | "could" | "will" | "would");
    let is_open = content.is_some_and(|it| doc.is(it, LexicalClass::QuestionWord));
    source.end <= cue.start
        && is_negative
        && is_saying
        && (is_open || verb_group(doc, cue).into_iter().any(is_modal))
}

/// Whether the words only suppose or demand the act: "If Lee says it rained", "forced Lee | to promise".
fn is_supposed(doc: &Document, source: Range<usize>, cue: Range<usize>) -> bool {
    let before = source.start.checked_sub(1).map(|it| doc.lower(it)).unwrap_or_default();
    let is_infinitive = doc.lower(cue.start) == "to" && source.end == cue.start;
    is_infinitive || source.end <= cue.start && matches!(before.as_str(), "if" | "unless")
}

/// Whether a thing leads to a conclusion of the writer: "the sheer number of visitors suggests", "…, which suggests". People,
/// organisations and documents make statements of their own.
fn is_inference(doc: &Document, source: Range<usize>, cue: Range<usize>) -> bool {
    let last = doc.lower(cue.end.saturating_sub(1));
    if INFERENCE_VERBS.binary_search(&last.as_str()).is_err() || source.is_empty() {
        return false;
    }
    if source.len() == 1 && matches!(doc.lower(source.start).as_str(), "this" | "that" | "which") {
        let before = source.start.checked_sub(1);
        return before.is_none_or(|it| doc.word(it) == "," || !has_voice(doc, it));
    }
    let ends_head = |token: &usize| {
        doc.is(*token, LexicalClass::Preposition) && *token > source.start
            || matches!(doc.lower(*token).as_str(), "," | "(" | "who" | "which" | "that" | "–" | "—")
            // "a study | published on Monday", but not "a published study"
            || doc.is(*token, LexicalClass::PastTense)
                && has_voice(doc, token - 1)
                && doc.word(*token).starts_with(char::is_lowercase)
    };
    let head = source.clone().skip(1).find(ends_head).unwrap_or(source.end);
    let is_quantity =
        doc.lower(head) == "of" && doc.is(head.saturating_sub(1), LexicalClass::StandalonePronoun);
    // "the results of the study"
    let is_finding = doc.lower(head.saturating_sub(1)) == "results"
        && source.clone().any(|it| doc.is(it, LexicalClass::DocumentNoun));
    !is_quantity && !is_finding && !has_voice(doc, head.saturating_sub(1))
}

/// Whether the word at a token may stand for somebody who speaks, or for a paper. Every name and number may; the first word of a
/// sentence has its capital anyway: "Models suggest".
fn has_voice(doc: &Document, token: usize) -> bool {
    let sentence = doc.sentences.get(doc.sentence_of(token));
    let is_common =
        sentence.is_some_and(|it| it.tokens.start == token) && doc.is(token, LexicalClass::CommonWord);
    !is_common && doc.word(token).starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit())
        || is_noun_with_voice(doc, token)
}

/// Whether the noun or pronoun at a token may stand for somebody who speaks, or for a paper.
pub(crate) fn is_noun_with_voice(doc: &Document, token: usize) -> bool {
    use LexicalClass::{
        DocumentNoun, GenericOrgNoun, GroupNoun, KinNoun, OrgNoun, RoleNoun, StandalonePronoun,
        SubjectPronoun,
    };
    let voices = [
        DocumentNoun,
        GenericOrgNoun,
        GroupNoun,
        KinNoun,
        OrgNoun,
        RoleNoun,
        StandalonePronoun,
        SubjectPronoun,
    ];
    let is_body = VOICED_THINGS.binary_search(&doc.lower(token).as_str()).is_ok();
    // "the geologist", "the ringmaster"
    let is_occupation = !doc.is(token, LexicalClass::OccupationException)
        && OCCUPATION_ENDINGS.iter().any(|it| doc.lower(token).ends_with(it));
    let is_evidence = doc.lower(token) == "evidence";
    // "Twelve per cent indicated": those who were asked.
    let is_share = matches!(doc.lower(token).as_str(), "percent" | "cent" | "%");
    is_share || is_body || is_occupation || !is_evidence && voices.iter().any(|it| doc.is(token, *it))
}

/// Whether the source is only the subject of a passive without an agent, and so says nothing: "Lee was accused of", "It is
/// expected that", "Lee, said to be ill".
pub(crate) fn is_spoken_of(doc: &Document, attribution: &Attribution) -> bool {
    let Some(cue) = attribution.cue.map(|it| doc.tokens_in(it)) else { return false };
    let follows_source = attribution.source.is_some_and(|it| {
        let source = doc.tokens_in(it);
        let before = source.start.checked_sub(1).map(|it| doc.lower(it)).unwrap_or_default();
        source.end <= cue.start && before != "by"
    });
    let is_adjective = ADJECTIVES_LIKE_PARTICIPLES.contains(&doc.lower(cue.end - 1).as_str())
        && doc.lower(cue.end) == "that";
    let is_impersonal =
        is_adjective && attribution.source.is_some_and(|it| it.slice(doc.text).eq_ignore_ascii_case("it"));
    let is_passive = is_impersonal || is_passive(doc, verb_group(doc, cue.clone()));
    is_passive && (follows_source || attribution.source.is_none() && !has_agent(doc, cue.clone()))
        || follows_source && is_reduced_passive(doc, attribution, cue)
}

/// Whether "by" follows a passive verb soon.
fn has_agent(doc: &Document, cue: Range<usize>) -> bool {
    let window = cue.end.saturating_sub(1)..cue.end + MAX_WORDS_BEFORE_AGENT;
    window.into_iter().any(|it| doc.lower(it) == "by")
}

/// Whether the last verb of a group is a participle after a form of "be": "has been widely criticised", "is being asked". "Was
/// quoted as saying" and "is said to have argued" end with an active verb.
pub(crate) fn is_passive(doc: &Document, group: Range<usize>) -> bool {
    let is_particle = |token: &usize| {
        doc.is(*token, LexicalClass::Preposition)
            || doc.is(*token, LexicalClass::Adverb)
            || matches!(doc.lower(*token).as_str(), "out" | "by")
    };
    let verb = group.clone().rev().find(|it| !is_particle(it));
    let Some(verb) = verb.filter(|it| *it > group.start && doc.is(*it, LexicalClass::PastTense)) else {
        return false;
    };
    let is_between =
        |token: &usize| doc.is(*token, LexicalClass::Adverb) || doc.is(*token, LexicalClass::Negation);
    let before = (group.start..verb).rev().find(|it| !is_between(it));
    before.is_some_and(|it| {
        doc.is(it, LexicalClass::FormOfBe) || matches!(doc.lower(it).as_str(), "get" | "gets" | "got")
    })
}

/// Whether the cue is a participle without its "be": "Lee, accused of theft", "the man said to be her son".
fn is_reduced_passive(doc: &Document, attribution: &Attribution, cue: Range<usize>) -> bool {
    // "Lee said to meet the deadline they are working all night": a purpose before the clause.
    let has_clause = attribution.contents.iter().any(|it| complement::has_own_verb(doc, doc.tokens_in(*it)));
    let verb = doc.lower(cue.start);
    let next = doc.lower(cue.start + 1);
    verb == "accused" && next == "of"
        || next == "to" && !has_clause && PASSIVE_ONLY_PARTICIPLES.binary_search(&verb.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Act, AttributionRule};
    use crate::engine::tests::with_document;
    use crate::span::Span;

    /// An attribution whose source and cue are words of `text`.
    fn report(text: &str, source: &str, cue: &str) -> Attribution {
        let at = |it: &str| text.find(it).map(|start| Span::new(start, start + it.len()));
        Attribution {
            source: at(source),
            cue: at(cue),
            contents: Vec::new(),
            rule: AttributionRule::Tagger,
            act: Act::Speech,
            confidence: 0.9,
        }
    }

    #[test]
    fn only_what_was_said_is_asserted() {
        for (text, source, cue, expected) in [
            ("Lee said the dam leaked.", "Lee", "said", true),
            ("Lee did not say the dam leaked.", "Lee", "did not say", false),
            ("Lee not only said the dam leaked.", "Lee", "said", true),
            ("Lee refused to acknowledge that it leaked.", "Lee", "refused to acknowledge", false),
            (
                "Lee could not resist pointing out that it leaked.",
                "Lee",
                "could not resist pointing out",
                true,
            ),
            ("Lee could argue that it leaked.", "Lee", "could argue", false),
            ("Guests must first report that it leaked.", "Guests", "report", false),
            ("Lee will tell the town that it leaked.", "Lee", "will tell", true),
            ("Lee would later say it leaked.", "Lee", "would later say", true),
            ("Lee would call it a leak.", "Lee", "would call", false),
            ("Lee plans to announce a ferry.", "Lee", "plans to announce", false),
            ("Nobody said the dam leaked.", "Nobody", "said", false),
            ("No witness said the dam leaked.", "No witness", "said", false),
            ("No 10 said the dam leaked.", "No 10", "said", true),
            ("If Lee says it leaks, they go.", "Lee", "says", false),
            ("They forced Lee to admit that it leaked.", "Lee", "to admit", false),
        ] {
            let report = report(text, source, cue);
            let is_clause = text.contains("that");
            assert_eq!(with_document(text, |doc| is_asserted(doc, &report, is_clause)), expected, "{text}");
        }
    }

    #[test]
    fn a_thing_supports_a_conclusion_and_a_document_or_a_person_speaks() {
        for (text, source, cue, expected) in [
            ("The number of floods suggests that it leaks.", "The number of floods", "suggests", false),
            ("It is wet, which suggests that it leaks.", "which", "suggests", false),
            ("The evidence indicates that it leaks.", "The evidence", "indicates", false),
            ("A report by Lee suggests that it leaks.", "A report by Lee", "suggests", true),
            ("The results of the study suggest that it leaks.", "The results of the study", "suggest", true),
            ("Models suggest that it leaks.", "Models", "suggest", false),
            ("Norbex suggests that it leaks.", "Norbex", "suggests", true),
            ("Analysts suggest that it leaks.", "Analysts", "suggest", true),
            ("The ringmaster suggested that it leaks.", "The ringmaster", "suggested", true),
            ("Ann Lee suggested that it leaks.", "Ann Lee", "suggested", true),
            ("Some of the guests suggested that it leaks.", "Some of the guests", "suggested", true),
            ("The number is what Lee said.", "The number", "said", true),
        ] {
            let report = report(text, source, cue);
            assert_eq!(with_document(text, |doc| is_asserted(doc, &report, true)), expected, "{text}");
        }
    }

    #[test]
    fn the_subject_of_a_passive_is_spoken_of() {
        for (text, source, cue, expected) in [
            ("Lee was accused of theft.", "Lee", "was accused of", true),
            ("Lee has been widely criticised for the toll.", "Lee", "has been widely criticised for", true),
            ("It is expected that it leaks.", "It", "is expected", true),
            ("Lee, accused of theft, left.", "Lee", "accused of", true),
            ("The man said to be her son left.", "The man", "said to", true),
            ("Lee was quoted as saying that it leaks.", "Lee", "was quoted as saying", false),
            ("Lee is warning that it leaks.", "Lee", "is warning", false),
            ("Lee is said to have argued that it leaks.", "Lee", "is said to have argued", false),
            ("The debt was disclosed by the board.", "the board", "was disclosed", false),
            ("Lee had accused the board of theft.", "Lee", "had accused", false),
        ] {
            let report = report(text, source, cue);
            assert_eq!(with_document(text, |doc| is_spoken_of(doc, &report)), expected, "{text}");
        }
    }
}
