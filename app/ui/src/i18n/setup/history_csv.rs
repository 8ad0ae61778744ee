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
        answer: "応答", "Answer";
        answered_by: "応答した人", "Answered by";
        answered_at: "応答日時", "Answered";
        answered_after: "応答までの秒数", "Seconds to the answer";
        answer_words: "応答の内容", "Words of the answer";
        steps: "再通知", "Reminders";
        missed: "応答がなかったとき", "Missed visit";
        notice: "利用目的の表示", "Purpose notice";
        notice_version: "文面の番号 {version}", "text no. {version}";
        answer_yes: "あり", "answered";
        answer_no: "なし", "nobody answered";
        answer_waiting: "待っています", "waiting";
        colleague: "社内の人", "a colleague";
        step_planned: "予定", "planned";
        step_not_sent: "送っていません", "not sent";
        missed_task: "タスクを作成", "task made";
        missed_posted: "ルームに投稿", "posted";
        missed_refused: "Chatwork が受け付けず", "refused by Chatwork";
        missed_pending: "作成中", "under way";
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
