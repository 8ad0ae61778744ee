//! Tests of the parser.

use super::*;

fn text(text: &str) -> Segment {
    Segment::Text {
        text: text.to_owned(),
    }
}

fn info(inside: Vec<Segment>) -> Segment {
    Segment::Info { inside }
}

#[test]
fn each_tag_becomes_its_segment() {
    let cases = [
        ("こんにちは\n二行目", vec![text("こんにちは\n二行目")]),
        (
            "[To:12] 佐藤さん",
            vec![Segment::To { account: 12 }, text(" 佐藤さん")],
        ),
        ("[toall]", vec![Segment::ToAll]),
        ("[deleted]", vec![Segment::Deleted]),
        (
            "[info][title][dtext:task_added][/title][task aid=12,34 st=open lt=56 ltype=date]電話[/task][/info]",
            vec![info(vec![
                Segment::Title {
                    inside: vec![Segment::Phrase { key: "task_added" }],
                },
                Segment::Task {
                    accounts: vec![12, 34],
                    done: false,
                    limit: 56,
                    inside: vec![text("電話")],
                },
            ])],
        ),
        (
            "[task aid=12 st=open lt=0]電話",
            vec![text("[task aid=12 st=open lt=0]電話")],
        ),
        (
            "[info][title]来客[/title]山田様[hr][/info]",
            vec![info(vec![
                Segment::Title {
                    inside: vec![text("来客")],
                },
                text("山田様"),
                Segment::Rule,
            ])],
        ),
        (
            "[qt][qtmeta aid=12 time=34]はい[/qt]",
            vec![Segment::Quote {
                account: Some(12),
                time: Some(34),
                inside: vec![text("はい")],
            }],
        ),
        (
            "[qt]はい[/qt]",
            vec![Segment::Quote {
                account: None,
                time: None,
                inside: vec![text("はい")],
            }],
        ),
        (
            "[引用 aid=12 time=34]はい[/引用]",
            vec![Segment::Quote {
                account: Some(12),
                time: Some(34),
                inside: vec![text("はい")],
            }],
        ),
        (
            "[picon:1][pname:2][piconname:3]",
            vec![
                Segment::Picture { account: 1 },
                Segment::Name { account: 2 },
                Segment::PictureName { account: 3 },
            ],
        ),
        (
            "[code][To:1] :)[/code]",
            vec![Segment::Code {
                text: "[To:1] :)".to_owned(),
            }],
        ),
        (
            "了解(bow)",
            vec![
                text("了解"),
                Segment::Emoticon {
                    source: "(bow)".to_owned(),
                    emoji: "🙇",
                },
            ],
        ),
        (
            "見て https://example.com/。",
            vec![
                text("見て "),
                Segment::Link {
                    url: "https://example.com/".to_owned(),
                },
                text("。"),
            ],
        ),
    ];
    for (body, segments) in cases {
        assert_eq!(parse(body), segments, "{body}");
    }
}

#[test]
fn text_that_is_not_notation_stays_text() {
    let bodies = [
        "",
        "[",
        "]",
        "[]",
        "[info]開いたまま",
        "閉じるだけ[/info]",
        "[code]開いたまま",
        "[title][/info]",
        "[To:abc]",
        "[To:12",
        "[To:\n12]",
        "[qtmeta aid=1 time=2]",
        "［To:12］（bow）",
        "<script>alert(1)</script>",
    ];
    for body in bodies {
        let expected = if body.is_empty() {
            vec![]
        } else {
            vec![text(body)]
        };
        assert_eq!(parse(body), expected, "{body}");
    }
}

#[test]
fn an_unclosed_tag_does_not_affect_the_tags_around_it() {
    assert_eq!(
        parse("[info]a[title]b[hr][/info]c"),
        [info(vec![text("a[title]b"), Segment::Rule]), text("c")]
    );
    assert_eq!(
        parse("[[To:12]]"),
        [text("["), Segment::To { account: 12 }, text("]")]
    );
}

#[test]
fn deeply_nested_tags_exhaust_neither_stack_nor_time() {
    for piece in ["[info]", "[code]", "[qt]", "[", "[To:"] {
        let body = piece.repeat(65_535 / piece.len());
        assert_eq!(parse(&body), [text(&body)], "{piece} over and over");
    }
    let nested = format!("{}{}", "[info]".repeat(5_000), "[/info]".repeat(5_000));
    assert_eq!(
        parse(&nested).len(),
        2,
        "one box of limited depth, and the closing tags left over"
    );
}
