//! JSON export: one object per story, in the shape of `assets/schema.json`.

use serde::Serialize;

use crate::analysis::{Analysis, Entity, Mention, Quote};
use crate::export::{Envelope, Export};
use crate::span::Span;
use crate::story::{Block, Hyperlink, Picture, Story};

/// The name and version of the shape.
const SCHEMA_VERSION: &str = "pullquote/1";

/// The JSON Schema of an object of this shape.
pub const SCHEMA: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/schema.json"));

/// Indented JSON: one object, an array if there are several stories.
#[derive(Clone, Copy, Debug)]
pub struct Json;

/// JSON Lines: one object per line.
#[derive(Clone, Copy, Debug)]
pub struct Jsonl;

impl Export for Json {
    fn envelope(&self, several: bool) -> Envelope {
        if several {
            Envelope { head: "[\n", separator: ",\n", tail: "\n]\n" }
        } else {
            Envelope { head: "", separator: "", tail: "\n" }
        }
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        expect_json(serde_json::to_string_pretty(&StoryJson::new(story, analysis)))
    }

    fn render_error(&self, id: Option<&str>, error: &str) -> Option<String> {
        Some(expect_json(serde_json::to_string_pretty(&ErrorJson { id, error })))
    }
}

impl Export for Jsonl {
    fn envelope(&self, _several: bool) -> Envelope {
        Envelope::default()
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        expect_json(serde_json::to_string(&StoryJson::new(story, analysis))) + "\n"
    }

    fn render_error(&self, id: Option<&str>, error: &str) -> Option<String> {
        Some(expect_json(serde_json::to_string(&ErrorJson { id, error })) + "\n")
    }
}

/// Serializing the structs of this file cannot fail: they hold strings, numbers and lists.
fn expect_json(json: serde_json::Result<String>) -> String {
    json.expect("strings, numbers and lists can be serialized")
}

/// A story and its analysis. Offsets are bytes into `text`; an unknown value is null.
#[derive(Serialize)]
struct StoryJson<'a> {
    schema: &'static str,
    id: Option<&'a str>,
    source: Option<&'a str>,
    format: &'static str,
    title: Option<String>,
    byline: Option<&'a str>,
    dateline: Option<&'a str>,
    published: Option<&'a str>,
    text: &'a str,
    blocks: Vec<BlockJson>,
    entities: Vec<EntityJson<'a>>,
    quotes: Vec<QuoteJson>,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    links: Vec<LinkJson<'a>>,
    pictures: Vec<PictureJson<'a>>,
    retrieved: Option<&'a str>,
    /// By what the quotes were chosen; absent if no quote is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<FilterJson<'a>>,
    /// The quotes that the user marked as wrong; absent if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    struck: Vec<RejectedQuoteJson>,
}

/// A span of the text.
#[derive(Clone, Copy, Serialize)]
struct SpanJson {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct BlockJson {
    kind: &'static str,
    start: usize,
    end: usize,
    repeats: Option<usize>,
    label: Option<SpanJson>,
    dateline: Option<SpanJson>,
}

#[derive(Serialize)]
struct LinkJson<'a> {
    start: usize,
    end: usize,
    url: &'a str,
}

#[derive(Serialize)]
struct PictureJson<'a> {
    offset: usize,
    alt: Option<&'a str>,
    caption: Option<SpanJson>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct EntityJson<'a> {
    id: usize,
    kind: &'static str,
    name: &'a str,
    roles: &'a [String],
    aliases: &'a [String],
    mentions: Vec<MentionJson>,
    quotes: Vec<usize>,
    members: &'a [usize],
    affiliation: Option<usize>,
    /// The number that a speaker has on the screen, from 1; null for an entity that is not quoted.
    number: Option<usize>,
}

#[derive(Serialize)]
struct MentionJson {
    start: usize,
    end: usize,
    form: &'static str,
}

/// By what the quotes were chosen.
#[derive(Serialize)]
struct FilterJson<'a> {
    description: &'a str,
    /// The number of quotes before others were left out.
    total: usize,
}

#[derive(Serialize)]
struct QuoteJson {
    id: usize,
    /// The number of the quote on the screen, from 1; the quotes that a filter left out count.
    number: usize,
    act: &'static str,
    kind: &'static str,
    parts: Vec<SpanJson>,
    text: String,
    speaker: Option<usize>,
    speaker_mention: Option<SpanJson>,
    cue: Option<SpanJson>,
    rule: &'static str,
    confidence: f64,
    /// Whether the user has confirmed or corrected the speaker.
    verified: bool,
}

