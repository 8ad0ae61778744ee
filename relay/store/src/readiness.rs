//! Readiness: whether the database answers and, after a failed write, accepts one.

use super::availability::Unavailable;
use super::transaction::RunStatement as _;
use super::{Store, StoreError};

/// Size of the row that probes writing, in bytes: more than a call takes.
const PROBE_BYTES: usize = 120_000;
const DELETE_PROBE: &str = "DELETE FROM write_probe";

impl Store {
    /// Checks whether calls can be accepted: the database answers and, after a failed write, accepts one.
    pub async fn readiness(&self) -> Result<(), Option<Unavailable>> {
        self.last_number()
            .await
            .map_err(|error| error.unavailable())?;
        if self.write_health.unavailable().is_some() {
            self.probe_write()
                .await
                .map_err(|error| error.unavailable())?;
        }
        Ok(())
    }

    /// Writes a row of the size of a call and deletes it again.
    async fn probe_write(&self) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        sqlx::query(DELETE_PROBE).run(&mut transaction).await?;
        sqlx::query("INSERT INTO write_probe (id, filler) VALUES (1, $1)")
            .bind("x".repeat(PROBE_BYTES))
            .run(&mut transaction)
            .await?;
        transaction.commit().await?;
        let mut transaction = self.begin().await?;
        sqlx::query(DELETE_PROBE).run(&mut transaction).await?;
        transaction.commit().await?;
        self.write_health.mark_healthy();
        Ok(())
    }
}
