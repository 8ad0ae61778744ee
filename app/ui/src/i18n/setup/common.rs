//! Words that several pages of set-up share.
use super::words;

words! {
    /// Shared words.
    Common {
        remove: "外す", "Remove";
        delete: "削除", "Delete";
        cancel: "キャンセル", "Cancel";
        up: "上へ", "Move up";
        down: "下へ", "Move down";
        grip: "ドラッグか矢印キーで並べ替え", "Drag, or use the arrow keys";
        more: "さらに表示", "Show more";
        retry: "もう一度試す", "Try again";
        loading: "読み込んでいます…", "Loading…";
        slow: "読み込みに時間がかかっています。そのままお待ちください。", "This is taking longer than usual. Please wait.";
        unreachable: "サーバーにつながりません。ネットワークを確認して、もう一度お試しください。", "The server cannot be reached. Check the network and try again.";
        not_relay: "受付のサーバー以外から応答がありました。Wi-Fi のログイン画面やプロキシの設定を確認して、もう一度お試しください。", "Something other than the reception server answered. Check for a Wi-Fi sign-in page or a proxy in between, and try again.";
        unexpected: "サーバーから思わぬ応答がありました。少し待ってから、もう一度お試しください。", "The server gave an unexpected answer. Wait a moment and try again.";
        too_large: "内容が大きすぎるため、サーバーに送れませんでした。ロゴを小さくするか、一度に変更する量を減らしてください。", "This is too large to be sent. Use a smaller logo, or change less at a time.";
        forbidden: "サーバーがこの操作を許可しませんでした。アドレスを確かめてページを開き直し、もう一度お試しください。", "The server did not allow this. Check the address, open the page anew and try again.";
        too_many: "操作が続いたため、一時的に止められています。しばらく待ってからお試しください。", "Too many attempts. Wait a while and try again.";
        busy: "サーバーが混み合っています。数秒待ってから、もう一度お試しください。", "The server is busy. Wait a few seconds and try again.";
        chatwork_unreachable: "Chatwork につながりません。少し待ってから、もう一度お試しください。", "Chatwork cannot be reached. Wait a moment and try again.";
        chatwork_failed: "Chatwork から思わぬ応答がありました。少し待ってから、もう一度お試しください。", "Chatwork gave an unexpected answer. Wait a moment and try again.";
        storage_full: "サーバーのディスクがいっぱいで、保存できませんでした。管理者に空き容量を作ってもらい、もう一度お試しください。", "Nothing was saved: the server's disk is full. Ask whoever runs it to free some space, then try again.";
        storage_away: "サーバーのデータベースが応答していないため、保存できませんでした。少し待ってから、もう一度お試しください。", "Nothing was saved: the server's database does not answer. Wait a moment and try again.";
        not_connected: "まだ Chatwork に接続していません。", "Chatwork is not connected yet.";
        not_found: "見つかりません。削除されたか、アドレスが違います。", "Not found. It was deleted, or the address is wrong.";
        copy: "コピー", "Copy";
        copied: "コピーしました", "Copied";
        copy_refused: "コピーできません。選択してコピーしてください。", "Cannot copy: select the text and copy it yourself.";
        lang_ja: "日本語", "Japanese";
        lang_en: "英語", "English";
        lang_zh: "中国語（簡体字）", "Chinese (simplified)";
        lang_ko: "韓国語", "Korean";
        lang_vi: "ベトナム語", "Vietnamese";
        optional: "（任意）", " (optional)";
        unnamed: "（名前なし）", "(no name)";
        hidden: "非表示", "Hidden";
        room_number: "ルームID {id}", "Room {id}";
        account_number: "アカウントID {id}", "Account {id}";
        use_number: "ID {id} を使う", "Use ID {id}";
        nothing_found: "「{query}」に合うものがありません。", "Nothing matches “{query}”.";
        unknown: "（削除済み：{id}）", "(deleted: {id})";
        chatwork_name: "これは Chatwork ID（英字の名前）のようです。アカウントID は数字です。", "This looks like a Chatwork ID (a chosen name). The account ID is a number.";
        rounded_id: "表計算ソフトが桁を丸めた数です。列の表示形式を「文字列」にして、入力し直してください。", "A spreadsheet has rounded this number. Format its column as text and enter it again.";
        several_ids: "異なる ID がいくつか含まれています。1 つだけ入力してください。", "There are several different IDs in this. Enter one.";
        account_for_room: "これは人のアカウントID です。ルームID は、ルームの URL の「#!rid」の後ろの数字です。", "This is a person's account ID. A room's ID is the number after #!rid in its URL.";
        room_for_account: "これはルームID です。アカウントID は、引用の「aid=」や [To:…] の数字です。", "This is a room's ID. An account ID is the number after aid= in a quote, or in [To:…].";
        out_of_range: "この数字は Chatwork の ID としては大きすぎるか小さすぎます。", "This number is too large or too small for a Chatwork ID.";
    }
}
