//! Employees of the sample office. All names are invented. Their spellings exercise the search: old and
//! variant kanji, two readings of one name, names without kanji.

use crate::AccountId;

/// An employee of the sample office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The Chatwork account.
    pub account_id: AccountId,
    /// Family and given name with a space between, as in Chatwork.
    pub name: &'static str,
    /// Reading of the name.
    pub kana: &'static str,
    /// Department, as in Chatwork's profile.
    pub department: &'static str,
    /// The Chatwork ID that the person chose; may be empty.
    pub chatwork_id: &'static str,
}

const fn staff(
    account_id: AccountId,
    name: &'static str,
    kana: &'static str,
    department: &'static str,
    chatwork_id: &'static str,
) -> Staff {
    Staff {
        account_id,
        name,
        kana,
        department,
        chatwork_id,
    }
}

/// Everybody, by department.
pub(super) const STAFF: &[Staff] = &[
    staff(
        3_128_407,
        "佐藤 花子",
        "さとう はなこ",
        "総務",
        "hanako-sato",
    ),
    staff(3_128_529, "髙橋 健一", "たかはし けんいち", "総務", ""),
    staff(
        3_131_866,
        "渡邉 美咲",
        "わたなべ みさき",
        "総務",
        "misaki.w",
    ),
    staff(3_140_253, "近藤 和夫", "こんどう かずお", "総務", ""),
    staff(4_052_718, "小野寺 さくら", "おのでら さくら", "総務", ""),
    staff(
        3_129_914,
        "斎藤 誠",
        "さいとう まこと",
        "開発部",
        "makoto-saito",
    ),
    staff(3_130_072, "山﨑 直樹", "やまさき なおき", "開発部", ""),
    staff(3_257_341, "𠮷田 恵", "よしだ めぐみ", "開発部", "megumi-y"),
    staff(4_118_639, "齋藤 涼", "さいとう りょう", "開発部", ""),
    staff(3_302_958, "大田 翔", "おおた しょう", "開発一課", "sho_ota"),
    staff(3_302_964, "太田 陽子", "おおた ようこ", "開発一課", ""),
    staff(
        5_417_203,
        "Nguyễn Văn Minh",
        "グエン・ヴァン・ミン",
        "開発一課",
        "minh-nguyen",
    ),
    staff(3_388_175, "鈴木 大輔", "すずき だいすけ", "開発一課", ""),
    staff(4_206_817, "伊藤 純", "いとう じゅん", "開発一課", ""),
    staff(
        5_502_946,
        "森 あおい",
        "もり あおい",
        "開発一課",
        "aoi-mori",
    ),
    staff(3_390_621, "﨑山 健", "さきやま けん", "開発二課", ""),
    staff(
        3_415_087,
        "渡辺 健太",
        "わたなべ けんた",
        "開発二課",
        "kenta-w",
    ),
    staff(
        4_311_592,
        "マイケル・ブラウン",
        "マイケル・ブラウン",
        "開発二課",
        "m-brown",
    ),
    staff(3_472_230, "中島 由紀", "なかじま ゆき", "開発二課", ""),
    staff(5_610_348, "中嶋 蓮", "なかしま れん", "開発二課", ""),
    staff(6_023_175, "辻 真央", "つじ まお", "開発二課", ""),
    staff(3_133_590, "田中 浩", "たなか ひろし", "営業部", "h-tanaka"),
    staff(3_134_078, "山崎 みどり", "やまざき みどり", "営業部", ""),
    staff(3_501_446, "澤田 隆", "さわだ たかし", "営業部", ""),
    staff(
        4_420_931,
        "濵口 千尋",
        "はまぐち ちひろ",
        "営業部",
        "chihiro-h",
    ),
    staff(3_533_702, "小林 優子", "こばやし ゆうこ", "営業一課", ""),
    staff(3_533_719, "小林 裕", "こばやし ゆたか", "営業一課", ""),
    staff(
        4_507_284,
        "加藤 拓也",
        "かとう たくや",
        "営業一課",
        "takuya-kato",
    ),
    staff(5_718_065, "佐々木 結衣", "ささき ゆい", "営業一課", ""),
    staff(5_733_918, "吉田 修", "よしだ おさむ", "営業一課", ""),
    staff(6_041_527, "長谷川 仁", "はせがわ じん", "営業一課", ""),
    staff(3_136_211, "高橋 明子", "たかはし あきこ", "人事", "akiko-t"),
    staff(3_140_870, "山田 太郎", "やまだ たろう", "人事", ""),
    staff(4_600_153, "田邊 友美", "たなべ ともみ", "人事", ""),
    staff(
        5_801_632,
        "柳沢 慎吾郎",
        "やなぎさわ しんごろう",
        "人事",
        "",
    ),
    staff(5_920_487, "清水 京", "しみず けい", "人事", "kei-shimizu"),
];
