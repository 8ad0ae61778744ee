//! Words of the call history as CSV.
use super::words;

words! {
    /// Columns and cells.
    HistoryCsvWords {
        time: "受付日時", "Time";
        reference: "受付番号", "Reference";
        device: "デバイス", "Device";
        button: "メニュー", "Button";
        target: "呼び出し先", "Called";
        company: "会社名", "Company";
        name: "お名前", "Name";
        people: "人数", "People";
        purpose: "ご用件", "Purpose";
        result: "結果", "Result";
        notified_at: "通知日時", "Notified";
        sent_to: "通知先", "Sent to";
        attempts: "試行回数", "Attempts";
        reason: "理由", "Reason";
        sending: "送信中", "sending";
        notified: "通知済み", "notified";
        notified_nobody: "通知済み（担当者個人には届いていません）", "notified (nobody personally)";
        failed: "通知できず", "failed";
        expired: "期限切れ", "expired";
        withdrawn: "取り消し", "withdrawn";
        no_such_room: "ルームがないか、Bot が参加していません", "the room is gone or the bot is not in it";
        not_a_contact: "Bot とコンタクトになっていません", "not among the bot's contacts";
        contacts_unreadable: "Bot のコンタクト一覧を読み取れませんでした", "the bot's contacts could not be read";
        bad_message: "Chatwork が文面を受け付けませんでした", "Chatwork did not accept the message";
        room: "ルーム", "room";
        direct: "ダイレクト", "direct";
        fallback: "代わりに", "instead:";
        progress: "CSV を作っています（{count} 件）…", "Making the CSV ({count} calls so far)…";
        limit_reached: "新しいほうから {count} 件をファイルに入れました。それより前は、日付で絞り込んでからダウンロードしてください。", "The file holds the newest {count} calls. For older ones, choose days and download again.";
    }
}
