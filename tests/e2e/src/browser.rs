//! A browser under test: finding elements, actions and assertions, each with a timeout.

mod actions;
mod assertions;
mod find;
mod focus;

pub use focus::Scheme;
use serde_json::json;

use crate::driver::Driver;

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

    /// Sets the size of the viewport.
    pub async fn resize(&self, size: Size) {
        let metrics = json!({
            "width": size.width, "height": size.height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.command("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        // Waits for the new layout, so that the next press hits the right place.
        let Size { width, height } = size;
        self.until(&format!(
            "return innerWidth === {width} && innerHeight === {height}"
        ))
        .await;
    }

    /// Sets the preferred color scheme, without transitions, so that screenshots show final colors.
    pub async fn prefer_dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let wish = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.command("Emulation.setEmulatedMedia", wish).await;
    }

    /// Disables or restores the browser's network.
    pub async fn offline(&self, offline: bool) {
        self.command("Network.enable", json!({})).await;
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.command("Network.emulateNetworkConditions", conditions)
            .await;
    }

    /// Blocks storage for every page, as strict privacy settings do.
    pub async fn without_storage(&self) {
        let refuse =
            "const refuse = { get() { throw new DOMException('denied', 'SecurityError') } };
            for (const name of ['localStorage', 'sessionStorage', 'caches'])
                Object.defineProperty(window, name, refuse);";
        self.before_every_page(refuse).await;
    }

    /// Runs a script in every page loaded from now on, before the page's own scripts.
    pub async fn before_every_page(&self, script: &str) {
        let script = json!({ "source": script });
        self.command("Page.addScriptToEvaluateOnNewDocument", script)
            .await;
    }

    async fn command(&self, name: &str, parameters: serde_json::Value) {
        let sent = self.driver.session.cdp().send_raw(name, parameters).await;
        sent.unwrap_or_else(|error| panic!("Chromium refused {name}: {error}"));
    }
}
