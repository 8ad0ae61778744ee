//! Statements whose answers nobody waits for, kept back until something needs them done or the commit
//! comes. SQLite, where each trip is to another thread and back, takes all of them in one, and the
//! commit with them; PostgreSQL takes them one after another.

use sqlx::any::AnyArguments;
use sqlx::{Any, Arguments as _, AssertSqlSafe, Encode, Type};

use super::rows::{self, Values};
use super::{StoreError, Transaction};

/// A statement, or with SQLite several, and the values to bind.
#[derive(Default)]
pub(super) struct Later {
    sql: String,
    values: AnyArguments,
    /// Too large to be kept prepared.
    is_large: bool,
}

impl Later {
    /// The next value.
    pub(super) fn bind<'v>(
        &mut self,
        value: impl Encode<'v, Any> + Type<Any>,
    ) -> Result<(), StoreError> {
        let bound = self.values.add(value).map_err(sqlx::Error::Encode);
        Ok(bound?)
    }
}

impl Transaction {
    /// How values are written here.
    pub(super) fn values(&self) -> Values {
        match self.shared {
            Some(_) => Values::Numbered,
            None => Values::Unnamed,
        }
    }

    /// Rows to be inserted later; see [`rows::insert`].
    pub(super) fn insert_later(
        &mut self,
        into: &'static str,
        row: &'static str,
        rows: usize,
    ) -> &mut Later {
        let AssertSqlSafe(sql) = rows::insert(into, row, rows, self.values());
        let later = self.later(&sql);
        later.is_large |= !rows::is_kept(rows);
        later
    }

    /// A statement for later; to bind its values to.
    pub(super) fn later(&mut self, sql: &str) -> &mut Later {
        let mut later = match self.shared {
            Some(_) => None,
            None => self.later.pop(),
        }
        .unwrap_or_default();
        if !later.sql.is_empty() {
            later.sql.push_str("; ");
        }
        later.sql.push_str(sql);
        let place = self.later.len();
        self.later.push(later);
        &mut self.later[place]
    }

    /// Does now what was kept back.
    pub(super) async fn flush(&mut self) -> Result<(), StoreError> {
        for later in std::mem::take(&mut self.later) {
            // Made of nothing but what the source says.
            sqlx::query_with(AssertSqlSafe(later.sql), later.values)
                .persistent(!later.is_large)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }
}
