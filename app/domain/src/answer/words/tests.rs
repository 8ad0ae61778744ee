//! Words of messages as people and programs write them.

use proptest::prelude::*;

use super::*;
use crate::test_office::{account_id, cases};

const BOT: u64 = 900;
/// Length of the longest message that Chatwork accepts, in bytes.
const MAX_MESSAGE_BYTES: usize = 65_535;

fn bot() -> Bot<'static> {
    Bot {
        account: account_id(BOT),
        name: "受付bot",
    }
}

fn shown(body: &str) -> String {
    words(body, bot())
}

#[test]
fn plain_words_are_unchanged() {
    for body in [
        "すぐ行きます",
        "3分ほどお待ちください！",
        "I'm on my way, 2 minutes.",
        "14:30に1Fへ参ります",
        "[至急] 担当が代わります",
        "了解です 🙇",
        "家族👨‍👩‍👧です",
        "辻󠄀が伺います",
    ] {
        assert_eq!(shown(body), body);
    }
}

#[test]
fn the_name_of_the_bot_behind_a_tag_is_left_out() {
    let reply = "[rp aid=900 to=7-123]";
    for (body, expected) in [
        (format!("{reply}受付botさん\nすぐ行きます"), "すぐ行きます"),
        (format!("{reply} 受付bot\nすぐ行きます"), "すぐ行きます"),
        (format!("{reply}受付botさん、すぐ行きます"), "すぐ行きます"),
        (format!("{reply}受付botさん"), ""),
        (format!("{reply}\nすぐ行きます"), "すぐ行きます"),
        (format!("{reply}すぐ行きます"), "すぐ行きます"),
        ("[To:900]受付botさん\r\n行きます".to_owned(), "行きます"),
        ("[To:900] 行きます".to_owned(), "行きます"),
        // Names of colleagues stay: they are words to the visitor.
        (
            "[To:102]鈴木さん\n案内お願いします".to_owned(),
            "鈴木さん 案内お願いします",
        ),
        (
            format!("{reply}受付botに聞いてください"),
            "受付botに聞いてください",
        ),
    ] {
        assert_eq!(shown(&body), expected, "{body}");
    }
    let unnamed = Bot { name: "", ..bot() };
    assert_eq!(
        words("[To:900]受付botさん\n行きます", unnamed),
        "受付botさん 行きます"
    );
}

#[test]
fn tags_are_left_out_and_quotes_code_and_files_with_their_content() {
    for (body, expected) in [
        (
            "[qt][qtmeta aid=900 time=1]来訪のお知らせ[/qt]行きます",
            "行きます",
        ),
        (
            "[引用 aid=900 time=1]来訪のお知らせ[/引用]行きます",
            "行きます",
        ),
        ("a[code]rm -rf /[/code]b", "a b"),
        (
            "[info][title]件名[/title]本文[hr]続き[/info]",
            "件名 本文 続き",
        ),
        (
            "[toall]\n行きます[piconname:101][picon:101][pname:101]",
            "行きます",
        ),
        (
            "[info][title][dtext:file_uploaded][/title][preview id=1 ht=2][download:1]地図.pdf (9 KB)[/download][/info]",
            "",
        ),
        ("[info]行きます", "行きます"),
        ("[qt]行きます", "行きます"),
        ("[返信 aid=900 to=7-1]受付botさん\n行きます", "行きます"),
    ] {
        assert_eq!(shown(body), expected, "{body}");
    }
}

#[test]
fn urls_and_emoticons_are_left_out() {
    for (body, expected) in [
        ("https://example.com/a?b=c を見て", "を見て"),
        ("地図はhttp://example.jp/地図です", "地図は 地図です"),
        ("WWW.example.jp", ""),
        ("awww.nice", "awww.nice"),
        ("行きます(bow)", "行きます"),
        ("行きます:)(BOW)すぐ", "行きます すぐ"),
        ("(F)", ""),
        ("8-) ]:) (^^;)", ""),
        ("(笑)", "(笑)"),
        ("会議室(3F)", "会議室(3F)"),
    ] {
        assert_eq!(shown(body), expected, "{body}");
    }
}

#[test]
fn one_line_without_controls_and_marks_of_direction_is_left() {
    for (body, expected) in [
        (
            "\u{202e}すぐ\u{202c}\u{200b}行きます\u{feff}",
            "すぐ行きます",
        ),
        ("a\0b\tc\r\n\u{2028}d\u{7f}", "a b c d"),
        ("\u{2066}\u{2069}\u{200f}", ""),
        (" \u{3000}\n", ""),
        ("(bow)\u{fe0f}", ""),
        ("שלום", "שלום"),
    ] {
        assert_eq!(shown(body), expected, "{body:?}");
    }
}

#[test]
fn long_words_are_cut_between_whole_characters() {
    let longest = "あ".repeat(MAX_WORDS_CHARS);
    assert_eq!(shown(&longest), longest);
    let before_ellipsis = "あ".repeat(MAX_WORDS_CHARS - 1);
    assert_eq!(
        shown(&"あ".repeat(MAX_WORDS_CHARS + 1)),
        format!("{before_ellipsis}…")
    );
    let family = "👨‍👩‍👧"; // five characters of Unicode
    assert_eq!(shown(&family.repeat(40)), family.repeat(15) + "…");
    let accented = "e\u{301}"; // two characters of Unicode
    assert_eq!(shown(&accented.repeat(60)), accented.repeat(39) + "…");
    assert_eq!(
        shown(&format!("{before_ellipsis} 続きがあります")),
        format!("{before_ellipsis}…")
    );
    let longer_than_the_maximum = format!("e{}", "\u{301}".repeat(500));
    assert_eq!(shown(&longer_than_the_maximum), "…");
}

#[test]
fn the_longest_messages_of_any_piece_become_one_short_line() {
    for piece in [
        "あ",
        "[",
        "[qt]",
        "[code]",
        "[qt][/qt]",
        "https://",
        "\u{200b}",
        "[To:900]受付bot",
    ] {
        let body: String = piece.repeat(MAX_MESSAGE_BYTES / piece.len());
        assert!(shown(&body).chars().count() <= MAX_WORDS_CHARS, "{piece}");
    }
}

fn any_body() -> impl Strategy<Value = String> {
    const PIECES: [&str; 24] = [
        "[To:900]",
        "[rp aid=900 to=7-1]",
        "[qt]",
        "[/qt]",
        "[code]",
        "[/code]",
        "[info]",
        "[title]",
        "[",
        "]",
        "(",
        ")",
        "(bow)",
        ":)",
        "https://example.jp/",
        "www.",
        "受付botさん",
        "受付bot",
        "\n",
        "\u{202e}",
        "\u{200d}",
        "\u{fe0f}",
        "👨",
        "行きます",
    ];
    let pieces = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60);
    prop_oneof![any::<String>(), pieces.prop_map(|pieces| pieces.concat())]
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn any_message_becomes_one_short_visible_line(body in any_body()) {
        let words = shown(&body);
        prop_assert!(words.chars().count() <= MAX_WORDS_CHARS);
        prop_assert!(!words.chars().any(char::is_control), "{words:?}");
        let is_hidden = |c: char| is_invisible(c) && c != '\u{200d}';
        prop_assert!(!words.chars().any(is_hidden), "{words:?}");
        prop_assert_eq!(words.trim(), &words);
        prop_assert!(!words.contains("[To:900]") && !words.contains("[rp aid=900"), "{}", words);
    }
}
