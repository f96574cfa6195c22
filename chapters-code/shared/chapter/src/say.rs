//! Words on standard output.

use std::io::{ErrorKind, Write, stdout};

/// Prints `words`. Where no one listens any more, as behind `… | head`, they are dropped, and
/// what else the program has to do goes on.
///
/// # Errors
/// The words that cannot be written for another reason, such as a full disk.
pub fn say(words: &str) -> Result<(), String> {
    to(&mut stdout().lock(), words)
}

fn to(out: &mut impl Write, words: &str) -> Result<(), String> {
    match out.write_all(words.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("standard output does not take what is to be printed: {error}"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, Result};

    struct Refuses(ErrorKind);

    impl Write for Refuses {
        fn write(&mut self, _: &[u8]) -> Result<usize> {
            Err(Error::from(self.0))
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn words_are_printed_or_dropped_or_the_reason_is_told() {
        let mut out = Vec::new();
        assert_eq!(to(&mut out, "3.5 nats\n"), Ok(()));
        assert_eq!(out, b"3.5 nats\n");
        assert_eq!(to(&mut Refuses(ErrorKind::BrokenPipe), "x"), Ok(()));
        let told = to(&mut Refuses(ErrorKind::StorageFull), "x").unwrap_err();
        assert!(told.starts_with("standard output does not take"), "{told}");
    }
}
