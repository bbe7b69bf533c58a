//! Acts: whether an attribution reports speech, or a belief, plan, feeling or other act in the reporter's words.

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::complement;
use crate::engine::attribution::{Attribution, MAX_ADDRESSEE_WORDS, assertion, figures, stance};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::{tokens, work_titles};
use crate::word_list::word_list;

/// The subject of a relative clause has at most this many tokens: "an offer that | the leader of the union | called derisory".
const MAX_RELATIVE_SUBJECT_TOKENS: usize = 12;

/// Tells for each attribution whether its cue reports speech.
pub(crate) fn set_acts(doc: &Document, attributions: &mut [Attribution]) {
    for attribution in attributions {
        attribution.act = act_of(doc, attribution);
    }
}

/// The act of one attribution.
pub(crate) fn act_of(doc: &Document, attribution: &Attribution) -> Act {
    let (Some(cue_span), Some(content_span)) = (attribution.cue, attribution.contents.first()) else {
        // A label or a signature has no verb.
        let is_named = matches!(attribution.rule, AttributionRule::Label | AttributionRule::Signature);
        return if is_named { Act::Speech } else { Act::Stance };
    };
    let (cue, mut content) = (doc.tokens_in(cue_span), doc.tokens_in(*content_span));
    // "accused Lee, who left, of theft": all pieces after the cue are one complement.
    if let Some(last) = attribution.contents.last().filter(|_| content.start >= cue.end) {
        content.end = doc.tokens_in(*last).end.max(content.end);
    }
    let is_mark = cue.len() == 1 && (doc.word(cue.start) == ":" || tokens::is_dash(doc.word(cue.start)));
    if is_mark && follows_score(doc, cue.start) {
        return Act::Stance;
    }
    if is_mark || attribution.rule == AttributionRule::AccordingTo || doc.lower(cue.start) == "according" {
        return Act::Speech;
    }
    // "The dam leaks, Lee added": what stands before source and cue is a clause.
    let is_clause = content.end <= cue.start || complement::is_clause(doc, content.clone());
    let telling = after_by(doc, cue.clone());
    let is_speech = telling.into_iter().any(|it| reports(doc, cue.clone(), it, content.clone(), is_clause));
    // "wrote the novel": a work is made, not said.
    let makes = |token: usize| doc.is(token, LexicalClass::TellingVerb);
    let is_work = cue.clone().any(makes)
        && !is_clause
        && work_titles::begins_with_work(doc, content.start, content.end);
    let is_event =
        !complement::is_clause(doc, content.clone()) && is_reported_event(doc, cue.clone(), content.clone());
    let is_told = is_speech && !is_work && !is_event && assertion::is_asserted(doc, attribution, is_clause);
    let is_empty = attribution.contents.len() == 1
        && !figures::is_figure(doc, cue.clone(), content.clone())
        && (complement::is_object_of_relative(doc, attribution)
            || complement::is_reference(doc, content.clone())
                && !is_charge(doc, cue.clone(), content.clone())
            || complement::is_topic(doc, cue.clone(), content.clone())
            || is_apology_to(doc, cue.clone(), content.clone())
            || content.start >= cue.end && is_empty_saying(doc, content.clone()));
    if is_told
        && !is_empty
        && !stance::is_taken(doc, attribution, cue.clone(), content.clone())
        && !is_request(doc, cue, content)
    {
        Act::Speech
    } else {
        Act::Stance
    }
}

/// Whether the games that a side won and lost stand in brackets before a colon: "Tarnside (1-0): Lee 25 points".
fn follows_score(doc: &Document, colon: usize) -> bool {
    colon > 2
        && doc.word(colon - 1) == ")"
        && doc.word(colon - 3) == "("
        && tokens::is_score(doc.word(colon - 2))
}

/// Whether a word is a form of "say" or another plain verb of saying.
pub(crate) fn is_saying_verb(doc: &Document, token: usize) -> bool {
    doc.is(token, LexicalClass::SpeechVerb) || matches!(doc.lower(token).as_str(), "say" | "says")
}

