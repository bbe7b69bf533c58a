//! Jobs → their results, in the order of the jobs, worked on by several threads at once.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// How many jobs a thread may be ahead of the slowest one.
const MAX_AHEAD_PER_THREAD: usize = 8;

/// The results of `work`, which must not panic, for each of the jobs, in their order.
///
/// Jobs are drawn as the results are taken, a few a thread in advance, so that
/// memory stays bounded however many there are. The threads are not waited for:
/// when the results are dropped, each ends with the job it is at.
pub(crate) fn map_in_order<J, R>(
    jobs: impl Iterator<Item = J> + Send + 'static,
    work: impl Fn(J) -> R + Send + Sync + 'static,
) -> impl Iterator<Item = R>
where
    J: Send + 'static,
    R: Send + 'static,
{
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (to_workers, jobs_out) = channel::<(J, Sender<R>)>();
    let (in_line, results) = sync_channel::<Receiver<R>>(threads * MAX_AHEAD_PER_THREAD);
    let work = Arc::new(work);
    let jobs_out = Arc::new(Mutex::new(jobs_out));
    for _ in 0..threads {
        let (work, jobs_out) = (Arc::clone(&work), Arc::clone(&jobs_out));
        thread::spawn(move || worker_loop(&jobs_out, &*work));
    }
    thread::spawn(move || dispatch(jobs, &to_workers, &in_line));
    results.into_iter().map(|result| result.recv().expect("work does not panic"))
}

/// Gives each job to the workers and the place where its result will appear to the caller.
fn dispatch<J, R>(
    jobs: impl Iterator<Item = J>,
    to_workers: &Sender<(J, Sender<R>)>,
    in_line: &SyncSender<Receiver<R>>,
) {
    for job in jobs {
        let (done, result) = channel();
        if in_line.send(result).is_err() || to_workers.send((job, done)).is_err() {
            return;
        }
    }
}

/// Takes one job after another until there are no more.
fn worker_loop<J, R>(jobs: &Mutex<Receiver<(J, Sender<R>)>>, work: &dyn Fn(J) -> R) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, done)) = next else { return };
        // Nobody waits for the result when the caller has stopped: then the next job ends this thread.
        if done.send(work(job)).is_err() {
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
