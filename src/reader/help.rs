//! The help page: every command with its live keys, and what the signs on the page mean.

use super::action::{Action, PARTS};
use super::keymap::Keymap;

/// One row of the help page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HelpRow {
    Gap,
    Heading(&'static str),
    /// Keys, and what they do.
    Keys(String, &'static str),
    /// A sign on the page, and what it means.
    Sign(&'static str, &'static str),
}

/// The rows of the help page.
pub(super) struct Help {
    rows: Vec<HelpRow>,
}

const SIGNS: &[(&str, &str)] = &[
    ("●", "direct: all of it between quotation marks"),
    ("◐", "mixed: partly between marks"),
    ("○", "indirect: in the reporter's words"),
    ("1▌", "a quote of the first speaker; ┆ indirect"),
    ("?", "a doubtful speaker"),
    ("›", "where you stand"),
    ("┃", "the part that is seen; ┤ a quote, ◂ a hit, a a mark"),
];

impl Help {
    pub(super) fn of(keymap: &Keymap) -> Self {
        let mut rows = Vec::new();
        for action in Action::ALL {
            if let Some((heading, _)) = PARTS.iter().find(|it| it.1 == *action) {
                if !rows.is_empty() {
                    rows.push(HelpRow::Gap);
                }
                rows.push(HelpRow::Heading(heading));
            }
            rows.push(HelpRow::Keys(keymap.keys(*action).join(" "), action.words()));
        }
        rows.extend([HelpRow::Gap, HelpRow::Heading("Signs")]);
        rows.extend(SIGNS.iter().map(|it| HelpRow::Sign(it.0, it.1)));
        Self { rows }
    }

    /// The key of a command as the screen shows it.
    pub(super) fn key(&self, action: Action) -> &str {
        let keys = self.rows.iter().find_map(|it| match it {
            HelpRow::Keys(keys, words) if *words == action.words() => keys.split(' ').next(),
            _ => None,
        });
        keys.unwrap_or_default()
    }

    /// The rows in columns for a pane of so many columns of signs, none of them torn within a part if that can be.
    pub(super) fn columns(&self, width: usize) -> Vec<&[HelpRow]> {
        let wanted = (width / 58).clamp(1, 3);
        let fair = self.rows.len().div_ceil(wanted);
        let mut rest = &self.rows[..];
        let mut columns = Vec::new();
        while columns.len() + 1 < wanted && rest.len() > fair {
            let gaps = rest.iter().enumerate().filter(|it| *it.1 == HelpRow::Gap).map(|it| it.0);
            let Some(cut) = gaps.min_by_key(|it| it.abs_diff(fair)) else { break };
            columns.push(&rest[..cut]);
            rest = &rest[cut + 1..];
        }
        columns.push(rest);
        columns
    }

    /// How many rows it takes.
    pub(super) fn height(&self, width: usize) -> usize {
        self.columns(width).iter().map(|it| it.len()).max().unwrap_or_default()
    }
}
