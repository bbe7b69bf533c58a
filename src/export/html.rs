//! HTML export: a page of its own with the annotated story beside its speakers.
//!
//! The page holds its style and no script, and loads nothing. A speaker is chosen with radio buttons, which the style
//! reads with `:has()`.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::analysis::{Analysis, MentionKind, Quote};
use crate::export::phrasing::{
    NO_QUOTES, UNKNOWN_SPEAKER, count, excerpt_note, kind_and_remark, name_with_role, origin, quoted_text,
    speaker_heading, story_title,
};
use crate::export::{Envelope, Export};
use crate::span::Span;
use crate::speaker_numbers::SpeakerNumber;
use crate::story::{Block, BlockKind, Story};

/// A self-contained HTML page.
#[derive(Clone, Copy, Debug)]
pub struct Html;

/// The start of the page. The policy allows the style of the page and nothing else.
const HEAD: &str = concat!(
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Who said what</title>\n<style>\n",
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/export/page.css")),
    "</style>\n</head>\n<body>\n",
);

/// The end of the page.
const TAIL: &str =
    "<footer>Found by pullquote. Tinted: quotations. Underlined: paraphrases.</footer>\n</body>\n</html>\n";

impl Export for Html {
    fn envelope(&self, _several: bool) -> Envelope {
        Envelope { head: HEAD, separator: "", tail: TAIL }
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        let page = PageWriter::new(story, analysis);
        let mut out = String::with_capacity(4 * story.text().len());
        let segments = page.segments();
        out += "<article>\n";
        page.write_header(&segments, &mut out);
        out += "<div class=\"story\">\n";
        page.write_blocks(&segments, &mut out);
        out += "</div>\n";
        page.write_speakers(&mut out);
        out += "</article>\n";
        out
    }
}

/// The length in characters above which a title is written smaller.
const LONG_TITLE: usize = 110;

/// One story while its HTML is written.
struct PageWriter<'a> {
    story: &'a Story,
    analysis: &'a Analysis,
    /// The speakers, those with most quotes first; `None` stands for quotes without a speaker and is the last.
    speakers: Vec<QuotedSpeaker>,
    /// The index in `speakers` for each entity that speaks.
    index_of_entity: Vec<Option<usize>>,
    /// Makes the ids of this story's quotes differ from those of other stories on the same page.
    prefix: String,
}

/// A speaker with the numbers of their quotes.
struct QuotedSpeaker {
    entity: Option<usize>,
    /// The number and the hue that the speaker has on the screen too; `None` for quotes without a speaker.
    number: Option<SpeakerNumber>,
    quotes: Vec<usize>,
}

impl<'a> PageWriter<'a> {
    fn new(story: &'a Story, analysis: &'a Analysis) -> Self {
        let mut quotes_of: Vec<Vec<usize>> = vec![Vec::new(); analysis.entities.len() + 1];
        for (number, quote) in analysis.quotes.iter().enumerate() {
            let speaker = quote.speaker.filter(|it| *it < analysis.entities.len());
            quotes_of[speaker.unwrap_or(analysis.entities.len())].push(number);
        }
        let unknown = quotes_of.pop().unwrap_or_default();
        let mut numbers = analysis.speaker_numbers();
        let mut speakers: Vec<QuotedSpeaker> = quotes_of
            .into_iter()
            .enumerate()
            .filter(|it| !it.1.is_empty())
            .map(|(entity, quotes)| {
                let number = Some(numbers.number_of(entity));
                QuotedSpeaker { entity: Some(entity), number, quotes }
            })
            .collect();
        // The sort is stable: equal speakers stay in the order of their first mention.
        speakers.sort_by_key(|it| usize::MAX - it.quotes.len());
        let mut index_of_entity = vec![None; analysis.entities.len()];
        for (index, speaker) in speakers.iter().enumerate() {
            if let Some(entity) = speaker.entity {
                index_of_entity[entity] = Some(index);
            }
        }
        if !unknown.is_empty() {
            speakers.push(QuotedSpeaker { entity: None, number: None, quotes: unknown });
        }
        let mut hasher = DefaultHasher::new();
        (&story.id, &story.source, story.text()).hash(&mut hasher);
        Self { story, analysis, speakers, index_of_entity, prefix: format!("q{:x}", hasher.finish()) }
    }

