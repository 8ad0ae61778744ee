//! One cell: how a value is written so that spreadsheets leave it alone, and how people's ways of
//! writing it are read.

use crate::message::is_invisible;
use crate::model::date::Date;

/// What a spreadsheet may take for the beginning of a formula.
const FORMULA_PREFIXES: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// What separates entries of a list.
const LIST_SEPARATORS: [char; 3] = [';', '；', '\n'];
/// What separates them when nothing stronger does.
const FALLBACK_LIST_SEPARATORS: [char; 4] = [',', '，', '、', '|'];
/// What separates the groups of a path.
const PATH_SEPARATORS: [char; 7] = ['/', '／', '>', '＞', '›', '»', '→'];

/// What stands before one of our own ids where a name would be ambiguous.
const ID_PREFIX: &str = "id=";

/// The cell with an apostrophe before whatever a spreadsheet would calculate.
#[must_use]
pub fn escape_formula(text: &str) -> String {
    if is_formula_like(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// What a cell says: without the apostrophe of [`escape_formula`], without white space around it.
#[must_use]
pub fn unescape(cell: &str) -> &str {
    let cell = cell.trim();
    let guarded = cell.strip_prefix('\'').filter(|rest| is_formula_like(rest));
    guarded.map_or(cell, str::trim)
}

/// True for a text that begins like a formula once what does not show is left out: some spreadsheets
/// strip it before they look.
fn is_formula_like(text: &str) -> bool {
    let shows_not = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
    let hidden = |c: char| shows_not(c) && !FORMULA_PREFIXES.contains(&c);
    let inner = text.trim_start_matches(hidden);
    text.starts_with(FORMULA_PREFIXES)
        || inner.starts_with(FORMULA_PREFIXES)
        || inner.starts_with('\'')
}

/// Writes CSV that every spreadsheet reads alike: CRLF, and each cell in quotes, so that no separator
/// within a cell ends it, whichever one a spreadsheet goes by.
#[must_use]
pub fn write_csv<R>(rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = String>,
{
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory, rows all of one length: neither can fail.
        let _ = writer.write_record(row.into_iter().map(|cell| escape_formula(&cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The entries of a list, in order, empty ones left out.
pub fn list_entries(cell: &str) -> impl Iterator<Item = &str> {
    let strong = cell.contains(LIST_SEPARATORS);
    let separates = move |c: char| {
        if strong {
            LIST_SEPARATORS.contains(&c)
        } else {
            FALLBACK_LIST_SEPARATORS.contains(&c)
        }
    };
    cell.split(separates)
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}

/// The groups of a path, from the top.
pub fn path_segments(entry: &str) -> impl Iterator<Item = &str> {
    entry
        .split(PATH_SEPARATORS)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The id that an entry names instead of a name.
#[must_use]
pub fn parse_id(entry: &str) -> Option<&str> {
    entry.strip_prefix(ID_PREFIX)
}

/// An id where a name would do if it could.
#[must_use]
pub fn format_id(id: &str) -> String {
    format!("{ID_PREFIX}{id}")
}

/// True for a name that stands for itself among the entries of a list and the parts of a path.
#[must_use]
pub fn is_unambiguous(name: &str) -> bool {
    let special = |c: char| {
        LIST_SEPARATORS.contains(&c)
            || FALLBACK_LIST_SEPARATORS.contains(&c)
            || PATH_SEPARATORS.contains(&c)
    };
    !name.is_empty()
        && name.trim() == name
        && !name.contains(special)
        && !name.starts_with(ID_PREFIX)
        && !name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Yes or no.
#[must_use]
pub fn parse_flag(text: &str) -> Option<bool> {
    const YES: [&str; 11] = [
        "1", "はい", "yes", "y", "true", "○", "〇", "◯", "on", "✓", "する",
    ];
    const NO: [&str; 9] = ["0", "いいえ", "no", "n", "false", "×", "off", "-", "しない"];
    let text = text.to_lowercase();
    if YES.contains(&text.as_str()) {
        Some(true)
    } else if text.is_empty() || NO.contains(&text.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// A day, as `2026-11-23`, `2026/1/5` (which spreadsheets make of it) or `2026年1月5日`.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text
        .split(['-', '/', '.', '年', '月', '日'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_is_guarded_and_the_guard_is_taken_off_again() {
        for dangerous in ["=1+1", "+81", "-1", "@SUM(A1)", "＝1", "'quoted", "'=1"] {
            let cell = escape_formula(dangerous);
            assert!(cell.starts_with('\''), "{cell}");
            assert_eq!(unescape(&cell), dangerous);
        }
        assert_eq!(escape_formula("佐藤"), "佐藤");
        assert_eq!(unescape("　'95年入社 "), "'95年入社");
    }

    #[test]
    fn what_does_not_show_hides_no_formula() {
        for hidden in [
            "\u{200b}",
            "\u{feff}",
            "\u{a0}",
            "\0",
            "\u{202e}",
            "\u{3000}",
            "\u{7f}",
            "\u{ad}",
            "\n",
            " \u{200d}\u{feff}",
        ] {
            for sign in FORMULA_PREFIXES {
                let cell = escape_formula(&format!("{hidden}{sign}1+1"));
                assert!(cell.starts_with('\''), "{cell:?}");
            }
        }
        assert_eq!(escape_formula("\u{200b}佐藤"), "\u{200b}佐藤");
    }

    #[test]
    fn no_separator_ends_a_cell() {
        let row = ["a;=1", "b\t=1", "c|=1", "d\n=1", "say \"x\""];
        let row = row.map(str::to_owned);
        let text = write_csv([row.clone()]);
        assert_eq!(
            text,
            "\"a;=1\",\"b\t=1\",\"c|=1\",\"d\n=1\",\"say \"\"x\"\"\"\r\n"
        );
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let read: Vec<String> = reader.deserialize().next().unwrap().unwrap();
        assert_eq!(read, row);
    }

    #[test]
    fn lists_and_paths_are_read_as_people_write_them() {
        let list = |cell| list_entries(cell).collect::<Vec<_>>();
        assert_eq!(list("総務; 開発部/開発一課 ;"), ["総務", "開発部/開発一課"]);
        assert_eq!(list("総務、営業部"), ["総務", "営業部"]);
        assert_eq!(list("A, Inc.; B"), ["A, Inc.", "B"]);
        assert_eq!(list("総務\n営業部"), ["総務", "営業部"]);
        assert_eq!(list(" "), [] as [&str; 0]);
        assert_eq!(
            path_segments("開発部 ＞ 開発一課").collect::<Vec<_>>(),
            ["開発部", "開発一課"]
        );
    }

    #[test]
    fn days_and_flags_are_read_as_spreadsheets_write_them() {
        for text in ["2026-01-05", "2026/1/5", "2026年1月5日", "2026.01.05"] {
            assert_eq!(
                parse_date(text).map(|day| day.to_string()).as_deref(),
                Some("2026-01-05"),
                "{text}"
            );
        }
        for text in ["", "1/5", "2026/13/1", "来週", "2026/1/5 10"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert_eq!(
            (
                parse_flag("TRUE"),
                parse_flag("○"),
                parse_flag("0"),
                parse_flag("")
            ),
            (Some(true), Some(true), Some(false), Some(false))
        );
        assert_eq!(parse_flag("たぶん"), None);
    }

    proptest! {
        /// No cell that we write begins a formula, and every one reads back.
        #[test]
        fn no_cell_calculates_and_every_one_reads_back(text in "[=+@＝' a-c佐-][=+@' a-c佐-]{0,6}") {
            let text = text.trim();
            let cell = escape_formula(text);
            prop_assert!(!cell.starts_with(FORMULA_PREFIXES));
            prop_assert_eq!(unescape(&cell), text);
        }
    }
}
