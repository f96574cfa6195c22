//! Running code that may panic, and keeping what it said to ourselves.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

/// What a panic said, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Panic {
    /// The message.
    pub message: String,
    /// "src/assignment.rs:17", or "" if it happened on another thread.
    pub place: String,
}

thread_local! {
    static LISTENING: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `work`; a panic on this thread prints nothing and is returned.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    listen();
    let before = LISTENING.replace(true);
    PLACE.take();
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    LISTENING.set(before);
    outcome.map_err(|payload| {
        let message = if let Some(text) = payload.downcast_ref::<&str>() {
            (*text).to_string()
        } else if let Some(text) = payload.downcast_ref::<String>() {
            text.clone()
        } else {
            "a panic without a message".to_string()
        };
        Panic { message, place: PLACE.take() }
    })
}

/// Puts a hook in front of the present one that notes the place of a panic instead of
/// printing it, on threads that are inside [`caught`].
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !LISTENING.get() {
                return usual(info);
            }
            if let Some(place) = info.location() {
                let file = place.file().replace('\\', "/");
                PLACE.replace(format!("{file}:{}", place.line()));
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_returned_with_its_message_and_place() {
        let panic = caught(|| panic!("{} apples", 3)).unwrap_err();
        assert_eq!(panic.message, "3 apples");
        assert!(panic.place.contains("caught.rs:"), "{}", panic.place);
        assert_eq!(caught(|| panic!("pears")).unwrap_err().message, "pears");
    }

    #[test]
    fn no_panic_is_no_news() {
        assert_eq!(caught(|| 7), Ok(7));
    }

    #[test]
    fn a_payload_that_is_no_text_is_told_so() {
        let panic = caught(|| panic::panic_any(5)).unwrap_err();
        assert_eq!(panic.message, "a panic without a message");
    }
}
