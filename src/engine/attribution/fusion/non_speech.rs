//! Filters: attributions of the tagger that report no speech.

use crate::engine::attribution::{Attribution, assertion, speech_act};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;
use crate::story::BlockKind;
use crate::word_list::word_list;

/// Below this confidence a determiner with a relative clause counts as an object: "lights the lamp that Ray made".
const MIN_OBJECT_CLAUSE_CONFIDENCE: f32 = 0.55;

/// A relative clause belongs to the noun phrase before it where that has at most this many words.
const MAX_OBJECT_WORDS: usize = 5;

/// A name has this many words; one word alone may be an answer: "said no".
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// How many words at the start of what is asked for tell that it is anonymity: "not to be named".
const MAX_ANONYMITY_WORDS: usize = 4;

/// Nouns for whatever a story is about: "confirmed the | matter".
const STORY_NOUNS: &[&str] = &word_list!("story-nouns");

/// Whether a paraphrase reports no speech: a refusal, a topic, a reciprocal action, an object, or what follows from a
/// fact.
pub(super) fn is_no_paraphrase(doc: &Document, attribution: &Attribution) -> bool {
    is_refusal(doc, attribution)
        || has_demonstrative_source(doc, attribution)
        || is_silence(doc, attribution)
        || is_topic(doc, attribution)
        || is_reciprocal(doc, attribution)
        || attribution.confidence < MIN_OBJECT_CLAUSE_CONFIDENCE && is_object_clause(doc, attribution)
}

/// Whether a headline has the cue and the story the words: "Toll will rise, mayor says ⏎ | The toll will rise in May."
pub(super) fn is_below_headline(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(cue), [content, ..]) = (attribution.cue, &attribution.contents[..]) else { return false };
    let block = |it: Span| doc.story.block_at(it.start);
    let kind = block(cue).map(|it| doc.story.blocks()[it].kind);
    matches!(kind, Some(BlockKind::Headline | BlockKind::Heading | BlockKind::Standfirst))
        && block(cue) != block(*content)
}

/// Whether a paraphrase is no words of its source: what nobody would say, the words of an earlier paragraph, the question between
/// commas, what the source is told, or a relative clause.
pub(super) fn is_unsaid(doc: &Document, attribution: &Attribution) -> bool {
    assertion::is_refused_by_all(doc, attribution)
        || is_of_earlier_paragraph(doc, attribution)
        || is_question_aside(doc, attribution)
        || is_told_to_source(doc, attribution)
        || is_relative_with_preposition(doc, attribution)
        || depends_on_measure(doc, attribution)
}

/// Whether "according to" tells what something depends on: "according to the needs of each family".
fn depends_on_measure(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(cue), Some(source)) = (attribution.cue, attribution.source) else { return false };
    doc.lower(doc.token_at(cue.start)) == "according" && assertion::is_measure(doc, doc.tokens_in(source))
}

/// Whether the only content is a relative clause behind a preposition: "wrote a post from | where it spread". Who asks, asks so.
fn is_relative_with_preposition(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(cue), [content]) = (attribution.cue, &attribution.contents[..]) else { return false };
    let (mut cue, first) = (doc.tokens_in(cue), doc.token_at(content.start));
    let is_asking =
        |it: usize| ["ask", "wonder", "question"].iter().any(|verb| doc.lower(it).starts_with(verb));
    let before = first.checked_sub(1).filter(|it| *it >= cue.end);
    matches!(doc.word(first), "where" | "which" | "whom")
        && before.is_some_and(|it| doc.is(it, LexicalClass::Preposition))
        && !cue.any(is_asking)
}

/// Whether a source and "told" end their sentence, so that the source only hears it: "Captain was on the phone, | inquiry | told".
fn is_told_to_source(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(source), Some(cue), Some(last)) =
        (attribution.source, attribution.cue, attribution.contents.last())
    else {
        return false;
    };
    let next = doc.tokens_in(cue).end;
    let is_last = doc.sentence_of(next) != doc.sentence_of(next - 1)
        || doc.tokens.get(next).is_none_or(|it| it.kind == TokenKind::Punctuation);
    is_last && doc.lower(next - 1) == "told" && last.end <= source.start && source.end <= cue.start
}

