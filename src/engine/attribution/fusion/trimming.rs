//! Trimming of contents: cuts off words that do not belong to the reported speech.

use std::ops::Range;

use crate::engine::attribution::rules::requests;
use crate::engine::attribution::{Attribution, complement, figures, speech_act};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::engine::text::tokens::{self, TokenKind};
use crate::engine::text::work_titles;
use crate::span::Span;

/// The tagger leaves out at most this many tokens between a verb with its preposition and what it reports.
const MAX_LEFT_OUT_TOKENS: usize = 4;

/// Cuts what is attributed with "according to" to one sentence: its last where the phrase follows it, else its first. The
/// rest goes to `freed`, for other attributions.
pub(super) fn keep_one_sentence(
    doc: &Document,
    attribution: Attribution,
    freed: &mut Vec<Span>,
) -> Attribution {
    let is_according_to = attribution.cue.is_some_and(|it| doc.lower(doc.token_at(it.start)) == "according");
    let attribution =
        if is_according_to { keep_parts_of_sentence(doc, attribution, freed) } else { attribution };
    let ([content], true) = (&attribution.contents[..], is_according_to) else { return attribution };
    let tokens = doc.tokens_in(*content);
    let precedes_cue = attribution.cue.is_some_and(|it| content.end <= it.start);
    let last = doc.sentences.get(doc.sentence_of(tokens.end.saturating_sub(1)));
    let of_cue = attribution.cue.map(|it| doc.sentence_of(doc.token_at(it.start)));
    let is_of_cue = of_cue == Some(doc.sentence_of(tokens.end.saturating_sub(1)));
    if let Some(last) = last.filter(|it| precedes_cue && is_of_cue && it.tokens.start > tokens.start) {
        freed.push(doc.span(tokens.start..last.tokens.start));
        return Attribution { contents: vec![doc.span(last.tokens.start..tokens.end)], ..attribution };
    }
    let Some(sentence) = doc.sentences.get(doc.sentence_of(tokens.start)) else { return attribution };
    let next = sentence.tokens.end;
    let end = next - usize::from(doc.word(next - 1) == ".");
    if next >= tokens.end || end <= tokens.start {
        return attribution;
    }
    freed.push(doc.span(next..tokens.end));
    Attribution { contents: vec![doc.span(tokens.start..end)], ..attribution }
}

/// Frees the parts of other sentences than that of the cue, where others stand in it.
fn keep_parts_of_sentence(doc: &Document, attribution: Attribution, freed: &mut Vec<Span>) -> Attribution {
    let Some(cue) = attribution.cue else { return attribution };
    let sentence = |it: &Span| doc.sentence_of(doc.token_at(it.start));
    let (own, others): (Vec<Span>, Vec<Span>) =
        attribution.contents.iter().partition(|it| sentence(it) == sentence(&cue));
    if own.is_empty() || others.is_empty() {
        return attribution;
    }
    freed.extend(others);
    attribution.with_contents(own)
}

/// Drops the clause that leads up to the speaker where a quotation follows the cue: "When the vote was over, Lee said:
/// “We won.”" `opens_quote` tells whether a quotation begins at a byte.
pub(super) fn drop_lead_in(
    doc: &Document,
    mut attribution: Attribution,
    opens_quote: impl Fn(usize) -> bool,
) -> Attribution {
    let (Some(source), Some(cue), [first, second, ..]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let (lead, speaker) = (doc.tokens_in(*first), doc.token_at(source.start));
    let quote = doc.tokens_in(*second).start;
    let comma_between = lead.end <= speaker && (lead.end.max(1) - 1..speaker).any(|it| doc.word(it) == ",");
    let is_adjacent = comma_between && speaker <= lead.end + 1 && source.end <= cue.start;
    let is_quoted = second.start >= cue.end && opens_quote(second.start);
    let is_announced = quote > 0 && matches!(doc.word(quote - 1), ":" | ",");
    let sentence = doc.sentences.get(doc.sentence_of(lead.start));
    let start = sentence.map_or(lead.start, |it| it.tokens.start);
    // "Asked about | the toll, | Lee was brief: “It stays.”"
    let is_question = matches!(doc.lower(start).as_str(), "asked" | "pressed" | "questioned");
    let is_lead = start == lead.start && is_lead_in(doc, lead.clone()) || start < lead.start && is_question;
    if is_adjacent && is_quoted && is_announced && is_lead {
        attribution.contents.remove(0);
    }
    attribution
}

/// Drops the first content where a conjunction stands between it and the speaker of another clause: "The town saw | ten fires |
/// but Lee said | she was calm".
pub(super) fn drop_other_clause(doc: &Document, mut attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue), [first, second]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let before = doc.token_at(source.start).checked_sub(1);
    let is_joined = before.is_some_and(|it| matches!(doc.word(it), "but" | "while"));
    let is_between = first.end <= source.start && source.end <= cue.start && cue.end <= second.start;
    if is_joined && is_between {
        attribution.contents.remove(0);
    }
    attribution
}

