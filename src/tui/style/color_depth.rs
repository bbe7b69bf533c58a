//! The colour depth of the terminal: colours are rounded to the palette of 256 for terminals that know no more.

use ratatui::buffer::Buffer;
use ratatui::style::Color;

/// Terminals that show all colours though they do not set `COLORTERM`.
const TRUE_COLOR_TERMINALS: &[&str] = &["alacritty", "contour", "foot", "ghostty", "kitty", "rio", "wezterm"];

/// Returns whether the terminal shows all colours, by the values of `COLORTERM` and `TERM`.
pub(crate) fn has_true_color(color_term: &str, term: &str) -> bool {
    matches!(color_term, "truecolor" | "24bit")
        || term.ends_with("-direct")
        || TRUE_COLOR_TERMINALS.iter().any(|it| term.contains(it))
}

/// Rounds all colours of a frame to the palette of 256 colours.
pub(crate) fn reduce_colors(frame: &mut Buffer) {
    // Adjacent cells mostly have the same colours.
    let mut last = (Color::Reset, Color::Reset);
    let mut reduce = |color: Color| {
        if color != last.0 {
            last = (color, reduced(color));
        }
        last.1
    };
    frame.content.iter_mut().for_each(|cell| cell.fg = reduce(cell.fg));
    frame.content.iter_mut().for_each(|cell| cell.bg = reduce(cell.bg));
}

/// Returns the nearest colour of the palette: of its cube of six levels a channel, or of its greys.
fn reduced(color: Color) -> Color {
    let Color::Rgb(red, green, blue) = color else { return color };
    let channels = [red, green, blue];
    let steps = channels.map(|it| match it {
        0..48 => 0,
        48..115 => 1,
        _ => (it - 35) / 40,
    });
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    let mean = channels.iter().map(|it| u32::from(*it)).sum::<u32>() / 3;
    let grey = (mean.saturating_sub(3) / 10).min(23) as u8;
    let distance = |other: [u8; 3]| -> u32 {
        channels.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    if distance([8 + 10 * grey; 3]) < distance(steps.map(level)) {
        Color::Indexed(232 + grey)
    } else {
        Color::Indexed(16 + 36 * steps[0] + 6 * steps[1] + steps[2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_rounded_to_the_nearest_of_the_palette() {
        for (color, nearest) in [
            (Color::Rgb(0, 0, 0), Color::Indexed(16)),
            (Color::Rgb(255, 255, 255), Color::Indexed(231)),
            (Color::Rgb(118, 118, 118), Color::Indexed(243)),
            (Color::Rgb(27, 28, 30), Color::Indexed(234)),
            (Color::Rgb(0x35, 0xb3, 0xfc), Color::Indexed(75)),
            (Color::Yellow, Color::Yellow),
            (Color::Reset, Color::Reset),
        ] {
            assert_eq!(reduced(color), nearest, "{color:?}");
        }
    }

    #[test]
    fn a_terminal_that_says_so_or_is_known_shows_all_colours() {
        for (color_term, term, expected) in [
            ("truecolor", "xterm-256color", true),
            ("24bit", "xterm", true),
            ("", "xterm-kitty", true),
            ("", "xterm-direct", true),
            ("", "xterm-256color", false),
            ("", "screen", false),
        ] {
            assert_eq!(has_true_color(color_term, term), expected, "{color_term} {term}");
        }
    }
}
