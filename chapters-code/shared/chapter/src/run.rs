//! What an experiment is told, and how it says that it is getting on.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What the command line asks of an experiment.
#[derive(Clone, Debug)]
pub struct Run<A> {
    /// `--seed`, or the book's.
    pub seed: u64,
    /// `--steps`, at least 1, if given.
    pub steps: Option<usize>,
    /// `--particles`, at least 1, if given.
    pub particles: Option<usize>,
    /// `--quick`: as small as the result still makes sense.
    pub quick: bool,
    /// `--out`: where figures go.
    pub out: PathBuf,
    /// The chapter's own flags.
    pub extra: A,
}

impl<A> Run<A> {
    /// `--steps` if given, else `quick` with `--quick` and `usual` without.
    pub fn steps_or(&self, usual: usize, quick: usize) -> usize {
        self.steps.unwrap_or(if self.quick { quick } else { usual })
    }

    /// `--particles` if given, else `quick` with `--quick` and `usual` without.
    pub fn particles_or(&self, usual: usize, quick: usize) -> usize {
        self.particles.unwrap_or(if self.quick { quick } else { usual })
    }

    /// A progress bar for `total` pieces of work.
    ///
    /// It shows once a second has passed, and only where standard error is a terminal.
    pub fn progress(&self, what: &'static str, total: u64) -> Progress {
        Progress::new(what, total)
    }
}

/// A progress bar that appears only where there is something to wait for. Threads may
/// share it.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: AtomicBool,
    terminal: bool,
}

/// How long work may take before a bar is worth its line.
const PATIENCE: Duration = Duration::from_secs(1);

impl Progress {
    pub(crate) fn new(what: &'static str, total: u64) -> Self {
        let bar =
            ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let style =
            ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} (eta {eta})")
                .expect("the template is right");
        bar.set_style(style);
        bar.set_message(what);
        let terminal = stderr().is_terminal();
        Self { bar, started: Instant::now(), shown: AtomicBool::new(false), terminal }
    }

    /// Notes that `n` more pieces are done.
    pub fn done(&self, n: u64) {
        self.bar.inc(n);
        if self.terminal
            && self.started.elapsed() > PATIENCE
            && !self.shown.swap(true, Ordering::Relaxed)
        {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// How many pieces are done.
    pub fn position(&self) -> u64 {
        self.bar.position()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
