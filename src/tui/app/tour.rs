//! The guided tour: steps in a strip under the page. A step ends once one of the commands that it names has succeeded, or
//! with Enter, which does what the step names.

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Keymap;

/// A step of the tour. `{next-quote}` in its text stands for the key of that command.
struct TourStep {
    text: &'static str,
    /// Whether the step is impossible in a story without quotes.
    needs_quotes: bool,
    /// The actions that end the step if they succeed.
    advance_on: &'static [Action],
    /// What Enter does before it goes on, so that the next step tells what is seen.
    on_enter: Option<Action>,
    /// Whether the filter must be on, or off, for the step to end; `None` if that does not matter.
    filter_at_end: Option<bool>,
}

const STEPS: &[TourStep] = &[
    TourStep {
        text: "Welcome. The story is on the left; its quotes, people, organisations and places are on \
                the right (press {switch-pane}). {forward}/{back} or ↓/↑ move line by line. Enter goes on, \
                {cancel} ends the tour.",
        needs_quotes: false,
        advance_on: &[Action::Forward, Action::HalfPageForward, Action::PageForward, Action::NextParagraph],
        on_enter: None,
        filter_at_end: None,
    },
    TourStep {
        text: "Quoted words have the colour of their speaker; the number and the bar tell you who is speaking. \
                {next-quote} goes to the next quote, {previous-quote} to the one before.",
        needs_quotes: true,
        advance_on: &[Action::NextQuote, Action::PreviousQuote],
        on_enter: Some(Action::NextQuote),
        filter_at_end: None,
    },
    TourStep {
        text: "This quote is now the chosen one. {next-by-speaker} jumps to the next quote by the same \
                speaker, {previous-by-speaker} to the one before.",
        needs_quotes: true,
        advance_on: &[Action::NextBySpeaker, Action::PreviousBySpeaker],
        on_enter: Some(Action::NextBySpeaker),
        filter_at_end: None,
    },
    TourStep {
        text: "Press {only-speaker} to read only this speaker ({filter-quotes} lets you pick several).",
        needs_quotes: true,
        advance_on: &[Action::OnlySpeaker],
        on_enter: Some(Action::OnlySpeaker),
        filter_at_end: Some(true),
    },
    TourStep {
        text: "All other quotes are dimmed; {cycle-filter-display} folds or hides them. Press \
                {only-speaker} again to show all speakers.",
        needs_quotes: true,
        advance_on: &[Action::OnlySpeaker, Action::ToggleFilter],
        on_enter: Some(Action::OnlySpeaker),
        filter_at_end: Some(false),
    },
    TourStep {
        text: "{next-mention} jumps to the next mention of this person, {previous-mention} to the \
                previous one. {next-name} goes to the next name, he or she, and the bottom line says who is meant.",
        needs_quotes: true,
        advance_on: &[Action::NextMention, Action::PreviousMention],
        on_enter: Some(Action::NextMention),
        filter_at_end: None,
    },
    TourStep {
        text: "Press {switch-pane} to move to the side pane, then the keys 1 to 4 (or ←/→) for quotes, people, \
                organisations, places.",
        needs_quotes: false,
        advance_on: &[Action::SwitchPane],
        on_enter: Some(Action::SwitchPane),
        filter_at_end: None,
    },
    TourStep {
        text: "As you move here, the story follows. {open} jumps to the quote; {jump-back} goes back.",
        needs_quotes: true,
        advance_on: &[Action::Open, Action::SwitchPane],
        on_enter: None,
        filter_at_end: None,
    },
    TourStep {
        text: "{why} explains why the quote was given to this speaker, and how confident that is.",
        needs_quotes: true,
        advance_on: &[Action::Why],
        on_enter: Some(Action::Why),
        filter_at_end: None,
    },
    TourStep {
        text: "{cancel} closes a panel. If the speaker is wrong, press {correct} to correct it. \
                {copy} copies the quote with speaker and source.",
        needs_quotes: true,
        advance_on: &[Action::Copy, Action::Correct],
        on_enter: None,
        filter_at_end: None,
    },
    TourStep {
        text: "That's it. {all-quotes} shows all quotes on one page, {review} goes through the uncertain ones; \
                {help} lists the keys, {quit} quits, {tour} repeats this tour.",
        needs_quotes: false,
        advance_on: &[Action::Help],
        on_enter: None,
        filter_at_end: None,
    },
];

