//! Source bounds: a source holds the title at its end whole, no quotation of its own, and no verb of the clause around it.

use crate::analysis::AttributionRule;
use crate::engine::attribution::Attribution;
use crate::engine::attribution::fusion::invariants::Structure;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::is_quoted;
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;

/// An attribution whose source ends where the rules of this module end it.
pub(super) fn enforce(structure: &Structure, attribution: Attribution) -> Attribution {
    // A label speaks to the end of its paragraph.
    if attribution.rule == AttributionRule::Label {
        return attribution;
    }
    let attribution = without_content_in_source(structure, attribution);
    let attribution = with_whole_title(structure, attribution);
    let attribution = without_own_verb(structure, attribution);
    let attribution = with_apposed_name(structure, without_place_before(structure, attribution));
    let attribution = without_rest_in_source(structure, without_verb_in_source(structure, attribution));
    without_next_clause(structure, attribution)
}

/// Ends a source before the conjunction of another clause: "said | Ann Lee |, but the union’s leader, Bo Ray, …".
fn without_next_clause(structure: &Structure, mut attribution: Attribution) -> Attribution {
    let Some(source) = attribution.source else { return attribution };
    let doc = structure.doc;
    let words = doc.tokens_in(source);
    let begins_clause = |it: &usize| {
        doc.word(*it) == ","
            && matches!(doc.word(it + 1), "but" | "while" | "although" | "though" | "whereas")
    };
    if let Some(comma) = words.clone().skip(1).find(begins_clause) {
        attribution.source = Some(doc.span(words.start..comma));
    }
    attribution
}

/// Begins a source behind the place with which its sentence opens: "In Marrow Bay | the harbour master | said".
fn without_place_before(structure: &Structure, mut attribution: Attribution) -> Attribution {
    let Some(source) = attribution.source else { return attribution };
    let doc = structure.doc;
    let words = doc.tokens_in(source);
    let sentence = doc.sentences.get(doc.sentence_of(words.start)).map_or(0, |it| it.tokens.start);
    let opens_sentence = words.start == sentence + 1
        && matches!(doc.lower(sentence).as_str(), "across" | "at" | "in" | "near");
    let is_place_word = |it: &usize| doc.word(*it).starts_with(char::is_uppercase);
    let begins_phrase = |it: usize| doc.is(it, LexicalClass::Determiner) || doc.word(it) == "another";
    let place = words.clone().take_while(is_place_word).count();
    let phrase = words.start + place;
    if opens_sentence && place > 0 && phrase + 1 < words.end && begins_phrase(phrase) {
        attribution.source = Some(doc.span(phrase..words.end));
    }
    attribution
}

/// Ends the source behind "according to" after the name that its role is followed by: "According to the harbour master, Ada Lind, | the
/// ferry lost money".
fn with_apposed_name(structure: &Structure, attribution: Attribution) -> Attribution {
    const MAX_NAME_TOKENS: usize = 4;
    let (Some(source), Some(cue)) = (attribution.source, attribution.cue) else { return attribution };
    let doc = structure.doc;
    let words = doc.tokens_in(source);
    let is_role = doc.lower(doc.token_at(cue.start)) == "according"
        && source.start >= cue.end
        && doc.is(words.start, LexicalClass::Determiner)
        && words.clone().any(|it| doc.is(it, LexicalClass::RoleNoun))
        && doc.word(words.end) == ",";
    let name = words.end + 1;
    let is_name_word = |it: &usize| doc.word(*it).starts_with(char::is_uppercase);
    let end = name + (name..name + MAX_NAME_TOKENS).take_while(is_name_word).count();
    let begins = |it: &Span| doc.token_at(it.start) == name && it.end > doc.span(name..end + 1).end;
    if !is_role || end < name + 2 || doc.word(end) != "," || !attribution.contents.iter().any(begins) {
        return attribution;
    }
    let source = doc.span(words.start..end);
    let parts = attribution.contents.iter().flat_map(|it| structure.subtract(*it, source)).collect();
    Attribution { source: Some(source), ..attribution }.with_contents(parts)
}

/// Ends a source before a verb of its own that is not the cue: "Many | booed the president, | saying", "online posts | emerged this
/// month | alleging". Only one word for several people, or the subject of a participle, is cut so.
fn without_own_verb(structure: &Structure, mut attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue)) = (attribution.source, attribution.cue) else { return attribution };
    let doc = structure.doc;
    let (words, cue) = (doc.tokens_in(source), doc.tokens_in(cue));
    let is_quantifier = matches!(
        doc.lower(words.start).as_str(),
        "all" | "both" | "few" | "many" | "most" | "others" | "several" | "some"
    );
    let is_participle = cue.len() == 1 && doc.lower(cue.start).ends_with("ing");
    let is_verb = |it: &usize| {
        doc.is(*it, LexicalClass::PastTense)
            && doc.word(*it).starts_with(char::is_lowercase)
            && !doc.is(it + 1, LexicalClass::Preposition)
    };
    let may_follow = |it: &usize| doc.tokens[*it].kind != TokenKind::Punctuation;
    let mut head = words.clone().skip(1).take_while(may_follow);
    let verb = if is_participle { head.find(is_verb) } else { head.next().filter(is_verb) };
    let Some(verb) = verb.filter(|_| words.end <= cue.start) else { return attribution };
    if is_quantifier && verb == words.start + 1 || is_participle {
        attribution.source = Some(doc.span(words.start..verb));
    }
    attribution
}

