//! Words of differences between two settings documents.
use super::words;

words! {
    /// Names of the fields, and of the kinds of change.
    SettingsDiff {
        host: "担当者「{name}」", "Host {name}";
        group: "グループ「{name}」", "Group {name}";
        device: "デバイス「{name}」", "Device {name}";
        button: "メニュー「{name}」", "Button {name}";
        added: "追加", "added";
        removed: "削除", "deleted";
        no_value: "（なし）", "(none)";
        standard_text: "（標準の文面）", "(standard text)";
        yes: "はい", "yes";
        no: "いいえ", "no";
        image: "（画像）", "(image)";
        secret_set: "（設定済み）", "(set)";
        order: "並び順", "order";
        and_more: "ほか {count} 件", "and {count} more";
        show_whole: "すべて表示", "Show all";
        field_time_zone: "タイムゾーン", "time zone";
        field_languages: "言語", "languages";
        field_default_room: "acallルーム（共通ルーム）", "common room (acallルーム)";
        field_contact_name: "連絡先の名前", "contact";
        field_contact_phone: "連絡先の電話番号", "contact's phone number";
        field_accent: "アクセントカラー", "accent colour";
        field_logo: "ロゴ", "logo";
        field_opening_hours: "受付時間", "opening hours";
        field_closed_days: "休業日", "closed days";
        standard_value: "（標準）", "(standard)";
        field_retention: "保存期間", "retention periods";
        field_exit_pin: "終了用 PIN", "exit PIN";
        field_answers: "受付画面に表示する応答", "answers on the tablet";
        field_escalation: "再通知", "reminders";
        field_missed_visit: "応答がなかったときのタスク", "task when nobody answers";
        field_alarms: "異常のお知らせ", "alerts";
        field_backup_days: "バックアップの期限", "maximum age of a backup";
        field_name: "名前", "name";
        field_names: "会社名", "name";
        field_kana: "ふりがな", "furigana";
        field_latin_name: "ローマ字の名前", "name in Latin letters";
        field_display_name: "受付での表示名", "name on tablets";
        field_search_keys: "検索キーワード", "search keywords";
        field_account: "Chatwork アカウント", "Chatwork account";
        field_groups: "グループ", "groups";
        field_delegates: "代理の担当者", "delegates";
        field_visitor_message: "来訪者へのメッセージ", "message to the visitor";
        field_absent_from: "不在の初日", "first day of absence";
        field_absent_until: "不在の最終日", "last day of absence";
        field_hidden: "受付画面に表示しない", "hidden on tablets";
        field_parent: "上のグループ", "group above";
        field_room: "ルーム", "room";
        field_in_charge: "グループの担当者", "people in charge";
        field_not_callable: "呼び出せない", "cannot be called";
        field_order: "並び順", "order";
        field_place: "設置場所", "place";
        field_access: "見やすさ", "accessibility";
        field_text_size: "文字の大きさ", "text size";
        field_high_contrast: "くっきり表示", "high contrast";
        field_low_reach: "下のほうに表示", "controls in the lower half";
        field_menu: "メニュー", "menu";
        field_label: "表示名", "label";
        field_icon: "アイコン", "icon";
        field_action: "アクション", "action";
        field_method: "通知方法", "notification method";
        field_ask: "来訪者に聞くこと", "questions";
        field_company: "会社名", "company";
        field_visitor_name: "お名前", "visitor's name";
        field_people: "人数", "number of people";
        field_purpose: "ご用件", "purpose";
        field_template: "通知の文面", "message";
    }
}
