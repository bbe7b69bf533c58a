//! Contents: the words that a cue reports, before it, after it or on both sides.

use std::ops::Range;

use crate::engine::attribution::rules::CueMatch;
use crate::engine::attribution::rules::cues::{CueForm, CueStrength};
use crate::engine::attribution::rules::{according_to, requests, sources};
use crate::engine::attribution::{complement, figures};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens;

/// A fragment that the cue splits off ("It was, she said, a …") has at most this many items.
pub(super) const MAX_FRAGMENT_ITEMS: usize = 7;
/// The rest after a split-off fragment has at least this many items, unless it is quoted.
pub(super) const MIN_REST_ITEMS: usize = 3;
/// A fronted phrase of more items is a content where nothing follows the cue.
const MAX_FRONTED_ITEMS: usize = 5;
/// A quotation belongs to a cue with at most this many items between them.
const MAX_ITEMS_BEFORE_QUOTE: usize = 12;
/// How many adverbs and phrases are read after a cue, the content included.
const MAX_STEPS_AFTER_CUE: usize = 4;
/// "that" is searched in this many items after a comma: ", on Monday, that …".
const ASIDE_WINDOW: usize = 8;
/// How many items those who are cited may have before "that".
const MAX_CITED_ITEMS: usize = 30;
/// "that" is searched in this many items after a preposition: "in a long letter to the council that …".
const PHRASE_WINDOW: usize = 16;
/// The end of an addressee is searched in this many items: "told the council of the old town | that …".
const ADDRESSEE_WINDOW: usize = 14;
/// How many items a noun for whom somebody speaks to has behind its first: "the old town | council".
const MAX_COMPOUND_ITEMS: usize = 3;
/// A further piece of a list of quotations is searched in this many items: “one”, “two” and “three”.
const LIST_WINDOW: usize = 4;

/// The contents of a cue as ranges of items; `available` is what the cues beside it leave.
pub(crate) fn find_contents(
    clause: ClauseView,
    cue_match: &CueMatch,
    available: Range<usize>,
) -> Vec<Range<usize>> {
    let group = cue_match.item_range();
    let before = trim_items(clause, available.start..group.start.max(available.start));
    let after = group.end.min(available.end)..available.end;
    if cue_match.cue.form == CueForm::Phrase {
        return according_to::contents(clause, available.start, before, after);
    }
    let follows_as = cue_match.follows_as(clause);
    if follows_as && clause.lower(cue_match.cue.verb).starts_with("put") {
        // "“A scar on the valley,” as Lee put it": only the quotation beside it.
        let quote = before.clone().last().filter(|it| clause.quote_at(*it).is_some());
        let quote = quote.or_else(|| clause.first_quote_in(after.clone()).filter(|_| before.is_empty()));
        if let Some(quote) = quote {
            return std::iter::once(quote..quote + 1).collect();
        }
    }
    if follows_as {
        let around = contents_around_as(clause, group.clone(), available);
        if !around.is_empty() {
            return around;
        }
    }
    let left = content_before_cue(clause, cue_match, before);
    let is_left_quoted = left.clone().is_some_and(|it| clause.first_quote_in(it).is_some());
    let is_fragment = |left: &Range<usize>| !is_left_quoted && left.len() <= MAX_FRAGMENT_ITEMS;
    let end_of_time = sources::end_of_time(clause, end_of_cue(clause, cue_match));
    if clause.word(end_of_time) == "," && left.as_ref().is_some_and(is_fragment) {
        let rest = trim_items(clause, end_of_time.min(after.end)..after.end);
        let has_quote = clause.first_quote_in(rest.clone()).is_some();
        // "Norbex plans cuts, AFP reports, | citing a letter"
        let is_long = may_go_on(clause, &rest) && clause.lower(rest.start) != "citing" || has_quote;
        return left.into_iter().chain(is_long.then_some(rest)).collect();
    }
    if is_left_quoted {
        return left.into_iter().chain(second_quote_part(clause, after)).collect();
    }
    let content = content_after_cue(clause, cue_match, after).or(left);
    content.map(|it| before_main_verb(clause, cue_match, it)).into_iter().collect()
}

