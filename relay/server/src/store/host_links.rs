//! Hosts' personal links and the browsers in which they were opened. Only hashes of the secrets are
//! here.

use yobirin_api::Millis;
use yobirin_api::personal::HostLink;
use yobirin_domain::id::HostId;

use super::{Store, StoreError, Write, id, millis, readable, sql};

impl Store {
    /// Everybody who has a link.
    pub(crate) async fn host_links(&self) -> Result<Vec<HostLink>, StoreError> {
        let rows: Vec<(String, i64, Option<i64>)> =
            sqlx::query_as("SELECT host, made_at, opened_at FROM host_links ORDER BY host")
                .fetch_all(&self.reads)
                .await?;
        let link = |(host, made, opened): (String, i64, Option<i64>)| {
            Ok(HostLink {
                host: id(&host)?,
                made: millis(made),
                opened: opened.map(millis),
            })
        };
        let links = rows.into_iter().map(link);
        links
            .filter_map(|read| readable(read).transpose())
            .collect()
    }

    /// Whose link has this hash.
    pub(crate) async fn host_of_link(&self, hash: &str) -> Result<Option<HostId>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT host FROM host_links WHERE link_hash = $1")
                .bind(hash)
                .fetch_optional(&self.reads)
                .await?;
        row.map(|(host,)| id(&host)).transpose()
    }

    /// Whose session this is, and when it was last used.
    pub(crate) async fn host_session(
        &self,
        hash: &str,
    ) -> Result<Option<(HostId, Millis)>, StoreError> {
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT host, seen_at FROM host_sessions WHERE secret_hash = $1")
                .bind(hash)
                .fetch_optional(&self.reads)
                .await?;
        row.map(|(host, seen)| Ok((id(&host)?, millis(seen))))
            .transpose()
    }
}

impl Write {
    /// Keeps a link in place of the host's link before, which ends wherever it was opened.
    pub(crate) async fn set_host_link(
        &mut self,
        host: &HostId,
        hash: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        self.revoke_host_link(host).await?;
        sqlx::query("INSERT INTO host_links (host, link_hash, made_at) VALUES ($1, $2, $3)")
            .bind(host.as_str())
            .bind(hash)
            .bind(sql(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Ends a host's link, wherever it was opened; false when there was none.
    pub(crate) async fn revoke_host_link(&mut self, host: &HostId) -> Result<bool, StoreError> {
        sqlx::query("DELETE FROM host_sessions WHERE host = $1")
            .bind(host.as_str())
            .execute(self.connection())
            .await?;
        let done = sqlx::query("DELETE FROM host_links WHERE host = $1")
            .bind(host.as_str())
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Opens a session by the link of this hash; `None` when there is no such link.
    pub(crate) async fn open_host_link(
        &mut self,
        link: &str,
        session: &str,
        now: Millis,
    ) -> Result<Option<HostId>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(
            "UPDATE host_links SET opened_at = $2 WHERE link_hash = $1 RETURNING host",
        )
        .bind(link)
        .bind(sql(now))
        .fetch_optional(self.connection())
        .await?;
        let Some((host,)) = row else {
            return Ok(None);
        };
        sqlx::query(
            "INSERT INTO host_sessions (secret_hash, host, created_at, seen_at) \
             VALUES ($1, $2, $3, $3)",
        )
        .bind(session)
        .bind(host.as_str())
        .bind(sql(now))
        .execute(self.connection())
        .await?;
        id(&host).map(Some)
    }

    /// Notes that a host's session was used.
    pub(crate) async fn host_session_seen(
        &mut self,
        hash: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE host_sessions SET seen_at = $2 WHERE secret_hash = $1")
            .bind(hash)
            .bind(sql(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Ends a host's session.
    pub(crate) async fn end_host_session(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM host_sessions WHERE secret_hash = $1")
            .bind(hash)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Forgets hosts' sessions that were last used before this.
    pub(crate) async fn end_idle_host_sessions(
        &mut self,
        before: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM host_sessions WHERE seen_at < $1")
            .bind(sql(before))
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
