//! A news story: its clean text, divided into blocks such as headline, byline and paragraph.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;

use crate::span::Span;
use crate::text_safety::{one_line, replace_unsafe};

/// One news story: clean text and its blocks.
///
/// The text has no control character except the newline. Blocks are in reading
/// order, do not overlap, are not empty and lie on character boundaries. Text
/// between blocks is white space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Story {
    /// The caller's name for the story (the `id` of a JSON record); `None` without one.
    pub id: Option<String>,
    /// The name of the file or the web address that the story was loaded from, made safe to show; `None` if unknown.
    /// It need not lead to the file again: see [`Story::path`].
    pub source: Option<String>,
    /// The path of the file that the story was loaded from, exactly; `None` if it was not loaded from a file.
    pub path: Option<PathBuf>,
    /// The publisher that a page or front matter names ("Harbour Gazette").
    pub outlet: Option<String>,
    /// The story's web address as given on the page. It begins with `http://` or `https://` and has no space.
    pub url: Option<String>,
    /// The format of the input.
    pub format: Format,
    /// The date of publication, as written on the page.
    pub published: Option<String>,
    /// When the page was retrieved, as the archive that holds it says; `None` if it does not come from an archive.
    pub retrieved: Option<String>,
    /// The address of the page that holds the whole story; of an entry of a feed, which may hold its beginning alone.
    pub continues_at: Option<String>,
    /// The links in the text, in reading order, without overlaps.
    pub links: Vec<Hyperlink>,
    /// The pictures in reading order.
    pub pictures: Vec<Picture>,
    /// Whether the text is probably not English, so that little can be found in it.
    pub is_foreign: bool,
    text: String,
    blocks: Vec<Block>,
}

/// A link in a story's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperlink {
    /// The words of the link.
    pub span: Span,
    /// The address. It begins with `http://` or `https://` and has no space.
    pub url: String,
}

/// A picture in a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The byte offset in the text of the block that the picture stands before.
    pub offset: usize,
    /// The words that stand for the picture where it cannot be seen; `None` without them.
    pub alt: Option<String>,
    /// The caption in the text; `None` without one.
    pub caption: Option<Span>,
    /// The address. It begins with `http://` or `https://`; `None` if it is not known.
    pub url: Option<String>,
}

/// The format of a story's input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    #[default]
    Plain,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Markdown, Self::Html];

    /// The format's name on the command line and in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A part of the text with one function: a headline, a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The block's function in the story.
    pub kind: BlockKind,
    /// The block's span, without white space at its ends.
    pub span: Span,
    /// The index of an earlier block with the same text (a headline repeated as the lead).
    /// The screen shows such a text once.
    pub repeats: Option<usize>,
    /// In a turn, the speaker's label without its colon or full stop ("Q", "Ann Lee", `[00:04] Ann Lee, host`).
    /// It lies at the start of the block; only a quotation mark may come before it.
    pub label: Option<Span>,
    /// In a turn, who speaks; `None` in other blocks.
    pub speaker: Option<TurnSpeaker>,
    /// The dateline at the start of the block, with its dash ("WASHINGTON (AP) —").
    pub dateline: Option<Span>,
    /// Whether the block holds the words of somebody else, as the markup says: a block quotation, an embedded post.
    pub is_quotation: bool,
    /// In a block quotation, the words that name who is quoted; they may stand in a later block. `None` if no words do.
    pub quoted_name: Option<Span>,
}

/// Who speaks in a turn, as its label or its place tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnSpeaker {
    /// The person who asks: a label "Q", or a question without a label.
    Interviewer,
    /// The person who is interviewed: a label "A", or an answer without a label.
    Interviewee,
    /// The person whom the label names.
    Named {
        /// The name without titles: "LENA HOLT".
        name: Span,
        /// What the label says that the person is ("MAYOR OF TARNSIDE"); `None` if it says nothing.
        role: Option<Span>,
    },
    /// Somebody whom the label names by an office alone: "The CHAIR", "Moderator".
    Office(Span),
    /// Somebody whom the text does not name: a mark ">>" without a name.
    Unknown,
}

impl Block {
    /// A block without a label, a speaker, a dateline or an earlier block with the same text.
    pub const fn new(kind: BlockKind, span: Span) -> Self {
        Self {
            kind,
            span,
            repeats: None,
            label: None,
            speaker: None,
            dateline: None,
            is_quotation: false,
            quoted_name: None,
        }
    }

