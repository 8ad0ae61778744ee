//! Stands for the crate `wasm-streams` (see `[patch.crates-io]`). Leptos has it for server functions that
//! stream, of which the app has none; but its classes are exported to JavaScript, so that they and all
//! they use would be part of what a tablet loads.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A stream of the browser; never read or written here.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Keeps the browser's stream.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// Nothing of `stream` is ever asked for.
    ///
    /// # Panics
    ///
    /// When the browser has no streams.
    pub fn from_stream<S>(stream: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        drop(stream);
        let empty = web_sys::ReadableStream::new();
        Self(empty.expect("every browser has streams"))
    }

    /// The browser's stream.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream with nothing in it.
    #[must_use]
    pub fn into_stream(self) -> Nothing {
        Nothing
    }
}

/// Ends at once.
#[derive(Debug)]
pub struct Nothing;

impl Stream for Nothing {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