/// Ends the source before the quotation of its own that it holds: "said | Ann Lee, a cook, | “and that is that”".
fn without_content_in_source(structure: &Structure, mut attribution: Attribution) -> Attribution {
    let Some(source) = attribution.source else { return attribution };
    let is_inside = |it: &&Span| source.start < it.start && it.start < source.end;
    let Some(part) = attribution.contents.iter().find(is_inside).copied() else { return attribution };
    let left = structure.subtract(source, Span::new(part.start, source.end));
    attribution.source = left.first().copied().or(attribution.source);
    attribution
}

/// The attribution with the whole title that its source ends with: "according to the book “Moguls of Land”".
fn with_whole_title(structure: &Structure, attribution: Attribution) -> Attribution {
    let Some(source) = attribution.source else { return attribution };
    let words = structure.doc.tokens_in(source);
    let open = words.clone().rev().find(|it| matches!(structure.doc.word(*it), "“" | "”" | "«" | "»" | "\""));
    // Titles are no quotations.
    let open = open.filter(|it| !is_quoted(structure.quoted, structure.doc.tokens[*it].span));
    let mark = match open.map(|it| structure.doc.word(it)) {
        Some("“") => "”",
        Some("«") => "»",
        Some("\"") if words.clone().filter(|it| structure.doc.word(*it) == "\"").count() == 1 => "\"",
        _ => return attribution,
    };
    let block = structure.doc.tokens[words.start].block;
    let closes = |it: &usize| {
        structure.doc.word(*it) == mark && structure.doc.tokens.get(*it).is_some_and(|it| it.block == block)
    };
    let Some(closing) = (words.end..words.end + 2).find(closes) else { return attribution };
    let source = structure.doc.span(words.start..closing + 1);
    let parts = attribution.contents.iter().flat_map(|it| structure.subtract(*it, source)).collect();
    Attribution { source: Some(source), ..attribution }.with_contents(parts)
}

/// Ends the source behind "according to" before the verb of the clause in which the phrase stands, which belongs to the content: "the
/// mill, which according to the mayor | lost money, closed".
fn without_verb_in_source(structure: &Structure, attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue)) = (attribution.source, attribution.cue) else { return attribution };
    let (words, start) = (structure.doc.tokens_in(source), structure.doc.token_at(cue.start));
    let is_according_to = structure.doc.lower(start) == "according" && source.start >= cue.end;
    let is_open = |it: &usize| {
        !structure.doc.is(*it, LexicalClass::ClauseBoundary)
            && structure.doc.tokens[*it].kind != TokenKind::Punctuation
    };
    let is_relative =
        start > 0 && matches!(structure.doc.lower(start - 1).as_str(), "which" | "who" | "that");
    let is_verb = |token: usize| {
        let is_past = is_relative && structure.doc.is(token, LexicalClass::PastTense);
        structure.doc.is(token, LexicalClass::Auxiliary)
            || is_past && structure.doc.word(token).starts_with(char::is_lowercase)
    };
    let verb = words.clone().take_while(is_open).find(|it| *it > words.start && is_verb(*it));
    let Some(verb) = verb.filter(|_| is_according_to) else { return attribution };
    let rest = structure.doc.span(verb..words.end);
    let contents = if is_relative {
        vec![rest]
    } else {
        attribution.contents.iter().copied().chain(Some(rest)).collect()
    };
    let source = Some(structure.doc.span(words.start..verb));
    Attribution { source, ..attribution }.with_contents(contents)
}

/// Ends the source behind "according to" at its first comma, where the content before it breaks off and so goes on behind the
/// comma: "The dam is, according to this author, | the oldest in the country".
fn without_rest_in_source(structure: &Structure, mut attribution: Attribution) -> Attribution {
    let (Some(source), Some(cue), [half]) = (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return attribution;
    };
    let tokens = structure.doc.tokens_in(source);
    let is_inside = half.end <= cue.start
        && source.start >= cue.end
        && matches!(structure.doc.lower(structure.doc.token_at(cue.start)).as_str(), "according" | "in")
        && structure.is_open(*half);
    let comma = tokens.clone().skip(1).find(|it| structure.doc.word(*it) == ",");
    if let Some(comma) = comma.filter(|_| is_inside) {
        attribution.source = Some(structure.doc.span(tokens.start..comma));
    }
    attribution
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_clauses};

    #[test]
    fn a_source_ends_before_a_verb_of_its_own() {
        for (text, source, cue, expected) in [
            ("Many booed the mayor, saying he was afraid.", "Many booed the mayor", "saying", "Many"),
            ("Some residents say he was afraid.", "Some residents", "say", "Some residents"),
            (
                "Some online posts emerged this month alleging he was afraid.",
                "Some online posts emerged this month",
                "alleging",
                "Some online posts",
            ),
            (
                "Many injured in the crash said he was afraid.",
                "Many injured in the crash",
                "said",
                "Many injured in the crash",
            ),
        ] {
            let attribution = report(text, source, cue, &["he was afraid"]);
            let found = with_clauses(text, |doc, quoted, clauses, _| {
                enforce(&Structure::new(doc, quoted, clauses), attribution).source
            });
            assert_eq!(found.map(|it| it.slice(text)), Some(expected), "{text}");
        }
    }
}
