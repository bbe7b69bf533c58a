//! Plain rules: attributions of rules that need no tagger, because the sentence says plainly who says what.

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::fusion::non_speech;
use crate::engine::attribution::rules::requests;
use crate::engine::attribution::rules::voices::VOICE_CONFIDENCE;
use crate::engine::attribution::{
    Attribution, MAX_ADDRESSEE_WORDS, assertion, complement, figures, speech_act,
};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::time_phrases;
use crate::engine::text::tokens::{self, TokenKind};
use crate::span::Span;

/// What stands between a cue and its content has at most this many tokens: "said | after the match |".
const MAX_CIRCUMSTANCE_TOKENS: usize = 5;
/// The source of a plain statement has at most this many words, a relative clause left out.
const MAX_SOURCE_WORDS: usize = 8;

/// Whether an attribution of a rule without quoted words needs no tagger.
pub(super) fn is_plain(doc: &Document, rule: &Attribution) -> bool {
    is_comment(doc, rule) || is_plain_report(doc, rule)
}

/// The same without comments, whose clause the tagger may give to somebody else.
pub(super) fn is_plain_report(doc: &Document, rule: &Attribution) -> bool {
    is_statement(doc, rule)
        || is_told_by_agent(doc, rule)
        || is_estimate(doc, rule)
        || is_relative_naming(doc, rule)
        || is_inserted(doc, rule)
        || is_charge_or_request(doc, rule)
        || is_second_verb(doc, rule)
        || is_quoted_as(doc, rule)
}

/// Whether somebody puts something at a number: "The survey | put | the gap at 8 per cent".
fn is_estimate(doc: &Document, rule: &Attribution) -> bool {
    let (Some(cue), [content]) = (rule.cue, &rule.contents[..]) else { return false };
    figures::is_figure(doc, doc.tokens_in(cue), doc.tokens_in(*content))
}

/// Whether a relative clause tells what somebody called the thing before it: "an offer that | the union | called | derisory".
fn is_relative_naming(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue), [content]) = (rule.source, rule.cue, &rule.contents[..]) else {
        return false;
    };
    let verb = doc.tokens_in(cue).end.saturating_sub(1);
    speech_act::is_naming_verb(doc, verb)
        && rule.rule == AttributionRule::SpeakerThenCue
        && doc.tokens_in(*content).start == verb + 1
        && speech_act::is_object_relative(doc, doc.token_at(source.start), verb)
}

/// Whether the grammar of a rule's clause leaves no doubt of the source, whatever the tagger says: who stands in a relative clause with a
/// naming, or is quoted "as saying" something.
pub(super) fn has_plain_source(doc: &Document, rule: &Attribution) -> bool {
    is_quoted_as(doc, rule) || is_relative_naming(doc, rule)
}

/// Whether somebody is quoted "as saying" something, also "on Monday by the Herald as saying".
fn is_quoted_as(doc: &Document, rule: &Attribution) -> bool {
    let ends_with_as = |cue: Span| {
        let words = doc.tokens_in(cue);
        words.len() > 1 && doc.lower(words.end - 2) == "as"
    };
    rule.source.is_some() && rule.cue.is_some_and(ends_with_as)
}

/// Whether source and cue stand behind the clause that they report: "The dam leaks, | AFP reports".
pub(super) fn is_trailing_statement(doc: &Document, rule: &Attribution) -> bool {
    let follows = |it: Span| rule.source.is_some_and(|source| it.end <= source.start);
    rule.contents.iter().all(|it| follows(*it)) && is_statement(doc, rule)
}

/// The words of a source before the first comma: "Chief Insp. Ann Lee | , who runs the unit".
fn count_words_before_comma(doc: &Document, source: Span) -> usize {
    let words = doc.tokens_in(source).take_while(|it| doc.word(*it) != ",");
    words.filter(|it| doc.tokens[*it].kind != TokenKind::Punctuation).count()
}

/// Whether source and cue stand in a clause that comments on the rest of the sentence: "according to Lee", "as Lee noted".
pub(super) fn is_comment(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let before = doc.token_at(source.start).checked_sub(1);
    let follows_as = source.end <= cue.start && before.is_some_and(|it| doc.lower(it) == "as");
    rule.rule == AttributionRule::AccordingTo || follows_as
}

