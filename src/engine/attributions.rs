//! What the tagger says → reports: its stretches joined by its links, their ends at the quotation marks beside them.

use super::marks::Marked;
use super::model::{Part, Stretch, Tagged};
use super::report::Report;
use super::sheet::Sheet;
use super::tokens::Class;
use crate::analysis::Rule;
use crate::span::Span;

/// How many words of a marked stretch a content may miss at its ends and still mean all of it.
const SLACK: usize = 1;

/// The reports that the tagger makes out, in reading order of their words.
pub(super) fn attributions(sheet: &Sheet, marked: &[Marked], tagged: &Tagged) -> Vec<Report> {
    let mut reports: Vec<(Option<usize>, Report)> = Vec::new();
    for content in tagged.stretches.iter().filter(|it| it.part == Part::Content) {
        let to = tagged.content_links(content.span).first().and_then(|it| it.to);
        let cue = to.filter(|it| tagged.stretches[*it].part == Part::Cue);
        for span in by_block(sheet, content.span).map(|it| snapped(sheet, marked, it)) {
            // What is said in another paragraph is another quote, unless its marks say that the quote goes on there.
            let block = sheet.story.block_at(span.start);
            let beside =
                |it: &Report| it.contents.first().and_then(|it| sheet.story.block_at(it.start)) == block;
            let same =
                reports.iter_mut().rev().take(4).find(|it| cue.is_some() && it.0 == cue && beside(&it.1));
            match same {
                Some((_, report)) => {
                    report.contents.push(span);
                    report.confidence = report.confidence.max(content.probability);
                }
                None => reports.push((cue, report(tagged, content, to, span))),
            }
        }
    }
    reports
        .into_iter()
        .map(|(_, mut it)| {
            let contents = std::mem::take(&mut it.contents);
            it.telling(contents)
        })
        .collect()
}

fn report(tagged: &Tagged, content: &Stretch, to: Option<usize>, span: Span) -> Report {
    let end = to.map(|it| tagged.stretches[it]);
    let cue = end.filter(|it| it.part == Part::Cue);
    let source = match cue {
        Some(cue) => tagged.cue_links(cue.span).first().and_then(|it| it.to).map(|it| tagged.stretches[it]),
        None => end,
    };
    Report {
        source: source.map(|it| it.span),
        cue: cue.map(|it| it.span),
        contents: vec![span],
        rule: Rule::Tagger,
        confidence: content.probability,
    }
}

/// A stretch cut where its blocks end.
fn by_block<'a>(sheet: &'a Sheet, span: Span) -> impl Iterator<Item = Span> + 'a {
    let blocks = sheet.story.blocks();
    let first = blocks.partition_point(|it| it.span.end <= span.start);
    let within = blocks[first..].iter().take_while(move |it| it.span.start < span.end);
    within.map(move |it| Span::new(span.start.max(it.span.start), span.end.min(it.span.end)))
}

/// A content whose ends lie within a word of a quotation mark takes the mark
/// with it; one that barely reaches into a marked stretch lets go of it.
fn snapped(sheet: &Sheet, marked: &[Marked], content: Span) -> Span {
    let mut span = content;
    let first = marked.partition_point(|it| it.span.end <= content.start);
    for stretch in marked[first..].iter().take_while(|it| it.span.start < content.end) {
        let ahead = words(sheet, Span::new(stretch.span.start, content.start));
        let behind = words(sheet, Span::new(content.end, stretch.span.end));
        if stretch.span.start <= content.start && ahead <= SLACK {
            span.start = span.start.min(stretch.span.start);
        }
        // Speech that its comma or stop ends is over with its mark: "“We won,” Lee said and left."
        let over = stretch.inner.of(sheet.text).ends_with([',', '.', '!', '?']);
        let more = marked[first..]
            .iter()
            .take(9)
            .any(|it| stretch.span.end <= it.span.start && it.span.start < content.end);
        if stretch.span.start == span.start && over && stretch.span.end < content.end && !more {
            span.end = stretch.span.end;
        }
        if stretch.span.end >= content.end && behind <= SLACK {
            span.end = span.end.max(stretch.span.end);
        }
    }
    span
}

/// How many words stand in a stretch of text.
fn words(sheet: &Sheet, span: Span) -> usize {
    sheet.tokens_in(span).filter(|it| sheet.tokens[*it].class != Class::Mark).count()
}
