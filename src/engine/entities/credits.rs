//! Credits: the names of photographers and agencies behind a picture or a text, who are not people in the story.

use std::ops::Range;

use crate::engine::entities::features::Features;
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::word_list;

/// How many tokens of a credit may stand between its noun and a name: "Photo by Ann Lee / Norbex".
const MAX_CREDIT_TOKENS: usize = 8;
/// How many words the job of an author may have: "Chief Health Correspondent".
const MAX_JOB_WORDS: usize = 4;

/// Whether a name is a credit: "Photo: Ann Lee", "(Ann Lee/Norbex)", "Ann Lee/The Norbex Press" at the end of a paragraph.
pub(crate) fn is_credit(features: &Features, name: &Range<usize>) -> bool {
    is_beside_slash(features, name)
        || follows_credit_noun(features, name)
        || follows_credit_label(features, name)
        || is_author_of_text(features, name)
        || is_agency_of_dateline(features, name)
        || is_outlet_behind_place(features, name)
        || is_agency_behind_text(features, name)
}

/// Whether a name is the acronym of the agency behind the last sentence of a paragraph: "The river rose. — NHB", "The river rose. (NHB)".
fn is_agency_behind_text(features: &Features, name: &Range<usize>) -> bool {
    let word = features.doc.word(name.start);
    let is_acronym = name.len() == 1 && word.len() > 1 && word.bytes().all(|it| it.is_ascii_uppercase());
    let Some(mark) = name.start.checked_sub(1).filter(|it| is_acronym && *it > 0) else { return false };
    let is_dash = matches!(features.form(mark), "—" | "–" | "-" | "--");
    let is_bracket = features.form(mark) == "(" && features.form(name.end) == ")";
    let end = name.end + usize::from(is_bracket);
    let follows_stop = matches!(features.form(mark - 1), "." | "!" | "?" | "”" | "\"");
    (is_dash || is_bracket)
        && follows_stop
        && !features.doc.begins_line(mark)
        && features.doc.begins_line(end)
}

/// Whether a name is the outlet in brackets behind the place that opens a paragraph: "Tarnside (CNN Business) The river rose."
fn is_outlet_behind_place(features: &Features, name: &Range<usize>) -> bool {
    let is_outlet = features.is(name.start, LexicalClass::Organization) || features.form(name.start) == "AP";
    let open = name.start.checked_sub(1).filter(|it| features.form(*it) == "(" && is_outlet);
    let Some(open) = open.filter(|_| features.form(name.end) == ")") else { return false };
    let words = features.doc.block_start(open).max(open.saturating_sub(MAX_CREDIT_TOKENS))..open;
    let begins = features.doc.begins_line(words.start);
    let is_listed = |start: usize| features.lexicon.classes(&features.phrase(start..open)).is_place();
    let is_place = words.clone().any(is_listed);
    let is_name = |at: usize| features.is_capitalized(at) || features.form(at) == ",";
    begins && is_place && words.clone().all(is_name) && features.is_capitalized(name.end + 1)
}

/// Whether a name is the agency in the brackets of a dateline: "TARNSIDE (NHB) —".
fn is_agency_of_dateline(features: &Features, name: &Range<usize>) -> bool {
    let Some(token) = features.doc.tokens.get(name.start) else { return false };
    let dateline = features.doc.story.blocks()[token.block].dateline;
    let is_bracketed = name.start.checked_sub(1).is_some_and(|it| features.form(it) == "(");
    is_bracketed && dateline.is_some_and(|it| it.contains(token.span.start))
}

/// Whether a line opens with the word for a credit and the name: "COURTESY OF ANN LEE", "Byline: Ann Lee".
fn follows_credit_label(features: &Features, name: &Range<usize>) -> bool {
    const LABELS: &[&str] = &word_list!("credit-labels");
    let begins_line = |at: usize| features.doc.begins_line(at);
    let label = name.start.checked_sub(2).filter(|it| begins_line(*it) && begins_line(name.end));
    label.is_some_and(|it| {
        let opening = features.doc.span(it..name.start).slice(features.doc.text).to_lowercase();
        LABELS.binary_search(&opening.as_str()).is_ok()
    })
}

