//! Coordination: a content ends before a second reporting verb, which reports what follows: "said the dam would hold | and
//! warned | against panic".

use std::ops::Range;

use crate::engine::attribution::{Attribution, MAX_ADDRESSEE_WORDS, assertion, complement, speech_act};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// The share of second verbs that report for the same source, among those that a comparison with `PolNeAR`'s training
/// set found after a first one of the same tense. It scales the confidence.
const SECOND_VERB_SHARE: f32 = 0.86;

/// Verbs for what somebody lets others know without words that are told ("thanked"). They end what was said before them.
const EXPRESSING_VERBS: &[&str] = &word_list!("expressing-verbs");

/// A second reporting verb inside a content.
struct SecondVerb {
    /// The end of what the first verb reports, as a token.
    first_end: usize,
    /// The pronoun before the verb; empty where there is none.
    subject: Range<usize>,
    /// The verb with its particle.
    cue: Range<usize>,
    /// The first token that the second verb reports.
    content: usize,
    /// Whether it reports anything.
    reports: bool,
}

/// Splits contents before a second reporting verb.
pub(super) fn split_second_verbs(
    doc: &Document,
    quoted: &[QuotedSpan],
    attributions: Vec<Attribution>,
) -> Vec<Attribution> {
    let mut cues: Vec<usize> =
        attributions.iter().filter_map(|it| it.cue).map(|it| doc.tokens_in(it).end).collect();
    cues.sort_unstable();
    let has_cue = |verb: &SecondVerb| {
        let next = cues.partition_point(|it| *it <= verb.cue.start);
        cues.get(next).is_some_and(|it| *it <= verb.cue.end)
    };
    let mut split = Vec::with_capacity(attributions.len());
    for mut attribution in attributions {
        let Some((part, verb)) = find_second_verb(doc, quoted, &attribution) else {
            split.push(attribution);
            continue;
        };
        let mut rest = attribution.contents.split_off(part);
        let whole = rest.remove(0);
        let first = doc.span(doc.tokens_in(whole).start..verb.first_end);
        attribution.contents.push(first);
        let tokens = verb.content..doc.tokens_in(whole).end;
        if verb.reports && !has_cue(&verb) && !tokens.is_empty() {
            let mut contents = vec![doc.span(tokens)];
            contents.append(&mut rest);
            let source =
                if verb.subject.is_empty() { attribution.source } else { Some(doc.span(verb.subject)) };
            split.push(Attribution {
                source,
                cue: Some(doc.span(verb.cue)),
                contents,
                confidence: attribution.confidence * SECOND_VERB_SHARE,
                ..attribution
            });
        }
        split.push(attribution);
    }
    split
}

/// The first second verb in a content after the cue, with the index of the content.
fn find_second_verb(
    doc: &Document,
    quoted: &[QuotedSpan],
    attribution: &Attribution,
) -> Option<(usize, SecondVerb)> {
    let (source, cue) = (attribution.source?, attribution.cue?);
    // "said this week | that it rained": the verb need not be the last word of its cue.
    let words = doc.tokens_in(cue);
    let last = words.end.checked_sub(1)?;
    let verb = words.rev().find(|it| speech_act::is_reporting_word(doc, *it)).unwrap_or(last);
    if source.start >= cue.start {
        return None;
    }
    let parts = attribution.contents.iter().enumerate().filter(|(_, part)| part.start >= cue.end);
    let participle = parts.clone().find_map(|(number, part)| {
        let participle = sharing_participle(doc, quoted, doc.tokens_in(*part));
        participle.map(|it| (number, it))
    });
    if participle.is_some() {
        return participle;
    }
    let form = VerbForm::of(doc, verb)?;
    attribution.contents.iter().enumerate().filter(|(_, part)| part.start >= cue.end).find_map(
        |(number, part)| {
            let tokens = doc.tokens_in(*part);
            let conjunctions = tokens.clone().skip(1).filter(|it| matches!(doc.word(*it), "and" | "but"));
            let verbs = conjunctions.filter_map(|it| second_verb(doc, form, tokens.clone(), it));
            let mut outside_marks = verbs.filter(|it| !is_quoted(quoted, doc.tokens[it.cue.start].span));
            outside_marks.next().map(|it| (number, it))
        },
    )
}

/// A participle after a comma in a content that reports for the speaker of the content: "said it rained, | adding | that it was
/// late".
fn sharing_participle(doc: &Document, quoted: &[QuotedSpan], content: Range<usize>) -> Option<SecondVerb> {
    const PARTICIPLES: &[&str] = &word_list!("sharing-participles");
    let is_sharing = |token: &usize| {
        doc.word(token - 1) == ","
            && PARTICIPLES.binary_search(&doc.word(*token)).is_ok()
            && !is_quoted(quoted, doc.tokens[*token].span)
    };
    let participle = content.clone().skip(2).find(is_sharing)?;
    // ", adding, however, | that it was late"
    let is_aside = |token: &usize| doc.word(*token) == "," || doc.lower(*token) == "however";
    let aside = (participle + 1..content.end).take_while(is_aside).count();
    let start = participle + 1 + aside;
    (start < content.end).then(|| SecondVerb {
        first_end: participle - 1,
        subject: participle..participle,
        cue: participle..participle + 1,
        content: start,
        reports: true,
    })
}

