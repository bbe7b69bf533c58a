//! Phrases that the exports for people share: titles, names with roles, kinds of quotes.

use crate::analysis::{Analysis, AttributionRule, Entity, EntityKind, Quote};
use crate::story::Story;
use crate::text_safety::is_unsafe;

/// The lists of entities in their order, each with its title.
const LIST_TITLES: [(EntityKind, &str); 5] = [
    (EntityKind::Person, "People"),
    (EntityKind::Unnamed, "Unnamed sources"),
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

/// The lists of entities that are not empty, each with its title. `row` makes a row from a name and its facts.
pub(crate) fn entity_lists(
    story: &Story,
    analysis: &Analysis,
    row: impl Fn(&str, &str) -> String,
) -> Vec<(&'static str, String)> {
    let spoken = analysis.quotes_by_entity();
    let list = |(kind, title): (EntityKind, &'static str)| {
        let entities = analysis.entities.iter().zip(&spoken).filter(|it| it.0.kind == kind);
        let rows: String = entities
            .map(|(entity, quotes)| {
                row(
                    &name_with_role(entity, analysis),
                    &entity_facts(entity, quotes.len(), shown_mentions(story, entity)),
                )
            })
            .collect();
        (title, rows)
    };
    LIST_TITLES.into_iter().map(list).filter(|it| !it.1.is_empty()).collect()
}

/// The longest headline in characters; more is the first paragraph of a story without a headline.
const MAX_HEADLINE_CHARS: usize = 160;

/// The length in characters from which a headline that ends in a full stop is the first paragraph.
const MIN_PARAGRAPH_CHARS: usize = 80;

/// The characters of a first paragraph that stand for a headline.
const MAX_TITLE_CHARS: usize = 72;

/// The headline; `None` without one, or if the first paragraph was taken for one.
pub(crate) fn headline(story: &Story) -> Option<&str> {
    story.headline().filter(|it| {
        let length = it.chars().count();
        let is_sentence = it.trim_end_matches(['”', '"', '’']).ends_with('.');
        length <= MAX_HEADLINE_CHARS && (length < MIN_PARAGRAPH_CHARS || !is_sentence)
    })
}

/// The headline or the first words of a paragraph in its place, else the id in a stream, else the source; `None` if the
/// story has none of them.
pub(crate) fn story_title(story: &Story) -> Option<String> {
    let first_words = || story.headline().map(|it| shorten(it, MAX_TITLE_CHARS));
    let title = headline(story).map(str::to_owned).or_else(first_words);
    let title = title.or_else(|| story.id.as_deref().or(story.source_name()).map(Into::into));
    title.map(|it| it.replace(is_unsafe, " "))
}

/// The words at the start of a text that have at most `max_chars` characters together, then "…".
fn shorten(text: &str, max_chars: usize) -> String {
    let end = text.char_indices().nth(max_chars).map_or(text.len(), |it| it.0);
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{} …", text[..end].trim_end_matches([',', ' ']))
}

/// By what the quotes were chosen, and how many there are: "Filtered: only Ann Lee (2 of 9 quotes)". `None` if no quote is
/// left out.
pub(crate) fn excerpt_note(analysis: &Analysis) -> Option<String> {
    let excerpt = analysis.excerpt.as_ref()?;
    let (description, left) = (&excerpt.description, analysis.quotes.len());
    Some(format!("Filtered: {description} ({left} of {})", count(excerpt.total, "quote")))
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
    let source = story.source_name().filter(|_| story.headline().is_some());
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

/// The number of mentions of an entity that a person sees: those in a block that repeats another do not count.
fn shown_mentions(story: &Story, entity: &Entity) -> usize {
    let is_repeated =
        |start: usize| story.block_at(start).is_some_and(|block| story.blocks()[block].repeats.is_some());
    entity.mentions.iter().filter(|it| !is_repeated(it.span.start)).count()
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
    let cue = quote.telling_cue(text).map_or_else(String::new, |it| format!(": {it}"));
    format!("{}{cue}{remark}", quote.kind)
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
