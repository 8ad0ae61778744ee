//! Words of the site page.
use super::words;

words! {
    /// The office.
    SiteWords {
        title: "サイト", "Site";
        lead: "受付全体に関わる設定です。", "Settings of the whole reception.";
        office: "オフィス", "Office";
        name: "サイト名", "Name";
        name_hint: "受付画面の見出しに表示します。例：株式会社サンプル 本社", "The tablet greets with it, such as “Sample Inc., head office”.";
        time_zone: "タイムゾーン", "Time zone";
        time_zone_hint: "通知の時刻と、不在の日付に使います。", "For times in notifications and days of absence.";
        languages_title: "言語", "Languages";
        languages_lead: "来訪者が受付画面で選べる言語です。", "What visitors can choose on the tablet.";
        own: "基本の言語", "Own language";
        own_hint: "受付画面の最初の言語で、通知の文面にも使います。", "The tablet starts in it, and notifications are written in it.";
        offered: "選べる言語", "Languages offered";
        contact: "うまくいかないときの連絡先", "When something fails";
        contact_lead: "Chatwork に通知できないとき、受付画面に表示します。", "Shown on the tablet when Chatwork cannot be reached.";
        contact_name: "連絡先の名前", "Who answers";
        contact_name_hint: "例：総務", "Such as “General affairs”.";
        contact_phone: "電話番号", "Telephone number";
        contact_phone_hint: "受付の電話からかける番号です。", "As dialled from the lobby.";
        look: "見た目", "Look";
        accent: "アクセントカラー", "Accent colour";
        accent_hint: "ボタンなどの色です。文字の色は読みやすいほうを自動で選びます。", "The colour of buttons. Text on it is black or white, whichever reads better.";
        accent_pick: "色を選ぶ", "Choose a colour";
    }
}
