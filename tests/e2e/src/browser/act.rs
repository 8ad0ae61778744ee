//! Acting as a person would: opening pages, pressing, typing, choosing.

use std::path::Path;

use serde_json::{Value, json};
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

    /// Puts a finger down at the middle of what matches and lifts it a moment later, whatever lies on top.
    pub async fn tap_at(&self, selector: &str) {
        let place = format!(
            "const r = document.querySelector('{selector}').getBoundingClientRect();
             return {{ x: r.x + r.width / 2, y: r.y + r.height / 2 }};"
        );
        let place = self.script(&place).await;
        let touch = |kind: &str, fingers: Value| json!({ "type": kind, "touchPoints": fingers });
        self.command(
            "Input.dispatchTouchEvent",
            touch("touchStart", json!([place])),
        )
        .await;
        // As long as a finger stays, and frames are drawn meanwhile.
        self.script_async("setTimeout(arguments[0], 120)").await;
        self.command("Input.dispatchTouchEvent", touch("touchEnd", json!([])))
            .await;
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
        // What lies under a bar counts as in view, but cannot be clicked.
        let _ = field.scroll_into_view().await;
        let typed = async {
            field.scroll_into_view().await?;
            field.click().await?;
            field.send_keys(select_all).await?;
            field.send_keys(Key::Delete).await?;
            field.send_keys(text).await
        };
        typed
            .await
            .unwrap_or_else(|error| panic!("{selector} takes no typing: {error}"));
    }

    /// Types into a field of date or time, part by part, as the browser's own keys go.
    pub async fn type_time(&self, selector: &str, keys: &str) {
        let typed = self.find(selector).await.send_keys(keys).await;
        typed.unwrap_or_else(|error| panic!("{selector} takes no typing: {error}"));
    }

    /// Presses one key in what matches.
    pub async fn key(&self, selector: &str, key: Key) {
        let pressed = self.find(selector).await.send_keys(key + "").await;
        pressed.unwrap_or_else(|error| panic!("{selector} takes no key: {error}"));
    }

    /// Chooses a file, for an input that is shown or one that its label stands for.
    pub async fn choose_file(&self, selector: &str, path: &Path) {
        let fields = self.all_now(selector).await;
        let field = fields.first();
        let field = field.unwrap_or_else(|| panic!("there is no {selector}"));
        let path = path.canonicalize().expect("the file is there");
        let chosen = field.send_keys(path.display().to_string()).await;
        chosen.unwrap_or_else(|error| panic!("{selector} takes no file: {error}"));
    }

    /// Drags what matches just past the middle of something else, away from where it comes from.
    pub async fn drag(&self, selector: &str, onto: &str) {
        self.sees(selector).await;
        self.sees(onto).await;
        let places = self
            .script(&format!(
                "const [from, onto] = [`{selector}`, `{onto}`].map(s => document.querySelector(s));
                 const places = () => [from, onto].map(e => e.getBoundingClientRect());
                 const between = places().reduce((sum, r) => sum + r.top, 0) / 2;
                 window.scrollBy({{ top: between - innerHeight * 0.4, behavior: 'instant' }});
                 const [a, b] = places();
                 const past = a.top < b.top ? 0.75 : 0.25;
                 return [a.left + a.width / 2, a.top + a.height / 2, b.top + b.height * past];"
            ))
            .await;
        let [x, from, to] = [0, 1, 2].map(|i| whole(&places[i]));
        let chain = self.driver.session.action_chain();
        let chain = chain.move_to(x, from).click_and_hold();
        // A hand passes through the middle.
        let chain = chain.move_to(x, i64::midpoint(from, to)).move_to(x, to);
        let dragged = chain.release().perform().await;
        dragged.unwrap_or_else(|error| panic!("{selector} cannot be dragged: {error}"));
    }

    /// Drags what matches with a finger onto the middle of something else that is in sight.
    pub async fn drag_by_finger(&self, selector: &str, onto: &str) {
        self.sees(onto).await;
        let _ = self.find(selector).await.scroll_into_view().await;
        let places = self
            .script(&format!(
                "return [`{selector}`, `{onto}`].flatMap(s => {{
                     const r = document.querySelector(s).getBoundingClientRect();
                     return [r.left + Math.min(r.width, 40) / 2, r.top + r.height / 2];
                 }});"
            ))
            .await;
        let [x, from, _, to] = [0, 1, 2, 3].map(|i| whole(&places[i]));
        let touch = async |kind: &str, y: Option<i64>| {
            let points: Vec<Value> = y.map(|y| json!({ "x": x, "y": y })).into_iter().collect();
            let event = json!({ "type": kind, "touchPoints": points });
            self.command("Input.dispatchTouchEvent", event).await;
        };
        touch("touchStart", Some(from)).await;
        for step in 1..=4 {
            touch("touchMove", Some(from + (to - from) * step / 4)).await;
        }
        touch("touchEnd", None).await;
    }

    /// Presses what matches in a frame of the page, where the page shows it: a frame that is scaled
    /// is hit where a person would hit it.
    pub async fn press_inside(&self, frame: &str, selector: &str) {
        self.enter(frame).await;
        self.sees(selector).await;
        self.leave().await;
        let place = self
            .script(&format!(
                "const frame = document.querySelector(`{frame}`);
                 frame.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                 const inner = frame.contentDocument.querySelector(`{selector}`);
                 inner.scrollIntoView({{ block: 'nearest', behavior: 'instant' }});
                 const [a, b] = [frame, inner].map(e => e.getBoundingClientRect());
                 const scale = a.width / frame.offsetWidth;
                 return [a.left + (b.left + b.width / 2) * scale, a.top + (b.top + b.height / 2) * scale];"
            ))
            .await;
        let [x, y] = [0, 1].map(|i| whole(&place[i]));
        let chain = self.driver.session.action_chain().move_to(x, y).click();
        let pressed = chain.perform().await;
        pressed.unwrap_or_else(|error| panic!("{selector} cannot be pressed: {error}"));
    }

    /// Looks into a frame of the page from now on.
    pub async fn enter(&self, selector: &str) {
        let entered = self.find(selector).await.enter_frame().await;
        entered.unwrap_or_else(|error| panic!("{selector} cannot be looked into: {error}"));
    }

    /// Looks at the whole page again.
    pub async fn leave(&self) {
        let left = self.driver.session.enter_default_frame().await;
        left.expect("the page is still there");
    }

    /// The bytes of the file that pressing something lets the browser save.
    pub async fn download(&self, selector: &str) -> Vec<u8> {
        self.script(
            "window.saved = null;
             const make = URL.createObjectURL;
             URL.createObjectURL = blob => { window.saved = blob; return make.call(URL, blob); };",
        )
        .await;
        self.press(selector).await;
        let bytes = self
            .script_async(
                "const done = arguments[arguments.length - 1];
                 const look = () => window.saved
                     ? window.saved.arrayBuffer().then(all => done(Array.from(new Uint8Array(all))))
                     : setTimeout(look, 20);
                 look();",
            )
            .await;
        serde_json::from_value(bytes).expect("a file was saved")
    }

    /// Puts the pointer over what matches, without pressing.
    pub async fn hover(&self, selector: &str) {
        let element = self.find(selector).await;
        let chain = self.driver.session.action_chain();
        let moved = chain.move_to_element_center(&element).perform().await;
        moved.unwrap_or_else(|error| panic!("{selector} cannot be hovered over: {error}"));
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
        let result = self.try_script(text).await;
        result.unwrap_or_else(|error| panic!("script failed: {error}\n{text}"))
    }

    /// The same where the page may be left meanwhile, which is said as an error.
    pub(super) async fn try_script(&self, text: &str) -> Result<Value, String> {
        let result = self.driver.session.execute(text, Vec::new()).await;
        result
            .map(|value| value.json().clone())
            .map_err(|error| error.to_string())
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

/// A length that a script measured, in whole pixels.
fn whole(length: &Value) -> i64 {
    #[allow(clippy::cast_possible_truncation)] // a few thousand pixels
    let whole = length.as_f64().unwrap_or_default().round() as i64;
    whole
}