/// Whether all words stand in an earlier paragraph than the cue, which tells its own: "The board voted to close it. ⏎ Lee told the
/// meeting …".
fn is_of_earlier_paragraph(doc: &Document, attribution: &Attribution) -> bool {
    let block = |it: Span| doc.story.block_at(it.start);
    let Some(own) = attribution.cue.and_then(block) else { return false };
    !attribution.contents.is_empty()
        && attribution.contents.iter().all(|it| block(*it).is_some_and(|it| it < own))
}

/// The attributions without those in which somebody only asks for anonymity.
pub(super) fn without_requests_for_anonymity(
    doc: &Document,
    attributions: Vec<Attribution>,
) -> Vec<Attribution> {
    attributions.into_iter().filter(|it| !asks_for_anonymity(doc, it)).collect()
}

/// Whether somebody asks for their name not to be told, or only a part of it: "asked to be identified as Vera".
fn asks_for_anonymity(doc: &Document, attribution: &Attribution) -> bool {
    let mut cue = attribution.cue.map_or(0..0, |it| doc.tokens_in(it));
    let content = attribution.contents.first().map_or(0..0, |it| doc.tokens_in(*it));
    let opening: Vec<String> = content.take(MAX_ANONYMITY_WORDS).map(|it| doc.lower(it)).collect();
    let is_asked =
        cue.any(|it| matches!(doc.word(it), "asked" | "asking" | "requested" | "wanted" | "wished"));
    is_asked && is_request_for_anonymity(&opening)
}

/// Whether nothing was said: "declined to comment", "would not say".
fn is_refusal(doc: &Document, attribution: &Attribution) -> bool {
    let cue = attribution.cue.map_or(0..0, |it| doc.tokens_in(it));
    let content = attribution.contents.first().map_or(0..0, |it| doc.tokens_in(*it));
    let refuses = |token: usize| {
        let word = doc.lower(token);
        word.starts_with("declin") || word.starts_with("refus") || doc.is(token, LexicalClass::Negation)
    };
    // The refused verb stands in the cue ("would not say") or at the start of the content ("to comment").
    let mut verbs = cue.clone().chain(content.take(2));
    cue.into_iter().any(refuses) && verbs.any(|it| doc.is(it, LexicalClass::DeclinedSpeechVerb))
}

/// Whether a fact speaks instead of somebody: "This suggests that the dam leaked".
fn has_demonstrative_source(doc: &Document, attribution: &Attribution) -> bool {
    let source = attribution.source.map_or(0..0, |it| doc.tokens_in(it));
    source.len() == 1 && matches!(doc.lower(source.start).as_str(), "this" | "that")
}

/// Whether a question is left open: "has yet to say whether", "has not said who".
pub(super) fn is_silence(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(cue), [content, ..]) = (attribution.cue, &attribution.contents[..]) else { return false };
    let is_yet_to = |token: usize| doc.lower(token) == "yet" && doc.lower(token + 1) == "to";
    let tokens = doc.tokens_in(cue);
    let is_negated = tokens.clone().any(|it| doc.is(it, LexicalClass::Negation));
    let is_saying = tokens.clone().any(|it| doc.is(it, LexicalClass::SayingWord));
    let is_question = doc.is(doc.token_at(content.start), LexicalClass::QuestionWord);
    tokens.clone().any(is_yet_to) || is_negated && is_saying && is_question
}

/// Whether words in lower case ask for a name not to be told: "not to be named", "to be identified only as Vera".
fn is_request_for_anonymity(words: &[String]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["not", "to", "be", participle, ..] => is_naming_participle(participle),
        ["to", "be", participle, next, ..] => {
            is_naming_participle(participle) && matches!(next, "as" | "by" | "only" | "simply" | "under")
        }
        _ => false,
    }
}

/// Whether a word ends a request for anonymity: "asked not to be | named".
fn is_naming_participle(word: &str) -> bool {
    matches!(word, "identified" | "named" | "quoted")
}

/// Whether only the topic is given: "asked by Lee about the money", "the case against Lee, a butcher, who …".
fn is_topic(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(cue), [content, ..]) = (attribution.cue, &attribution.contents[..]) else { return false };
    let (mut cue, content) = (doc.tokens_in(cue), doc.tokens_in(*content));
    let follows_by = attribution.source.is_some_and(|source| {
        let before = doc.token_at(source.start).checked_sub(1);
        before.is_some_and(|it| doc.word(it) == "by")
    });
    if follows_by && cue.any(|it| doc.lower(it) == "asked") && doc.lower(content.start) == "about" {
        return true;
    }
    let comma = content.clone().find(|it| doc.word(*it) == ",");
    let is_capitalized = |token: usize| doc.word(token).starts_with(char::is_uppercase);
    let begins_with_name = comma.is_some_and(|comma| (content.start..comma).all(is_capitalized));
    let relative = content.clone().find(|it| doc.word(*it) == "who");
    let is_auxiliary = |token: usize| doc.is(token, LexicalClass::Auxiliary);
    begins_with_name && relative.is_some_and(|relative| !(content.start..relative).any(is_auxiliary))
}

