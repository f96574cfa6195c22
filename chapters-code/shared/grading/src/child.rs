//! Asking a question in a child process, so that whatever the answer does, the grader
//! lives to ask the next one.

use crate::settings::{self, Settings};
use crate::verdict::{likeness, verdict_alone};
use crate::{Exercise, Verdict};
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Environment variable that tells the child its question.
pub const QUESTION: &str = "GRADE_QUESTION";
/// Begins the line on which the child says its verdict.
const MARKER: &str = "\u{1}verdict ";
/// How much of what an answer prints is kept: the end of it.
const KEPT: usize = 1 << 16;

/// A verdict and what the answer printed.
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// The end of what the answer printed.
    pub printed: String,
}

/// The child's side: checks `student` and says the verdict on standard output.
pub fn answer<W>(exercise: &Exercise<W>, student: &W, seed: u64) -> ExitCode {
    let verdict = verdict_alone(exercise, student, seed);
    say(&verdict);
    // The likeness comes after, so that the time it takes costs nobody the verdict.
    if let Verdict::Wrong { missed, .. } = verdict
        && let Some(like) = likeness(exercise, student, seed)
    {
        say(&Verdict::Wrong { missed, looks_like: Some(like) });
    }
    ExitCode::SUCCESS
}

fn say(verdict: &Verdict) {
    let json = serde_json::to_string(verdict).expect("a verdict is plain text");
    // An answer may have printed without ending its line.
    println!("\n{MARKER}{json}");
    let _ = io::stdout().flush();
}

/// The parent's side: starts this executable again for the question `id` and waits for
/// its verdict, at most as long as the limit says.
pub fn ask(id: &str, settings: Settings) -> io::Result<Answer> {
    let mut child = Command::new(std::env::current_exe()?)
        .env(QUESTION, id)
        .env(settings::SEED, settings.seed.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let out = listen(child.stdout.take().expect("standard output is piped"));
    let err = listen(child.stderr.take().expect("standard error is piped"));
    let status = wait(&mut child, settings.limit)?;
    let (out, err) = (heard(&out), heard(&err));
    let (verdict, printed) = split(&out);
    let verdict = match (verdict, status) {
        (Some(verdict), _) => verdict,
        (None, None) => Verdict::TooSlow { seconds: settings.limit.as_secs_f64() },
        (None, Some(status)) => Verdict::Ended { how: how_it_ended(status, &err) },
    };
    Ok(Answer { verdict, printed })
}

/// The status of the child, or none if it had to be killed.
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() >= limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Reads a pipe to its end on a thread of its own and sends pieces as they come.
fn listen(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut kept = VecDeque::new();
        let mut piece = [0; 8192];
        while let Ok(n) = pipe.read(&mut piece) {
            if n == 0 {
                break;
            }
            kept.extend(&piece[..n]);
            kept.drain(..kept.len().saturating_sub(KEPT));
        }
        let _ = sender.send(Vec::from(kept));
    });
    receiver
}

/// What was read. A process the answer started may hold the pipe open after the child's
/// end: it is not waited for.
fn heard(receiver: &Receiver<Vec<u8>>) -> String {
    match receiver.recv_timeout(Duration::from_secs(2)) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => String::new(),
    }
}

/// The last verdict said, and everything else.
fn split(out: &str) -> (Option<Verdict>, String) {
    let mut verdict = None;
    let mut printed = Vec::new();
    for line in out.lines() {
        match line.strip_prefix(MARKER).and_then(|json| serde_json::from_str(json).ok()) {
            Some(said) => verdict = Some(said),
            None => printed.push(line),
        }
    }
    (verdict, printed.join("\n").trim().to_string())
}

/// "overflowed its stack", "was aborted", "ended with exit status 0".
fn how_it_ended(status: ExitStatus, err: &str) -> String {
    if err.contains("overflowed its stack") {
        return "overflowed the stack: does a function call itself without end?".into();
    }
    match status.code() {
        Some(code) => format!(
            "ended the whole program with exit code {code}: an answer returns its value \
             and leaves the program running"
        ),
        None => format!("was ended by the system ({status}): an abort?"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_verdict_counts_and_the_rest_is_what_was_printed() {
        let first = serde_json::to_string(&Verdict::Unfinished).unwrap();
        let last = serde_json::to_string(&Verdict::Passed).unwrap();
        let out =
            format!("hello\n{MARKER}{first}\n{MARKER}rubbish\nworld\n{MARKER}{last}\n");
        let (verdict, printed) = split(&out);
        assert_eq!(verdict, Some(Verdict::Passed));
        assert!(printed.starts_with("hello\n") && printed.ends_with("\nworld"));
        assert_eq!(split("nothing"), (None, "nothing".into()));
    }
}