    /// The headline with its quotes and names marked, or another title; where it is from, and what was found.
    fn write_header(&self, segments: &[Segment], out: &mut String) {
        let title = story_title(self.story);
        let size = if title.chars().count() > LONG_TITLE { " class=\"long\"" } else { "" };
        let _ = write!(out, "<header>\n<h1{size}>");
        let block = self.story.blocks().iter().find(|it| it.kind == BlockKind::Headline);
        match block.filter(|_| self.story.short_headline().is_some()) {
            Some(block) => self.write_text(block, segments_of(block, segments), out),
            None => *out += &escape_html(&title),
        }
        *out += "</h1>\n";
        if let Some(origin) = origin(self.story) {
            let _ = writeln!(out, "<p class=\"origin\">{}</p>", escape_html(&origin));
        }
        let quotes = count(self.analysis.quotes.len(), "quote");
        let speakers = count(self.index_of_entity.iter().flatten().count(), "speaker");
        let _ = writeln!(out, "<p class=\"counts\">{quotes}, {speakers}</p>");
        if let Some(note) = excerpt_note(self.analysis) {
            let _ = writeln!(out, "<p class=\"filter\">{}</p>", escape_html(&note));
        }
        *out += "</header>\n";
    }

    /// The blocks of the story, with its quotes and names marked.
    fn write_blocks(&self, segments: &[Segment], out: &mut String) {
        for block in self.story.blocks() {
            let within = segments_of(block, segments);
            if block.repeats.is_some() || self.is_in_header(block, within) {
                continue;
            }
            let (tag, class) = element(self.story.shown_kind(block));
            let _ = write!(out, "<{tag}{class}>");
            self.write_text(block, within, out);
            let _ = writeln!(out, "</{tag}>");
        }
    }

    /// Whether the header has the text of a block, and its quotes if it has some.
    fn is_in_header(&self, block: &Block, segments: &[Segment]) -> bool {
        let text = Some(block.span.slice(self.story.text()));
        match block.kind {
            BlockKind::Headline => text == self.story.short_headline(),
            BlockKind::Byline => text == self.story.byline() && segments.iter().all(|it| it.quote.is_none()),
            _ => false,
        }
    }

    fn write_text(&self, block: &Block, segments: &[Segment], out: &mut String) {
        let text = self.story.text();
        let mut at = block.span.start;
        if let Some(label) = block.label {
            let _ = write!(out, "<span class=\"label\">{}</span>", escape_html(label.slice(text)));
            at = label.end;
        }
        for segment in segments {
            let (start, end) = (segment.span.start.max(at), segment.span.end.min(block.span.end));
            if start >= end {
                continue;
            }
            *out += &escape_html(Span::new(at, start).slice(text));
            self.write_segment(segment, Span::new(start, end), out);
            at = end;
        }
        *out += &escape_html(Span::new(at, block.span.end).slice(text));
    }

    /// A part of the text that is in the same quote and the same name.
    fn write_segment(&self, segment: &Segment, span: Span, out: &mut String) {
        let mut classes = String::new();
        let mut attributes = String::new();
        if let Some(number) = segment.quote {
            let quote = &self.analysis.quotes[number];
            classes += &self.quote_classes(quote);
            let kind = kind_and_remark(quote, self.story.text());
            let title = format!("{}, {kind}", self.speaker_name(quote));
            let _ = write!(attributes, " title=\"{}\"", escape_html(&title));
            if quote.parts.first().is_some_and(|it| it.start == span.start) {
                let _ = write!(attributes, " id=\"{}-{}\"", self.prefix, self.analysis.quote_number(number));
            }
        }
        if let Some(kind) = segment.name {
            let _ = write!(classes, " {kind}");
        }
        let text = escape_html(span.slice(self.story.text()));
        let _ = write!(out, "<span class=\"{}\"{attributes}>{text}</span>", classes.trim_start());
    }

    /// The classes of a quote: its kind, the hue of its speaker, and every speaker that it is shown for.
    fn quote_classes(&self, quote: &Quote) -> String {
        let mut classes = format!("q {}", quote.kind);
        let entity = quote.speaker.and_then(|it| self.analysis.entities.get(it));
        let speaker = quote.speaker.and_then(|it| self.index_of_entity.get(it).copied().flatten());
        let index = speaker.unwrap_or(self.speakers.len().saturating_sub(1));
        classes += &self.hue_class(index);
        let _ = write!(classes, " s{}", index + 1);
        let members = entity.map_or(&[][..], |it| &it.members);
        for member in members.iter().filter_map(|it| self.index_of_entity.get(*it).copied().flatten()) {
            let _ = write!(classes, " s{}", member + 1);
        }
        classes
    }

