//! Hosts' personal links, and the sessions opened with them. Only hashes of the secrets are stored.

use yobirin_api::Millis;
use yobirin_api::personal::HostLink;
use yobirin_domain::caller_limits::HOST_SESSIONS;
use yobirin_domain::model::id::HostId;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, readable, to_bigint};

/// Row of a host's session.
#[derive(Clone, Debug)]
pub struct HostSessionRow {
    /// Host that it belongs to.
    pub host: HostId,
    /// Time of opening.
    pub created: Millis,
    /// Time of last use.
    pub seen: Millis,
    /// The browser is paired as a tablet.
    pub on_tablet: bool,
}

impl Store {
    /// Returns all links.
    pub async fn host_links(&self) -> Result<Vec<HostLink>, StoreError> {
        let rows: Vec<(String, i64, Option<i64>)> =
            sqlx::query_as("SELECT host_id, made_at, opened_at FROM host_links ORDER BY host_id")
                .fetch_all(self.read().await?)
                .await?;
        let link = |(host, made, opened): (String, i64, Option<i64>)| {
            Ok(HostLink {
                host: parse_id(&host)?,
                made: from_bigint(made),
                opened: opened.map(from_bigint),
            })
        };
        let links = rows.into_iter().map(link);
        links
            .filter_map(|read| readable(read).transpose())
            .collect()
    }

    /// Returns the host by the hash of a link.
    pub async fn host_of_link(&self, hash: &str) -> Result<Option<HostId>, StoreError> {
        let row: Option<String> =
            sqlx::query_scalar("SELECT host_id FROM host_links WHERE link_hash = $1")
                .bind(hash)
                .fetch_optional(self.read().await?)
                .await?;
        row.map(|host| parse_id(&host)).transpose()
    }

    /// Returns the session by the hash of its secret.
    pub async fn host_session(&self, hash: &str) -> Result<Option<HostSessionRow>, StoreError> {
        let row: Option<(String, i64, i64, i64)> = sqlx::query_as(
            "SELECT host_id, created_at, seen_at, on_tablet FROM host_sessions WHERE secret_hash = $1",
        )
        .bind(hash)
        .fetch_optional(self.read().await?)
        .await?;
        let session = |(host, created, seen, on_tablet): (String, _, _, i64)| {
            Ok(HostSessionRow {
                host: parse_id(&host)?,
                created: from_bigint(created),
                seen: from_bigint(seen),
                on_tablet: on_tablet == 1,
            })
        };
        row.map(session).transpose()
    }
}

impl Transaction {
    /// Replaces a host's link. Sessions of the link before end.
    pub async fn set_host_link(
        &mut self,
        host: &HostId,
        hash: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        self.revoke_host_link(host).await?;
        sqlx::query("INSERT INTO host_links (host_id, link_hash, made_at) VALUES ($1, $2, $3)")
            .bind(host.as_str())
            .bind(hash)
            .bind(to_bigint(now))
            .run(self)
            .await
    }

    /// Deletes a host's link and sessions. False when there was no link.
    pub async fn revoke_host_link(&mut self, host: &HostId) -> Result<bool, StoreError> {
        sqlx::query("DELETE FROM host_sessions WHERE host_id = $1")
            .bind(host.as_str())
            .run(self)
            .await?;
        sqlx::query("DELETE FROM host_links WHERE host_id = $1")
            .bind(host.as_str())
            .changes(self)
            .await
    }

    /// Opens a session with a link; `None` when there is no such link. Of more than [`HOST_SESSIONS`]
    /// sessions of the host, the one with the oldest last use is deleted.
    pub async fn open_host_link(
        &mut self,
        link: &str,
        session: &str,
        on_tablet: bool,
        now: Millis,
    ) -> Result<Option<HostId>, StoreError> {
        let row: Option<String> = sqlx::query_scalar(
            "UPDATE host_links SET opened_at = $2 WHERE link_hash = $1 RETURNING host_id",
        )
        .bind(link)
        .bind(to_bigint(now))
        .fetch_optional(self.connection())
        .await?;
        let Some(host) = row else {
            return Ok(None);
        };
        sqlx::query(
            "DELETE FROM host_sessions WHERE host_id = $1 AND secret_hash NOT IN \
             (SELECT secret_hash FROM host_sessions WHERE host_id = $1 \
              ORDER BY seen_at DESC, created_at DESC LIMIT $2)",
        )
        .bind(host.as_str())
        .bind(to_bigint(HOST_SESSIONS as u64 - 1))
        .run(self)
        .await?;
        sqlx::query(
            "INSERT INTO host_sessions (secret_hash, host_id, created_at, seen_at, on_tablet) \
             VALUES ($1, $2, $3, $3, $4)",
        )
        .bind(session)
        .bind(host.as_str())
        .bind(to_bigint(now))
        .bind(i64::from(on_tablet))
        .run(self)
        .await?;
        parse_id(&host).map(Some)
    }

    /// Records the last use of a session.
    pub async fn mark_host_session_seen(
        &mut self,
        hash: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE host_sessions SET seen_at = $2 WHERE secret_hash = $1")
            .bind(hash)
            .bind(to_bigint(now))
            .run(self)
            .await
    }

    /// Deletes a session.
    pub async fn end_host_session(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM host_sessions WHERE secret_hash = $1")
            .bind(hash)
            .run(self)
            .await
    }

    /// Deletes sessions that were last used, or opened, before these times.
    pub async fn delete_expired_host_sessions(
        &mut self,
        used_before: Millis,
        begun_before: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM host_sessions WHERE seen_at < $1 OR created_at < $2")
            .bind(to_bigint(used_before))
            .bind(to_bigint(begun_before))
            .run(self)
            .await
    }
}
