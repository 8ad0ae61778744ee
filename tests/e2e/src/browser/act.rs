//! Acting as a person would: opening pages, pressing, typing, choosing.

use serde_json::Value;
use thirtyfour::components::SelectElement;
use thirtyfour::prelude::*;
use tokio::time::Instant;

use super::Browser;
use crate::SOON;

impl Browser {
    /// Opens a path of the app, or a whole address.
    pub async fn open(&self, place: &str) {
        let address = if place.starts_with('/') {
            format!("{}{place}", self.origin)
        } else {
            place.to_owned()
        };
        self.driver
            .session
            .goto(&address)
            .await
            .unwrap_or_else(|e| panic!("{address}: {e}"));
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.driver
            .session
            .refresh()
            .await
            .expect("a page can be reloaded");
    }

    /// Presses what matches.
    pub async fn press(&self, selector: &str) {
        let deadline = Instant::now() + SOON;
        while !self
            .clicked(&self.find(selector).await, selector, deadline)
            .await
        {}
    }

    /// Presses the button or link that says exactly this.
    pub async fn press_button(&self, words: &str) {
        let deadline = Instant::now() + SOON;
        while !self
            .clicked(&self.button(words).await, words, deadline)
            .await
        {}
    }

    /// Presses the first button whose words start like this.
    pub async fn press_starting(&self, words: &str) {
        let deadline = Instant::now() + SOON;
        while !self
            .clicked(&self.button_starting(words).await, words, deadline)
            .await
        {}
    }

    /// False when the page was drawn anew, or something lay over the thing, just as it was pressed:
    /// then it was not, and a person would press once more.
    async fn clicked(&self, element: &WebElement, what: &str, deadline: Instant) -> bool {
        let _ = element.scroll_into_view().await;
        let Err(error) = element.click().await else {
            return true;
        };
        if Instant::now() >= deadline {
            panic!("{what} cannot be pressed: {error}\n{}", self.words().await);
        }
        false
    }

    /// Presses what matches twice in quick succession, as impatient people do.
    pub async fn press_twice(&self, selector: &str) {
        let element = self.find(selector).await;
        let taps = self.driver.session.action_chain();
        let taps = taps.double_click_element(&element);
        taps.perform().await.expect("it can be pressed");
    }

    /// Types on a keyboard, into whatever has the focus.
    pub async fn type_on(&self, text: &str) {
        let keys = self.driver.session.action_chain().send_keys(text);
        keys.perform().await.expect("a keyboard types anywhere");
    }

    /// Types into the field that matches, in place of what it holds.
    pub async fn type_into(&self, selector: &str, text: &str) {
        let field = self.find(selector).await;
        let select_all = Key::Control + "a";
        let typed = async {
            field.click().await?;
            field.send_keys(select_all).await?;
            field.send_keys(Key::Delete).await?;
            field.send_keys(text).await
        };
        typed
            .await
            .unwrap_or_else(|error| panic!("{selector} takes no typing: {error}"));
    }

    /// Chooses an option of a select by its value.
    pub async fn choose(&self, selector: &str, value: &str) {
        let select = SelectElement::new(&self.find(selector).await)
            .await
            .expect("it is a select");
        let chosen = select.select_by_value(value).await;
        chosen.unwrap_or_else(|error| panic!("{selector} has no option {value}: {error}"));
    }

    /// Chooses an option of a select by its words.
    pub async fn choose_words(&self, selector: &str, words: &str) {
        let select = SelectElement::new(&self.find(selector).await)
            .await
            .expect("it is a select");
        let chosen = select.select_by_exact_text(words).await;
        chosen.unwrap_or_else(|error| panic!("{selector} has no option «{words}»: {error}"));
    }

    /// Runs a script in the page; what it returns comes back.
    pub async fn script(&self, text: &str) -> Value {
        let result = self.driver.session.execute(text, Vec::new()).await;
        result
            .unwrap_or_else(|error| panic!("script failed: {error}\n{text}"))
            .json()
            .clone()
    }

    /// Runs a script that ends by calling its last argument.
    pub async fn script_async(&self, text: &str) -> Value {
        let result = self.driver.session.execute_async(text, Vec::new()).await;
        result
            .unwrap_or_else(|error| panic!("script failed: {error}"))
            .json()
            .clone()
    }
}
