//! Actions of a user: opening pages, pressing, typing, choosing.

use std::borrow::Cow;
use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::components::SelectElement;
use thirtyfour::prelude::*;
use tokio::time::{Instant, sleep};

use super::keyboard::keys_for;
use super::{Browser, TWO_FRAMES};
use crate::console::COLLECT_ERRORS;
use crate::engine::Engine;
use crate::{POLL_INTERVAL, WAIT_TIMEOUT};

impl Browser {
    /// Opens a path of the app, or an absolute URL.
    pub async fn open(&self, path_or_url: &str) {
        let address = if path_or_url.starts_with('/') {
            format!("{}{path_or_url}", self.origin)
        } else {
            path_or_url.to_owned()
        };
        self.driver
            .session
            .goto(&address)
            .await
            .unwrap_or_else(|e| panic!("{address}: {e}"));
        self.collect_errors().await;
    }

    /// Reloads the page.
    pub async fn reload(&self) {
        if self.driver.engine == Engine::Firefox {
            // geckodriver's refresh bypasses the service worker; opening the same address does not.
            let address = self.driver.session.current_url().await;
            return self
                .open(address.expect("a page has an address").as_str())
                .await;
        }
        self.driver
            .session
            .refresh()
            .await
            .expect("a page can be reloaded");
        self.collect_errors().await;
    }

    /// Makes the page collect its errors, where the driver does not.
    async fn collect_errors(&self) {
        if self.driver.engine != Engine::Chromium {
            // A page that navigates away at once has no errors to collect.
            let _ = self.try_script(COLLECT_ERRORS).await;
        }
    }

    /// Closes the checklist that staff see on a tablet right after its pairing.
    pub async fn close_checklist(&self) {
        self.press("dialog.overlay [data-state=close]").await;
        self.no_longer_sees("dialog.overlay[open]").await;
    }

    /// Presses the matching element.
    pub async fn press(&self, selector: &str) {
        let find = async || self.find(selector).await;
        self.click(selector, find).await;
    }

    /// Presses the button or link with exactly this text.
    pub async fn press_button(&self, words: &str) {
        let find = async || self.button(words).await;
        self.click(words, find).await;
    }

    /// Presses the first button whose text starts with this.
    pub async fn press_button_starting(&self, words: &str) {
        let find = async || self.button_starting(words).await;
        self.click(words, find).await;
    }

    /// Clicks the element that `find` returns.
    async fn click(&self, name: &str, find: impl AsyncFn() -> WebElement) {
        let click = async |element: WebElement| {
            self.bring_into_view(&element).await;
            element.click().await
        };
        self.until_done(&format!("{name} cannot be pressed"), find, click)
            .await;
    }

    /// Does an action on the matching element.
    async fn act_on(
        &self,
        selector: &str,
        problem: &str,
        act: impl AsyncFn(WebElement) -> WebDriverResult<()>,
    ) {
        let find = async || self.find(selector).await;
        self.until_done(&format!("{selector} {problem}"), find, act)
            .await;
    }

