//! Addressees: the person spoken to is no part of what is told to them, but of what they are asked to do.

use std::ops::Range;

use crate::engine::attribution::{Attribution, MAX_ADDRESSEE_WORDS, assertion, complement};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;

/// The person spoken to has at most this many tokens.
const MAX_ADDRESSEE_TOKENS: usize = 18;

/// A pronoun that begins the clause without "that" stands at most this many tokens after the start of the person spoken to.
const MAX_TOKENS_BEFORE_PRONOUN: usize = 4;

/// The person spoken to has at most this many tokens before a clause without "that", an article left out: "told | Tarn public
/// television | the club could not pay".
const MAX_TOKENS_BEFORE_CLAUSE: usize = 6;

/// Drops the person spoken to, and the short form of the source in brackets, from the start of a content: "told | the men of
/// the village | that it rained", "According to the Tarn Ferry Board | (TFB), | it rained".
pub(super) fn drop_addressee(doc: &Document, mut attribution: Attribution) -> Attribution {
    let (Some(cue), [first, rest @ ..]) = (attribution.cue, &attribution.contents[..]) else {
        return attribution;
    };
    let (cue, content) = (doc.tokens_in(cue), doc.tokens_in(*first));
    if content.start < cue.end {
        return attribution;
    }
    let is_telling = (cue.clone()).any(|it| doc.is(it, LexicalClass::AddressingVerb));
    let start = if is_telling { clause_after_addressee(doc, content.clone()) } else { None };
    let start = start.or_else(|| end_of_short_form(doc, content.clone()));
    if let Some(start) = start {
        let kept = std::iter::once(doc.span(start..content.end)).chain(rest.iter().copied());
        attribution.contents = kept.collect();
    }
    attribution
}

/// The token at which a clause begins after the person spoken to; `None` where the tokens begin with none.
fn clause_after_addressee(doc: &Document, content: Range<usize>) -> Option<usize> {
    if doc.is(content.start, LexicalClass::ReportedClauseOpener) {
        return None;
    }
    let is_phrase_word = |token: &usize| {
        let is_verb = doc.is(*token, LexicalClass::Auxiliary)
            || doc.is(*token, LexicalClass::PastTense) && doc.word(*token).starts_with(char::is_lowercase);
        // "told the story that …": no person.
        let is_thing = doc.is(*token, LexicalClass::WorkNoun) || doc.is(*token, LexicalClass::DocumentNoun);
        let is_mark = doc.tokens[*token].kind == TokenKind::Punctuation
            && !matches!(doc.word(*token), "'s" | "’s" | "-" | ",");
        !is_verb && !is_thing && !is_mark && !matches!(doc.word(*token), "who" | "to" | "which")
    };
    let end = content.end.min(content.start + MAX_ADDRESSEE_TOKENS);
    let phrase = (content.start..end).take_while(is_phrase_word);
    let opens_clause = |token: usize| {
        let is_near = token <= content.start + MAX_TOKENS_BEFORE_PRONOUN;
        let is_pronoun = doc.is(token, LexicalClass::SubjectPronoun) && doc.lower(token) != "it";
        let follows_noun = !doc.is(token - 1, LexicalClass::Preposition)
            && doc.tokens[token - 1].kind != TokenKind::Punctuation
            && doc.lower(token - 1) != "and";
        let is_question = is_near && doc.is(token, LexicalClass::QuestionWord);
        doc.lower(token) == "that" || is_question || is_near && is_pronoun && follows_noun
    };
    let opening = phrase.skip(1).find(|it| *it + 1 < content.end && opens_clause(*it));
    opening.or_else(|| clause_after_noun(doc, content))
}

