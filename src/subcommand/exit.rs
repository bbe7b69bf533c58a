//! Exit codes, the summary of a run, and messages on standard error.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pullquote::load::{self, ErrorKind};
use pullquote::text_safety::is_unsafe;

// Exit codes; those above 63 follow BSD's sysexits.

/// Some of the stories could not be read.
pub(crate) const SOME_FAILED: u8 = 1;
/// The command line or the configuration is wrong.
pub(crate) const BAD_USAGE: u8 = 2;
/// The input is not a story.
pub(crate) const NO_STORY: u8 = 65;
/// The input is missing or unreadable.
pub(crate) const NO_INPUT: u8 = 66;
/// pullquote itself failed.
pub(crate) const INTERNAL_ERROR: u8 = 70;
/// The output, the terminal or the shelf failed.
pub(crate) const NO_OUTPUT: u8 = 74;

/// Why a story did not come through.
pub(crate) struct StoryFailure {
    pub(crate) message: String,
    /// The exit code, should no other story come through either.
    pub(crate) exit_code: u8,
}

impl StoryFailure {
    pub(crate) fn of(error: &load::Error) -> Self {
        let exit_code = match error.kind() {
            ErrorKind::Unreadable => NO_INPUT,
            ErrorKind::NotAStory => NO_STORY,
        };
        Self { message: error.to_string(), exit_code }
    }
}

/// How many stories came through, and what kept the others.
#[derive(Default)]
pub(crate) struct RunSummary {
    pub(crate) successes: usize,
    /// The code of the first that did not.
    first_failure_code: Option<u8>,
}

impl RunSummary {
    /// Counts what came through and gives it back.
    pub(crate) fn count_success<T>(&mut self, story: T) -> T {
        self.successes += 1;
        story
    }

    pub(crate) fn report_failure(&mut self, place: &str, refused: &StoryFailure) {
        report(place, &refused.message);
        self.first_failure_code = self.first_failure_code.or(Some(refused.exit_code));
    }

    pub(crate) fn exit_code(&self) -> u8 {
        match self.first_failure_code {
            None => 0,
            Some(code) if self.successes == 0 => code,
            Some(_) => SOME_FAILED,
        }
    }
}

/// One story that breaks us must not take the others with it.
pub(crate) fn catch_panic<T>(work: impl FnOnce() -> Result<T, StoryFailure>) -> Result<T, StoryFailure> {
    let what = "pullquote failed on this story; please report it";
    let failed = |_| Err(StoryFailure { message: what.into(), exit_code: INTERNAL_ERROR });
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(failed)
}

/// One line on standard error, whatever is in a file's name.
pub(crate) fn report(place: &str, what: &str) {
    let line = format!("pullquote: {place}: {what}");
    eprintln!("{}", line.replace(is_unsafe, "\u{fffd}"));
}