/// Whether the content is a reciprocal pronoun: "blame each other".
fn is_reciprocal(doc: &Document, attribution: &Attribution) -> bool {
    let Some(content) = attribution.contents.first().map(|it| doc.tokens_in(*it)) else { return false };
    let (first, second) = (doc.lower(content.start), doc.lower(content.start + 1));
    let is_possessive = matches!(doc.word(content.start + 2), "'s" | "’s");
    matches!((first.as_str(), second.as_str()), ("each", "other") | ("one", "another")) && !is_possessive
}

/// Whether the content is an object with a relative clause: "lights the lamp that Ray made".
fn is_object_clause(doc: &Document, attribution: &Attribution) -> bool {
    let Some(content) = attribution.contents.first().map(|it| doc.tokens_in(*it)) else { return false };
    let has_determiner =
        doc.is(content.start, LexicalClass::Determiner) && doc.lower(content.start) != "that";
    let is_relative = |token: &usize| matches!(doc.word(*token), "that" | "which" | "where");
    let relative = content.clone().skip(1).take(MAX_OBJECT_WORDS).find(is_relative);
    let is_noun = |token: usize| {
        doc.tokens[token].kind != TokenKind::Punctuation
            && !doc.is(token, LexicalClass::ContentNoun)
            && !doc.is(token, LexicalClass::Auxiliary)
            && !doc.is(token, LexicalClass::PastTense)
    };
    let is_noun_phrase = |relative: usize| {
        let mut nouns = content.start + 1..relative;
        !nouns.is_empty() && nouns.all(is_noun)
    };
    has_determiner && relative.is_some_and(is_noun_phrase)
}

/// Whether the content is a question and nobody is said to ask it: "Asked whether it rained, Lee said no." Who asks would
/// follow the verb: "Asked by Lee whether it rained, she paused."
pub(super) fn is_unasked_question(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(cue), [content, ..]) = (attribution.cue, &attribution.contents[..]) else { return false };
    let cue = doc.tokens_in(cue);
    let start = doc.sentences.get(doc.sentence_of(cue.start)).map_or(0, |it| it.tokens.start);
    let is_question_verb = matches!(doc.lower(cue.start).as_str(), "asked" | "pressed" | "questioned");
    let opens_sentence = cue.start == start || cue.start == start + 1 && doc.lower(start) == "when";
    let is_asker = |source: Span| source.start >= doc.span(cue.clone()).start && source.end <= content.start;
    let has_asker = attribution.source.is_some_and(is_asker);
    is_question_verb && opens_sentence && !has_asker
}

/// Whether the content is the question of a participle between commas, behind which the answer follows: "Lee, asked | whether it
/// leaked, | said it did".
fn is_question_aside(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(source), Some(cue), Some(last)) =
        (attribution.source, attribution.cue, attribution.contents.last())
    else {
        return false;
    };
    let comma = doc.token_at(last.end);
    opens_question_aside(doc, source, cue) && doc.word(comma) == "," && is_answering(doc, comma + 1)
}

/// Whether a cue is a participle between commas that tells what its source was asked: "Lee, | asked | why", "and, when | asked | why".
pub(super) fn opens_question_aside(doc: &Document, source: Span, cue: Span) -> bool {
    let verb = doc.token_at(cue.start);
    let is_led = verb > 0 && doc.lower(verb - 1) == "when";
    let comma = verb.checked_sub(1 + usize::from(is_led));
    matches!(doc.lower(verb).as_str(), "asked" | "pressed" | "questioned" | "quizzed")
        && comma.is_some_and(|it| doc.word(it) == ",")
        && source.end <= cue.start
}

/// Whether a token is a finite verb by which somebody answers: "said".
pub(super) fn is_answering(doc: &Document, token: usize) -> bool {
    doc.is(token, LexicalClass::PastTense) && speech_act::is_reporting_word(doc, token)
}

