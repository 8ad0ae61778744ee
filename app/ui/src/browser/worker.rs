//! A web worker that answers one message.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Starts the module worker of a URL, sends it bytes, and returns the text that it answers. `None` when it cannot be
/// loaded, fails, or answers no text. The worker ends afterwards.
pub async fn ask(url: &str, bytes: &[u8]) -> Option<String> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(url, &options).ok()?;
    let answer = Promise::new(&mut |resolve, _| {
        let fail = resolve.clone();
        let on_message = Closure::once_into_js(move |event: MessageEvent| {
            let _ = resolve.call1(&JsValue::NULL, &event.data());
        });
        let on_error = Closure::once_into_js(move |_: ErrorEvent| {
            let _ = fail.call1(&JsValue::NULL, &JsValue::NULL);
        });
        worker.set_onmessage(Some(on_message.unchecked_ref()));
        worker.set_onerror(Some(on_error.unchecked_ref()));
    });
    let answer = match worker.post_message(&Uint8Array::from(bytes)) {
        Ok(()) => JsFuture::from(answer).await.ok(),
        Err(_) => None,
    };
    worker.terminate();
    answer?.as_string()
}
