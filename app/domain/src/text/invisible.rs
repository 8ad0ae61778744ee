//! Invisible characters: zero-width characters, bidirectional controls, fillers and the like.

/// True for invisible Unicode characters: zero-width characters, bidirectional controls, fillers, annotation marks
/// and language tags. Control characters and white space are not among them.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' // soft hyphen
            | '\u{34f}' // combining grapheme joiner
            | '\u{61c}' // Arabic mark of direction
            | '\u{115f}' | '\u{1160}' // fillers of Hangul
            | '\u{17b4}' | '\u{17b5}' // inherent vowels of Khmer
            | '\u{180b}'..='\u{180f}' // selectors of Mongolian
            | '\u{200b}'..='\u{200f}' // zero width space, joiners, marks of direction
            | '\u{2028}'..='\u{202e}' // separators of lines, controls of direction
            | '\u{2060}'..='\u{206f}' // word joiner, invisible operators, controls of direction
            | '\u{3164}' // filler of Hangul
            | '\u{feff}' // byte order mark
            | '\u{ffa0}' // half-width filler of Hangul
            | '\u{fff0}'..='\u{fffb}' // annotation marks
            | '\u{1bca0}'..='\u{1bca3}' // controls of shorthand
            | '\u{1d173}'..='\u{1d17a}' // controls of musical notation
            | '\u{e0000}'..='\u{e00ff}' // language tags
    )
}

/// Braille pattern without dots: it looks like a space, but Unicode does not count it as white space.
pub(crate) const BRAILLE_BLANK: char = '\u{2800}';

/// First embedding, override or isolate of a text, if any. These marks change the direction of the characters after
/// them, so a text with one of them looks different from its characters.
pub(crate) fn find_direction_mark(text: &str) -> Option<char> {
    text.chars()
        .find(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// The text without invisible characters, except joiners that shape the character before them.
pub(crate) fn without_invisible(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_invisible(c) || is_joiner_after(c, plain.chars().next_back()) {
            plain.push(c);
        }
    }
    plain
}

/// True for variation selectors, which choose the glyph of the kanji before them (葛󠄀, 辻󠄀) and are invisible alone.
pub(crate) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// True for a zero-width joiner or non-joiner that shapes the character before it: in emoji (👩‍💻) and in the scripts
/// from Arabic to Sinhala. Elsewhere it is only invisible.
pub(super) fn is_joiner_after(c: char, before: Option<char>) -> bool {
    let is_shaped = |before| {
        matches!(before, '\u{600}'..='\u{dff}' | '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
            || is_variation_selector(before)
    };
    matches!(c, '\u{200c}' | '\u{200d}') && before.is_some_and(is_shaped)
}

/// True when the text has no visible character.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || c == BRAILLE_BLANK
            || is_invisible(c)
            || is_variation_selector(c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_text_is_blank() {
        assert!(is_blank("\u{3000}\u{200b}\n") && is_blank(""));
        assert!(is_blank("\u{1a}") && is_blank("\u{fe0f}\u{2800}"));
        assert!(!is_blank("a"));
    }
}
