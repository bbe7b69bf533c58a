//! Agencies: who only reports is not the source where another one is cited ("The mine will close, Reuters reported, citing a letter
//! to staff"), is quoted ("Reuters quoted Lee as saying") or speaks ("The mine will close, said Lee, according to Reuters").

use std::collections::HashSet;
use std::ops::Range;

use crate::engine::attribution::{Attribution, assertion, speech_act};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::span::Span;

/// How many tokens behind the cue are searched for "citing".
const MAX_TOKENS_BEFORE_CITING: usize = 60;
/// How many tokens a verb and the words for a speaker may have before "according to".
const MAX_SPEAKER_TOKENS: usize = 12;
/// How many tokens the words for those who are cited may have.
const MAX_CITED_TOKENS: usize = 30;

/// Makes those who are cited the source of what an agency or a newspaper reports.
pub(super) fn with_cited_sources(
    doc: &Document,
    quoted: &[QuotedSpan],
    attributions: Vec<Attribution>,
) -> Vec<Attribution> {
    let mut cited: HashSet<Span> = HashSet::new();
    let mut attributions: Vec<Attribution> = attributions
        .into_iter()
        .map(|it| match person_quoted(doc, &it) {
            Some(person) => Attribution { source: Some(doc.span(person)), ..it },
            None => it,
        })
        .map(|it| match cited_source(doc, quoted, &it).or_else(|| speaker_in_report(doc, quoted, &it)) {
            Some((citing, source)) => {
                cited.insert(doc.tokens[citing].span);
                with_source(doc, it, citing, source)
            }
            None => it,
        })
        .collect();
    // What the tagger made of the citing itself tells the same without the words.
    let is_citing = |it: &Attribution| it.cue.is_some_and(|cue| cited.contains(&cue));
    let holds_source = |it: &Attribution| {
        let source = it.source.map_or(0, |source| source.start);
        it.cue.is_some_and(|cue| source < cue.start)
    };
    attributions.retain(|it| !(is_citing(it) && holds_source(it)));
    attributions
}

/// The words for the person whom a source quotes: "“It is late,” the Herald quoted | Ann Lee | as saying". `None` where the source speaks
/// itself.
fn person_quoted(doc: &Document, attribution: &Attribution) -> Option<Range<usize>> {
    let verb = doc.tokens_in(attribution.source?).end;
    let is_quoting = matches!(doc.word(verb), "quoted" | "quotes" | "cited" | "cites")
        && doc.token_at(attribution.cue?.start) == verb;
    let end = doc.sentences.get(doc.sentence_of(verb))?.tokens.end;
    let mut window = verb + 2..end.min(verb + 1 + MAX_CITED_TOKENS);
    let is_joint = |it: &usize| doc.word(*it) == "as" && doc.word(it + 1).ends_with("ing");
    window.find(is_joint).filter(|_| is_quoting).map(|it| verb + 1..it)
}

/// The token of "citing" and the tokens of those who are cited behind a report. `None` where an agency reports by itself.
fn cited_source(
    doc: &Document,
    quoted: &[QuotedSpan],
    attribution: &Attribution,
) -> Option<(usize, Range<usize>)> {
    let (source, cue) = (attribution.source?, attribution.cue?);
    let is_report = |token: &usize| matches!(doc.lower(*token).as_str(), "report" | "reported" | "reports");
    // "reported on Friday"
    let verb = doc.tokens_in(cue).rev().find(is_report)?;
    let is_agency = source.slice(doc.text).chars().any(char::is_uppercase)
        || doc.tokens_in(source).any(|it| doc.is(it, LexicalClass::OrgNoun));
    let end = doc.sentences.get(doc.sentence_of(verb))?.tokens.end;
    let window = verb + 1..end.min(verb + 1 + MAX_TOKENS_BEFORE_CITING);
    let is_narrated = |token: usize| !is_quoted(quoted, doc.tokens[token].span);
    let citing = window
        .into_iter()
        .find(|it| doc.word(*it) == "citing" && doc.word(it - 1) == "," && is_narrated(*it));
    let citing = citing.filter(|_| is_agency)?;
    let ends = |token: &usize| {
        matches!(doc.word(*token), "." | ";" | "," | ":" | "—" | "–" | "?" | "!") || !is_narrated(*token)
    };
    let stop = end.min(citing + 1 + MAX_CITED_TOKENS);
    let phrase = citing + 1..(citing + 1..stop).find(ends).unwrap_or(stop);
    has_voice(doc, phrase.clone()).then_some((citing, phrase))
}

/// The token of the verb and the tokens of the speaker that stand before "according to" a publisher: "The mine will close, | said | Ann Lee
/// |, according to the Herald". `None` where none stand there.
fn speaker_in_report(
    doc: &Document,
    quoted: &[QuotedSpan],
    attribution: &Attribution,
) -> Option<(usize, Range<usize>)> {
    let according = doc.token_at(attribution.cue?.start);
    let comma = according.checked_sub(1).filter(|it| doc.word(*it) == ",")?;
    let sentence = doc.sentences.get(doc.sentence_of(according))?.tokens.start;
    let first = sentence.max(comma.saturating_sub(MAX_SPEAKER_TOKENS));
    let is_verb = |token: &usize| {
        doc.word(token - 1) == ","
            && doc.is(*token, LexicalClass::SpeechVerb)
            && doc.word(*token).starts_with(char::is_lowercase)
            && !is_quoted(quoted, doc.tokens[*token].span)
    };
    let verb = (first + 1..comma).rev().find(is_verb)?;
    let speaker = verb + 1..comma;
    let is_phrase = doc.word(speaker.start).starts_with(char::is_uppercase)
        || doc.is(speaker.start, LexicalClass::Determiner);
    let is_told = doc.lower(according) == "according"
        && is_phrase
        && !speaker.is_empty()
        && speaker.clone().all(|it| doc.word(it) != ",")
        && attribution.contents.iter().all(|it| it.start < doc.tokens[verb].span.start);
    is_told.then_some((verb, speaker))
}

