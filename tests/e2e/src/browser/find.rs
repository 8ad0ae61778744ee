//! Finding elements by CSS selector, or by the text of a button.

use thirtyfour::prelude::*;
use tokio::time::{Instant, sleep};

use super::Browser;
use crate::engine::Engine;
use crate::{POLL_INTERVAL, WAIT_TIMEOUT};

/// JavaScript that returns whether an element is visible.
const IS_VISIBLE: &str = "const [element] = arguments;
    const box = element.getBoundingClientRect();
    const shown = { opacityProperty: true, visibilityProperty: true };
    return element.checkVisibility(shown) && box.width > 0 && box.height > 0;";

impl Browser {
    /// The first visible element that matches.
    pub async fn find(&self, selector: &str) -> WebElement {
        self.wait_for(
            By::Css(selector),
            &format!("that is visible matches {selector}"),
        )
        .await
    }

    /// Waits for a visible match. Errors of the driver, as while the page re-renders, are retried.
    async fn wait_for(&self, by: By, what: &str) -> WebElement {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            match self.first_visible(by.clone()).await {
                Ok(Some(element)) => return element,
                outcome => assert!(
                    Instant::now() < deadline,
                    "no element {what} ({})\n{}",
                    outcome
                        .err()
                        .map_or_else(String::new, |error| error.to_string()),
                    self.text_or_empty().await
                ),
            }
        }
    }

    /// The first visible match, if there is one now.
    async fn first_visible(&self, by: By) -> WebDriverResult<Option<WebElement>> {
        let session = &self.driver.session;
        if self.driver.engine != Engine::WebKit {
            let query = session.query(by).and_displayed();
            return query.wait(POLL_INTERVAL, POLL_INTERVAL).first_opt().await;
        }
        // WebKit's driver takes links inside an element with `contain: strict` for invisible, so a script looks.
        for element in session.find_all(by).await? {
            let visible = session
                .execute(IS_VISIBLE, vec![element.to_json()?])
                .await?;
            if visible.json() == true {
                return Ok(Some(element));
            }
        }
        sleep(POLL_INTERVAL).await;
        Ok(None)
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

    /// The first visible button or link that fulfils an XPath condition.
    async fn find_pressable(&self, condition: &str) -> WebElement {
        let path = format!("//*[self::button or self::a or @role='button'][{condition}]");
        self.wait_for(
            By::XPath(&path),
            &format!("can be pressed where {condition}"),
        )
        .await
    }

    /// The first element that matches, visible or not.
    pub(super) async fn find_rendered(&self, selector: &str) -> WebElement {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            let matches = self.try_find_all(selector).await;
            if let Some(element) = matches.ok().and_then(|matches| matches.into_iter().next()) {
                return element;
            }
            assert!(Instant::now() < deadline, "no element matches {selector}");
            sleep(POLL_INTERVAL).await;
        }
    }

    /// All current matches, without waiting.
    pub async fn all_now(&self, selector: &str) -> Vec<WebElement> {
        let matches = self.try_find_all(selector).await;
        matches.unwrap_or_else(|error| panic!("{selector} cannot be looked for: {error}"))
    }

    /// All current matches; an error of the driver, for example while the page is loading.
    pub(super) async fn try_find_all(&self, selector: &str) -> WebDriverResult<Vec<WebElement>> {
        self.driver.session.find_all(By::Css(selector)).await
    }

    /// The current text of the page. A page that is loading is waited for, so that no test takes it for a page
    /// without some words.
    pub async fn text(&self) -> String {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            match self.try_text().await {
                Ok(text) => return text,
                Err(error) => assert!(Instant::now() < deadline, "the page has no text: {error}"),
            }
            sleep(POLL_INTERVAL).await;
        }
    }

    /// The current text of the page; empty while it is loading.
    pub(super) async fn text_or_empty(&self) -> String {
        self.try_text().await.unwrap_or_default()
    }

    async fn try_text(&self) -> Result<String, String> {
        if self.driver.engine == Engine::WebKit {
            // The driver leaves out text that it considers invisible, and `innerText` leaves out the options of a
            // select.
            let script = "const choices = [...document.querySelectorAll('option')];
                return [document.body.innerText, ...choices.map(option => option.text)].join('\\n');";
            let text = self.try_script(script).await?;
            // Spaces as the other drivers return them.
            return Ok(text.as_str().unwrap_or_default().replace('\u{a0}', " "));
        }
        let body = self.driver.session.find(By::Css("body")).await;
        let text = match body {
            Ok(body) => body.text().await,
            Err(error) => Err(error),
        };
        text.map_err(|error| error.to_string())
    }
}
