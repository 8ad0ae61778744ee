//! Translations of the app's texts. A translation is a struct of `&'static str` with one `static` per language, so a
//! missing one does not compile. Placeholders `{name}` in a text are replaced by [`fill`]. The kiosk has five
//! languages, whose texts are data that tablets load; set-up has Japanese and English, side by side in Rust.

pub mod kiosk;
pub mod setup;

pub use yobirin_domain::text::fill;