/// Whether a word may be the cue of reported speech, whatever follows it.
pub(crate) fn is_reporting_word(doc: &Document, token: usize) -> bool {
    [
        LexicalClass::ReportingWord,
        LexicalClass::ClauseReportingWord,
        LexicalClass::StatementReportingWord,
        LexicalClass::JudgementReportingWord,
        LexicalClass::NamingReportingWord,
    ]
    .iter()
    .any(|it| doc.is(token, *it))
}

/// Whether the word at a token of a cue reports a content. Each class of words reports only what its words are said of: "told
/// | them to go", but not "told | the story".
fn reports(doc: &Document, cue: Range<usize>, token: usize, content: Range<usize>, is_clause: bool) -> bool {
    let is = |class: LexicalClass| doc.is(token, class);
    is(LexicalClass::ReportingWord)
        || is(LexicalClass::ClauseReportingWord) && is_clause
        || is(LexicalClass::StatementReportingWord)
            && (is_clause
                || complement::is_statement(doc, content.clone())
                || claims(doc, token, content.clone()))
        || is(LexicalClass::JudgementReportingWord)
            && (is_clause || complement::is_judgement(doc, cue.clone(), content.clone()))
        || is(LexicalClass::NamingReportingWord)
            && is_called(doc, cue.clone(), token, content.clone(), is_clause)
        || doc.lower(token).starts_with("put") && doc.lower(token + 1) == "it"
        || doc.lower(token) == "citing" && content.end <= token
        || figures::is_putting(&doc.lower(token)) && figures::is_figure(doc, cue, content)
}

/// Whether somebody is charged with something: "accused | it of waste". Without what it is charged with, "it" only refers.
fn is_charge(doc: &Document, cue: Range<usize>, content: Range<usize>) -> bool {
    let is_judging = |token: usize| doc.is(token, LexicalClass::JudgementReportingWord);
    cue.clone().any(is_judging) && complement::is_judgement(doc, cue, content)
}

/// The words of a cue from which its act is read: those behind "by" where a participle follows it. To respond by confirming
/// a right is to confirm it.
fn after_by(doc: &Document, cue: Range<usize>) -> Range<usize> {
    let is_by = |token: &usize| doc.lower(*token) == "by" && doc.lower(token + 1).ends_with("ing");
    let by = cue.clone().skip(1).find(|it| is_by(it) && it + 1 < cue.end);
    by.map_or(cue.start, |it| it + 1)..cue.end
}

/// Whether an event or a paper is only brought to light: "first reported | the memo", "reported | the theft to the police", "| the
/// request | was first reported by". What a company reports of itself is told: "reported | a loss".
fn is_reported_event(doc: &Document, cue: Range<usize>, content: Range<usize>) -> bool {
    let is_report =
        |token: usize| matches!(doc.lower(token).as_str(), "report" | "reported" | "reports" | "reporting");
    let is_first = cue.clone().any(|it| doc.lower(it) == "first");
    let is_definite =
        matches!(doc.lower(content.start).as_str(), "the" | "this" | "these" | "that" | "those");
    let is_described = content.clone().any(|it| doc.lower(it) == "of");
    let is_passive = content.end <= cue.start
        && cue.clone().any(is_report)
        && assertion::is_passive(doc, assertion::verb_group(doc, cue.clone()));
    let is_active = content.start >= cue.end && cue.end > cue.start && is_report(cue.end - 1);
    is_passive && is_first || is_active && (is_first || is_definite && !is_described)
}

/// Whether the word at a token claims what can only be told: "claimed | vast wealth", but not "claimed | the title" and "claimed
/// | nine lives".
fn claims(doc: &Document, token: usize, content: Range<usize>) -> bool {
    const CLAIMED_THINGS: &[&str] = &word_list!("claimed-things");
    let is_thing = |it: usize| CLAIMED_THINGS.binary_search(&doc.lower(it).as_str()).is_ok();
    let mut phrase = content.take_while(|it| !doc.is(*it, LexicalClass::Preposition) && doc.word(*it) != ",");
    doc.lower(token).starts_with("claim") && !phrase.any(is_thing)
}

