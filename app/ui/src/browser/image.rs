//! Pictures that people choose, made small in the browser: drawn on a canvas and written again, so
//! that nothing but pixels is left of them.

use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, FileReader, HtmlCanvasElement, HtmlImageElement};

/// Largest file that is looked at, in bytes.
const MAX_FILE: f64 = 20_000_000.0;

/// Why a file gives no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageError {
    /// The file is too large to be looked at.
    TooLarge,
    /// The browser cannot show it.
    Unreadable,
}

/// The picture of a file, no wider, higher or heavier (in bytes) than asked for, as a `data:` URL of
/// WebP or PNG.
pub async fn shrunk(
    file: &File,
    (widest, highest): (f64, f64),
    heaviest: usize,
) -> Result<String, ImageError> {
    if file.size() > MAX_FILE {
        return Err(ImageError::TooLarge);
    }
    let drawn = draw(file, widest, highest, heaviest).await;
    drawn.ok().flatten().ok_or(ImageError::Unreadable)
}

async fn draw(
    file: &File,
    widest: f64,
    highest: f64,
    heaviest: usize,
) -> Result<Option<String>, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(&read(file).await?);
    JsFuture::from(image.decode()).await?;
    // A drawing without a size of its own fills the room.
    let natural = |own: u32, else_: f64| if own == 0 { else_ } else { f64::from(own) };
    let (width, height) = (
        natural(image.natural_width(), widest),
        natural(image.natural_height(), highest),
    );
    let mut scale = (widest / width).min(highest / height).min(1.0);
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    for _ in 0..8 {
        let (wide, high) = (
            (width * scale).round().max(1.0),
            (height * scale).round().max(1.0),
        );
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 1 to the widest
        {
            canvas.set_width(wide as u32);
            canvas.set_height(high as u32);
        }
        let context: CanvasRenderingContext2d = canvas
            .get_context("2d")?
            .ok_or(JsValue::NULL)?
            .unchecked_into();
        context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, wide, high)?;
        // A browser that cannot write WebP writes PNG.
        let url = canvas.to_data_url_with_type_and_encoder_options("image/webp", &0.92.into())?;
        if url.len() / 4 * 3 <= heaviest {
            return Ok(Some(url));
        }
        scale *= 0.75;
    }
    Ok(None)
}

/// The file as a `data:` URL, which the policy of the page allows for pictures, unlike `blob:`.
async fn read(file: &File) -> Result<String, JsValue> {
    let reader = FileReader::new()?;
    let done = Promise::new(&mut |resolve, reject| {
        reader.set_onload(Some(&resolve));
        reader.set_onerror(Some(&reject));
    });
    reader.read_as_data_url(file)?;
    JsFuture::from(done).await?;
    reader.result()?.as_string().ok_or(JsValue::NULL)
}

/// The first file that was chosen in an `input` or dropped on an element.
#[must_use]
pub fn file_of(event: &web_sys::Event) -> Option<File> {
    if let Some(drop) = event.dyn_ref::<web_sys::DragEvent>() {
        return drop.data_transfer()?.files()?.get(0);
    }
    let input = event
        .target()?
        .dyn_into::<web_sys::HtmlInputElement>()
        .ok()?;
    let file = input.files()?.get(0);
    // The same file can be chosen again.
    input.set_value("");
    file
}