/// Whether items behind source and cue are long enough to go on with a content, or begin with its verb: "The mill, Lee said, | had burned".
fn may_go_on(clause: ClauseView, rest: &Range<usize>) -> bool {
    rest.len() >= MIN_REST_ITEMS || rest.len() > 1 && clause.is(rest.start, LexicalClass::Auxiliary)
}

/// The end of source and cue with the person spoken to: "The mill, | Lee told the council |, burned".
fn end_of_cue(clause: ClauseView, cue_match: &CueMatch) -> usize {
    let end = cue_match.item_range().end;
    let is_addressing = clause.is(cue_match.cue.verb, LexicalClass::AddressingVerb);
    if is_addressing { addressee_end(clause, end) } else { end }
}

/// The items of a content before the verb of the main clause, where a relative clause about its subject holds source and cue: "The man
/// who said | the bridge was safe | was sacked".
fn before_main_verb(clause: ClauseView, cue_match: &CueMatch, content: Range<usize>) -> Range<usize> {
    let source = cue_match.source.as_ref().filter(|it| !cue_match.borrowed && it.end > it.start + 1);
    let is_relative = |it: &Range<usize>| {
        matches!(clause.lower(it.end - 1).as_str(), "that" | "which" | "who")
            && clause.word(it.end - 2) != ","
            && it.end <= cue_match.cue.items.start
            && content.start >= cue_match.cue.items.end
            && (0..it.start).all(|item| clause.is(item, LexicalClass::LeadingConnective))
    };
    if !source.is_some_and(is_relative) || clause.first_quote_in(content.clone()).is_some() {
        return content;
    }
    let tokens = clause.doc.tokens_in(clause.span(content.clone()));
    let verb = complement::verb_after_clause(clause.doc, tokens);
    let end = verb.and_then(|verb| content.clone().find(|it| clause.token(*it) == Some(verb)));
    content.start..end.filter(|it| *it > content.start).unwrap_or(content.end)
}

/// The contents of "as X noted", which is set off by commas: the clause around it. None where words follow that "as X
/// noted" itself reports, or where it only tells when: "as Lee said goodbye".
fn contents_around_as(clause: ClauseView, group: Range<usize>, available: Range<usize>) -> Vec<Range<usize>> {
    let conjunction = group.start - 1;
    let adds_circumstance = |item: usize| {
        clause.is(item, LexicalClass::Preposition)
            || clause.is(item, LexicalClass::TimeWord)
            || clause.is(item, LexicalClass::Adverb)
            || matches!(clause.lower(item).as_str(), "it" | "out")
    };
    let is_end = |item: &usize| *item >= available.end || matches!(clause.word(*item), "," | "." | ";");
    let window = group.end..=available.end.min(group.end + ASIDE_WINDOW);
    let Some(end) = window.into_iter().find(is_end) else { return Vec::new() };
    if end > group.end && !adds_circumstance(group.end) {
        return Vec::new();
    }
    let before = trim_items(clause, available.start..conjunction.max(available.start));
    let after = trim_items(clause, end.min(available.end)..available.end);
    let is_fronted = before.is_empty() && clause.word(end) == ",";
    let has_quote_after = clause.first_quote_in(after.clone()).is_some();
    let is_set_off = conjunction > 0
        && (clause.word(conjunction - 1) == "," || clause.quote_at(conjunction - 1).is_some());
    match () {
        () if is_fronted && may_go_on(clause, &after) => vec![after],
        () if is_set_off && !before.is_empty() => {
            let is_split = before.len() <= MAX_FRAGMENT_ITEMS
                && (may_go_on(clause, &after) || after.len() > 1 && has_quote_after);
            [Some(before), is_split.then_some(after)].into_iter().flatten().collect()
        }
        () => Vec::new(),
    }
}

