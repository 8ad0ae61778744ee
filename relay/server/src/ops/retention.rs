//! Retention: erases words and calls after the days in the settings, and deletes expired rows. Runs at start, every hour,
//! when settings are saved, and while a visit waits for its erasure. Every run reads the settings from the database, so
//! that a second relay and a restored backup apply them too.

use yobirin_api::Millis;
use yobirin_domain::retention::{RetentionKind, applied, cutoff};

use crate::settings::SettingsError;
use crate::state::{AppState, SharedState};

/// Time between two runs.
const RUN_INTERVAL_MS: Millis = 3600 * 1000;
/// Time between two runs while the words of a visit that is to be erased are still needed.
const WAITING_INTERVAL_MS: Millis = 20 * 1000;

/// Runs until the relay stops.
pub(crate) async fn run(state: SharedState) {
    loop {
        let now = state.clock.now();
        let is_waiting = delete_expired(&state, now).await.unwrap_or_else(|error| {
            tracing::error!(%error, "failed to delete expired data");
            false
        });
        let wait = if is_waiting {
            WAITING_INTERVAL_MS
        } else {
            RUN_INTERVAL_MS
        };
        tokio::select! {
            () = state.stopping.cancelled() => return,
            () = state.retention_wakeup.notified() => {}
            () = state.clock.sleep_until(now + wait, now) => {}
        }
    }
}

/// Deletes expired data; true when the words of a visit that is to be erased are still needed.
async fn delete_expired(state: &AppState, now: Millis) -> Result<bool, SettingsError> {
    state.settings.reload().await?;
    let version = state.settings.get();
    let retention = &version.settings.site().retention;
    let applied = applied(retention, state.retention_ceiling_days);
    let mut transaction = state.store.begin().await?;
    transaction.repair_kept_from(now).await?;
    let waiting = transaction.erase_requested(now).await?;
    transaction.commit().await?;
    for kind in RetentionKind::ALL {
        loop {
            let mut transaction = state.store.begin().await?;
            let until = cutoff(&applied, kind, now);
            let calls = transaction.erase_expired(kind, until, now).await?;
            transaction.commit().await?;
            if calls == 0 {
                break;
            }
            tracing::info!(
                calls,
                kind = kind.key(),
                days = applied.days(kind),
                "records past their retention erased"
            );
        }
    }
    let mut transaction = state.store.begin().await?;
    transaction.delete_expired_rows(&applied, now).await?;
    transaction.commit().await?;
    state.store.empty_log().await?;
    Ok(!waiting.is_empty())
}
