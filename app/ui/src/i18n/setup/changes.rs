//! Words of differences between two settings documents.
use super::words;

words! {
    /// Differences.
    Changes {
        site: "サイト", "Site";
        host: "担当者「{name}」", "Host {name}";
        group: "グループ「{name}」", "Group {name}";
        device: "デバイス「{name}」", "Device {name}";
        button: "メニュー「{name}」", "Button {name}";
        added: "追加", "added";
        removed: "削除", "deleted";
        nothing: "（なし）", "(none)";
        yes: "はい", "yes";
        no: "いいえ", "no";
        picture: "（画像）", "(a picture)";
        secret: "（設定済み）", "(set)";
        order: "並び順", "order";
        and_more: "ほか {count} 件", "and {count} more";
        f_time_zone: "タイムゾーン", "time zone";
        f_languages: "言語", "languages";
        f_default_room: "acallルーム", "default room";
        f_contact_name: "連絡先の名前", "contact";
        f_contact_phone: "連絡先の電話番号", "contact's telephone";
        f_accent: "アクセントカラー", "accent colour";
        f_logo: "ロゴ", "logo";
        f_opening_hours: "受付時間", "opening hours";
        f_closed_days: "休業日", "closed days";
        f_exit_pin: "終了用の暗証番号", "exit PIN";
        f_name: "名前", "name";
        f_kana: "よみがな", "reading";
        f_display_name: "受付での表示名", "name on tablets";
        f_search_keys: "検索キーワード", "search keywords";
        f_account: "Chatwork アカウント", "Chatwork account";
        f_groups: "グループ", "groups";
        f_delegates: "代理の担当者", "delegates";
        f_visitor_message: "来訪者へのメッセージ", "message to the visitor";
        f_absent_until: "不在の最終日", "last day of absence";
        f_hidden: "受付画面に表示しない", "hidden on tablets";
        f_parent: "上のグループ", "group above";
        f_room: "ルーム", "room";
        f_in_charge: "担当者", "in charge";
        f_not_callable: "呼び出せない", "not callable";
        f_order: "並び順", "order";
        f_place: "設置場所", "place";
        f_access: "見やすさ・使いやすさ", "access";
        f_text_size: "文字の大きさ", "text size";
        f_high_contrast: "高コントラスト", "high contrast";
        f_low_reach: "低い位置の操作", "low reach";
        f_menu: "メニュー", "menu";
        f_label: "表示名", "label";
        f_icon: "アイコン", "picture";
        f_action: "アクション", "action";
        f_method: "通知方法", "notification";
        f_ask: "来訪者に聞くこと", "questions";
        f_company: "会社名", "company";
        f_visitor_name: "お名前", "visitor's name";
        f_people: "人数", "number of people";
        f_purpose: "ご用件", "purpose";
        f_template: "通知の文面", "message";
    }
}
