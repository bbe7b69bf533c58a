//! The tokens of a source: its words without what the tagger took along at its ends.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::entities::EntityMention;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;
use crate::word_list::word_list;

/// Adverbs and answers that are no speaker where they stand alone.
const ADVERBS_ALONE: &[&str] = &word_list!("adverbs-alone");

/// The tokens of a source without punctuation and "'s" at the ends, and without connectives before it.
pub(crate) fn trim_tokens(doc: &Document, source: Span) -> Range<usize> {
    let mut tokens = doc.tokens_in(source);
    // "31% reported a loss": the share is who was asked.
    let is_trimmed = |at: usize| {
        doc.tokens[at].kind == TokenKind::Punctuation && doc.word(at) != "%"
            || matches!(doc.word(at), "'s" | "’s")
    };
    let is_connective = |at: usize| doc.is(at, LexicalClass::LeadingConnective);
    // "said Ann Lee": the tagger took the cue for a part of the source.
    let is_cue = |at: usize| {
        doc.is(at, LexicalClass::SpeechVerb)
            && doc.word(at).starts_with(char::is_lowercase)
            && doc.word(at + 1).starts_with(char::is_uppercase)
    };
    let is_before = |at: usize| is_trimmed(at) || is_connective(at) || is_cue(at);
    while !tokens.is_empty() && is_before(tokens.start) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && is_trimmed(tokens.end - 1) {
        tokens.end -= 1;
    }
    tokens
}

/// The end of a source with the noun behind the word for a people with which it was cut: "The Lebanese | minister | said".
pub(crate) fn with_noun(doc: &Document, lexicon: &Lexicon, tokens: &Range<usize>) -> usize {
    let noun = tokens.end;
    let is_cut = tokens.len() > 1
        && doc.is(tokens.start, LexicalClass::Determiner)
        && lexicon.classes(doc.word(noun - 1)).has(LexicalClass::Demonym)
        && doc.word(noun).starts_with(char::is_lowercase)
        && (doc.is(noun, LexicalClass::RoleNoun) || doc.is(noun, LexicalClass::OrgNoun));
    if is_cut { noun + 1 } else { noun }
}

/// Nouns of the styles by which rulers and others are addressed, in lower case.
const STYLES: &[&str] = &word_list!("styles-of-address");
/// How many words a style has behind its pronoun: "Royal Highness".
const MAX_STYLE_WORDS: usize = 3;

/// The person whom a style of address stands for without an office or a name: "His Excellency", "Her Royal Highness". `None` for other words.
pub(crate) fn pronoun_of_style(doc: &Document, tokens: &Range<usize>) -> Option<Pronoun> {
    let is_style = tokens.len() > 1
        && tokens.len() <= 1 + MAX_STYLE_WORDS
        && doc.word(tokens.end - 1).starts_with(char::is_uppercase)
        && STYLES.binary_search(&doc.lower(tokens.end - 1).as_str()).is_ok();
    match doc.word(tokens.start) {
        "His" | "his" if is_style => Some(Pronoun::He),
        "Her" | "her" if is_style => Some(Pronoun::She),
        _ => None,
    }
}

/// The tokens of a source behind a style of address before an office: "His Royal Highness | the Crown Prince".
pub(crate) fn behind_style(doc: &Document, tokens: Range<usize>) -> Range<usize> {
    let is_owned = matches!(doc.word(tokens.start), "His" | "Her" | "Their" | "his" | "her" | "their");
    let is_style = |at: usize| STYLES.binary_search(&doc.lower(at).as_str()).is_ok();
    let window = tokens.start + 1..tokens.end.min(tokens.start + 1 + MAX_STYLE_WORDS);
    let style = window.into_iter().find(|it| is_style(*it) && doc.lower(it + 1) == "the");
    style.filter(|it| is_owned && it + 2 < tokens.end).map_or(tokens.clone(), |it| it + 1..tokens.end)
}

