//! Words of editing: undo, recovered drafts, edit conflicts.
use super::words;

words! {
    /// Safe editing.
    Editing {
        undo: "元に戻す", "Undo";
        redo: "やり直す", "Redo";
        undone: "元に戻しました：{what}", "Undone: {what}";
        redone: "やり直しました：{what}", "Done again: {what}";
        kept_title: "保存されていない変更が残っています", "There are changes that were not saved";
        kept_words: "このブラウザで {time} に行った変更です：{what}", "Made in this browser on {time}: {what}";
        kept_restore: "変更を戻して続ける", "Bring them back";
        kept_drop: "破棄する", "Throw them away";
        kept_drop_ask: "残っている変更を破棄しますか", "Throw these changes away?";
        kept_drop_words: "{count} 件の変更が失われます。元には戻せません。", "{count} changes are lost. This cannot be undone.";
        not_kept: "このブラウザでは途中の変更を控えられません。ページを閉じる前に保存してください。", "This browser cannot keep unsaved changes. Save before you close the page.";
        offline: "変更は失われていません。つながりしだい、自動で保存します。", "Nothing is lost. It is saved by itself once the connection is back.";
        their_changes: "ほかの人が保存した変更", "What someone else saved";
        mine: "自分の変更", "Mine";
        theirs: "ほかの人の変更", "Theirs";
        choose_all_mine: "すべて自分の変更にする", "All mine";
        choose_all_theirs: "すべてほかの人の変更にする", "All theirs";
        save_decided: "選んだ内容で保存する", "Save what I chose";
        undecided: "あと {count} 件選んでください", "{count} still to choose";
        deleted: "削除", "delete it";
        changed: "残す", "keep it";
        close: "閉じる", "Close";
    }
}
