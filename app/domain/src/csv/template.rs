//! Template of a list of hosts: a row of headers and two example rows, which an import leaves out.

use super::cell;
use super::field::{Field, Kind};
use crate::model::lang::Lang;

/// Columns of the template.
const FIELDS: [Field; 4] = [Field::Name, Field::Kana, Field::Groups, Field::Account];

const JAPANESE_EXAMPLES: [[&str; FIELDS.len()]; 2] = [
    [
        "（例）山田 太郎",
        "やまだ たろう",
        "開発部/開発一課",
        "1234567",
    ],
    ["（例）佐藤 花子", "さとう はなこ", "総務; 経理", ""],
];
const ENGLISH_EXAMPLES: [[&str; FIELDS.len()]; 2] = [
    [
        "(Example) Taro Yamada",
        "やまだ たろう",
        "Development/Team 1",
        "1234567",
    ],
    [
        "(Example) Hanako Sato",
        "さとう はなこ",
        "Administration; Accounting",
        "",
    ],
];

/// Template as CSV, with headers and examples in Japanese for [`Lang::Ja`], else in English.
#[must_use]
pub fn hosts(lang: Lang) -> String {
    let headers = FIELDS.map(|field| field.header(Kind::Hosts, lang).to_owned());
    let examples = if lang == Lang::Ja {
        JAPANESE_EXAMPLES
    } else {
        ENGLISH_EXAMPLES
    };
    let rows = examples.map(|row| row.map(str::to_owned));
    let csv = cell::write_csv(std::iter::once(headers).chain(rows));
    format!("\u{feff}{csv}")
}

/// True for the name of an example row.
#[must_use]
pub fn is_example(name: &str) -> bool {
    let mut examples = JAPANESE_EXAMPLES.iter().chain(&ENGLISH_EXAMPLES);
    examples.any(|[example_name, ..]| *example_name == name)
}
