//! Phrases that the exports for people share: titles, names with roles, kinds of quotes.

use crate::analysis::{Analysis, AttributionRule, Entity, EntityKind, Quote};
use crate::span::Span;
use crate::story::Story;
use crate::text_safety::{one_line, replace_unsafe};

/// The lists of entities in their order, each with its title.
const LIST_TITLES: [(EntityKind, &str); 6] = [
    (EntityKind::Person, "People"),
    (EntityKind::Unnamed, "Unnamed sources"),
    (EntityKind::Document, "Documents"),
    (EntityKind::Group, "Groups"),
    (EntityKind::Organisation, "Organisations"),
    (EntityKind::Place, "Places"),
];

/// The title of the list of quotes that the user marked as wrong.
pub(crate) const REJECTED_TITLE: &str = "Rejected by you";

/// Stands in place of the quotes if there are none.
pub(crate) const NO_QUOTES: &str = "No quotes.";

/// Stands in place of a speaker's name if no speaker is named.
pub(crate) const UNKNOWN_SPEAKER: &str = "Unknown speaker";

/// The lists of entities that are not empty, each with its title. `row` makes a row from a name and its facts. Of an excerpt, only
/// those are listed that are named in its quotes or said one.
pub(crate) fn entity_lists(
    story: &Story,
    analysis: &Analysis,
    row: impl Fn(&str, &str) -> String,
) -> Vec<(String, String)> {
    let spoken = analysis.quotes_by_entity();
    let covered = analysis.excerpt.is_some().then(|| quoted_spans(analysis));
    let list = |(kind, title): (EntityKind, &'static str)| {
        let entities = analysis.entities.iter().zip(&spoken).filter(|it| it.0.kind == kind);
        let counted = entities.map(|it| (it.0, it.1.len(), shown_mentions(story, it.0, covered.as_deref())));
        let listed = counted.filter(|it| covered.is_none() || it.1 + it.2 > 0);
        let rows: String = listed
            .map(|(entity, quotes, mentions)| {
                row(&name_with_role(entity, analysis), &entity_facts(entity, quotes, mentions))
            })
            .collect();
        (if covered.is_some() { format!("{title} in these quotes") } else { title.to_string() }, rows)
    };
    LIST_TITLES.into_iter().map(list).filter(|it| !it.1.is_empty()).collect()
}

/// The title of a story, else its id in a stream, else a word for a story without either.
pub(crate) fn story_title(story: &Story) -> String {
    let id = || story.id.as_deref().map(|it| one_line(&replace_unsafe(it, " ")));
    story.title().or_else(id).unwrap_or_else(|| "Untitled story".into())
}

/// By what the quotes were chosen, and how many there are: "Filtered: only Ann Lee (2 of 9 quotes)". `None` if no quote is
/// left out.
pub(crate) fn excerpt_note(analysis: &Analysis) -> Option<String> {
    excerpt_description(analysis).map(|it| format!("Filtered: {it}"))
}

/// By what the quotes were chosen, and how many there are: "only Ann Lee (2 of 9 quotes)". `None` if no quote is left out.
pub(crate) fn excerpt_description(analysis: &Analysis) -> Option<String> {
    let excerpt = analysis.excerpt.as_ref()?;
    let (description, left) = (&excerpt.description, analysis.quotes.len());
    Some(format!("{description} ({left} of {})", count(excerpt.total, "quote")))
}

/// The name of a speaker with their role, and "unnamed" after the words for a source without a name.
pub(crate) fn speaker_heading(entity: &Entity, analysis: &Analysis) -> String {
    let unnamed = if entity.kind == EntityKind::Unnamed { " (unnamed)" } else { "" };
    format!("{}{unnamed}", name_with_role(entity, analysis))
}

/// Byline, publisher, date and source, as far as they are known; `None` if none is.
///
/// The source is left out if it is already the title. Its folders are always left out.
pub(crate) fn origin(story: &Story) -> Option<String> {
    let source = story.source_name().filter(|_| story.short_headline().is_some());
    let published = story.readable_date();
    let known = [story.byline(), story.outlet.as_deref(), published.as_deref(), source];
    let known: Vec<&str> = known.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(" · "))
}

/// A name with its first role: "John Kerry, US Secretary of State"; and with the organisation behind it, where neither
/// names it: "The poll, for Delta Survey".
pub(crate) fn name_with_role(entity: &Entity, analysis: &Analysis) -> String {
    let mut name = entity.name.clone();
    if let Some(role) = entity.roles.first() {
        name.extend([", ", role]);
    }
    let behind = affiliation_name(entity, analysis).unwrap_or_default();
    if !name.contains(behind) {
        name.extend([", for ", behind]);
    }
    name
}

/// The name of the organisation or person for whom an entity speaks; `None` where the story names none.
pub(crate) fn affiliation_name<'a>(entity: &Entity, analysis: &'a Analysis) -> Option<&'a str> {
    let behind = entity.affiliation.and_then(|it| analysis.entities.get(it));
    behind.map(|it| it.name.as_str())
}

/// The number of mentions of an entity that a person sees: those in a block that repeats another do not count. If only some of
/// the text is exported, `covered` has its spans in reading order, without overlaps.
fn shown_mentions(story: &Story, entity: &Entity, covered: Option<&[Span]>) -> usize {
    let is_repeated =
        |start: usize| story.block_at(start).is_some_and(|block| story.blocks()[block].repeats.is_some());
    let is_covered = |mention: Span| {
        covered.is_none_or(|spans| {
            let next = spans.partition_point(|it| it.end <= mention.start);
            spans.get(next).is_some_and(|it| it.overlaps(mention))
        })
    };
    let shown = entity.mentions.iter().filter(|it| is_covered(it.span) && !is_repeated(it.span.start));
    shown.count()
}

/// The spans of the quotes and of the words that name their speakers, in reading order, without overlaps.
fn quoted_spans(analysis: &Analysis) -> Vec<Span> {
    let of_quote = |it: &Quote| [Some(it.extent()), it.speaker_mention].into_iter().flatten();
    let mut spans: Vec<Span> = analysis.quotes.iter().flat_map(of_quote).collect();
    spans.sort_unstable_by_key(|it| it.start);
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// The other names of an entity and its numbers of quotes and mentions: "also Lee; 1 quote; 3 mentions".
fn entity_facts(entity: &Entity, quotes: usize, mentions: usize) -> String {
    let mut facts = Vec::new();
    if !entity.aliases.is_empty() {
        facts.push(format!("also {}", entity.aliases.join(", ")));
    }
    if quotes > 0 {
        facts.push(count(quotes, "quote"));
    }
    facts.push(count(mentions, "mention"));
    facts.join("; ")
}

/// The kind of a quote, the words that report a paraphrase if they tell more than that it was said, and a remark if its speaker
/// is uncertain or verified by the user: "partial, uncertain", "paraphrase: denied".
pub(crate) fn kind_and_remark(quote: &Quote, text: &str) -> String {
    let remark = match quote.rule {
        AttributionRule::User => ", verified",
        _ if quote.is_doubtful() => ", uncertain",
        _ => "",
    };
    format!("{}{remark}", quote.kind_and_cue(text))
}

/// The text of a quote. Parts that other words separate are joined by "…", parts that only a paragraph end separates by
/// `gap`.
pub(crate) fn quoted_text(quote: &Quote, text: &str, gap: &str) -> String {
    let pieces = quote.joined_parts(text).flat_map(|(joint, part)| [joint, part]);
    pieces.map(|it| it.replace('\n', gap)).collect()
}

/// A number with its noun: "1 quote", "2 quotes".
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
