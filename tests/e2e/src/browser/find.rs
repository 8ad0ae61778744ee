//! Finding elements by CSS selector, or by the text of a button.

use std::time::Duration;

use thirtyfour::prelude::*;
use tokio::time::Instant;

use super::Browser;
use crate::WAIT_TIMEOUT;

const STEP: Duration = Duration::from_millis(30);

impl Browser {
    /// The first visible element that matches.
    pub async fn find(&self, selector: &str) -> WebElement {
        self.wait_for(By::Css(selector), &format!("visible matches {selector}"))
            .await
    }

    /// Waits for a visible match, also while the page re-renders.
    async fn wait_for(&self, by: By, what: &str) -> WebElement {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            let query = self.driver.session.query(by.clone()).and_displayed();
            match query.wait(STEP, STEP).first().await {
                Ok(element) => return element,
                Err(error) => assert!(
                    Instant::now() < deadline,
                    "nothing {what}: {error}\n{}",
                    self.text().await
                ),
            }
        }
    }

    /// The first visible button or link with exactly this text.
    pub async fn button(&self, words: &str) -> WebElement {
        self.find_pressable(&format!("normalize-space(.)='{words}'"))
            .await
    }

    /// The first visible button or link whose text starts with this.
    pub async fn button_starting(&self, words: &str) -> WebElement {
        self.find_pressable(&format!("starts-with(normalize-space(.), '{words}')"))
            .await
    }

    async fn find_pressable(&self, words: &str) -> WebElement {
        let path = format!("//*[self::button or self::a or @role='button'][{words}]");
        self.wait_for(By::XPath(&path), &format!("to press where {words}"))
            .await
    }

    /// All current matches, without waiting.
    pub async fn all_now(&self, selector: &str) -> Vec<WebElement> {
        self.driver
            .session
            .find_all(By::Css(selector))
            .await
            .unwrap_or_default()
    }

    /// The current text of the page.
    pub async fn text(&self) -> String {
        match self.driver.session.find(By::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }
}
