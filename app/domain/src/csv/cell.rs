//! Writes values as CSV cells without formula injection, and parses the notations that people use in cells.

use crate::model::date::Date;
use crate::text::{is_invisible, narrow_lowercase, plain_number};

/// First characters that a spreadsheet may interpret as a formula.
const FORMULA_PREFIXES: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// Separators of list entries.
const LIST_SEPARATORS: [char; 3] = [';', '；', '\n'];
/// Separators of list entries in a cell without [`LIST_SEPARATORS`].
const FALLBACK_LIST_SEPARATORS: [char; 4] = [',', '，', '、', '|'];
/// Separators between the groups of a path.
const PATH_SEPARATORS: [char; 7] = ['/', '／', '>', '＞', '›', '»', '→'];

/// Prefix of the id of a group or host, written where a name would be ambiguous.
const ID_PREFIX: &str = "id=";

/// Prefixes an apostrophe to a text that a spreadsheet may interpret as a formula, or that starts with an apostrophe.
#[must_use]
pub fn escape_formula(text: &str) -> String {
    if needs_escape(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Text of a cell, trimmed and without the apostrophe of [`escape_formula`] or the formula `="…"`, with which some
/// programs keep a spreadsheet from reading a number.
#[must_use]
pub fn unescape(cell: &str) -> &str {
    let cell = cell.trim();
    let quoted = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    if let Some(text) = quoted.filter(|text| !text.contains('"')) {
        return text.trim();
    }
    let escaped = cell.strip_prefix('\'').filter(|rest| needs_escape(rest));
    escaped.map_or(cell, str::trim)
}

/// True for a text that starts like a formula, after the invisible characters that some spreadsheets strip first; also for
/// a text with an apostrophe at its start, which [`unescape`] would remove otherwise.
fn needs_escape(text: &str) -> bool {
    let is_hidden = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
    let is_skipped = |c: char| is_hidden(c) && !FORMULA_PREFIXES.contains(&c);
    let inner = text.trim_start_matches(is_skipped);
    inner.starts_with(FORMULA_PREFIXES) || inner.starts_with('\'')
}

/// Writes CSV with CRLF and quotes around every cell, so that spreadsheets with any separator setting read it
/// correctly. All rows must have the same length.
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
        // Fails only for a row of another length: the writer is in memory.
        let _ = writer.write_record(row.into_iter().map(|cell| escape_formula(&cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Entries of a list in order, without empty ones.
pub fn list_entries(cell: &str) -> impl Iterator<Item = &str> {
    let has_separator = cell.contains(LIST_SEPARATORS);
    let is_separator = move |c: char| {
        if has_separator {
            LIST_SEPARATORS.contains(&c)
        } else {
            FALLBACK_LIST_SEPARATORS.contains(&c)
        }
    };
    cell.split(is_separator)
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}

/// Groups of a path, from the top.
pub fn path_segments(entry: &str) -> impl Iterator<Item = &str> {
    entry
        .split(PATH_SEPARATORS)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// True if the only separators are slashes. Such an entry may be two groups instead of a path of parent and child.
#[must_use]
pub fn has_only_slashes(entry: &str) -> bool {
    let is_other = |c: char| PATH_SEPARATORS.contains(&c) && !matches!(c, '/' | '／');
    !entry.contains(is_other)
}

/// Id of an entry that has the form `id=…`.
#[must_use]
pub fn parse_id(entry: &str) -> Option<&str> {
    entry.strip_prefix(ID_PREFIX)
}

/// Formats an id as an entry, where a name would be ambiguous.
#[must_use]
pub fn format_id(id: &str) -> String {
    format!("{ID_PREFIX}{id}")
}

/// True for a name that can be written literally as a list entry and path segment. A name of digits cannot: it would be
/// read as a Chatwork id.
#[must_use]
pub fn is_unambiguous(name: &str) -> bool {
    let is_special = |c: char| {
        LIST_SEPARATORS.contains(&c)
            || FALLBACK_LIST_SEPARATORS.contains(&c)
            || PATH_SEPARATORS.contains(&c)
    };
    !name.is_empty()
        && name.trim() == name
        && !name.contains(is_special)
        && !name.starts_with(ID_PREFIX)
        && !name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Parses yes or no in Japanese, English or symbols; an empty text is no.
#[must_use]
pub fn parse_flag(text: &str) -> Option<bool> {
    const YES: [&str; 13] = [
        "1", "はい", "yes", "y", "true", "○", "〇", "◯", "on", "✓", "✔", "する", "有",
    ];
    const NO: [&str; 12] = [
        "0",
        "いいえ",
        "no",
        "n",
        "false",
        "×",
        "✕",
        "off",
        "-",
        "しない",
        "なし",
        "無",
    ];
    let text = narrow_lowercase(text);
    let text = plain_number(&text);
    if YES.contains(&text.as_str()) {
        Some(true)
    } else if text.is_empty() || NO.contains(&text.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// Parses a date: `2026-11-23`, `2026/1/5` (as spreadsheets reformat it) or `2026年1月5日`, also with a time of day, which
/// is ignored.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let text = narrow_lowercase(text);
    let is_time = |time: &str| {
        time.contains(':')
            && time
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
    };
    // The `T` before the time in ISO 8601 is in lower case by now.
    let day = match text.split_once([' ', 't']) {
        Some((day, time)) if is_time(time) => day,
        _ => &text,
    };
    let mut parts = day
        .split(['-', '/', '.', '年', '月', '日'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Parses an integer as spreadsheets write it: full width, with thousands separators or zero decimals.
#[must_use]
pub fn parse_integer(text: &str) -> Option<i32> {
    plain_number(&narrow_lowercase(text)).parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_is_escaped_and_unescaped() {
        for dangerous in ["=1+1", "+81", "-1", "@SUM(A1)", "＝1", "'quoted", "'=1"] {
            let cell = escape_formula(dangerous);
            assert!(cell.starts_with('\''), "{cell}");
            assert_eq!(unescape(&cell), dangerous);
        }
        assert_eq!(escape_formula("佐藤"), "佐藤");
        assert_eq!(unescape("　'95年入社 "), "'95年入社");
    }

    #[test]
    fn invisible_characters_do_not_hide_a_formula() {
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
    fn no_separator_splits_a_cell() {
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
    fn lists_and_paths_are_parsed_in_common_notations() {
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
    fn dates_and_flags_are_parsed_in_common_notations() {
        for text in [
            "2026-01-05",
            "2026/1/5",
            "2026年1月5日",
            "2026.01.05",
            "２０２６／１／５",
            "2026/1/5 0:00:00",
            "2026-01-05T00:00:00",
        ] {
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
        assert_eq!(
            (parse_flag("１"), parse_flag("1.0")),
            (Some(true), Some(true))
        );
    }

    #[test]
    fn integers_of_spreadsheets_are_parsed() {
        for (text, number) in [("3", 3), ("３", 3), ("-1", -1), ("1,000", 1000), ("2.0", 2)] {
            assert_eq!(parse_integer(text), Some(number), "{text}");
        }
        for text in ["", "a", "1.5", "1e+3"] {
            assert_eq!(parse_integer(text), None, "{text}");
        }
    }

    #[test]
    fn a_formula_that_only_quotes_a_text_is_the_text() {
        assert_eq!(unescape("=\"7100006\""), "7100006");
        assert_eq!(unescape("=\"a\"&\"b\""), "=\"a\"&\"b\"");
    }

    proptest! {
        #[test]
        fn no_cell_is_a_formula_and_every_cell_is_unescaped(text in "[=+@＝' a-c佐-][=+@' a-c佐-]{0,6}") {
            let text = text.trim();
            let cell = escape_formula(text);
            prop_assert!(!cell.starts_with(FORMULA_PREFIXES));
            prop_assert_eq!(unescape(&cell), text);
        }
    }
}
