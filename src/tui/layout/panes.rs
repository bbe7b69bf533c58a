//! The panes: where each part of the screen lies for a given screen size.

use ratatui::layout::{Rect, Size};

use crate::config::settings::DEFAULT_TEXT_WIDTH;

/// Columns left of the text: cursor, two digits, a symbol, a quote bar, a space.
pub(crate) const MARGIN_WIDTH: u16 = 6;

/// On a narrower screen the side pane covers the story instead of standing beside it.
const MIN_SIDE_BY_SIDE_WIDTH: u16 = 80;

/// A smaller screen shows only the status bar.
pub(crate) const MIN_PAGE_SIZE: Size = Size { width: 20, height: 5 };

/// Screens from this height on have a rule above the status bar.
const MIN_HEIGHT_WITH_RULE: u16 = 10;

/// Screens from this height on have an empty row below the title bar.
const MIN_HEIGHT_WITH_SPACER: u16 = 16;

/// Rows that the tour must leave to the rest of the screen.
const MIN_HEIGHT_BESIDE_TOUR: u16 = 10;

/// A narrower story pane has the narrow margin.
const MIN_WIDTH_WITH_FULL_MARGIN: u16 = 40;

/// Width of the narrow margin, in columns.
const NARROW_MARGIN_WIDTH: u16 = 3;

/// Text is centred only if more than this many columns are free.
const MIN_FREE_WIDTH_TO_CENTER: u16 = 4;

/// Limits of the side pane and of what it leaves to the story, in columns.
const MIN_SIDE_WIDTH: i32 = 24;
const MAX_SHARED_SIDE_WIDTH: u16 = 96;
const MIN_STORY_WIDTH: i32 = 32;

/// Screens from this width on have a third column, whose width is a share of the screen in per cent within limits.
const MIN_WIDTH_FOR_DETAIL: u16 = 160;
const DETAIL_PERCENT: u16 = 24;
const MIN_DETAIL_WIDTH: u16 = 40;
const MAX_DETAIL_WIDTH: u16 = 60;

/// The columns of a wide list beside the story or in place of it, at most: the keys at the right of its rows stay near the texts.
const MAX_WIDE_SIDE_WIDTH: u16 = 92;

/// Columns beside the text that a wide screen keeps free for the story.
const FREE_STORY_WIDTH: u16 = 20;

/// The user's options for the panes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PaneOptions {
    /// Maximum width of the text, in columns.
    pub(crate) text_width: u16,
    /// Columns added to the side pane's share; negative values narrow it.
    pub(crate) extra_side_width: i16,
    /// Rows of the tour between rule and status bar; none if the screen is too low.
    pub(crate) strip_height: u16,
    /// Whether the text is centred in its pane.
    pub(crate) centered: bool,
    /// Whether only the text is shown.
    pub(crate) zen: bool,
}

impl Default for PaneOptions {
    fn default() -> Self {
        Self {
            text_width: DEFAULT_TEXT_WIDTH,
            extra_side_width: 0,
            strip_height: 0,
            centered: true,
            zen: false,
        }
    }
}

/// The parts of the screen. A part without room is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Panes {
    pub(crate) title: Rect,
    /// Everything between title bar and rule.
    pub(crate) body: Rect,
    /// The story's margin: cursor, speaker numbers and quote bars.
    pub(crate) margin: Rect,
    pub(crate) text: Rect,
    /// The border between story and side pane.
    pub(crate) border: Rect,
    /// The scroll bar, at the right edge of the story; on the border if there is one.
    pub(crate) scrollbar: Rect,
    pub(crate) side: Rect,
    /// The border between side pane and third column.
    pub(crate) detail_border: Rect,
    /// The text of the third column, which explains what is chosen; empty on a screen that is not wide.
    pub(crate) detail: Rect,
    pub(crate) rule: Rect,
    /// The text of the tour.
    pub(crate) strip: Rect,
    pub(crate) status: Rect,
    /// Whether the side pane covers the story.
    pub(crate) side_overlays_story: bool,
}

