//! Making words harmless: what comes out opens no tag, turns into no emoticon, makes no link and
//! cannot be mistaken for a call's reference.
//!
//! Chatwork documents no escape, so half-width signs that mean something to it become their
//! full-width twins, which read the same.

/// Words that Chatwork takes for nothing but words, on one line, at most `max_chars` characters with
/// `…` for what was cut. Neutralising twice changes nothing more.
///
/// - Square brackets begin tags, half-width parentheses begin emoticons such as `(F)`: full-width.
/// - A colon or semicolon begins a face (`:D`, `;-)`) unless it stands between digits (`10:30`) or
///   before a space or a Japanese character: full-width, which also keeps `https://` from becoming
///   a link. A bar ends one (`8-|`): full-width.
/// - `www.` loses its half-width dot; a hyphen that would make a call's reference (`XXXX-XXXX`)
///   becomes full-width.
/// - Controls and white space of every kind become single spaces; what is invisible or turns the
///   direction of writing goes.
#[must_use]
pub fn escape(words: &str, max_chars: usize) -> String {
    let plain = truncate(visible(words), max_chars);
    (0..plain.len()).map(|at| escape_char(&plain, at)).collect()
}

/// True when nothing of the text would show.
pub(crate) fn is_blank(text: &str) -> bool {
    visible(text).is_empty()
}

/// Signs by which tags and faces begin or end, with their full-width twins.
pub(crate) fn fullwidth(sign: char) -> char {
    match sign {
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

fn escape_char(words: &[char], at: usize) -> char {
    let sign = words[at];
    let armed = match sign {
        '[' | ']' | '(' | ')' | '|' => true,
        ':' | ';' => starts_emoticon(words, at),
        '.' => {
            at >= 3
                && words[at - 3..at]
                    .iter()
                    .all(|c| c.eq_ignore_ascii_case(&'w'))
        }
        '-' => joins_reference(words, at),
        _ => false,
    };
    if armed { fullwidth(sign) } else { sign }
}

fn starts_emoticon(words: &[char], at: usize) -> bool {
    let is_digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let next = words.get(at + 1);
    if at > 0 && is_digit(words.get(at - 1)) && is_digit(next) {
        return false;
    }
    // At the very end the words that follow in the message are not known: better full-width.
    next.is_none_or(|next| next.is_ascii() && *next != ' ')
}

/// True for the hyphen of four and four digits of [`crate::model::id::Reference`].
fn joins_reference(words: &[char], at: usize) -> bool {
    let is_digit = |c: &char| {
        c.is_ascii_digit() || c.is_ascii_uppercase() && !matches!(c, 'I' | 'L' | 'O' | 'U')
    };
    at >= 4
        && at + 4 < words.len()
        && words[at - 4..at].iter().all(is_digit)
        && words[at + 1..=at + 4].iter().all(is_digit)
}

fn truncate(mut words: Vec<char>, max_chars: usize) -> Vec<char> {
    if words.len() <= max_chars {
        return words;
    }
    words.truncate(max_chars.saturating_sub(1));
    while words.last() == Some(&' ') {
        words.pop();
    }
    if max_chars > 0 {
        words.push('…');
    }
    words
}

/// The characters that show, with single spaces between words and none around them.
fn visible(words: &str) -> Vec<char> {
    let mut shown = Vec::new();
    let mut gap = false;
    for c in words.chars() {
        if c.is_whitespace() || c.is_control() || c == '\u{2800}' {
            gap = true;
        } else if !is_invisible(c) && !(is_selector(c) && (gap || shown.is_empty())) {
            if gap && !shown.is_empty() {
                shown.push(' ');
            }
            gap = false;
            shown.push(c);
        }
    }
    shown
}

/// Format characters of Unicode that show nothing: zero-width ones, bidirectional controls, fillers,
/// annotation marks, language tags.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}'
    )
}

/// Variation selectors choose the shape of the kanji before them (葛󠄀, 辻󠄀); alone they show nothing.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_stay_as_they_are() {
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
            assert_eq!(escape(words, 100), words, "{words} should stay");
        }
    }

    #[test]
    fn tags_cannot_be_opened() {
        assert_eq!(escape("[toall](F)", 100), "［toall］（F）");
        assert_eq!(escape("[To:123]", 100), "［To:123］".replace(':', "："));
        assert_eq!(escape("[\u{200b}toall]", 100), "［toall］");
        assert_eq!(escape("[qt]\n[/qt]", 100), "［qt］ ［/qt］");
    }

    /// Chatwork's list of emoticons, as its clients write them.
    const EMOTICONS: &str = ":) :( :D 8-) :o ;) ;( (sweat) :| :* :p (blush) :^) |-) (inlove) ]:) \
        (talk) (yawn) (puke) (emo) 8-| :#) (nod) (shake) (^^;) (whew) (clap) (bow) (roger) (flex) \
        (dance) (:/) (gogo) (think) (please) (quick) (anger) (devil) (lightbulb) (*) (h) (F) \
        (cracker) (eat) (^) (coffee) (beer) (handshake) (y) :-D ;-D :P B-| :-) ;-) 8-D:D";

    #[test]
    fn no_face_survives() {
        for face in EMOTICONS.split_whitespace() {
            for words in [
                face.to_owned(),
                format!("a{face}b"),
                format!("1{face}"),
                format!("山{face}田"),
            ] {
                let safe = escape(&words, 100);
                let alive = EMOTICONS
                    .split_whitespace()
                    .find(|face| safe.contains(face));
                assert_eq!(alive, None, "{words} became {safe}");
            }
        }
        assert_eq!(escape("Re:Zero", 100), "Re：Zero");
    }

    #[test]
    fn links_and_references_are_broken() {
        assert_eq!(escape("https://a.example", 100), "https：//a.example");
        assert_eq!(escape("WWW.a.example", 100), "WWW．a.example");
        assert_eq!(escape("Z7QK-03MX", 100), "Z7QK－03MX");
        assert_eq!(escape("0120-444-4444", 100), "0120-444-4444");
        assert_eq!(escape("1234-5678-9012", 100), "1234－5678－9012");
    }

    #[test]
    fn words_become_one_line_without_anything_invisible() {
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
    fn long_words_are_cut_with_an_ellipsis() {
        assert_eq!(escape("あいうえお", 5), "あいうえお");
        assert_eq!(escape("あいうえおか", 5), "あいうえ…");
        assert_eq!(escape("ab cdef", 4), "ab…");
        assert_eq!(escape("ab", 1), "…");
        assert_eq!(escape("ab", 0), "");
    }

    #[test]
    fn blank_is_what_shows_nothing() {
        assert!(is_blank("\u{3000}\u{200b}\n") && is_blank(""));
        assert!(!is_blank("a"));
    }
}
