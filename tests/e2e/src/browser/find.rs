//! Finding: by CSS selector, by the words on a button, by a field's name.

use std::time::Duration;

use thirtyfour::prelude::*;

use super::Browser;
use crate::SOON;

const STEP: Duration = Duration::from_millis(30);

impl Browser {
    /// The first visible element that matches.
    pub async fn find(&self, selector: &str) -> WebElement {
        let query = self.driver.session.query(By::Css(selector)).and_displayed();
        match query.wait(SOON, STEP).first().await {
            Ok(element) => element,
            Err(error) => panic!(
                "nothing visible matches {selector}: {error}\n{}",
                self.words().await
            ),
        }
    }

    /// The first visible button or link that says exactly this.
    pub async fn button(&self, words: &str) -> WebElement {
        let path =
            format!("//*[self::button or self::a or @role='button'][normalize-space(.)='{words}']");
        let query = self.driver.session.query(By::XPath(&path)).and_displayed();
        match query.wait(SOON, STEP).first().await {
            Ok(element) => element,
            Err(error) => panic!("no button says «{words}»: {error}\n{}", self.words().await),
        }
    }

    /// Every element that matches now, without waiting.
    pub async fn all_now(&self, selector: &str) -> Vec<WebElement> {
        self.driver
            .session
            .find_all(By::Css(selector))
            .await
            .unwrap_or_default()
    }

    /// Everything the page says now.
    pub async fn words(&self) -> String {
        match self.driver.session.find(By::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }
}
