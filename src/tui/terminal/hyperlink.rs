//! Hyperlinks of the terminal (OSC 8): cells that lead to a web address when they are clicked.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Position;
use supports_hyperlinks::Stream;

use crate::tui::text::width::display_width;

/// The longest address, in bytes; some terminals drop longer ones.
const MAX_ADDRESS_BYTES: usize = 2083;

/// The sequence that ends a hyperlink.
const END: &str = "\x1b]8;;\x1b\\";

/// A cell that shows a character of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkCell<'a> {
    pub(crate) at: Position,
    /// The character; a cell that shows something else is covered.
    pub(crate) symbol: String,
    /// The number of the link, by which the terminal knows its cells on several rows.
    pub(crate) link: usize,
    pub(crate) address: &'a str,
}

/// Whether the terminal knows hyperlinks, as its environment variables say.
pub(crate) fn are_supported() -> bool {
    supports_hyperlinks::on(Stream::Stdout)
}

/// Makes cells of a frame hyperlinks.
///
/// Each cell has the whole sequence: only the cells that have changed are written, in any order.
pub(crate) fn link_cells(buffer: &mut Buffer, cells: &[LinkCell]) {
    for LinkCell { at, symbol, link, address } in cells {
        let Some(cell) = buffer.cell_mut(*at).filter(|it| it.symbol() == symbol) else { continue };
        let Some(start) = start_sequence(*link, address) else { continue };
        if !matches!(cell.diff_option, CellDiffOption::ForcedWidth(_)) {
            let width = NonZeroU16::new(display_width(symbol) as u16).unwrap_or(NonZeroU16::MIN);
            cell.diff_option = CellDiffOption::ForcedWidth(width);
        }
        cell.set_symbol(&format!("{start}{symbol}{END}"));
    }
}

/// The sequence that begins a hyperlink; `None` if the address is too long, or no plain web address. Only visible characters of
/// ASCII leave the program, others as their percent codes.
fn start_sequence(link: usize, address: &str) -> Option<String> {
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    if !is_web || address.chars().any(|it| it.is_control() || it.is_whitespace()) {
        return None;
    }
    let encode = |byte: u8| match byte {
        0x21..=0x7E => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let encoded: String = address.bytes().map(encode).collect();
    (encoded.len() <= MAX_ADDRESS_BYTES).then(|| format!("\x1b]8;id={link};{encoded}\x1b\\"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn frame(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, Style::new());
        buffer
    }

    fn cell(x: u16, symbol: &str) -> LinkCell<'static> {
        LinkCell { at: Position { x, y: 0 }, symbol: symbol.into(), link: 3, address: "https://a.example/b" }
    }

    #[test]
    fn each_changed_cell_carries_the_whole_sequence_and_keeps_its_width() {
        let (before, mut after) = (frame("it ran"), frame("x日y it"));
        link_cells(&mut after, &[cell(0, "x"), cell(1, "日"), cell(3, "y")]);
        let linked = |symbol: &str| format!("\x1b]8;id=3;https://a.example/b\x1b\\{symbol}\x1b]8;;\x1b\\");
        let written: Vec<(u16, String)> =
            before.diff(&after).into_iter().map(|it| (it.0, it.2.symbol().to_owned())).collect();
        assert_eq!(written[..3], [(0, linked("x")), (1, linked("日")), (3, linked("y"))]);
        // What has not changed is not written again.
        assert!(after.diff(&after.clone()).is_empty());
    }

    #[test]
    fn a_covered_cell_is_no_link() {
        let mut covered = frame("note");
        link_cells(&mut covered, &[cell(0, "x"), cell(40, "y")]);
        assert_eq!(covered, frame("note"));
    }

    #[test]
    fn nothing_but_a_plain_web_address_is_written() {
        for (address, written) in [
            ("https://a.example/b?c=1;d#e", Some("\x1b]8;id=0;https://a.example/b?c=1;d#e\x1b\\")),
            ("http://a.example/é", Some("\x1b]8;id=0;http://a.example/%C3%A9\x1b\\")),
            ("https://a.example/\x1b\\", None),
            ("https://a.example/\x07", None),
            ("https://a.example/\u{9c}", None),
            ("https://a.example/a b", None),
            ("file:///etc/passwd", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(start_sequence(0, address).as_deref(), written, "{address}");
        }
        assert_eq!(start_sequence(0, &format!("https://a.example/{}", "a".repeat(3000))), None);
    }
}
