//! Words of the live preview beside the device editor.
use super::words;

words! {
    /// Texts around the preview of the tablet.
    LivePreviewTexts {
        title: "受付画面の見え方", "What visitors see";
        hint: "入力するそばから変わります。ボタンを押すと、そのメニューを編集できます。", "Updates as you type. Press a button to edit it.";
        orientation: "タブレットの向き", "Tablet orientation";
        landscape: "横", "Landscape";
        portrait: "縦", "Portrait";
        access: "見やすさ", "Accessibility";
        access_lead: "来訪のたびに、この見え方から始まります。来訪者は自分で切り替えることもできます。", "Every visit starts like this. Visitors can also change it themselves.";
        text_size: "文字の大きさ", "Text size";
        normal_text: "標準", "Normal";
        large: "大きい", "Large";
        largest: "とても大きい", "Very large";
        high_contrast: "くっきり表示", "High contrast";
        high_contrast_hint: "色の差を大きくし、枠線を太くします。", "Stronger colours and borders.";
        low_reach: "下のほうに表示", "Controls in the lower half";
        low_reach_hint: "車いすの方やお子さまも手が届きます。", "Within reach from a wheelchair and for children.";
    }
}
