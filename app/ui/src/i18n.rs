//! Translations of the app's texts. They are data, one file per language in `app/ui/i18n`; `build.rs` generates a struct of
//! `&'static str` with one `static` per language from them, so that a language that lacks a text does not compile.
//! [`fill`] replaces placeholders such as `{name}`. The kiosk has five languages, which tablets load; set-up has
//! Japanese and English.

pub mod kiosk;
pub mod setup;

pub use yobirin_domain::text::fill;