/// The token of the article or of the plural noun with which a clause begins after a person spoken to without "that": "told Tarn
/// television | the club could not pay", "tells MPs | branches will close". `None` where there is none.
fn clause_after_noun(doc: &Document, content: Range<usize>) -> Option<usize> {
    let head = content.start + usize::from(doc.is(content.start, LexicalClass::Determiner));
    let is_pronoun = doc.is(content.start, LexicalClass::ObjectPronoun)
        || doc.is(content.start, LexicalClass::SubjectPronoun);
    let has_complement = doc.is(content.start + 1, LexicalClass::Preposition);
    if doc.is(content.start, LexicalClass::Addressee) && !is_pronoun && !has_complement {
        let rest = content.start + 1..content.end;
        return complement::has_own_verb(doc, rest.clone()).then_some(rest.start);
    }
    let is_noun = |token: &usize| {
        let joins = matches!(doc.word(*token), "of" | "in" | "at" | "from") && *token > head;
        let is_other = doc.is(*token, LexicalClass::Auxiliary)
            || doc.is(*token, LexicalClass::SubjectPronoun)
            || doc.is(*token, LexicalClass::Preposition) && !joins;
        let is_past =
            doc.is(*token, LexicalClass::PastTense) && doc.word(*token).starts_with(char::is_lowercase);
        doc.word(*token).starts_with(char::is_alphabetic)
            && !is_other
            && !is_past
            && !doc.is(*token, LexicalClass::Determiner)
            && !matches!(doc.word(*token), "and" | "or" | "to")
    };
    let nouns = (head..content.end.min(head + MAX_TOKENS_BEFORE_CLAUSE)).take_while(is_noun).count();
    let start = head + nouns;
    let is_clause = nouns > 0
        && start < content.end
        && doc.is(start, LexicalClass::Determiner)
        && complement::has_own_verb(doc, start..content.end);
    is_clause.then_some(start)
}

/// The token after a short form in brackets and its comma at the start of a content; `None` where there is none.
fn end_of_short_form(doc: &Document, content: Range<usize>) -> Option<usize> {
    let close = (content.start + 2..content.end.min(content.start + 4)).find(|it| doc.word(*it) == ")")?;
    let is_short_form =
        doc.word(content.start) == "(" && doc.word(content.start + 1).starts_with(char::is_uppercase);
    let next = close + 1 + usize::from(doc.word(close + 1) == ",");
    (is_short_form && next > close + 1 && next < content.end).then_some(next)
}

/// Drops the subject of a passive that tells something to it, and the "it" that stands for what follows: "The inquest | was told by
/// Dr Rao | that the wound was old".
pub(super) fn drop_passive_subject(doc: &Document, mut attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue), [first, second, ..]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let (cue, subject) = (doc.tokens_in(cue), doc.tokens_in(*first));
    let next = doc.token_at(second.start);
    // "Another story | was told by the Herald | of a thief"
    let is_clause = doc.is(next, LexicalClass::ReportedClauseOpener) || doc.word(next) == "to";
    let is_passive = assertion::is_passive(doc, assertion::verb_group(doc, cue.clone()));
    let is_told = cue.clone().any(|it| doc.is(it, LexicalClass::AddressingVerb));
    let is_placeholder = subject.len() == 1 && doc.lower(subject.start) == "it";
    let precedes = source.start >= first.end && subject.end <= cue.start;
    if is_passive && is_clause && precedes && (is_told || is_placeholder) {
        attribution.contents.remove(0);
    }
    attribution
}