/// The content before source and cue, where a comma, a dash or a closing quotation mark separates them.
fn content_before_cue(
    clause: ClauseView,
    cue_match: &CueMatch,
    before: Range<usize>,
) -> Option<Range<usize>> {
    let group = cue_match.item_range();
    if before.is_empty() || cue_match.borrowed {
        return None;
    }
    let ends_with_quote = clause.quote_at(before.end - 1).is_some();
    let separator = clause.word(group.start.wrapping_sub(1));
    if !ends_with_quote && separator != "," && !tokens::is_dash(separator) {
        return None;
    }
    let first_is = |class: LexicalClass| clause.is(before.start, class);
    // "At the meetings of 2015 and 2018, China pledged nine million": no clause that is said.
    let is_clause =
        || complement::has_own_verb(clause.doc, clause.doc.tokens_in(clause.span(before.clone())));
    // "Looking tired, Lee replied": what the speaker did meanwhile.
    let is_participle =
        || clause.lower(before.start).ends_with("ing") && clause.word(group.end) != "," && !is_clause();
    let is_fronted = !ends_with_quote
        && clause.first_quote_in(before.clone()).is_none()
        && (first_is(LexicalClass::Preposition)
            || first_is(LexicalClass::TimeWord)
            || first_is(LexicalClass::Adverb)
            || first_is(LexicalClass::FrontedOpener)
            || is_participle());
    let has_content_after = || content_after_cue(clause, cue_match, group.end..clause.items.len()).is_some();
    let is_said = !is_fronted || before.len() > MAX_FRONTED_ITEMS && !has_content_after() && is_clause();
    is_said.then_some(before)
}

/// The second part of a quotation that its cue splits, where a comma or colon leads to it.
fn second_quote_part(clause: ClauseView, after: Range<usize>) -> Option<Range<usize>> {
    let quote = clause.first_quote_in(after.clone())?;
    let before = quote.wrapping_sub(1);
    let is_announced = matches!(clause.word(before), "," | ":") || quote == after.start;
    let is_near = quote - after.start <= MAX_ITEMS_BEFORE_QUOTE;
    // "said Lee, who fished for the “silver run” once": a term in the words that describe the source.
    let is_term = clause.is(before, LexicalClass::Determiner) || clause.is(before, LexicalClass::Preposition);
    (is_announced && is_near && !is_term).then(|| quote..quote_end(clause, quote, after.end))
}

/// What begins at an item after a cue.
enum AfterCue {
    /// The content, by items.
    Content(Range<usize>),
    /// An adverb or phrase that ends before this item: "on Monday | the river rose".
    Skip(usize),
    /// Nothing that is reported.
    Nothing,
}

/// The content after a cue; `None` where what follows is no speech.
fn content_after_cue(clause: ClauseView, cue_match: &CueMatch, after: Range<usize>) -> Option<Range<usize>> {
    let (mut start, end) = (after.start, after.end);
    if clause.is(cue_match.cue.verb, LexicalClass::AddressingVerb) {
        start = addressee_end(clause, start);
    }
    let is_addressed = start > after.start;
    if is_addressed && clause.word(start) == "to" && requests::begins_infinitive(clause, start) {
        return Some(trim_items(clause, start..end)).filter(|it| it.len() > 1);
    }
    for _ in 0..MAX_STEPS_AFTER_CUE {
        if start >= end {
            return None;
        }
        match read_after_cue(clause, cue_match.cue.strength, start, end) {
            AfterCue::Content(items) => {
                return Some(trim_items(clause, items)).filter(|it| !it.is_empty());
            }
            AfterCue::Skip(next) => start = next,
            AfterCue::Nothing => return None,
        }
    }
    None
}

/// Reads the items from `start` to `end` after a cue of some strength.
fn read_after_cue(clause: ClauseView, strength: CueStrength, start: usize, end: usize) -> AfterCue {
    if clause.quote_at(start).is_some() {
        return AfterCue::Content(start..quote_end(clause, start, end));
    }
    let word = clause.lower(start);
    let quote = clause.first_quote_in(start..end);
    match word.as_str() {
        ":" => {
            let is_quoted = clause.quote_at(start + 1).is_some() && start + 1 < end;
            let end = if is_quoted { quote_end(clause, start + 1, end) } else { end };
            AfterCue::Content(start + 1..end)
        }
        "that" if strength < CueStrength::QuoteOnly || quote.is_some() => AfterCue::Content(start..end),
        // "when" and "which" mostly begin another clause.
        _ if strength < CueStrength::QuoteOnly
            && clause.is(start, LexicalClass::QuestionWord)
            && !matches!(word.as_str(), "when" | "which") =>
        {
            AfterCue::Content(start..end)
        }
        "," => read_after_comma(clause, start, end),
        _ if clause.is(start, LexicalClass::TimeWord) || clause.is(start, LexicalClass::Adverb) => {
            AfterCue::Skip(start + 1)
        }
        _ if clause.is(start, LexicalClass::Preposition) && !begins_quantity(clause, start) => {
            read_after_preposition(clause, strength, start, end)
        }
        _ if strength == CueStrength::BareClause && clause.is_word(start) => {
            // One word is no clause.
            let is_clause = trim_items(clause, start..end).len() > 1;
            if is_clause { AfterCue::Content(start..end) } else { AfterCue::Nothing }
        }
        _ => match quote.filter(|it| it - start <= MAX_ITEMS_BEFORE_QUOTE) {
            Some(quote) => AfterCue::Content(start..quote_end(clause, quote, end)),
            None => AfterCue::Nothing,
        },
    }
}

