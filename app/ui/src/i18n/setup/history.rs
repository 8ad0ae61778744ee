//! Words of the history.
use super::words;

words! {
    /// Past calls.
    History {
        title: "呼び出し履歴", "Call history";
        lead: "受付からの呼び出しと、Chatwork への通知の結果です。新しい順に並びます。", "Calls from the reception and how each notification went, newest first.";
        empty: "まだ呼び出しはありません。", "There have been no calls yet.";
        refresh: "更新", "Refresh";
        sending: "送信中", "Sending";
        notified: "通知済み", "Notified";
        notified_partly: "一部に通知済み", "Partly notified";
        notified_deputy: "代理に通知済み", "Deputy notified";
        notified_group: "部署に通知済み", "Department notified";
        notified_absent: "不在の人にのみ通知", "Only somebody absent notified";
        notified_silent: "ルームに送信（To なし）", "In the room, nobody mentioned";
        notified_instead: "代わりの宛先に通知", "Default room instead";
        failed: "通知できませんでした", "Failed";
        expired: "期限切れ", "Expired";
        withdrawn: "取り消し", "Cancelled";
        cancelled: "来訪者が取り消しました（{time}）", "Cancelled by the visitor ({time})";
        retracted: "来訪者が取り消しました（{time}）。取り消しのお知らせは {count} 件届いています", "Cancelled by the visitor ({time}); {count} told so";
        cancelled_before_sending: "送る前に、来訪者が取り消しました", "Cancelled by the visitor before it was sent";
        revoked: "デバイスのペアリング解除（{time}）により、送る前の通知を取り消しました", "Withdrawn where not sent yet, because the device was unpaired ({time})";
        withdrawn_unpaired: "送る前に、デバイスのペアリングが解除されました", "Withdrawn before it was sent: the device was unpaired";
        unknown_reported: "届いたか確認できないことを、acallルームに知らせました（{time}）", "The default room was told that nobody knows whether it arrived ({time})";
        outcome_unknown: "期限までに、届いたかどうかを確認できませんでした", "Nobody could find out in time whether it arrived";
        failure: "{to}：{why}", "{to}: {why}";
        reference: "受付番号 {code}", "Call number {code}";
        no_visitor_details: "来訪者の入力なし", "No visitor details";
        people: "{count} 名", "{count} {person|people}";
        details: "詳細", "Details";
        deliveries: "通知", "Notifications";
        fallback_deliveries: "送れなかった宛先の代わりに、acallルーム（共通ルーム）へ", "Sent to the default room instead of what could not be sent";
        route_reasons: "この宛先になった理由", "Why it went there";
        device_and_button: "{device}・{button}", "{device} · {button}";
        delivery_waiting: "送信を待っています", "Waiting to be sent";
        delivery_unknown: "応答がなかったため、届いたかどうかをルームで確認しています", "No answer came; the room is being read to see whether it arrived";
        delivered: "届きました（{time}）", "Delivered ({time})";
        no_such_room: "ルームがないか、Bot が参加していません", "The room is gone or the bot is not in it";
        contacts_unreadable: "Bot のコンタクト一覧を読み取れず、プライベートルームが分かりませんでした", "The bot's contacts could not be read, so the private chat was not found";
        not_a_contact: "Bot とコンタクトになっていないため、プライベートルームがありません", "Not among the bot's contacts, so there is no private chat";
        bad_message: "Chatwork が文面を受け付けませんでした", "Chatwork did not accept the message";
        expired_before_delivery: "期限までに届けられなかったため、送信をやめました", "Not delivered in time, so it was not sent any more";
        attempts: "試行 {count} 回", "Attempts: {count}";
        attempt_delivered: "送信に成功", "Sent";
        attempt_found: "先の送信が届いていたことを確認", "An earlier attempt had arrived";
        attempt_retry: "送れず、やり直し", "Not sent, tried again";
        attempt_rejected: "Chatwork が拒否", "Refused by Chatwork";
        attempt_unknown: "応答なし", "No answer";
        attempt_token: "トークンが受け付けられず", "Token refused";
        attempt_running: "送信中または中断", "Under way or interrupted";
        filter: "絞り込み", "Filter";
        any_value: "すべて", "All";
        search: "言葉で探す", "Search";
        search_example: "会社名、お名前、呼び出し先、受付番号", "Company, name, whom they called, call number";
        period: "期間", "Period";
        today: "今日", "Today";
        yesterday: "昨日", "Yesterday";
        this_week: "今週", "This week";
        from_day: "この日から", "From";
        to_day: "この日まで", "To";
        state: "結果", "Result";
        device: "デバイス", "Device";
        download_csv: "CSV をダウンロード", "Download CSV";
        no_match: "条件に合う呼び出しはありません。", "No call matches.";
    }
}