/// The second verb after the conjunction at a token of a content.
fn second_verb(
    doc: &Document,
    form: VerbForm,
    content: Range<usize>,
    conjunction: usize,
) -> Option<SecondVerb> {
    let mut at = conjunction + 1;
    let has_subject = matches!(doc.word(at), "he" | "she" | "they" | "it");
    let subject = at..at + usize::from(has_subject);
    at = subject.end;
    while at < content.end && doc.is(at, LexicalClass::Adverb) {
        at += 1;
    }
    let is_clause = |token: usize| {
        doc.word(token) == "that" || doc.is(token, LexicalClass::SubjectPronoun) || doc.word(token) == "the"
    };
    let follows_comma = doc.word(conjunction - 1) == ",";
    let reports = speech_act::is_reporting_word(doc, at);
    let is_expressing = follows_comma && EXPRESSING_VERBS.binary_search(&doc.lower(at).as_str()).is_ok();
    let is_reporting = reports || is_expressing;
    // "ignored complaints and claims": in the present tense a noun has the same form.
    let is_verb = match form {
        VerbForm::Past => true,
        VerbForm::ThirdPerson => has_subject || follows_comma || is_clause(at + 1),
        // "they say they eat and claim the prize": only before a clause.
        VerbForm::Plural => {
            doc.word(at + 1) == "that"
                || is_clause(at + 1) && complement::has_own_verb(doc, at + 1..content.end)
        }
    };
    if at + 1 >= content.end
        || !is_reporting
        || VerbForm::of(doc, at) != Some(form)
        || !is_verb
        || !has_subject
            && !follows_comma
            && !is_clause(at + 1)
            && (has_passive(doc, content.start..conjunction)
                || is_perfect_of_others(doc, content.start..conjunction)
                || ends_in_perfect(doc, conjunction) && !doc.is(at + 1, LexicalClass::Preposition))
    {
        return None;
    }
    let particle = usize::from(matches!(doc.word(at + 1), "on" | "out" | "against" | "for" | "of"));
    let cue = at..at + 1 + particle;
    let addressee = || {
        let window = cue.end..content.end.min(cue.end + MAX_ADDRESSEE_WORDS);
        window.into_iter().find(|it| doc.word(*it) == "that")
    };
    let told = if doc.lower(at) == "told" { addressee() } else { None };
    Some(SecondVerb {
        first_end: conjunction - usize::from(follows_comma),
        subject,
        content: told.unwrap_or(cue.end),
        cue,
        reports,
    })
}

/// Whether tokens have a passive, to which a participle may be joined: "was stopped | and accused of theft".
fn has_passive(doc: &Document, tokens: Range<usize>) -> bool {
    const MAX_DISTANCE: usize = 3;
    let is_participle = |token: usize| doc.is(token, LexicalClass::PastTense);
    let is_be = |token: usize| {
        matches!(doc.word(token), "is" | "are" | "was" | "were" | "be" | "been" | "being" | "got" | "get")
    };
    let end = tokens.end;
    tokens.filter(|it| is_be(*it)).any(|it| {
        (it + 1..end.min(it + MAX_DISTANCE))
            .any(|token| doc.tokens[token].kind != TokenKind::Punctuation && is_participle(token))
    })
}

/// Whether the words before a conjunction break off with a perfect, whose object stands behind a second participle: "he had asked for |
/// and accepted bribes".
fn ends_in_perfect(doc: &Document, conjunction: usize) -> bool {
    let particle = usize::from(doc.is(conjunction - 1, LexicalClass::Preposition));
    let Some(participle) = conjunction.checked_sub(1 + particle) else { return false };
    doc.is(participle, LexicalClass::PastTense)
        && matches!(doc.word(participle.saturating_sub(1)), "had" | "has" | "have" | "having")
}

