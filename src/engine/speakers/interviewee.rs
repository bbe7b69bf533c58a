//! The person interviewed: whom the text above the first turn names, or describes, as the one who answers.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{
    Addressee, Adverb, ClauseBoundary, DocumentNoun, OrgNoun, PlaceNoun, Preposition, ReportingWord,
    SpeechVerb, StatementReportingWord, TellingVerb, TimeWord,
};
use crate::span::Span;
use crate::story::BlockKind;
use crate::word_list::word_list;

/// A person who is named before the first turn.
struct Introduced {
    /// The first mention.
    span: Span,
    /// The number of mentions, of which those that speak count twice.
    weight: usize,
    in_headline: bool,
}

/// Who answers in an interview: the first mention of a person by name, or the words that describe one. `None` if the
/// story does not tell. A headline that speaks of several people ("Gazette interviews two bakers") means no single name
/// below it.
pub(super) fn find_interviewee(doc: &Document, mentions: &[EntityMention]) -> Option<Span> {
    let blocks = doc.story.blocks();
    let first_turn = blocks.iter().find(|it| it.kind == BlockKind::Turn)?.span.start;
    let described = described_interviewee(doc, mentions, first_turn);
    let in_headline = |it: &Description| {
        let block = doc.story.block_at(it.span.start);
        block.is_some_and(|it| blocks[it].kind == BlockKind::Headline)
    };
    let group = described.as_ref().filter(|it| it.is_group && in_headline(it));
    let named = || named_interviewee(doc, mentions, first_turn);
    group.map(|it| it.span).or_else(named).or_else(|| described.map(|it| it.span))
}

/// The first mention of the person who answers, by name: the one who is named most often and speaks before the first turn, in the
/// headline if one is. Two people who are announced together answer together, and the span holds both names. `None` if
/// either of two may answer.
fn named_interviewee(doc: &Document, mentions: &[EntityMention], first_turn: usize) -> Option<Span> {
    let blocks = doc.story.blocks();
    let kind_at = |mention: &EntityMention| doc.story.block_at(mention.span.start).map(|it| blocks[it].kind);
    let in_headline = |mention: &EntityMention| kind_at(mention) == Some(BlockKind::Headline);
    let introduced = mentions.iter().take_while(|it| it.span.start < first_turn);
    let (topics, others): (Vec<_>, Vec<_>) =
        introduced.partition(|it| in_headline(it) && is_topic(doc, it.span));
    let named: HashSet<&str> =
        others.iter().filter(|it| in_headline(it)).map(|it| surname(doc, it.span)).collect();
    let topics: HashSet<&str> =
        topics.iter().map(|it| surname(doc, it.span)).filter(|it| !named.contains(it)).collect();
    let mut people: Vec<Introduced> = Vec::new();
    let mut by_surname: HashMap<&str, usize> = HashMap::new();
    let may_answer = |it: &&EntityMention| {
        it.kind == EntityKind::Person
            && kind_at(it) != Some(BlockKind::Byline)
            && !it.is_credit
            && !topics.contains(surname(doc, it.span))
    };
    for mention in others.into_iter().filter(may_answer) {
        let number = *by_surname.entry(surname(doc, mention.span)).or_insert_with(|| {
            people.push(Introduced { span: mention.span, weight: 0, in_headline: false });
            people.len() - 1
        });
        people[number].weight += 1 + usize::from(speaks(doc, &mention.tokens));
        people[number].in_headline |= in_headline(mention);
    }
    let best = people.iter().rev().max_by_key(|it| (it.in_headline, it.weight))?;
    let partner = people.iter().find_map(|it| joined_names(doc, best.span, it.span));
    if let Some(both) = partner {
        return is_announced(doc, both).then_some(both);
    }
    let is_rival = |it: &&Introduced| {
        it.span != best.span && best.in_headline && it.in_headline && it.weight * 3 >= best.weight * 2
    };
    (!people.iter().any(|it| is_rival(&it))).then_some(best.span)
}

/// Whether a verb of saying stands beside a name: "Ann Lee | tells | the Gazette", "Professor Lee also | said".
fn speaks(doc: &Document, name: &Range<usize>) -> bool {
    let is_verb = |at: usize| {
        let is_cue = [ReportingWord, StatementReportingWord, TellingVerb].iter().any(|it| doc.is(at, *it));
        is_cue && doc.word(at).starts_with(char::is_lowercase)
    };
    let behind = name.end + usize::from(doc.is(name.end, Adverb));
    is_verb(behind) || name.start.checked_sub(1).is_some_and(|it| doc.is(it, SpeechVerb))
}

