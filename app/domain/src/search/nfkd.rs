//! Unicode's compatibility decomposition (NFKD), so that one letter has one spelling: か and a separate dakuten, Kangxi
//! radicals, compatibility kanji, Hangul as jamo or syllables, full and half width.
//!
//! On WebAssembly it is JavaScript's `String.prototype.normalize`, because the tables of the crate
//! `unicode-normalization` would weigh more than the whole search in the kiosk's download. Both implement UAX #15.

/// Decomposes a text to NFKD.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn nfkd(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfkd(text).collect()
}

/// Decomposes a text to NFKD.
#[cfg(target_arch = "wasm32")]
pub(super) fn nfkd(text: &str) -> String {
    javascript::normalize(text, "NFKD")
}

/// True for a text whose letters [`super::normalize`] folds without decomposition: ASCII, common kana and kanji. Most
/// names are such texts, and calls to JavaScript are slow.
pub(super) fn is_simple(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, '\0'..='\x7f' | 'ぁ'..='ゖ' | 'ァ'..='ヶ' | '一'..='龥' | '\u{3000}' | '・' | 'ー' | '々')
    })
}

#[cfg(target_arch = "wasm32")]
mod javascript {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = ["String", "prototype", "normalize"], js_name = "call")]
        pub(super) fn normalize(text: &str, form: &str) -> String;
    }
}