    /// The span of the block's running text: the block without its label and dateline.
    pub fn text_span(&self, text: &str) -> Span {
        let start = self.label.or(self.dateline).map_or(self.span.start, |it| it.end);
        let rest = Span::new(start, self.span.end).slice(text);
        let mark = [".—", ":", ".", ";"].iter().find(|it| self.label.is_some() && rest.starts_with(**it));
        Span::new(start + mark.map_or(0, |it| it.len()), self.span.end).trim(text)
    }
}

/// The function of a block in its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The story's title.
    Headline,
    /// The sentence or two under the headline.
    Standfirst,
    /// The line that names the authors.
    Byline,
    /// Running text.
    Paragraph,
    /// A title inside the story.
    Heading,
    /// One item of a list.
    Item,
    /// The text under a picture, with its credit.
    Caption,
    /// What one person says in an interview, a debate, a broadcast or a chat: a question, an answer, a labelled speaker.
    Turn,
    /// Text that is not part of the story: "Read more", an editor's note, a wire's sign-off.
    Furniture,
}

impl BlockKind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Headline,
        Self::Standfirst,
        Self::Byline,
        Self::Paragraph,
        Self::Heading,
        Self::Item,
        Self::Caption,
        Self::Turn,
        Self::Furniture,
    ];

    /// The kind's name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Byline => "byline",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Item => "item",
            Self::Caption => "caption",
            Self::Turn => "turn",
            Self::Furniture => "furniture",
        }
    }
}

impl fmt::Display for BlockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Story {
    /// A story with `text` and `blocks`. Blocks that are empty, overlap an earlier
    /// block or do not lie on character boundaries are dropped.
    pub fn new(format: Format, text: String, mut blocks: Vec<Block>) -> Self {
        let mut end = 0;
        blocks.retain(|block| {
            let is_kept = !block.span.slice(&text).is_empty() && block.span.start >= end;
            if is_kept {
                end = block.span.end;
            }
            is_kept
        });
        Self { format, text, blocks, ..Self::default() }
    }

    /// The clean text that all spans refer to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The text of the first block of a kind; `None` without such a block.
    pub fn first_text(&self, kind: BlockKind) -> Option<&str> {
        self.blocks.iter().find(|it| it.kind == kind).map(|it| it.span.slice(&self.text))
    }

    /// The headline; `None` without one.
    pub fn headline(&self) -> Option<&str> {
        self.first_text(BlockKind::Headline)
    }

    /// The headline; `None` without one, or if the first paragraph was taken for one: it is long, and ends as a sentence does.
    pub fn short_headline(&self) -> Option<&str> {
        self.headline().filter(|it| {
            let length = it.chars().count();
            let is_sentence = it.trim_end_matches(['”', '"', '’']).ends_with('.');
            length <= MAX_HEADLINE_CHARS && (length < MIN_PARAGRAPH_CHARS || !is_sentence)
        })
    }

    /// The kind as which a block is shown: a first paragraph that was taken for a headline, as [`Story::short_headline`] says, is a
    /// paragraph.
    pub fn shown_kind(&self, block: &Block) -> BlockKind {
        match block.kind {
            BlockKind::Headline if self.short_headline().is_none() => BlockKind::Paragraph,
            kind => kind,
        }
    }

    /// The headline on one line, made safe to show; `None` without one, as [`Story::short_headline`] says.
    pub fn one_line_headline(&self) -> Option<String> {
        self.short_headline().map(safe_line)
    }

    /// What the story is called, the same on every screen and in every export: the headline; without one the file name or the
    /// web address, else the first words with "…". `None` of a story without text, file and address.
    pub fn title(&self) -> Option<String> {
        self.given_title().or_else(|| self.first_words())
    }

    /// The title, unless only the first words of the story could stand for it.
    pub fn given_title(&self) -> Option<String> {
        let source = || self.source_name().filter(|it| !it.is_empty()).map(safe_line);
        self.one_line_headline().or_else(source)
    }

    /// The first words of the text, with "…" where more follows. Captions, the byline and the like count only if there is
    /// nothing else.
    fn first_words(&self) -> Option<String> {
        let is_text =
            |it: &&Block| !matches!(it.kind, BlockKind::Byline | BlockKind::Caption | BlockKind::Furniture);
        let first = self.blocks.iter().find(is_text).or_else(|| self.blocks.first())?;
        let words = safe_line(first_words(first.span.slice(&self.text), MAX_TITLE_CHARS));
        let is_all = words.len() >= self.text.trim().len();
        Some(if is_all { words } else { format!("{words} …") })
    }