/// Whether a short source and a form of "say" or another plain verb of saying stand together, with a clause before or after
/// them that begins or ends at a boundary: "the lake is dead, the board said", "Lee said that it is dead".
fn is_statement(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue), [content]) = (rule.source, rule.cue, &rule.contents[..]) else {
        return false;
    };
    let (group, words) = (source.cover(cue), doc.tokens_in(*content));
    let verb = doc.tokens_in(cue).end.saturating_sub(1);
    let is_verb = speech_act::is_saying_verb(doc, verb);
    let is_trailing_group = content.end <= group.start;
    let is_adjacent = count_words_before_comma(doc, source) <= MAX_SOURCE_WORDS
        && (doc.word(doc.token_at(source.start)).starts_with(char::is_uppercase)
            || doc.is(doc.token_at(source.start), LexicalClass::Determiner)
            || doc.is(doc.token_at(source.start), LexicalClass::SubjectPronoun)
            || is_trailing_group && ends_with_voice(doc, source))
        && !doc.lower(doc.token_at(source.start)).ends_with("ing")
        && are_adjacent(doc, source, cue);
    let is_connective = |token: usize| {
        doc.is(token, LexicalClass::LeadingConnective)
            || doc.is(token, LexicalClass::Preposition)
            || matches!(doc.lower(token).as_str(), "when" | "as" | "because" | "although" | "though" | "if")
    };
    // "said | on Monday | it would rain"
    let end_of_cue = verb + 1;
    let follows = source.end <= cue.start
        && (words.start == end_of_cue
            || words.start > end_of_cue
                && (time_phrases::start_of_time(verb, words.start, |it| doc.word(it)) == end_of_cue
                    || is_verb
                        && doc.word(words.start) != "that"
                        && is_circumstance(doc, end_of_cue..words.start)))
        || words.start == doc.tokens_in(group).end;
    let precedes = is_trailing_group && is_boundary(doc, content.end, group.start) && ends_group(doc, group);
    // "…, Det Supt Ann Lee has confirmed."
    let is_report =
        speech_act::is_reporting_word(doc, verb) && doc.word(verb).starts_with(char::is_lowercase);
    // "Captain was on the phone, inquiry told": a passive, unless somebody is told.
    let is_passive = precedes && doc.lower(verb) == "told" && !is_addressed(doc, doc.tokens_in(group).end);
    let is_trailing = precedes && is_report;
    let is_led = follows && doc.lower(words.start) == "that" && is_report;
    let is_verb = is_verb || is_trailing || is_led;
    // "Port to close in May, ministry confirms"
    let is_heading_clause = || {
        precedes && non_speech::is_in_heading(doc, *content) && complement::is_statement(doc, words.clone())
    };
    let has_clause = doc.lower(words.start) == "that"
        || complement::has_own_verb(doc, words.clone())
        || is_heading_clause();
    is_verb
        && !is_passive
        && is_adjacent
        && !rule.contents.is_empty()
        && (follows || precedes)
        && has_clause
        && !is_connective(words.start)
        && speech_act::act_of(doc, rule) == Act::Speech
}

/// Whether tokens between a cue and its content tell when, where or to whom: "said | after the match | it was news", "told | me yesterday
/// | the door was open".
fn is_circumstance(doc: &Document, tokens: Range<usize>) -> bool {
    let opens = [
        LexicalClass::Addressee,
        LexicalClass::Adverb,
        LexicalClass::ObjectPronoun,
        LexicalClass::Preposition,
        LexicalClass::TimeWord,
    ];
    let is_word = |token: usize| doc.tokens[token].kind != TokenKind::Punctuation;
    (1..=MAX_CIRCUMSTANCE_TOKENS).contains(&tokens.len())
        && opens.iter().any(|it| doc.is(tokens.start, *it))
        && doc.word(tokens.start) != "to"
        && tokens.clone().all(is_word)
}

/// Whether the words of a source before its first comma end with a noun for somebody who speaks: "police", "health officials".
fn ends_with_voice(doc: &Document, source: Span) -> bool {
    let last = doc.tokens_in(source).take_while(|it| doc.word(*it) != ",").last();
    last.is_some_and(|it| assertion::is_noun_with_voice(doc, it))
}