/// Whether a source is a number, a day, a verb or an adverb alone ("45.5", "Monday", "lavished", "Finally"), or a phrase that is no
/// subject ("adding to its credit", "in the report"). "31%" are those who were asked.
pub(crate) fn names_nobody(
    doc: &Document,
    mentions: &[EntityMention],
    lexicon: &Lexicon,
    tokens: &Range<usize>,
) -> bool {
    let are_numbers = tokens.clone().all(|it| doc.tokens[it].kind != TokenKind::Word && doc.word(it) != "%");
    let at = tokens.start;
    let is_name = mentions.covering(at).is_some();
    let nouns = [
        LexicalClass::RoleNoun,
        LexicalClass::GroupNoun,
        LexicalClass::DocumentNoun,
        LexicalClass::OrgNoun,
        LexicalClass::KinNoun,
    ];
    let is_verb = doc.is(at, LexicalClass::PastTense)
        && doc.word(at).starts_with(char::is_lowercase)
        && !nouns.iter().any(|it| doc.is(at, *it));
    let is_no_source = is_verb
        || ADVERBS_ALONE.binary_search(&doc.lower(at).as_str()).is_ok()
        || lexicon.classes(doc.word(at)).has(LexicalClass::Calendar);
    are_numbers || !is_name && (tokens.len() == 1 && is_no_source || is_no_subject(doc, tokens))
}

/// Whether several words are a phrase with a preposition or a participle, which speaks nowhere: "in the report", "adding to its credit".
fn is_no_subject(doc: &Document, tokens: &Range<usize>) -> bool {
    let (first, second) = (doc.lower(tokens.start), tokens.start + 1);
    if second >= tokens.end {
        return false;
    }
    let is_led = doc.is(second, LexicalClass::Determiner);
    let is_prepositional =
        matches!(first.as_str(), "by" | "in" | "of" | "on" | "regarding" | "with") && is_led;
    let is_participle = doc.word(tokens.start).starts_with(char::is_lowercase)
        && (first == "having" || first.ends_with("ing") && (is_led || doc.word(second) == "to"));
    is_prepositional || is_participle
}

/// Whether a source begins with a name of several words.
pub(crate) fn begins_name(mentions: &[EntityMention], tokens: &Range<usize>) -> bool {
    mentions.beginning_at(tokens.start).is_some_and(|it| mentions[it].tokens.len() > 1)
}

/// The tokens of a title in quotation marks before the noun of a source, with its marks: "the | “Blue Hour” | singer". Empty where there is
/// none.
pub(crate) fn title_before_noun(doc: &Document, tokens: &Range<usize>) -> Range<usize> {
    let is_open = |it: &usize| matches!(doc.word(*it), "“" | "\"" | "‘");
    let is_close = |it: &usize| matches!(doc.word(*it), "”" | "\"" | "’");
    let none = tokens.start..tokens.start;
    let Some(open) = tokens.clone().skip(1).find(is_open) else { return none };
    let Some(close) = (open + 1..tokens.end).find(is_close) else { return none };
    let is_before_noun = close + 1 < tokens.end
        && doc.tokens[close + 1].kind == TokenKind::Word
        && !doc.is(close + 1, LexicalClass::FunctionWord);
    if is_before_noun { open..close + 1 } else { none }
}

/// Whether a token is a participle behind a noun, with its object: "the lawyer | representing | Finch", "the barrister | defending | her",
/// "a letter | posted | on the door".
pub(crate) fn is_participle_behind_noun(doc: &Document, at: usize) -> bool {
    let word = doc.word(at);
    if doc.is(at, LexicalClass::PastTense) && word.starts_with(char::is_lowercase) {
        return at.checked_sub(1).is_some_and(|it| doc.is(it, LexicalClass::DocumentNoun));
    }
    let is_form = word.ends_with("ing") && word.starts_with(char::is_lowercase);
    let Some(noun) = at.checked_sub(1).filter(|_| is_form) else { return false };
    if doc.is(noun, LexicalClass::RoleNoun) || doc.is(noun, LexicalClass::GroupNoun) {
        return true;
    }
    let is_noun = doc.tokens[noun].kind == TokenKind::Word
        && doc.word(noun).starts_with(char::is_lowercase)
        && !doc.is(noun, LexicalClass::FunctionWord)
        && !doc.is(noun, LexicalClass::Determiner)
        && !doc.is(noun, LexicalClass::Adverb);
    let next = at + 1;
    let has_object = doc.is(next, LexicalClass::Determiner)
        || doc.is(next, LexicalClass::ObjectPronoun)
        || doc.word(next).starts_with(char::is_uppercase);
    is_noun && has_object
}

/// The people in a source whom "and" joins to the pronoun with which it begins, as the indices of their mentions: "He and his wife, | Vesna".
pub(crate) fn names_joined_to_pronoun(
    doc: &Document,
    mentions: &[EntityMention],
    tokens: &Range<usize>,
) -> Vec<usize> {
    let people = mentions.inside(tokens).filter(|it| mentions[*it].kind == EntityKind::Person);
    if doc.word(tokens.start + 1) == "and" { people.collect() } else { Vec::new() }
}
