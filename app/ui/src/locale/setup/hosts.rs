//! Words of the pages of hosts.
use super::words;

words! {
    /// Hosts.
    Hosts {
        title: "担当者", "Hosts";
        lead: "受付で呼び出される人です。アカウントID を登録すると、本人に直接通知できます。", "The people who can be called. With a Chatwork account they can be told directly.";
        search: "担当者を探す", "Search hosts";
        search_example: "名前、よみがな、グループ", "name, reading or group";
        add: "担当者を追加", "Add a host";
        empty: "まだ担当者がいません。", "There are no hosts yet.";
        empty_words: "「担当者を追加」から登録してください。", "Begin with “Add a host”.";
        count: "{count} 人", "{count} hosts";
        name: "名前", "Name";
        kana: "よみがな", "Reading (kana)";
        account: "Chatwork アカウント", "Chatwork account";
        groups: "グループ", "Groups";
        no_account: "アカウントID 未登録", "No Chatwork account";
        first_group: "先頭グループ", "First group";
        absent: "{day} まで不在", "Absent until {day}";
        person: "基本情報", "Person";
        name_hint: "社内での表記です。", "As colleagues write it.";
        kana_hint: "検索と並び順に使います。例：さとう はな", "Used for searching and for the order of lists.";
        display_name: "受付での表示名", "Name shown on tablets";
        display_hint: "受付画面で名前と違う表記にしたいときだけ入力します。", "Only when the tablet should show something else.";
        search_keys: "検索キーワード", "Search keys";
        search_keys_hint: "旧姓や愛称など。読点（、）かカンマで区切ります。", "Maiden name, nickname, … separated by commas.";
        account_lead: "通知を本人に届けるための Chatwork アカウントです。", "The Chatwork account through which the host is told.";
        account_hint: "名前で探すか、「aid=…」「[To:…]」、引用、数字を貼り付けてください。", "Search by name, or paste aid=…, [To:…], a whole quote, or the number.";
        account_example: "名前、[To:123456]、aid=123456 など", "a name, [To:123456], aid=123456, …";
        groups_lead: "先頭のグループに緑色のマークが付きます。ルーム通知は先頭グループのルームに届きます。", "The first one is marked green: room notifications for this host go to its room.";
        groups_add: "グループを追加", "Add a group";
        absence: "不在と代理", "Absence";
        absent_until: "不在の最終日", "Last day of absence";
        absent_hint: "この日まで、下の代理の担当者にも通知します。", "Until then the delegates below are told too.";
        delegates: "代理の担当者", "Delegates";
        delegates_hint: "不在のあいだ、いっしょに通知を受ける人です。", "Told too while this host is absent.";
        on_tablets: "受付画面", "On tablets";
        visitor_message: "来訪者へのメッセージ", "Message to the visitor";
        visitor_hint: "通知が届いたあとに受付画面へ表示します。例：2 階のラウンジでお待ちください。", "Shown once the host has been notified, such as “Please wait in the lounge”.";
        hidden: "受付画面に表示しない", "Do not show on tablets";
        hidden_hint: "検索や一覧に出なくなります。グループの担当者としての通知は続きます。", "Not found or listed. Notifications as in-charge host continue.";
        delete: "この担当者を削除", "Delete this host";
        delete_ask: "{name}さんを削除しますか", "Delete {name}?";
        delete_words: "保存すると、この担当者は受付から呼び出せなくなります。これまでの履歴は残ります。", "Once saved, this host can no longer be called. The history is kept.";
        delete_in_charge: "次のグループの担当者からも外れます：{names}", "Also removed from those in charge of: {names}";
        delete_delegates: "次の担当者の代理からも外れます：{names}", "Also removed as delegate of: {names}";
    }
}
