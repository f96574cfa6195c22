//! The book, built by mdBook: nothing of the book's own language is left in its pages, they
//! are the same bytes however they are built, and neither a killed build nor a page edited
//! into nonsense does harm.

// Each test uses a part of it.
#[allow(dead_code)]
mod small;

use libtest_mimic::{Arguments, Failed, Trial};
use small::{PAGE, Small};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A test that is given an mdBook.
type Test = fn(&Path) -> Result<(), Failed>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mdbook = mdbook();
    if mdbook.is_none() {
        println!(
            "These tests are ignored: there is no mdBook 0.5 on the PATH or in target/tools; \
             `cargo book build` installs one"
        );
    }
    let trials: [(&str, Test); 4] = [
        ("the_book_builds_and_no_directive_is_left", no_directive_is_left),
        ("mdbook_and_cargo_book_give_the_same_bytes", the_same_bytes),
        ("a_build_after_a_killed_one_is_whole", after_a_killed_build),
        ("a_page_edited_into_nonsense_leaves_the_last_good_one", nonsense_while_serving),
    ];
    let trials = trials.map(|(name, test)| {
        let mdbook = mdbook.clone();
        let ignored = mdbook.is_none();
        Trial::test(name, move || test(&mdbook.expect("ignored without")))
            .with_ignored_flag(ignored)
    });
    libtest_mimic::run(&arguments, trials.into()).exit_code()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// mdBook 0.5: the book's own, else the one on the PATH.
fn mdbook() -> Option<PathBuf> {
    let own = root()
        .join("target/tools/bin")
        .join(format!("mdbook{}", std::env::consts::EXE_SUFFIX));
    [own, "mdbook".into()].into_iter().find(|path| {
        let output = Command::new(path).arg("--version").output();
        output.is_ok_and(|o| {
            String::from_utf8_lossy(&o.stdout).trim().starts_with("mdbook v0.5.")
        })
    })
}

/// Stock mdBook, as the book's readers may have it.
fn stock(mdbook: &Path, dest: &Path) -> Result<(), Failed> {
    let mut build = Command::new(mdbook);
    build.arg("build").arg("--dest-dir").arg(dest).arg(root());
    whole(build.env_remove("BOOK_EXPORTS"))
}

/// Runs a command that must succeed.
fn whole(command: &mut Command) -> Result<(), Failed> {
    let output = command.output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
    }
}

/// The files below a folder with their bytes.
fn files(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>, Failed> {
    let mut out = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir)? {
            let path = entry?.path();
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(folder)?.to_owned();
                    out.insert(name, std::fs::read(path)?);
                }
            }
        }
    }
    Ok(out)
}

fn same(one: &Path, two: &Path) -> Result<(), Failed> {
    let (one, two) = (files(one)?, files(two)?);
    let names: Vec<_> = one.keys().chain(two.keys()).collect();
    match names.iter().find(|name| one.get(**name) != two.get(**name)) {
        None if one.len() > 20 => Ok(()),
        None => Err(format!("only {} files", one.len()).into()),
        Some(name) => Err(format!("{} differs", name.display()).into()),
    }
}

fn the_same_bytes(mdbook: &Path) -> Result<(), Failed> {
    let dir = tempfile::tempdir()?;
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    stock(mdbook, &one)?;
    let mut build = Command::new(env!("CARGO_BIN_EXE_book"));
    build.arg("build").arg("--dest-dir").arg(&two).env_remove("BOOK_EXPORTS");
    whole(&mut build)?;
    same(&one, &two)
}

/// A small book with an mdBook on its path.
struct Shelf {
    book: Small,
    path: std::ffi::OsString,
}

impl Shelf {
    fn new(mdbook: &Path) -> Self {
        let book = Small::new();
        book.write(
            "book.toml",
            "[book]\ntitle = \"Small\"\nsrc = \"book\"\n[build]\nuse-default-preprocessors = false\n\
             [preprocessor.book]\ncommand = \"replaced\"\nrenderers = [\"html\"]\n[output.html]\n",
        );
        let mut folders: Vec<PathBuf> =
            mdbook.parent().map(Into::into).into_iter().collect();
        let path = std::env::var_os("PATH").unwrap_or_default();
        folders.extend(std::env::split_paths(&path));
        Self { book, path: std::env::join_paths(folders).expect("a PATH") }
    }

    /// The book tool on this book.
    fn tool(&self) -> Command {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_book"));
        let root = self.book.root.path();
        tool.current_dir(root).env("CARGO_MANIFEST_DIR", root).env("PATH", &self.path);
        tool.env("BOOK_EXPORTS", root.join("exports")).stdin(Stdio::null());
        tool
    }
}

