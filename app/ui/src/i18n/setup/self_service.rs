//! Words of a host's own page, and of the personal link that leads there.
use super::words;

words! {
    /// Texts of the page and of the link.
    SelfServiceTexts {
        title: "あなたの受付ページ", "Your reception page";
        lead: "来訪者があなたを呼び出したときの設定です。", "What happens when a visitor calls you.";
        groups: "グループ", "Groups";
        absence: "不在", "Absence";
        absent_state: "いま不在に設定しています（{day} まで）。", "You are marked as absent until {day}.";
        present_state: "不在は設定されていません。", "No absence is set.";
        absent_later: "{first} から {last} まで不在に設定しています。", "You are marked as absent from {first} to {last}.";
        absent_from: "不在の初日", "First day of absence";
        absent_from_hint: "空欄なら、いまから不在として扱います。", "If empty, you count as absent from now on.";
        absent_until: "不在の最終日", "Last day of absence";
        absent_hint: "この日まで不在として扱います。", "You count as absent until the end of that day.";
        absent_today: "今日だけ不在", "Absent today";
        clear_absence: "不在を取り消す", "Cancel the absence";
        delegates: "不在のあいだは {names}さんにも通知します。", "While you are absent, these people are notified too: {names}.";
        no_delegates: "不在のあいだもあなたに通知します。代理の担当者は管理者が設定できます。", "You are still notified while absent. An admin can set a delegate for you.";
        visitor_message: "来訪者へのメッセージ", "Message to the visitor";
        visitor_message_hint: "通知が届いたあと、受付画面に表示します（不在の間は表示しません）。例：2 階のラウンジでお待ちください。", "Shown on the tablet once you have been notified, but not while you are absent. For example: “Please wait in the lounge.”";
        personal_data: "ふりがなと Chatwork", "Furigana and Chatwork";
        kana: "ふりがな", "Furigana";
        kana_hint: "来訪者が名前で探すときに使います。", "Visitors use it to find you by name.";
        account: "Chatwork アカウントID", "Chatwork account ID";
        account_hint: "あなたに通知するためのアカウントです。数字のほか、自分への返信や引用（[To:…]、aid=…）も貼り付けられます。", "The account that receives your notifications. Enter the number, or paste a reply to you or a quote ([To:…], aid=…).";
        account_unreadable: "アカウントID の数字が見つかりません。", "No account ID was found in this.";
        save: "保存", "Save";
        saving: "保存しています…", "Saving…";
        saved: "保存しました。受付画面にすぐ反映されます。", "Saved. Tablets are updated at once.";
        unsaved: "保存していない変更があります。", "You have unsaved changes.";
        opening: "開いています…", "Opening…";
        close: "このブラウザーで閉じる", "Close in this browser";
        close_explanation: "共用のパソコンでは、使い終わったら閉じてください。リンクからいつでも開けます。", "On a shared computer, close this page when you are done. You can open it again from the link at any time.";
        closed: "閉じました。届いたリンクからまた開けます。", "Closed. You can open it again from your link.";
        no_link: "このページは、あなた専用のリンクから開きます。リンクがないときは、受付の管理者に頼んでください。", "This page opens only from your personal link. If you have none, ask whoever manages the reception.";
        link_over: "このリンクはもう使えません。受付の管理者に新しいリンクを頼んでください。", "This link no longer works. Ask whoever manages the reception for a new one.";
        personal: "本人用リンク", "Personal link";
        personal_lead: "本人が不在・ふりがな・来訪者へのメッセージ・アカウントID を自分で変えられるリンクです。ほかの設定は見えません。", "With this link, the host can change their own absence, furigana, message to visitors and account ID. They see nothing else of set-up.";
        save_first: "先に保存してください。保存した担当者にリンクを作れます。", "Save first. Links can be made only for saved hosts.";
        none: "まだ作っていません。", "None yet.";
        made: "作成：{time}", "Made on {time}";
        opened: "最後に開かれた日時：{time}", "last opened {time}";
        never_opened: "まだ開かれていません", "not opened yet";
        make: "リンクを作る", "Make a link";
        remake: "作り直す", "Make a new one";
        remake_question: "リンクを作り直しますか", "Make a new link?";
        remake_explanation: "今のリンクは使えなくなり、そのリンクで開いているページも閉じられます。", "The current link stops working, and pages opened with it are closed.";
        revoke: "取り消す", "Revoke";
        revoke_question: "リンクを取り消しますか", "Revoke the link?";
        revoke_explanation: "このリンクは使えなくなり、そのリンクで開いているページも閉じられます。担当者の設定は変わりません。", "The link stops working, and pages opened with it are closed. The host's settings stay as they are.";
        shown_once: "このリンクは今しか表示されません。コピーするか、Chatwork で本人に送ってください。", "The link is shown only now. Copy it, or send it to the host in Chatwork.";
        send: "Chatwork で本人に送る", "Send in Chatwork";
        sending: "送っています…", "Sending…";
        sent: "本人とのダイレクトチャットに送りました。", "Sent to the host's private chat.";
        not_contact: "送れませんでした。本人が Bot のコンタクトになっているか、アカウントID が正しいか確かめてください。", "Could not be sent. Check that the host is a contact of the bot and that the account ID is right.";
        no_account_yet: "アカウントID を登録して保存すると、Chatwork で送れます。", "Once an account ID is entered and saved, the link can be sent in Chatwork.";
    }
}
