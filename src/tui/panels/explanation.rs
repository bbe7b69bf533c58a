//! The explanation of an attribution: why a quote was given to its speaker.

use pullquote::analysis::{AttributionRule, Entity, EntityKind, MentionKind, Quote};
use pullquote::span::Span;
use ratatui::buffer::Buffer;

use crate::text::one_line;
use crate::tui::app::panel::{KeyHint, Panel, Response, hint};
use crate::tui::app::{App, Focus, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{row_delta, top_row_after_scroll};
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::findings::Findings;
use crate::tui::style::symbols::{kind_description, kind_symbol, speaker_suffix};
use crate::tui::text::width::truncate;
use crate::tui::view::{draw_text, skip_columns};

/// A row of the panel: a label and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExplanationRow {
    pub(crate) label: &'static str,
    pub(crate) text: String,
}

/// The least confidence that is called high. Below [`Quote::DOUBT_THRESHOLD`] it is low.
const HIGH_CONFIDENCE: f32 = 0.8;

/// The largest gap in bytes between source and cue that are shown in one piece.
const MAX_SOURCE_CUE_GAP_BYTES: usize = 40;

/// The width in columns to which the quoted text is shortened.
const MAX_QUOTE_COLUMNS: usize = 90;

/// The rows that explain the speaker of a quote; empty if there is no such quote.
pub(crate) fn explain(reading: &OpenStory, number: usize) -> Vec<ExplanationRow> {
    let known = reading.findings().and_then(|it| Some((it, it.quote(number)?, it.speaker_of(number)?)));
    let Some((findings, quote, speaker)) = known else { return Vec::new() };
    let text = reading.story.text();
    let mut facts = Vec::new();
    let mut tell = |label, words: String| facts.push(ExplanationRow { label, text: words });
    tell("Speaker", speaker_text(findings, quote, speaker));
    tell("Confidence", confidence_text(quote));
    if let Some(named) = mention_text(findings, quote, text) {
        tell("Named as", named);
    }
    tell("Verb", quote.cue.map_or("no reporting verb".into(), |it| cue_text(quote, it, text)));
    tell("Rule", quote.rule.description().to_string());
    tell("Type", format!("{} {}", kind_symbol(quote.kind), kind_description(quote.kind)));
    if let Some(found) = reading.engine_quote(quote) {
        let who = found.0.map_or("Unknown speaker", |it| it.name.as_str());
        tell(
            "Originally",
            format!(
                "{who}{}: {}, {}",
                speaker_suffix(found.1),
                found.1.rule.description(),
                confidence_text(found.1)
            ),
        );
    }
    let weak = quote.rule != AttributionRule::User && quote.confidence < HIGH_CONFIDENCE;
    if weak && let Some(others) = nearby_people(findings, quote, text) {
        tell("Others", others);
    }
    let words: Vec<String> = quote.parts.iter().map(|it| one_line(it.slice(text))).collect();
    tell("Quote", truncate(&words.join(" … "), MAX_QUOTE_COLUMNS).into_owned());
    facts
}

/// The confidence of an attribution as a word and in per cent: `High (98 %)`.
fn confidence_text(quote: &Quote) -> String {
    if quote.speaker.is_none() && quote.rule != AttributionRule::User {
        return "no speaker given".to_string();
    }
    let word = match quote.confidence {
        HIGH_CONFIDENCE.. => "High",
        Quote::DOUBT_THRESHOLD.. => "Medium",
        _ => "Low",
    };
    format!("{word} ({:.0} %)", quote.confidence * 100.0)
}

/// `John Kerry, US Secretary of State`
fn speaker_text(findings: &Findings, quote: &Quote, speaker: usize) -> String {
    let name = format!("{}{}", findings.speaker_name(speaker), speaker_suffix(quote));
    match findings.entity_of_speaker(speaker).and_then(|it| it.roles.first()) {
        Some(role) => format!("{name}, {role}"),
        None => name,
    }
}

/// The mention that names the speaker. Another mention than a name is followed by the last name before it.
fn mention_text(findings: &Findings, quote: &Quote, text: &str) -> Option<String> {
    let entity = findings.entity(quote.speaker?)?;
    let Some(span) = quote.speaker_mention else { return Some("–".to_string()) };
    let words = one_line(span.slice(text));
    let form =
        entity.mentions.iter().find(|it| it.span.overlaps(span)).map_or(MentionKind::Name, |it| it.kind);
    let before =
        || entity.mentions.iter().rfind(|it| it.kind == MentionKind::Name && it.span.end <= span.start);
    let stands_for = match form {
        MentionKind::Name => None,
        MentionKind::Pronoun | MentionKind::Role | MentionKind::Description => before(),
    };
    Some(match stands_for {
        Some(name) => format!("“{words}” = {}", one_line(name.span.slice(text))),
        None => format!("“{words}”"),
    })
}

/// The cue, with the source if it is close: `“Lee told reporters”`.
fn cue_text(quote: &Quote, cue: Span, text: &str) -> String {
    let both = quote.speaker_mention.map(|it| it.cover(cue)).filter(|both| {
        let apart = !quote.parts.iter().any(|it| it.overlaps(*both));
        apart
            && both.len() <= cue.len() + quote.speaker_mention.map_or(0, Span::len) + MAX_SOURCE_CUE_GAP_BYTES
    });
    format!("“{}”", one_line(both.unwrap_or(cue).slice(text)))
}

