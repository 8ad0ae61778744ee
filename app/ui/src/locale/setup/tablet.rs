//! Words of the live preview beside the device editor.
use super::words;

words! {
    /// The tablet as visitors see it.
    TabletWords {
        title: "受付画面のプレビュー", "What visitors see";
        hint: "入力するそばから変わります。ボタンを押すと、そのメニューを編集できます。", "It follows what you type. Press a button to edit it.";
        hung: "タブレットの向き", "How the tablet hangs";
        lying: "横", "Landscape";
        upright: "縦", "Portrait";
    }
}
