//! Building blocks of both faces: props in, callbacks out, no state of the app.

pub mod confirm;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod notice;
pub mod ordered;
pub mod picker;
pub mod qr;
pub mod tile;

pub use confirm::Confirm;
pub use dialog::Dialog;
pub use field::{Area, Check, Opt, SelectField, TextField};
pub use icon::{Picture, Sign};
pub use notice::{Notice, Tone};
pub use ordered::{Ordered, Row};
pub use picker::{Choice, Picker};
pub use qr::Qr;
pub use tile::tile;

use std::sync::atomic::{AtomicU32, Ordering};

/// An element id that no other element of this page has, for tying labels and hints to inputs.
#[must_use]
pub fn fresh_id() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("e{}", LAST.fetch_add(1, Ordering::Relaxed))
}