    /// The byline ("By Ann Lee"); `None` without one.
    pub fn byline(&self) -> Option<&str> {
        self.first_text(BlockKind::Byline)
    }

    /// The date of publication as people write it ("3 May 2026"); `None` if it is not known.
    pub fn readable_date(&self) -> Option<String> {
        self.published.as_deref().map(|it| readable_date(it).into_owned())
    }

    /// The first dateline, with its dash; `None` without one.
    pub fn dateline(&self) -> Option<&str> {
        self.blocks.iter().find_map(|it| it.dateline).map(|it| it.slice(&self.text))
    }

    /// The blocks that begin before `end`, the last one up to there, with their text; offsets stay the same.
    #[must_use]
    pub(crate) fn first_part(&self, end: usize) -> Self {
        let text = self.text[..end].trim_end();
        let within = |it: &Span| it.end <= text.len();
        let mut blocks = self.blocks[..self.blocks.partition_point(|it| it.span.start < text.len())].to_vec();
        for block in &mut blocks {
            block.quoted_name = block.quoted_name.filter(within);
        }
        if let Some(last) = blocks.last_mut().filter(|it| it.span.end > text.len()) {
            last.span.end = text.len();
            last.dateline = last.dateline.filter(within);
            last.label = last.label.filter(within);
            last.speaker = last.speaker.filter(|_| last.label.is_some());
        }
        Self::new(self.format, text.into(), blocks)
    }

    /// The source without its folders: a file name, or a web address as a whole.
    pub fn source_name(&self) -> Option<&str> {
        let source = self.source.as_deref()?;
        if source.contains("://") { Some(source) } else { source.rsplit('/').next() }
    }

    /// The index of the block that contains the byte at `offset`, or of the next block.
    /// `None` after the last block.
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        let next = self.blocks.partition_point(|it| it.span.end <= offset);
        (next < self.blocks.len()).then_some(next)
    }
}

/// The longest headline in characters; more is the first paragraph of a story without a headline.
const MAX_HEADLINE_CHARS: usize = 160;

/// The length in characters from which a headline that ends in a full stop is the first paragraph.
const MIN_PARAGRAPH_CHARS: usize = 80;

/// The characters of a text without any title that stand for one, at most.
const MAX_TITLE_CHARS: usize = 72;

/// The words at the start of a text that have at most `max_chars` characters together.
fn first_words(text: &str, max_chars: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(max_chars) else { return text };
    let end = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    text[..end].trim_end_matches([',', ' '])
}

/// A text on one line, without characters that no terminal may get.
fn safe_line(text: &str) -> String {
    one_line(&replace_unsafe(text, " "))
}

