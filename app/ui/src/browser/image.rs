//! Reduces chosen pictures in the browser: drawn on a canvas and encoded again, so that only the pixels remain.

use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, FileReader, HtmlCanvasElement, HtmlImageElement};

/// Size of the largest file that is read, in bytes. A float, as browsers give the size of a file.
const MAX_FILE_BYTES: f64 = 20_000_000.0;
/// Maximum number of scales that are tried until the encoded picture is small enough.
const MAX_ATTEMPTS: usize = 8;
/// Factor from the scale of one attempt to the next.
const SCALE_STEP: f64 = 0.75;
/// Quality of the encoded WebP, 0 to 1.
const WEBP_QUALITY: f64 = 0.92;

/// Error of [`shrink`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageError {
    /// The file is larger than 20 MB.
    TooLarge,
    /// The browser cannot decode the file, or no tried scale makes it small enough.
    Unreadable,
}

/// Scales the picture of a file down to a width, height (CSS pixels) and size (bytes). Returns a `data:` URL of WebP or
/// PNG.
pub async fn shrink(
    file: &File,
    (max_width, max_height): (f64, f64),
    max_bytes: usize,
) -> Result<String, ImageError> {
    if file.size() > MAX_FILE_BYTES {
        return Err(ImageError::TooLarge);
    }
    let encoded = encode_within(file, max_width, max_height, max_bytes).await;
    // The browser's error for a picture that it cannot read helps no admin.
    encoded.ok().flatten().ok_or(ImageError::Unreadable)
}

/// Encodes the picture at the largest tried scale whose result has at most `max_bytes`; `None` if even the smallest has
/// more.
async fn encode_within(
    file: &File,
    max_width: f64,
    max_height: f64,
    max_bytes: usize,
) -> Result<Option<String>, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(&read_as_data_url(file).await?);
    JsFuture::from(image.decode()).await?;
    // An SVG may have no size of its own.
    let size_or_default = |size: u32, default: f64| {
        if size == 0 { default } else { f64::from(size) }
    };
    let (width, height) = (
        size_or_default(image.natural_width(), max_width),
        size_or_default(image.natural_height(), max_height),
    );
    let mut scale = (max_width / width).min(max_height / height).min(1.0);
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    for _ in 0..MAX_ATTEMPTS {
        let (scaled_width, scaled_height) = (
            (width * scale).round().max(1.0),
            (height * scale).round().max(1.0),
        );
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // between 1 and the maximum
        {
            canvas.set_width(scaled_width as u32);
            canvas.set_height(scaled_height as u32);
        }
        let context: CanvasRenderingContext2d = canvas
            .get_context("2d")?
            .ok_or(JsValue::NULL)?
            .unchecked_into();
        context.draw_image_with_html_image_element_and_dw_and_dh(
            &image,
            0.0,
            0.0,
            scaled_width,
            scaled_height,
        )?;
        // Browsers that cannot encode WebP fall back to PNG.
        let quality = WEBP_QUALITY.into();
        let url = canvas.to_data_url_with_type_and_encoder_options("image/webp", &quality)?;
        // Base64 has four characters for three bytes.
        if url.len() / 4 * 3 <= max_bytes {
            return Ok(Some(url));
        }
        scale *= SCALE_STEP;
    }
    Ok(None)
}

/// The file as a `data:` URL, which the page's content security policy allows for pictures, unlike `blob:`.
async fn read_as_data_url(file: &File) -> Result<String, JsValue> {
    let reader = FileReader::new()?;
    let loaded = Promise::new(&mut |resolve, reject| {
        reader.set_onload(Some(&resolve));
        reader.set_onerror(Some(&reject));
    });
    reader.read_as_data_url(file)?;
    JsFuture::from(loaded).await?;
    reader.result()?.as_string().ok_or(JsValue::NULL)
}

/// The first file of a `change` event of a file input or of a `drop` event.
#[must_use]
pub fn file_of_event(event: &web_sys::Event) -> Option<File> {
    if let Some(drop) = event.dyn_ref::<web_sys::DragEvent>() {
        return drop.data_transfer()?.files()?.get(0);
    }
    let input = event
        .target()?
        .dyn_into::<web_sys::HtmlInputElement>()
        .ok()?;
    let file = input.files()?.get(0);
    // Cleared, so that the same file can be chosen again.
    input.set_value("");
    file
}
