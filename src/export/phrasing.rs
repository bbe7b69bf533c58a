//! Findings → the words in which the formats for people tell them.

use crate::analysis::{Analysis, AttributionRule, Entity, EntityKind, Quote};
use crate::span::Span;
use crate::story::Story;
use crate::text_safety::is_unsafe;

/// The kinds of entities, in the order in which a person asks for them, with the title of each list.
const LIST_TITLES: [(EntityKind, &str); 5] = [
    (EntityKind::Person, "People"),
    (EntityKind::Unnamed, "Unnamed sources"),
    (EntityKind::Group, "Groups"),
    (EntityKind::Organisation, "Organisations"),
    (EntityKind::Place, "Places"),
];

/// A list for each kind of entity that the story names: its title, and a row for each entity as `row` words it from
/// who it is and how it stands.
pub(crate) fn entity_lists(
    analysis: &Analysis,
    row: impl Fn(&str, &str) -> String,
) -> Vec<(&'static str, String)> {
    let list = |(kind, title): (EntityKind, &'static str)| {
        let named = analysis.entities.iter().enumerate().filter(|it| it.1.kind == kind);
        let rows: String =
            named.map(|(number, it)| row(&name_with_role(it), &entity_facts(number, analysis))).collect();
        (title, rows)
    };
    LIST_TITLES.into_iter().map(list).filter(|it| !it.1.is_empty()).collect()
}

/// What a story is called: its headline, else its name in a stream, else where it came from.
pub(crate) fn story_title(story: &Story) -> Option<String> {
    let title = story.headline().or(story.id.as_deref()).or(story.source.as_deref());
    title.map(|it| it.replace(is_unsafe, " "))
}

/// Who wrote it, who published it, when and where it came from, as far as that is known.
pub(crate) fn origin(story: &Story) -> Option<String> {
    let source = story.source.as_deref().filter(|_| story.headline().is_some());
    let known = [story.byline(), story.outlet.as_deref(), story.published.as_deref(), source];
    let known: Vec<&str> = known.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(" · "))
}

/// A name with the first of its offices: "John Kerry, US Secretary of State".
pub(crate) fn name_with_role(entity: &Entity) -> String {
    match entity.roles.first() {
        Some(role) => format!("{}, {role}", entity.name),
        None => entity.name.clone(),
    }
}

/// How often an entity speaks and is mentioned, and under which other names.
fn entity_facts(number: usize, analysis: &Analysis) -> String {
    let entity = &analysis.entities[number];
    let mut facts = Vec::new();
    if !entity.aliases.is_empty() {
        facts.push(format!("also {}", entity.aliases.join(", ")));
    }
    let quotes = analysis.quotes_of(number).len();
    if quotes > 0 {
        facts.push(count(quotes, "quote"));
    }
    facts.push(count(entity.mentions.len(), "mention"));
    facts.join("; ")
}

/// The name of a kind, and a word where the speaker is doubtful or corrected: "mixed, doubtful".
pub(crate) fn kind_and_remark(quote: &Quote) -> String {
    let word = match quote.rule {
        AttributionRule::User => ", corrected by the reader",
        _ if quote.is_doubtful() => ", doubtful",
        _ => "",
    };
    format!("{}{word}", quote.kind.name())
}

/// The title of the list of what the reader has struck out.
pub(crate) const REJECTED_TITLE: &str = "Struck out by the reader: no quotes";

/// What was said: parts that other words split are joined by "…", parts that only a new paragraph splits by `gap`.
pub(crate) fn quoted_text(quote: &Quote, text: &str, gap: &str) -> String {
    let mut said = String::new();
    let mut end = None;
    for part in &quote.parts {
        if let Some(end) = end {
            let between = Span::new(end, part.start).slice(text);
            let split = between.contains(char::is_alphanumeric);
            said += match (split, between.contains('\n')) {
                (true, _) => " … ",
                (false, true) => gap,
                (false, false) => " ",
            };
        }
        said += &part.slice(text).replace('\n', gap);
        end = Some(part.end);
    }
    said
}

/// "1 quote", "2 quotes".
fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
