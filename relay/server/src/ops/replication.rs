//! Follows what happens on the database when several relays share it: events reach the streams that
//! are open here, and what another relay changed is taken up here.

use std::sync::Arc;

use yobirin_api::event::Event;

use crate::state::AppState;
use yobirin_store::{ChangeListener, StoreError};

/// Runs until the relay stops. `seen` is the number up to which everything was known at the start.
pub(crate) async fn run(relay: Arc<AppState>, mut changes: ChangeListener, mut seen: u64) {
    loop {
        tokio::select! {
            () = relay.stopping.cancelled() => return,
            () = changes.wait() => {}
        }
        match apply_remote(&relay, seen).await {
            Ok(upto) => seen = upto,
            Err(error) => tracing::error!(%error, "what other relays do cannot be read"),
        }
    }
}

async fn apply_remote(relay: &AppState, seen: u64) -> Result<u64, StoreError> {
    let news = relay.store.changes_after(seen).await?;
    if news.upto == seen {
        return Ok(seen);
    }
    for (device, mut told) in news.notices {
        told.event = apply_notice(relay, told.event).await;
        match device {
            Some(device) => relay.events.publish(&device, told),
            None => relay.events.broadcast(told),
        }
    }
    for (device, told) in news.events {
        relay.events.publish(&device, told);
    }
    relay.store.outbox_wakeup().notify_one();
    Ok(news.upto)
}

/// Takes up what another relay changed; returns what tablets are told of it.
async fn apply_notice(relay: &AppState, event: Event) -> Event {
    match event {
        Event::Settings => {
            if let Err(error) = relay.settings.take_up(&relay.store).await {
                tracing::error!(%error, "settings saved by another relay cannot be used");
            }
            Event::Settings
        }
        Event::Chatwork { .. } => {
            if let Err(error) = relay.connection.reload().await {
                tracing::error!(%error, "a token connected by another relay cannot be used");
            }
            Event::Chatwork {
                delivering: relay.chatwork.is_delivering(),
            }
        }
        other => other,
    }
}
