//! The tour: sentences in a strip under the page, one after another; each goes once a key that it names is pressed.

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Keymap;

/// One thing to try. `{next-quote}` in its words stands for the key of that command.
struct Step {
    words: &'static str,
    /// Any of these leads to the next step.
    tried: &'static [Action],
}

const STEPS: &[Step] = &[
    Step {
        words: "Welcome. The story is here, and what was found in it beside it (or behind {switch-pane}). {forward} \
                goes on row by row, {back} back; {cancel} ends this tour.",
        tried: &[Action::Forward, Action::HalfForward, Action::PageForward, Action::NextParagraph],
    },
    Step {
        words: "A bar in the margin marks a quote; the number beside it says whose it is. {next-quote} goes to the \
                next quote, {previous-quote} to the one before.",
        tried: &[Action::NextQuote, Action::PreviousQuote],
    },
    Step {
        words: "That quote is lit, and chosen in the other pane too. {next-by-same} goes on to the next one by the \
                same speaker.",
        tried: &[Action::NextBySame, Action::PreviousBySame],
    },
    Step {
        words: "Now read this speaker alone: {only-speaker}. (More than one: {pick-speakers}.)",
        tried: &[Action::OnlySpeaker],
    },
    Step {
        words: "The others are dimmed; {cycle-filter} folds or hides them. {only-speaker} again brings everybody back.",
        tried: &[Action::OnlySpeaker, Action::SwitchFilter],
    },
    Step {
        words: "{next-mention} goes on to where the speaker is mentioned next, be it as “she” or “he”; {previous-mention} \
                back.",
        tried: &[Action::NextMention, Action::PreviousMention],
    },
    Step {
        words: "{switch-pane} leads to the other pane: quotes by speaker; there {people} lists the people.",
        tried: &[Action::SwitchPane],
    },
    Step {
        words: "Moving here shows each quote in its place. {go} takes you there, {return-back} comes back.",
        tried: &[Action::Go, Action::SwitchPane],
    },
    Step { words: "{why} tells why a quote is this speaker's, and how sure that is.", tried: &[Action::Why] },
    Step {
        words: "{cancel} leaves such a panel. Were the speaker wrong, {correct} would put it right. {copy} copies the quote with \
                its source.",
        tried: &[Action::Copy, Action::Correct],
    },
    Step {
        words: "That is all you need. {help} shows every key, {quit} leaves; {tour} shows this tour again, \
                {cancel} ends it.",
        tried: &[Action::Help],
    },
];

/// The tour, and how far it has come.
pub(crate) struct Tour {
    /// The words of each step, with the keys in them.
    steps: Vec<String>,
    /// The step that is shown.
    at: Option<usize>,
}

impl Tour {
    pub(crate) fn of(keymap: &Keymap) -> Self {
        Self { steps: STEPS.iter().map(|it| filled(it.words, keymap)).collect(), at: None }
    }

    /// Begins, or ends.
    pub(crate) fn turn(&mut self) {
        self.at = if self.is_on() { None } else { Some(0) };
    }

    pub(crate) fn is_on(&self) -> bool {
        self.at.is_some()
    }

    /// Goes on where a command is what the step asks for.
    pub(crate) fn lead(&mut self, done: Action) {
        let Some(at) = self.at else { return };
        if STEPS[at].tried.contains(&done) {
            self.at = Some(at + 1).filter(|it| *it < STEPS.len());
        }
    }

    /// What is shown: the number of the step from 1, of how many, and its words.
    pub(crate) fn shown(&self) -> Option<(usize, usize, &str)> {
        let at = self.at?;
        Some((at + 1, self.steps.len(), self.steps.get(at)?))
    }

    /// The step in one sentence more than its words.
    pub(crate) fn told(&self) -> Option<String> {
        self.shown().map(|(step, steps, words)| format!("Tour, step {step} of {steps}. {words}"))
    }

    /// The rows of words, each with what goes before it, for so many columns.
    pub(crate) fn rows(&self, columns: usize) -> Vec<String> {
        let Some((step, steps, words)) = self.shown() else { return Vec::new() };
        let words = format!("Tour {step}/{steps}  {words}");
        textwrap::wrap(&words, columns.max(1)).into_iter().map(Into::into).collect()
    }
}

/// Words with the first key of each command that they name.
fn filled(words: &str, keymap: &Keymap) -> String {
    Action::ALL.iter().fold(words.to_string(), |words, action| {
        let name = format!("{{{}}}", action.name());
        if !words.contains(&name) {
            return words;
        }
        words.replace(&name, keymap.keys(*action).first().map_or(action.name(), String::as_str))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::Preset;

    #[test]
    fn every_step_names_a_key_that_leads_on() {
        let keymap = Keymap::of(Preset::Default, None).expect("our own keys");
        for step in STEPS {
            let names = |it: &&Action| step.words.contains(&format!("{{{}}}", it.name()));
            assert!(step.tried.iter().any(|it| names(&it)), "{}", step.words);
            let words = filled(step.words, &keymap);
            assert!(!words.contains(['{', '}']), "{words}");
        }
    }
}