/// Whether the tokens before a comma cannot stand alone: "When the vote was over", "Sentencing him", "After the vote".
fn is_lead_in(doc: &Document, tokens: Range<usize>) -> bool {
    let first = doc.lower(tokens.start);
    let has_auxiliary = || tokens.clone().any(|it| doc.is(it, LexicalClass::Auxiliary));
    let is_divided = tokens.clone().any(|it| it + 1 < tokens.end && matches!(doc.word(it), "," | ";" | ":"));
    let is_subordinate = doc.is(tokens.start, LexicalClass::Subordinator)
        || matches!(first.as_str(), "after" | "asked" | "before");
    let is_phrase = doc.is(tokens.start, LexicalClass::Preposition)
        || first.len() > 4 && (first.ends_with("ing") || first.ends_with("ed"));
    !is_divided && (is_subordinate || is_phrase && !has_auxiliary())
}

/// An attribution without the contents that are all that stands between two quotation marks which hold no speech, such as
/// the title of a work; `None` where nothing else is left. `is_quotation` tells whether a quotation that may be speech
/// overlaps a span.
pub(super) fn without_titles(
    doc: &Document,
    attribution: Attribution,
    is_quotation: impl Fn(Span) -> bool,
) -> Option<Attribution> {
    let is_mark = |token: usize| tokens::is_quotation_mark(doc.word(token));
    let is_title = |content: &Span| {
        let tokens = doc.tokens_in(*content);
        let opens = is_mark(tokens.start) || tokens.start > 0 && is_mark(tokens.start - 1);
        !tokens.is_empty()
            && opens
            && (is_mark(tokens.end - 1) || (tokens.end..tokens.end + 2).any(is_mark))
            && work_titles::has_title_capitals(doc, *content)
            && !is_quotation(*content)
    };
    if !attribution.contents.iter().any(is_title) {
        return Some(attribution);
    }
    let contents: Vec<Span> = attribution.contents.iter().copied().filter(|it| !is_title(it)).collect();
    (!contents.is_empty()).then(|| attribution.with_contents(contents))
}

/// Makes the person who is quoted the source: "the paper quoted | Ida Moe as saying | that the dam was old".
pub(super) fn with_quoted_person(doc: &Document, mut attribution: Attribution) -> Attribution {
    const MAX_NAME_TOKENS: usize = 8;
    let (Some(cue), [content]) = (attribution.cue, &attribution.contents[..]) else { return attribution };
    let is_quoting = doc
        .tokens_in(cue)
        .any(|it| matches!(doc.lower(it).as_str(), "quoted" | "quotes" | "quoting" | "cited"));
    let tokens = doc.tokens_in(*content);
    let is_as_saying = |it: &usize| {
        doc.lower(*it) == "as" && matches!(doc.lower(it + 1).as_str(), "saying" | "telling" | "warning")
    };
    let conjunction = tokens.clone().take(MAX_NAME_TOKENS).find(is_as_saying);
    let Some(conjunction) = conjunction.filter(|it| is_quoting && *it > tokens.start && it + 2 < tokens.end)
    else {
        return attribution;
    };
    attribution.source = Some(doc.span(tokens.start..conjunction));
    attribution.cue = Some(doc.span(conjunction..conjunction + 2));
    attribution.contents = vec![doc.span(conjunction + 2..tokens.end)];
    attribution
}

