//! Choice of the database: a file in the data directory, or a PostgreSQL that several relays share.

use std::net::IpAddr;
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use zeroize::Zeroizing;

/// Database in use.
#[derive(Clone, Debug, Default)]
pub enum Database {
    /// SQLite, in the data directory.
    #[default]
    Sqlite,
    /// PostgreSQL.
    Postgres(DatabaseUrl),
}

/// A `postgres://` URL. It may hold a password and cannot be printed.
#[derive(Clone)]
pub struct DatabaseUrl(Zeroizing<String>);

impl DatabaseUrl {
    /// Returns the URL to connect with.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Returns a warning for the log when others on the network can read the connection, or the server's certificate is not
    /// checked. `is_encrypted` comes from the server: a URL without `sslmode` does not say so.
    pub fn exposure(&self, is_encrypted: bool) -> Option<&'static str> {
        // Cannot fail: the URL was parsed when it was read.
        let options = PgConnectOptions::from_str(&self.0).unwrap_or_default();
        match options.get_ssl_mode() {
            _ if is_local(&options) => None,
            _ if !is_encrypted => Some(
                "PostgreSQL is reached without TLS: anybody on the network can read and change everything, and learn the \
                 password; put sslmode=verify-full and sslrootcert=FILE into YOBIRIN_DATABASE",
            ),
            PgSslMode::VerifyFull => None,
            _ => Some(
                "the certificate of PostgreSQL is not checked, or not against its name: another machine can pose as \
                 it; put sslmode=verify-full and sslrootcert=FILE into YOBIRIN_DATABASE",
            ),
        }
    }

    /// Returns host, database and user, without the password.
    pub fn location(&self) -> String {
        // Cannot fail: the URL was parsed when it was read.
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
            return Ok(Self::Sqlite);
        }
        let is_postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        let options = PgConnectOptions::from_str(text);
        match options {
            Ok(options) if is_postgres => Ok(Self::Postgres(DatabaseUrl(with_certificate_check(
                text, &options,
            )))),
            _ => Err("either sqlite, or postgres://user:password@host/database"),
        }
    }
}

/// Adds checking of the certificate for a server on another machine, unless the URL sets `sslmode` itself.
/// Without it a connection would be encrypted only if the server offers that, and any server would be accepted.
fn with_certificate_check(text: &str, options: &PgConnectOptions) -> Zeroizing<String> {
    let sets_mode = text.contains("sslmode=") || text.contains("ssl-mode=");
    let separator = if text.contains('?') { '&' } else { '?' };
    Zeroizing::new(match sets_mode || is_local(options) {
        true => text.to_owned(),
        false => format!("{text}{separator}sslmode=verify-full"),
    })
}

/// True for hosts on this machine.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    options.get_socket().is_some() || host.starts_with('/') || is_loopback(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exposed_connection_to_the_database_is_reported() {
        let warning = |url: &str, is_encrypted| match url.parse() {
            Ok(Database::Postgres(url)) => url.exposure(is_encrypted).unwrap_or("nothing"),
            other => panic!("{url}: {other:?}"),
        };
        for local in [
            "postgres://desk@localhost/yobirin",
            "postgres://desk@127.0.0.1/yobirin",
            "postgres://desk@[::1]/yobirin?sslmode=disable",
            "postgres:///yobirin?host=/var/run/postgresql",
        ] {
            assert_eq!(warning(local, false), "nothing", "{local}");
        }
        let remote = "postgres://desk@db.example.jp/yobirin";
        for mode in ["?sslmode=disable", "?sslmode=prefer"] {
            assert!(
                warning(&format!("{remote}{mode}"), false).contains("without TLS"),
                "{mode}"
            );
        }
        for mode in ["?sslmode=require", "?sslmode=verify-ca"] {
            assert!(
                warning(&format!("{remote}{mode}"), true).contains("not checked"),
                "{mode}"
            );
        }
        let checked = format!("{remote}?sslmode=verify-full&sslrootcert=/etc/ssl/db.pem");
        assert_eq!(warning(&checked, true), "nothing");
    }

    #[test]
    fn the_certificate_of_a_remote_server_is_checked_unless_sslmode_is_set() {
        let mode = |address: &str| match address.parse() {
            Ok(Database::Postgres(url)) => PgConnectOptions::from_str(url.reveal())
                .unwrap()
                .get_ssl_mode(),
            other => panic!("{address}: {other:?}"),
        };
        for remote in [
            "postgres://desk@db.example.jp/yobirin",
            "postgres://desk@192.0.2.7/yobirin?sslrootcert=/etc/ssl/db.pem",
        ] {
            assert!(matches!(mode(remote), PgSslMode::VerifyFull), "{remote}");
        }
        let explicit = "postgres://desk@db.example.jp/yobirin?sslmode=require";
        assert!(matches!(mode(explicit), PgSslMode::Require));
        for local in [
            "postgres://desk@localhost/yobirin",
            "postgres://desk@[::1]/yobirin",
            "postgres:///yobirin?host=/var/run/postgresql",
        ] {
            assert!(matches!(mode(local), PgSslMode::Prefer), "{local}");
        }
    }

    #[test]
    fn a_database_url_is_validated_and_never_printed() {
        let database: Database = "postgres://desk:c0ffee@db.example.jp/yobirin"
            .parse()
            .unwrap();
        assert!(!format!("{database:?}").contains("c0ffee"));
        let Database::Postgres(url) = database else {
            panic!("{database:?}")
        };
        assert_eq!(
            url.location(),
            "db.example.jp:5432, database yobirin, user desk"
        );
        assert!(matches!("sqlite".parse(), Ok(Database::Sqlite)));
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