/// The English names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as people write it: "2026-05-03T10:00:00Z" becomes "3 May 2026". A date in words stays as it is, without a label
/// before it and a time after it ("UPDATED: May 3, 2026 at 5:31 a.m.").
pub fn readable_date(date: &str) -> Cow<'_, str> {
    let is_label = |it: &str| it.chars().all(|ch| ch.is_alphabetic() || ch == ' ');
    let date = match date.split_once(':') {
        Some((label, rest)) if is_label(label) && rest.contains(|ch: char| ch.is_ascii_digit()) => {
            rest.trim()
        }
        _ => date,
    };
    let has_year = |it: &str| it.split(|ch: char| !ch.is_ascii_digit()).any(|number| number.len() == 4);
    let date = date.split_once(" at ").map_or(date, |it| if has_year(it.0) { it.0.trim_end() } else { date });
    let parse = || {
        let (day, rest) = date.split_at_checked("2026-05-03".len())?;
        let number = |part: Option<&str>, digits: usize| {
            let part =
                part.filter(|it| it.len() == digits && it.bytes().all(|byte| byte.is_ascii_digit()))?;
            part.parse::<usize>().ok()
        };
        let mut parts = day.split('-');
        let year = number(parts.next(), 4)?;
        let month = MONTHS.get(number(parts.next(), 2)?.checked_sub(1)?)?;
        let day = number(parts.next(), 2).filter(|it| (1..=31).contains(it))?;
        let is_date = rest.is_empty() || rest.starts_with(['T', 't', ' ', 'Z', '+']);
        is_date.then(|| format!("{day} {month} {year}"))
    };
    parse().map_or(Cow::Borrowed(date), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A story of lines, each a block of a kind.
    fn story(text: &str, kinds: &[BlockKind]) -> Story {
        let mut start = 0;
        let mut blocks = Vec::new();
        for (line, kind) in text.split('\n').zip(kinds) {
            blocks.push(Block::new(*kind, Span::new(start, start + line.len())));
            start += line.len() + 1;
        }
        Story::new(Format::Plain, text.into(), blocks)
    }

    #[test]
    fn a_story_without_a_headline_is_called_as_its_file_or_address_and_only_else_by_its_first_words() {
        use BlockKind::{Byline, Caption, Furniture, Headline, Paragraph, Turn};
        let long = "The river that runs past the old mill at Norham has risen by two metres since Monday, and it rises.";
        let cut = "The river that runs past the old mill at Norham has risen by two metres …";
        for (text, kinds, source, expected) in [
            ("It rained.", &[Paragraph][..], None, Some("It rained.")),
            ("It rained.\nIt still does.", &[Paragraph, Paragraph], None, Some("It rained. …")),
            (
                "By Mia Torn\nA picture\nHOST: Good evening.",
                &[Byline, Caption, Turn],
                None,
                Some("HOST: Good evening. …"),
            ),
            (long, &[Paragraph], None, Some(cut)),
            (long, &[Paragraph], Some("news/river.txt"), Some("river.txt")),
            (long, &[Headline], Some("news/river.txt"), Some("river.txt")),
            (
                long,
                &[Paragraph],
                Some("https://gazette.example/river"),
                Some("https://gazette.example/river"),
            ),
            ("The river rises", &[Headline], Some("news/river.txt"), Some("The river rises")),
            ("Read more", &[Furniture], None, Some("Read more")),
            ("", &[], None, None),
        ] {
            let mut story = story(text, kinds);
            story.source = source.map(str::to_owned);
            assert_eq!(story.title().as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_date_for_programs_becomes_one_for_people() {
        for (date, readable) in [
            ("2026-05-03T10:00:00Z", "3 May 2026"),
            ("2026-12-31", "31 December 2026"),
            ("2026-05-03 10:00", "3 May 2026"),
            ("3 May 2026", "3 May 2026"),
            ("UPDATED: September 3, 2024 at 5:31 a.m.", "September 3, 2024"),
            ("Last updated: 3 May 2026", "3 May 2026"),
            ("Published: 2026-05-03T10:00:00Z", "3 May 2026"),
            ("5:31 a.m. on 3 May 2026", "5:31 a.m. on 3 May 2026"),
            ("3 May at 5:31, 2026", "3 May at 5:31, 2026"),
            ("2026-13-03", "2026-13-03"),
            ("2026-05-03rd", "2026-05-03rd"),
            ("2026", "2026"),
            ("2026-05-é", "2026-05-é"),
        ] {
            assert_eq!(readable_date(date), readable);
        }
    }

    #[test]
    fn a_block_that_overlaps_or_cuts_a_character_is_dropped() {
        let block = |start, end| Block::new(BlockKind::Paragraph, Span::new(start, end));
        let story = Story::new(
            Format::Plain,
            "é one two".into(),
            vec![block(0, 1), block(0, 6), block(4, 9), block(6, 6), block(7, 10)],
        );
        assert_eq!(story.blocks(), [block(0, 6), block(7, 10)]);
    }

    #[test]
    fn the_words_of_a_turn_come_after_its_label() {
        for text in ["Q: Why now?", "Q. Why now?", "Q Why now?", "Q.—Why now?", "Q; Why now?"] {
            let turn = Block {
                label: Some(Span::new(0, 1)),
                ..Block::new(BlockKind::Turn, Span::new(0, text.len()))
            };
            assert_eq!(turn.text_span(text).slice(text), "Why now?");
        }
    }

    #[test]
    fn the_words_of_a_paragraph_come_after_its_dateline() {
        let text = "OSLO (AP) — It rained.";
        let dateline = Some(Span::new(0, 13));
        let block = Block { dateline, ..Block::new(BlockKind::Paragraph, Span::new(0, text.len())) };
        assert_eq!(block.text_span(text).slice(text), "It rained.");
    }
}
