//! Hosts' personal links. Only hashes of their secrets are stored.

use yobirin_api::Millis;
use yobirin_api::personal::HostLink;
use yobirin_domain::model::id::HostId;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, readable, to_bigint};

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
        readable(rows.into_iter().map(link))
    }

    /// Returns the host whose link has this hash.
    pub async fn host_of_link(&self, hash: &str) -> Result<Option<HostId>, StoreError> {
        let row: Option<String> =
            sqlx::query_scalar("SELECT host_id FROM host_links WHERE link_hash = $1")
                .bind(hash)
                .fetch_optional(self.read().await?)
                .await?;
        row.map(|host| parse_id(&host)).transpose()
    }
}

impl Transaction {
    /// Replaces a host's link, and ends the sessions that the old link has opened.
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
        sqlx::query("DELETE FROM sessions WHERE host_id = $1")
            .bind(host.as_str())
            .run(self)
            .await?;
        sqlx::query("DELETE FROM host_links WHERE host_id = $1")
            .bind(host.as_str())
            .changes(self)
            .await
    }

    /// Records that a link was opened; returns its host, or `None` when no link has this hash.
    pub async fn open_host_link(
        &mut self,
        hash: &str,
        now: Millis,
    ) -> Result<Option<HostId>, StoreError> {
        let host: Option<String> = sqlx::query_scalar(
            "UPDATE host_links SET opened_at = $2 WHERE link_hash = $1 RETURNING host_id",
        )
        .bind(hash)
        .bind(to_bigint(now))
        .fetch_optional(self.connection())
        .await?;
        host.map(|host| parse_id(&host)).transpose()
    }
}
