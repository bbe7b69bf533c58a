//! Voices: a name with an age or a role before a colon or a dash is the label of what follows ("Lou Finch, 44, bus driver –
//! “I got nothing.”", "• Tom Reyes (student): It is a joke").

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::Attribution;
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens;
use crate::span::Span;

/// The confidence of a label that describes its speaker.
pub(crate) const VOICE_CONFIDENCE: f32 = 0.9;
/// How many words the name has.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 1..=4;
/// How many items the description behind the name may have: its age, role and place.
const MAX_DESCRIPTION_ITEMS: usize = 14;
/// How many marks may stand before the name: "•", "–".
const MAX_BULLETS: usize = 2;

/// The speech behind such a label. `end` is the byte at which the block ends: without quotation marks its words go so far.
pub(super) fn voice(clause: ClauseView, end: usize) -> Option<Attribution> {
    let start = (0..=MAX_BULLETS).find(|it| clause.is_word(*it))?;
    let name = name_items(clause, start)?;
    let separator = description_end(clause, name.end)?;
    let first = separator + 1;
    if first >= clause.items.len() {
        return None;
    }
    let is_dash = tokens::is_dash(clause.word(separator));
    let content = match clause.quote_at(first) {
        Some(quote) => quote.span,
        // "Ann Lee, 44, baker – winner of the cup": a dash alone makes no label.
        None if is_dash || !clause.is_capitalized(first) => return None,
        None => Span::new(clause.span(first..first + 1).start, end),
    };
    Some(Attribution {
        source: Some(clause.span(start..separator)),
        cue: Some(clause.span(separator..first)),
        contents: vec![content],
        rule: AttributionRule::Label,
        act: Act::Speech,
        confidence: VOICE_CONFIDENCE,
    })
}

/// The name of a person that begins at an item and ends with a comma or a bracket.
fn name_items(clause: ClauseView, start: usize) -> Option<Range<usize>> {
    let is_name_word =
        |item: &usize| clause.is_capitalized(*item) || clause.is(*item, LexicalClass::NameParticle);
    let end = (start..clause.items.len()).find(|it| !is_name_word(it))?;
    let is_name = NAME_WORDS.contains(&(end - start)) && clause.is_capitalized(start);
    (is_name && matches!(clause.word(end), "," | "(")).then_some(start..end)
}

/// The colon or dash behind the description that begins at an item: an age, or a phrase without a verb.
fn description_end(clause: ClauseView, open: usize) -> Option<usize> {
    let window = open + 1..clause.items.len().min(open + MAX_DESCRIPTION_ITEMS);
    let is_separator = |item: &usize| clause.word(*item) == ":" || tokens::is_dash(clause.word(*item));
    let separator = window.into_iter().find(is_separator)?;
    let describes = |item: usize| {
        let is_verb = clause.is(item, LexicalClass::Auxiliary)
            || clause.is(item, LexicalClass::SpeechVerb)
            || clause.is(item, LexicalClass::PastTense)
            || clause.is(item, LexicalClass::SubjectPronoun);
        let is_inside = matches!(clause.word(item), "," | "(" | ")" | "'s" | "’s" | "'" | "’" | "&" | "-");
        is_inside || clause.is_word(item) && !is_verb
    };
    let is_bracket = clause.word(open) == "(";
    let is_closed = !is_bracket || clause.word(separator - 1) == ")";
    let is_age = |item: usize| {
        clause.word(item).len() <= 3 && clause.word(item).starts_with(|it: char| it.is_ascii_digit())
    };
    let is_role = |item: usize| {
        clause.token(item).is_some_and(|it| {
            clause.doc.is(it, LexicalClass::RoleNoun)
                || clause.doc.is(it, LexicalClass::KinNoun)
                || clause.doc.is(it, LexicalClass::GroupNoun)
        })
    };
    let mut inside = open + 1..separator;
    let is_told = is_age(open + 1)
        || inside.clone().any(is_role)
        || clause.word(open + 1).starts_with(char::is_lowercase);
    (separator > open + 1 && is_closed && is_told && inside.all(describes)).then_some(separator)
}
