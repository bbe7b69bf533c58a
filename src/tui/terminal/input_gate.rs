//! The input gate: pauses the input thread while another program owns the terminal.

use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use signal_hook::consts::SIGWINCH;
use signal_hook::low_level::raise;

/// Time limit for the input thread to reach the gate.
const PAUSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Pauses the input thread while another program owns the terminal. `pause` returns once the thread has stopped
/// reading.
#[derive(Default)]
pub(crate) struct InputGate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum GateState {
    #[default]
    Open,
    Closed,
    /// Closed, and the input thread waits.
    Waiting,
}

impl InputGate {
    /// Blocks the input thread while the gate is closed.
    pub(crate) fn wait_until_open(&self) {
        let mut state = self.lock_state();
        while *state != GateState::Open {
            *state = GateState::Waiting;
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Closes the gate. Returns `false`, and opens it again, if the input thread does not stop in time.
    ///
    /// # Errors
    /// If the waking signal cannot be raised.
    pub(crate) fn pause(&self) -> io::Result<bool> {
        *self.lock_state() = GateState::Closed;
        // A key or a resize wakes crossterm from reading; this fakes a resize.
        raise(SIGWINCH)?;
        let closed = |it: &mut GateState| *it == GateState::Closed;
        let waited = self.changed.wait_timeout_while(self.lock_state(), PAUSE_TIMEOUT, closed);
        let waits = *waited.unwrap_or_else(PoisonError::into_inner).0 == GateState::Waiting;
        if !waits {
            self.resume();
        }
        Ok(waits)
    }

    pub(crate) fn resume(&self) {
        *self.lock_state() = GateState::Open;
        self.changed.notify_all();
    }

    pub(crate) fn is_open(&self) -> bool {
        *self.lock_state() == GateState::Open
    }

    fn lock_state(&self) -> MutexGuard<'_, GateState> {
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
    fn a_closed_input_gate_blocks_its_reader() {
        let gate = Arc::new(InputGate::default());
        gate.wait_until_open();
        let passed = Arc::new(AtomicBool::new(false));
        *gate.lock_state() = GateState::Closed;
        let reader = thread::spawn({
            let (gate, passed) = (gate.clone(), passed.clone());
            move || {
                gate.wait_until_open();
                passed.store(true, Ordering::SeqCst);
            }
        });
        while *gate.lock_state() != GateState::Waiting {
            thread::yield_now();
        }
        assert!(!passed.load(Ordering::SeqCst) && !gate.is_open());
        gate.resume();
        reader.join().unwrap();
        assert!(passed.load(Ordering::SeqCst) && gate.is_open());
    }
}
