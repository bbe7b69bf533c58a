//! Main clauses: contents that stand in a subordinate clause or after a noun end where the main clause of their sentence begins.

use std::ops::Range;

use crate::engine::attribution::fusion::non_speech;
use crate::engine::attribution::{Attribution, complement};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::engine::text::tokens::is_dash;

/// A conjunction stands at most this many tokens after the start of its sentence: "Two days | after | the board said".
const MAX_TOKENS_BEFORE_CONJUNCTION: usize = 4;
/// The main clause is searched in contents of at most this many tokens; what is longer is no sentence.
const MAX_CONTENT_TOKENS: usize = 150;

/// Cuts the content of a noun before the verb of the main clause: "Lee's promise that no one would be sacked | was kept".
pub(super) fn trim_noun_content(doc: &Document, mut attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue), [content]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let (owner, cue, content) = (doc.tokens_in(source), doc.tokens_in(cue), doc.tokens_in(*content));
    let is_possessive = |token: usize| matches!(doc.word(token), "'s" | "’s" | "'" | "’");
    if owner.is_empty() || cue.is_empty() || doc.word(content.start) != "that" {
        return attribution;
    }
    let has_owner = cue.len() == 1
        && cue.end == content.start
        && (is_possessive(owner.end - 1)
            || cue.start > 0 && is_possessive(cue.start - 1)
            || matches!(doc.lower(owner.start).as_str(), "his" | "her" | "its" | "their"));
    // "The claim | by | Ann Lee | that"
    let has_author = owner.start == cue.end + 1
        && owner.end == content.start
        && matches!(doc.word(cue.end), "by" | "from" | "of");
    if !has_owner && !has_author {
        return attribution;
    }
    let subject = owner.start.min(cue.start);
    let ends_clause = |token: &usize| {
        let word = doc.lower(*token);
        matches!(word.as_str(), "," | "and" | "but" | "or" | "than")
            || doc.is(*token, LexicalClass::ClauseBoundary)
    };
    let end = content.clone().skip(1).find(ends_clause).unwrap_or(content.end);
    let sentence = doc.sentences.get(doc.sentence_of(subject)).map_or(0, |it| it.tokens.start);
    let is_opener = |token: usize| {
        doc.is(token, LexicalClass::LeadingConnective)
            || doc.word(token) == "and"
            || has_author && token + 1 == subject && doc.is(token, LexicalClass::Determiner)
    };
    let is_subject = (sentence..subject).all(is_opener);
    let main_verb = if is_subject {
        complement::verb_after_clause(doc, content.start + 1..end)
    } else {
        second_auxiliary(doc, content.start + 1..end)
    };
    if let Some(verb) = main_verb {
        attribution.contents = vec![doc.span(content.start..verb)];
    }
    attribution
}

/// The first auxiliary after other words than those with which the first auxiliaries of a clause stand together; `None` where
/// there is none.
pub(super) fn second_auxiliary(doc: &Document, clause: Range<usize>) -> Option<usize> {
    let is_auxiliary = |token: usize| doc.is(token, LexicalClass::Auxiliary) && doc.word(token) != "May";
    let first = clause.clone().find(|it| is_auxiliary(*it))?;
    clause.into_iter().find(|it| *it > first + 1 && is_auxiliary(*it) && !is_auxiliary(it - 1))
}