/// Whether a preposition begins a number of people or things: "around 4,000 people", but not "in 2019".
fn begins_quantity(clause: ClauseView, preposition: usize) -> bool {
    matches!(clause.lower(preposition).as_str(), "about" | "around" | "between" | "over" | "under")
        && clause.token(preposition + 1).is_some_and(|it| figures::is_number(clause.doc, it))
}

/// Reads on at a comma after a cue: a quotation, or an aside and "that".
fn read_after_comma(clause: ClauseView, comma: usize, end: usize) -> AfterCue {
    if clause.quote_at(comma + 1).is_some() {
        return AfterCue::Content(comma + 1..quote_end(clause, comma + 1, end));
    }
    // "Reuters reported, citing two people who know the plan, | that …"
    let is_citing = matches!(clause.word(comma + 1), "citing" | "quoting");
    let window = if is_citing { MAX_CITED_ITEMS } else { ASIDE_WINDOW };
    let that = (comma + 1..end.min(comma + window)).find(|it| clause.lower(*it) == "that");
    match that.filter(|it| clause.word(it - 1) == ",") {
        Some(that) => AfterCue::Content(that..end),
        None => AfterCue::Nothing,
    }
}

/// Reads on at a preposition after a cue: "in a letter that …", "with a laugh: “…”", "on Monday | the river rose".
fn read_after_preposition(
    clause: ClauseView,
    strength: CueStrength,
    preposition: usize,
    end: usize,
) -> AfterCue {
    let window = preposition + 1..end.min(preposition + PHRASE_WINDOW);
    let mut phrase = window.into_iter().take_while(|it| clause.word(*it) != ",");
    if let Some(that) = phrase.find(|it| clause.lower(*it) == "that") {
        return AfterCue::Content(that..end);
    }
    if let Some(quote) = clause.first_quote_in(preposition..end) {
        let is_announced = matches!(clause.word(quote - 1), "," | ":") || strength == CueStrength::QuoteOnly;
        let start = if is_announced { quote } else { preposition };
        return AfterCue::Content(start..quote_end(clause, quote, end));
    }
    prepositional_phrase_end(clause, preposition, end).map_or(AfterCue::Nothing, AfterCue::Skip)
}

/// The end of the person spoken to, from item `start` on: "told reporters | it rained".
fn addressee_end(clause: ClauseView, start: usize) -> usize {
    let first = clause.lower(start);
    if clause.quote_at(start).is_some() || matches!(first.as_str(), "that" | ":" | ",") {
        return start;
    }
    let has_complement = matches!(clause.word(start + 1), "of" | "in" | "at" | "from");
    if clause.is(start, LexicalClass::Addressee) && !clause.is_capitalized(start + 1) && !has_complement {
        return start + 1;
    }
    let begins_content = |item: &usize| {
        clause.lower(*item) == "that"
            || clause.quote_at(*item).is_some()
            || matches!(clause.word(*item), "," | ":")
    };
    let window = start..clause.items.len().min(start + ADDRESSEE_WINDOW);
    if let Some(content) = window.into_iter().find(begins_content) {
        return content;
    }
    let head = start + usize::from(clause.is(start, LexicalClass::Determiner));
    let mut end = head;
    while clause.is_capitalized(end)
        || clause.lower(end) == "of" && clause.is_capitalized(end + 1)
        || matches!(clause.word(end), "'s" | "’s")
    {
        end += 1;
    }
    if end == head {
        end += 1;
        if head > start {
            end = compound_end(clause, end);
        }
    }
    // "residents | of Fell", "staff | at the mill"
    let is_led = matches!(clause.word(end), "of" | "in" | "at" | "from");
    let noun = end + 1 + usize::from(clause.is(end + 1, LexicalClass::Determiner));
    if is_led && clause.is_word(noun) {
        let name = (noun + 1..clause.items.len()).take_while(|it| clause.is_capitalized(*it)).count();
        return noun + 1 + if clause.is_capitalized(noun) { name } else { 0 };
    }
    // "warned | the valve would burst": nobody is spoken to.
    if clause.is(end, LexicalClass::Auxiliary) { start } else { end }
}

