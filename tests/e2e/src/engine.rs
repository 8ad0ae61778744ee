//! The browser engines that the tests run in.

/// An engine, chosen for a whole run by `YOBIRIN_BROWSER`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, through ChromeDriver. The default, and the only one that runs every test.
    Chromium,
    /// WebKitGTK, the engine nearest to an iPad's, in its MiniBrowser.
    WebKit,
    /// Firefox, through geckodriver.
    Firefox,
}

impl Engine {
    /// The engine of this run: `chromium` (default), `webkit` or `firefox`.
    #[must_use]
    pub fn of_this_run() -> Self {
        match std::env::var("YOBIRIN_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Self::Chromium,
            Ok("webkit") => Self::WebKit,
            Ok("firefox") => Self::Firefox,
            Ok(other) => panic!("YOBIRIN_BROWSER={other}: must be chromium, webkit or firefox"),
        }
    }

    /// Panics unless this engine is Chromium: only its driver offers what the test needs. Such tests are listed in
    /// `tests/e2e/engines/chromium-only.tsv`.
    pub(crate) fn must_be_chromium(self, reason: &str) {
        assert!(
            self == Self::Chromium,
            "this test runs in Chromium only, because {reason}"
        );
    }
}
