//! Schema test: the JSON exports are valid against `assets/schema.json`.
//!
//! `schema/validator.rs` validates with the keywords that the schema uses.

#[path = "schema/validator.rs"]
mod validator;

use std::fs;
use std::path::Path;

use pullquote::analysis::{
    Act, Analysis, AttributionRule, Entity, EntityKind, Mention, MentionKind, Quote, QuoteKind,
};
use pullquote::engine::Engine;
use pullquote::export::{Export, Json, Jsonl};
use pullquote::load;
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Hyperlink, Picture, Story};
use serde_json::{Value, json};
use validator::faults;

#[test]
fn the_sample_stories_keep_to_the_schema() {
    let engine = Engine::embedded();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/stories")).unwrap() {
        let path = entry.unwrap().path();
        let story = load::from_path(&path, None).unwrap();
        let analysis = engine.analyze(&story);
        assert_eq!(faults(&Jsonl.render(&story, &analysis)), [""; 0], "{}", path.display());
    }
}

#[test]
fn findings_of_every_sort_keep_to_the_schema() {
    assert_eq!(faults(&Json.render(&story(), &analysis())), [""; 0]);
    assert_eq!(faults(&Json.render(&load::from_text(""), &Analysis::default())), [""; 0]);
    let excerpt = analysis().excerpted("only some", |number, _| number > 0);
    assert_eq!(faults(&Json.render(&story(), &excerpt)), [""; 0]);
    for id in [None, Some("a")] {
        assert_eq!(faults(&Jsonl.render_error(id, "it is empty").unwrap()), [""; 0]);
    }
}

#[test]
fn what_does_not_keep_to_the_schema_is_found() {
    let good: Value = serde_json::from_str(&Json.render(&story(), &analysis())).unwrap();
    for (pointer, wrong) in [
        ("/schema", json!("pullquote/2")),
        ("/title", json!(7)),
        ("/blocks/0/kind", json!("picture")),
        ("/blocks/0/start", json!(-1)),
        ("/entities/0/mentions/0", json!({"start": 0, "end": 1})),
        ("/entities/0/mentions/0/form", json!(null)),
        ("/quotes/0/parts", json!([])),
        ("/quotes/0/confidence", json!(1.01)),
        ("/quotes/0/speaker_mention", json!({"start": 0, "end": 1, "form": "name"})),
        ("/quotes/0", json!({})),
        ("/struck", json!([])),
        ("/struck/0/kind", json!("none")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = wrong;
        assert_ne!(faults(&bad.to_string()), [""; 0], "{pointer}");
    }
}

/// A story with a block of each kind.
fn story() -> Story {
    let span = |number: usize| Span::new(number * 10, number * 10 + 9);
    let block = |(number, kind)| Block {
        repeats: Some(0),
        label: Some(Span::new(0, 1)),
        dateline: Some(Span::new(0, 1)),
        ..Block::new(kind, span(number))
    };
    let blocks: Vec<Block> = BlockKind::ALL.into_iter().enumerate().map(block).collect();
    let mut story = Story::new(Format::Html, "It rained\n".repeat(blocks.len()), blocks);
    story.id = Some("a".into());
    story.source = Some("a.html".into());
    story.outlet = Some("Harbour Gazette".into());
    story.url = Some("https://gazette.example/wall".into());
    story.links = vec![Hyperlink { span: Span::new(0, 2), url: "https://gazette.example/rain".into() }];
    story.pictures = vec![
        Picture {
            offset: 0,
            alt: Some("The wall".into()),
            caption: Some(Span::new(0, 9)),
            url: Some("https://gazette.example/wall.png".into()),
        },
        Picture::default(),
    ];
    story.published = Some("3 May".into());
    story
}

/// An analysis with each kind of entity, mention and quote, and each rule.
fn analysis() -> Analysis {
    let span = Span::new(0, 2);
    let mention_kinds =
        [MentionKind::Name, MentionKind::Role, MentionKind::Pronoun, MentionKind::Description];
    let kinds = [
        EntityKind::Person,
        EntityKind::Organisation,
        EntityKind::Place,
        EntityKind::Group,
        EntityKind::Unnamed,
        EntityKind::Document,
    ];
    let entity = |kind| {
        let mut entity = Entity::new(kind, "Ann Lee");
        entity.roles = vec!["mayor".into()];
        entity.aliases = vec!["Lee".into()];
        entity.mentions = mention_kinds.map(|kind| Mention::new(span, kind)).to_vec();
        entity.members = vec![0];
        entity.affiliation = Some(1);
        entity
    };
    let rules = [
        AttributionRule::SpeakerThenCue,
        AttributionRule::CueThenSpeaker,
        AttributionRule::AccordingTo,
        AttributionRule::Label,
        AttributionRule::Signature,
        AttributionRule::Turn,
        AttributionRule::Continued,
        AttributionRule::Noun,
        AttributionRule::Nearest,
        AttributionRule::Tagger,
        AttributionRule::User,
        AttributionRule::Unknown,
    ];
    let quote_kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];
    let acts = [Act::Speech, Act::Stance];
    let quote = |((rule, kind), act)| {
        let mut quote = Quote::new(kind, vec![span]);
        quote.act = act;
        quote.speaker = Some(0);
        quote.speaker_mention = Some(span);
        quote.cue = Some(span);
        quote.rule = rule;
        quote.confidence = 1.0;
        quote
    };
    let rules = rules.into_iter().zip(quote_kinds.into_iter().cycle()).zip(acts.into_iter().cycle());
    let quotes: Vec<Quote> = rules.map(quote).collect();
    let mut analysis = Analysis::default();
    analysis.entities = kinds.map(entity).to_vec();
    analysis.rejected = quotes[..1].to_vec();
    analysis.quotes = quotes;
    analysis
}
