//! Words of the menu editor: buttons, actions, methods, questions, templates.
use super::words;

words! {
    /// The menu.
    Menu {
        title: "メニュー", "Menu";
        lead: "受付画面に並ぶボタンです。上から順に表示します。", "The buttons of the tablet, in this order.";
        add: "メニューを追加", "Add a button";
        empty: "メニューがありません。来訪者は誰も呼び出せません。", "There are no buttons: visitors cannot call anyone.";
        new_label: "呼び出し", "Call";
        label: "表示名", "Label";
        icon: "アイコン", "Picture";
        action: "アクション", "Action";
        group_selection: "グループ選択", "Choose a group";
        custom: "カスタム通知", "Custom notification";
        host_open: "担当者選択（オープン型）", "Choose a host (open)";
        host_closed: "担当者選択（クローズ型）", "Choose a host (closed)";
        host_search: "担当者検索", "Search a host";
        group_selection_hint: "グループの一覧から選んで呼び出します。", "The visitor picks a group.";
        custom_hint: "押すだけで、決まったグループを呼び出します（宅配、面接など）。", "One tap calls one group (courier, interview, …).";
        host_open_hint: "グループをたどり、名前の一覧から担当者を選びます。", "The visitor browses groups and picks a name.";
        host_closed_hint: "名前の一覧は出しません。2 文字以上入力して一致した人だけを表示します。", "Names are never listed: only matches for two characters or more.";
        host_search_hint: "入力するそばから候補を表示します。", "Results appear as the visitor types.";
        below: "表示する範囲", "Starting from";
        whole: "すべてのグループ", "All groups";
        group: "呼び出すグループ", "Group to call";
        no_group: "（選んでください）", "(choose)";
        needs_group: "カスタム通知を使うには、先にグループを追加してください。", "Add a group before using a custom notification.";
        method: "通知方法", "Notification";
        direct: "ダイレクト", "Direct";
        room: "ルーム", "Room";
        both: "両方", "Both";
        direct_hint: "Bot とのプライベートルームに届きます。グループの場合は担当者全員に届きます。", "In the bot's private chat with the host; for a group, with each host in charge.";
        room_hint: "グループのルームに届きます。担当者はメンションされます。", "In the group's room, mentioning the host.";
        both_hint: "ダイレクトとルームの両方に届きます。", "Both ways.";
        ask: "来訪者に聞くこと", "What the visitor is asked";
        company: "会社名", "Company";
        name: "お名前", "Name";
        people: "人数", "Number of people";
        purpose: "ご用件", "Purpose";
        off: "聞かない", "Not asked";
        optional: "任意", "Optional";
        required: "必須", "Required";
        message: "通知の文面", "Message";
        own_template: "このメニュー専用の文面を使う", "Use a message of its own";
        template: "文面", "Message template";
        template_hint: "差し込みは 1 回ずつ使えます。{mentions} と {reference} は必須です。値のない差し込みの行は省かれます。", "Each placeholder stands once; {mentions} and {reference} are needed. Lines without a value are left out.";
        placeholders: "使える差し込み", "Placeholders";
        example: "表示例", "Example";
        no_example: "入力に問題がなければ、ここに表示例が出ます。", "An example appears here once nothing is wrong.";
        visitor_company: "株式会社サンプル", "Sample Inc.";
        visitor_name: "山田 太郎", "Taro Yamada";
        visitor_purpose: "お打ち合わせ", "Meeting";
        p_mentions: "担当者へのメンション", "Mentions of the hosts";
        p_device: "デバイス名", "Device";
        p_place: "設置場所", "Place";
        p_button: "メニューの表示名", "Button";
        p_target: "呼び出し先", "Whom the visitor calls";
        p_company: "会社名", "Company";
        p_name: "お名前", "Visitor's name";
        p_people: "人数", "Number of people";
        p_purpose: "ご用件", "Purpose";
        p_language: "来訪者の言語", "Visitor's language";
        p_time: "受付時刻", "Time";
        p_reference: "受付番号", "Call number";
        bell: "ベル", "Bell";
        person: "ひとり", "Person";
        people_icon: "人々", "People";
        search: "虫めがね", "Search";
        parcel: "荷物", "Parcel";
        interview: "面接", "Interview";
        building: "建物", "Building";
        help: "ヘルプ", "Help";
        edit: "編集", "Edit";
        close: "閉じる", "Close";
    }
}
