//! Words of the site page.
use super::words;

words! {
    /// Texts of the page about the office.
    SiteTexts {
        title: "オフィス", "Office";
        lead: "受付全体に関わる設定です。", "Settings for the whole reception.";
        office: "会社名とタイムゾーン", "Name and time zone";
        name: "会社名", "Office name";
        name_hint: "受付画面の見出しに表示します。例：株式会社サンプル 本社", "Greets visitors on the tablet. For example: Sample Inc., head office";
        name_in: "会社名 · {language}", "Office name · {language}";
        names_hint: "ほかの言語の受付画面に表示する会社名です。空欄の言語では、英語の会社名か、上の会社名を表示します。", "Shown on the tablet in the other languages. If empty, the tablet shows the English name, or the name above.";
        change_time_zone: "タイムゾーンを変更", "Change the time zone";
        time_zone_hint: "都市名や「日本標準時」などの名前で探せます。", "Search by city, or by a name such as “Japan Standard Time”.";
        zone_example: "例：Tokyo", "Such as Tokyo";
        zone_not_found: "見つかりません。英語の都市名でお試しください。", "Not found. Try the name of a large city nearby.";
        current_zone: "タイムゾーン", "Time zone";
        current_time: "いま {time}", "{time} now";
        languages_title: "言語", "Languages";
        languages_lead: "来訪者が受付画面で選べる言語です。この順に並びます。", "Visitors can choose these on the tablet, in this order.";
        default_language: "基本の言語", "Default language";
        default_language_hint: "先頭の言語で受付画面が始まり、通知の文面もその言語で書かれます。", "The tablet starts in the first language, and notifications are written in it.";
        offered_languages: "選べる言語", "Languages offered";
        contact: "うまくいかないときの連絡先", "Contact when something fails";
        contact_lead: "来訪者が困りそうなときに、受付画面に表示します。通知できないとき、返事がないとき、受付時間外、担当者が見つからないときなどです。", "Shown on the tablet whenever visitors may need it: when a call cannot be sent or is not answered, outside opening hours, or when nobody is found.";
        contact_name: "連絡先の名前", "Contact name";
        contact_name_hint: "例：総務", "For example: General affairs";
        contact_phone: "電話番号", "Phone number";
        contact_phone_hint: "受付の電話からかける番号です。", "As dialled from the reception's phone.";
        branding: "ロゴと色", "Logo and colour";
        logo: "ロゴ", "Logo";
        logo_drop: "ここに画像をドロップするか", "Drop an image here, or";
        logo_pick: "画像を選ぶ", "Choose an image";
        logo_hint: "大きな画像は自動で縮小します。背景が透明なロゴは、暗い画面でも見えるか確かめてください。", "Large images are reduced automatically. If the background is transparent, check that the logo is visible on dark screens too.";
        logo_on_light: "明るい画面でのロゴ", "The logo on a light screen";
        logo_on_dark: "暗い画面でのロゴ", "The logo on a dark screen";
        logo_remove: "ロゴを外す", "Remove the logo";
        logo_too_large: "20 MB までの画像にしてください。", "Choose an image of at most 20 MB.";
        logo_unreadable: "この画像は開けませんでした。PNG、JPEG、WebP、SVG のいずれかでお試しください。", "This image could not be opened. Try a PNG, JPEG, WebP or SVG.";
        accent: "アクセントカラー", "Accent colour";
        accent_code: "カラーコード", "Colour code";
        accent_hint: "ボタンの文字は、白と黒のうち読みやすいほうになります。", "Text on buttons is black or white, whichever is easier to read.";
        accent_pick: "色を選ぶ", "Choose a colour";
        accent_suggestion: "近くて読みやすい色 {colour} にする", "Use {colour} instead (similar, easier to read)";
        light_screens: "明るい画面", "light screens";
        dark_screens: "暗い画面", "dark screens";
        contrast_enough: "{where}の文字として読みやすい色です（コントラスト比 {ratio}:1）。", "Easy to read as text on {where} (contrast {ratio}:1).";
        contrast_too_low: "{where}の文字としては読みにくい色です（コントラスト比 {ratio}:1。4.5:1 以上が目安）。", "Hard to read as text on {where} (contrast {ratio}:1; at least 4.5:1 is recommended).";
        blue: "青", "Blue";
        teal: "青緑", "Teal";
        green: "緑", "Green";
        ochre: "黄土", "Ochre";
        orange: "だいだい", "Orange";
        red: "赤", "Red";
        purple: "紫", "Purple";
        slate: "灰", "Slate";
        kiosk_exit: "受付画面の終了", "Leaving the kiosk";
        kiosk_exit_lead: "受付画面を終えるには、右上の時計を 3 秒長押しし、この番号を入力します。来訪者には教えないでください。", "To leave the kiosk, staff hold the clock at the top right for 3 seconds and enter this number. Do not tell visitors.";
        pin: "終了用 PIN", "Exit PIN";
        pin_hint: "4～8 桁の数字。空のままだと、来訪者でも時計の長押しだけで受付画面を終了できます。", "4 to 8 digits. If empty, visitors can also leave the kiosk by holding the clock.";
        contact_by_language_hint: "ほかの言語の受付画面に表示する連絡先です。空欄の言語では、英語の内容か、上の内容を表示します。", "Shown on the tablet in its other languages. If a field is empty, the tablet shows the English contact, or the one above.";
    }
}