/// Ends the content of a participle that opens its sentence at the comma before the subject, which is the speaker: "Saying that
/// it rained, | Lee left".
pub(super) fn end_fronted_participle(doc: &Document, mut attribution: Attribution) -> Attribution {
    let (Some(cue), [content]) = (attribution.cue, &attribution.contents[..]) else { return attribution };
    let (cue, content) = (doc.tokens_in(cue), doc.tokens_in(*content));
    let sentence = doc.sentences.get(doc.sentence_of(cue.start));
    let opens_sentence = sentence.is_some_and(|it| it.tokens.start == cue.start);
    let is_participle = cue.len() == 1 && doc.lower(cue.start).ends_with("ing") && content.start >= cue.end;
    if !opens_sentence || !is_participle {
        return attribution;
    }
    let is_name = |token: usize| doc.word(token).starts_with(char::is_uppercase);
    let begins_subject = |token: usize| doc.is(token, LexicalClass::SubjectPronoun) || is_name(token);
    let comma = content.clone().skip(2).find(|it| doc.word(*it) == "," && begins_subject(it + 1));
    let clause = content.start..comma.unwrap_or(content.end);
    attribution.contents =
        vec![doc.span(clause.start..second_participle(doc, clause.clone()).unwrap_or(clause.end))];
    let Some(comma) = comma.filter(|it| *it + 2 < content.end) else { return attribution };
    let start = comma + 1;
    let end = (start + 1..content.end).find(|it| !is_name(*it)).unwrap_or(start + 1);
    let subject = if is_name(start) && !doc.is(start, LexicalClass::SubjectPronoun) {
        start..end
    } else {
        start..start + 1
    };
    attribution.source = Some(doc.span(subject));
    attribution
}

/// The "and" before a second participle that opens a sentence beside the one before the clause: "Noting that it rained | and pointing to
/// the roof". A clause with a participle of its own may go on with another.
fn second_participle(doc: &Document, mut clause: Range<usize>) -> Option<usize> {
    let is_participle = |token: usize| {
        let word = doc.word(token);
        word.starts_with(char::is_lowercase) && word.ends_with("ing") && !word.ends_with("thing")
    };
    let first = clause.find(|it| is_participle(*it))?;
    let and = first.checked_sub(1).filter(|it| doc.word(*it) == "and")?;
    doc.is(first + 1, LexicalClass::Preposition).then_some(and)
}

/// Ends a content before the verb of the main clause in an inverted sentence: "Among the guests who said | the soup was cold | was
/// a cook".
pub(super) fn end_inverted(doc: &Document, mut attribution: Attribution) -> Attribution {
    let (Some(cue), [content]) = (attribution.cue, &attribution.contents[..]) else { return attribution };
    let (cue, tokens) = (doc.tokens_in(cue), doc.tokens_in(*content));
    let start = doc.sentences.get(doc.sentence_of(cue.start)).map_or(cue.start, |it| it.tokens.start);
    let is_inverted = doc.lower(start) == "among" && tokens.start >= cue.end;
    let begins_main_clause = |token: &usize| {
        doc.is(*token, LexicalClass::FormOfBe) && complement::has_own_verb(doc, tokens.start..*token)
    };
    let verb = tokens.clone().skip(1).find(begins_main_clause).filter(|_| is_inverted);
    if let Some(verb) = verb {
        attribution.contents = vec![doc.span(tokens.start..verb)];
    }
    attribution
}

/// Ends the content of a clause between dashes at the second dash: "She was liked — the clerk said | he was proud | — but left".
pub(super) fn end_aside(doc: &Document, quoted: &[QuotedSpan], mut attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue), [content]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let (source, tokens) = (doc.tokens_in(source), doc.tokens_in(*content));
    let sentence = doc.sentences.get(doc.sentence_of(source.start)).map_or(0, |it| it.tokens.start);
    let opens_aside =
        source.start > sentence && is_dash(doc.word(source.start - 1)) && content.start >= cue.end;
    let is_end = |it: &usize| is_dash(doc.word(*it)) && !is_quoted(quoted, doc.tokens[*it].span);
    let dash = tokens.clone().skip(1).find(is_end).filter(|_| opens_aside);
    if let Some(dash) = dash {
        attribution.contents = vec![doc.span(tokens.start..dash)];
    }
    attribution
}

