//! The pictures in the README are what the program shows: each is drawn from the real screen and held against its file.
//!
//! `PULLQUOTE_PICTURE=write cargo test --test picture` draws them anew.

#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use termlens::{Color, Screen, Style, Terminal};

/// The screen's size in cells, and a cell's in pixels.
const COLUMNS: u16 = 108;
const ROWS: u16 = 32;
const WIDE: f32 = 8.4;
const HIGH: f32 = 18.0;
/// From a row's upper edge to the line that its letters stand on.
const BASE: f32 = 13.5;
const MARGIN: f32 = 14.0;

#[test]
fn the_picture_on_dark_paper_is_what_the_program_shows() {
    holds("dark", ["#d6d3cd", "#1b1c1e"]);
}

#[test]
fn the_picture_on_light_paper_is_what_the_program_shows() {
    holds("light", ["#2a2926", "#faf8f3"]);
}

/// Holds a theme's picture against its file, or writes that; `colors` are those of plain text and of the paper.
fn holds(theme: &str, colors: [&str; 2]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let drawn = draw(&shown(theme, root), colors);
    let file = root.join(format!("assets/screen-{theme}.svg"));
    if env::var_os("PULLQUOTE_PICTURE").is_some_and(|it| it == "write") {
        return fs::write(file, drawn).expect("the picture can be written");
    }
    assert!(
        fs::read_to_string(&file).expect("the picture is there") == drawn,
        "assets/screen-{theme}.svg is stale: PULLQUOTE_PICTURE=write cargo test --test picture"
    );
}

/// The sample story, its second quote chosen, as the real program shows it.
fn shown(theme: &str, root: &Path) -> Screen {
    let mut terminal = Terminal::builder()
        .size(COLUMNS, ROWS)
        .timeout(Duration::from_mins(1))
        .env("PULLQUOTE_CONFIG", env!("CARGO_TARGET_TMPDIR"))
        .args(["--theme", theme, "--color", "always", "--no-shelf"])
        .arg(root.join("assets/stories/strait-talks.txt"))
        .spawn(env!("CARGO_BIN_EXE_pullquote"))
        .expect("it starts");
    terminal.wait_until(|it| it.contains("quote 1/")).expect("the findings come");
    terminal.send_str("]q").expect("keys can be sent");
    terminal.snapshot_after(|it| it.contains("quote 2/")).expect("the second quote")
}

/// A screen as SVG.
fn draw(screen: &Screen, [ink, paper]: [&str; 2]) -> String {
    let (width, height) = (f32::from(COLUMNS) * WIDE + 2.0 * MARGIN, f32::from(ROWS) * HIGH + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {width:.1} {height:.1}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <title>pullquote over a sample story: the text on the left, its quotes by speaker on the right</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{paper}\"/>\n"
    );
    for row in 0..ROWS {
        for (column, style, words) in runs(screen, row) {
            draw_run(&mut svg, (row, column), &style, &words, [ink, paper]);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The stretches of one style in a row, each with the column where it begins.
fn runs(screen: &Screen, row: u16) -> Vec<(u16, Style, String)> {
    let mut runs: Vec<(u16, Style, String)> = Vec::new();
    for column in 0..COLUMNS {
        let Some(cell) = screen.cell(row, column) else { continue };
        let sign = if cell.contents().is_empty() { " " } else { cell.contents() };
        match runs.last_mut() {
            Some((_, style, words)) if style == cell.style() => words.push_str(sign),
            _ => runs.push((column, *cell.style(), sign.to_string())),
        }
    }
    runs
}

fn draw_run(
    svg: &mut String,
    (row, column): (u16, u16),
    style: &Style,
    words: &str,
    [ink, paper]: [&str; 2],
) {
    let (mut front, mut back) = (color(style.fg, ink), color(style.bg, paper));
    if style.reverse {
        std::mem::swap(&mut front, &mut back);
    }
    let at = |column: usize| MARGIN + column as f32 * WIDE;
    let top = MARGIN + f32::from(row) * HIGH;
    let columns = words.chars().count();
    let start = usize::from(column);
    if back != paper {
        let (x, wide) = (at(start), columns as f32 * WIDE);
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{HIGH}\" fill=\"{back}\"/>"
        );
    }
    let looks = [
        (style.bold, " font-weight=\"bold\""),
        (style.italic, " font-style=\"italic\""),
        (style.underline, " text-decoration=\"underline\""),
        (style.dim, " opacity=\"0.6\""),
    ];
    let looks: String = looks.iter().filter(|it| it.0).map(|it| it.1).collect();
    // Each word stands in its own columns, whatever the letters of whoever looks at it measure.
    let y = top + BASE;
    let mut start = start;
    for word in words.split(' ') {
        let columns = word.chars().count();
        if columns > 0 {
            let escaped = word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let (x, wide) = (at(start), columns as f32 * WIDE);
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{wide:.1}\" fill=\"{front}\"{looks}>{escaped}</text>"
            );
        }
        start += columns + 1;
    }
}

/// A color of the themes, which name each by its red, green and blue; `plain` is the terminal's own.
fn color(color: Color, plain: &str) -> String {
    match color {
        Color::Default => plain.to_string(),
        color => color.to_string(),
    }
}
