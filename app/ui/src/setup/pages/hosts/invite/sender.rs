//! Sends personal links one after the other, and follows each message until it is settled.

use leptos::prelude::*;
use yobirin_domain::model::id::HostId;

use super::batch::{Batch, Reach};
use crate::api::admin::AdminClient;
use crate::browser::task;
use crate::setup::remote::Scope;

/// How often messages on their way are asked about, in milliseconds.
const LOOK: u32 = 1_000;

/// The round that is under way, and what those before it came to.
#[derive(Clone, Copy)]
pub(crate) struct Invitations {
    pub(crate) round: RwSignal<Batch>,
    /// True while somebody brings links; there is never more than one.
    bringing: StoredValue<bool>,
    part: Scope,
}

impl Invitations {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self {
            round: RwSignal::new(Batch::default()),
            bringing: StoredValue::new(false),
            part: Scope::here(),
        }
    }

    fn tell(self, host: &HostId, now: Reach) {
        let _ = self.round.try_update(|round| round.set(host, now));
    }

    /// Sends links to these hosts, with those already on their way.
    pub(crate) fn send(self, admin: AdminClient, hosts: Vec<HostId>) {
        self.round.update(|round| round.send_to(hosts));
        if !self.bringing.get_value() {
            self.bringing.set_value(true);
            self.part.work(self.bring(admin));
        }
    }

    /// One after the other, as long as somebody waits for theirs.
    async fn bring(self, admin: AdminClient) {
        loop {
            let next = self.round.try_with_untracked(Batch::next).flatten();
            if let Some(host) = next {
                let sent = match admin.create_host_link(host.clone()).await {
                    Ok(link) => admin.send_host_link(host.clone(), link).await,
                    Err(error) => Err(error),
                };
                let now = match sent {
                    Ok(message) => Reach::OnItsWay(message.id),
                    Err(error) => Reach::Refused(error),
                };
                self.tell(&host, now);
                continue;
            }
            let open = self.round.try_with_untracked(Batch::on_their_way);
            let open = open.unwrap_or_default();
            if open.is_empty() {
                let _ = self.bringing.try_set_value(false);
                return;
            }
            for (host, message) in open {
                if let Ok(message) = admin.message(message).await
                    && let Some(now) = Reach::of(&message.state)
                {
                    self.tell(&host, now);
                }
            }
            task::sleep(LOOK).await;
        }
    }
}
