//! Translations of the app's texts. A translation is a struct of `&'static str` with one `static` per language, so
//! that a language that lacks a text does not compile. [`fill`] replaces placeholders such as `{name}`. The kiosk has
//! five languages, whose texts are data that tablets load; set-up has Japanese and English, side by side in Rust.

pub mod kiosk;
pub mod setup;

pub use yobirin_domain::text::fill;
