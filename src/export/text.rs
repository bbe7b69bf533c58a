//! The story in reading order with its findings in words: for pipes, and for ears.

use std::iter;

use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::{Analysis, Quote};
use crate::export::phrasing::{STRUCK, lists, manner, origin, said, title, who};
use crate::export::{Export, Frame};
use crate::story::{BlockKind, Story};

/// Plain text without marks or columns. Under each paragraph stand the quotes
/// that begin in it, long ones shortened, since their words were just read.
#[derive(Clone, Copy, Debug)]
pub struct Text;

/// The longest row, in columns.
const WIDTH: usize = 80;

/// How far findings are moved in.
const INDENT: &str = "    ";

/// How many characters of a quote are told.
const TOLD: usize = 120;

impl Export for Text {
    fn frame(&self, _several: bool) -> Frame {
        Frame { between: "\n---\n\n", ..Frame::default() }
    }

    fn one(&self, story: &Story, analysis: &Analysis) -> String {
        let mut page = Vec::new();
        page.extend([title(story), origin(story)].into_iter().flatten().map(|it| filled(&it, "")));
        let told = |(number, quote)| filled(&told(number, quote, story, analysis), INDENT);
        let mut quotes = analysis.quotes.iter().enumerate().peekable();
        for block in story.blocks() {
            let words = block.span.of(story.text());
            let told_above = match block.kind {
                BlockKind::Headline => story.title() == Some(words),
                BlockKind::Byline => story.byline() == Some(words),
                _ => block.repeats.is_some(),
            };
            if !told_above {
                page.push(filled(words, ""));
            }
            let here = iter::from_fn(|| quotes.next_if(|it| it.1.extent().start < block.span.end));
            page.push(here.map(told).collect());
        }
        page.push(quotes.map(told).collect());
        if analysis.quotes.is_empty() {
            page.push("No quote found in this story.\n".into());
        }
        if !analysis.struck.is_empty() {
            let said = analysis.struck.iter().map(|it| shortened(&said(it, story.text(), " ")));
            page.push(format!("{STRUCK}\n{}", said.map(|it| filled(&it, INDENT)).collect::<String>()));
        }
        for (heading, rows) in lists(analysis, |who, how| filled(&format!("{who}: {how}"), INDENT)) {
            page.push(format!("{heading}\n{rows}"));
        }
        page.retain(|it| !it.is_empty());
        page.join("\n")
    }
}

/// "Quote 3, said by Federica Mogherini, EU foreign policy chief (mixed): …"
fn told(number: usize, quote: &Quote, story: &Story, analysis: &Analysis) -> String {
    let speaker = quote.speaker.and_then(|it| analysis.entities.get(it));
    let speaker = speaker.map_or("an unknown speaker".into(), who);
    let said = said(quote, story.text(), " ");
    format!("Quote {}, said by {speaker} ({}): {}", number + 1, manner(quote), shortened(&said))
}

/// The first words, with "…" for what is left out. Never cut in a word that is not longer than all that is told.
fn shortened(words: &str) -> String {
    let Some((most, _)) = words.grapheme_indices(true).nth(TOLD) else { return words.into() };
    let end = words[..most].rfind(' ').unwrap_or(most);
    format!("{} …", words[..end].trim_end_matches([',', ' ']))
}

/// Words in rows of [`WIDTH`] columns, each moved in; a row below the first of its paragraph is moved in once more where
/// `indent` is not empty. A word that is longer than a row has one to itself.
fn filled(words: &str, indent: &str) -> String {
    let mut filled = String::new();
    for paragraph in words.lines() {
        let mut column = 0;
        for word in paragraph.split(' ').filter(|it| !it.is_empty()) {
            let width = word.graphemes(true).count();
            if column == 0 {
                filled += indent;
                column = indent.len();
            } else if column + 1 + width > WIDTH {
                filled.extend(["\n", indent, indent]);
                column = 2 * indent.len();
            } else {
                filled.push(' ');
                column += 1;
            }
            filled += word;
            column += width;
        }
        filled.push('\n');
    }
    filled
}