/// The end of a noun of several words whose first ends at item `end`, where a clause or an infinitive follows: "the finance committee | the
/// dam leaked", "the transport department | to act".
fn compound_end(clause: ClauseView, end: usize) -> usize {
    let is_noun = |item: &usize| {
        let others = [LexicalClass::FunctionWord, LexicalClass::PastTense, LexicalClass::TimeWord];
        clause.is_word(*item)
            && clause.word(*item).starts_with(char::is_lowercase)
            && !others.iter().any(|it| clause.is(*item, *it))
    };
    let nouns = (end..end + MAX_COMPOUND_ITEMS).take_while(is_noun).count();
    let next = end + nouns;
    let is_followed = clause.is(next, LexicalClass::Determiner)
        || clause.is(next, LexicalClass::SubjectPronoun)
        || clause.word(next) == "to";
    if is_followed { next } else { end }
}

/// The end of the phrase of a preposition, where a clause may begin: "on Monday | the river rose".
fn prepositional_phrase_end(clause: ClauseView, preposition: usize, end: usize) -> Option<usize> {
    let noun = preposition + 1 + usize::from(clause.is(preposition + 1, LexicalClass::Determiner));
    let begins_clause = |item: &usize| {
        clause.is(*item, LexicalClass::Determiner)
            || clause.is(*item, LexicalClass::SubjectPronoun)
            || clause.is(*item, LexicalClass::TimeWord) && clause.is_capitalized(*item)
            || clause.is_capitalized(*item) && !clause.is_capitalized(item - 1)
            || clause.word(*item) == ","
    };
    (noun + 1..end).find(begins_clause)
}

/// The end of a content that begins with the quotation at an item: its closing mark, or the end of the clause where the
/// sentence continues after a fragment.
pub(super) fn quote_end(clause: ClauseView, quote: usize, end: usize) -> usize {
    let Some(quoted) = clause.quote_at(quote) else { return end };
    let text = quoted.content.slice(clause.doc.text).trim_end();
    let is_complete = text.ends_with(['.', ',', '!', '?', '…'])
        || matches!(clause.word(quote + 1), "." | ",")
        || quote + 1 >= end;
    if is_complete {
        // A further piece of the same sentence: “one”, “two” and “three”.
        let next = (quote + 1..end.min(quote + LIST_WINDOW)).find(|it| clause.quote_at(*it).is_some());
        let joins = |item: usize| matches!(clause.lower(item).as_str(), "," | "and" | "or" | "but");
        let is_listed = |next: &usize| *next > quote + 1 && (quote + 1..*next).all(joins);
        return match next.filter(is_listed) {
            Some(next) if !text.ends_with('.') => quote_end(clause, next, end),
            _ => quote + 1,
        };
    }
    // "… “a surrender” and left."
    if clause.lower(quote + 1) == "and" && clause.is(quote + 2, LexicalClass::PastTense) {
        return quote + 1;
    }
    end
}

/// Some items without the punctuation and conjunctions at their ends.
pub(super) fn trim_items(clause: ClauseView, items: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = items;
    let is_punctuation = |item: usize| {
        clause.quote_at(item).is_none()
            && !clause.is_word(item)
            && !matches!(
                clause.word(item),
                "$" | "£" | "€" | "[" | "(" | "#" | "@" | "%" | ")" | "]" | "'" | "’"
            )
    };
    let is_conjunction = |item: usize| matches!(clause.lower(item).as_str(), "and" | "but" | "while" | "as");
    while start < end && is_punctuation(start) {
        start += 1;
    }
    while start < end && (is_punctuation(end - 1) || (is_conjunction(end - 1) && clause.items.len() > end)) {
        end -= 1;
    }
    start..end.max(start)
}