    /// The class of a speaker's hue, after a space; empty if they have none of their own. `index` counts in `speakers`.
    fn hue_class(&self, index: usize) -> String {
        let hue = self.speakers[index].number.and_then(|it| it.hue);
        hue.map_or(String::new(), |it| format!(" h{}", it + 1))
    }

    fn speaker_name(&self, quote: &Quote) -> String {
        let entity = quote.speaker.and_then(|it| self.analysis.entities.get(it));
        entity.map_or(UNKNOWN_SPEAKER.into(), |it| name_with_role(it, self.analysis))
    }

    /// The speakers with their quotes, and the buttons that show one of them alone.
    fn write_speakers(&self, out: &mut String) {
        *out += "<aside>\n<form>\n";
        if self.analysis.quotes.is_empty() {
            let _ = writeln!(out, "<p>{NO_QUOTES}</p>\n</form>\n</aside>");
            return;
        }
        *out += "<label class=\"all\"><input type=\"checkbox\" class=\"quotations\"> Quotations only, no paraphrases</label>\n";
        *out += "<label class=\"all\"><input type=\"radio\" name=\"speaker\" value=\"all\" checked> <b>Everyone</b></label>\n";
        for (index, speaker) in self.speakers.iter().enumerate() {
            let entity = speaker.entity.map(|it| &self.analysis.entities[it]);
            let name = entity.map_or(UNKNOWN_SPEAKER.into(), |it| speaker_heading(it, self.analysis));
            let hue = self.hue_class(index);
            let label = speaker.number.map_or("?".into(), |it| (it.number + 1).to_string());
            let _ = writeln!(
                out,
                "<div class=\"speaker{hue}\"><label><input type=\"radio\" name=\"speaker\" value=\"{}\"> <b><span>{label}</span> {}</b> <small>{}</small></label>\n<ol>",
                index + 1,
                escape_html(&name),
                count(speaker.quotes.len(), "quote"),
            );
            for number in &speaker.quotes {
                self.write_list_item(*number, out);
            }
            *out += "</ol></div>\n";
        }
        *out += "</form>\n<style>\n";
        for index in 1..=self.speakers.len() {
            let chosen = format!("article:has([name=speaker][value=\"{index}\"]:checked)");
            let _ = writeln!(
                out,
                "{chosen} .q:not(.s{index}){{background:none;box-shadow:none}}{chosen} li:not(.s{index}){{display:none}}"
            );
        }
        *out += "</style>\n</aside>\n";
    }

    fn write_list_item(&self, number: usize, out: &mut String) {
        let quote = &self.analysis.quotes[number];
        let _ = writeln!(
            out,
            "<li class=\"{}\"><a href=\"#{}-{}\">{}</a> <small>{}</small></li>",
            self.quote_classes(quote),
            self.prefix,
            self.analysis.quote_number(number),
            escape_html(&quoted_text(quote, self.story.text(), " ")),
            escape_html(&kind_and_remark(quote, self.story.text())),
        );
    }

    /// The marked parts of the text in reading order, without overlaps. In nested quotes, the inner one counts.
    fn segments(&self) -> Vec<Segment> {
        let quotes = self.analysis.quotes.iter().enumerate();
        let parts = quotes.flat_map(|(number, quote)| quote.parts.iter().map(move |it| (*it, number)));
        let quoted = innermost(parts.collect());
        let mut names = Vec::new();
        for entity in &self.analysis.entities {
            let named = entity.mentions.iter().filter(|it| it.kind == MentionKind::Name);
            names.extend(named.map(|it| (it.span, entity.kind.name())));
        }
        overlay(&quoted, &innermost(names))
    }
}

/// A part of the text in one quote, one name, or both.
struct Segment {
    span: Span,
    /// The number of the quote.
    quote: Option<usize>,
    /// The kind of the entity that the name belongs to.
    name: Option<&'static str>,
}

/// The segments that lie in a block, at least in part. They are sorted and do not overlap.
fn segments_of<'a>(block: &Block, segments: &'a [Segment]) -> &'a [Segment] {
    let first = segments.partition_point(|it| it.span.end <= block.span.start);
    let end = segments.partition_point(|it| it.span.start < block.span.end);
    &segments[first..end.max(first)]
}

