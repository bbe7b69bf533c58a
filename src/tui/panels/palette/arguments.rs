//! The arguments of the commands of the palette: the rows that complete them, and why an argument is no good.

use crate::config::settings::{MAX_TEXT_WIDTH, MIN_TEXT_WIDTH};
use crate::text::{counted, grouped};
use crate::tui::app::App;
use crate::tui::open_story::shown_quotes::{EXPORT_FORMATS, UNKNOWN_ENDING};
use crate::tui::panels::palette::PaletteTarget;
use crate::tui::panels::picker::PickerItem;
use crate::tui::text::fuzzy::name_rank;

/// The columns of a row beside its text: those at both sides of the list, the marker, and the gap before a note.
const MARGINS_OF_ITEM: usize = 7;

/// The columns of the name of a format with the gap before it, and those of a panel that has room for it beside a file.
const FORMAT_WIDTH: usize = 10;
const MIN_PANEL_WIDTH_FOR_FORMAT: usize = 40;

/// A command with an argument.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ArgumentCommand {
    pub(super) name: &'static str,
    argument: &'static str,
    description: &'static str,
}

const THEME: ArgumentCommand =
    ArgumentCommand { name: "theme", argument: "NAME", description: "use a theme" };
const WIDTH: ArgumentCommand =
    ArgumentCommand { name: "width", argument: "30–120", description: "set the text width" };
const ONLY: ArgumentCommand =
    ArgumentCommand { name: "only", argument: "NAME", description: "show only this speaker" };

const PROFILE: ArgumentCommand =
    ArgumentCommand { name: "profile", argument: "NAME", description: "quotes and mentions of this name" };
const COMPARE: ArgumentCommand =
    ArgumentCommand { name: "compare", argument: "NAME, NAME", description: "two speakers side by side" };
const CONFIDENCE: ArgumentCommand = ArgumentCommand {
    name: "confidence",
    argument: "0–100",
    description: "hide quotes below this confidence in per cent",
};
const EXPORT: ArgumentCommand = ArgumentCommand {
    name: "export",
    argument: "FILE",
    description: "save the quotes that are shown in a file",
};
const EXPORT_OVER: ArgumentCommand =
    ArgumentCommand { name: "export!", argument: "FILE", description: "the same, over a file that exists" };

/// All commands with an argument.
pub(super) const ARGUMENT_COMMANDS: &[&ArgumentCommand] =
    &[&EXPORT, &ONLY, &PROFILE, &COMPARE, &CONFIDENCE, &THEME, &WIDTH, &EXPORT_OVER];

/// The names of the commands with an argument.
pub(crate) fn argument_command_names() -> impl Iterator<Item = &'static str> {
    ARGUMENT_COMMANDS.iter().map(|it| it.name)
}

/// "export FILE: save the quotes that are shown in a file"; `None` if no command with an argument is called that.
pub(crate) fn describe_argument_command(name: &str) -> Option<String> {
    let command = ARGUMENT_COMMANDS.iter().find(|it| it.name == name)?;
    Some(format!("{} {}: {}", command.name, command.argument, command.description))
}

/// Short names of commands with an argument.
const SHORT_NAMES: &[(&str, &str)] = &[("w", "export"), ("w!", "export!")];

/// The command and the argument of a typed text; `None` if it has no argument or is no such command.
pub(super) fn split_argument(typed: &str) -> Option<(&'static ArgumentCommand, &str)> {
    let (name, argument) = typed.trim_start().split_once(' ')?;
    let is_called =
        |command: &&&ArgumentCommand| command.name == name || SHORT_NAMES.contains(&(name, command.name));
    Some((ARGUMENT_COMMANDS.iter().find(is_called)?, argument.trim()))
}

