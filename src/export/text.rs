//! The story in reading order with its findings in words: for pipes, and for ears.

use std::iter;

use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::{Analysis, Quote};
use crate::export::phrasing::{
    REJECTED_TITLE, entity_lists, kind_and_remark, name_with_role, origin, quoted_text, story_title,
};
use crate::export::{Envelope, Export};
use crate::story::{BlockKind, Story};

/// Plain text without marks or columns. Under each paragraph stand the quotes
/// that begin in it, long ones shortened, since their words were just read.
#[derive(Clone, Copy, Debug)]
pub struct Text;

/// The longest row, in columns.
const MAX_COLUMNS: usize = 80;

/// How far findings are moved in.
const INDENT: &str = "    ";

/// How many characters of a quote are told.
const MAX_QUOTE_GRAPHEMES: usize = 120;

impl Export for Text {
    fn envelope(&self, _several: bool) -> Envelope {
        Envelope { separator: "\n---\n\n", ..Envelope::default() }
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        let mut page = Vec::new();
        page.extend([story_title(story), origin(story)].into_iter().flatten().map(|it| wrap(&it, "")));
        let told = |(number, quote)| wrap(&describe_quote(number, quote, story, analysis), INDENT);
        let mut quotes = analysis.quotes.iter().enumerate().peekable();
        for block in story.blocks() {
            let words = block.span.slice(story.text());
            let told_above = match block.kind {
                BlockKind::Headline => story.headline() == Some(words),
                BlockKind::Byline => story.byline() == Some(words),
                _ => block.repeats.is_some(),
            };
            if !told_above {
                page.push(wrap(words, ""));
            }
            let here = iter::from_fn(|| quotes.next_if(|it| it.1.extent().start < block.span.end));
            page.push(here.map(told).collect());
        }
        page.push(quotes.map(told).collect());
        if analysis.quotes.is_empty() {
            page.push("No quote found in this story.\n".into());
        }
        if !analysis.rejected.is_empty() {
            let said = analysis.rejected.iter().map(|it| truncate(&quoted_text(it, story.text(), " ")));
            page.push(format!("{REJECTED_TITLE}\n{}", said.map(|it| wrap(&it, INDENT)).collect::<String>()));
        }
        for (heading, rows) in entity_lists(analysis, |who, how| wrap(&format!("{who}: {how}"), INDENT)) {
            page.push(format!("{heading}\n{rows}"));
        }
        page.retain(|it| !it.is_empty());
        page.join("\n")
    }
}

/// "Quote 3, said by Federica Mogherini, EU foreign policy chief (mixed): …"
fn describe_quote(number: usize, quote: &Quote, story: &Story, analysis: &Analysis) -> String {
    let speaker = quote.speaker.and_then(|it| analysis.entities.get(it));
    let speaker = speaker.map_or("an unknown speaker".into(), name_with_role);
    let said = quoted_text(quote, story.text(), " ");
    format!("Quote {}, said by {speaker} ({}): {}", number + 1, kind_and_remark(quote), truncate(&said))
}

/// The first words, with "…" for what is left out. Never cut in a word that is not longer than all that is told.
fn truncate(words: &str) -> String {
    let Some((most, _)) = words.grapheme_indices(true).nth(MAX_QUOTE_GRAPHEMES) else { return words.into() };
    let end = words[..most].rfind(' ').unwrap_or(most);
    format!("{} …", words[..end].trim_end_matches([',', ' ']))
}

/// Words in rows of [`WIDTH`] columns, each moved in; a row below the first of its paragraph is moved in once more where
/// `indent` is not empty. A word that is longer than a row has one to itself.
fn wrap(words: &str, indent: &str) -> String {
    let mut filled = String::new();
    for paragraph in words.lines() {
        let mut column = 0;
        for word in paragraph.split(' ').filter(|it| !it.is_empty()) {
            let width = word.graphemes(true).count();
            if column == 0 {
                filled += indent;
                column = indent.len();
            } else if column + 1 + width > MAX_COLUMNS {
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