/// Whether the attribution tells how a group usually speaks, not what was said: "Engineers use the term “lock”".
pub(super) fn is_generic(doc: &Document, attribution: &Attribution) -> bool {
    let source = attribution.source.map_or(0..0, |it| doc.tokens_in(it));
    let cue = attribution.cue.map_or(0..0, |it| doc.tokens_in(it));
    source.len() == 1 && doc.word(source.start).ends_with('s') && doc.word(cue.start) == "use"
}

/// Whether an attribution reports nothing: only a name or pronoun ("blamed Bo Brake", "denied it"), a noun for whatever the story is
/// about ("confirmed the matter").
pub(super) fn is_contentless(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(cue), [content]) = (attribution.cue, &attribution.contents[..]) else { return false };
    let words: Vec<usize> =
        doc.tokens_in(*content).filter(|it| doc.tokens[*it].kind != TokenKind::Punctuation).collect();
    let is_capitalized = |token: &usize| doc.word(*token).starts_with(char::is_uppercase);
    // In a headline every word may have a capital.
    let cue = doc.token_at(cue.start);
    let is_running_text = doc.lower(cue) == doc.word(cue) && !is_in_heading(doc, *content);
    let is_name = is_running_text && NAME_WORDS.contains(&words.len()) && words.iter().all(is_capitalized);
    let is_pronoun = matches!(words[..], [only] if doc.is(only, LexicalClass::ObjectPronoun)
        || matches!(doc.lower(only).as_str(), "that" | "what" | "which" | "who"));
    let is_matter = matches!(words[..], [first, noun] if doc.is(first, LexicalClass::Determiner)
        && STORY_NOUNS.binary_search(&doc.lower(noun).as_str()).is_ok());
    is_name || is_pronoun || is_matter
}

/// Whether a span stands in a headline or a heading.
pub(super) fn is_in_heading(doc: &Document, span: Span) -> bool {
    let block = doc.story.block_at(span.start).map(|it| doc.story.blocks()[it].kind);
    matches!(block, Some(BlockKind::Headline | BlockKind::Heading))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_document};

    #[test]
    fn a_name_or_a_pronoun_alone_is_not_said() {
        for (text, source, cue, words, expected) in [
            ("Lee blamed Bo Brake.", "Lee", "blamed", "Bo Brake", true),
            ("Lee denied it.", "Lee", "denied", "it", true),
            ("Lee confirmed the matter.", "Lee", "confirmed", "the matter", true),
            ("Lee confirmed the arrest.", "Lee", "confirmed", "the arrest", false),
            ("Lee said Bo Brake lied.", "Lee", "said", "Bo Brake lied", false),
            ("Lee said no.", "Lee", "said", "no", false),
            ("Lee blamed Bo Brake for the flood.", "Lee", "blamed", "Bo Brake for the flood", false),
            ("Lee asked not to be sent home.", "Lee", "asked", "not to be sent home", false),
        ] {
            let report = report(text, source, cue, &[words]);
            assert_eq!(with_document(text, |doc| is_contentless(doc, &report)), expected, "{text}");
        }
    }

    #[test]
    fn who_asks_for_anonymity_says_nothing() {
        for (text, cue, words, expected) in [
            ("A guard asked not to be named.", "asked", "not to be named", true),
            ("A guard asked to be named only as Bo.", "asked", "to be named only as Bo", true),
            ("A guard asked to be identified as Bo.", "asked", "to be identified as Bo", true),
            ("A guard asked to be named captain.", "asked", "to be named captain", false),
            ("A guard asked not to be sent home.", "asked", "not to be sent home", false),
        ] {
            let report = report(text, "A guard", cue, &[words]);
            assert_eq!(with_document(text, |doc| asks_for_anonymity(doc, &report)), expected, "{text}");
        }
    }

    #[test]
    fn a_relative_clause_of_what_is_written_is_not_said() {
        for (text, source, cue, words, expected) in [
            ("Lee wrote a post from where it spread.", "Lee", "wrote a post", "where it spread", true),
            ("Lee wrote a letter, with which Ray left.", "Lee", "wrote a letter", "which Ray left", true),
            ("Lee asked from where it came.", "Lee", "asked", "where it came", false),
            ("Lee asked about which bridge is safe.", "Lee", "asked about", "which bridge is safe", false),
            ("Lee wrote where it was.", "Lee", "wrote", "where it was", false),
        ] {
            let report = report(text, source, cue, &[words]);
            assert_eq!(with_document(text, |doc| is_unsaid(doc, &report)), expected, "{text}");
        }
    }
}