/// Words that describe who is interviewed: "one of the owners of the bar".
struct Description {
    span: Span,
    /// Whether the noun is for several people.
    is_group: bool,
}

/// The first words before the byte `first_turn` that say with whom an interview is, and give no name: "interviews a Tarn
/// baker", "spoke with one of the owners of the bar".
fn described_interviewee(
    doc: &Document,
    mentions: &[EntityMention],
    first_turn: usize,
) -> Option<Description> {
    /// How many words a description has at most.
    const MAX_WORDS: usize = 20;
    /// Bytes between a description and the name of whom it describes: ", ".
    const MAX_GAP: usize = 2;
    let end = doc.token_at(first_turn);
    (0..end).find_map(|at| {
        let start = end_of_opening(doc, at, end)?;
        let sentence_end = doc.sentences.get(doc.sentence_of(at))?.tokens.end;
        let ends = |at: usize| {
            at >= sentence_end
                || !doc.word(at).starts_with(char::is_alphanumeric)
                || [ClauseBoundary, TimeWord].iter().any(|it| doc.is(at, *it))
                || matches!(doc.word(at), "about" | "on" | "for" | "after" | "as")
        };
        let words = start..(start..=start + MAX_WORDS).find(|it| ends(*it))?;
        let noun = words.clone().take_while(|it| !doc.is(*it, Preposition)).last()?;
        let is_no_person = [Addressee, DocumentNoun, OrgNoun, PlaceNoun].iter().any(|it| doc.is(noun, *it));
        let span = doc.span(words);
        let next = mentions.get(mentions.partition_point(|it| it.span.end <= span.start));
        let has_name =
            |it: &EntityMention| it.kind == EntityKind::Person && it.span.start <= span.end + MAX_GAP;
        let is_common = doc.word(noun).starts_with(char::is_lowercase);
        let is_description = is_common && !is_no_person && !next.is_some_and(has_name);
        let is_group = doc.word(noun).ends_with('s') && !doc.word(noun).ends_with("ss");
        is_description.then_some(Description { span, is_group })
    })
}

/// The end of the words at token `at` after which it is said who is interviewed: "an interview with".
fn end_of_opening(doc: &Document, at: usize, end: usize) -> Option<usize> {
    let found = OPENINGS_BEFORE_NAME.iter().find(|it| doc.has_phrase_at(at, it));
    found.map(|it| at + it.split(' ').count()).filter(|it| *it <= end)
}

/// The last word of a name.
fn surname<'a>(doc: &Document<'a>, name: Span) -> &'a str {
    let name = name.slice(doc.text);
    name.rsplit(' ').next().unwrap_or(name)
}

/// Whether a name in a headline is what an interview is about: "Gazette asks Ann Lee about Bo Ray".
fn is_topic(doc: &Document, name: Span) -> bool {
    let before = doc.text[..name.start].trim_end();
    [" on", " about"].iter().any(|it| before.ends_with(it))
}

/// Two names with "and" between them as one span.
fn joined_names(doc: &Document, one: Span, other: Span) -> Option<Span> {
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    let between = doc.text.get(first.end..second.start)?;
    matches!(between, " and " | " & ").then(|| Span::new(first.start, second.end))
}

/// Whether the words before a name, in its sentence, say that it is an interview with that person.
fn is_announced(doc: &Document, name: Span) -> bool {
    /// Bytes before the name in which the announcement stands.
    const MAX_BYTES: usize = 120;
    let block = doc.story.block_at(name.start).map_or(0, |it| doc.story.blocks()[it].span.start);
    let from = doc.text.floor_char_boundary(name.start.saturating_sub(MAX_BYTES)).max(block);
    let before = doc.text[from..name.start].to_lowercase();
    let sentence = before.rsplit(". ").next().unwrap_or(&before);
    OPENINGS.iter().any(|it| sentence.contains(it))
}

const OPENINGS: &[&str] = &word_list!("interview-openings");
const OPENINGS_BEFORE_NAME: &[&str] = &word_list!("interview-openings-before-name");