/// Whether a passive verb reports what its agent says: "residents were told by | police | to stay indoors".
fn is_told_by_agent(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let last = doc.tokens_in(cue).end.saturating_sub(1);
    doc.lower(last) == "by"
        && last + 1 == doc.tokens_in(source).start
        && speech_act::act_of(doc, rule) == Act::Speech
}

/// Whether a named source stands directly before a reporting verb and its words, some of which are quoted: "The hotel claims to
/// have “the best view”".
pub(super) fn is_mixed_report(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue), [content]) = (rule.source, rule.cue, &rule.contents[..]) else {
        return false;
    };
    let (subject, verb) = (doc.tokens_in(source), doc.tokens_in(cue).end.saturating_sub(1));
    let is_lowercase = |token: usize| doc.word(token).starts_with(char::is_lowercase);
    // "Lee rated 22% of Democratic | claims as “true”": a noun.
    let is_name = doc.word(subject.end.saturating_sub(1)).starts_with(char::is_uppercase)
        && !subject.clone().any(|it| {
            doc.tokens[it].kind == TokenKind::Number
                || is_lowercase(it) && doc.is(it, LexicalClass::PastTense)
        });
    // "put it to him | that he was “drunk”"
    let is_put_it = doc.lower(verb) == "it";
    let words_between = doc.count_words(Span::new(cue.end, content.start.max(cue.end)));
    let is_verb =
        is_put_it || doc.is(verb, LexicalClass::SpeechVerb) || speech_act::is_reporting_word(doc, verb);
    let start = doc.token_at(content.start);
    let is_phrase = doc.is(start, LexicalClass::Preposition)
        && (doc.lower(start) != "to" || doc.is(start + 1, LexicalClass::Determiner));
    rule.rule == AttributionRule::SpeakerThenCue
        && is_name
        && is_verb
        && is_lowercase(verb)
        && !is_phrase
        && doc.count_words(source) <= MAX_SOURCE_WORDS
        && are_adjacent(doc, source, cue)
        && content.start >= cue.end
        && (words_between == 0 || is_put_it && words_between <= MAX_ADDRESSEE_WORDS)
}

/// Whether the second verb of a subject reports a clause or asks for something: "Researchers played recordings and | found | that the
/// birds struck more", "Lee warned against panic and | asked | parents to stay".
fn is_second_verb(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue), [content]) = (rule.source, rule.cue, &rule.contents[..]) else {
        return false;
    };
    let (cue_words, words) = (doc.tokens_in(cue), doc.tokens_in(*content));
    let verb = cue_words.end.saturating_sub(1);
    let is_joined = cue_words.start.checked_sub(1).is_some_and(|it| matches!(doc.word(it), "and" | "but"));
    let has_clause = doc.lower(words.start) == "that"
        || doc.is(verb, LexicalClass::SpeechVerb) && complement::has_own_verb(doc, words.clone());
    is_joined
        && (has_clause || requests::is_request_cue(doc, cue_words.clone()))
        && source.end <= cue.start
        && words.start == cue_words.end
        && speech_act::act_of(doc, rule) == Act::Speech
}

/// Whether a source of a few words charges somebody with something, or asks for something: "the union accused | the board of waste",
/// "Lee called for | calm".
fn is_charge_or_request(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let words = doc.tokens_in(cue);
    let is_charge = doc.is(words.end.saturating_sub(1), LexicalClass::JudgementReportingWord);
    (is_charge || requests::is_request_cue(doc, words))
        && count_words_before_comma(doc, source) <= MAX_SOURCE_WORDS
        && are_adjacent(doc, source, cue)
        && rule.contents.iter().all(|it| it.start >= cue.end)
        && speech_act::act_of(doc, rule) == Act::Speech
}

/// Whether an attribution is the words behind a label that describes its speaker: "Lou Finch, 44, bus driver: …".
pub(super) fn is_voice(rule: &Attribution) -> bool {
    rule.rule == AttributionRule::Label && rule.confidence >= VOICE_CONFIDENCE
}