/// Whether some words name somebody who can be cited, or a paper: "two people close to the board", but not "ill health", "Brexit" or "Bo Ray’s
/// tariffs".
fn has_voice(doc: &Document, phrase: Range<usize>) -> bool {
    let owned = phrase
        .clone()
        .rfind(|it| matches!(doc.word(*it), "'s" | "’s" | "'" | "’"))
        .map_or(phrase.start, |it| it + 1);
    let ends_head = |token: &usize| {
        *token > owned && doc.is(*token, LexicalClass::Preposition)
            || matches!(doc.word(*token), "who" | "which" | "that")
    };
    let head = owned..(owned..phrase.end).find(ends_head).unwrap_or(phrase.end);
    let Some(last) = head.clone().last() else { return false };
    let has_capital = |token: usize| doc.word(token).starts_with(char::is_uppercase);
    // "Ann Lee", "Harbour Ministry", "TASS"
    let is_name = has_capital(last)
        && (last > head.start && has_capital(last - 1)
            || doc.word(last).chars().filter(|it| it.is_uppercase()).count() > 1
            || doc.is(last, LexicalClass::Organization));
    let is_voice = |token: usize| {
        assertion::is_noun_with_voice(doc, token) && !doc.is(token, LexicalClass::StandalonePronoun)
    };
    // "people familiar with the plan"
    let mut words = head.clone();
    let is_group = words.any(|it| matches!(doc.lower(it).as_str(), "people" | "sources" | "officials"));
    is_name || is_voice(last) || is_group
}

/// An attribution with the cited source, whose contents end before the citing or stand behind it.
fn with_source(
    doc: &Document,
    mut attribution: Attribution,
    citing: usize,
    source: Range<usize>,
) -> Attribution {
    let source = doc.span(source);
    let comma = doc.tokens[citing - 1].span.start;
    attribution.source = Some(source);
    if attribution.contents.iter().all(|it| it.start >= source.end) {
        return attribution;
    }
    for part in &mut attribution.contents {
        if part.start < comma && part.end > comma {
            *part = doc.span(doc.tokens_in(Span::new(part.start, comma)));
        }
    }
    attribution.contents.retain(|it| it.start < comma);
    attribution.cue = Some(doc.tokens[citing].span);
    attribution
}

/// An attribution whose cue is the verb of the report, where "citing" was taken for it and the report stands behind who is cited: "Reuters |
/// reported |, citing a letter, | that the mine will close".
pub(super) fn with_reporting_verb(doc: &Document, mut attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue)) = (attribution.source, attribution.cue) else { return attribution };
    let (source, cue) = (doc.tokens_in(source), doc.tokens_in(cue));
    let follows_comma = cue.start > source.end && doc.word(cue.start - 1) == ",";
    if !follows_comma || !matches!(doc.word(cue.start), "citing" | "quoting") {
        return attribution;
    }
    let is_verb = |token: &usize| speech_act::is_reporting_word(doc, *token);
    let verb = (source.end..cue.start).find(is_verb);
    let content = attribution.contents.last().map(|it| doc.tokens_in(*it)).unwrap_or_default();
    let is_report = |token: &usize| doc.word(*token) == "that" && doc.word(token - 1) == ",";
    let report = content.clone().find(is_report);
    if let Some((verb, report)) = verb.zip(report) {
        attribution.cue = Some(doc.tokens[verb].span);
        attribution.contents = vec![doc.span(report..content.end)];
    }
    attribution
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_document};

    #[test]
    fn who_is_cited_is_the_source_of_a_report() {
        for (text, source, cue, words, expected) in [
            (
                "The mine will close, Reuters reported, citing a letter to staff.",
                "Reuters",
                "reported",
                "The mine will close",
                ("a letter to staff", "The mine will close"),
            ),
            (
                "AFP reports that the mine will close, citing two people close to the board.",
                "AFP",
                "reports",
                "that the mine will close, citing two people close to the board",
                ("two people close to the board", "that the mine will close"),
            ),
            (
                "Reuters reported on Friday that the mine would close, citing a letter to staff.",
                "Reuters",
                "reported on Friday",
                "that the mine would close",
                ("a letter to staff", "that the mine would close"),
            ),
            (
                "Reuters reported that Lee left, citing ill health.",
                "Reuters",
                "reported",
                "that Lee left, citing ill health",
                ("Reuters", "that Lee left, citing ill health"),
            ),
            (
                "The mine will close, Reuters reported, citing Bo Ray’s tariffs.",
                "Reuters",
                "reported",
                "The mine will close",
                ("Reuters", "The mine will close"),
            ),
            (
                "The mine will close, Reuters reported, citing people familiar with the plan.",
                "Reuters",
                "reported",
                "The mine will close",
                ("people familiar with the plan", "The mine will close"),
            ),
            (
                "Lee said sales rose, citing a survey.",
                "Lee",
                "said",
                "sales rose, citing a survey",
                ("Lee", "sales rose, citing a survey"),
            ),
        ] {
            let report = report(text, source, cue, &[words]);
            let found = with_document(text, |doc| with_cited_sources(doc, &[], vec![report]));
            let source = found[0].source.map_or("", |it| it.slice(text));
            assert_eq!((source, found[0].contents[0].slice(text)), expected, "{text}");
        }
    }
}
