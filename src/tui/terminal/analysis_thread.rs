//! The thread that analyses the stories, one after the other: first the one that is read, then those nearest to it.
//!
//! The analysis of a long story tells its progress. It gives way to another story that the user has opened, which is found
//! between two steps, and it ends if the text is no longer of use.

use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender};

use pullquote::analysis::{Analysis, AnalysisProgress, ProgressObserver};
use pullquote::story::Story;

use crate::parallel::spawn_story_thread;
use crate::tui::terminal::events::Event;
use crate::tui::terminal::session::ENGINE_THREAD;

/// Stories with their numbers.
type NumberedStory = (usize, Arc<Story>);

/// The stories that wait for their analysis.
struct AnalysisQueue {
    arrivals: Receiver<NumberedStory>,
    waiting: Vec<NumberedStory>,
    /// The number of the story that is read.
    current: Arc<AtomicUsize>,
}

/// What becomes of a story that is being analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    Continue,
    /// The user has opened another one that waits; this one is analysed later.
    GiveWay,
    /// Its file has changed, and the new text waits.
    Outdated,
}

impl AnalysisQueue {
    /// Takes the next story; waits for one if there is none. `None` once no story can come.
    fn take_next(&mut self) -> Option<NumberedStory> {
        if self.waiting.is_empty() {
            self.waiting.extend(self.arrivals.recv());
        }
        self.waiting.extend(self.arrivals.try_iter());
        take_nearest(&mut self.waiting, self.current.load(Ordering::Relaxed))
    }

    /// What becomes of the story with a number, which is being analysed.
    fn decide(&mut self, number: usize) -> Decision {
        self.waiting.extend(self.arrivals.try_iter());
        let current = self.current.load(Ordering::Relaxed);
        let waits = |wanted: usize| self.waiting.iter().any(|it| it.0 == wanted);
        match number {
            _ if waits(number) => Decision::Outdated,
            _ if number != current && waits(current) => Decision::GiveWay,
            _ => Decision::Continue,
        }
    }
}

/// Starts the thread that analyses stories as they arrive. `analyze` tells its progress, and returns `None` if it is
/// stopped.
///
/// # Errors
/// If the thread cannot be started.
pub(crate) fn spawn_analysis_thread(
    arrivals: Receiver<NumberedStory>,
    analyze: impl Fn(&Story, &mut ProgressObserver) -> Option<Analysis> + Send + 'static,
    current: Arc<AtomicUsize>,
    sender: Sender<Event>,
) -> io::Result<()> {
    let mut queue = AnalysisQueue { arrivals, waiting: Vec::new(), current };
    let work = move || {
        while let Some((number, story)) = queue.take_next() {
            let mut decision = Decision::Continue;
            let mut observer = |progress: AnalysisProgress| {
                decision = queue.decide(number);
                let event = Event::AnalysisProgress(number, Arc::clone(&story), progress);
                if decision == Decision::Continue && sender.send(event).is_ok() {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            };
            let found = match catch_unwind(AssertUnwindSafe(|| analyze(&story, &mut observer))) {
                Ok(Some(found)) => Some(found),
                Err(_) => None,
                Ok(None) if decision == Decision::GiveWay => {
                    queue.waiting.push((number, story));
                    continue;
                }
                Ok(None) if decision == Decision::Outdated => continue,
                // The receiver is gone: the user has quit.
                Ok(None) => return,
            };
            if sender.send(Event::AnalysisDone(number, story, found)).is_err() {
                return;
            }
        }
    };
    spawn_story_thread(ENGINE_THREAD, work).map(drop)
}

/// Removes the item with the nearest number; of two that are equally near, the later one.
fn take_nearest<T>(waiting: &mut Vec<(usize, T)>, current: usize) -> Option<(usize, T)> {
    let place =
        (0..waiting.len()).min_by_key(|it| (waiting[*it].0.abs_diff(current), waiting[*it].0 < current))?;
    Some(waiting.remove(place))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::*;
    use crate::tui::tests::story;

    /// The longest wait for an event.
    const LIMIT: Duration = Duration::from_mins(1);

    #[test]
    fn the_story_being_read_comes_first_and_then_its_neighbours() {
        let mut waiting = (0..7).map(|it| (it, ())).collect();
        let mut taken = vec![take_nearest(&mut waiting, 0)];
        taken.extend((0..6).map(|_| take_nearest(&mut waiting, 4)));
        assert_eq!(taken, [0, 4, 5, 3, 6, 2, 1].map(|it| Some((it, ()))));
        assert_eq!(take_nearest(&mut waiting, 4), None);
    }

    /// Starts the thread with an analysis of the story with this text that never ends by itself, and one of all others that
    /// ends at once.
    fn start(endless: &str, current: &Arc<AtomicUsize>) -> (Sender<NumberedStory>, Receiver<Event>) {
        let (story_sender, arrivals) = mpsc::channel();
        let (event_sender, events) = mpsc::channel();
        let endless = endless.to_string();
        let analyze = move |story: &Story, observer: &mut ProgressObserver| {
            if story.text() != endless {
                return Some(Analysis::default());
            }
            while observer(AnalysisProgress::new(0.5, None)).is_continue() {
                thread::sleep(Duration::from_millis(1));
            }
            None
        };
        spawn_analysis_thread(arrivals, analyze, Arc::clone(current), event_sender).unwrap();
        (story_sender, events)
    }

    fn story_of(text: &str) -> Arc<Story> {
        let whole = pullquote::span::Span::new(0, text.len());
        let block = pullquote::story::Block::new(pullquote::story::BlockKind::Paragraph, whole);
        Arc::new(Story::new(story().format, text.into(), vec![block]))
    }

    fn wait_for(events: &Receiver<Event>, is_wanted: impl Fn(&Event) -> bool) {
        while !is_wanted(&events.recv_timeout(LIMIT).unwrap()) {}
    }

    #[test]
    fn a_long_analysis_pauses_for_the_story_that_the_user_opens_and_resumes_later() {
        let current = Arc::new(AtomicUsize::new(0));
        let (stories, events) = start("long", &current);
        stories.send((0, story_of("long"))).unwrap();
        wait_for(&events, |it| matches!(it, Event::AnalysisProgress(0, ..)));
        stories.send((1, story_of("short"))).unwrap();
        current.store(1, Ordering::Relaxed);
        wait_for(&events, |it| matches!(it, Event::AnalysisDone(1, _, Some(_))));
        wait_for(&events, |it| matches!(it, Event::AnalysisProgress(0, ..)));
    }

    #[test]
    fn the_analysis_of_a_text_that_has_changed_is_stopped() {
        let current = Arc::new(AtomicUsize::new(0));
        let (stories, events) = start("old", &current);
        stories.send((0, story_of("old"))).unwrap();
        wait_for(&events, |it| matches!(it, Event::AnalysisProgress(0, ..)));
        stories.send((0, story_of("new"))).unwrap();
        wait_for(&events, |it| matches!(it, Event::AnalysisDone(0, story, Some(_)) if story.text() == "new"));
    }

    #[test]
    fn a_story_that_is_not_read_goes_on_while_no_other_waits() {
        let current = Arc::new(AtomicUsize::new(0));
        let (stories, events) = start("long", &current);
        stories.send((0, story_of("short"))).unwrap();
        stories.send((1, story_of("long"))).unwrap();
        wait_for(&events, |it| matches!(it, Event::AnalysisDone(0, ..)));
        for _ in 0..3 {
            wait_for(&events, |it| matches!(it, Event::AnalysisProgress(1, ..)));
        }
    }
}
