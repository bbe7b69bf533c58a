//! Tests of the findings in whole texts, through the public library.

#[path = "findings/attribution.rs"]
mod attribution;
#[path = "findings/identity.rs"]
mod identity;
#[path = "findings/names.rs"]
mod names;
#[path = "findings/phenomena.rs"]
mod phenomena;
#[path = "findings/properties.rs"]
mod properties;
#[path = "findings/seed.rs"]
mod seed;
#[path = "findings/sources.rs"]
mod sources;
#[path = "findings/stories.rs"]
mod stories;
#[path = "findings/subjects.rs"]
mod subjects;
#[path = "findings/table.rs"]
mod table;

use std::sync::LazyLock;

use pullquote::analysis::{Analysis, Entity, EntityKind, Quote, QuoteKind};
use pullquote::engine::Engine;
use pullquote::load;
use pullquote::story::Story;

#[test]
fn the_speaker_may_come_before_or_after_the_cue() {
    for (story, speaker) in [
        ("“We won again,” said Ann Lee.", "Ann Lee"),
        ("“We won again,” Ann Lee said.", "Ann Lee"),
        ("Ann Lee said: “We won again,” and left.", "Ann Lee"),
        ("“We won again,” and nobody cheered.", "?"),
    ] {
        let quotes = lines(&findings(story), "quote");
        assert_eq!(quotes, [format!("quote  ● {speaker}: “We won again,”")], "{story}");
    }
}

/// The findings in a plain text, one a line: people, organisations, places, groups, unnamed sources and documents in order of first
/// mention, then the quotes. Only this function and its helpers know the shapes of the library.
///
/// ```text
/// person  John Kerry · US Secretary of State = Kerry
/// unnamed  a State Department official
/// quote  ● John Kerry: “One part,” … “and another.”
/// ```
fn findings(text: &str) -> String {
    story_findings(&load::from_text(text))
}

/// The findings in a story, as those in a plain text.
fn story_findings(story: &Story) -> String {
    // What the program shows if it is not asked for more.
    let analysis = engine().analyze(story).without_stance();
    let kinds = [
        EntityKind::Person,
        EntityKind::Organisation,
        EntityKind::Place,
        EntityKind::Group,
        EntityKind::Unnamed,
        EntityKind::Document,
    ];
    let of_kind = |kind| analysis.entities.iter().filter(move |it| it.kind == kind);
    let entities = kinds.into_iter().flat_map(of_kind).map(entity_line);
    let quotes = analysis.quotes.iter().map(|it| quote_line(it, story, &analysis));
    entities.chain(quotes).fold(String::new(), |all, line| all + &line + "\n")
}

/// The words that name the speaker of each quote ("Kerry", "she"); empty where none do.
fn mentions(text: &str) -> Vec<String> {
    let (story, analysis) = read(text);
    let mention = |quote: &Quote| quote.speaker_mention.unwrap_or_default().slice(story.text()).to_owned();
    analysis.quotes.iter().map(mention).collect()
}

/// The kind of each block of a story, and the block that it repeats.
fn outline(text: &str) -> Vec<String> {
    let blocks = load::from_text(text);
    let line = |it: &pullquote::story::Block| match it.repeats {
        Some(earlier) => format!("{} repeats {earlier}", it.kind.name()),
        None => it.kind.name().to_owned(),
    };
    blocks.blocks().iter().map(line).collect()
}

/// The lines of one kind of finding.
fn lines(findings: &str, kind: &str) -> Vec<String> {
    findings.lines().filter(|it| it.split("  ").next() == Some(kind)).map(str::to_owned).collect()
}

fn read(text: &str) -> (Story, Analysis) {
    let story = load::from_text(text);
    let analysis = engine().analyze(&story);
    (story, analysis)
}

fn engine() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);
    &ENGINE
}

fn entity_line(entity: &Entity) -> String {
    let roles = entity.roles.iter().map(|it| format!(" · {it}"));
    let aliases = entity.aliases.iter().map(|it| format!(" = {it}"));
    let more: String = roles.chain(aliases).collect();
    format!("{}  {}{more}", entity.kind.name(), entity.name)
}

/// For whom an entity speaks: "for  an aide: Norbex".
fn affiliation_line(entity: &Entity, analysis: &Analysis) -> Option<String> {
    entity.affiliation.map(|it| format!("for  {}: {}\n", entity.name, analysis.entities[it].name))
}

fn quote_line(quote: &Quote, story: &Story, analysis: &Analysis) -> String {
    let mark = match quote.kind {
        QuoteKind::Direct => '●',
        QuoteKind::Mixed => '◐',
        QuoteKind::Indirect => '○',
    };
    // A full stop or comma after a paraphrase does not count.
    let trimmed: &[char] = if quote.kind == QuoteKind::Direct { &[] } else { &['.', ',', ';', ':'] };
    let part = |it: &pullquote::span::Span| it.slice(story.text()).trim_end_matches(trimmed).to_owned();
    let parts: Vec<String> = quote.parts.iter().map(part).collect();
    format!("quote  {mark} {}: {}", speaker(quote, analysis), parts.join(" … "))
}

fn speaker(quote: &Quote, analysis: &Analysis) -> String {
    let Some(entity) = quote.speaker.map(|it| &analysis.entities[it]) else { return "?".into() };
    if entity.members.is_empty() {
        return entity.name.clone();
    }
    let members: Vec<&str> = entity.members.iter().map(|it| analysis.entities[*it].name.as_str()).collect();
    members.join(" and ")
}
