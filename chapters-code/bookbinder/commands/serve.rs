//! `cargo run`: builds the book, serves it on this machine only, and rebuilds what changes.
//!
//! Each build goes into one of two folders by turns, and is served when it has succeeded:
//! a page edited into nonsense leaves the last good book up.

use super::server::Site;
use super::watch::Snapshot;
use super::{failed, mdbook, root};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where the book is served if the reader does not say.
pub const PORT: u16 = 3000;

/// How often we look whether a file has changed.
const LOOK: Duration = Duration::from_millis(120);
/// For how long nothing must change before a build begins: editors write in several steps.
const CALM: Duration = Duration::from_millis(30);

/// Builds, then serves on the loopback interface until Ctrl-C.
pub fn run(port: u16, open: bool) -> ExitCode {
    let root = root();
    let listener = match listen(port) {
        Ok(listener) => listener,
        Err(message) => return failed(&message),
    };
    let mdbook = match mdbook::find(&root) {
        Ok(mdbook) => mdbook,
        Err(message) => return failed(&message),
    };
    eprintln!("Building the book …");
    let mut builder = Builder::new(mdbook, root.clone(), port);
    let mut seen = Snapshot::of(&root);
    let site = match builder.build() {
        Ok(folder) => Arc::new(Site::new(folder)),
        Err(message) => return failed(&message),
    };
    let address = format!("http://127.0.0.1:{port}/");
    eprintln!("\n  The book is at {address} and follows your edits (Ctrl-C ends).\n");
    let served = Arc::clone(&site);
    std::thread::spawn(move || served.serve(&listener));
    if open && !open_browser(&address) {
        eprintln!("No browser could be opened: go to {address} yourself.");
    }
    loop {
        sleep(LOOK);
        let Some((now, changed)) = seen.changes(&root) else { continue };
        seen = now;
        // Several files may be saved at once, or one in several steps.
        sleep(CALM);
        while let Some((now, _)) = seen.changes(&root) {
            seen = now;
            sleep(CALM);
        }
        eprintln!("Changed: {}", shortened(&changed));
        let started = Instant::now();
        match builder.build() {
            Ok(folder) => {
                site.show(folder);
                eprintln!("Built in {:.1} s.", started.elapsed().as_secs_f64());
            }
            Err(message) => {
                eprintln!("{message} The last good pages stay at {address}");
            }
        }
    }
}

/// The names of a few files.
fn shortened(names: &[String]) -> String {
    match names {
        [first, second, _, ..] => {
            format!("{first}, {second} and {} more", names.len() - 2)
        }
        few => few.join(", "),
    }
}

/// Builds into two folders by turns.
struct Builder {
    mdbook: PathBuf,
    root: PathBuf,
    folders: [PathBuf; 2],
    turn: usize,
}

impl Builder {
    /// The folders belong to the port, which no other program has.
    fn new(mdbook: PathBuf, root: PathBuf, port: u16) -> Self {
        let home = root.join("target").join("serve");
        let folders = [0, 1].map(|turn| home.join(format!("{port}-{turn}")));
        Self { mdbook, root, folders, turn: 0 }
    }

    /// Where the new pages are, or a sentence.
    fn build(&mut self) -> Result<PathBuf, String> {
        let folder = &self.folders[self.turn];
        let status = mdbook::call(&self.mdbook, &self.root)
            .arg("build")
            .arg("--dest-dir")
            .arg(folder)
            // The page of a missing page then links from the top.
            .env("MDBOOK_OUTPUT__HTML__SITE_URL", "/")
            .env("MDBOOK_LOG", "warn")
            .stdin(Stdio::null())
            .status()
            .map_err(|error| format!("mdBook cannot be started: {error}."))?;
        if !status.success() {
            return Err("The book was not built: see above.".into());
        }
        self.turn = 1 - self.turn;
        Ok(folder.clone())
    }
}

/// Takes the port, before the book is built.
fn listen(port: u16) -> Result<TcpListener, String> {
    let error = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(listener) => return Ok(listener),
        Err(error) => error,
    };
    let other = (port.max(1023).saturating_add(1)..=u16::MAX)
        .find(|p| TcpListener::bind((Ipv4Addr::LOCALHOST, *p)).is_ok())
        .unwrap_or(8000);
    let why = match error.kind() {
        ErrorKind::AddrInUse => "is in use by another program".to_owned(),
        ErrorKind::PermissionDenied => "needs rights that we do not have".to_owned(),
        _ => format!("cannot be opened ({error})"),
    };
    Err(format!("port {port} {why}. Choose another: cargo run -- --port {other}"))
}

/// Whether the system's opener took the address.
fn open_browser(address: &str) -> bool {
    let (opener, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "windows" => ("cmd", &["/C", "start", ""]),
        "macos" => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(Path::new(opener));
    command.args(arguments).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_told_with_another() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let message = listen(port).unwrap_err();
        assert!(message.starts_with(&format!("port {port} is in use")), "{message}");
        assert!(message.contains("--port "));
    }

    #[test]
    fn many_names_are_told_short() {
        let names = |all: &[&str]| all.iter().map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(shortened(&names(&["a", "b"])), "a, b");
        assert_eq!(shortened(&names(&["a", "b", "c", "d"])), "a, b and 2 more");
    }
}
