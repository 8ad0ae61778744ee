//! Words of the call history as CSV.
use super::words;

words! {
    /// Names of the columns, and values of their cells.
    HistoryCsvTexts {
        time: "受付日時", "Time";
        reference: "受付番号", "Call number";
        device: "デバイス", "Device";
        button: "メニュー", "Button";
        target: "呼び出し先", "Whom they called";
        company: "会社名", "Company";
        name: "お名前", "Name";
        people: "人数", "People";
        purpose: "ご用件", "Purpose";
        result: "結果", "Result";
        notified_at: "通知日時", "Notified";
        sent_to: "通知先", "Sent to";
        attempts: "送信回数", "Attempts";
        reason: "理由", "Reason";
        answer: "応答", "Answer";
        answered_by: "応答した人", "Answered by";
        answered_at: "応答日時", "Answered";
        answered_after: "応答までの秒数", "Seconds to the answer";
        answer_words: "応答の内容", "Answer text";
        steps: "再通知", "Reminders";
        missed: "応答がなかったとき", "If nobody answered";
        notice: "利用目的の表示", "Privacy notice";
        notice_version: "文面の番号 {version}", "text no. {version}";
        colleague: "社内の人", "a colleague";
        step_planned: "予定", "planned";
        step_not_sent: "送っていません", "not sent";
        missed_task: "タスクを作成", "task created";
        missed_posted: "ルームに投稿", "posted in the room";
        missed_refused: "Chatwork が受け付けず", "not accepted by Chatwork";
        missed_pending: "作成中", "in progress";
        no_such_room: "ルームがないか、Bot が参加していません", "the room was deleted or the bot is not in it";
        not_a_contact: "Bot とコンタクトになっていません", "not a contact of the bot";
        contacts_unreadable: "Bot のコンタクト一覧を読み取れませんでした", "the bot's contacts could not be read";
        bad_message: "Chatwork が文面を受け付けませんでした", "Chatwork did not accept the message";
        room: "ルーム", "room";
        direct: "ダイレクト", "direct";
        fallback: "代わりに", "instead:";
        progress: "CSV を作っています（{count} 件）…", "Creating the CSV ({count} {call|calls} so far)…";
        limit_reached: "新しいほうから {count} 件をファイルに入れました。それより前は、日付で絞り込んでからダウンロードしてください。", "The file contains the newest {count} calls. For older ones, filter by date and download again.";
    }
}
