//! Wrappers around the browser's APIs: the only folder that uses `web_sys` and `js_sys`.
//! A missing or refused API never panics: the wrapper returns nothing, or does nothing. Its error is dropped, because
//! set-up and kiosk can do nothing about a missing API; no place repeats this reason.

pub mod abort;
pub mod clock;
mod color;
mod document;
pub mod drag;
pub mod event_source;
pub mod file;
mod focus;
pub mod iframe;
pub mod image;
pub mod keep_focus;
pub mod navigation;
pub mod random;
pub mod scroll;
pub mod shortcuts;
pub mod sticky_bars;
pub mod storage;
pub mod tablet_checks;
pub mod task;
pub mod watchdog;
pub mod window_events;
pub mod worker;

pub use color::{Rgb, luminance_of};
pub use document::*;
pub use focus::*;

/// Types that views pass between the functions of this folder.
pub use web_sys::{Element, Event, HtmlElement, PointerEvent, RequestCache};
