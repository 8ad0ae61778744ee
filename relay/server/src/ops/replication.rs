//! Replication: publishes the stored events of all relays to the streams of this one, and applies the notices of the
//! others.

use std::sync::Arc;

use yobirin_api::event::Event;

use crate::state::AppState;
use yobirin_store::{ChangeListener, StoreError};

/// Runs until the relay stops. `seen` is the number up to which changes were applied at start.
pub(crate) async fn run(state: Arc<AppState>, mut listener: ChangeListener, mut seen: u64) {
    loop {
        tokio::select! {
            () = state.stopping.cancelled() => return,
            () = listener.wait() => {}
        }
        match apply_changes(&state, seen).await {
            Ok(read_up_to) => seen = read_up_to,
            Err(error) => tracing::error!(%error, "failed to read changes of the cluster"),
        }
    }
}

async fn apply_changes(state: &AppState, seen: u64) -> Result<u64, StoreError> {
    let changes = state.store.changes_after(seen).await?;
    if changes.read_up_to == seen {
        return Ok(seen);
    }
    for (device, mut envelope) in changes.notices {
        envelope.event = apply_notice(state, envelope.event).await;
        match device {
            Some(device) => state.events.publish(&device, envelope),
            None => state.events.broadcast(envelope),
        }
    }
    for (device, envelope) in changes.events {
        state.events.publish(&device, envelope);
    }
    for room in changes.rooms_to_read {
        state.listener.read_now(room);
    }
    // Another relay may have stored a delivery for the leader to send.
    state.store.outbox_wakeup().notify_one();
    Ok(changes.read_up_to)
}

/// Applies a notice of another relay; returns the event for tablets.
async fn apply_notice(state: &AppState, event: Event) -> Event {
    match event {
        Event::Settings => {
            if let Err(error) = state.settings.reload().await {
                tracing::error!(%error, "failed to load settings saved by another relay");
            }
            state.retention_wakeup.notify_one();
            Event::Settings
        }
        Event::Chatwork { .. } => {
            if let Err(error) = state.connection.reload().await {
                tracing::error!(%error, "failed to load a connection changed by another relay");
            }
            Event::Chatwork {
                delivering: state.gateway.has_accepted_token(),
            }
        }
        other => other,
    }
}
