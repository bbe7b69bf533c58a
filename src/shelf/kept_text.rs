//! Kept texts: a story as JSON, compressed with DEFLATE, so that it can be read again without the page that it came from.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Hyperlink, Picture, Story, TurnSpeaker};
use pullquote::text_safety::remove_unsafe;
use serde::{Deserialize, Serialize};

/// The longest text that is kept, in bytes.
const MAX_TEXT_BYTES: usize = 8 << 20;

/// The most JSON that is unpacked, in bytes: the text, its escapes and its blocks.
const MAX_JSON_BYTES: u64 = 64 << 20;

/// Packs a story; `None` if its text is longer than [`MAX_TEXT_BYTES`].
pub(crate) fn pack(story: &Story) -> Option<Vec<u8>> {
    if story.text().len() > MAX_TEXT_BYTES {
        return None;
    }
    let json = serde_json::to_vec(&KeptStory::new(story)).ok()?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&json).and_then(|()| encoder.finish()).ok()
}

/// Unpacks a story; `None` if the bytes are damaged or the text holds what no text may.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Story> {
    let mut json = Vec::new();
    let unpacked: io::Result<usize> = DeflateDecoder::new(bytes).take(MAX_JSON_BYTES).read_to_end(&mut json);
    unpacked.ok()?;
    serde_json::from_slice::<KeptStory>(&json).ok()?.into_story()
}

/// All that a story holds, without its path.
#[derive(Serialize, Deserialize)]
struct KeptStory {
    text: String,
    format: String,
    blocks: Vec<KeptBlock>,
    id: Option<String>,
    source: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    published: Option<String>,
    retrieved: Option<String>,
    links: Vec<(KeptSpan, String)>,
    pictures: Vec<KeptPicture>,
}

/// The start and the end of a span.
type KeptSpan = (usize, usize);

#[derive(Serialize, Deserialize)]
struct KeptBlock {
    kind: String,
    span: KeptSpan,
    repeats: Option<usize>,
    label: Option<KeptSpan>,
    speaker: Option<KeptSpeaker>,
    dateline: Option<KeptSpan>,
    is_quotation: bool,
    quoted_name: Option<KeptSpan>,
}

#[derive(Serialize, Deserialize)]
enum KeptSpeaker {
    Interviewer,
    Interviewee,
    Named(KeptSpan, Option<KeptSpan>),
    Office(KeptSpan),
    Unknown,
}

#[derive(Serialize, Deserialize)]
struct KeptPicture {
    offset: usize,
    alt: Option<String>,
    caption: Option<KeptSpan>,
    url: Option<String>,
}

const fn kept(span: Span) -> KeptSpan {
    (span.start, span.end)
}

impl KeptStory {
    fn new(story: &Story) -> Self {
        let picture = |it: &Picture| KeptPicture {
            offset: it.offset,
            alt: it.alt.clone(),
            caption: it.caption.map(kept),
            url: it.url.clone(),
        };
        Self {
            text: story.text().to_owned(),
            format: story.format.name().to_owned(),
            blocks: story.blocks().iter().map(KeptBlock::new).collect(),
            id: story.id.clone(),
            source: story.source.clone(),
            outlet: story.outlet.clone(),
            url: story.url.clone(),
            published: story.published.clone(),
            retrieved: story.retrieved.clone(),
            links: story.links.iter().map(|it| (kept(it.span), it.url.clone())).collect(),
            pictures: story.pictures.iter().map(picture).collect(),
        }
    }

    /// The story; `None` if a span lies outside of the text or a character is unsafe. Only another program writes such.
    fn into_story(self) -> Option<Story> {
        let text = self.text;
        if remove_unsafe(&text) != text {
            return None;
        }
        let span = |(start, end): KeptSpan| {
            text.get(start..end).filter(|it| !it.is_empty()).map(|_| Span::new(start, end))
        };
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for (number, block) in self.blocks.into_iter().enumerate() {
            blocks.push(block.into_block(number, span)?);
        }
        let count = blocks.len();
        let links = self.links.into_iter();
        let links =
            links.map(|(words, url)| Some(Hyperlink { span: span(words)?, url })).collect::<Option<_>>()?;
        let mut pictures = Vec::with_capacity(self.pictures.len());
        for picture in self.pictures {
            let caption = optional(picture.caption, span)?;
            let offset = text.is_char_boundary(picture.offset).then_some(picture.offset)?;
            pictures.push(Picture { offset, alt: picture.alt, caption, url: picture.url });
        }
        let format = Format::ALL.into_iter().find(|it| it.name() == self.format)?;
        let mut story = Story::new(format, text, blocks);
        story.id = self.id;
        story.source = self.source;
        story.outlet = self.outlet;
        story.url = self.url;
        story.published = self.published;
        story.retrieved = self.retrieved;
        story.links = links;
        story.pictures = pictures;
        (story.blocks().len() == count && count > 0).then_some(story)
    }
}