/// Whether the naming word at a token of a cue names something or demands it: "called | it a farce", "called for | peace". A
/// friend is called without a word that is told.
fn is_called(
    doc: &Document,
    cue: Range<usize>,
    token: usize,
    content: Range<usize>,
    is_clause: bool,
) -> bool {
    let is_call = doc.lower(token).starts_with("call");
    let demands = |token: usize| matches!(doc.lower(token).as_str(), "for" | "on" | "upon");
    let is_demand = is_call && ((token + 1..cue.end).any(demands) || demands(content.start));
    is_demand
        || content.start > token && is_relative_naming(doc, token, content.start)
        || content.end <= cue.start && !(is_call && begins_circumstance(doc, token + 1))
        || doc.lower(content.start) == "that"
        || !is_call && is_clause
        || complement::is_naming(doc, content)
}

/// Whether what stands at a token behind "called" tells when or to what end: "the vote that the board called | to end the row".
fn begins_circumstance(doc: &Document, token: usize) -> bool {
    let is_phrase = doc.is(token, LexicalClass::Preposition) && !matches!(doc.word(token), "as" | "for");
    is_phrase || doc.is(token, LexicalClass::TimeWord)
}

/// Whether the verb at a token names a thing: "called", "described | as".
pub(crate) fn is_naming_verb(doc: &Document, token: usize) -> bool {
    doc.is(token, LexicalClass::NamingReportingWord)
        || doc.lower(token).starts_with("describ") && doc.word(token + 1) == "as"
}

/// Whether the naming word at a token stands in a relative clause whose pronoun is what is named, so that all behind it is the name:
/// "an offer that the union called | derisory".
fn is_relative_naming(doc: &Document, token: usize, content: usize) -> bool {
    let floor = doc.sentences.get(doc.sentence_of(token)).map_or(0, |it| it.tokens.start);
    let mut before = (floor.max(token.saturating_sub(MAX_RELATIVE_SUBJECT_TOKENS))..token).rev();
    let pronoun = before.find(|it| matches!(doc.word(*it), "that" | "which" | "whom"));
    pronoun.is_some_and(|it| is_object_relative(doc, it + 1, token)) && !begins_other_object(doc, content)
}

/// Whether the subject that begins at a token, of the verb at another, stands directly behind a relative pronoun, with the noun before
/// that. "Lee said that the union called" has a conjunction.
pub(crate) fn is_object_relative(doc: &Document, subject: usize, verb: usize) -> bool {
    let floor = doc.sentences.get(doc.sentence_of(subject)).map_or(0, |it| it.tokens.start);
    let Some(pronoun) = subject.checked_sub(1).filter(|it| *it > floor) else { return false };
    let before = pronoun - 1;
    let follows_comma = doc.word(before) == ",";
    let is_noun = doc.word(before).starts_with(char::is_alphanumeric)
        && !is_reporting_word(doc, before)
        && ![
            LexicalClass::SpeechVerb,
            LexicalClass::PastTense,
            LexicalClass::Auxiliary,
            LexicalClass::Adverb,
            LexicalClass::Preposition,
            LexicalClass::TimeWord,
            LexicalClass::Addressee,
            LexicalClass::ObjectPronoun,
        ]
        .iter()
        .any(|it| doc.is(before, *it));
    let is_subject = || {
        verb <= subject + MAX_RELATIVE_SUBJECT_TOKENS
            && (subject..verb)
                .all(|it| !matches!(doc.word(it), ";" | ":") && !tokens::is_quotation_mark(doc.word(it)))
    };
    match doc.word(pronoun) {
        "that" => is_noun && is_subject(),
        "which" | "whom" => (is_noun || follows_comma) && is_subject(),
        _ => false,
    }
}

