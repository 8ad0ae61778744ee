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
        name_in: "サイト名 · {language}", "Name · {language}";
        names_hint: "ほかの言語の受付画面に表示するサイト名です。空欄の言語では、英語のサイト名か、上のサイト名を表示します。", "What the tablet greets with in its other languages. Where it is empty, the tablet shows the English name, or the name above.";
        change_time_zone: "タイムゾーンを変更", "Change the time zone";
        time_zone_hint: "都市名や「日本標準時」などの名前で探せます。", "Search by city, or by a name such as “Japan Standard Time”.";
        zone_example: "例：Tokyo", "Such as Tokyo";
        zone_not_found: "見つかりません。英語の都市名でお試しください。", "Nothing found. Try the name of a large city nearby.";
        current_zone: "タイムゾーン", "Time zone";
        current_time: "いま {time}", "{time} now";
        languages_title: "言語", "Languages";
        languages_lead: "来訪者が受付画面で選べる言語です。この順に並びます。", "What visitors can choose on the tablet, in this order.";
        default_language: "基本の言語", "Default language";
        default_language_hint: "先頭の言語で受付画面が始まり、通知の文面もその言語で書かれます。", "The tablet starts in the first one, and notifications are written in it.";
        offered_languages: "選べる言語", "Languages offered";
        contact: "うまくいかないときの連絡先", "When something fails";
        contact_lead: "Chatwork に通知できないとき、受付画面に表示します。", "Shown on the tablet when Chatwork cannot be reached.";
        contact_name: "連絡先の名前", "Who answers";
        contact_name_hint: "例：総務", "Such as “General affairs”.";
        contact_phone: "電話番号", "Telephone number";
        contact_phone_hint: "受付の電話からかける番号です。", "As dialled from the lobby.";
        branding: "ロゴと色", "Logo and colour";
        logo: "ロゴ", "Logo";
        logo_drop: "ここに画像をドロップするか", "Drop a picture here, or";
        logo_pick: "画像を選ぶ", "Choose a picture";
        logo_hint: "大きな画像は自動で縮小します。背景が透明なロゴは、暗い画面でも見えるか確かめてください。", "Large pictures are made smaller. If the background is transparent, see that it shows on dark screens too.";
        logo_on_light: "明るい画面でのロゴ", "The logo on a light screen";
        logo_on_dark: "暗い画面でのロゴ", "The logo on a dark screen";
        logo_remove: "ロゴを外す", "Remove the logo";
        logo_too_large: "20 MB までの画像にしてください。", "Choose a picture of at most 20 MB.";
        logo_unreadable: "この画像は開けませんでした。PNG、JPEG、WebP、SVG のいずれかでお試しください。", "This picture could not be opened. Try a PNG, JPEG, WebP or SVG.";
        accent: "アクセントカラー", "Accent colour";
        accent_code: "カラーコード", "Colour code";
        accent_hint: "ボタンの文字は、白と黒のうち読みやすいほうになります。", "Text on buttons is black or white, whichever reads better.";
        accent_pick: "色を選ぶ", "Choose a colour";
        accent_suggestion: "近くて読みやすい色 {colour} にする", "Use {colour} instead (easier to read)";
        light_screens: "明るい画面", "light screens";
        dark_screens: "暗い画面", "dark screens";
        contrast_enough: "{where}の文字として読みやすい色です（コントラスト比 {ratio}:1）。", "Reads well as text on {where} (contrast {ratio}:1).";
        contrast_too_low: "{where}の文字としては読みにくい色です（コントラスト比 {ratio}:1。4.5:1 以上が目安）。", "Hard to read as text on {where} (contrast {ratio}:1; 4.5:1 is needed).";
        blue: "青", "Blue";
        teal: "青緑", "Teal";
        green: "緑", "Green";
        ochre: "黄土", "Ochre";
        orange: "だいだい", "Orange";
        red: "赤", "Red";
        purple: "紫", "Purple";
        slate: "灰", "Slate";
        kiosk_exit: "受付画面の終了", "Leaving the kiosk";
        kiosk_exit_lead: "受付画面を終えるには、右上の時計を3秒長押しし、この番号を入力します。来訪者には教えないでください。", "To leave the kiosk on a tablet, staff hold the clock at its top right for 3 seconds and type this number. Do not tell visitors.";
        pin: "終了用 PIN", "Exit PIN";
        pin_hint: "4～8 桁の数字。空のままだと、来訪者も時計の長押しで受付画面を終えられます。", "4 to 8 digits. While it is empty, visitors can leave the kiosk by holding the clock too.";
        contact_by_language_hint: "ほかの言語の受付画面に表示する連絡先です。空欄の言語では、英語の内容か、上の内容を表示します。", "Shown on the tablet in its other languages. Where a field is empty, the tablet shows the English one, or the one above.";
    }
}
