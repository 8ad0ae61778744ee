//! Code points that look alike: a name keeps its spelling, and is compared by the form of this module.
//!
//! On WebAssembly the normalization is JavaScript's, because the tables of the crate weigh more than all of the import.

/// Radicals with the kanji that they stand for, which Unicode does not decompose. They come from PDF files and scanned
/// business cards. Source: `EquivalentUnifiedIdeograph.txt` of Unicode, the radicals that are whole kanji of names.
const RADICALS: &str = "⺒巳⺝月⺠民⺩王⺫目⺬示⺷羊⺼月⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀";

/// Text in the code points that most texts use: NFKC, and kanji instead of radicals. For comparison only: it loses
/// differences such as those between 塚 and 塚 or ① and 1.
pub(super) fn compatible(text: &str) -> String {
    if text.chars().all(is_usual) {
        return text.to_owned();
    }
    nfkc(text).chars().map(kanji_of_radical).collect()
}

/// Characters of most names, which have no other form: calls to JavaScript are slow.
fn is_usual(c: char) -> bool {
    matches!(c, '\0'..='\x7f' | '\u{3000}' | 'ぁ'..='ゖ' | 'ァ'..='ヶ' | 'ー' | '一'..='龥')
}

#[cfg(not(target_arch = "wasm32"))]
fn nfkc(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfkc(text).collect()
}

#[cfg(target_arch = "wasm32")]
fn nfkc(text: &str) -> String {
    javascript::normalize(text, "NFKC")
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

fn kanji_of_radical(c: char) -> char {
    if !('\u{2e80}'..='\u{2eff}').contains(&c) {
        return c;
    }
    let mut pairs = RADICALS.chars();
    while let (Some(radical), Some(kanji)) = (pairs.next(), pairs.next()) {
        if radical == c {
            return kanji;
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_that_look_alike_have_one_form() {
        for (text, form) in [
            ("\u{2fbc}橋", "高橋"),
            ("\u{2ed1}谷川", "長谷川"),
            ("\u{2f65}中", "田中"),
            ("\u{fa10}本", "塚本"),
            ("が", "が"),
            ("ｻﾄｳ", "サトウ"),
            ("\u{1100}\u{1175}\u{11b7}", "김"),
            ("Ｓａｔｏ", "Sato"),
        ] {
            assert_eq!(compatible(text), form, "{text}");
        }
    }

    #[test]
    fn no_radical_of_the_table_is_left() {
        let radicals = RADICALS
            .chars()
            .filter(|c| ('\u{2e80}'..='\u{2eff}').contains(c));
        assert_eq!(radicals.count() * 2, RADICALS.chars().count());
        assert!(
            !compatible(RADICALS)
                .chars()
                .any(|c| ('\u{2e80}'..='\u{2eff}').contains(&c))
        );
    }
}
