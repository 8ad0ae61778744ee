//! Words of buttons and other controls that several pages share.
use super::words;

words! {
    /// Labels of the controls.
    Controls {
        remove: "外す", "Remove";
        delete: "削除", "Delete";
        cancel: "キャンセル", "Cancel";
        move_up: "上へ", "Move up";
        move_down: "下へ", "Move down";
        drag_hint: "ドラッグか矢印キーで並べ替え", "Drag, or use the arrow keys";
        show_more: "さらに表示", "Show more";
        retry: "もう一度試す", "Try again";
        loading: "読み込んでいます…", "Loading…";
        loading_slow: "読み込みに時間がかかっています。そのままお待ちください。", "This is taking longer than usual. Please wait.";
        copy: "コピー", "Copy";
        copied: "コピーしました", "Copied";
        copy_refused: "コピーできませんでした。文字を選択してコピーしてください。", "Could not copy. Select the text and copy it yourself.";
    }
}