/// Whether what stands behind a naming word in a relative clause is no name: "a vote that the board called | to end the row", "called
/// | last week".
pub(crate) fn begins_other_object(doc: &Document, content: usize) -> bool {
    begins_circumstance(doc, content)
        || doc.is(content, LexicalClass::ObjectPronoun)
        || doc.lower(content) == "up"
}

/// Whether only those are told to whom somebody apologises: "apologised to | the family".
fn is_apology_to(doc: &Document, cue: Range<usize>, content: Range<usize>) -> bool {
    let is_to = |token: usize| doc.lower(token) == "to";
    let apologises = cue.clone().any(|it| doc.lower(it).starts_with("apolog"));
    let is_addressed = cue.end > cue.start && is_to(cue.end - 1) || is_to(content.start);
    apologises && is_addressed && !content.clone().any(|it| matches!(doc.word(it), "for" | "that"))
}

/// Whether something is asked for, or only those are told who are asked, so that nothing is said: "asked the clerk | for the
/// file", "asked | 900 voters". To ask for something says that it is wanted.
fn is_request(doc: &Document, cue: Range<usize>, content: Range<usize>) -> bool {
    let is_ask = |token: usize| matches!(doc.lower(token).as_str(), "ask" | "asked" | "asking" | "asks");
    let is_asking = cue.end > cue.start && is_ask(cue.end - 1) && content.start >= cue.end;
    let is_for = |token: usize| doc.lower(token) == "for";
    let has_addressee = is_for(content.start) && content.start > cue.end
        || content.clone().take(MAX_ADDRESSEE_WORDS + 1).skip(1).any(is_for);
    let begins_infinitive = |token: usize| {
        doc.lower(token) == "to"
            && doc.word(token + 1).starts_with(char::is_lowercase)
            && !doc.is(token + 1, LexicalClass::Determiner)
    };
    let has_wish = is_for(content.start) || content.clone().any(begins_infinitive);
    is_asking && (has_addressee || !has_wish) && !complement::is_clause(doc, content)
}