/// Why no row stands for a typed text.
pub(super) fn describe_error(app: &App, typed: &str) -> String {
    if typed.trim().parse::<usize>().is_ok() {
        return match app.current_story().paragraph_count {
            0 => "The story has no paragraphs".into(),
            count => format!("The paragraphs have numbers from 1 to {}", grouped(count)),
        };
    }
    let Some((command, argument)) = split_argument(typed) else { return "No such command".into() };
    let missing_findings = || app.current_story().missing_findings_reason().map(str::to_owned);
    let unknown_speaker = || missing_findings().unwrap_or_else(|| "No speaker is called that".into());
    match command.name {
        "theme" => "No theme is called that".into(),
        "width" => format!("The width is a number from {MIN_TEXT_WIDTH} to {MAX_TEXT_WIDTH}"),
        "confidence" => "The confidence is a number from 0 to 100".into(),
        "only" => unknown_speaker(),
        "profile" => missing_findings().unwrap_or_else(|| "No name in this story is like that".into()),
        "compare" => match argument.split_once(',') {
            Some((first, second)) if first.trim() == second.trim() => "Name two speakers".into(),
            _ => unknown_speaker(),
        },
        _ => missing_findings().unwrap_or_else(|| UNKNOWN_ENDING.into()),
    }
}

/// `theme NAME  use a theme`
pub(super) fn argument_item(command: &'static ArgumentCommand) -> PickerItem<PaletteTarget> {
    let text = format!("{} {}", command.name, command.argument);
    PickerItem { note: command.description.into(), ..PickerItem::new(text, PaletteTarget::Complete(command)) }
}

/// The row for a paragraph number; none if there is no such paragraph.
pub(super) fn paragraph_items(app: &App, number: usize) -> Vec<PickerItem<PaletteTarget>> {
    let count = app.current_story().paragraph_count;
    let item = PickerItem {
        note: format!("go to paragraph {number} of {}", grouped(count)),
        ..PickerItem::new(number.to_string(), PaletteTarget::Paragraph(number))
    };
    if (1..=count).contains(&number) { vec![item] } else { Vec::new() }
}

/// The rows that complete the argument of a command.
pub(super) fn completed_items(
    app: &App,
    command: &ArgumentCommand,
    argument: &str,
) -> Vec<PickerItem<PaletteTarget>> {
    let mut ranked: Vec<(u8, PickerItem<PaletteTarget>)> = Vec::new();
    let mut add = |name: &str, note: &str, target| {
        // The command stands in the input.
        let rank = name_rank(argument, name);
        ranked.extend(rank.map(|it| (it, PickerItem { note: note.into(), ..PickerItem::new(name, target) })));
    };
    match command.name {
        "theme" => {
            for (number, (name, _)) in app.themes.all.iter().enumerate() {
                let note = if number == app.themes.current() { "in use" } else { "" };
                add(name, note, PaletteTarget::Theme(number));
            }
        }
        "only" => {
            let Some(findings) = app.current_story().findings() else { return Vec::new() };
            let speakers = findings.speakers.iter().map(|it| it.entity);
            let behind = findings.entities_behind_speakers().into_iter().map(Some);
            for entity in speakers.chain(behind) {
                add(findings.entity_name(entity), findings.entity_note(entity), PaletteTarget::Only(entity));
            }
        }
        "profile" => {
            let Some(findings) = app.current_story().findings() else { return Vec::new() };
            let entities = findings.analysis.entities.iter().enumerate();
            for (entity, found) in entities {
                add(&found.name, findings.entity_note(Some(entity)), PaletteTarget::Profile(Some(entity)));
            }
            if findings.speakers.iter().any(|it| it.entity.is_none()) {
                add(findings.entity_name(None), "", PaletteTarget::Profile(None));
            }
        }
        "compare" => return comparison_items(app, argument),
        "confidence" => {
            let percent = argument.trim_end_matches('%').trim_end().parse().ok().filter(|it| *it <= 100);
            let note = if percent == Some(0) { "show quotes of any confidence" } else { "per cent or more" };
            if let Some(percent) = percent {
                add(argument, note, PaletteTarget::MinConfidence(percent));
            }
        }
        "export" | "export!" => {
            return export_items(app, argument, command.name == "export!");
        }
        _ => {
            let width = argument.parse().ok().filter(|it| (MIN_TEXT_WIDTH..=MAX_TEXT_WIDTH).contains(it));
            if let Some(width) = width {
                add(argument, "columns of text", PaletteTarget::Width(width));
            }
        }
    }
    ranked.sort_by_key(|it| it.0);
    ranked.into_iter().map(|it| it.1).collect()
}

