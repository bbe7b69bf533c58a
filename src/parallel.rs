//! Threads that read or analyse stories, and an ordered parallel map over an iterator.

use std::io;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Builder, JoinHandle};

/// How many jobs for each thread may be started before the oldest result is taken.
const MAX_AHEAD_PER_THREAD: usize = 8;

/// The stack of a thread that reads or analyses a story, in bytes: that of a main thread. No input needs a tenth of it.
const STACK_BYTES: usize = 8 << 20;

/// Starts a thread that reads or analyses a story, with a stack of [`STACK_BYTES`].
///
/// # Errors
/// If the system gives no thread.
pub(crate) fn spawn_story_thread<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    Builder::new().name(name.into()).stack_size(STACK_BYTES).spawn(work)
}

/// Applies `work` to each job on several threads and returns the results in the order of the jobs.
///
/// Jobs are drawn as results are taken, up to [`MAX_AHEAD_PER_THREAD`] for each thread in advance, so memory stays
/// bounded. When the results are dropped, each thread ends after its current job; nothing waits for it.
///
/// # Panics
/// If `work` panics, or the system gives no thread.
pub(crate) fn map_in_order<J, R>(
    jobs: impl Iterator<Item = J> + Send + 'static,
    work: impl Fn(J) -> R + Send + Sync + 'static,
) -> impl Iterator<Item = R>
where
    J: Send + 'static,
    R: Send + 'static,
{
    let start = |name, work: Box<dyn FnOnce() + Send>| {
        spawn_story_thread(name, work).expect("the system gives a thread");
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (job_sender, job_receiver) = channel::<(J, Sender<R>)>();
    let (result_sender, results) = sync_channel::<Receiver<R>>(threads * MAX_AHEAD_PER_THREAD);
    let work = Arc::new(work);
    let job_receiver = Arc::new(Mutex::new(job_receiver));
    for _ in 0..threads {
        let (work, job_receiver) = (Arc::clone(&work), Arc::clone(&job_receiver));
        start("story", Box::new(move || worker_loop(&job_receiver, &*work)));
    }
    start("stories", Box::new(move || dispatch(jobs, &job_sender, &result_sender)));
    results.into_iter().map(|result| result.recv().expect("work does not panic"))
}

/// Sends each job to the workers, and the receiver of its result to the caller.
fn dispatch<J, R>(
    jobs: impl Iterator<Item = J>,
    job_sender: &Sender<(J, Sender<R>)>,
    result_sender: &SyncSender<Receiver<R>>,
) {
    for job in jobs {
        let (sender, result) = channel();
        if result_sender.send(result).is_err() || job_sender.send((job, sender)).is_err() {
            return;
        }
    }
}

/// Works on one job after another until there are no more.
fn worker_loop<J, R>(jobs: &Mutex<Receiver<(J, Sender<R>)>>, work: &dyn Fn(J) -> R) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, sender)) = next else { return };
        // The caller has dropped the results.
        if sender.send(work(job)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let work = |job: u64| {
            thread::sleep(Duration::from_micros(job * 7919 % 300));
            job
        };
        let results: Vec<u64> = map_in_order(0..500, work).collect();
        assert!(results.into_iter().eq(0..500));
    }

    #[test]
    fn an_endless_row_of_jobs_is_drawn_only_as_it_is_needed() {
        let drawn = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&drawn);
        let jobs = (0_usize..).inspect(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        let mut results = map_in_order(jobs, |job| job);
        assert_eq!(results.nth(9), Some(9));
        thread::sleep(Duration::from_millis(50));
        let threads = thread::available_parallelism().map_or(1, usize::from);
        assert!(drawn.load(Ordering::Relaxed) <= 10 + threads * MAX_AHEAD_PER_THREAD + 1);
    }
}