impl Panes {
    /// Lays out a screen. A screen that is too small for a page has only the status bar.
    pub(crate) fn new(screen: Size, options: PaneOptions) -> Self {
        let Size { width, height } = screen;
        let status = Rect::new(0, height.saturating_sub(1), width, height.min(1));
        if width < MIN_PAGE_SIZE.width || height < MIN_PAGE_SIZE.height {
            return Self { status, side_overlays_story: true, ..Self::default() };
        }
        let title_height = u16::from(!options.zen);
        let rule_height = u16::from(height >= MIN_HEIGHT_WITH_RULE) * title_height;
        let spacer = u16::from(height >= MIN_HEIGHT_WITH_SPACER);
        let has_room_for_tour = options.strip_height <= height.saturating_sub(MIN_HEIGHT_BESIDE_TOUR);
        let strip = if has_room_for_tour { options.strip_height } else { 0 };
        let title = Rect::new(0, 0, width, title_height);
        let body = Rect::new(
            0,
            title_height + spacer,
            width,
            height - 1 - title_height - rule_height - spacer - strip,
        );
        let rule = Rect::new(0, height - 1 - rule_height - strip, width, rule_height);
        let strip = Rect::new(0, height - 1 - strip, width, strip);
        let overlays = width < MIN_SIDE_BY_SIDE_WIDTH || options.zen;
        let detail_width = if width < MIN_WIDTH_FOR_DETAIL || overlays { 0 } else { detail_width(width) };
        // The columns of story and side pane; a border separates them from the third column.
        let two_panes = width - detail_width - u16::from(detail_width > 0);
        let side_width = if overlays { width } else { side_width(two_panes, options) };
        let story_width = if overlays { width } else { two_panes - side_width - 1 };
        let margin_width =
            if story_width < MIN_WIDTH_WITH_FULL_MARGIN { NARROW_MARGIN_WIDTH } else { MARGIN_WIDTH };
        let text_width = options.text_width.min(story_width - margin_width - 1);
        let free = story_width - margin_width - text_width;
        // The margin looks like part of the text, so the space left of it is a little narrower.
        let left = if options.centered && free > MIN_FREE_WIDTH_TO_CENTER {
            (free - MARGIN_WIDTH / 2) / 2
        } else {
            0
        };
        let margin = Rect { x: left, width: margin_width, ..body };
        let text = Rect { x: left + margin_width, width: text_width, ..body };
        let border = Rect { x: story_width, width: u16::from(!overlays), ..body };
        let scrollbar = Rect { x: story_width - u16::from(overlays), width: 1, ..body };
        let side = Rect { x: two_panes - side_width, width: side_width, ..body };
        let detail_border = Rect { x: two_panes, width: u16::from(detail_width > 0), ..body };
        let detail = Rect {
            x: width - detail_width + 2.min(detail_width),
            width: detail_width.saturating_sub(3),
            ..body
        };
        let panes = Self {
            title,
            body,
            margin,
            text,
            border,
            scrollbar,
            side,
            detail_border,
            detail,
            rule,
            strip,
            status,
            side_overlays_story: overlays,
        };
        if options.zen {
            let nothing = Rect::default();
            return Self { title: nothing, scrollbar: nothing, rule: nothing, ..panes };
        }
        panes
    }

    /// The row of tabs at the top of the side pane, with a space at its end.
    pub(crate) fn tabs(&self) -> Rect {
        let Rect { x, y, width, height } = self.side;
        Rect::new(x + 2.min(width), y, width.saturating_sub(3), height.min(1))
    }

    /// The list below the tabs.
    pub(crate) fn list(&self) -> Rect {
        let head = 2.min(self.side.height);
        Rect { y: self.side.y + head, height: self.side.height - head, ..self.side }
    }

    /// The text of a panel that replaces the side pane, below its heading.
    pub(crate) fn panel(&self) -> Rect {
        let Rect { x, width, .. } = self.side;
        let (left, right) = (2.min(width), u16::from(width > 2));
        Rect { x: x + left, width: width - left - right, ..self.list() }
    }

    /// The side pane with the third column, up to a width; on a screen without a third column the page.
    pub(crate) fn wide_side(&self) -> Rect {
        let area = if self.detail.is_empty() { self.body } else { self.side.union(self.detail) };
        Rect { width: area.width.min(MAX_WIDE_SIDE_WIDTH), ..area }
    }

    /// Whether the screen is large enough for a page.
    pub(crate) fn has_page(&self) -> bool {
        !self.text.is_empty()
    }
}

/// Width of the third column, without its border.
fn detail_width(width: u16) -> u16 {
    (u32::from(width) * u32::from(DETAIL_PERCENT) / 100)
        .min(u32::from(MAX_DETAIL_WIDTH))
        .max(u32::from(MIN_DETAIL_WIDTH)) as u16
}

/// Width of the side pane: two fifths of the screen, or on a wide screen the columns that the text leaves.
fn side_width(width: u16, options: PaneOptions) -> u16 {
    let share = width * 2 / 5;
    let left =
        width.saturating_sub(options.text_width + MARGIN_WIDTH + FREE_STORY_WIDTH).min(MAX_SHARED_SIDE_WIDTH);
    let wanted = i32::from(share.max(left)) + i32::from(options.extra_side_width);
    wanted.clamp(MIN_SIDE_WIDTH, i32::from(width) - MIN_STORY_WIDTH) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_leaves_the_screen_or_meets_another() {
        for width in (0..300).step_by(3) {
            for height in 0..60 {
                let wishes =
                    [(66, 0, 0, false), (30, 100, 3, false), (200, -100, 9, false), (66, 0, 3, true)];
                for (text, side, strip, zen) in wishes {
                    let wish = PaneOptions {
                        text_width: text,
                        extra_side_width: side,
                        strip_height: strip,
                        zen,
                        ..PaneOptions::default()
                    };
                    let panes = Panes::new(Size { width, height }, wish);
                    let screen = Rect::new(0, 0, width, height);
                    let Panes { title, margin, text, scrollbar: bar, rule, strip, status, .. } = panes;
                    let mut parts = vec![title, margin, text, bar, rule, strip, status];
                    if !panes.side_overlays_story {
                        parts.extend([panes.side, panes.detail_border, panes.detail]);
                    }
                    for (number, part) in parts.iter().enumerate() {
                        assert!(
                            part.is_empty() || screen.union(*part) == screen,
                            "{width}×{height} {part:?}"
                        );
                        let meets = |it: &Rect| !it.is_empty() && !part.is_empty() && it.intersects(*part);
                        assert!(!parts[number + 1..].iter().any(meets), "{width}×{height} {panes:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_small_screen_has_the_side_over_the_story_and_a_tiny_one_no_page() {
        let of = |width, height| Panes::new(Size { width, height }, PaneOptions::default());
        assert!(!of(80, 24).side_overlays_story);
        assert!(of(79, 24).side_overlays_story);
        assert!(of(20, 5).has_page());
        assert!(!of(19, 5).has_page());
        assert!(!of(20, 4).has_page());
    }
}
