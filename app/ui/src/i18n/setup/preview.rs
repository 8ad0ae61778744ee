//! Words of the page that shows who is notified.
use super::words;

words! {
    /// Texts of the page: the destinations that a call would have.
    Preview {
        title: "通知先の確認", "Who is notified";
        lead: "誰を呼び出すと、どこに、どんな文面で届くかを確かめます。実際には何も送信しません。保存前の変更も反映されます。", "See where a call goes and what the message says. Nothing is actually sent. Unsaved changes are included.";
        how_called: "呼び出し方", "How the visitor calls";
        by_button: "デバイスのメニューから", "From a tablet's menu";
        by_group: "グループを直接", "A group";
        by_host: "担当者を直接", "A host";
        device: "デバイス", "Device";
        button: "メニュー", "Button";
        group: "グループ", "Group";
        host: "担当者", "Host";
        method: "通知方法", "Notification method";
        choose_option: "（選んでください）", "(choose)";
        destinations: "届く先", "Where it goes";
        fallback_destination: "送れなかったとき（ルームがない、コンタクトでないなど）は、代わりに acallルーム（共通ルーム）へ", "If it cannot be sent there (room deleted, not a contact, …), to the common room instead";
        route_reasons: "理由", "Why";
        mentions: "To：{names}", "Mentions: {names}";
        message_text: "文面", "Text";
        raw_message: "Chatwork に送る原文", "As sent to Chatwork";
        choose_target_first: "呼び出し先を選ぶと、ここに結果が出ます。", "Choose whom to call to see the result here.";
        nowhere: "どこにも届きません。", "It goes nowhere.";
        settings_invalid: "設定に直すところがあるため、結果を出せません。", "The result cannot be shown until the problems in the settings are corrected.";
        message_count: "{count} か所に送ります", "Messages sent: {count}";
        sample_visitor: "来訪者の情報は見本です。", "The visitor's details are an example.";
    }
}
