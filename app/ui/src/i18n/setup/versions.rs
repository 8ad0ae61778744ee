//! Words of the page of saved versions.
use super::words;

words! {
    /// Texts of the list of versions.
    Versions {
        title: "変更の履歴", "Change history";
        lead: "設定を保存するたびに残ります。いつ、誰が、何を変えたかを確認し、前の状態に戻せます。", "A version is kept each time you save. See who changed what and when, and go back to an earlier one.";
        empty: "まだ保存された設定はありません。", "Nothing has been saved yet.";
        number: "No. {number}", "No. {number}";
        saved_by: "{name} が保存", "Saved by {name}";
        unnamed_admin: "管理者", "an admin";
        host_author: "{name}（本人のページ）", "{name} (own page)";
        demo_author: "サンプルデータ", "the sample data";
        changed_hosts: "担当者 {count} 人", "{count} {host|hosts}";
        changed_groups: "グループ {count} 件", "{count} {group|groups}";
        changed_devices: "デバイス {count} 台", "{count} {device|devices}";
        changed_buttons: "メニュー {count} 件", "{count} menu {entry|entries}";
        current: "現在の設定", "Current";
        show: "変更を見る", "Show changes";
        differences: "この版での変更（{count} 件）", "Changes in this version ({count})";
        hide: "閉じる", "Close";
        no_difference: "前に保存した設定との違いはありません。", "No difference from the settings saved before.";
        restore: "この版に戻す", "Restore this version";
        restore_hint: "この変更を保存した直後の内容に戻します。", "Goes back to the settings as they were right after these changes.";
        restore_before: "この変更の前に戻す", "Go back to before these changes";
        restore_before_hint: "この変更と、これより後の変更をすべて取り消した内容に戻します。", "Goes back to the settings without these changes and all later ones.";
        restore_before_question: "{time} に保存した変更の前に戻しますか", "Go back to before the changes saved at {time}?";
        restore_question: "{time} に保存した設定に戻しますか", "Restore the settings saved at {time}?";
        restore_explanation: "戻した内容は、まだ保存されません。確認してから「保存」を押してください。取り消すこともできます。", "Nothing is saved yet. Review the settings, then press Save. You can also undo.";
        restore_difference: "今の内容から変わる点（{count} 件）", "Differences from now ({count})";
        restore_no_difference: "今の内容と同じです。", "The same as now.";
    }
}