/// The span of an optional pair; `None` outside if the pair is wrong.
#[expect(clippy::option_option, reason = "no pair and a wrong pair differ")]
fn optional(pair: Option<KeptSpan>, span: impl Fn(KeptSpan) -> Option<Span>) -> Option<Option<Span>> {
    pair.map_or(Some(None), |it| span(it).map(Some))
}

impl KeptBlock {
    fn new(block: &Block) -> Self {
        let speaker = block.speaker.map(|it| match it {
            TurnSpeaker::Interviewer => KeptSpeaker::Interviewer,
            TurnSpeaker::Interviewee => KeptSpeaker::Interviewee,
            TurnSpeaker::Named { name, role } => KeptSpeaker::Named(kept(name), role.map(kept)),
            TurnSpeaker::Office(office) => KeptSpeaker::Office(kept(office)),
            TurnSpeaker::Unknown => KeptSpeaker::Unknown,
        });
        Self {
            kind: block.kind.name().to_owned(),
            span: kept(block.span),
            repeats: block.repeats,
            label: block.label.map(kept),
            speaker,
            dateline: block.dateline.map(kept),
            is_quotation: block.is_quotation,
            quoted_name: block.quoted_name.map(kept),
        }
    }

    /// The block with this number; `None` if a part of it lies outside of the text or of the block.
    fn into_block(self, number: usize, span: impl Fn(KeptSpan) -> Option<Span>) -> Option<Block> {
        let whole = span(self.span)?;
        let inside = |it: KeptSpan| span(it).filter(|it| whole.contains_span(*it));
        let speaker = match self.speaker {
            None => None,
            Some(KeptSpeaker::Interviewer) => Some(TurnSpeaker::Interviewer),
            Some(KeptSpeaker::Interviewee) => Some(TurnSpeaker::Interviewee),
            Some(KeptSpeaker::Named(name, role)) => {
                Some(TurnSpeaker::Named { name: span(name)?, role: optional(role, &span)? })
            }
            Some(KeptSpeaker::Office(office)) => Some(TurnSpeaker::Office(span(office)?)),
            Some(KeptSpeaker::Unknown) => Some(TurnSpeaker::Unknown),
        };
        let kind = BlockKind::ALL.into_iter().find(|it| it.name() == self.kind)?;
        Some(Block {
            repeats: self.repeats.filter(|it| *it < number),
            label: optional(self.label, inside)?,
            speaker,
            dateline: optional(self.dateline, inside)?,
            is_quotation: self.is_quotation,
            quoted_name: optional(self.quoted_name, &span)?,
            ..Block::new(kind, whole)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::load::{self, Hint};

    fn page() -> Story {
        let html = "<title>The last ferry</title><article><h1>The last ferry</h1><p>OSLO (AP) — It rained, <a href='https://a.example/b'>\
                    said Ann Lee</a>.</p><p>Q: Zoë, why now?</p><p>A: Because it leaks.</p><blockquote><p>We won.</p><cite>Bo Ray\
                    </cite></blockquote><figure><img src='https://a.example/c.png' alt='A boat'><figcaption>The boat.</figcaption>\
                    </figure></article>";
        let mut story = load::from_bytes(html.as_bytes(), &Hint::default()).unwrap();
        story.source = Some("https://gazette.example/ferry".into());
        story.published = Some("2026-05-03".into());
        story
    }

    #[test]
    fn a_story_comes_back_as_it_was() {
        for story in
            [page(), load::from_text("Headline here\n\nANN LEE, MAYOR: It rained.\n\nBO RAY: It did.")]
        {
            let packed = pack(&story).expect("it is short");
            assert_eq!(unpack(&packed).as_ref(), Some(&story));
        }
        let long = load::from_text(&"It rained on the harbour wall. ".repeat(2000));
        assert!(pack(&long).expect("it is short").len() * 20 < long.text().len());
    }

    #[test]
    fn damaged_bytes_give_no_story_and_end_nothing() {
        let packed = pack(&page()).expect("it is short");
        assert_eq!(unpack(&packed[..packed.len() / 2]), None);
        assert_eq!(unpack(b""), None);
        for at in 0..packed.len() {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x11;
            // Another story may come out, but a sound one.
            if let Some(story) = unpack(&damaged) {
                assert!(
                    story
                        .blocks()
                        .iter()
                        .all(|it| !it.text_span(story.text()).slice(story.text()).is_empty())
                );
            }
        }
    }

    #[test]
    fn a_text_that_could_control_the_terminal_or_spans_outside_of_it_are_refused() {
        let with = |change: fn(&mut KeptStory)| {
            let mut kept = KeptStory::new(&page());
            change(&mut kept);
            kept.into_story()
        };
        assert!(with(|_| {}).is_some());
        assert!(with(|it| it.text = it.text.replace("rained", "r\u{1b}ined")).is_none());
        assert!(with(|it| it.blocks[0].span.1 = 99_999).is_none());
        assert!(with(|it| it.blocks[1].dateline = Some((0, 3))).is_none());
        assert!(with(|it| it.links[0].0 = (9, 4)).is_none());
        assert!(with(|it| it.blocks.clear()).is_none());
        assert!(with(|it| it.format = "pdf".into()).is_none());
    }
}
