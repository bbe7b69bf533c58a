//! Other voices: a paraphrase ends where the sentence goes on with what somebody else says.

use crate::engine::attribution::{Attribution, speech_act};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::word_list::word_list;

/// Verbs of contradiction that report without a content, in lower case: "beg" in "beg to differ".
const DISSENT: &[&str] = &word_list!("dissent-verbs");
/// The verb of the other voice follows a semicolon within this many tokens.
const MAX_SUBJECT_TOKENS: usize = 8;

/// Ends a content at a semicolon behind which another one speaks: "insists the trains run; | passengers beg to differ".
pub(super) fn end_at_other_voice(
    doc: &Document,
    quoted: &[QuotedSpan],
    mut attribution: Attribution,
) -> Attribution {
    let (Some(cue), Some(last)) = (attribution.cue, attribution.contents.last_mut()) else {
        return attribution;
    };
    let tokens = doc.tokens_in(*last);
    let speaks = |token: usize| {
        let is_dissent = DISSENT.binary_search(&doc.lower(token).as_str()).is_ok();
        let is_noun = doc.is(token - 1, LexicalClass::Determiner)
            || doc.is(token - 1, LexicalClass::Preposition)
            || matches!(doc.word(token - 1), "'s" | "’s" | ";" | "," | "to" | "and");
        !is_noun
            && (is_dissent
                || doc.is(token, LexicalClass::SpeechVerb)
                || speech_act::is_reporting_word(doc, token))
    };
    let ends = |token: &usize| {
        let subject = token + 2..tokens.end.min(token + 2 + MAX_SUBJECT_TOKENS);
        doc.word(*token) == ";"
            && !is_quoted(quoted, doc.tokens[*token].span)
            && doc.lower(token + 1) != "that"
            && subject.into_iter().any(speaks)
    };
    let semicolon = tokens.clone().skip(2).find(ends).filter(|_| last.start >= cue.end);
    if let Some(semicolon) = semicolon {
        *last = doc.span(tokens.start..semicolon);
    }
    attribution
}