/// Ends the content of a subordinate clause that opens its sentence at the comma before the main clause: "Since the ministry said
/// that the road would open, | nothing has been done".
pub(super) fn end_subordinate(
    doc: &Document,
    quoted: &[QuotedSpan],
    mut attribution: Attribution,
) -> Attribution {
    let (Some(source), Some(cue), [content]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let (source, cue, content) = (doc.tokens_in(source), doc.tokens_in(cue), doc.tokens_in(*content));
    let start = doc.sentences.get(doc.sentence_of(source.start)).map_or(source.start, |it| it.tokens.start);
    let Some(conjunction) = source.start.checked_sub(1).filter(|it| *it >= start) else { return attribution };
    let is_subordinate = conjunction <= start + MAX_TOKENS_BEFORE_CONJUNCTION
        && (doc.is(conjunction, LexicalClass::Subordinator)
            || matches!(doc.lower(conjunction).as_str(), "after" | "before"));
    if !is_subordinate
        || source.end > cue.start
        || content.start < cue.end
        || content.len() > MAX_CONTENT_TOKENS
    {
        return attribution;
    }
    // "nothing" and "King" are no participles.
    let is_participle = |word: &str| word.starts_with(char::is_lowercase) && !word.ends_with("thing");
    let continues = |token: usize| {
        doc.is(token, LexicalClass::ClauseBoundary)
            || doc.is(token, LexicalClass::PastTense)
            || matches!(doc.lower(token).as_str(), "and" | "or" | "but")
            || doc.word(token).ends_with("ing") && is_participle(doc.word(token))
    };
    // "it would rain, | snow and freeze": the words up to the next comma are a clause, or a subject with a relative clause.
    let is_clause = |start: usize| {
        let end = (start..content.end).find(|it| doc.word(*it) == ",").unwrap_or(content.end);
        complement::has_own_verb(doc, start..end) || matches!(doc.word(end + 1), "which" | "who" | "whose")
    };
    let begins_main_clause = |comma: &usize| {
        doc.word(*comma) == ","
            && !is_quoted(quoted, doc.tokens[*comma].span)
            && !continues(comma + 1)
            && is_clause(comma + 1)
            && complement::has_own_verb(doc, content.start..*comma)
            && complement::has_own_verb(doc, comma + 1..content.end)
    };
    let comma = content.clone().skip(1).find(|it| it + 2 < content.end && begins_main_clause(it));
    if let Some(comma) = comma {
        attribution.contents = vec![doc.span(content.start..comma)];
    }
    attribution
}

/// The answer behind a question that a participle between commas tells: "Lee, | asked | whether it leaked, | answered | that it did".
pub(super) fn with_answer(
    doc: &Document,
    quoted: &[QuotedSpan],
    mut attribution: Attribution,
) -> Attribution {
    let (Some(source), Some(cue), [content, ..]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let tokens = doc.tokens_in(*content);
    let is_aside = non_speech::opens_question_aside(doc, source, cue) && content.start >= cue.end;
    let is_answer = |it: &usize| {
        doc.word(*it) == ","
            && !is_quoted(quoted, doc.tokens[*it].span)
            && non_speech::is_answering(doc, it + 1)
    };
    let comma = tokens.clone().find(is_answer).filter(|it| is_aside && it + 2 < tokens.end);
    if let Some(comma) = comma {
        attribution.cue = Some(doc.tokens[comma + 1].span);
        attribution.contents[0] = doc.span(comma + 2..tokens.end);
    }
    attribution
}

/// Keeps what a cleft sentence tells: "What | Lee said | was | that the fence had been cut".
pub(super) fn end_cleft(doc: &Document, mut attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue), [.., last]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let (source, tokens) = (doc.tokens_in(source), doc.tokens_in(*last));
    let is_relative = source.start > 0 && matches!(doc.lower(source.start - 1).as_str(), "what" | "all");
    let is_cleft = is_relative
        && last.start >= cue.end
        && doc.is(tokens.start, LexicalClass::FormOfBe)
        && doc.word(tokens.start + 1) == "that"
        && tokens.start + 2 < tokens.end;
    if is_cleft {
        attribution.contents = vec![doc.span(tokens.start + 1..tokens.end)];
    }
    attribution
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_document};
    use crate::engine::text::quotation_marks;

    #[test]
    fn a_participle_that_opens_its_sentence_ends_at_the_subject() {
        for (text, source, expected) in [
            ("Saying that it rained, Ann Lee left the hall.", "Ann Lee", "that it rained"),
            ("Saying that it rained, she left the hall.", "she", "that it rained"),
            ("Saying that it rained and snowed is a joke.", "Saying", "that it rained and snowed is a joke"),
        ] {
            let words = text[7..text.len() - 1].to_owned();
            let report = report(text, "Saying", "Saying", &[&words]);
            let left = with_document(text, |doc| end_fronted_participle(doc, report));
            assert_eq!(left.contents[0].slice(text), expected, "{text}");
            assert_eq!(left.source.map(|it| it.slice(text)), Some(source), "{text}");
        }
    }

    #[test]
    fn what_a_noun_reports_ends_before_the_verb_of_which_it_is_the_subject() {
        for (text, source, cue, expected) in [
            ("Lee’s promise that it would stay was kept.", "Lee’s", "promise", "that it would stay"),
            ("Lee’s promise that it would stay drew cheers.", "Lee’s", "promise", "that it would stay"),
            (
                "The board’s claim that it leaks angered Tarn.",
                "The board’s",
                "claim",
                "that it leaks angered Tarn",
            ),
            ("His claim that the mill is safe has been dismissed.", "His", "claim", "that the mill is safe"),
            (
                "But Lee’s warning that the tip would close came in March.",
                "Lee’s",
                "warning",
                "that the tip would close",
            ),
            (
                "The claim by Ann Lee that the lake is dead has angered Tarn.",
                "Ann Lee",
                "The claim",
                "that the lake is dead",
            ),
            (
                "But a warning from Lee that the tip would close came in March.",
                "Lee",
                "warning",
                "that the tip would close",
            ),
            (
                "We read the claim by Lee that the dam would leak in May.",
                "Lee",
                "the claim",
                "that the dam would leak in May",
            ),
            (
                "We heard Lee’s claim that the dam would leak in May.",
                "Lee’s",
                "claim",
                "that the dam would leak in May",
            ),
        ] {
            let words = &text[text.find("that").unwrap_or_default()..text.len() - 1];
            let report = report(text, source, cue, &[words]);
            let left = with_document(text, |doc| trim_noun_content(doc, report));
            assert_eq!(left.contents[0].slice(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_subordinate_clause_reports_ends_before_the_main_clause() {
        for (text, expected) in [
            ("Since Lee said it would open, nothing has been done.", "it would open"),
            ("Two days after Lee said it was safe, the wall of the dam broke.", "it was safe"),
            ("Although Lee said it would rain, snow and freeze, we went.", "it would rain, snow and freeze"),
            ("Lee said it would rain, and we went.", "it would rain, and we went"),
            (
                "When Lee said the road, the old bridge and the quay were closed, we went.",
                "the road, the old bridge and the quay were closed",
            ),
        ] {
            let words = &text[text.find("said ").unwrap_or_default() + 5..text.len() - 1];
            let report = report(text, "Lee", "said", &[words]);
            let left =
                with_document(text, |doc| end_subordinate(doc, &quotation_marks::quoted_spans(doc), report));
            assert_eq!(left.contents[0].slice(text), expected, "{text}");
        }
    }

    #[test]
    fn a_question_between_commas_is_no_answer() {
        for (text, words, expected) in [
            (
                "Lee disliked crowds and, asked in May why she came, answered that she was late.",
                "why she came, answered that she was late",
                "that she was late",
            ),
            ("Lee, asked whether it leaked, said it did.", "whether it leaked, said it did", "it did"),
            (
                "Lee rose, asked whether it leaked, and left.",
                "whether it leaked, and left",
                "whether it leaked, and left",
            ),
        ] {
            let cue = if text.contains("in May") { "asked in May" } else { "asked" };
            let report = report(text, "Lee", cue, &[words]);
            let left =
                with_document(text, |doc| with_answer(doc, &quotation_marks::quoted_spans(doc), report));
            assert_eq!(left.contents[0].slice(text), expected, "{text}");
        }
    }

    #[test]
    fn a_cleft_sentence_tells_what_follows_its_verb() {
        for (text, words, expected) in [
            ("What Lee said was that it leaks.", "was that it leaks", "that it leaks"),
            ("What Lee said was wrong.", "was wrong", "was wrong"),
        ] {
            let report = report(text, "Lee", "said", &[words]);
            let left = with_document(text, |doc| end_cleft(doc, report));
            assert_eq!(left.contents[0].slice(text), expected, "{text}");
        }
    }
}
