//! Trainings: how they say that they are getting on, and how they are stopped.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::ops::ControlFlow;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A training whose result is kept in the repository, because it takes long.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// Its name: `cargo book train NAME`.
    pub name: &'static str,
    /// Trains, writes its file, and tells in a line what was measured and where it is. An
    /// `Err` is printed as it is.
    pub run: fn(&Watch) -> Result<String, String>,
}

/// Whether Ctrl-C was pressed while somebody was watching for it.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Whether somebody is.
static WATCHED: AtomicBool = AtomicBool::new(false);

/// A bar with the loss, the distance to what is known, and the time left, on a terminal;
/// and an ear for Ctrl-C.
#[derive(Debug)]
pub struct Watch {
    bar: ProgressBar,
}

impl Watch {
    /// For work of `total` steps. While it is watched Ctrl-C asks it to stop, and says so; a
    /// second one ends the program.
    pub fn new(what: &'static str, total: u64) -> Self {
        static LISTENS: Once = Once::new();
        LISTENS.call_once(|| {
            // Without a handler Ctrl-C ends the program, as everywhere.
            let _ = ctrlc::set_handler(|| {
                let watched = WATCHED.load(Ordering::SeqCst);
                if STOPPED.swap(true, Ordering::SeqCst) || !watched {
                    std::process::exit(130);
                }
                eprintln!(
                    "\nstopping at the next report; Ctrl-C once more ends the program"
                );
            });
        });
        WATCHED.store(true, Ordering::SeqCst);
        let target = if stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let style = ProgressStyle::with_template("{prefix} {bar:12} {pos}/{len}, {msg}")
            .expect("the template is right");
        let bar = ProgressBar::with_draw_target(Some(total), target)
            .with_style(style)
            .with_prefix(what)
            .with_message("Ctrl-C stops it");
        Self { bar }
    }

    /// Begins with other work, of `total` steps.
    pub fn begin(&self, what: &'static str, total: u64) {
        self.bar.reset();
        self.bar.set_length(total);
        self.bar.set_prefix(what);
    }

    /// `step` steps are done; `words` say how things stand. Breaks if Ctrl-C was pressed.
    pub fn report(&self, step: u64, words: String) -> ControlFlow<()> {
        self.bar.set_position(step);
        let ahead = self.bar.length().unwrap_or(step).saturating_sub(step);
        let left = self.bar.elapsed().mul_f64(ahead as f64 / step.max(1) as f64);
        self.bar.set_message(format!("{words}, {} left", told(left)));
        if Self::stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Whether Ctrl-C was pressed.
    pub fn stopped() -> bool {
        STOPPED.load(Ordering::SeqCst)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        WATCHED.store(false, Ordering::SeqCst);
        self.bar.finish_and_clear();
    }
}

/// A time in seconds, or in minutes if it is long.
fn told(time: Duration) -> String {
    match time.as_secs() {
        seconds @ ..100 => format!("{seconds} s"),
        seconds => format!("{} min", (seconds + 30) / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_time_is_told_in_minutes() {
        let of = |seconds| told(Duration::from_secs(seconds));
        assert_eq!([of(0), of(99), of(100), of(200)], ["0 s", "99 s", "2 min", "3 min"]);
    }
}
