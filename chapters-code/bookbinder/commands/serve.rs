//! `cargo run`: builds the book, serves it on this machine only, and rebuilds what changes.

use super::{failed, mdbook, passed_on, root};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Where the book is served if the reader does not say.
pub const PORT: u16 = 3000;

/// Builds, then serves on the loopback interface until Ctrl-C.
pub fn run(port: u16, open: bool) -> ExitCode {
    let root = root();
    if let Err(message) = free(port) {
        return failed(&message);
    }
    let mdbook = match mdbook::find(&root) {
        Ok(mdbook) => mdbook,
        Err(message) => return failed(&message),
    };
    eprintln!("Building the book …");
    let mut serve = Command::new(mdbook);
    serve.current_dir(&root).args(["serve", "--hostname", "127.0.0.1", "--port"]);
    serve.arg(port.to_string());
    if open {
        serve.arg("--open");
    }
    match serve.spawn() {
        Ok(mut child) => {
            std::thread::spawn(move || announce(port));
            child.wait().map_or_else(|error| failed(&error.to_string()), passed_on)
        }
        Err(error) => failed(&format!("cannot start mdBook: {error}")),
    }
}

/// Whether we may listen on the port; asked before the book is built.
fn free(port: u16) -> Result<(), String> {
    let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) else {
        return Ok(());
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

/// Prints the address as soon as somebody answers there.
fn announce(port: u16) {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    while TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_err() {
        std::thread::sleep(Duration::from_millis(50));
    }
    eprintln!("\n  The book is at http://127.0.0.1:{port}/ (Ctrl-C ends).\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_told_with_another() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let message = free(port).unwrap_err();
        assert!(message.starts_with(&format!("port {port} is in use")), "{message}");
        assert!(message.contains("--port "));
    }
}
