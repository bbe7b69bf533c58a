//! Signatures: a name that stands alone on its line, or at the start of it before what the person is: "— Piet Maas, harbour
//! master, Elmouth".

use std::ops::Range;

use crate::engine::entities::features::Features;
use crate::engine::entities::{occupations, role_kinds};
use crate::engine::text::lexicon::LexicalClass::{
    Auxiliary, FunctionWord, PastTense, RoleNoun, SpeechVerb, SubjectPronoun, Title,
};
use crate::engine::text::tokens::TokenKind;

/// How many tokens may stand behind the name on the line of a signature, or on the line below it.
const MAX_SIGNATURE_TOKENS: usize = 14;
/// How many words the role in a signature may have up to its noun: "retired deputy harbour master".
const MAX_ROLE_WORDS: usize = 4;

/// The role in the signature that begins with a name: behind its comma, or on the line below. `None` where the line is none of
/// a signature, or tells no role.
pub(crate) fn role_behind(features: &Features, name: &Range<usize>) -> Option<Range<usize>> {
    let opens_line = |at: usize| {
        let is_dash = matches!(features.form(at), "—" | "–" | "-" | "--" | "―" | "~");
        is_dash || features.is(at, Title)
    };
    let is_start = line_start(features, name.start).is_some_and(|it| (it..name.start).all(opens_line));
    let end = line_end(features, name.end)?;
    if !is_start {
        return None;
    }
    let role = if end == name.end {
        end..line_end(features, end + 1)?
    } else if features.form(name.end) == "," {
        name.end + 1..end
    } else {
        return None;
    };
    let begins_clause = |at: usize| {
        let classes = features.lowercase_classes(at);
        !features.is_capitalized(at)
            && classes.any(&[Auxiliary, SpeechVerb, PastTense])
            && !classes.has(RoleNoun)
            || classes.has(SubjectPronoun)
    };
    let part = role.clone().find(|it| features.form(*it) == ",").unwrap_or(role.end);
    let complement = role.clone().find(|it| role_kinds::is_complement(features.form(*it))).unwrap_or(part);
    let head = role.start..complement.min(part);
    let is_word = |at: usize| {
        features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Word)
            && !features.lowercase_classes(at).has(FunctionWord)
    };
    let is_role = head.clone().next_back().is_some_and(|it| {
        features.lowercase_classes(it).has(RoleNoun)
            || features.is(it, Title)
            || occupations::is_occupation(features, it)
    });
    let is_short = role.len() <= MAX_SIGNATURE_TOKENS && (1..=MAX_ROLE_WORDS).contains(&head.len());
    (is_role && is_short && head.clone().all(is_word) && !role.clone().any(begins_clause))
        .then_some(role.start..part)
}

/// The first token of the line on which token `at` stands; `None` where it lies further away than a signature reaches.
fn line_start(features: &Features, at: usize) -> Option<usize> {
    (at.saturating_sub(MAX_SIGNATURE_TOKENS)..=at).rev().find(|it| features.doc.begins_line(*it))
}

/// The token behind the line on which token `at - 1` stands; `None` where it lies further away than a signature reaches.
fn line_end(features: &Features, at: usize) -> Option<usize> {
    (at..=at + MAX_SIGNATURE_TOKENS + 1).find(|it| features.doc.begins_line(*it))
}
