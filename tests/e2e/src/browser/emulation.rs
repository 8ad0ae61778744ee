//! Settings of the browser, not of the page: window size, network, color scheme, and scripts that tests add.
//! Chromium emulates all of them; the other engines only have a window, and fail a test that asks for more.

use serde_json::json;
use tokio::time::Instant;

use super::{Browser, Size};
use crate::WAIT_TIMEOUT;
use crate::driver::SCREEN;
use crate::engine::Engine;

/// Color scheme of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Forced colors of the operating system.
    Forced,
}

/// Offset that centers a window of this length on the screen.
fn centering_offset(screen: u32, window: u32) -> i64 {
    i64::from(screen.saturating_sub(window) / 2)
}

impl Browser {
    /// Sets the size of the viewport.
    pub async fn resize(&self, size: Size) {
        if self.driver.engine != Engine::Chromium {
            return self.resize_window(size).await;
        }
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

    /// Resizes the window until the viewport has this size. The size of toolbar and frame is known only afterwards.
    async fn resize_window(&self, size: Size) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        let (mut frame_width, mut toolbar_height) = (0, 0);
        loop {
            let (width, height) = (size.width + frame_width, size.height + toolbar_height);
            // In the middle of the screen, where the pointer is: without a window manager the window under it has the
            // focus.
            let (x, y) = (
                centering_offset(SCREEN.0, width),
                centering_offset(SCREEN.1, height),
            );
            let set = self.driver.session.set_window_rect(x, y, width, height);
            set.await.expect("a window can be resized");
            // The page has the new size one frame later.
            let measure = "const done = arguments[0];
                requestAnimationFrame(() => setTimeout(() => done([innerWidth, innerHeight])));";
            let inner = self.script_async(measure).await;
            let pixels = |index: usize| {
                let length = inner[index].as_u64().unwrap_or_default();
                u32::try_from(length).unwrap_or_default()
            };
            if pixels(0) == size.width && pixels(1) == size.height {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "{size:?} is never reached: {inner}"
            );
            // While the window still has its former size, the difference is larger than any toolbar or frame.
            frame_width = width.saturating_sub(pixels(0)).min(60);
            toolbar_height = height.saturating_sub(pixels(1)).min(160);
        }
    }

    /// Sets the preferred color scheme, without transitions, so that screenshots show final colors.
    pub async fn prefer_dark(&self, dark: bool) {
        self.prefer_scheme(if dark { Scheme::Dark } else { Scheme::Light })
            .await;
    }

    /// The color schemes that [`Self::prefer_dark`] and the checks of the focus can set: light only, for a browser
    /// that takes its scheme from the desktop.
    #[must_use]
    pub fn schemes(&self) -> &'static [Scheme] {
        match self.driver.engine {
            Engine::Chromium => &[Scheme::Light, Scheme::Dark, Scheme::Forced],
            Engine::WebKit | Engine::Firefox => &[Scheme::Light],
        }
    }

    /// Sets the color scheme of the pages; other engines than Chromium only have [`Self::schemes`].
    pub(super) async fn prefer_scheme(&self, scheme: Scheme) {
        if self.driver.engine != Engine::Chromium {
            assert!(self.schemes().contains(&scheme), "{scheme:?} is not there");
            return;
        }
        let (color_scheme, forced_colors) = match scheme {
            Scheme::Light => ("light", "none"),
            Scheme::Dark => ("dark", "none"),
            Scheme::Forced => ("light", "active"),
        };
        let parameters = json!({ "features": [
            { "name": "prefers-color-scheme", "value": color_scheme },
            { "name": "forced-colors", "value": forced_colors },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.command("Emulation.setEmulatedMedia", parameters).await;
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

    /// Sends a command of Chromium's own protocol.
    pub(super) async fn command(&self, name: &str, parameters: serde_json::Value) {
        let reason = format!("no other driver has an equivalent of {name}");
        self.driver.engine.must_be_chromium(&reason);
        let sent = self.driver.session.cdp().send_raw(name, parameters).await;
        sent.unwrap_or_else(|error| panic!("Chromium refused {name}: {error}"));
    }
}
