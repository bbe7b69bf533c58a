//! Organisations without a name with which a sentence begins, to which "it" may refer: "The council closed the road. It said …".

use std::ops::Range;

use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;

/// How many words may stand between the article and the noun: "the three biggest water | companies".
const MAX_MODIFIERS: usize = 4;
/// How many tokens a phrase before the subject may have: "In the first week of May, | the council".
const MAX_FRONTED_TOKENS: usize = 10;

/// The organisation that is the subject of a sentence, from its article to its noun: "A hospital trust". `None` where it has none.
pub(crate) fn organization_subject(doc: &Document, sentence: Range<usize>) -> Option<Range<usize>> {
    let start = subject_start(doc, sentence.clone())?;
    if !doc.is(start, LexicalClass::Determiner) {
        return None;
    }
    let is_modifier = |it: &usize| {
        doc.tokens[*it].kind == TokenKind::Word
            && doc.word(*it).starts_with(char::is_lowercase)
            && !doc.is(*it, LexicalClass::Auxiliary)
            && !doc.is(*it, LexicalClass::Preposition)
            && !doc.is(*it, LexicalClass::FunctionWord)
    };
    // "The Opposition": some write an organisation with a capital.
    let is_capital_organization = |it: &usize| *it == start + 1 && doc.is(*it, LexicalClass::OrgNoun);
    let stop = sentence.end.min(start + MAX_MODIFIERS + 2);
    let phrase_end =
        (start + 1..stop).find(|it| !is_modifier(it) && !is_capital_organization(it)).unwrap_or(stop);
    let noun = (start + 1..phrase_end).rev().find(|it| doc.is(*it, LexicalClass::OrgNoun))?;
    continues_with_verb(doc, noun + 1).then_some(start..noun + 1)
}

/// The token at which the subject of a sentence may begin: behind "But", or behind a phrase that ends with a comma.
fn subject_start(doc: &Document, sentence: Range<usize>) -> Option<usize> {
    let first = sentence.start;
    if doc.is(first, LexicalClass::Preposition) || doc.is(first, LexicalClass::TimeWord) {
        let window = first..sentence.end.min(first + MAX_FRONTED_TOKENS);
        return window.into_iter().find(|it| doc.word(*it) == ",").map(|it| it + 1);
    }
    let is_connective = |it: &usize| doc.is(*it, LexicalClass::LeadingConnective) || doc.word(*it) == ",";
    Some(first + sentence.take_while(is_connective).count())
}

/// Whether the words behind a noun leave it the head of the subject: a verb, a complement or an aside. "The firm's owner" and "the
/// company chief" are people.
fn continues_with_verb(doc: &Document, next: usize) -> bool {
    let word = doc.lower(next);
    let is_verb = [LexicalClass::Auxiliary, LexicalClass::PastTense, LexicalClass::Adverb]
        .iter()
        .any(|it| doc.is(next, *it));
    let is_present = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s");
    let is_noun = [LexicalClass::RoleNoun, LexicalClass::GroupNoun, LexicalClass::DocumentNoun]
        .iter()
        .any(|it| doc.is(next, *it));
    let is_lowercase = doc.word(next).starts_with(char::is_lowercase);
    matches!(word.as_str(), "," | "which" | "that" | "whose")
        || is_lowercase && !is_noun && (is_verb || is_present || doc.is(next, LexicalClass::Preposition))
}
