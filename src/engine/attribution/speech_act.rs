//! Acts: whether an attribution reports speech, or a belief, plan, feeling or other act in the reporter's words.

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::{Attribution, MAX_ADDRESSEE_WORDS};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::{tokens, work_titles};

/// Tells for each attribution whether its cue reports speech.
pub(crate) fn set_acts(doc: &Document, attributions: &mut [Attribution]) {
    for attribution in attributions {
        attribution.act = act_of(doc, attribution);
    }
}

/// The act of one attribution.
pub(crate) fn act_of(doc: &Document, attribution: &Attribution) -> Act {
    let (Some(cue), Some(content)) = (attribution.cue, attribution.contents.first()) else {
        // A label or a signature has no verb.
        let is_named = matches!(attribution.rule, AttributionRule::Label | AttributionRule::Signature);
        return if is_named { Act::Speech } else { Act::Stance };
    };
    let (cue, content) = (doc.tokens_in(cue), doc.tokens_in(*content));
    let reports = |token: usize| {
        doc.is(token, LexicalClass::ReportingWord)
            || doc.is(token, LexicalClass::ClauseReportingWord) && is_clause(doc, content.clone())
            || doc.lower(token).starts_with("put") && doc.lower(token + 1) == "it"
    };
    let is_mark = cue.len() == 1 && (doc.word(cue.start) == ":" || tokens::is_dash(doc.word(cue.start)));
    let is_speech = is_mark || cue.clone().any(reports);
    // "wrote the novel": a work is made, not said.
    let makes = |token: usize| doc.is(token, LexicalClass::TellingVerb);
    let is_work = cue.clone().any(makes)
        && !is_clause(doc, content.clone())
        && work_titles::begins_with_work(doc, content.start, content.end);
    let is_told = is_speech && !is_work && !is_hypothetical(doc, cue.clone());
    if is_told && !is_promise_to_act(doc, cue.clone(), content.clone()) && !is_request(doc, cue, content) {
        Act::Speech
    } else {
        Act::Stance
    }
}

/// Whether tokens are a clause, not a noun phrase or an infinitive.
fn is_clause(doc: &Document, tokens: Range<usize>) -> bool {
    doc.is(tokens.start, LexicalClass::ReportedClauseOpener) || has_own_verb(doc, tokens)
}

/// Whether tokens have an auxiliary that belongs to no relative clause: "the dam would hold".
fn has_own_verb(doc: &Document, tokens: Range<usize>) -> bool {
    let is_relative = |token: usize| matches!(doc.word(token), "who" | "which" | "that");
    let before_relative = tokens.clone().skip(1).take_while(|it| !is_relative(*it));
    before_relative.into_iter().any(|it| doc.is(it, LexicalClass::Auxiliary))
}

/// Whether a cue tells what somebody may do, not what they said: "could call on", "would describe it as". "She would say
/// later" is told of the past.
fn is_hypothetical(doc: &Document, cue: Range<usize>) -> bool {
    let is_modal = matches!(doc.lower(cue.start).as_str(), "could" | "would" | "might" | "may" | "should");
    let is_plain = |token: usize| matches!(doc.lower(token).as_str(), "say" | "tell" | "add" | "write");
    is_modal && cue.len() > 1 && !cue.clone().any(is_plain)
}

/// Whether somebody agrees to do something, which is an act: "agreed | to release the money".
fn is_promise_to_act(doc: &Document, cue: Range<usize>, content: Range<usize>) -> bool {
    let is_agreeing =
        |token: usize| matches!(doc.lower(token).as_str(), "agree" | "agreed" | "agrees" | "agreeing");
    doc.lower(content.start) == "to" && cue.end > cue.start && is_agreeing(cue.end - 1)
}

/// Whether something is asked for, so that nothing is said: "asked the clerk | for the file".
fn is_request(doc: &Document, cue: Range<usize>, content: Range<usize>) -> bool {
    let is_ask = |token: usize| matches!(doc.lower(token).as_str(), "ask" | "asked" | "asking" | "asks");
    let is_asking = cue.end > cue.start && is_ask(cue.end - 1);
    let addressee = content.clone().take(MAX_ADDRESSEE_WORDS + 1).position(|it| doc.lower(it) == "for");
    is_asking && addressee.is_some_and(|it| it > 0) && !is_clause(doc, content)
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
            ("Lee has repeatedly denied the claim.", "has repeatedly denied", "the claim", Act::Speech),
            ("Lee would call it a farce.", "would call", "it a farce", Act::Stance),
            ("Lee would later say it leaked.", "would later say", "it leaked", Act::Speech),
            ("Lee agreed to open the dam.", "agreed", "to open the dam", Act::Stance),
            ("Lee agreed that the dam leaked.", "agreed", "that the dam leaked", Act::Speech),
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
            ("Lee asked for a new vote.", "asked for", "a new vote", Act::Speech),
            ("Lee asked whether it leaked.", "asked", "whether it leaked", Act::Speech),
            ("The dam leaks, as Lee puts it.", "puts it", "The dam leaks", Act::Speech),
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