/// Whether no words but a time stand between source and cue: "Lee said", "Lee on Monday said".
fn are_adjacent(doc: &Document, source: Span, cue: Span) -> bool {
    let (before, verb) = (doc.tokens_in(source), doc.tokens_in(cue).start);
    let follows_time = source.end <= cue.start
        && time_phrases::start_of_time(before.end.saturating_sub(1), verb, |it| doc.word(it)) == before.end;
    follows_time || doc.count_words(source.cover(cue)) == doc.count_words(source) + doc.count_words(cue)
}

/// Whether source and cue stand directly beside a quotation: "“No,” said the mayor", "Lee: “No.”".
pub(super) fn is_beside_quotation(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let group = source.cover(cue);
    let is_adjacent = doc.count_words(group) == doc.count_words(source) + doc.count_words(cue);
    let verb = doc.tokens_in(cue).end.saturating_sub(1);
    let is_clear = matches!(rule.rule, AttributionRule::CueThenSpeaker | AttributionRule::Label)
        || doc.is(verb, LexicalClass::SpeechVerb)
        || doc.is(verb, LexicalClass::FrequentCue)
        // "Lee was blunt: “No.”"
        || doc.word(verb + 1) == ":";
    let touches = |it: &Span| {
        let (start, end) = if it.end <= group.start { (it.end, group.start) } else { (group.end, it.start) };
        start <= end && doc.count_words(Span::new(start, end)) == 0
    };
    is_clear && is_adjacent && rule.contents.iter().any(touches)
}

/// Whether source and cue stand between commas amid what is said, and its verb goes on behind them: "Two boats, the owner, Ann Lee,
/// admitted on Monday, were sold".
fn is_inserted(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue), [first, rest]) = (rule.source, rule.cue, &rule.contents[..]) else {
        return false;
    };
    let (verb, next) = (doc.tokens_in(cue).end.saturating_sub(1), doc.tokens_in(*rest).start);
    let is_finite = doc.is(next, LexicalClass::Auxiliary) || doc.is(next, LexicalClass::PastTense);
    first.end <= source.start
        && source.end <= cue.start
        && cue.end <= rest.start
        && doc.word(doc.token_at(source.start).saturating_sub(1)) == ","
        && doc.word(next.saturating_sub(1)) == ","
        && is_finite
        && speech_act::is_reporting_word(doc, verb)
        && speech_act::act_of(doc, rule) == Act::Speech
}

/// Whether a quotation stands directly behind a form of "be", as what the source feels: "Lee was “appalled”".
pub(super) fn is_feeling(doc: &Document, rule: &Attribution) -> bool {
    let (Some(_), Some(cue), [content]) = (rule.source, rule.cue, &rule.contents[..]) else { return false };
    let cue = doc.tokens_in(cue);
    cue.len() == 1 && doc.is(cue.start, LexicalClass::FormOfBe) && doc.tokens_in(*content).start == cue.end
}

/// Whether only a comma or dash stands between two bytes.
fn is_boundary(doc: &Document, start: usize, end: usize) -> bool {
    let mut between = doc.tokens_in(Span::new(start, end));
    between.len() == 1 && between.all(|it| doc.word(it) == "," || tokens::is_dash(doc.word(it)))
}

/// Whether a mark, a time or the end of the sentence follows source and cue.
fn ends_group(doc: &Document, group: Span) -> bool {
    let next = doc.token_at(group.end);
    // A headline has no full stop.
    let is_last = next > 0 && doc.sentence_of(next) != doc.sentence_of(next - 1);
    is_last
        || doc.tokens.get(next).is_none_or(|it| it.kind == TokenKind::Punctuation)
        || doc.is(next, LexicalClass::TimeWord)
        || doc.is(next, LexicalClass::Preposition)
        || is_addressed(doc, next)
}

/// Whether the word at a token behind "told" names who is spoken to: "told | reporters".
fn is_addressed(doc: &Document, next: usize) -> bool {
    let is_name =
        doc.tokens.get(next).is_some_and(|it| it.span.slice(doc.text).starts_with(char::is_uppercase));
    next > 0 && doc.lower(next - 1) == "told" && (is_name || doc.is(next, LexicalClass::Addressee))
}