/// The names of up to three other people near a quote, the nearest first.
fn nearby_people(findings: &Findings, quote: &Quote, text: &str) -> Option<String> {
    let extent = quote.extent();
    let start = text[..extent.start].rmatch_indices('\n').nth(1).map_or(0, |it| it.0);
    let end = text[extent.end..].find('\n').map_or(text.len(), |it| extent.end + it);
    let mut near: Vec<(usize, usize)> = Vec::new();
    for (span, (entity, _)) in findings.mentions.overlapping(Span::new(start, end)) {
        let can_speak = |it: &Entity| !matches!(it.kind, EntityKind::Place | EntityKind::Organisation);
        let far = extent.start.saturating_sub(span.end).max(span.start.saturating_sub(extent.end));
        let new = !near.iter().any(|it| it.1 == entity);
        if Some(entity) != quote.speaker && findings.entity(entity).is_some_and(can_speak) && new {
            near.push((far, entity));
        }
    }
    near.sort_unstable();
    let names: Vec<&str> =
        near.iter().take(3).filter_map(|it| findings.entity(it.1)).map(|it| it.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Wraps rows of a panel to `width` columns. The label is beside its text, or above it in a narrow panel.
pub(crate) fn wrap_rows(facts: &[ExplanationRow], width: usize) -> Vec<(&'static str, String)> {
    let beside = label_columns(width) > 0;
    let text_width = width.saturating_sub(label_columns(width)).max(1);
    let mut rows = Vec::new();
    for fact in facts {
        if !beside {
            rows.push((fact.label, String::new()));
        }
        for (number, words) in textwrap::wrap(&fact.text, text_width).into_iter().enumerate() {
            let label = if number == 0 && beside { fact.label } else { "" };
            rows.push((label, words.into_owned()));
        }
    }
    rows
}

/// The width of the label column; 0 if labels are above their text.
pub(crate) const fn label_columns(width: usize) -> usize {
    if width < 28 { 0 } else { 12 }
}

/// The open panel.
#[derive(Default)]
pub(crate) struct ExplanationPanel {
    /// The first visible row.
    top: usize,
}

impl App {
    /// Opens the panel for the focused quote.
    pub(crate) fn open_explanation(&mut self) {
        if self.focused_quote().is_some() {
            self.open_panel(ExplanationPanel::default());
        } else if self.current_story().findings().is_none() {
            self.notify("Still analysing…");
        } else if self.current_story().rejected_quote_at_cursor().is_some() {
            self.notify("You marked this as not a quote");
        } else {
            self.notify("Move to a quote first");
        }
    }

    /// The rows of the panel.
    pub(crate) fn explanation_rows(&self) -> Vec<ExplanationRow> {
        self.focused_quote().map_or(Vec::new(), |it| explain(self.current_story(), it))
    }
}

impl Panel for ExplanationPanel {
    fn mode(&self) -> Mode {
        Mode::Explanation
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        match action {
            Action::Cancel => return Response::Close,
            Action::NextQuote | Action::PreviousQuote if app.focus == Focus::SidePane => {
                self.top = 0;
                app.move_cursor(if action == Action::NextQuote { 1 } else { -1 });
            }
            Action::NextQuote | Action::PreviousQuote | Action::NextBySpeaker | Action::PreviousBySpeaker => {
                self.top = 0;
                return Response::Pass(action);
            }
            Action::Correct | Action::Copy => return Response::Pass(action),
            _ => {
                let (width, height) = (app.panes.panel().width.into(), app.panes.panel().height.into());
                if let Some(by) = row_delta(action, usize::from(app.panes.side.height)) {
                    let rows = wrap_rows(&app.explanation_rows(), width).len();
                    self.top = top_row_after_scroll(self.top, by, rows, height);
                }
            }
        }
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let (head, panel) = (view.app.panes.tabs(), view.app.panes.panel());
        draw_text("Why this speaker?", head, view.theme.tab.0, buf);
        let width = usize::from(panel.width);
        let rows = view.app.explanation_rows();
        if rows.is_empty() {
            draw_text("No quote here.", panel, view.theme.secondary.0, buf);
        }
        for ((label, text), row) in wrap_rows(&rows, width).iter().skip(self.top).zip(panel.rows()) {
            draw_text(label, row, view.theme.secondary.0, buf);
            draw_text(text, skip_columns(row, label_columns(width) as u16), view.theme.text.0, buf);
        }
    }

    fn describe(&self, app: &App) -> Option<String> {
        let quote = app.focused_quote().and_then(|it| app.current_story().findings()?.quote(it))?;
        let kind = kind_description(quote.kind).to_string();
        let whole = one_line(&quote.text(app.current_story().story.text()));
        let rows = app.explanation_rows().into_iter().map(|row| match row.label {
            "Type" => format!("Type: {kind}"),
            "Quote" => format!("Quote: {whole}"),
            label => format!("{label}: {}", row.text.replace(" %", " per cent")),
        });
        Some(format!("Why this speaker?\n{}", rows.collect::<Vec<_>>().join("\n")))
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![
            hint(Action::Cancel, "close"),
            hint(Action::Correct, "correct"),
            hint(Action::NextQuote, "next quote"),
            hint(Action::NextBySpeaker, "same speaker"),
        ]
    }

    /// A quote that was marked as none has no explanation.
    fn reopens(&mut self, app: &mut App) -> bool {
        app.focused_quote().is_some()
    }
}
