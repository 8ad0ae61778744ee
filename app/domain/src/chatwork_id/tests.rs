//! Every accepted form of an id, and the error for every other text.

use proptest::prelude::*;

use super::{ParseIdError, parse_account, parse_room};
use crate::model::id::{AccountId, RoomId};

#[test]
fn room_ids_are_parsed_from_urls_and_numbers() {
    for pasted in [
        "https://www.chatwork.com/#!rid93207172",
        "https://chatwork.com/#!rid93207172",
        "www.chatwork.com/#!rid93207172",
        "https://kcw.kddi.ne.jp/#!rid93207172",
        "https://www.chatwork.com/#!rid93207172-1007287785163345920",
        "https://www.chatwork.com/#%21rid93207172",
        "  https://www.chatwork.com/#!rid93207172 \n",
        "「https://www.chatwork.com/#!rid93207172」です",
        "例:「https://www.chatwork.com/#!rid93207172」と https://www.chatwork.com/#!rid93207172",
        "<https://www.chatwork.com/#!rid93207172>",
        "#!rid93207172",
        "rid93207172",
        "RID93207172",
        "ｒｉｄ９３２０７１７２",
        "rid: 93207172",
        "rid=93207172",
        "93207172",
        "093207172",
        "９３２０７１７２",
        "\"93207172\"",
        "\u{3000}93207172\u{3000}",
        "ルームID：93207172",
    ] {
        assert_eq!(
            parse_room(pasted).map(RoomId::get),
            Ok(93_207_172),
            "{pasted:?}"
        );
    }
}

#[test]
fn account_ids_are_parsed_from_tags_quotes_and_numbers() {
    for pasted in [
        "2739132",
        "２７３９１３２",
        "識別ID 2739132",
        "Account ID: 2739132",
        "aid=2739132",
        "aid2739132",
        "[To:2739132]",
        "[To:2739132] 山田さん",
        "[To:2739132]山田 2号さん",
        "[to:2739132]",
        "［Ｔｏ：２７３９１３２］",
        "[引用 aid=2739132 time=1516629767]",
        "[引用 aid=2739132 time=1516629767]山田[/引用]",
        "[qt][qtmeta aid=2739132 time=1516629767]お世話になります 123[/qt]",
        "[qt][qtmeta aid=2739132 time=1516629767][To:99] 鈴木さん\n[rp aid=98 to=1-2][/qt]",
        "[rp aid=2739132 to=93207172-1007287785163345920] sue445\ntest",
        "[返信 aid=2739132 to=93207172-1007287785163345920]",
        "[picon:2739132]",
        "[piconname:2739132]",
        "[pname:2739132]",
        "[To:2739132] 山田さん [To:2739132] 山田さん",
        "山田 2739132",
    ] {
        assert_eq!(
            parse_account(pasted).map(AccountId::get),
            Ok(2_739_132),
            "{pasted:?}"
        );
    }
}

#[test]
fn text_without_a_room_id_is_rejected_with_the_reason() {
    for (pasted, why) in [
        ("", ParseIdError::Empty),
        (" \u{3000}\n", ParseIdError::Empty),
        ("総務ルーム", ParseIdError::NoIdFound),
        ("https://www.chatwork.com/", ParseIdError::NoIdFound),
        ("https://www.chatwork.com/g/abc123", ParseIdError::NoIdFound),
        ("grid7", ParseIdError::NoIdFound),
        ("rid", ParseIdError::NoIdFound),
        ("-7", ParseIdError::NoIdFound),
        ("２６％", ParseIdError::NoIdFound),
        ("rid1 rid2", ParseIdError::SeveralIds),
        ("1, 2", ParseIdError::SeveralIds),
        ("[To:123] 山田さん", ParseIdError::AccountForRoom),
        ("aid=123", ParseIdError::AccountForRoom),
        ("[rp aid=123 to=5-6]", ParseIdError::AccountForRoom),
        ("rid0", ParseIdError::OutOfRange),
        ("0000000", ParseIdError::OutOfRange),
        ("9007199254740992", ParseIdError::OutOfRange),
        ("99999999999999999999999", ParseIdError::OutOfRange),
    ] {
        assert_eq!(parse_room(pasted), Err(why), "{pasted:?}");
    }
}

#[test]
fn text_without_an_account_id_is_rejected_with_the_reason() {
    for (pasted, why) in [
        ("", ParseIdError::Empty),
        ("山田さん", ParseIdError::NoIdFound),
        ("Taro Yamada", ParseIdError::NoIdFound),
        ("taro_yamada", ParseIdError::ChatworkName),
        ("taro.yamada-2", ParseIdError::ChatworkName),
        ("@taro2", ParseIdError::ChatworkName),
        (
            "https://www.chatwork.com/#!rid123",
            ParseIdError::RoomForAccount,
        ),
        ("rid123", ParseIdError::RoomForAccount),
        ("[To:1] a [To:2] b", ParseIdError::SeveralIds),
        (
            "[引用 aid=1 time=3] [引用 aid=2 time=3]",
            ParseIdError::SeveralIds,
        ),
        ("[To:0000000] ○○さん", ParseIdError::OutOfRange),
        ("aid=99999999999999999999", ParseIdError::OutOfRange),
    ] {
        assert_eq!(parse_account(pasted), Err(why), "{pasted:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_parsed_without_panic(pasted in any::<String>(), tag in "[\\[ridaotqme:= 0-9\\]-]{0,30}") {
        let _ = (parse_room(&pasted), parse_account(&pasted), parse_room(&tag), parse_account(&tag));
    }

    #[test]
    fn every_id_is_parsed_from_every_form(id in 1_u64..1 << 53) {
        for form in [
            format!("https://www.chatwork.com/#!rid{id}"),
            format!("rid{id}"),
            format!("{id}"),
        ] {
            prop_assert_eq!(parse_room(&form).map(RoomId::get), Ok(id), "{}", form);
        }
        for form in [
            format!("{id}"),
            format!("aid={id}"),
            format!("[To:{id}] 山田さん"),
            format!("[qt][qtmeta aid={id} time=1516629767]本文[/qt]"),
            format!("[引用 aid={id} time=1516629767]"),
            format!("[rp aid={id} to=1-2]"),
            format!("[piconname:{id}]"),
        ] {
            prop_assert_eq!(parse_account(&form).map(AccountId::get), Ok(id), "{}", form);
        }
    }
}