/// Gives the preposition between cue and content to the one of them to which it belongs: "described | as a robbery", "asked for | more
/// time".
pub(super) fn place_preposition(doc: &Document, mut attribution: Attribution) -> Attribution {
    let Some(cue) = attribution.cue else { return attribution };
    let Some(content) = attribution.contents.iter_mut().find(|it| it.start >= cue.end) else {
        return attribution;
    };
    let (cue_words, words) = (doc.tokens_in(cue), doc.tokens_in(*content));
    let last = cue_words.end.saturating_sub(1);
    let is_left_out = cue_words.end + 1 == words.start && doc.word(cue_words.end) == "as";
    if is_left_out && speech_act::is_naming_verb(doc, last) {
        *content = doc.span(cue_words.end..words.end);
    }
    // "asked | for more time", "warned against swimming in | the harbour"
    let request =
        (cue_words.start + 2..=cue_words.end + 1).find(|it| requests::is_prepositional_cue(doc, it - 2..*it));
    let is_gap = |end: usize| {
        (end..words.start).all(|it| doc.tokens[it].kind != TokenKind::Punctuation)
            && words.start <= end + MAX_LEFT_OUT_TOKENS
    };
    let end = request.filter(|it| *it < words.end && words.start >= cue_words.end && is_gap(*it));
    if let Some(end) = end {
        attribution.cue = Some(doc.span(cue_words.start..end));
        *content = doc.span(end..words.end);
    }
    attribution
}

/// Drops the commas and colons with which parts begin, and the word that tells when something was said: "said | later | she had left".
pub(super) fn drop_leading_marks(doc: &Document, mut attribution: Attribution) -> Attribution {
    let end_of_cue = attribution.cue.map(|it| doc.tokens_in(it).end);
    if let Some(first) = attribution.contents.first_mut() {
        let tokens = doc.tokens_in(*first);
        let begins_clause = |token: usize| {
            doc.is(token, LexicalClass::SubjectPronoun) || doc.is(token, LexicalClass::Determiner)
        };
        let is_time = matches!(
            doc.word(tokens.start),
            "afterwards" | "again" | "earlier" | "later" | "today" | "yesterday"
        );
        if end_of_cue == Some(tokens.start) && is_time && begins_clause(tokens.start + 1) {
            *first = doc.span(tokens.start + 1..tokens.end);
        }
    }
    for part in &mut attribution.contents {
        let tokens = doc.tokens_in(*part);
        let marks = tokens.clone().take_while(|it| matches!(doc.word(*it), "," | ";" | ":")).count();
        if (1..tokens.len()).contains(&marks) {
            *part = doc.span(tokens.start + marks..tokens.end);
        }
    }
    attribution
}

/// Ends the content of a naming or a figure before a coordinate clause, which tells what happened: "called it a mistake, | and the
/// price fell".
pub(super) fn end_naming(doc: &Document, quoted: &[QuotedSpan], mut attribution: Attribution) -> Attribution {
    let (Some(cue), [.., last]) = (attribution.cue, &attribution.contents[..]) else { return attribution };
    let verb = doc.tokens_in(cue).rev().find(|it| doc.is(*it, LexicalClass::NamingReportingWord));
    let tokens = doc.tokens_in(*last);
    let is_figure = figures::is_figure(doc, doc.tokens_in(cue), tokens.clone());
    if verb.is_none() && !is_figure || last.start < cue.end {
        return attribution;
    }
    let follows_comma = |token: usize| {
        let before = (tokens.start..token).rev().find(|it| !tokens::is_quotation_mark(doc.word(*it)));
        before.is_some_and(|it| doc.word(it) == ",")
    };
    let begins_clause = |token: &usize| {
        matches!(doc.word(*token), "and" | "but" | "while" | "though" | "although")
            && follows_comma(*token)
            && !is_quoted(quoted, doc.tokens[*token].span)
            && !doc.is(token + 1, LexicalClass::PastTense)
            && !doc.is(token + 1, LexicalClass::Auxiliary)
            && complement::has_own_verb(doc, token + 1..tokens.end)
    };
    let Some(conjunction) = tokens.clone().skip(1).find(begins_clause) else { return attribution };
    let is_loose = |token: &usize| doc.word(*token) == ",";
    let end = (tokens.start..conjunction).rev().find(|it| !is_loose(it)).map_or(conjunction, |it| it + 1);
    if let Some(last) = attribution.contents.last_mut() {
        *last = doc.span(tokens.start..end);
    }
    attribution
}