/// Whether a line only tells who wrote the text: "Ann Lee, Health Correspondent", "Ann Lee is a staff writer."
fn is_author_of_text(features: &Features, name: &Range<usize>) -> bool {
    const JOBS: &[&str] = &word_list!("byline-jobs");
    if name.len() < 2 || !features.doc.begins_line(name.start) {
        return false;
    }
    let job_start = match (features.form(name.end), features.form(name.end + 1)) {
        (",", _) => name.end + 1,
        ("is", "a" | "an" | "the") => name.end + 2,
        _ => return false,
    };
    let is_sentence = features.form(name.end) == "is";
    let mut words = job_start..job_start + MAX_JOB_WORDS + 1;
    let Some(end) = words.find(|it| features.doc.begins_line(*it) || features.form(*it) == ".") else {
        return false;
    };
    let is_job = |start: usize| {
        let job = features.doc.span(start..end).slice(features.doc.text).to_lowercase();
        JOBS.binary_search(&job.as_str()).is_ok()
    };
    let is_capital = |at: usize| is_sentence || features.is_capitalized(at);
    let has_job = end > job_start && (is_job(end - 1) || end > job_start + 1 && is_job(end - 2));
    has_job && (job_start..end).all(is_capital) && (features.form(end) == ".") == is_sentence
}

/// Whether a slash joins a name with the next or the last name, and the credit ends its paragraph or stands in brackets.
fn is_beside_slash(features: &Features, name: &Range<usize>) -> bool {
    let has_slash = |at: usize| features.form(at).contains('/') && features.form(at).len() > 1;
    let is_slash = |at: usize| matches!(features.form(at), "/" | "|");
    let before = name.start.checked_sub(1);
    let is_joined = name.clone().any(has_slash)
        || is_slash(name.end)
        || before.is_some_and(|it| is_slash(it) || has_slash(it) && features.is_capitalized(it));
    is_joined && ends_credit(features, name.end)
}

/// Whether only more capitalised words, slashes and a closing bracket stand between token `at` and the end of its block.
fn ends_credit(features: &Features, at: usize) -> bool {
    let Some(block) = at.checked_sub(1).and_then(|it| features.doc.tokens.get(it)).map(|it| it.block) else {
        return false;
    };
    for next in at..at + MAX_CREDIT_TOKENS {
        let Some(token) = features.doc.tokens.get(next).filter(|it| it.block == block) else { return true };
        let word = token.span.slice(features.doc.text);
        match word {
            ")" | "]" => return true,
            "/" | "|" | "." | "via" | "," | "for" => {}
            _ if features.is_capitalized(next) => {}
            _ => return false,
        }
    }
    false
}

/// Whether "Photo:", "Photograph by" or the like stands before a name, with nothing but names between them.
fn follows_credit_noun(features: &Features, name: &Range<usize>) -> bool {
    let floor = features.doc.sentences[features.doc.sentence_of(name.start)].tokens.start;
    let first = floor.max(name.start.saturating_sub(MAX_CREDIT_TOKENS));
    let is_inside = |at: &usize| {
        features.is_capitalized(*at)
            || matches!(features.form(*at), "/" | "via" | "," | "for" | "|" | "of" | ":" | "by" | "courtesy")
    };
    let is_noun = |at: usize| features.doc.is(at, LexicalClass::CreditNoun);
    let words = (first..name.start).rev();
    let inside: Vec<usize> = words.take_while(|it| is_inside(it) || is_noun(*it)).collect();
    let Some(noun) = inside.iter().rev().copied().find(|it| is_noun(*it)) else { return false };
    let opens = noun == floor || matches!(features.form(noun - 1), "(" | "[" | "|" | "—" | "–" | "." | "/");
    let joins = matches!(features.form(noun + 1), ":" | "by" | "courtesy" | "credit");
    opens && joins
}
