//! Reads a PDF in a process of its own, with limits of time and memory, since a hostile one may slow, fill or end its process.

use std::env;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pullquote::load::{self, Hint};
use pullquote::story::Story;

use crate::shelf;
use crate::subcommand::exit::{INTERNAL_ERROR, NO_OUTPUT, NO_STORY, StoryFailure};

/// The only argument with which the program starts itself to read a PDF.
const ARGUMENT: &str = "__read-pdf";

/// How long a PDF may take. It is less than what a file may take on the screen.
const TIME_LIMIT: Duration = Duration::from_secs(8);

/// The memory that the process may use, in bytes.
#[cfg(unix)]
const MEMORY_LIMIT: u64 = 2 << 30;

/// Whether the program was started to read a PDF.
pub(crate) fn is_requested() -> bool {
    env::args_os().skip(1).eq([OsString::from(ARGUMENT)])
}

/// Reads a PDF from standard input and writes its packed story, or why there is none; returns the exit code.
pub(crate) fn run() -> u8 {
    #[cfg(unix)]
    limit_memory();
    let story =
        load::read_to_limit(io::stdin().lock()).and_then(|it| load::from_bytes(&it, &Hint::default()));
    let (output, code) = match story.map(|it| shelf::pack_story(&it)) {
        Ok(Some(packed)) => (packed, 0),
        Ok(None) => (load::Error::TooLarge.to_string().into_bytes(), NO_STORY),
        Err(error) => (error.to_string().into_bytes(), NO_STORY),
    };
    if io::stdout().write_all(&output).is_err() { NO_OUTPUT } else { code }
}

#[cfg(unix)]
fn limit_memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit { current: Some(MEMORY_LIMIT), maximum: Some(MEMORY_LIMIT) };
    // Where there is no such limit, that of time remains.
    let _ = setrlimit(Resource::As, limit);
}

/// Loads the story of a PDF.
///
/// # Errors
/// If it has no text, takes too long, or ends its process.
pub(crate) fn load_pdf(pdf: &[u8]) -> Result<Story, StoryFailure> {
    let failure = |message: String| StoryFailure { message, exit_code: NO_STORY };
    let unreadable =
        || failure("This PDF cannot be read; convert it first, for example with pdftotext".into());
    let no_process = |error: io::Error| StoryFailure {
        message: format!("No process to read this PDF: {error}; try again"),
        exit_code: INTERNAL_ERROR,
    };
    let child = start().map_err(no_process)?;
    let output = run_within(child, pdf.to_vec(), TIME_LIMIT).map_err(no_process)?;
    match output {
        None => {
            let seconds = TIME_LIMIT.as_secs();
            Err(failure(format!(
                "Reading this PDF took longer than {seconds} s; convert it first, for example with pdftotext"
            )))
        }
        Some((Some(0), output)) => shelf::unpack_story(&output).ok_or_else(unreadable),
        Some((Some(code), output)) if code == i32::from(NO_STORY) => {
            Err(failure(String::from_utf8_lossy(&output).into_owned()))
        }
        // A signal ended it, or a panic.
        Some(_) => Err(unreadable()),
    }
}

fn start() -> io::Result<Child> {
    // The file may have been replaced since this process began.
    let program = if cfg!(target_os = "linux") { "/proc/self/exe".into() } else { env::current_exe()? };
    Command::new(program)
        .arg(ARGUMENT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// Gives a process its input and returns its exit code, `None` if a signal ended it, with its output.
///
/// `None` outside after the time limit, when the process is ended.
fn run_within(
    mut child: Child,
    input: Vec<u8>,
    time_limit: Duration,
) -> io::Result<Option<(Option<i32>, Vec<u8>)>> {
    const INTERVAL: Duration = Duration::from_millis(2);
    let start = Instant::now();
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    // A process that ends early closes its input; its exit code says why.
    thread::spawn(move || stdin.map(|mut it| it.write_all(&input)));
    let output = thread::spawn(move || {
        let mut bytes = Vec::new();
        let limit = load::MAX_BYTES as u64;
        let read = stdout.map(|it| it.take(limit).read_to_end(&mut bytes));
        read.is_some().then_some(bytes)
    });
    while start.elapsed() < time_limit {
        if let Some(status) = child.try_wait()? {
            return Ok(Some((status.code(), output.join().ok().flatten().unwrap_or_default())));
        }
        thread::sleep(INTERVAL);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Child {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell")
    }

    #[test]
    fn a_process_gets_its_input_and_its_exit_is_reported() {
        let long = Duration::from_mins(1);
        let input = vec![b'a'; 300_000];
        let run = |script: &str| run_within(shell(script), input.clone(), long).expect("it runs");
        assert_eq!(run("cat"), Some((Some(0), input.clone())));
        assert_eq!(run("echo no; exit 65"), Some((Some(65), b"no\n".to_vec())));
        assert_eq!(run("kill -ABRT $$").map(|it| it.0), Some(None));
    }

    #[test]
    fn a_process_that_does_not_end_is_ended() {
        let child = shell("exec sleep 600");
        assert_eq!(run_within(child, Vec::new(), Duration::from_millis(50)).expect("it runs"), None);
    }
}
