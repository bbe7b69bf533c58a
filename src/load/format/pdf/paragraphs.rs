//! Paragraphs of pages: lines are joined across columns and pages; running heads and page numbers are left out.

use std::collections::HashMap;

use crate::load::format::pdf::layout::TextLine;

/// A paragraph of a page.
#[derive(Clone, Debug)]
pub(crate) struct PageParagraph {
    pub(crate) lines: Vec<TextLine>,
    pub(crate) size: f64,
    /// The index of the page on which it begins.
    pub(crate) page: usize,
}

/// The size of most lines, in points.
pub(crate) fn body_size(pages: &[Vec<TextLine>]) -> f64 {
    let mut sizes: Vec<f64> = pages.iter().flatten().map(|it| it.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// The paragraphs of all pages in reading order.
pub(crate) fn find_paragraphs(pages: &[Vec<TextLine>], body_size: f64) -> Vec<PageParagraph> {
    let is_edge = edge_lines(pages);
    let mut paragraphs: Vec<PageParagraph> = Vec::new();
    for (page, (lines, is_edge)) in pages.iter().zip(&is_edge).enumerate() {
        let lines: Vec<&TextLine> = lines.iter().zip(is_edge).filter(|it| !it.1).map(|it| it.0).collect();
        let columns = ColumnEdges::of_lines(&lines);
        let leading = typical_leading(&lines);
        for (at, line) in lines.iter().enumerate() {
            let before = at.checked_sub(1).map(|it| lines[it]);
            let place = LinePlace { line, column: columns[at], leading, body_size };
            let last = paragraphs.last_mut();
            let joined = last.filter(|last| match before.filter(|it| is_below(it, line)) {
                Some(before) => !place.begins_paragraph(before),
                None => place.continues_elsewhere(last),
            });
            match joined {
                Some(paragraph) => paragraph.lines.push((*line).clone()),
                None => {
                    paragraphs.push(PageParagraph { lines: vec![(*line).clone()], size: line.size, page });
                }
            }
        }
    }
    paragraphs
}

/// Whether a line stands below another in the same column.
fn is_below(above: &TextLine, line: &TextLine) -> bool {
    above.y < line.y && line.left < above.right && above.left < line.right
}

fn has_same_size(a: f64, b: f64) -> bool {
    const MAX_DIFFERENCE: f64 = 0.12;
    (a - b).abs() <= MAX_DIFFERENCE * b
}

/// Whether a line ends a sentence. The number of a note may follow.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|it: char| it.is_ascii_digit()).ends_with(['.', '!', '?', '”', '"', '’', ':'])
}

/// The edges of a column, in points.
#[derive(Clone, Copy, Debug)]
struct ColumnEdges {
    left: f64,
    right: f64,
}

impl ColumnEdges {
    /// For each line the edges of the lines that stand in one column with it.
    fn of_lines(lines: &[&TextLine]) -> Vec<Self> {
        let mut columns = Vec::with_capacity(lines.len());
        let mut start = 0;
        for end in 1..=lines.len() {
            if end < lines.len() && is_below(lines[end - 1], lines[end]) {
                continue;
            }
            let column = lines[start..end].iter();
            let edges = column.fold(Self { left: f64::MAX, right: f64::MIN }, |edges, it| Self {
                left: edges.left.min(it.left),
                right: edges.right.max(it.right),
            });
            columns.resize(end, edges);
            start = end;
        }
        columns
    }
}

/// A line and what is around it.
struct LinePlace<'a> {
    line: &'a TextLine,
    column: ColumnEdges,
    /// The usual distance between baselines.
    leading: f64,
    body_size: f64,
}