/// The rows for two names: the first one, or, after a comma, the second one.
fn comparison_items(app: &App, argument: &str) -> Vec<PickerItem<PaletteTarget>> {
    let Some(findings) = app.current_story().findings() else { return Vec::new() };
    let matching = |typed: &str| {
        let ranked = (0..findings.speakers.len())
            .filter_map(|it| Some((name_rank(typed, findings.speaker_name(it))?, it)));
        let mut ranked: Vec<(u8, usize)> = ranked.collect();
        // Of names that match alike, the most quoted one is the likeliest to be compared.
        ranked.sort_by_key(|it| (it.0, std::cmp::Reverse(findings.speakers[it.1].quotes.len())));
        ranked.into_iter().map(|it| it.1).collect::<Vec<usize>>()
    };
    let item = |speaker: usize, target| PickerItem {
        note: findings.entity_note(findings.speakers[speaker].entity).into(),
        ..PickerItem::new(findings.speaker_name(speaker), target)
    };
    let Some((first, second)) = argument.split_once(',') else {
        let complete = |speaker: usize| {
            let text = format!("compare {}, ", findings.speaker_name(speaker));
            item(speaker, PaletteTarget::CompleteText(text))
        };
        return matching(argument).into_iter().map(complete).collect();
    };
    let Some(first) = matching(first.trim()).first().copied() else { return Vec::new() };
    let others = matching(second.trim()).into_iter().filter(|it| *it != first);
    others.map(|it| item(it, PaletteTarget::Compare(first, it))).collect()
}

/// A file name in at most `columns`. Of a longer one the middle is left out, so that its ending is seen.
fn cut_in_middle(name: &str, columns: usize) -> String {
    let length = name.chars().count();
    if length <= columns {
        return name.to_string();
    }
    let end = columns / 2;
    let first = name.chars().take(columns.saturating_sub(end + 1));
    first.chain(['…']).chain(name.chars().skip(length - end)).collect()
}

/// The rows for a file to write: the file, or the endings that it may have.
fn export_items(app: &App, path: &str, overwrites: bool) -> Vec<PickerItem<PaletteTarget>> {
    let Some(open_story) = Some(app.current_story()).filter(|it| it.findings().is_some()) else {
        return Vec::new();
    };
    let shown = app.shown_quotes().iter().map(|it| it.quotes.len()).sum();
    let count = counted(shown, "quote");
    let panel = usize::from(app.panes.wide_side().width);
    let for_format = if panel < MIN_PANEL_WIDTH_FOR_FORMAT { 0 } else { FORMAT_WIDTH };
    let columns = panel.saturating_sub(MARGINS_OF_ITEM + for_format);
    let item = |path: String, format: &str| PickerItem {
        note: format!("{format}, {count}"),
        short_note: format.to_string(),
        ..PickerItem::new(cut_in_middle(&path, columns), PaletteTarget::Export(path, overwrites))
    };
    let is_named = |ending: &str| path.len() > ending.len() && path.ends_with(ending);
    if let Some((_, format)) = EXPORT_FORMATS.iter().find(|it| is_named(it.0)) {
        return vec![item(path.to_string(), format)];
    }
    // Another ending, such as that of a word processor's files, is not taken for a part of the name.
    let (name, begun) = match path.rsplit_once('.') {
        Some((name, begun)) if !name.is_empty() && !begun.contains(['/', ' ']) => (name.to_string(), begun),
        _ if path.is_empty() => (open_story.file_name(), ""),
        _ => (path.to_string(), ""),
    };
    let possible = EXPORT_FORMATS.iter().filter(|it| it.0[1..].starts_with(begun));
    possible.map(|(ending, format)| item(format!("{name}{ending}"), format)).collect()
}