/// Whether somebody only greets, prays or objects, or says nothing: "say | goodbye to the old hut", "beg | to differ", "said | nothing as
/// she left". "Nothing was done" is a clause.
fn is_empty_saying(doc: &Document, content: Range<usize>) -> bool {
    const EMPTY_SAYINGS: &[&str] = &word_list!("empty-sayings");
    let ends_phrase = [LexicalClass::Preposition, LexicalClass::ClauseBoundary, LexicalClass::TimeWord];
    let is_phrase = content.len() == 1
        || ends_phrase.iter().any(|it| doc.is(content.start + 1, *it))
        || matches!(doc.lower(content.start + 1).as_str(), "after" | "before" | "more" | "else" | ",");
    let differs = doc.lower(content.start) == "to" && doc.lower(content.start + 1) == "differ";
    differs || is_phrase && EMPTY_SAYINGS.binary_search(&doc.lower(content.start).as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;
    use crate::span::Span;

    #[test]
    fn a_paraphrase_is_speech_where_its_cue_reports() {
        for (text, cue, content, expected) in [
            ("Lee said the dam leaked.", "said", "the dam leaked", Act::Speech),
            ("Lee has repeatedly denied the theft.", "has repeatedly denied", "the theft", Act::Speech),
            ("Lee would call it a farce.", "would call", "it a farce", Act::Stance),
            ("Lee would later say it leaked.", "would later say", "it leaked", Act::Speech),
            ("Lee agreed to open the dam.", "agreed", "to open the dam", Act::Stance),
            ("Lee agreed that the dam leaked.", "agreed", "that the dam leaked", Act::Stance),
            ("The dam leaked, Lee agreed.", "agreed", "The dam leaked", Act::Speech),
            ("The dam leaked, according to Lee.", "according to", "The dam leaked", Act::Speech),
            ("The council approved that motion.", "approved", "that motion", Act::Stance),
            ("Lee wants a new dam.", "wants", "a new dam", Act::Stance),
            ("Lee believes that the dam leaks.", "believes", "that the dam leaks", Act::Stance),
            ("Lee stressed that the dam leaked.", "stressed", "that the dam leaked", Act::Speech),
            ("Lee stressed the dam would leak.", "stressed", "the dam would leak", Act::Speech),
            ("Lee stressed the need for a dam.", "stressed", "the need for a dam", Act::Stance),
            ("Lee found the file that was lost.", "found", "the file that was lost", Act::Stance),
            ("Lee agreed to build a dam.", "agreed", "to build a dam", Act::Stance),
            ("Lee asked the clerk for the file.", "asked", "the clerk for the file", Act::Stance),
            ("The memo was first reported by Lee.", "was first reported", "The memo", Act::Stance),
            ("Lee asked 900 people in Tarn.", "asked", "900 people in Tarn", Act::Stance),
            ("Lee asked drivers for film.", "asked", "for film", Act::Stance),
            (
                "Lee asked Ann Ray, the clerk of the old town hall in the east of the bay, to leave.",
                "asked",
                "Ann Ray, the clerk of the old town hall in the east of the bay, to leave",
                Act::Speech,
            ),
            ("Lee asked permission to leave.", "asked", "permission to leave", Act::Speech),
            ("Lee said nothing as she left.", "said", "nothing as she left", Act::Stance),
            ("Lee said nothing was done.", "said", "nothing was done", Act::Speech),
            ("Guests said goodbye to the hut.", "said", "goodbye to the hut", Act::Stance),
            ("Lee asked for a new vote.", "asked for", "a new vote", Act::Speech),
            ("Lee asked whether it leaked.", "asked", "whether it leaked", Act::Speech),
            ("The dam leaks, as Lee puts it.", "puts it", "The dam leaks", Act::Speech),
            ("Lee told them to leave.", "told", "them to leave", Act::Speech),
            ("Lee told the story of the lake.", "told", "the story of the lake", Act::Stance),
            ("Lee called her husband.", "called", "her husband", Act::Stance),
            ("Lee called the toll an insult.", "called", "the toll an insult", Act::Speech),
            ("Lee called for a vote.", "called for", "a vote", Act::Speech),
            ("Lee proclaimed himself king of Tarn.", "proclaimed", "himself king of Tarn", Act::Stance),
            ("Lee proclaimed that it was over.", "proclaimed", "that it was over", Act::Speech),
            ("Lee claimed vast wealth.", "claimed", "vast wealth", Act::Speech),
            ("The storm claimed nine lives.", "claimed", "nine lives", Act::Stance),
            ("Lee added two rooms.", "added", "two rooms", Act::Stance),
            ("The dam leaked badly, Lee added.", "added", "The dam leaked badly", Act::Speech),
            ("Lee criticised the board.", "criticised", "the board", Act::Stance),
            (
                "Lee criticised the board for selling it.",
                "criticised",
                "the board for selling it",
                Act::Speech,
            ),
            ("Lee denied those claims.", "denied", "those claims", Act::Stance),
            ("Lee denied any wrongdoing.", "denied", "any wrongdoing", Act::Speech),
            ("Lee criticised the lack of boats.", "criticised", "the lack of boats", Act::Speech),
            ("Lee asked about the toll.", "asked about", "the toll", Act::Stance),
            ("Lee’s claim that the dam leaked is old.", "claim", "that the dam leaked", Act::Speech),
        ] {
            let span = |words: &str| {
                let start = text.find(words).unwrap_or_default();
                Span::new(start, start + words.len())
            };
            let mut attributions = [Attribution {
                source: None,
                cue: Some(span(cue)),
                contents: vec![span(content)],
                rule: AttributionRule::Tagger,
                act: Act::Speech,
                confidence: 1.0,
            }];
            with_document(text, |doc| set_acts(doc, &mut attributions));
            assert_eq!(attributions[0].act, expected, "{text}");
        }
    }
}
