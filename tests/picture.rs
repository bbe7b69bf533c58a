//! Pictures of the README: drawn from the real screen and compared with the files.
//!
//! `PULLQUOTE_PICTURE=write cargo test --test picture` rewrites them.

#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use termlens::{Color, Screen, Style, Terminal};

/// The size of the screen, in cells.
const COLUMNS: u16 = 108;
const ROWS: u16 = 32;
/// The size of a cell, in pixels.
const CELL_WIDTH: f32 = 8.4;
const CELL_HEIGHT: f32 = 18.0;
/// The distance from a row's upper edge to its baseline, in pixels.
const BASELINE: f32 = 13.5;
/// The space around the screen, in pixels.
const MARGIN: f32 = 14.0;

#[test]
fn the_picture_on_dark_paper_is_what_the_program_shows() {
    check_picture("dark", ["#d6d3cd", "#1b1c1e"]);
}

#[test]
fn the_picture_on_light_paper_is_what_the_program_shows() {
    check_picture("light", ["#2a2926", "#faf8f3"]);
}

/// Compares the picture of a theme with its file, or writes it. `colors` are those of plain text and of the background.
fn check_picture(theme: &str, colors: [&str; 2]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let drawn = draw(&screen(theme, root), colors);
    let file = root.join(format!("assets/screen-{theme}.svg"));
    if env::var_os("PULLQUOTE_PICTURE").is_some_and(|it| it == "write") {
        return fs::write(file, drawn).expect("the picture can be written");
    }
    assert!(
        fs::read_to_string(&file).expect("the picture is there") == drawn,
        "assets/screen-{theme}.svg is stale: PULLQUOTE_PICTURE=write cargo test --test picture"
    );
}

/// The screen of the real program: the sample story with its second quote selected.
fn screen(theme: &str, root: &Path) -> Screen {
    let mut terminal = Terminal::builder()
        .size(COLUMNS, ROWS)
        .timeout(Duration::from_mins(1))
        .env("PULLQUOTE_CONFIG", env!("CARGO_TARGET_TMPDIR"))
        .env("COLORTERM", "truecolor")
        .args(["--theme", theme, "--color", "always", "--no-shelf"])
        .arg(root.join("assets/stories/strait-talks.txt"))
        .spawn(env!("CARGO_BIN_EXE_pullquote"))
        .expect("it starts");
    terminal.wait_until(|it| it.contains("quote 1/")).expect("the quotes are shown");
    terminal.send_str("]q").expect("keys can be sent");
    terminal.snapshot_after(|it| it.contains("quote 2/")).expect("the second quote")
}

/// Draws a screen as SVG.
fn draw(screen: &Screen, [foreground, background]: [&str; 2]) -> String {
    let (width, height) =
        (f32::from(COLUMNS) * CELL_WIDTH + 2.0 * MARGIN, f32::from(ROWS) * CELL_HEIGHT + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {width:.1} {height:.1}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <title>pullquote over a sample story: the text on the left, its quotes by speaker on the right</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{background}\"/>\n"
    );
    for row in 0..ROWS {
        for (column, style, text) in runs(screen, row) {
            draw_run(&mut svg, (row, column), &style, &text, [foreground, background]);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The runs of one style in a row, each with its first column.
fn runs(screen: &Screen, row: u16) -> Vec<(u16, Style, String)> {
    let mut runs: Vec<(u16, Style, String)> = Vec::new();
    for column in 0..COLUMNS {
        let Some(cell) = screen.cell(row, column) else { continue };
        let symbol = if cell.contents().is_empty() { " " } else { cell.contents() };
        match runs.last_mut() {
            Some((_, style, text)) if style == cell.style() => text.push_str(symbol),
            _ => runs.push((column, *cell.style(), symbol.to_string())),
        }
    }
    runs
}

fn draw_run(
    svg: &mut String,
    (row, column): (u16, u16),
    style: &Style,
    text: &str,
    [foreground, background]: [&str; 2],
) {
    let (mut front, mut back) = (color(style.fg, foreground), color(style.bg, background));
    if style.reverse {
        std::mem::swap(&mut front, &mut back);
    }
    let at = |column: usize| MARGIN + column as f32 * CELL_WIDTH;
    let top = MARGIN + f32::from(row) * CELL_HEIGHT;
    let columns = text.chars().count();
    let start = usize::from(column);
    if back != background {
        let (x, wide) = (at(start), columns as f32 * CELL_WIDTH);
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{CELL_HEIGHT}\" fill=\"{back}\"/>"
        );
    }
    let attributes = [
        (style.bold, " font-weight=\"bold\""),
        (style.italic, " font-style=\"italic\""),
        (style.underline, " text-decoration=\"underline\""),
        (style.dim, " opacity=\"0.6\""),
    ];
    let attributes: String = attributes.iter().filter(|it| it.0).map(|it| it.1).collect();
    // Each word is placed at its own column, so that the font of the viewer does not matter.
    let y = top + BASELINE;
    let mut start = start;
    for word in text.split(' ') {
        let columns = word.chars().count();
        if columns > 0 {
            let escaped = word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let (x, wide) = (at(start), columns as f32 * CELL_WIDTH);
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{wide:.1}\" fill=\"{front}\"{attributes}>{escaped}</text>"
            );
        }
        start += columns + 1;
    }
}

/// A color as SVG names it; `default` stands for the terminal's own.
fn color(color: Color, default: &str) -> String {
    match color {
        Color::Default => default.to_string(),
        color => color.to_string(),
    }
}