/// Whether a clause tells in the perfect what others had done, to which a participle may be joined: "several players had gone to the
/// board | and asked for a change".
fn is_perfect_of_others(doc: &Document, clause: Range<usize>) -> bool {
    let is_that = doc.word(clause.start) == "that";
    let mut subject = clause.start + usize::from(is_that)..clause.end;
    let is_perfect = |token: usize| {
        matches!(doc.word(token), "had" | "has" | "have")
            && doc.word(token + 1).starts_with(char::is_lowercase)
            && !doc.is(token + 1, LexicalClass::Determiner)
            && !doc.is(token + 1, LexicalClass::Preposition)
    };
    let Some(verb) = subject.clone().find(|it| is_perfect(*it)) else { return false };
    subject.end = verb;
    let has_voice = |token: usize| {
        assertion::is_noun_with_voice(doc, token) && !doc.is(token, LexicalClass::SubjectPronoun)
            || doc.word(token).starts_with(char::is_uppercase)
    };
    subject.clone().all(|it| doc.word(it) != ",") && subject.into_iter().any(has_voice)
}

/// The form of a verb, which two verbs of one subject have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum VerbForm {
    /// "said".
    Past,
    /// "says".
    ThirdPerson,
    /// "say".
    Plural,
}

impl VerbForm {
    fn of(doc: &Document, token: usize) -> Option<Self> {
        let word = doc.lower(token);
        match () {
            () if doc.is(token, LexicalClass::PastTense) => Some(Self::Past),
            () if word.ends_with('s') && !word.ends_with("ss") => Some(Self::ThirdPerson),
            () if speech_act::is_reporting_word(doc, token) && !word.ends_with("ing") => Some(Self::Plural),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Act, AttributionRule};
    use crate::engine::tests::with_clauses;
    use crate::span::Span;

    /// The contents after a split of "Lee said …", each with its cue.
    fn split(text: &str) -> Vec<String> {
        let at = |it: &str| text.find(it).map(|start| Span::new(start, start + it.len()));
        let words = at(text.split_once(' ').and_then(|it| it.1.split_once(' ')).map_or("", |it| it.1));
        let content = words.map(|it| Span::new(it.start, text.len() - 1));
        let attribution = Attribution {
            source: at("Lee"),
            cue: at(text.split(' ').nth(1).unwrap_or_default()),
            contents: content.into_iter().collect(),
            rule: AttributionRule::Tagger,
            act: Act::Speech,
            confidence: 0.9,
        };
        with_clauses(text, |doc, quoted, _, _| {
            let mut split = split_second_verbs(doc, quoted, vec![attribution]);
            split.sort_by_key(Attribution::offset);
            let slice = |it: Span| it.slice(text).to_owned();
            split
                .iter()
                .map(|it| {
                    let contents: Vec<String> = it.contents.iter().map(|it| slice(*it)).collect();
                    format!("{}: {}", it.cue.map_or_else(String::new, slice), contents.join(" … "))
                })
                .collect()
        })
    }

    #[test]
    fn a_second_reporting_verb_reports_what_follows() {
        for (text, expected) in [
            (
                "Lee said the dam would hold and warned against panic.",
                vec!["said: the dam would hold", "warned against: panic"],
            ),
            (
                "Lee said it was full, but she later told the council that it would empty.",
                vec!["said: it was full", "told: that it would empty"],
            ),
            (
                "Lee called the vote “a farce” and urged the town to wait.",
                vec!["called: the vote “a farce”", "urged: the town to wait"],
            ),
            (
                "Lee says it is full and claims that it leaks.",
                vec!["says: it is full", "claims: that it leaks"],
            ),
            (
                "Lee said the man was stopped and accused of theft.",
                vec!["said: the man was stopped and accused of theft"],
            ),
            ("Lee says it ignores complaints and claims.", vec!["says: it ignores complaints and claims"]),
            ("Lee said “it rained and she said so” to us.", vec!["said: “it rained and she said so” to us"]),
            (
                "Lee says it is full and warned that it leaks.",
                vec!["says: it is full and warned that it leaks"],
            ),
            (
                "Lee say they are cold but claim the hall is warm.",
                vec!["say: they are cold", "claim: the hall is warm"],
            ),
            ("Lee say they eat and claim the prize.", vec!["say: they eat and claim the prize"]),
            ("Lee said it rained and snowed.", vec!["said: it rained and snowed"]),
            (
                "Lee said several players had gone to the board and asked for a change.",
                vec!["said: several players had gone to the board and asked for a change"],
            ),
            (
                "Lee said the lake had dried out and warned of fires.",
                vec!["said: the lake had dried out", "warned of: fires"],
            ),
            ("Lee said he had sought and accepted bribes.", vec!["said: he had sought and accepted bribes"]),
            (
                "Lee said he had lost and called it bad luck.",
                vec!["said: he had lost", "called: it bad luck"],
            ),
            ("Lee said Tarn is old, and thanked the town.", vec!["said: Tarn is old"]),
            ("Lee said Ray came and thanked the town.", vec!["said: Ray came and thanked the town"]),
            (
                "Lee said it rained, adding however, that it was late.",
                vec!["said: it rained", "adding: that it was late"],
            ),
            ("Lee said Ray left, saying it rained.", vec!["said: Ray left, saying it rained"]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }
}
