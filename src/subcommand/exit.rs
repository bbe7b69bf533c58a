//! Exit codes, the summary of a run, and messages on standard error.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
#[cfg(unix)]
use std::sync::Arc;

use pullquote::load::{self, ErrorKind};

use crate::diagnostic::Diagnostic;
use crate::text::safe_message;

// Exit codes above 63 follow BSD's sysexits.

/// Some stories could not be read.
pub(crate) const SOME_FAILED: u8 = 1;
/// The command line or the configuration is wrong.
pub(crate) const BAD_USAGE: u8 = 2;
/// The input is not a story.
pub(crate) const NO_STORY: u8 = 65;
/// The input is missing or unreadable.
pub(crate) const NO_INPUT: u8 = 66;
/// A bug in pullquote.
pub(crate) const INTERNAL_ERROR: u8 = 70;
/// The output, the terminal or the saved data failed.
pub(crate) const NO_OUTPUT: u8 = 74;

/// Why a story could not be processed.
pub(crate) struct StoryFailure {
    pub(crate) message: String,
    /// The exit code if no other story succeeds; 0 if nothing failed.
    pub(crate) exit_code: u8,
}

impl StoryFailure {
    /// What the user must know although nothing failed.
    pub(crate) fn note(message: String) -> Self {
        Self { message, exit_code: 0 }
    }

    /// The exit code of a failure; `None` of a note.
    fn code(&self) -> Option<u8> {
        Some(self.exit_code).filter(|it| *it != 0)
    }
}

impl From<load::Error> for StoryFailure {
    fn from(error: load::Error) -> Self {
        let exit_code = match error.kind() {
            ErrorKind::Unreadable => NO_INPUT,
            ErrorKind::NotAStory => NO_STORY,
        };
        Self { message: error.to_string(), exit_code }
    }
}

/// How many stories succeeded, and how the first failure ended.
#[derive(Default)]
pub(crate) struct RunSummary {
    pub(crate) successes: usize,
    first_failure_code: Option<u8>,
    /// The locations and messages of failures that are not reported yet.
    unreported: Vec<(String, String)>,
}

impl RunSummary {
    pub(crate) fn count_success(&mut self) {
        self.successes += 1;
    }

    /// Counts a failure and reports it on standard error.
    pub(crate) fn report_failure(&mut self, location: &str, failure: &StoryFailure) {
        report(location, &failure.message);
        self.first_failure_code = self.first_failure_code.or(failure.code());
    }

    /// Counts a failure that is reported later, when standard error is not behind the screen of the user interface.
    pub(crate) fn record_failure(&mut self, location: String, failure: StoryFailure) {
        self.first_failure_code = self.first_failure_code.or(failure.code());
        self.unreported.push((location, failure.message));
    }

    /// Reports the recorded failures on standard error.
    pub(crate) fn report_recorded(&mut self) {
        self.unreported.drain(..).for_each(|(location, message)| report(&location, &message));
    }

    /// Returns 0 without failures, [`SOME_FAILED`] if others succeeded, or else the code of the first failure.
    pub(crate) fn exit_code(&self) -> u8 {
        match self.first_failure_code {
            None => 0,
            Some(code) if self.successes == 0 => code,
            Some(_) => SOME_FAILED,
        }
    }
}

/// Runs `work` and turns a panic into a failure of its story, so that other stories go on.
pub(crate) fn catch_panic<T>(work: impl FnOnce() -> Result<T, StoryFailure>) -> Result<T, StoryFailure> {
    let message = "Internal error on this story; please report it";
    let failure = |_| Err(StoryFailure { message: message.into(), exit_code: INTERNAL_ERROR });
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(failure)
}

/// Makes a write beyond the limit of a file's size (`ulimit -f`) an error instead of the end of the process.
///
/// # Errors
/// If the signal's handler cannot be set.
#[cfg(unix)]
pub(crate) fn ignore_file_size_signal() -> io::Result<()> {
    use signal_hook::consts::SIGXFSZ;
    signal_hook::flag::register(SIGXFSZ, Arc::default()).map(drop)
}

/// Reports an error in the command line or the settings; returns its exit code.
pub(crate) fn report_config_error(error: &Diagnostic) -> u8 {
    report(&error.location, &error.message);
    BAD_USAGE
}

/// Writes one line to standard error; unsafe characters, as of a file name, are replaced.
pub(crate) fn report(location: &str, message: &str) {
    let line = safe_message(&format!("pullquote: {location}: {message}"));
    // Without standard error there is nobody to tell; the exit code tells it too.
    let _ = writeln!(io::stderr(), "{line}");
}
