//! Files: reading a file that was chosen or dropped, decoding its bytes, and downloads.

use js_sys::{Array, Uint8Array};
use leptos::prelude::{document, event_target};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Event, File, HtmlAnchorElement, HtmlInputElement,
    TextDecoder, Url,
};

/// Time after which the URL of a download is revoked, in milliseconds. Downloads start at once.
const URL_LIFETIME_MS: u32 = 60_000;

/// A file that was chosen or dropped; its bytes are read on demand.
#[derive(Clone, Debug)]
pub struct SelectedFile(File);

impl SelectedFile {
    /// The file of a file input's `change` event. Clears the input, so that the same file can be chosen again.
    #[must_use]
    pub fn from_input(event: &Event) -> Option<Self> {
        let input: HtmlInputElement = event_target(event);
        let file = input.files().and_then(|files| files.get(0));
        input.set_value("");
        file.map(Self)
    }

    /// The file of a `drop` event.
    #[must_use]
    pub fn from_drop(event: &DragEvent) -> Option<Self> {
        event.data_transfer()?.files()?.get(0).map(Self)
    }

    /// File name.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> f64 {
        self.0.size()
    }

    /// Content; `None` when the file is gone or cannot be read.
    pub async fn bytes(&self) -> Option<Vec<u8>> {
        let buffer = JsFuture::from(self.0.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}

/// Decodes bytes in an encoding of the Encoding Standard, such as `shift_jis`; invalid bytes become U+FFFD.
#[must_use]
pub fn decode(bytes: &[u8], label: &str) -> String {
    TextDecoder::new_with_label(label)
        .ok()
        .and_then(|decoder| decoder.decode_with_u8_array(bytes).ok())
        .unwrap_or_default()
}

/// Offers a text as a download.
pub fn save(name: &str, mime: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options);
    let Ok(url) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob)) else {
        return;
    };
    let link = document().create_element("a").ok();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    gloo_timers::callback::Timeout::new(URL_LIFETIME_MS, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
}
