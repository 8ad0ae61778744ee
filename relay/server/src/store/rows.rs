//! Several rows in one statement: each statement is a trip to the database, and a batch of calls makes
//! as many of them as a single call.

use std::fmt::Write as _;

use sqlx::AssertSqlSafe;

/// Rows in one statement at most: far below the number of values that a database takes in one.
pub(super) const AT_ONCE: usize = 64;
/// Statements for so many rows are kept prepared; one of each size would only push others out.
const KEPT: usize = 16;

/// How values are written that are bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// `$1`, `$2`, …: PostgreSQL takes no other.
    Numbered,
    /// `?`: SQLite searches every name among all that came before it, which takes longer than all else
    /// that it does with many rows.
    Unnamed,
}

/// An `INSERT`, up to its `VALUES`, with this row so many times: every `?` in it is a value to bind.
pub(super) fn insert(
    into: &'static str,
    row: &'static str,
    rows: usize,
    values: Values,
) -> AssertSqlSafe<String> {
    let mut sql = String::with_capacity(into.len() + 3 * row.len() * rows);
    sql.push_str(into);
    let mut number = 0;
    for place in 0..rows {
        sql.push_str(if place == 0 { " " } else { ", " });
        if values == Values::Unnamed {
            sql.push_str(row);
            continue;
        }
        for part in row.split_inclusive('?') {
            match part.strip_suffix('?') {
                Some(before) => {
                    number += 1;
                    // Writing to a string cannot fail.
                    let _ = write!(sql, "{before}${number}");
                }
                None => sql.push_str(part),
            }
        }
    }
    // Made of nothing but what the source says.
    AssertSqlSafe(sql)
}

/// Whether a statement for so many rows stays prepared.
pub(super) fn is_kept(rows: usize) -> bool {
    rows <= KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_every_row_has_its_place() {
        let (into, row) = ("INSERT INTO t (a, b, c) VALUES", "(?, 0, ?)");
        let AssertSqlSafe(numbered) = insert(into, row, 2, Values::Numbered);
        assert_eq!(
            numbered,
            "INSERT INTO t (a, b, c) VALUES ($1, 0, $2), ($3, 0, $4)"
        );
        let AssertSqlSafe(unnamed) = insert(into, row, 2, Values::Unnamed);
        assert_eq!(
            unnamed,
            "INSERT INTO t (a, b, c) VALUES (?, 0, ?), (?, 0, ?)"
        );
    }
}
