//! Classifies database failures into transient ones (disk full, unreachable), which end by themselves or by
//! an administrator's action, and programming errors; and tracks whether writing works.

use std::sync::Arc;

use parking_lot::Mutex;

use super::StoreError;

/// Transient failure: the same statement succeeds once it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// The disk is full.
    DiskFull,
    /// The database is busy, starting, stopping or unreachable.
    Unreachable,
}

/// Transient failure of the latest write, if it failed. Clones share it. A full disk counts as full until a row as large
/// as a call was written, because a smaller row may fit on a disk that has no space for a call.
#[derive(Clone, Debug, Default)]
pub(super) struct WriteHealth(Arc<Mutex<Option<Unavailable>>>);

impl WriteHealth {
    /// Records the result of a write and returns it.
    pub(super) fn record<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        let mut failure = self.0.lock();
        match &result {
            // Ended by `mark_healthy` only.
            Ok(_) if *failure == Some(Unavailable::DiskFull) => {}
            Ok(_) => *failure = None,
            // Any other error says nothing about the database.
            Err(error) => *failure = error.unavailable().or(*failure),
        }
        result
    }

    /// Records that a row as large as a call was written.
    pub(super) fn mark_healthy(&self) {
        *self.0.lock() = None;
    }

    pub(super) fn unavailable(&self) -> Option<Unavailable> {
        *self.0.lock()
    }
}

impl StoreError {
    /// Returns the transient failure; `None` for errors that are not expected.
    pub fn unavailable(&self) -> Option<Unavailable> {
        match self {
            Self::Database(error) => classify(error),
            Self::Stopped => Some(Unavailable::Unreachable),
            Self::Unreachable(_) => Some(Unavailable::Unreachable),
            Self::Unreadable(_) | Self::InvalidId(_) | Self::Newer | Self::Migration(_) => None,
        }
    }
}

/// Classifies a failure of the database driver.
fn classify(error: &sqlx::Error) -> Option<Unavailable> {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Some(Unavailable::Unreachable),
        sqlx::Error::Database(error) => classify_code(error.code().as_deref()?),
        _ => None,
    }
}

/// Classifies an error code. SQLite's extended result codes are numbers of up to four digits, with the primary code in
/// the low byte (sqlite.org/rescode.html); PostgreSQL's have five characters (its manual, appendix A).
fn classify_code(code: &str) -> Option<Unavailable> {
    if code.len() < 5 {
        let number: u32 = code.parse().ok()?;
        return match (number, number & 0xff) {
            // FULL; IOERR_WRITE is the result of a quota, IOERR_SHMSIZE of a full disk beside the journal.
            (_, 13) | (778 | 4874, _) => Some(Unavailable::DiskFull),
            // BUSY, LOCKED.
            (_, 5 | 6) => Some(Unavailable::Unreachable),
            _ => None,
        };
    }
    match code {
        "53100" => Some(Unavailable::DiskFull),
        // Read-only standby, lock timeout, serialisation failure, deadlock.
        "25006" | "55P03" | "40001" | "40P01" => Some(Unavailable::Unreachable),
        // Classes: connection exception, insufficient resources, operator intervention, system error.
        _ if ["08", "53", "57P", "58"]
            .iter()
            .any(|class| code.starts_with(class)) =>
        {
            Some(Unavailable::Unreachable)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_codes_are_classified_as_documented() {
        let cases = [
            ("13", Some(Unavailable::DiskFull)),
            ("778", Some(Unavailable::DiskFull)),
            ("4874", Some(Unavailable::DiskFull)),
            ("5", Some(Unavailable::Unreachable)),
            ("517", Some(Unavailable::Unreachable)),
            ("6", Some(Unavailable::Unreachable)),
            ("11", None),
            ("1555", None),
            ("53100", Some(Unavailable::DiskFull)),
            ("53300", Some(Unavailable::Unreachable)),
            ("57P01", Some(Unavailable::Unreachable)),
            ("57P03", Some(Unavailable::Unreachable)),
            ("08006", Some(Unavailable::Unreachable)),
            ("25006", Some(Unavailable::Unreachable)),
            ("55P03", Some(Unavailable::Unreachable)),
            ("23505", None),
            ("42P01", None),
            ("", None),
        ];
        for (code, expected) in cases {
            assert_eq!(classify_code(code), expected, "{code}");
        }
    }
}
