//! Names of languages, and of entries that have no name or are hidden. The separator between listed names.
use super::words;

words! {
    /// The names, and the separator of lists.
    Names {
        japanese: "日本語", "Japanese";
        english: "英語", "English";
        chinese: "中国語（簡体字）", "Chinese (simplified)";
        korean: "韓国語", "Korean";
        vietnamese: "ベトナム語", "Vietnamese";
        list_separator: "、", ", ";
        optional: "（任意）", " (optional)";
        unnamed: "（名前なし）", "(no name)";
        hidden: "非表示", "Hidden";
        room_number: "ルームID {id}", "Room {id}";
        account_number: "アカウントID {id}", "Account {id}";
        deleted: "（削除済み：{id}）", "(deleted: {id})";
    }
}
