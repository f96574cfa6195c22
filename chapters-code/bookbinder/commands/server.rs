//! Hands out the pages of a folder, on this machine only, and tells open pages when there are
//! newer ones.
//!
//! As much of HTTP as a browser on the same machine needs: GET and HEAD, one request for each
//! connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where open pages listen for newer ones.
const LIVE: &str = "/__live";
/// The longest head of a request that we read.
const HEAD: u64 = 16 * 1024;
/// A listening page is written to so often, so that we notice when it is gone.
const PULSE: Duration = Duration::from_secs(20);

/// Appended to every page: it loads itself anew when the book has been built. A page that
/// is not looked at does not listen (browsers allow six connections to a server); it asks
/// when it is looked at again.
const FOLLOW: &str = "<script>(() => { let live; \
    const follow = () => { live?.close(); if (document.hidden) return; \
    live = new EventSource(\"/__live?VERSION\"); live.onmessage = () => location.reload(); }; \
    document.addEventListener(\"visibilitychange\", follow); \
    addEventListener(\"pagehide\", () => live?.close()); \
    addEventListener(\"pageshow\", follow); })();</script>\n";

/// The folder that is served, and which build it holds.
pub struct Site {
    shown: Mutex<(PathBuf, u64)>,
    newer: Condvar,
}

impl Site {
    /// Serves `folder` first.
    pub fn new(folder: PathBuf) -> Self {
        // Builds of an earlier server are other builds.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let build = since.as_millis() as u64;
        Self { shown: Mutex::new((folder, build)), newer: Condvar::new() }
    }

    /// Serves `folder` from now on, and tells the open pages.
    pub fn show(&self, folder: PathBuf) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        *shown = (folder, shown.1 + 1);
        self.newer.notify_all();
    }

    fn shown(&self) -> (PathBuf, u64) {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers until the program ends, each connection on a thread of its own.
    pub fn serve(self: &Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming().flatten() {
            let site = Arc::clone(self);
            // Who goes away in the middle of an answer needs no more of it.
            std::thread::spawn(move || drop(site.answer(stream)));
        }
    }

    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.set_write_timeout(Some(Duration::from_secs(30)))?;
        let mut reader = BufReader::new(stream.try_clone()?.take(HEAD));
        let mut first = String::new();
        reader.read_line(&mut first)?;
        let mut line = String::new();
        while reader.read_line(&mut line)? > 2 {
            line.clear();
        }
        let mut words = first.split_whitespace();
        let (method, target) = (words.next(), words.next().unwrap_or("/"));
        let body = match method {
            Some("GET") => true,
            Some("HEAD") => false,
            _ => {
                return send(
                    &mut stream,
                    "405 Method Not Allowed",
                    "text/plain",
                    b"",
                    true,
                );
            }
        };
        if let Some(query) = target.strip_prefix(LIVE) {
            return self.tell(&mut stream, query.trim_start_matches('?').parse().ok());
        }
        let (folder, build) = self.shown();
        let (status, path) = match file(&folder, target) {
            Some(path) => ("200 OK", path),
            None => ("404 Not Found", folder.join("404.html")),
        };
        let mut bytes = std::fs::read(&path).unwrap_or_default();
        let kind = kind(&path);
        if kind.starts_with("text/html") {
            bytes.extend(FOLLOW.replace("VERSION", &build.to_string()).bytes());
        }
        send(&mut stream, status, kind, &bytes, body)
    }

    /// Waits until another build than `known` is shown, and tells it.
    fn tell(&self, stream: &mut TcpStream, known: Option<u64>) -> std::io::Result<()> {
        stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\
              Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        )?;
        loop {
            let build = {
                let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
                let same = |shown: &mut (PathBuf, u64)| Some(shown.1) == known;
                let waited = self.newer.wait_timeout_while(shown, PULSE, same);
                waited.unwrap_or_else(PoisonError::into_inner).0.1
            };
            if Some(build) != known {
                return write!(stream, "data: {build}\n\n");
            }
            stream.write_all(b":\n\n")?;
        }
    }
}

fn send(
    stream: &mut TcpStream,
    status: &str,
    kind: &str,
    bytes: &[u8],
    body: bool,
) -> std::io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        bytes.len()
    )?;
    if body {
        stream.write_all(bytes)?;
    }
    stream.flush()
}

/// The file that a request asks for, if there is one below `folder`.
fn file(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = super::html::percent_decoded(path);
    let mut found = folder.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        // Neither out of the folder nor onto another drive.
        if part == ".." || part == "." || part.contains(['\\', ':', '\0']) {
            return None;
        }
        found.push(part);
    }
    if found.is_dir() {
        found.push("index.html");
    }
    found.is_file().then_some(found)
}

/// What a browser is told about a file.
fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    /// A served folder with a page; the answer to each request.
    fn served() -> (tempfile::TempDir, Arc<Site>, impl Fn(&str) -> String) {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("secret.txt"), "secret").unwrap();
        let folder = root.path().join("book");
        std::fs::create_dir_all(folder.join("a b")).unwrap();
        for (name, text) in [
            ("index.html", "first"),
            ("a b/index.html", "below"),
            ("404.html", "lost"),
            ("x.css", "p{}"),
        ] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let site = Arc::new(Site::new(folder));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let serving = Arc::clone(&site);
        std::thread::spawn(move || serving.serve(&listener));
        let ask = move |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "{request} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        (root, site, ask)
    }

    #[test]
    fn pages_are_handed_out_and_nothing_beside_them() {
        let (_root, _, ask) = served();
        let page = ask("GET /");
        assert!(
            page.starts_with("HTTP/1.1 200 OK\r\n")
                && page.contains("\r\n\r\nfirst<script>")
        );
        assert!(page.contains("Content-Type: text/html; charset=utf-8"));
        assert!(ask("GET /a%20b/?x=1").contains("below"));
        assert!(ask("GET /x.css").ends_with("\r\n\r\np{}"));
        assert!(ask("HEAD /x.css").ends_with("Connection: close\r\n\r\n"));
        for outside in
            ["/../secret.txt", "/%2e%2e/secret.txt", "/..%5csecret.txt", "/none"]
        {
            let answer = ask(&format!("GET {outside}"));
            assert!(
                answer.starts_with("HTTP/1.1 404") && answer.contains("lost"),
                "{answer}"
            );
        }
        assert!(ask("POST /").starts_with("HTTP/1.1 405"));
        assert!(ask("").starts_with("HTTP/1.1 405"));
    }

    #[test]
    fn an_open_page_is_told_of_a_new_build() {
        let (root, site, ask) = served();
        let build = site.shown().1;
        let told = std::thread::scope(|scope| {
            let listening = scope.spawn(|| ask(&format!("GET /__live?{build}")));
            std::thread::sleep(Duration::from_millis(50));
            assert!(!listening.is_finished(), "nothing is new");
            site.show(root.path().to_owned());
            listening.join().unwrap()
        });
        assert!(told.ends_with(&format!("data: {}\n\n", build + 1)), "{told}");
        // A page of an earlier build is told at once.
        assert!(ask(&format!("GET /__live?{build}")).contains("data: "));
        assert!(ask("GET /secret.txt").ends_with("secret"), "the new folder is served");
    }
}