/// Adds the person who is asked to do something: "asked | the board to think again".
pub(super) fn with_person_asked(doc: &Document, mut attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue), [content]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let (words, tokens) = (doc.tokens_in(cue), doc.tokens_in(*content));
    let person = words.end..tokens.start;
    let is_request = words.clone().any(|it| {
        matches!(
            doc.lower(it).as_str(),
            "ask" | "asked" | "asking" | "asks" | "urge" | "urged" | "urges" | "urging"
        )
    });
    let is_infinitive = doc.lower(tokens.start) == "to"
        && doc.word(tokens.start + 1).starts_with(char::is_lowercase)
        && !doc.is(tokens.start + 1, LexicalClass::Determiner);
    let is_phrase_word = |token: usize| {
        let is_mark = doc.tokens[token].kind == TokenKind::Punctuation
            && !matches!(doc.word(token), "'s" | "’s" | "-" | "'" | "’");
        !is_mark
            && !doc.is(token, LexicalClass::Auxiliary)
            && !doc.is(token, LexicalClass::ClauseBoundary)
            && doc.lower(token) != "by"
    };
    let is_person = (1..=MAX_ADDRESSEE_WORDS).contains(&person.len())
        && person.clone().all(is_phrase_word)
        && !doc.is(person.start, LexicalClass::Preposition)
        && !doc.is(person.start, LexicalClass::TimeWord);
    if is_request && is_infinitive && is_person && source.end <= cue.start {
        attribution.contents = vec![doc.span(person.start..tokens.end)];
    }
    attribution
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_document};

    #[test]
    fn the_person_spoken_to_and_a_short_form_are_not_said() {
        for (text, source, cue, words, expected) in [
            (
                "Lee told the men of Tarn that it rained.",
                "Lee",
                "told",
                "the men of Tarn that it rained",
                "that it rained",
            ),
            (
                "Lee told the clerks they were late.",
                "Lee",
                "told",
                "the clerks they were late",
                "they were late",
            ),
            ("Lee warned guests that ice falls.", "Lee", "warned", "guests that ice falls", "that ice falls"),
            (
                "Lee told Swedish television the club could not pay.",
                "Lee",
                "told",
                "Swedish television the club could not pay",
                "the club could not pay",
            ),
            ("Bank tells MPs shops will close.", "Bank", "tells", "MPs shops will close", "shops will close"),
            ("Lee told the boy the truth.", "Lee", "told", "the boy the truth", "the boy the truth"),
            ("Lee asked him what he knew.", "Lee", "asked", "him what he knew", "what he knew"),
            ("Lee told them to leave.", "Lee", "told", "them to leave", "them to leave"),
            (
                "Lee said the men that came left.",
                "Lee",
                "said",
                "the men that came left",
                "the men that came left",
            ),
            ("Lee told Ray the dam was full.", "Lee", "told", "the dam was full", "the dam was full"),
            (
                "According to the Tarn Ferry Board (TFB), it rained.",
                "the Tarn Ferry Board",
                "According to",
                "(TFB), it rained",
                "it rained",
            ),
        ] {
            let report = report(text, source, cue, &[words]);
            let left = with_document(text, |doc| drop_addressee(doc, report).contents);
            assert_eq!(left.iter().map(|it| it.slice(text)).collect::<Vec<_>>(), [expected], "{text}");
        }
    }

    #[test]
    fn who_is_told_something_in_the_passive_is_not_said() {
        for (text, source, cue, subject, words, expected) in [
            (
                "The inquest was told by Dr Rao that it was old.",
                "Dr Rao",
                "was told by",
                "The inquest",
                "that it was old",
                vec!["that it was old"],
            ),
            (
                "It was claimed by Lee that Ray left.",
                "Lee",
                "was claimed by",
                "It",
                "that Ray left",
                vec!["that Ray left"],
            ),
            (
                "Another story was told by Lee about a thief.",
                "Lee",
                "was told by",
                "Another story",
                "about a thief",
                vec!["Another story", "about a thief"],
            ),
            (
                "The plan was described by Lee as a farce.",
                "Lee",
                "was described by",
                "The plan",
                "as a farce",
                vec!["The plan", "as a farce"],
            ),
        ] {
            let report = report(text, source, cue, &[subject, words]);
            let left = with_document(text, |doc| drop_passive_subject(doc, report).contents);
            assert_eq!(left.iter().map(|it| it.slice(text)).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn who_is_asked_to_do_something_belongs_to_the_request() {
        for (text, cue, words, expected) in [
            ("Lee asked the board to think again.", "asked", "to think again", "the board to think again"),
            ("Lee urged Ann Ray to leave.", "urged", "to leave", "Ann Ray to leave"),
            ("Lee asked on Monday to leave.", "asked", "to leave", "to leave"),
            ("Lee hoped the board would vote to leave.", "hoped", "to leave", "to leave"),
        ] {
            let report = report(text, "Lee", cue, &[words]);
            let left = with_document(text, |doc| with_person_asked(doc, report).contents);
            assert_eq!(left.iter().map(|it| it.slice(text)).collect::<Vec<_>>(), [expected], "{text}");
        }
    }
}
