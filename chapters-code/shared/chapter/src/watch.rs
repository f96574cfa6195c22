//! Trainings: how they say that they are getting on, and how they are stopped.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::ops::ControlFlow;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// A bar with the loss, the distance to what is known, and the time left, on a terminal;
/// and an ear for Ctrl-C.
#[derive(Debug)]
pub struct Watch {
    bar: ProgressBar,
}

impl Watch {
    /// For work of `total` steps. From now on Ctrl-C asks the work to stop; a second one
    /// ends the program.
    pub fn new(what: &'static str, total: u64) -> Self {
        static LISTENS: Once = Once::new();
        LISTENS.call_once(|| {
            // Without a handler Ctrl-C ends the program, as everywhere.
            let _ = ctrlc::set_handler(|| {
                if STOPPED.swap(true, Ordering::SeqCst) {
                    std::process::exit(130);
                }
            });
        });
        let target = if stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        let style = ProgressStyle::with_template(
            "{prefix} {bar:24} {pos}/{len}  {msg}  (eta {eta})",
        )
        .expect("the template is right");
        bar.set_style(style);
        bar.set_prefix(what);
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
        self.bar.set_message(words);
        if Self::stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Whether Ctrl-C was pressed.
    pub fn stopped() -> bool {
        STOPPED.load(Ordering::SeqCst)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