    /// Repeats an action until the driver reports no error. An error means that the page re-rendered the element at that
    /// moment, or that another element covered it.
    async fn until_done(
        &self,
        problem: &str,
        find: impl AsyncFn() -> WebElement,
        act: impl AsyncFn(WebElement) -> WebDriverResult<()>,
    ) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            let Err(error) = act(find().await).await else {
                return;
            };
            assert!(
                Instant::now() < deadline,
                "{problem}: {error}\n{}",
                self.text_or_empty().await
            );
            sleep(POLL_INTERVAL).await;
        }
    }

    /// Scrolls to an element: one below a fixed bar counts as in view but cannot be clicked.
    async fn bring_into_view(&self, element: &WebElement) {
        if self.driver.engine == Engine::WebKit {
            // In the frame after it has rendered a step, the app scrolls to the top and moves the focus. This driver
            // clicks at a place that it has looked up before, and types at whatever has the focus.
            // A page that is being left runs no script; the click that follows then fails.
            let _ = self
                .driver
                .session
                .execute_async(TWO_FRAMES, Vec::new())
                .await;
        }
        let _ = element.scroll_into_view().await;
    }

    /// Presses the matching element twice in quick succession.
    pub async fn press_twice(&self, selector: &str) {
        let press_twice = async |element: WebElement| {
            self.bring_into_view(&element).await;
            let taps = self.driver.session.action_chain();
            taps.double_click_element(&element).perform().await
        };
        self.act_on(selector, "cannot be pressed", press_twice)
            .await;
    }

    /// Taps at the center of the matching element, whatever covers it: with a finger in Chromium, else with a
    /// pointer.
    pub async fn tap_at(&self, selector: &str) {
        self.find_rendered(selector).await;
        let center = format!(
            "const r = document.querySelector('{selector}').getBoundingClientRect();
             return {{ x: r.x + r.width / 2, y: r.y + r.height / 2 }};"
        );
        let center = self.script(&center).await;
        if self.driver.engine != Engine::Chromium {
            let [x, y] = ["x", "y"].map(|axis| whole_pixels(&center[axis]));
            let tap = self.driver.session.action_chain().move_to(x, y).click();
            return tap.perform().await.expect("a pointer presses anywhere");
        }
        let touch = |kind: &str, fingers: Value| json!({ "type": kind, "touchPoints": fingers });
        self.command(
            "Input.dispatchTouchEvent",
            touch("touchStart", json!([center])),
        )
        .await;
        // The duration of a tap, during which frames are rendered.
        self.script_async("setTimeout(arguments[0], 120)").await;
        self.command("Input.dispatchTouchEvent", touch("touchEnd", json!([])))
            .await;
    }

    /// Types into the focused element.
    pub async fn type_on(&self, text: &str) {
        let keys = self.driver.session.action_chain().send_keys(text);
        keys.perform().await.expect("a keyboard types anywhere");
    }

    /// Replaces the text of the matching field by typing.
    pub async fn type_into(&self, selector: &str, text: &str) {
        let replace_text = async |field: WebElement| {
            self.bring_into_view(&field).await;
            field.click().await?;
            field.send_keys(Key::Control + "a").await?;
            field.send_keys(Key::Delete).await?;
            field.send_keys(keys_for(self.driver.engine, text)).await
        };
        self.act_on(selector, "takes no typing", replace_text).await;
    }

    /// Types into a date or time field, segment by segment.
    pub async fn type_time(&self, selector: &str, keys: &str) {
        let send_keys = async |field: WebElement| field.send_keys(keys).await;
        self.act_on(selector, "takes no typing", send_keys).await;
    }

    /// Presses a key in the matching element.
    pub async fn key(&self, selector: &str, key: Key) {
        let send_key = async |element: WebElement| element.send_keys(key.clone() + "").await;
        self.act_on(selector, "takes no key", send_key).await;
    }

    /// Chooses a file for an input, which may be hidden behind its label.
    pub async fn choose_file(&self, selector: &str, path: &Path) {
        let field = self.find_rendered(selector).await;
        let path = path.canonicalize().expect("the file is there");
        let chosen = field.send_keys(path.display().to_string()).await;
        chosen.unwrap_or_else(|error| panic!("{selector} takes no file: {error}"));
    }

    /// Drags the matching element just past the center of another one.
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
        let [x, from, to] = [0, 1, 2].map(|i| whole_pixels(&places[i]));
        let chain = self.driver.session.action_chain();
        let chain = chain.move_to(x, from).click_and_hold();
        // An intermediate point, as in a real movement.
        let chain = chain.move_to(x, i64::midpoint(from, to)).move_to(x, to);
        let dragged = chain.release().perform().await;
        dragged.unwrap_or_else(|error| panic!("{selector} cannot be dragged: {error}"));
    }

    /// Drags the matching element by touch just past the center of another visible one.
    pub async fn drag_by_finger(&self, selector: &str, onto: &str) {
        self.sees(onto).await;
        self.sees(selector).await;
        let places = self
            .script(&format!(
                // At the window's edge a drag would scroll the page.
                "document.querySelector(`{selector}`).scrollIntoView({{ block: 'center', behavior: 'instant' }});
                 return [`{selector}`, `{onto}`].flatMap(s => {{
                     const r = document.querySelector(s).getBoundingClientRect();
                     return [r.left + Math.min(r.width, 40) / 2, r.top + r.height / 2];
                 }});"
            ))
            .await;
        let [x, from, _, center] = [0, 1, 2, 3].map(|i| whole_pixels(&places[i]));
        // Past the center, where rounding cannot decide the side.
        let to = center + 2 * (center - from).signum();
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

    /// Presses the matching element inside a frame at its position on the page, for frames that are scaled.
    pub async fn press_inside(&self, frame: &str, selector: &str) {
        self.enter_frame(frame).await;
        self.sees(selector).await;
        self.leave_frame().await;
        let center = self
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
        let [x, y] = [0, 1].map(|i| whole_pixels(&center[i]));
        let chain = self.driver.session.action_chain().move_to(x, y).click();
        let pressed = chain.perform().await;
        pressed.unwrap_or_else(|error| panic!("{selector} cannot be pressed: {error}"));
    }

    /// Switches to a frame of the page.
    pub async fn enter_frame(&self, selector: &str) {
        let enter = async |frame: WebElement| frame.enter_frame().await;
        self.act_on(selector, "cannot be switched to", enter).await;
    }

    /// Switches back to the page.
    pub async fn leave_frame(&self) {
        let switched = self.driver.session.enter_default_frame().await;
        switched.expect("the page is still there");
    }

    /// Presses the matching element; returns the content of the file that it downloads.
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
        let move_pointer = async |element: WebElement| {
            let chain = self.driver.session.action_chain();
            chain.move_to_element_center(&element).perform().await
        };
        self.act_on(selector, "cannot be hovered over", move_pointer)
            .await;
    }

    /// Chooses an option of a select by its value; waits for the option.
    pub async fn choose(&self, selector: &str, value: &str) {
        let choose = async |element: WebElement| {
            let select = SelectElement::new(&element).await?;
            select.select_by_value(value).await
        };
        self.act_on(selector, &format!("has no option {value}"), choose)
            .await;
    }

    /// Chooses an option of a select by its text; waits for the option.
    pub async fn choose_by_text(&self, selector: &str, words: &str) {
        let choose = async |element: WebElement| {
            let select = SelectElement::new(&element).await?;
            select.select_by_exact_text(words).await
        };
        self.act_on(selector, &format!("has no option «{words}»"), choose)
            .await;
    }

    /// Runs a script in the page; returns its result.
    pub async fn script(&self, text: &str) -> Value {
        let result = self.try_script(text).await;
        result.unwrap_or_else(|error| panic!("script failed: {error}\n{text}"))
    }

    /// Runs a script; returns an error if the page is left meanwhile.
    pub(super) async fn try_script(&self, text: &str) -> Result<Value, String> {
        let text = self.in_the_pages_scope(text);
        let result = self.driver.session.execute(text, Vec::new()).await;
        result
            .map(|value| value.json().clone())
            .map_err(|error| error.to_string())
    }

    /// The script, whose `Date` and `URL` are to be the page's: geckodriver runs it in a sandbox that has its own.
    fn in_the_pages_scope<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.driver.engine {
            Engine::Firefox => format!("with (window) {{ {text} }}").into(),
            Engine::Chromium | Engine::WebKit => text.into(),
        }
    }

    /// Runs an asynchronous script, which ends by calling its last argument. In WebKit it may run twice.
    pub async fn script_async(&self, text: &str) -> Value {
        let text = self.in_the_pages_scope(text);
        let run = || self.driver.session.execute_async(text.clone(), Vec::new());
        let mut result = run().await;
        if result.is_err() && self.driver.engine == Engine::WebKit {
            // Under load this driver now and then loses the result ("Could not parse script result").
            result = run().await;
        }
        result
            .unwrap_or_else(|error| panic!("script failed: {error}"))
            .json()
            .clone()
    }
}

/// A length measured by a script, in whole pixels.
fn whole_pixels(length: &Value) -> i64 {
    #[allow(clippy::cast_possible_truncation)] // a few thousand pixels
    let pixels = length.as_f64().unwrap_or_default().round() as i64;
    pixels
}
