//! Finding, acting and checking in a browser, each waiting for what it needs with a deadline.

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
    /// A desk.
    pub const DESKTOP: Self = Self {
        width: 1280,
        height: 800,
    };
    /// A tablet on its side.
    pub const TABLET: Self = Self {
        width: 1024,
        height: 768,
    };
    /// A tablet upright.
    pub const PORTRAIT: Self = Self {
        width: 820,
        height: 1180,
    };
    /// A phone.
    pub const PHONE: Self = Self {
        width: 390,
        height: 844,
    };
    /// A very large panel.
    pub const LARGE_DISPLAY: Self = Self {
        width: 2360,
        height: 1640,
    };
    /// The first four of them.
    pub const ALL: [Self; 4] = [Self::DESKTOP, Self::TABLET, Self::PORTRAIT, Self::PHONE];
}

/// One browser with one tab on the app.
pub struct Browser {
    driver: Driver,
    origin: String,
}

impl Browser {
    /// Starts a browser for the app at `origin`, asking for pages in `language`.
    pub async fn start(origin: String, language: &str, size: Size) -> Self {
        let browser = Self {
            driver: Driver::start(language).await,
            origin,
        };
        browser.resize(size).await;
        browser
    }

    /// Gives the page exactly this much room.
    pub async fn resize(&self, size: Size) {
        let metrics = json!({
            "width": size.width, "height": size.height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.command("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        // What is pressed next must not be hit where it was before.
        let Size { width, height } = size;
        self.until(&format!(
            "return innerWidth === {width} && innerHeight === {height}"
        ))
        .await;
    }

    /// Light or dark, as the person's system would ask for; still, so that a picture shows no
    /// half-way colours.
    pub async fn prefer_dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let wish = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.command("Emulation.setEmulatedMedia", wish).await;
    }

    /// Cuts or restores this browser's network.
    pub async fn offline(&self, offline: bool) {
        self.command("Network.enable", json!({})).await;
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.command("Network.emulateNetworkConditions", conditions)
            .await;
    }

    /// Refuses every page what the browser would keep for it, as a strict setting does.
    pub async fn without_storage(&self) {
        let refuse =
            "const refuse = { get() { throw new DOMException('denied', 'SecurityError') } };
            for (const name of ['localStorage', 'sessionStorage', 'caches'])
                Object.defineProperty(window, name, refuse);";
        self.before_every_page(refuse).await;
    }

    /// Runs a script in every page that is loaded from now on, before its own.
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
