//! Japanese texts whose lines break in the right places: a number stays beside its counter (`24 時間`), and a Latin word
//! beside the particle that follows it (`Chatwork に`). `build.rs` replaces the space between them by a no-break space.

/// The text with its no-break spaces.
pub(crate) fn unbroken(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let letter = |index: usize| match letters[index] {
        ' ' if is_joint(&letters, index) => '\u{a0}',
        letter => letter,
    };
    (0..letters.len()).map(letter).collect()
}

/// True when no line may break at the space with this index: it is between a number or placeholder and a Japanese letter,
/// or between a Latin word and hiragana.
fn is_joint(letters: &[char], space: usize) -> bool {
    let before = space.checked_sub(1).and_then(|index| letters.get(index));
    let (Some(before), Some(after)) = (before, letters.get(space + 1)) else {
        return false;
    };
    match before {
        '0'..='9' | '}' => is_kana_or_kanji(*after),
        'A'..='Z' | 'a'..='z' | ')' | ']' => is_hiragana(*after),
        _ => false,
    }
}

fn is_kana_or_kanji(letter: char) -> bool {
    ('\u{3040}'..='\u{9fff}').contains(&letter)
}

fn is_hiragana(letter: char) -> bool {
    ('\u{3040}'..='\u{309f}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::unbroken;

    #[test]
    fn a_number_keeps_its_counter_and_a_latin_word_its_particle() {
        for (text, expected) in [
            ("24 時間ごと", "24\u{a0}時間ごと"),
            ("{count} 人", "{count}\u{a0}人"),
            ("2 年、3 か月", "2\u{a0}年、3\u{a0}か月"),
            ("Chatwork に接続", "Chatwork\u{a0}に接続"),
            ("[To] は付きません", "[To]\u{a0}は付きません"),
            // These lines may break.
            ("Chatwork 連絡先", "Chatwork 連絡先"),
            ("Chatwork アカウント", "Chatwork アカウント"),
            ("5 分間 300 回", "5\u{a0}分間 300\u{a0}回"),
            ("2 「名前」", "2 「名前」"),
            ("Wi-Fi OK 1 2", "Wi-Fi OK 1 2"),
        ] {
            assert_eq!(unbroken(text), expected);
        }
    }
}