/// The tour and its current step.
pub(crate) struct Tour {
    /// The text of each step, with keys filled in.
    steps: Vec<String>,
    /// The index of the current step; `None` if the tour is not running.
    current: Option<usize>,
}

impl Tour {
    pub(crate) fn new(keymap: &Keymap) -> Self {
        Self { steps: STEPS.iter().map(|it| fill_in_keys(it.text, keymap)).collect(), current: None }
    }

    /// Starts the tour, or ends it.
    pub(crate) fn toggle(&mut self) {
        self.current = if self.is_running() { None } else { Some(0) };
    }

    pub(crate) fn is_running(&self) -> bool {
        self.current.is_some()
    }

    /// Whether an action ends the current step.
    pub(crate) fn advances_on(&self, action: Action) -> bool {
        self.current.is_some_and(|it| STEPS[it].advance_on.contains(&action))
    }

    /// Whether the current step may end, once the filter is on or off.
    pub(crate) fn allows_filter(&self, is_active: bool) -> bool {
        self.current.and_then(|it| STEPS[it].filter_at_end).is_none_or(|it| it == is_active)
    }

    /// What Enter does in the current step before it goes on; nothing if the filter is on or off already, as the step tells.
    pub(crate) fn action_on_enter(&self, is_filtered: bool) -> Option<Action> {
        let step = &STEPS[self.current?];
        step.on_enter.filter(|_| step.filter_at_end != Some(is_filtered))
    }

    /// Goes on to the next step that is possible.
    pub(crate) fn go_on(&mut self, has_quotes: bool) {
        let Some(current) = self.current else { return };
        self.current = (current + 1..STEPS.len()).find(|it| has_quotes || !STEPS[*it].needs_quotes);
    }

    /// The current step: its number from 1, the number of steps, and its text.
    pub(crate) fn current_step(&self) -> Option<(usize, usize, &str)> {
        let at = self.current?;
        Some((at + 1, self.steps.len(), self.steps.get(at)?))
    }

    /// The current step for screen readers.
    pub(crate) fn describe(&self) -> Option<String> {
        self.current_step().map(|(step, steps, text)| format!("Tour, step {step} of {steps}. {text}"))
    }

    /// The current step with its number, wrapped to `columns`.
    pub(crate) fn rows(&self, columns: usize) -> Vec<String> {
        let Some((step, steps, text)) = self.current_step() else { return Vec::new() };
        let text = format!("Tour {step}/{steps}  {text}");
        textwrap::wrap(&text, columns.max(1)).into_iter().map(Into::into).collect()
    }
}

/// Replaces the names of commands in braces by their first keys.
fn fill_in_keys(text: &str, keymap: &Keymap) -> String {
    Action::ALL.iter().fold(text.to_string(), |text, action| {
        let name = format!("{{{}}}", action.name());
        if !text.contains(&name) {
            return text;
        }
        text.replace(&name, keymap.keys(*action).first().map_or(action.name(), String::as_str))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::KeymapPreset;

    #[test]
    fn every_step_names_a_key_that_continues_the_tour() {
        let keymap = Keymap::new(KeymapPreset::Default, None).expect("our own keys");
        for step in STEPS {
            let names = |it: &&Action| step.text.contains(&format!("{{{}}}", it.name()));
            assert!(step.advance_on.iter().any(|it| names(&it)), "{}", step.text);
            let words = fill_in_keys(step.text, &keymap);
            assert!(!words.contains(['{', '}']), "{words}");
        }
    }
}