/// Drops the parts that are no words of the speaker beside others that are: a relative pronoun before a quotation ("an insult |
/// which | the mayor called “a blow”"), and what happened at that time ("…, Lee said, | as she left").
pub(super) fn drop_loose_parts(
    doc: &Document,
    attribution: Attribution,
    is_quotation: impl Fn(Span) -> bool,
) -> Attribution {
    let (Some(source), Some(cue), [_, _, ..]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let is_relative = |it: &Span| {
        let tokens = doc.tokens_in(*it);
        tokens.len() == 1 && matches!(doc.lower(tokens.start).as_str(), "that" | "what" | "which" | "who")
    };
    // "As | stated in the report, the lake has no floor", "Lee, known as | Ludo, | denied | that"
    let is_no_word = |it: &Span| {
        let tokens = doc.tokens_in(*it);
        let is_as = tokens.len() == 1 && doc.lower(tokens.start) == "as";
        is_as || it.start >= source.end && it.end <= cue.start && !is_quotation(*it)
    };
    let first = attribution.contents[0];
    let tells_time = |it: &Span| {
        let tokens = doc.tokens_in(*it);
        let (opening, subject) = (doc.lower(tokens.start), tokens.start + 1);
        it.start >= source.end
            && first.end <= source.start
            && matches!(opening.as_str(), "as" | "when" | "while" | "after" | "before")
            && doc.is(subject, LexicalClass::SubjectPronoun)
            && doc.is(subject + 1, LexicalClass::PastTense)
            && !is_quotation(*it)
            && complement::has_own_verb(doc, doc.tokens_in(first))
    };
    let has_quotation = attribution.contents.iter().any(|it| is_quotation(*it));
    // "in | what | the prosecutor described | as a robbery", "a plan | which | the union called | absurd"
    let is_naming = doc.tokens_in(cue).any(|it| speech_act::is_naming_verb(doc, it));
    let is_named = |it: &Span| is_naming && it.end <= source.start && is_relative(it);
    // "told of a skipper | who turned back and said, “The ice is thin.”": what is told of the speaker.
    let tells_of_speaker =
        |it: &Span| is_relative(&source) && it.end <= source.end.max(cue.start) && !is_quotation(*it);
    let is_loose = |it: &Span| {
        has_quotation && (is_relative(it) || tells_of_speaker(it))
            || tells_time(it)
            || is_named(it)
            || is_no_word(it)
    };
    let kept: Vec<Span> = attribution.contents.iter().copied().filter(|it| !is_loose(it)).collect();
    if kept.is_empty() { attribution } else { attribution.with_contents(kept) }
}

/// Begins a content with a quotation behind the words by which the reporter says whose name for a thing it is: "condemned | what it
/// called | a “brazen breach”".
pub(super) fn drop_own_naming(
    doc: &Document,
    mut attribution: Attribution,
    is_quotation: impl Fn(Span) -> bool,
) -> Attribution {
    let Some(content) = attribution.contents.first().copied() else { return attribution };
    let words = doc.tokens_in(content);
    let subject = words.start + 1;
    let verb =
        subject + 1 + (subject + 1..words.end).take_while(|it| doc.is(*it, LexicalClass::Auxiliary)).count();
    let is_own = doc.lower(words.start) == "what"
        && doc.is(subject, LexicalClass::SubjectPronoun)
        && attribution.source.is_some_and(|it| it.end <= content.start)
        && speech_act::is_naming_verb(doc, verb);
    let name = verb + 1 + usize::from(doc.word(verb + 1) == "as");
    if is_own && name < words.end && is_quotation(content) {
        attribution.contents[0] = doc.span(name..words.end);
    }
    attribution
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_document};

    #[test]
    fn what_leads_up_to_the_speaker_is_not_said() {
        for (text, source, lead, kept) in [
            ("When the vote was over, Lee said: “We won.”", "Lee", "When the vote was over", 1),
            ("Sentencing him, Judge Stroud said: “You lied.”", "Judge Stroud", "Sentencing him", 1),
            ("In a letter to Ray, Lee said: “You lied.”", "Lee", "In a letter to Ray", 1),
            ("The tax is too high, Lee said: “It hurts.”", "Lee", "The tax is too high", 2),
            ("Raising the tax would hurt, Lee said: “It is cruel.”", "Lee", "Raising the tax would hurt", 2),
            (
                "If the tax rises, shops close, Lee said: “It hurts.”",
                "Lee",
                "If the tax rises, shops close",
                2,
            ),
        ] {
            let marks = text.find('“').unwrap_or_default();
            let report = report(text, source, "said", &[lead, &text[marks..]]);
            let left = with_document(text, |doc| drop_lead_in(doc, report, |it| it == marks).contents.len());
            assert_eq!(left, kept, "{text}");
        }
    }

    #[test]
    fn what_a_conjunction_divides_from_the_speaker_is_not_said() {
        let text = "The town saw ten fires but Lee said she was calm.";
        let report = report(text, "Lee", "said", &["ten fires", "she was calm"]);
        let left = with_document(text, |doc| drop_other_clause(doc, report).contents);
        assert_eq!(left.iter().map(|it| it.slice(text)).collect::<Vec<_>>(), ["she was calm"]);
    }

    #[test]
    fn a_preposition_belongs_to_the_cue_or_to_the_content_whatever_the_tagger_says() {
        for (text, cue, content, expected) in [
            (
                "A raid that Lee described as a robbery.",
                "described",
                "a robbery",
                ("described", "as a robbery"),
            ),
            ("Lee asked for more time.", "asked", "for more time", ("asked for", "more time")),
            (
                "Lee warned against swimming in the lake.",
                "warned against swimming in",
                "the lake",
                ("warned against", "swimming in the lake"),
            ),
            (
                "Lee said for an hour it rained.",
                "said",
                "for an hour it rained",
                ("said", "for an hour it rained"),
            ),
        ] {
            let placed =
                with_document(text, |doc| place_preposition(doc, report(text, "Lee", cue, &[content])));
            let words = (placed.cue.map_or("", |it| it.slice(text)), placed.contents[0].slice(text));
            assert_eq!(words, expected, "{text}");
        }
    }

    #[test]
    fn a_conjunction_or_a_name_between_source_and_cue_is_not_said() {
        for (text, source, cue, parts, expected) in [
            (
                "As stated in the report, the lake is deep.",
                "the report",
                "stated in",
                ["As", "the lake is deep"],
                vec!["the lake is deep"],
            ),
            (
                "Lee, known as Ludo, denied she was late.",
                "Lee",
                "denied",
                ["Ludo", "she was late"],
                vec!["she was late"],
            ),
            (
                "The lake, Lee said, is deep.",
                "Lee",
                "said",
                ["The lake", "is deep"],
                vec!["The lake", "is deep"],
            ),
        ] {
            let report = report(text, source, cue, &parts);
            let left = with_document(text, |doc| drop_loose_parts(doc, report, |_| false).contents);
            assert_eq!(left.iter().map(|it| it.slice(text)).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
