//! Whose keys those of the terminal are: the reader's, or those of a program that it has called.

use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use signal_hook::consts::SIGWINCH;
use signal_hook::low_level::raise;

/// How long the thread that reads the keys has to come to the gate.
const PATIENCE: Duration = Duration::from_secs(2);

/// A gate before the keys. Whoever reads them passes it each time; who closes it waits until nobody reads.
#[derive(Default)]
pub(crate) struct Gate {
    state: Mutex<State>,
    turned: Condvar,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Open,
    Closed,
    /// Closed, and the one who reads the keys waits before it.
    Waiting,
}

impl Gate {
    /// Goes through; waits as long as it is closed.
    pub(crate) fn pass(&self) {
        let mut state = self.state();
        while *state != State::Open {
            *state = State::Waiting;
            self.turned.notify_all();
            state = self.turned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Closes it; `false` if somebody reads the keys even so, and it is open again.
    pub(crate) fn close(&self) -> io::Result<bool> {
        *self.state() = State::Closed;
        // crossterm wakes from its reading by a key or by a new size; this is one that is none.
        raise(SIGWINCH)?;
        let closed = |it: &mut State| *it == State::Closed;
        let waited = self.turned.wait_timeout_while(self.state(), PATIENCE, closed);
        let waits = *waited.unwrap_or_else(PoisonError::into_inner).0 == State::Waiting;
        if !waits {
            self.open();
        }
        Ok(waits)
    }

    pub(crate) fn open(&self) {
        *self.state() = State::Open;
        self.turned.notify_all();
    }

    pub(crate) fn is_open(&self) -> bool {
        *self.state() == State::Open
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn nobody_passes_a_gate_that_is_closed() {
        let gate = Arc::new(Gate::default());
        gate.pass();
        let passed = Arc::new(AtomicBool::new(false));
        *gate.state() = State::Closed;
        let reader = thread::spawn({
            let (gate, passed) = (gate.clone(), passed.clone());
            move || {
                gate.pass();
                passed.store(true, Ordering::SeqCst);
            }
        });
        while *gate.state() != State::Waiting {
            thread::yield_now();
        }
        assert!(!passed.load(Ordering::SeqCst) && !gate.is_open());
        gate.open();
        reader.join().unwrap();
        assert!(passed.load(Ordering::SeqCst) && gate.is_open());
    }
}
