//! Exit codes, the summary of a run, and messages on standard error.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pullquote::load::{Refusal, RefusalKind};

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
pub(crate) struct Refused {
    pub(crate) what: String,
    /// The exit code, should no other story come through either.
    pub(crate) code: u8,
}

impl Refused {
    pub(crate) fn of(refusal: &Refusal) -> Self {
        let code = match refusal.kind() {
            RefusalKind::NoInput => NO_INPUT,
            RefusalKind::NoStory => NO_STORY,
        };
        Self { what: refusal.to_string(), code }
    }
}

/// How many stories came through, and what kept the others.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    /// The code of the first that did not.
    refused: Option<u8>,
}

impl Tally {
    /// Counts what came through and gives it back.
    pub(crate) fn passed<T>(&mut self, story: T) -> T {
        self.passed += 1;
        story
    }

    pub(crate) fn refused(&mut self, place: &str, refused: &Refused) {
        complain(place, &refused.what);
        self.refused = self.refused.or(Some(refused.code));
    }

    pub(crate) fn code(&self) -> u8 {
        match self.refused {
            None => 0,
            Some(code) if self.passed == 0 => code,
            Some(_) => SOME_FAILED,
        }
    }
}

/// One story that breaks us must not take the others with it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    let what = "pullquote failed on this story; please report it";
    let failed = |_| Err(Refused { what: what.into(), code: INTERNAL_ERROR });
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(failed)
}

/// One line on standard error, whatever is in a file's name.
pub(crate) fn complain(place: &str, what: &str) {
    let line = format!("pullquote: {place}: {what}");
    eprintln!("{}", line.replace(char::is_control, "\u{fffd}"));
}