/// A quote that the user marked as wrong.
#[derive(Serialize)]
struct RejectedQuoteJson {
    kind: &'static str,
    parts: Vec<SpanJson>,
    text: String,
}

/// A story that could not be read.
#[derive(Serialize)]
struct ErrorJson<'a> {
    id: Option<&'a str>,
    error: &'a str,
}

impl<'a> StoryJson<'a> {
    fn new(story: &'a Story, analysis: &'a Analysis) -> Self {
        let spoken = analysis.quotes_by_entity();
        let mut is_speaker = vec![false; analysis.entities.len()];
        for speaker in analysis.quotes.iter().filter_map(|it| it.speaker) {
            is_speaker[speaker] = true;
        }
        let mut numbers = analysis.speaker_numbers();
        let mut number = |id: usize| is_speaker[id].then(|| numbers.number_of(id).number + 1);
        let entities = analysis.entities.iter().zip(spoken).enumerate();
        let quotes = analysis.quotes.iter().enumerate();
        Self {
            schema: SCHEMA_VERSION,
            id: story.id.as_deref(),
            source: story.source.as_deref(),
            format: story.format.name(),
            title: story.one_line_headline(),
            byline: story.byline(),
            dateline: story.dateline(),
            published: story.published.as_deref(),
            text: story.text(),
            blocks: story.blocks().iter().map(BlockJson::new).collect(),
            entities: entities
                .map(|(id, (it, spoken))| EntityJson::new(id, number(id), it, spoken))
                .collect(),
            quotes: quotes
                .map(|(id, it)| QuoteJson::new(id, analysis.quote_number(id), it, story.text()))
                .collect(),
            outlet: story.outlet.as_deref(),
            url: story.url.as_deref(),
            links: story.links.iter().map(LinkJson::new).collect(),
            pictures: story.pictures.iter().map(PictureJson::new).collect(),
            retrieved: story.retrieved.as_deref(),
            filter: analysis
                .excerpt
                .as_ref()
                .map(|it| FilterJson { description: &it.description, total: it.total }),
            struck: analysis.rejected.iter().map(|it| RejectedQuoteJson::new(it, story.text())).collect(),
        }
    }
}

impl SpanJson {
    const fn new(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

impl BlockJson {
    fn new(block: &Block) -> Self {
        Self {
            kind: block.kind.name(),
            start: block.span.start,
            end: block.span.end,
            repeats: block.repeats,
            label: block.label.map(SpanJson::new),
            dateline: block.dateline.map(SpanJson::new),
        }
    }
}

impl<'a> LinkJson<'a> {
    fn new(link: &'a Hyperlink) -> Self {
        Self { start: link.span.start, end: link.span.end, url: &link.url }
    }
}

impl<'a> PictureJson<'a> {
    fn new(picture: &'a Picture) -> Self {
        Self {
            offset: picture.offset,
            alt: picture.alt.as_deref(),
            caption: picture.caption.map(SpanJson::new),
            url: picture.url.as_deref(),
        }
    }
}

impl<'a> EntityJson<'a> {
    fn new(id: usize, number: Option<usize>, entity: &'a Entity, quotes: Vec<usize>) -> Self {
        let mention =
            |it: &Mention| MentionJson { start: it.span.start, end: it.span.end, form: it.kind.name() };
        Self {
            id,
            kind: entity.kind.name(),
            name: &entity.name,
            roles: &entity.roles,
            aliases: &entity.aliases,
            mentions: entity.mentions.iter().map(mention).collect(),
            quotes,
            members: &entity.members,
            affiliation: entity.affiliation,
            number,
        }
    }
}

impl QuoteJson {
    fn new(id: usize, number: usize, quote: &Quote, text: &str) -> Self {
        Self {
            id,
            number,
            act: quote.act.name(),
            kind: quote.kind.name(),
            parts: quote.parts.iter().copied().map(SpanJson::new).collect(),
            text: quote.text(text),
            speaker: quote.speaker,
            speaker_mention: quote.speaker_mention.map(SpanJson::new),
            cue: quote.cue.map(SpanJson::new),
            rule: quote.rule.name(),
            confidence: (f64::from(quote.confidence) * 100.0).round() / 100.0,
            verified: quote.is_verified(),
        }
    }
}

impl RejectedQuoteJson {
    fn new(quote: &Quote, text: &str) -> Self {
        Self {
            kind: quote.kind.name(),
            parts: quote.parts.iter().copied().map(SpanJson::new).collect(),
            text: quote.text(text),
        }
    }
}
