//! Which database: a file in the data folder, or a PostgreSQL that several relays share.

use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use zeroize::Zeroizing;

/// Where everything durable is kept.
#[derive(Clone, Debug, Default)]
pub enum Database {
    /// SQLite, in the data folder.
    #[default]
    Folder,
    /// PostgreSQL.
    Postgres(DatabaseUrl),
}

/// A `postgres://` address, which may hold a password: it cannot be printed.
#[derive(Clone)]
pub struct DatabaseUrl(Zeroizing<String>);

impl DatabaseUrl {
    /// The address as it was given.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Where it is, and as whom it is used; without the password.
    pub(crate) fn place(&self) -> String {
        // It was read once already, when it was taken.
        let options = PgConnectOptions::from_str(&self.0).unwrap_or_default();
        let (host, port) = (options.get_host(), options.get_port());
        let database = options.get_database().unwrap_or(options.get_username());
        format!(
            "{host}:{port}, database {database}, user {}",
            options.get_username()
        )
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("postgres://…")
    }
}

impl FromStr for Database {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "sqlite" {
            return Ok(Self::Folder);
        }
        let is_postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if is_postgres && PgConnectOptions::from_str(text).is_ok() {
            Ok(Self::Postgres(DatabaseUrl(Zeroizing::new(text.to_owned()))))
        } else {
            Err("either sqlite, or postgres://user:password@host/database")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_checked_and_never_printed() {
        let database: Database = "postgres://desk:c0ffee@db.example.jp/yobirin"
            .parse()
            .unwrap();
        assert!(!format!("{database:?}").contains("c0ffee"));
        let Database::Postgres(url) = database else {
            panic!("{database:?}")
        };
        assert_eq!(
            url.place(),
            "db.example.jp:5432, database yobirin, user desk"
        );
        assert!(matches!("sqlite".parse(), Ok(Database::Folder)));
        for bad in [
            "mysql://db/yobirin",
            "postgres:/db",
            "postgres://db:port/x",
            "",
        ] {
            assert!(Database::from_str(bad).is_err(), "{bad}");
        }
    }
}
