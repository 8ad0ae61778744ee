//! Assertions about the page, and screenshots.

use std::path::Path;

use tokio::time::{Instant, sleep};

use super::{Browser, TWO_FRAMES};
use crate::{POLL_INTERVAL, WAIT_TIMEOUT, artifacts, as_read};

impl Browser {
    /// Waits until a visible element matches.
    pub async fn sees(&self, selector: &str) {
        self.find(selector).await;
    }

    /// Waits until the page contains this text; a space that breaks no line counts as a space.
    pub async fn says(&self, words: &str) {
        let words = &as_read(words);
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            let page = as_read(&self.text_or_empty().await);
            if page.contains(words) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "the page does not contain «{words}»; its text is:\n{page}"
            );
            sleep(POLL_INTERVAL).await;
        }
    }

    /// Waits for two frames: the page has rendered its last step, and measured what it renders.
    pub async fn await_two_frames(&self) {
        self.script_async(TWO_FRAMES).await;
    }

    /// Waits until a script returns true.
    pub async fn until(&self, script: &str) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            // A page that is reloading returns an error.
            let response = self.try_script(script).await;
            if response == Ok(serde_json::Value::Bool(true)) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "never true: {script}\nlast answer: {response:?}\n{}",
                self.text_or_empty().await
            );
            sleep(POLL_INTERVAL).await;
        }
    }

    /// Waits until no element matches.
    pub async fn no_longer_sees(&self, selector: &str) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            // An error, as while the page is loading, does not say that the element is gone.
            let matches = self.try_find_all(selector).await;
            if matches.is_ok_and(|matches| matches.is_empty()) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "{selector} never went away:\n{}",
                self.text_or_empty().await
            );
            sleep(POLL_INTERVAL).await;
        }
    }

    /// Asserts that no element overflows the page horizontally.
    pub async fn assert_no_overflow(&self) {
        let script = "const r = document.documentElement; return [r.scrollWidth, r.clientWidth];";
        let widths = self.script(script).await;
        assert!(
            widths[0].as_f64() <= widths[1].as_f64(),
            "the page is {} px wide in a window of {} px",
            widths[0],
            widths[1]
        );
    }

    /// Asserts that the browser's console has no error of the page (uncaught errors, blocked scripts). Every
    /// test does this at its end; an earlier check locates the error.
    pub async fn assert_clean_console(&self) {
        let errors = self.driver.take_errors().await;
        assert!(errors.is_empty(), "the console says: {errors:#?}");
    }

    /// Allows errors of the page from now on, for tests that cause them.
    pub fn expect_errors(&self) {
        self.driver.expect_errors();
    }

    /// Saves a screenshot as `target/screenshots/<name>.png`.
    pub async fn screenshot(&self, name: &str) {
        let path = artifacts("screenshots").join(format!("{name}.png"));
        self.screenshot_to(&path).await;
    }

    /// Saves a screenshot at this path.
    pub async fn screenshot_to(&self, path: &Path) {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("the folder can be made");
        }
        self.driver
            .session
            .screenshot(path)
            .await
            .expect("a picture can be taken");
    }
}
