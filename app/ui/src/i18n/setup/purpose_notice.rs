//! Words of the page of the purpose notice.
use super::words;

words! {
    /// Texts of the page that edits the notice.
    PurposeNoticeTexts {
        title: "利用目的の表示", "Privacy notice";
        lead: "会社名やお名前をうかがう画面で、何に使うか、誰が見るか、いつまで保存するかを、入力の前にお伝えします。", "Before visitors enter anything, the tablet tells them what it is used for, who sees it and how long it is kept.";
        display_title: "表示", "Display";
        is_shown: "入力欄の上に利用目的を表示する", "Show the notice above the questions";
        is_shown_hint: "何も聞かないメニューには表示しません。", "Not shown for buttons that ask nothing.";
        law: "画面への入力で個人情報を取得するときは、あらかじめ利用目的を明示するよう、個人情報保護法第21条第2項が定めています。取得の状況からみて利用目的が明らかな場合などの例外もあります（同条第4項）。表示するかどうか、どのような文面にするかは、オフィスでお決めください。", "Under Article 21, paragraph 2 of Japan's Act on the Protection of Personal Information, anyone who collects personal information in writing, including on a screen, must state the purpose beforehand. There are exceptions, for example where the purpose is clear from the circumstances (paragraph 4). Your office decides whether to show a notice and how to word it.";
        contact_title: "責任者と窓口", "Who is responsible and whom to contact";
        contact_lead: "「くわしく」に触れると表示されます。", "Shown when a visitor touches “Details”.";
        responsible: "管理の責任者", "Person responsible";
        responsible_hint: "部署名や役職名。空欄なら会社名を表示します。", "A department or job title. If empty, the office name is shown.";
        inquiries: "お問い合わせの窓口", "Contact";
        inquiries_hint: "電話番号やメールアドレスなど。空欄なら「うまくいかないときの連絡先」を表示します。", "A phone number or e-mail address, for example. If empty, the contact for when something fails is shown.";
        texts_title: "文面", "Text";
        texts_lead: "空欄の言語では標準の文面を表示します。1 行目が入力欄の上に、全体が「くわしく」に出ます。", "Languages left empty use the standard text. The first line appears above the questions, the whole text behind “Details”.";
        text_in: "文面 · {language}（任意）", "Text · {language} (optional)";
        start_from_standard: "標準の文面から書き始める", "Start from the standard text";
        placeholders_title: "文面に差し込めるもの", "Placeholders";
        placeholders_lead: "保存期間は実際の設定から入るため、文面と食い違いません。", "Retention periods come from your actual settings, so the text is always correct.";
        office: "会社名", "the office name";
        placeholder_responsible: "管理の責任者", "the person responsible";
        placeholder_inquiries: "お問い合わせの窓口", "the contact";
        kept: "来訪者の入力を保存する期間（いまは{value}）", "how long visitors' details are kept (now {value})";
        visitors_kept: "同じ期間。年のときは日数も添えます", "the same, with the number of days if it is in years";
        messages_kept: "通知の文面を保存する期間", "how long notification texts are kept";
        answers_kept: "応答を保存する期間", "how long answers are kept";
        facts: "保存期間、責任者、窓口は、独自の文面のときも「くわしく」に必ず出ます。", "Retention periods, the person responsible and the contact are always shown behind “Details”, even with your own text.";
        preview: "受付画面での見え方", "On the tablet";
        preview_hint: "お知らせに触れると「くわしく」が開きます。", "Touch the notice to open “Details”.";
        preview_off: "この設定では、受付画面に表示しません。", "With these settings the tablet shows no notice.";
    }
}