impl LinePlace<'_> {
    /// Whether the line begins a paragraph, given the line above it.
    fn begins_paragraph(&self, above: &TextLine) -> bool {
        const MAX_LEADING: f64 = 1.35;
        /// The width of a letter in sizes, on average.
        const LETTER_WIDTH: f64 = 0.5;
        const MIN_INDENT: f64 = 0.7;
        const MIN_RAGGED: f64 = 0.2;
        let line = self.line;
        let is_large = line.size > 1.15 * self.body_size;
        if !has_same_size(above.size, line.size) {
            return true;
        }
        if line.y - above.y > MAX_LEADING * self.leading.max(line.size * 1.05) {
            return true;
        }
        if is_large {
            return false;
        }
        let ends = ends_sentence(&above.text);
        let is_indented = line.left - self.column.left > MIN_INDENT * line.size
            && line.left - above.left > (MIN_INDENT - 0.2) * line.size;
        let room = self.column.right - above.right;
        let first_word = line.text.split(' ').next().unwrap_or_default().chars().count() as f64 + 1.0;
        // The first word would have had room on the line above.
        let is_short = room > first_word * LETTER_WIDTH * line.size;
        let is_very_short = room > MIN_RAGGED * (self.column.right - self.column.left);
        ((is_indented || is_short) && ends) || (is_very_short && !line.text.starts_with(char::is_lowercase))
    }

    /// Whether the line, the first of a column or a page, continues the last paragraph.
    fn continues_elsewhere(&self, last: &PageParagraph) -> bool {
        const MIN_INDENT: f64 = 0.7;
        let is_indented = self.line.left - self.column.left > MIN_INDENT * self.line.size;
        let is_open = last.lines.last().is_some_and(|it| !ends_sentence(&it.text));
        has_same_size(last.size, self.line.size)
            && self.line.size <= 1.15 * self.body_size
            && is_open
            && !is_indented
            && last.lines.len() > 1
    }
}

/// The usual distance between the baselines of a page, in points.
fn typical_leading(lines: &[&TextLine]) -> f64 {
    const MAX_LEADING: f64 = 60.0;
    const USUAL: f64 = 14.0;
    let distances = lines.windows(2).map(|it| it[1].y - it[0].y);
    let mut distances: Vec<f64> = distances.filter(|it| *it > 1.0 && *it < MAX_LEADING).collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(USUAL)
}

/// For each line whether it is a page number or a running head: a line at the top or the bottom of its page that is on
/// another page too, apart from its numbers.
fn edge_lines(pages: &[Vec<TextLine>]) -> Vec<Vec<bool>> {
    let key = |line: &TextLine| {
        line.text.chars().filter(|it| it.is_alphabetic()).collect::<String>().to_lowercase()
    };
    let edges: Vec<Vec<bool>> = pages.iter().map(|it| lines_at_edges(it)).collect();
    let mut pages_with: HashMap<String, usize> = HashMap::new();
    for (lines, edges) in pages.iter().zip(&edges) {
        let mut keys: Vec<String> = lines.iter().zip(edges).filter(|it| *it.1).map(|it| key(it.0)).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *pages_with.entry(key).or_default() += 1;
        }
    }
    let is_furniture = |line: &TextLine| {
        let key = key(line);
        is_page_number(&line.text)
            || is_web_address(&line.text)
            || (!key.is_empty() && pages_with.get(&key).is_some_and(|it| *it > 1))
    };
    let judge = |(lines, edges): (&Vec<TextLine>, Vec<bool>)| {
        lines.iter().zip(edges).map(|(line, is_edge)| is_edge && is_furniture(line)).collect()
    };
    pages.iter().zip(edges).map(judge).collect()
}

/// For each line of a page whether it is one of the highest or the lowest.
fn lines_at_edges(lines: &[TextLine]) -> Vec<bool> {
    const EDGE_LINES: usize = 3;
    let mut heights: Vec<f64> = lines.iter().map(|it| it.y).collect();
    heights.sort_by(f64::total_cmp);
    let top = heights.get(EDGE_LINES - 1).copied().unwrap_or(f64::MAX);
    let bottom = heights.len().checked_sub(EDGE_LINES).map_or(f64::MIN, |it| heights[it]);
    lines.iter().map(|it| it.y <= top || it.y >= bottom).collect()
}

/// Whether a line is an address alone, with or without a page number, as browsers print it under a page.
fn is_web_address(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next().is_some_and(|it| it.starts_with("http://") || it.starts_with("https://"))
        && words.all(|it| it.bytes().all(|it| it.is_ascii_digit() || it == b'/'))
}

/// Whether a line is a page number: "12", "Page 3 of 9", "– 4 –".
fn is_page_number(line: &str) -> bool {
    const MAX_DIGITS: usize = 4;
    let is_number = |it: &str| {
        let it = it.trim();
        !it.is_empty() && it.len() <= MAX_DIGITS && it.bytes().all(|byte| byte.is_ascii_digit())
    };
    let lower = line.to_lowercase();
    let rest = lower.trim_start_matches("page").trim_matches([' ', '-', '–', '|', '·']);
    let parts = rest.split_once(" of ").or_else(|| rest.split_once('/'));
    is_number(rest) || parts.is_some_and(|it| is_number(it.0) && is_number(it.1))
}
