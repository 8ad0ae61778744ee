//! Variant kanji in names: any variant finds all others.

use std::sync::LazyLock;

use crate::argsort;

/// Groups of interchangeable kanji in names; the first is canonical. Old forms (人名用漢字, JIS), and different kanji
/// that are commonly confused (斎 and 斉).
const VARIANT_GROUPS: [&str; 116] = [
    "高髙",
    "崎﨑嵜碕",
    "辺邊邉",
    "斎斉齋齊",
    "沢澤",
    "浜濱濵",
    "吉𠮷",
    "島嶋嶌",
    "富冨",
    "桜櫻",
    "広廣",
    "国國",
    "竜龍",
    "滝瀧",
    "恵惠",
    "栄榮",
    "円圓",
    "遥遙",
    "万萬",
    "与與",
    "鉄鐵",
    "真眞",
    "静靜",
    "学學",
    "宝寶",
    "寿壽",
    "塩鹽",
    "浅淺",
    "峰峯",
    "館舘",
    "曽曾",
    "徳德",
    "黒黑",
    "黄黃",
    "横橫",
    "児兒",
    "芸藝",
    "亀龜",
    "剣劍剱劔",
    "権權",
    "関關",
    "県縣",
    "団團",
    "医醫",
    "豊豐",
    "礼禮",
    "来來",
    "頼賴",
    "歩步",
    "緑綠",
    "緒緖",
    "諸\u{fa22}",
    "都\u{fa26}",
    "祐\u{fa4f}",
    "祥\u{fa1a}",
    "福\u{fa1b}",
    "神\u{fa19}",
    "禎\u{fa53}",
    "隆\u{f9dc}",
    "尭堯",
    "槙槇",
    "穂穗",
    "穣穰",
    "条條",
    "蔵藏",
    "荘莊庄",
    "薫薰",
    "郎郞",
    "梅\u{fa44}",
    "海\u{fa45}",
    "瀬瀨",
    "清淸",
    "晴\u{fa12}",
    "朗\u{f929}",
    "精\u{fa1d}",
    "羽\u{fa1e}",
    "飯\u{fa2a}",
    "柳栁桺",
    "桑桒",
    "松枩",
    "橋槗",
    "野埜",
    "涼凉",
    "昇曻",
    "峡峽",
    "蛍螢",
    "凛凜",
    "弥彌",
    "檜桧",
    "鴎鷗",
    "芦蘆",
    "籠篭",
    "麹麴",
    "涛濤",
    "祢禰",
    "祷禱",
    "瑶瑤",
    "渋澁",
    "渕淵渊",
    "藪薮",
    "益\u{fa17}",
    "逸\u{fa67}",
    "勇\u{2f826}",
    "巌巖",
    "実實",
    "写寫",
    "応應",
    "総總",
    "戸戶",
    "呂吕",
    "内內",
    "青靑",
    "翠翆",
    "鶴靏靍",
    "敏\u{fa41}",
    "節\u{fa56}",
];

/// Variants with their canonical kanji, sorted by variant.
static CANONICAL_BY_VARIANT: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let table: Vec<(char, char)> = VARIANT_GROUPS
        .iter()
        .filter_map(|group| group.chars().next().map(|first| (first, group)))
        .flat_map(|(first, group)| group.chars().skip(1).map(move |variant| (variant, first)))
        .collect();
    let order = argsort::argsort(table.len(), &|a, b| table[a].cmp(&table[b]));
    order.into_iter().map(|at| table[at]).collect()
});

/// Canonical kanji of a variant; other characters stay.
pub(super) fn canonical(c: char) -> char {
    if c < '\u{3400}' {
        return c;
    }
    let found = CANONICAL_BY_VARIANT.binary_search_by_key(&c, |(variant, _)| *variant);
    found.map_or(c, |at| CANONICAL_BY_VARIANT[at].1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kanji_is_in_one_group_only() {
        let mut seen = BTreeSet::new();
        for c in VARIANT_GROUPS.iter().flat_map(|group| group.chars()) {
            assert!(seen.insert(c), "{c} ({:x}) is in two groups", u32::from(c));
        }
    }
}
