//! Sends personal links one after the other, and polls the state of each message until it is final.

use leptos::prelude::*;
use yobirin_domain::model::id::HostId;

use super::batch::{Batch, InvitationState};
use crate::api::admin::AdminClient;
use crate::browser::task;
use crate::setup::remote::Scope;

/// Polling interval of messages in flight, in milliseconds.
const POLL_INTERVAL_MS: u32 = 1_000;

/// The running batch, and the results of earlier ones.
#[derive(Clone, Copy)]
pub(crate) struct InvitationSender {
    pub(crate) batch: RwSignal<Batch>,
    /// True while [`Self::run`] runs; it never runs twice.
    is_sending: StoredValue<bool>,
    scope: Scope,
}

impl InvitationSender {
    /// Creates a sender without a batch.
    pub(crate) fn new() -> Self {
        Self {
            batch: RwSignal::new(Batch::default()),
            is_sending: StoredValue::new(false),
            scope: Scope::current(),
        }
    }

    fn record(self, host: &HostId, state: InvitationState) {
        let _ = self.batch.try_update(|batch| batch.set(host, state));
    }

    /// Adds these hosts to the running batch, or starts one.
    pub(crate) fn send(self, admin: AdminClient, hosts: Vec<HostId>) {
        self.batch.update(|batch| batch.add(hosts));
        if !self.is_sending.get_value() {
            self.is_sending.set_value(true);
            self.scope.spawn(self.run(admin));
        }
    }

    /// Sends links one after the other, then polls the sent messages until all are final.
    async fn run(self, admin: AdminClient) {
        loop {
            let next = self.batch.try_with_untracked(Batch::next_waiting).flatten();
            if let Some(host) = next {
                let sent = match admin.create_host_link(host.clone()).await {
                    Ok(link) => admin.send_host_link(host.clone(), link).await,
                    Err(error) => Err(error),
                };
                let state = match sent {
                    Ok(message) => InvitationState::Sent(message.id),
                    Err(error) => InvitationState::RequestFailed(error),
                };
                self.record(&host, state);
                continue;
            }
            let in_flight = self.batch.try_with_untracked(Batch::in_flight);
            let in_flight = in_flight.unwrap_or_default();
            if in_flight.is_empty() {
                let _ = self.is_sending.try_set_value(false);
                return;
            }
            for (host, message) in in_flight {
                if let Ok(message) = admin.message(message).await
                    && let Some(state) = InvitationState::from_delivery(&message.state)
                {
                    self.record(&host, state);
                }
            }
            task::sleep(POLL_INTERVAL_MS).await;
        }
    }
}