fn after_a_killed_build(mdbook: &Path) -> Result<(), Failed> {
    let shelf = Shelf::new(mdbook);
    let [dest, undisturbed] =
        ["pages", "undisturbed"].map(|name| shelf.book.root.path().join(name));
    let build = |dest: &Path| {
        let mut build = shelf.tool();
        build.arg("build").arg("--dest-dir").arg(dest);
        build
    };
    whole(&mut build(&undisturbed))?;
    for pause in [0, 10, 20, 30, 40, 60, 80, 120] {
        let mut killed =
            build(&dest).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        std::thread::sleep(Duration::from_millis(pause));
        killed.kill()?;
        killed.wait()?;
        // The mdBook that it called goes on for a moment.
        std::thread::sleep(Duration::from_millis(200));
        whole(&mut build(&dest))?;
        same(&dest, &undisturbed)?;
    }
    Ok(())
}

/// A server that ends with the test.
struct Serving {
    child: Child,
    port: u16,
    said: Receiver<String>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    fn start(shelf: &Shelf) -> Result<Self, Failed> {
        // Free a moment ago.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut serve = shelf.tool();
        serve.args(["serve", "--port", &port.to_string()]);
        let mut child = serve.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let words = BufReader::new(child.stderr.take().expect("stderr is piped"));
        let (tell, said) = channel();
        std::thread::spawn(move || {
            words.lines().map_while(Result::ok).try_for_each(|line| tell.send(line))
        });
        Ok(Self { child, port, said })
    }

    /// Waits until the server says this.
    fn hears(&self, wanted: &str) -> Result<(), Failed> {
        let mut heard = String::new();
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            match self.said.recv_timeout(Duration::from_millis(200)) {
                Ok(line) if line.contains(wanted) => return Ok(()),
                Ok(line) => heard += &(line + "\n"),
                Err(_) => {}
            }
        }
        Err(format!("waited for “{wanted}” and heard\n{heard}").into())
    }

    fn page(&self) -> Result<String, Failed> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        write!(stream, "GET /ch01_one.html HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut page = String::new();
        stream.read_to_string(&mut page)?;
        Ok(page)
    }

    fn shows(&self, wanted: &str) -> Result<(), Failed> {
        let page = self.page()?;
        match page.starts_with("HTTP/1.1 200") && page.contains(wanted) {
            true => Ok(()),
            false => Err(format!("no “{wanted}” in\n{page}").into()),
        }
    }
}

fn nonsense_while_serving(mdbook: &Path) -> Result<(), Failed> {
    let shelf = Shelf::new(mdbook);
    let serving = Serving::start(&shelf)?;
    serving.hears("The book is at http://127.0.0.1:")?;
    serving.shows("Text with")?;
    shelf.book.add("\nNonsense with $x and {{#nothing}}.\n");
    serving.hears("error: book/ch01_one.md:17: this $ is not closed in its paragraph")?;
    serving.hears("The last good pages stay at")?;
    serving.shows("Text with")?;
    shelf.book.write("book/ch01_one.md", &PAGE.replace("Text with", "Mended with"));
    serving.hears("Built in")?;
    serving.shows("Mended with")
}

fn no_directive_is_left(mdbook: &Path) -> Result<(), Failed> {
    let dir = tempfile::tempdir()?;
    stock(mdbook, dir.path())?;
    let mut pages = 0;
    for entry in std::fs::read_dir(dir.path())?.flatten() {
        if entry.path().extension().is_none_or(|e| e != "html") {
            continue;
        }
        pages += 1;
        let text = without_code(&std::fs::read_to_string(entry.path())?);
        for left in ["{{#", "$$", "```", "language-math", "ANCHOR:"] {
            if let Some(at) = text.find(left) {
                let near: String = text[at..].chars().take(80).collect();
                return Err(format!(
                    "{}: `{left}` is left: {near}",
                    entry.path().display()
                )
                .into());
            }
        }
    }
    if pages < 6 { Err(format!("only {pages} pages").into()) } else { Ok(()) }
}

/// The page without what stands in `<code>` and in scripts, where it may be spoken of.
fn without_code(html: &str) -> String {
    let mut out = html.to_owned();
    for (open, close) in [("<code", "</code>"), ("<script", "</script>")] {
        let mut kept = String::with_capacity(out.len());
        let mut rest = out.as_str();
        while let Some(at) = rest.find(open) {
            kept += &rest[..at];
            rest =
                rest[at..].find(close).map_or("", |end| &rest[at + end + close.len()..]);
        }
        kept += rest;
        out = kept;
    }
    // A fence of formulas that nobody has set would be a listing of its own.
    if html.contains("class=\"language-math\"") { out + "language-math" } else { out }
}
