//! Layout of a page: lines in reading order, column by column, from placed glyphs.

/// The narrowest space between words, in sizes of the letters.
const MIN_SPACE: f64 = 0.16;

/// A character or a ligature and its place, in points from the top left corner of the page.
#[derive(Clone, Debug)]
pub(crate) struct PlacedGlyph {
    pub(crate) text: String,
    pub(crate) x: f64,
    /// The baseline.
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) size: f64,
    /// Whether the file says that it stands beside the text, as a running head does.
    pub(crate) is_artifact: bool,
}

/// A line of one column.
#[derive(Clone, Debug)]
pub(crate) struct TextLine {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) y: f64,
    pub(crate) size: f64,
}

/// The lines of a page in reading order.
pub(crate) fn order_lines(glyphs: Vec<PlacedGlyph>) -> Vec<TextLine> {
    let segments = join_segments(cut_segments(glyphs));
    order_columns(segments)
}

/// Cuts glyphs, in the order in which they are drawn, where a line or a column ends.
fn cut_segments(glyphs: Vec<PlacedGlyph>) -> Vec<TextLine> {
    /// The widest space between words in a line whose edges are both straight, in sizes of the letters.
    const MAX_GAP: f64 = 2.5;
    let mut lines: Vec<TextLine> = Vec::new();
    for glyph in glyphs {
        let is_blank = glyph.text.trim().is_empty();
        let joins = lines.last().is_some_and(|line| {
            let gap = glyph.x - line.right;
            let size = line.size.max(glyph.size);
            (glyph.y - line.y).abs() < 0.5 * size && gap > -0.5 * size && gap < MAX_GAP * size
        });
        match lines.last_mut().filter(|_| joins) {
            Some(line) => {
                let gap = glyph.x - line.right;
                if (is_blank || gap > MIN_SPACE * line.size) && !line.text.ends_with(' ') {
                    line.text.push(' ');
                }
                if !is_blank {
                    line.text.push_str(&glyph.text);
                    line.right = glyph.x + glyph.width;
                    line.size = line.size.max(glyph.size);
                }
            }
            None if is_blank => {}
            None => lines.push(TextLine {
                left: glyph.x,
                right: glyph.x + glyph.width,
                y: glyph.y,
                size: glyph.size,
                text: glyph.text,
            }),
        }
    }
    for line in &mut lines {
        line.text.truncate(line.text.trim_end().len());
    }
    lines
}

/// Joins pieces of a line that were drawn one after another in a different order, and are close to each other.
fn join_segments(mut segments: Vec<TextLine>) -> Vec<TextLine> {
    /// The widest space between words that were drawn one by one, in sizes of the letters.
    const MAX_GAP: f64 = 0.6;
    segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    let mut lines: Vec<TextLine> = Vec::new();
    let mut row: Vec<TextLine> = Vec::new();
    let mut rows: Vec<Vec<TextLine>> = Vec::new();
    for segment in segments {
        if row.first().is_some_and(|first| (segment.y - first.y).abs() > 0.3 * segment.size.min(first.size)) {
            rows.push(std::mem::take(&mut row));
        }
        row.push(segment);
    }
    rows.push(row);
    for mut row in rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let start = lines.len();
        for segment in row {
            let last = lines.get_mut(start..).and_then(<[TextLine]>::last_mut);
            // Some programs draw bold letters twice.
            let is_again =
                |it: &TextLine| it.text == segment.text && (it.left - segment.left).abs() < 0.2 * it.size;
            if last.as_deref().is_some_and(is_again) {
                continue;
            }
            match last.filter(|it| {
                segment.left - it.right < MAX_GAP * it.size && segment.left - it.right > -it.size
            }) {
                Some(line) => {
                    if segment.left - line.right > MIN_SPACE * line.size {
                        line.text.push(' ');
                    }
                    line.text.push_str(&segment.text);
                    line.right = segment.right.max(line.right);
                }
                None => lines.push(segment),
            }
        }
    }
    lines
}

