//! Relative clauses: the content of a relative clause ends before the main verb of its sentence.

use crate::engine::attribution::fusion::main_clause::second_auxiliary;
use crate::engine::attribution::{Attribution, complement};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::engine::text::tokens::TokenKind;

/// A subject with a relative clause has at most this many tokens before its pronoun.
const MAX_SUBJECT_TOKENS: usize = 8;

/// Ends the content of a relative clause about the subject of a sentence before the verb of the sentence: "A letter that warned | the
/// bridge would fall | was lost".
pub(super) fn end_relative_subject(
    doc: &Document,
    quoted: &[QuotedSpan],
    mut attribution: Attribution,
) -> Attribution {
    let (Some(source), Some(cue), [content]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let (source, tokens) = (doc.tokens_in(source), doc.tokens_in(*content));
    let pronoun = source.end.saturating_sub(1);
    let start = doc.sentences.get(doc.sentence_of(pronoun)).map_or(pronoun, |it| it.tokens.start);
    let is_noun_word = |token: usize| {
        let is_past =
            doc.is(token, LexicalClass::PastTense) && doc.word(token).starts_with(char::is_lowercase);
        doc.tokens[token].kind != TokenKind::Punctuation
            && !doc.is(token, LexicalClass::Auxiliary)
            && !doc.is(token, LexicalClass::ClauseBoundary)
            && !is_past
    };
    let is_subject = matches!(doc.word(pronoun), "that" | "which" | "who")
        && pronoun < doc.token_at(cue.start)
        && (1..=MAX_SUBJECT_TOKENS).contains(&(pronoun - start))
        && (start..pronoun).all(is_noun_word)
        && !doc.is(start, LexicalClass::Preposition)
        && content.start >= cue.end
        && !is_quoted(quoted, *content);
    let verb = is_subject.then(|| complement::verb_after_clause(doc, tokens.clone())).flatten();
    let verb = verb.filter(|it| *it > tokens.start);
    if let Some(verb) = verb {
        attribution.contents = vec![doc.span(tokens.start..verb)];
    }
    attribution
}

/// Ends the content of a relative clause of which the thing said is the subject before the verb of its sentence: "The bridge, which Lee said |
/// would last, | fell in May", "A man who police said | was armed | was shot".
pub(super) fn end_object_relative(
    doc: &Document,
    quoted: &[QuotedSpan],
    mut attribution: Attribution,
) -> Attribution {
    let (Some(source), Some(cue), Some(content)) =
        (attribution.source, attribution.cue, attribution.contents.last())
    else {
        return attribution;
    };
    let (source, tokens) = (doc.tokens_in(source), doc.tokens_in(*content));
    let is_relative = |at: usize| matches!(doc.lower(at).as_str(), "which" | "who" | "whom" | "that");
    let pronoun = source.start.checked_sub(1).filter(|it| *it > 0 && is_relative(*it));
    let (Some(pronoun), true) = (pronoun, content.start >= cue.end && !is_quoted(quoted, *content)) else {
        return attribution;
    };
    // "millions of voters, disenfranchised": a participle, where nothing follows.
    let is_verb = |at: usize| {
        doc.is(at, LexicalClass::Auxiliary) && !matches!(doc.word(at), "be" | "been" | "being")
            || doc.is(at, LexicalClass::PastTense)
                && doc.word(at).starts_with(char::is_lowercase)
                && doc.tokens.get(at + 1).is_some_and(|it| it.kind != TokenKind::Punctuation)
    };
    let end = if doc.word(pronoun - 1) == "," {
        tokens.clone().skip(1).find(|it| doc.word(*it) == "," && is_verb(it + 1))
    } else {
        let verb = second_auxiliary(doc, tokens.clone()).filter(|_| is_verb(tokens.start));
        verb.filter(|it| {
            is_verb(*it) && !(tokens.start..*it).any(|at| doc.is(at, LexicalClass::ClauseBoundary))
        })
    };
    let end = end.filter(|it| !is_quoted(quoted, doc.tokens[*it].span));
    if let (Some(end), Some(last)) = (end, attribution.contents.last_mut()) {
        *last = doc.span(tokens.start..end);
    }
    attribution
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_document};
    use crate::engine::text::quotation_marks;

    #[test]
    fn what_a_relative_clause_reports_of_a_thing_ends_before_the_main_verb() {
        for (text, source, content, expected) in [
            (
                "The bridge, which Lee said would last a century, fell on Sunday.",
                "Lee",
                "would last a century, fell on Sunday",
                "would last a century",
            ),
            (
                "A man who police said was armed was shot on Monday.",
                "police",
                "was armed was shot on Monday",
                "was armed",
            ),
            (
                "A plan that Lee said would help those who are poor was lost.",
                "Lee",
                "would help those who are poor was lost",
                "would help those who are poor was lost",
            ),
            (
                "Lee said the bridge would last, fell, and rose.",
                "Lee",
                "the bridge would last, fell, and rose",
                "",
            ),
        ] {
            let expected = if expected.is_empty() { content } else { expected };
            let report = report(text, source, "said", &[content]);
            let left = with_document(text, |doc| {
                end_object_relative(doc, &quotation_marks::quoted_spans(doc), report)
            });
            assert_eq!(left.contents[0].slice(text), expected, "{text}");
        }
    }
}
