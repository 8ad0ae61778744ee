//! Follows what happens on the database when several relays share it: events reach the streams that
//! are open here, and what another relay changed is taken up here.

use std::sync::Arc;

use yobirin_api::event::Event;

use crate::connecting;
use crate::relay::Relay;
use crate::store::{Ear, StoreError};

/// Runs until the relay stops. `seen` is the number up to which everything was known at the start.
pub(crate) async fn run(relay: Arc<Relay>, mut ear: Ear, mut seen: u64) {
    loop {
        tokio::select! {
            () = relay.stopping.cancelled() => return,
            () = ear.heard() => {}
        }
        match take_up(&relay, seen).await {
            Ok(upto) => seen = upto,
            Err(error) => tracing::error!(%error, "what other relays do cannot be read"),
        }
    }
}

async fn take_up(relay: &Relay, seen: u64) -> Result<u64, StoreError> {
    let news = relay.store.news(seen).await?;
    if news.upto == seen {
        return Ok(seen);
    }
    for (device, mut told) in news.notices {
        told.event = taken_up(relay, told.event).await;
        match device {
            Some(device) => relay.hub.tell(&device, told),
            None => relay.hub.tell_all(told),
        }
    }
    for (device, told) in news.events {
        relay.hub.tell(&device, told);
    }
    relay.store.bell().notify_one();
    Ok(news.upto)
}

/// Takes up what another relay changed; returns what tablets are told of it.
async fn taken_up(relay: &Relay, event: Event) -> Event {
    match event {
        Event::Settings => {
            if let Err(error) = relay.settings.take_up(&relay.store).await {
                tracing::error!(%error, "settings saved by another relay cannot be used");
            }
            Event::Settings
        }
        Event::Chatwork { .. } => {
            if let Err(error) = connecting::take_up(relay).await {
                tracing::error!(%error, "a token connected by another relay cannot be used");
            }
            Event::Chatwork {
                delivering: relay.link.is_delivering(),
            }
        }
        other => other,
    }
}
