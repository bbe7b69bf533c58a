//! The progress of long work, as one line on a terminal's standard error: stories, words a second, time left.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::input::ReadCounter;
use crate::text::{grouped, pluralize};

/// Work that is done before shows nothing.
const FIRST_DELAY: Duration = Duration::from_secs(2);

/// How often the line is written.
const INTERVAL: Duration = Duration::from_millis(500);

/// Goes to the start of the line and clears it.
const CLEAR_LINE: &str = "\r\x1b[K";

/// The columns of a terminal that does not tell.
const DEFAULT_WIDTH: usize = 80;

/// What is done of the work.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    stories: usize,
    words: usize,
    /// The bytes that are read.
    bytes: u64,
}

/// The line on standard error.
pub(crate) struct Progress {
    /// `None` if nothing is shown.
    start: Option<Instant>,
    next: Instant,
    done: Done,
    read: ReadCounter,
    /// The bytes of all input; `None` if they are not known, as of a pipe.
    total_bytes: Option<u64>,
    is_shown: bool,
}

impl Progress {
    /// Whether standard error is a terminal and standard output is none; otherwise the two would mix.
    pub(crate) fn can_be_seen() -> bool {
        io::stderr().is_terminal() && !io::stdout().is_terminal()
    }

    /// Progress that is not shown.
    pub(crate) fn none() -> Self {
        Self::new(true, ReadCounter::default(), None)
    }

    /// Starts now. `read` counts the bytes of the input, of which there are `total_bytes`.
    pub(crate) fn new(is_quiet: bool, read: ReadCounter, total_bytes: Option<u64>) -> Self {
        let start = Instant::now();
        let done = Done::default();
        Self {
            start: (!is_quiet).then_some(start),
            next: start + FIRST_DELAY,
            done,
            read,
            total_bytes,
            is_shown: false,
        }
    }

    /// Counts a story.
    pub(crate) fn count(&mut self, words: usize) {
        self.done.stories += 1;
        self.done.words += words;
        let now = Instant::now();
        let Some(start) = self.start.filter(|_| now >= self.next) else { return };
        self.next = now + INTERVAL;
        self.done.bytes = self.read.bytes();
        let width = crossterm::terminal::size().map_or(DEFAULT_WIDTH, |it| usize::from(it.0));
        let line = describe(self.done, self.total_bytes, now - start);
        // A line that is longer than the terminal could not be cleared.
        let line: String = line.chars().take(width.saturating_sub(1)).collect();
        self.write(&format!("{CLEAR_LINE}{line}"));
        self.is_shown = true;
    }

    /// Clears the line, for a message or at the end.
    pub(crate) fn clear(&mut self) {
        if self.is_shown {
            self.write(CLEAR_LINE);
            self.is_shown = false;
        }
    }

    fn write(&mut self, text: &str) {
        let mut stderr = io::stderr();
        if stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush()).is_err() {
            // Nobody sees it.
            self.start = None;
        }
    }
}

/// `1,204 stories, 21,800 words/s, 2 min left`
fn describe(done: Done, total_bytes: Option<u64>, elapsed: Duration) -> String {
    let speed = (done.words as f64 / elapsed.as_secs_f64().max(f64::EPSILON)) as usize;
    let left =
        total_bytes.filter(|total| done.bytes > 0 && done.bytes <= *total).map_or(String::new(), |total| {
            let share = done.bytes as f64 / total as f64;
            format!(", {} left", rough_time(elapsed.mul_f64((1.0 - share) / share)))
        });
    format!("{}, {} words/s{left}", pluralize(done.stories, "story", "stories"), grouped(speed))
}

/// A time in its largest unit, rounded up: "40 s", "3 min", "2 h".
fn rough_time(time: Duration) -> String {
    let seconds = time.as_secs_f64().ceil() as u64;
    match seconds {
        0..=90 => format!("{seconds} s"),
        91..=5400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_shows_stories_speed_and_the_time_left_if_the_end_is_known() {
        let done = Done { stories: 1204, words: 436_000, bytes: 1000 };
        let time = Duration::from_secs(20);
        for (total, line) in [
            (Some(4000), "1,204 stories, 21,800 words/s, 60 s left"),
            (Some(100_000), "1,204 stories, 21,800 words/s, 33 min left"),
            (Some(1_000_000), "1,204 stories, 21,800 words/s, 6 h left"),
            (Some(1000), "1,204 stories, 21,800 words/s, 0 s left"),
            // A file that has grown since.
            (Some(999), "1,204 stories, 21,800 words/s"),
            (None, "1,204 stories, 21,800 words/s"),
        ] {
            assert_eq!(describe(done, total, time), line);
        }
        let one = Done { stories: 1, words: 100, bytes: 0 };
        assert_eq!(describe(one, Some(9), Duration::from_secs(1)), "1 story, 100 words/s");
    }
}
