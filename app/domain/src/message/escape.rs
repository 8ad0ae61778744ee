//! Escapes text for Chatwork's notation: the result contains no tag, emoticon, link or call reference.
//!
//! Chatwork documents no escape, so half-width characters with a meaning become their full-width forms, which look
//! alike.

use crate::text::{BRAILLE_BLANK, is_invisible, is_variation_selector};

/// Escapes a text to one line of at most `max_chars` characters, truncated with `…`. Idempotent.
///
/// These characters become full-width:
/// - square brackets (tags) and parentheses (emoticons such as `(F)`),
/// - a colon or semicolon that may start an emoticon (`:D`, `;-)`) or link (`https://`): not between digits
///   (`10:30`), nor before a space or a non-ASCII character,
/// - a vertical bar, which may end an emoticon (`8-|`),
/// - the dot of `www.`, and the hyphen of a text like a call's reference (`XXXX-XXXX`).
///
/// Control characters and white space become single spaces. Invisible characters and bidirectional controls are
/// removed.
#[must_use]
pub fn escape(text: &str, max_chars: usize) -> String {
    let chars = truncate(visible_chars(text), max_chars);
    (0..chars.len())
        .map(|index| escape_char(&chars, index))
        .collect()
}

/// Full-width form of a character with a meaning in Chatwork's notation.
pub(crate) fn fullwidth(c: char) -> char {
    match c {
        '[' => '［',
        ']' => '］',
        '(' => '（',
        ')' => '）',
        ':' => '：',
        ';' => '；',
        '|' => '｜',
        '.' => '．',
        '-' => '－',
        other => other,
    }
}

fn escape_char(chars: &[char], index: usize) -> char {
    let c = chars[index];
    let has_meaning = match c {
        '[' | ']' | '(' | ')' | '|' => true,
        ':' | ';' => starts_emoticon(chars, index),
        '.' => {
            index >= 3
                && chars[index - 3..index]
                    .iter()
                    .all(|c| c.eq_ignore_ascii_case(&'w'))
        }
        '-' => is_reference_hyphen(chars, index),
        _ => false,
    };
    if has_meaning { fullwidth(c) } else { c }
}

/// True for a colon or semicolon that may start an emoticon or stand in a link's `://`.
fn starts_emoticon(chars: &[char], index: usize) -> bool {
    let is_digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let next = chars.get(index + 1);
    if index > 0 && is_digit(chars.get(index - 1)) && is_digit(next) {
        return false;
    }
    // At the end of the text the next character of the message is unknown: assume an emoticon.
    next.is_none_or(|next| next.is_ascii() && *next != ' ')
}

/// True for a hyphen between two groups of four digits of a [`crate::model::id::Reference`].
fn is_reference_hyphen(chars: &[char], index: usize) -> bool {
    // A digit of Crockford's base 32.
    let is_digit = |c: &char| {
        c.is_ascii_digit() || c.is_ascii_uppercase() && !matches!(c, 'I' | 'L' | 'O' | 'U')
    };
    index >= 4
        && index + 4 < chars.len()
        && chars[index - 4..index].iter().all(is_digit)
        && chars[index + 1..=index + 4].iter().all(is_digit)
}

/// Cuts to at most `max_chars` characters, the last of which is then `…`.
fn truncate(mut chars: Vec<char>, max_chars: usize) -> Vec<char> {
    if chars.len() <= max_chars {
        return chars;
    }
    chars.truncate(max_chars.saturating_sub(1));
    while chars.last() == Some(&' ') {
        chars.pop();
    }
    if max_chars > 0 {
        chars.push('…');
    }
    chars
}

/// Visible characters, with single spaces between words and none around them.
fn visible_chars(text: &str) -> Vec<char> {
    let mut visible = Vec::new();
    let mut needs_space = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() || c == BRAILLE_BLANK {
            needs_space = true;
        } else if !is_invisible(c)
            && !(is_variation_selector(c) && (needs_space || visible.is_empty()))
        {
            if needs_space && !visible.is_empty() {
                visible.push(' ');
            }
            needs_space = false;
            visible.push(c);
        }
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_unchanged() {
        for words in [
            "株式会社山田商店",
            "髙橋 健一",
            "Jean-Pierre O'Neill",
            "10:30 の約束",
            "資料: 見積書",
            "2026-11-23",
            "03-1234-567",
            "a@example.com",
            "AT&T",
            "葛\u{e0100}城",
            "Nguyễn Văn A",
            "김철수",
        ] {
            assert_eq!(escape(words, 100), words, "{words} should be unchanged");
        }
    }

    #[test]
    fn tags_are_escaped() {
        assert_eq!(escape("[toall](F)", 100), "［toall］（F）");
        assert_eq!(escape("[To:123]", 100), "［To：123］");
        assert_eq!(escape("[\u{200b}toall]", 100), "［toall］");
        assert_eq!(escape("[qt]\n[/qt]", 100), "［qt］ ［/qt］");
    }

    /// Chatwork's emoticons, as its clients write them.
    const EMOTICONS: &str = ":) :( :D 8-) :o ;) ;( (sweat) :| :* :p (blush) :^) |-) (inlove) ]:) \
        (talk) (yawn) (puke) (emo) 8-| :#) (nod) (shake) (^^;) (whew) (clap) (bow) (roger) (flex) \
        (dance) (:/) (gogo) (think) (please) (quick) (anger) (devil) (lightbulb) (*) (h) (F) \
        (cracker) (eat) (^) (coffee) (beer) (handshake) (y) :-D ;-D :P B-| :-) ;-) 8-D:D";

    #[test]
    fn every_emoticon_is_escaped() {
        for emoticon in EMOTICONS.split_whitespace() {
            for words in [
                emoticon.to_owned(),
                format!("a{emoticon}b"),
                format!("1{emoticon}"),
                format!("山{emoticon}田"),
            ] {
                let escaped = escape(&words, 100);
                let found = EMOTICONS
                    .split_whitespace()
                    .find(|emoticon| escaped.contains(emoticon));
                assert_eq!(found, None, "{words} became {escaped}");
            }
        }
        assert_eq!(escape("Re:Zero", 100), "Re：Zero");
    }

    #[test]
    fn links_and_references_are_escaped() {
        assert_eq!(escape("https://a.example", 100), "https：//a.example");
        assert_eq!(escape("WWW.a.example", 100), "WWW．a.example");
        assert_eq!(escape("Z7QK-03MX", 100), "Z7QK－03MX");
        assert_eq!(escape("0120-444-4444", 100), "0120-444-4444");
        assert_eq!(escape("1234-5678-9012", 100), "1234－5678－9012");
    }

    #[test]
    fn text_becomes_one_line_without_invisible_characters() {
        for (words, line) in [
            ("  a \r\n\t b\u{3000} ", "a b"),
            ("a\u{2028}b\u{2029}c\u{0}d", "a b c d"),
            ("\u{202e}gnp.exe\u{2066}\u{200d}\u{feff}", "gnp.exe"),
            ("\u{fe0f}\u{3164}\u{2800}", ""),
        ] {
            assert_eq!(escape(words, 100), line, "{words:?}");
        }
    }

    #[test]
    fn long_text_is_truncated_with_an_ellipsis() {
        assert_eq!(escape("あいうえお", 5), "あいうえお");
        assert_eq!(escape("あいうえおか", 5), "あいうえ…");
        assert_eq!(escape("ab cdef", 4), "ab…");
        assert_eq!(escape("ab", 1), "…");
        assert_eq!(escape("ab", 0), "");
    }
}