/// Puts the lines of columns one column after another. Lines across columns divide the page into bands.
fn order_columns(lines: Vec<TextLine>) -> Vec<TextLine> {
    let gutters = find_gutters(&lines);
    if gutters.is_empty() {
        return lines;
    }
    let crosses = |line: &TextLine| gutters.iter().any(|it| line.left < it - 1.0 && line.right > it + 1.0);
    let column = |line: &TextLine| gutters.iter().filter(|it| line.left >= **it - 1.0).count();
    let mut ordered = Vec::with_capacity(lines.len());
    let mut band: Vec<TextLine> = Vec::new();
    let flush = |band: &mut Vec<TextLine>, ordered: &mut Vec<TextLine>| {
        // The sort keeps the order from top to bottom.
        band.sort_by_key(&column);
        ordered.append(band);
    };
    for line in lines {
        if crosses(&line) {
            flush(&mut band, &mut ordered);
            ordered.push(line);
        } else {
            band.push(line);
        }
    }
    flush(&mut band, &mut ordered);
    ordered
}

/// The middles of the white strips between columns, from left to right.
fn find_gutters(lines: &[TextLine]) -> Vec<f64> {
    /// The narrowest strip, in points.
    const MIN_WIDTH: usize = 7;
    /// How many lines stand on each side of a strip.
    const MIN_LINES: usize = 4;
    /// The share of lines that may cross a strip: headlines, running heads.
    const MAX_CROSSING: f64 = 0.25;
    const MAX_PAGE: usize = 5_000;
    let mut edges = vec![0_i32; MAX_PAGE + 1];
    for line in lines {
        let (left, right) = (clamp(line.left, MAX_PAGE), clamp(line.right, MAX_PAGE));
        edges[left] += 1;
        edges[right] -= 1;
    }
    let mut covered = 0_i32;
    let coverage: Vec<f64> = edges
        .iter()
        .map(|it| {
            covered += it;
            f64::from(covered)
        })
        .collect();
    let (Some(first), Some(last)) =
        (coverage.iter().position(|it| *it > 0.0), coverage.iter().rposition(|it| *it > 0.0))
    else {
        return Vec::new();
    };
    let max = MAX_CROSSING * lines.len() as f64 / 2.0;
    let mut gutters = Vec::new();
    let mut start = None;
    for (at, covered) in coverage.iter().enumerate().take(last + 1).skip(first) {
        if *covered <= max {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start.take().filter(|from| at - from >= MIN_WIDTH) {
            let middle = (from + at) as f64 / 2.0;
            let before = lines.iter().filter(|it| it.right <= middle).count();
            let after = lines.iter().filter(|it| it.left >= middle).count();
            if before >= MIN_LINES && after >= MIN_LINES {
                gutters.push(middle);
            }
        }
    }
    gutters
}

/// A distance in whole points, within a page.
fn clamp(value: f64, max: usize) -> usize {
    if value.is_finite() { (value.max(0.0) as usize).min(max) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The glyphs of a line with letters of 10 points, each 5 wide.
    fn line(text: &str, x: f64, y: f64) -> Vec<PlacedGlyph> {
        let glyph = |(at, ch): (usize, char)| PlacedGlyph {
            text: ch.to_string(),
            x: x + 5.0 * at as f64,
            y,
            width: 5.0,
            size: 10.0,
            is_artifact: false,
        };
        text.chars().enumerate().map(glyph).collect()
    }

    #[test]
    fn columns_are_read_one_after_another_below_what_stands_across_them() {
        let mut glyphs = line("A headline across both of the columns of this page", 0.0, 10.0);
        for row in 0..6 {
            let y = 30.0 + 12.0 * f64::from(row);
            glyphs.extend(line(&format!("left row number {row} it"), 0.0, y));
            glyphs.extend(line(&format!("right row number {row}"), 140.0, y));
        }
        let texts: Vec<String> = order_lines(glyphs).into_iter().map(|it| it.text).collect();
        assert_eq!(texts.len(), 13);
        assert!(texts[0].starts_with("A headline across"));
        assert_eq!(texts[6], "left row number 5 it");
        assert_eq!(texts[7], "right row number 0");
    }

    #[test]
    fn words_without_spaces_between_them_are_separated_by_their_distance() {
        let glyphs = [line("It", 0.0, 10.0), line("rained.", 13.0, 10.0)].concat();
        let lines = order_lines(glyphs);
        assert_eq!(lines.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["It rained."]);
    }
}
