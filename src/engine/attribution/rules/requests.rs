//! Requests and warnings: somebody asks for something, asks another to do it, asks what another thinks, or warns of something ("called
//! for calm", "urged the board to resign", "asked voters which party they trusted", "warned against panic").

use std::ops::Range;

use crate::analysis::Act;
use crate::engine::attribution::rules::subject_verbs::{SubjectVerb, end_of_complement};
use crate::engine::attribution::{Attribution, MAX_ADDRESSEE_WORDS, speech_act};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::word_list;

/// Verbs of requests whose object is the person who is asked to do something: "urged | the board | to resign".
const REQUEST_VERBS: &[&str] = &word_list!("request-verbs");

/// The requests of a clause, each from the subject of its own verb. Those with quoted words are found by other rules.
pub(super) fn requests(clause: ClauseView) -> Vec<Attribution> {
    (1..clause.items.len()).filter_map(|verb| request(clause, verb)).collect()
}

/// The request whose verb is an item.
fn request(clause: ClauseView, verb: usize) -> Option<Attribution> {
    // Most words are no verbs of saying: they need not be compared.
    clause.token(verb).filter(|it| speech_act::is_reporting_word(clause.doc, *it))?;
    let word = clause.lower(verb);
    let has_preposition = takes_preposition(&word, &clause.lower(verb + 1))
        && !clause.is(verb + 2, LexicalClass::ObjectPronoun);
    if !has_preposition && REQUEST_VERBS.binary_search(&word.as_str()).is_err() {
        return None;
    }
    let mut request = SubjectVerb::at(clause, verb)?;
    let object = verb + 1 + usize::from(has_preposition);
    let start = if has_preposition { Some(object) } else { start_after_addressee(clause, object) }?;
    let content = start..end_of_complement(clause, start);
    if content.is_empty() || clause.first_quote_in(request.cue.end..content.end).is_some() {
        return None;
    }
    request.cue.end = request.cue.end.max(object);
    let request = request.attribution(clause, content);
    (speech_act::act_of(clause.doc, &request) == Act::Speech).then_some(request)
}

/// Whether a cue asks for something, asks somebody to do something or warns of it: "has called for", "urged", "warned against".
pub(crate) fn is_request_cue(doc: &Document, cue: Range<usize>) -> bool {
    let Some(last) = cue.clone().last() else { return false };
    let is_request = REQUEST_VERBS.binary_search(&doc.lower(last).as_str()).is_ok();
    is_request || is_prepositional_cue(doc, cue)
}

/// Whether a cue ends with a verb and the preposition of what it reports: "has called for", "warned against".
pub(crate) fn is_prepositional_cue(doc: &Document, cue: Range<usize>) -> bool {
    cue.len() > 1 && takes_preposition(&doc.lower(cue.end - 2), &doc.lower(cue.end - 1))
}

/// Whether a verb of a request or a warning, in lower case, reports what stands behind a preposition: "asked | for".
fn takes_preposition(verb: &str, preposition: &str) -> bool {
    match preposition {
        "for" => matches!(verb, "ask" | "asks" | "asked" | "call" | "calls" | "called"),
        "against" | "of" => matches!(verb, "warn" | "warns" | "warned"),
        _ => false,
    }
}

/// The item at which a request begins whose verb has the person asked at `object`: that person before an infinitive, the word that opens
/// a question. `None` where neither follows.
fn start_after_addressee(clause: ClauseView, object: usize) -> Option<usize> {
    let is_noun_word = |item: usize| {
        let ends_phrase = [LexicalClass::Auxiliary, LexicalClass::ClauseBoundary, LexicalClass::TimeWord];
        clause.is_word(item) && !ends_phrase.iter().any(|it| clause.is(item, *it))
    };
    let opens_question = |item: usize| {
        clause.is(item, LexicalClass::QuestionWord) || matches!(clause.word(item), "if" | "whether")
    };
    for item in object..(object + MAX_ADDRESSEE_WORDS + 1).min(clause.items.len()) {
        if item > object && begins_infinitive(clause, item) {
            return Some(object);
        }
        if item > object && opens_question(item) {
            return clause.lower(object - 1).starts_with("ask").then_some(item);
        }
        let is_first = item == object;
        if !is_noun_word(item) || is_first && clause.is(item, LexicalClass::Preposition) {
            return None;
        }
    }
    None
}

/// Whether an infinitive begins with an item: "to stay", but not "to the hall" and "to Tarn".
pub(super) fn begins_infinitive(clause: ClauseView, item: usize) -> bool {
    clause.word(item) == "to"
        && clause.word(item + 1).starts_with(char::is_lowercase)
        && !clause.is(item + 1, LexicalClass::Determiner)
        && !clause.is(item + 1, LexicalClass::ObjectPronoun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_clauses;

    #[test]
    fn what_somebody_asks_for_is_said() {
        for (text, expected) in [
            ("Piet Maas called for calm.", Some("Piet Maas: calm")),
            ("The union has asked for more time, and left.", Some("The union: more time")),
            ("The mayor warned against panic.", Some("The mayor: panic")),
            ("Residents urged the board to resign.", Some("Residents: the board to resign")),
            (
                "Lee asked the driver of the bus to wait for him.",
                Some("Lee: the driver of the bus to wait for him"),
            ),
            ("She begged them to stay.", Some("She: them to stay")),
            (
                "The survey asked voters which party they trusted most.",
                Some("The survey: which party they trusted most"),
            ),
            ("Lee asked the clerk if the road was open.", Some("Lee: if the road was open")),
            ("Lee asked the clerk for the file.", None),
            ("Lee called for him on Sunday.", None),
            ("Delta Survey asked 900 people in Lindwick.", None),
            ("The board was asked to resign.", None),
            ("Lee did not urge the board to resign.", None),
            ("Lee wants to urge the board to resign.", None),
            ("Lee urged the board to “resign”.", None),
        ] {
            let found = with_clauses(text, |doc, quoted, clauses, _| {
                let view = ClauseView { doc, quoted, items: &clauses[0].items };
                requests(view).first().map(|it| {
                    format!("{}: {}", it.source.map_or("", |it| it.slice(text)), it.contents[0].slice(text))
                })
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
