//! Words of editing: undo, recovered drafts, edit conflicts.
use super::words;

words! {
    /// Texts about unsaved changes.
    Editing {
        undo: "元に戻す", "Undo";
        redo: "やり直す", "Redo";
        undone: "元に戻しました：{what}", "Undone: {what}";
        redone: "やり直しました：{what}", "Redone: {what}";
        draft_title: "保存されていない変更が残っています", "You have changes that were not saved";
        draft_words: "このブラウザーで {time} に行った変更です：{what}", "Made in this browser on {time}: {what}";
        draft_restore: "変更を復元して続ける", "Restore them and continue";
        draft_discard: "破棄する", "Discard";
        draft_discard_question: "残っている変更を破棄しますか", "Discard these changes?";
        draft_discard_explanation: "{count} 件の変更が失われます。元には戻せません。", "{count} {change|changes} will be lost. This cannot be undone.";
        draft_not_stored: "このブラウザーでは、保存していない変更を控えておけません。ページを閉じる前に保存してください。", "This browser cannot store unsaved changes. Save before you close the page.";
        save_is_slow: "サーバーの応答に時間がかかっています。変更は失われていません。", "The server is slow to respond. Nothing is lost.";
        save_when_online: "変更は失われていません。つながりしだい、自動で保存します。", "Nothing is lost. Your changes are saved automatically once the connection is back.";
        editor_name: "お名前", "Your name";
        editor_example: "例：佐藤", "Sato, for example";
        editor_hint: "変更の履歴に残ります。入力しなくても保存できます。", "Shown in the change history. You can also save without it.";
        editor_skip: "入力しない", "Skip";
        editor_is: "編集者：{name}", "Editing as {name}";
        editor_unnamed: "編集者の名前：なし", "Editing without a name";
        editor_change: "変更", "Change";
        editor_change_label: "編集者の名前を変更", "Change the name you edit under";
        editor_title: "この画面で編集する方", "Who is editing here";
        editor_label: "お名前", "Name";
        editor_keep: "決定", "OK";
        saved_first_by: "先に保存した人：{names}", "Saved first by {names}";
        their_changes: "ほかの人が保存した変更", "What someone else saved";
        mine: "自分の変更", "Mine";
        theirs: "ほかの人の変更", "Theirs";
        choose_all_mine: "すべて自分の変更にする", "Use all mine";
        choose_all_theirs: "すべてほかの人の変更にする", "Use all theirs";
        save_choices: "選んだ内容で保存する", "Save my choices";
        choices_left: "あと {count} 件選んでください", "{count} still to choose";
        choose_deletion: "削除", "delete it";
        choose_keeping: "残す", "keep it";
        close: "閉じる", "Close";
    }
}
