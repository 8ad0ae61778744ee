//! Retention: erases visitors' words after the configured number of days, and deletes expired rows. Runs at
//! start and every hour.

use std::sync::Arc;

use yobirin_api::Millis;
use yobirin_domain::caller_limits::SessionLifetime;

use crate::state::AppState;
use yobirin_store::StoreError;

const HOUR: Millis = 3600 * 1000;
const DAY: Millis = 24 * HOUR;
/// Time for which events are kept, for streams that resume. A tablet that was off for longer reads the state
/// of its calls.
const EVENT_RETENTION_MS: Millis = 7 * DAY;

/// Runs until the relay stops.
pub(crate) async fn run(state: Arc<AppState>, history_days: u32) {
    loop {
        let now = state.clock.now();
        match delete_expired(&state, history_days, now).await {
            Ok(0) => {}
            Ok(calls) => tracing::info!(calls, history_days, "erased visitors' words"),
            Err(error) => tracing::error!(%error, "failed to delete expired data"),
        }
        tokio::select! {
            () = state.stopping.cancelled() => return,
            () = state.clock.sleep_until(now + HOUR, now) => {}
        }
    }
}

/// Deletes expired data; returns the number of calls whose words were erased.
async fn delete_expired(
    state: &AppState,
    history_days: u32,
    now: Millis,
) -> Result<usize, StoreError> {
    let before = now.saturating_sub(Millis::from(history_days) * DAY);
    let mut calls = 0;
    loop {
        let mut transaction = state.store.begin().await?;
        let erased = transaction.erase_personal_data(before, now).await?;
        transaction.commit().await?;
        if erased == 0 {
            break;
        }
        calls += erased;
    }
    let mut transaction = state.store.begin().await?;
    transaction
        .prune_events(now.saturating_sub(EVENT_RETENTION_MS))
        .await?;
    transaction.prune_early_cancellations(now).await?;
    transaction.prune_pairing_codes(now).await?;
    let admin = SessionLifetime::of_admin(false).ended_before(now);
    let hosts = SessionLifetime::of_host(false).ended_before(now);
    transaction.delete_expired_sessions(admin, hosts).await?;
    transaction.commit().await?;
    Ok(calls)
}
