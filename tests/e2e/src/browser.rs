//! A browser under test: finding elements, actions and assertions, each with a timeout.

mod actions;
mod assertions;
mod emulation;
mod find;
mod focus;
mod keyboard;

pub use emulation::Scheme;

use crate::driver::Driver;

/// Script whose result comes after two frames: the page has rendered its last step, and measured what it renders.
const TWO_FRAMES: &str = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))";

/// A viewport, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Size {
    /// A desktop computer.
    pub const DESKTOP: Self = Self {
        width: 1280,
        height: 800,
    };
    /// A tablet in landscape orientation.
    pub const TABLET: Self = Self {
        width: 1024,
        height: 768,
    };
    /// A tablet in portrait orientation.
    pub const PORTRAIT: Self = Self {
        width: 820,
        height: 1180,
    };
    /// A phone.
    pub const PHONE: Self = Self {
        width: 390,
        height: 844,
    };
    /// A phone on its side: the lowest window.
    pub const PHONE_LANDSCAPE: Self = Self {
        width: 844,
        height: 390,
    };
    /// A very large display.
    pub const LARGE_DISPLAY: Self = Self {
        width: 2360,
        height: 1640,
    };
    /// The four usual sizes.
    pub const ALL: [Self; 4] = [Self::DESKTOP, Self::TABLET, Self::PORTRAIT, Self::PHONE];
}

/// A browser with one tab on the app.
pub struct Browser {
    driver: Driver,
    origin: String,
}

impl Browser {
    /// Starts a browser for the app at `origin` with this language.
    pub async fn start(origin: String, language: &str, size: Size) -> Self {
        let browser = Self {
            driver: Driver::start(language).await,
            origin,
        };
        browser.resize(size).await;
        browser
    }
}
