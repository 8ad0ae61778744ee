//! Building blocks of both faces: props in, callbacks out, no state of the app.

pub mod icon;

pub use icon::{Picture, Sign};
