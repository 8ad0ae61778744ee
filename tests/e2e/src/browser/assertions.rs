//! Checking: what is there, what is not, what it looks like.

use std::path::Path;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::Browser;
use crate::{WAIT_TIMEOUT, artefacts, console};

impl Browser {
    /// Waits until something visible matches.
    pub async fn sees(&self, selector: &str) {
        self.find(selector).await;
    }

    /// Waits until the page says these words somewhere.
    pub async fn says(&self, words: &str) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            let page = self.text().await;
            if page.contains(words) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "the page never said «{words}»; it says:\n{page}"
            );
            sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until a script in the page returns true.
    pub async fn until(&self, script: &str) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            // A page that reloads just then answers with an error.
            let answer = self.try_script(script).await;
            if answer == Ok(serde_json::Value::Bool(true)) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "never true: {script}\nlast answer: {answer:?}\n{}",
                self.text().await
            );
            sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until nothing matches any more.
    pub async fn no_longer_sees(&self, selector: &str) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        while !self.all_now(selector).await.is_empty() {
            assert!(
                Instant::now() < deadline,
                "{selector} never went away:\n{}",
                self.text().await
            );
            sleep(Duration::from_millis(30)).await;
        }
    }

    /// Nothing on the page is wider than the page.
    pub async fn has_no_overflow(&self) {
        let script = "const r = document.documentElement; return [r.scrollWidth, r.clientWidth];";
        let widths = self.script(script).await;
        assert!(
            widths[0].as_f64() <= widths[1].as_f64(),
            "the page is {} wide in a window of {}",
            widths[0],
            widths[1]
        );
    }

    /// The browser's console holds no error of the page (an uncaught one, a refused script). Every
    /// story checks this at its end; asked earlier, it says where the error came from.
    pub async fn console_is_clean(&self) {
        let errors = console::take_errors(&self.driver.address()).await;
        assert!(errors.is_empty(), "the console says: {errors:#?}");
    }

    /// From now on the page's errors are what the story is about.
    pub fn expect_errors(&self) {
        self.driver.expect_errors();
    }

    /// Keeps a picture of the page as `target/screenshots/<name>.png`.
    pub async fn screenshot(&self, name: &str) {
        let path = artefacts("screenshots").join(format!("{name}.png"));
        self.screenshot_to(&path).await;
    }

    /// Keeps a picture of the page at a path.
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
