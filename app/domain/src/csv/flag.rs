//! Yes and no in the cells of a column, in the column's own words too.

use super::cell::{parse_date, parse_flag};
use super::field::{Field, Kind};
use crate::model::date::Date;
use crate::search::fold;
use crate::text::narrow_lowercase;

/// Meaning of a cell in a yes/no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Yes.
    Yes,
    /// No; an empty cell too.
    No,
    /// No up to and including this day, yes afterwards.
    YesAfter(Date),
    /// Neither yes nor no.
    Unknown,
}

/// Words that mean yes in one column, besides its headers.
fn yes_words(field: Field) -> &'static [&'static str] {
    match field {
        Field::HasLeft => &[
            "済",
            "済み",
            "退職済",
            "退職済み",
            "退社",
            "退社済",
            "離職済",
        ],
        Field::Hidden => &["表示しない", "hide", "隠す"],
        Field::NotCallable => &["不可", "no calls"],
        _ => &[],
    }
}

/// Words that mean no in one column.
fn no_words(field: Field) -> &'static [&'static str] {
    match field {
        Field::HasLeft => &[
            "在籍",
            "在籍中",
            "在職",
            "在職中",
            "現職",
            "active",
            "employed",
        ],
        Field::Hidden => &["表示", "表示する", "visible", "show"],
        Field::NotCallable => &["可", "可能", "呼び出し可", "callable"],
        _ => &[],
    }
}

/// Parses the cell of a yes/no column. A date means yes only in [`Field::HasLeft`], once the day is over: an employee
/// still works on it. Without `today` every day counts as over.
#[must_use]
pub fn parse(field: Field, text: &str, today: Option<Date>) -> Flag {
    if let Some(flag) = parse_flag(text) {
        return if flag { Flag::Yes } else { Flag::No };
    }
    let word = narrow_lowercase(text);
    if no_words(field).contains(&word.as_str()) {
        return Flag::No;
    }
    if yes_words(field).contains(&word.as_str()) || is_header(field, &word) {
        return Flag::Yes;
    }
    if field != Field::HasLeft {
        return Flag::Unknown;
    }
    match parse_date(text) {
        Some(day) if today.is_some_and(|today| day >= today) => Flag::YesAfter(day),
        Some(_) => Flag::Yes,
        None => Flag::Unknown,
    }
}

/// True when the cell repeats its column's header: cell 退職 in column 退職.
fn is_header(field: Field, word: &str) -> bool {
    let folded = fold(word);
    let is_same = |header: &&str| fold(header) == folded;
    let mut kinds = [Kind::Hosts, Kind::Groups].into_iter();
    !folded.is_empty() && kinds.any(|kind| field.headers(kind).iter().any(is_same))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_understands_its_own_words() {
        for (field, text, flag) in [
            (Field::HasLeft, "退職", Flag::Yes),
            (Field::HasLeft, "済", Flag::Yes),
            (Field::HasLeft, " １ ", Flag::Yes),
            (Field::HasLeft, "ＴＲＵＥ", Flag::Yes),
            (Field::HasLeft, "はい", Flag::Yes),
            (Field::HasLeft, "在籍", Flag::No),
            (Field::HasLeft, "", Flag::No),
            (Field::HasLeft, "X", Flag::Unknown),
            (Field::HasLeft, "無効", Flag::Unknown),
            (Field::HasLeft, "来月", Flag::Unknown),
            (Field::Hidden, "非表示", Flag::Yes),
            (Field::Hidden, "表示", Flag::No),
            (Field::Hidden, "退職", Flag::Unknown),
            (Field::Hidden, "2026/3/31", Flag::Unknown),
            (Field::NotCallable, "不可", Flag::Yes),
        ] {
            assert_eq!(parse(field, text, None), flag, "{field:?} {text}");
        }
    }

    #[test]
    fn a_day_means_yes_once_it_is_over() {
        let today = "2026-03-31".parse().ok();
        let parse = |text, today| parse(Field::HasLeft, text, today);
        assert_eq!(parse("2026/3/30", today), Flag::Yes);
        assert_eq!(parse("２０２６年３月３０日", today), Flag::Yes);
        assert_eq!(
            parse("2026/3/31", today),
            Flag::YesAfter("2026-03-31".parse().unwrap())
        );
        assert_eq!(parse("2027/1/1", None), Flag::Yes);
    }
}