/// Cuts spans that overlap into spans that do not. Where several cover the same text, the one that begins last counts.
fn innermost<T: Copy>(mut spans: Vec<(Span, T)>) -> Vec<(Span, T)> {
    spans.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
    let mut cut: Vec<(Span, T)> = Vec::with_capacity(spans.len());
    let mut open: Vec<(Span, T)> = Vec::new();
    let mut at = 0;
    let mut close_until = |limit: usize, open: &mut Vec<(Span, T)>, at: &mut usize| {
        while let Some((span, value)) = open.last().copied() {
            let end = span.end.min(limit);
            if end > *at {
                cut.push((Span::new(*at, end), value));
                *at = end;
            }
            if span.end > limit {
                break;
            }
            open.pop();
        }
        *at = (*at).max(limit);
    };
    for (span, value) in spans {
        close_until(span.start, &mut open, &mut at);
        open.push((span, value));
    }
    close_until(usize::MAX, &mut open, &mut at);
    cut
}

/// Joins two lists of spans without overlaps into segments.
fn overlay(quotes: &[(Span, usize)], names: &[(Span, &'static str)]) -> Vec<Segment> {
    let ends = |span: &Span| [span.start, span.end];
    let quote_ends = quotes.iter().flat_map(|it| ends(&it.0));
    let mut bounds: Vec<usize> = quote_ends.chain(names.iter().flat_map(|it| ends(&it.0))).collect();
    bounds.sort_unstable();
    bounds.dedup();
    let (mut quote, mut name) = (quotes.iter().peekable(), names.iter().peekable());
    let mut segments = Vec::with_capacity(bounds.len());
    for pair in bounds.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        while quote.next_if(|it| it.0.end <= span.start).is_some() {}
        while name.next_if(|it| it.0.end <= span.start).is_some() {}
        let quote = quote.peek().filter(|it| it.0.start <= span.start).map(|it| it.1);
        let name = name.peek().filter(|it| it.0.start <= span.start).map(|it| it.1);
        if quote.is_some() || name.is_some() {
            segments.push(Segment { span, quote, name });
        }
    }
    segments
}

/// The HTML element of a block, and its class.
const fn element(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Headline | BlockKind::Heading => ("h2", ""),
        BlockKind::Standfirst => ("p", " class=\"standfirst\""),
        BlockKind::Byline => ("p", " class=\"byline\""),
        BlockKind::Caption => ("figcaption", ""),
        BlockKind::Furniture => ("p", " class=\"furniture\""),
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Turn => ("p", ""),
    }
}

/// Text in which no character is HTML syntax.
fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            _ => escaped.push(ch),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_spans_are_cut_and_the_inner_one_counts() {
        let cut = |spans: &[(usize, usize)]| {
            let spans = spans.iter().enumerate().map(|(number, it)| (Span::new(it.0, it.1), number));
            let cut = innermost(spans.collect());
            cut.into_iter().map(|(span, number)| (span.start, span.end, number)).collect::<Vec<_>>()
        };
        assert_eq!(cut(&[(0, 9), (2, 4)]), [(0, 2, 0), (2, 4, 1), (4, 9, 0)]);
        assert_eq!(cut(&[(0, 5), (3, 9)]), [(0, 3, 0), (3, 9, 1)]);
        assert_eq!(cut(&[(0, 2), (4, 6)]), [(0, 2, 0), (4, 6, 1)]);
        assert_eq!(cut(&[(0, 4), (0, 4)]), [(0, 4, 1)]);
        assert_eq!(cut(&[(0, 9), (2, 5), (3, 4)]), [(0, 2, 0), (2, 3, 1), (3, 4, 2), (4, 5, 1), (5, 9, 0)]);
    }

    #[test]
    fn a_name_within_a_quote_has_both_marks() {
        let segments =
            overlay(&[(Span::new(0, 10), 7)], &[(Span::new(4, 6), "person"), (Span::new(12, 14), "place")]);
        let shown: Vec<_> =
            segments.iter().map(|it| (it.span.start, it.span.end, it.quote, it.name)).collect();
        assert_eq!(
            shown,
            [
                (0, 4, Some(7), None),
                (4, 6, Some(7), Some("person")),
                (6, 10, Some(7), None),
                (12, 14, None, Some("place"))
            ]
        );
    }
}
