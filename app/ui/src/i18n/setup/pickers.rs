//! Words of the fields for a Chatwork account or room.
use super::words;

words! {
    /// Texts about search results, and errors of typed ids.
    Pickers {
        use_number: "ID {id} を使う", "Use ID {id}";
        not_loaded: "いま Chatwork から一覧を読み込めません。番号や URL を貼り付けることはできます。", "The list cannot be loaded from Chatwork now. You can still paste a number or URL.";
        no_match: "「{query}」に合うものがありません。", "Nothing matches “{query}”.";
        chatwork_name: "これは Chatwork ID（英数字の ID）のようです。アカウントID は数字だけです。", "This looks like a Chatwork ID (a chosen name). An account ID has digits only.";
        rounded_id: "表計算ソフトが桁を丸めた数です。列の表示形式を「文字列」にして、入力し直してください。", "A spreadsheet has rounded this number. Format its column as text and enter it again.";
        several_ids: "異なる ID がいくつか含まれています。1 つだけ入力してください。", "This contains several different IDs. Enter one.";
        account_for_room: "これは人のアカウントID です。ルームID は、ルームの URL の「#!rid」の後ろの数字です。", "This is a person's account ID. A room's ID is the number after #!rid in its URL.";
        room_for_account: "これはルームID です。アカウントID は、引用の「aid=」や [To:…] の数字です。", "This is a room's ID. An account ID is the number after aid= in a quote, or in [To:…].";
        out_of_range: "この数字は Chatwork の ID としては大きすぎるか小さすぎます。", "This number is too large or too small for a Chatwork ID.";
    }
}
