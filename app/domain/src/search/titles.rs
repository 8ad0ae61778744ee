//! Honorifics and job titles that visitors add to a name: 山田さん, 山田部長, たなか様, Mr. Smith, 김철수 씨.

use std::sync::LazyLock;

use super::{kanji, normalize, pronunciation};

/// Honorifics and titles after a name in Japanese, Chinese and Korean, without space.
const SUFFIXES: &str = "\
    さん さま 様 殿 どの 氏 君 くん ちゃん 先生 せんせい 先輩 せんぱい 御中 宛 宛て のほう の方 \
    社長 しゃちょう 会長 かいちょう 副社長 専務 せんむ 常務 じょうむ 取締役 とりしまりやく 代表 監査役 執行役員 役員 \
    部長 ぶちょう 次長 じちょう 課長 かちょう 係長 かかりちょう 主任 しゅにん 主査 主事 班長 室長 しつちょう 所長 \
    しょちょう 店長 てんちょう 支店長 支社長 工場長 局長 院長 園長 校長 本部長 事業部長 グループ長 チーム長 センター長 \
    マネージャー マネジャー リーダー チーフ ディレクター 顧問 相談役 理事 理事長 教授 准教授 博士 弁護士 秘書 代理 補佐 心得 担当 \
    女士 小姐 老师 经理 总经理 总监 主管 董事长 总 \
    님 씨 선생 사장 부장 차장 과장 대리 이사 팀장 실장 대표 회장 교수";

/// Honorifics and titles that are words of their own, before or after a name in Latin letters.
const WORDS: &str = "\
    mr mrs ms miss mister dr prof professor sir madam san sama sensei kun chan dono shi bucho buchou kacho kachou \
    shacho shachou kaicho kaichou jicho jichou shunin senmu jomu kakaricho manager director president \
    anh chi ong ba co";

/// Honorifics in romaji after a name without space.
const ROMAJI_SUFFIXES: [&str; 3] = ["sensei", "sama", "san"];

/// Minimum length of a name in kana before an honorific without space, in characters.
const MIN_KANA_CHARS: usize = 2;

/// Minimum length of a name in romaji before an honorific without space: Susan is not Su-san.
const MIN_ROMAJI_CHARS: usize = 3;

/// Normalized suffixes.
static NORMAL_SUFFIXES: LazyLock<Vec<String>> =
    LazyLock::new(|| SUFFIXES.split(' ').map(normalize::normal).collect());

/// Name without its honorifics and titles; `None` when the word has none. Empty for a word that is only a title.
pub(super) fn without_title(word: &str) -> Option<&str> {
    let mut name = word;
    while let Some(shorter) = without_last_title(name) {
        name = shorter;
    }
    (name.len() < word.len()).then_some(name)
}

/// Name without its last honorific or title; `None` when the word has none.
fn without_last_title(word: &str) -> Option<&str> {
    if WORDS.split(' ').any(|title| title == word) {
        return Some("");
    }
    let romaji = ROMAJI_SUFFIXES.iter().copied();
    let suffixes = NORMAL_SUFFIXES.iter().map(String::as_str).chain(romaji);
    let shorter = suffixes.filter_map(|suffix| word.strip_suffix(suffix));
    let names = shorter.filter(|name| name.is_empty() || is_name(name));
    // The shortest name has the longest title: 本部長 before 部長.
    names.min_by_key(|name| name.len())
}

/// True for a name long enough to stand alone. One kanji is a name (林), one kana is not. A name in romaji ends in a
/// vowel or n, as Japanese names do.
pub(super) fn is_name(name: &str) -> bool {
    let chars = name.chars().count();
    if pronunciation::is_latin(name) {
        chars >= MIN_ROMAJI_CHARS && name.ends_with(['a', 'i', 'u', 'e', 'o', 'n'])
    } else {
        chars >= MIN_KANA_CHARS || name.contains(kanji::is_kanji)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honorifics_and_titles_are_left_out() {
        for (word, name) in [
            ("山田さん", "山田"),
            ("林様", "林"),
            ("たなか様", "たなか"),
            ("やまださん", "やまだ"),
            ("山田部長", "山田"),
            ("山田部長さん", "山田"),
            ("佐藤代表取締役社長", "佐藤"),
            ("佐藤課長代理殿", "佐藤"),
            ("yamadasan", "yamada"),
            ("部長", ""),
            ("mr", ""),
            ("王经理", "王"),
            ("김철수님", "김철수"),
            ("김부장님", "김"),
        ] {
            let found = normalize::normal(word);
            let name = normalize::normal(name);
            assert_eq!(without_title(&found), Some(name.as_str()), "{word}");
        }
        for other in ["山田", "あさん", "hassan", "山", "susan", "たなか"] {
            assert_eq!(without_title(other), None, "{other}");
        }
    }
}
