//! The webhooks that are set up.

use std::collections::BTreeMap;
use std::net::IpAddr;

use hyper::Uri;

use super::{MAX_WEBHOOKS, Webhook, WebhookEvent, WebhookEvents, WebhookId, webhook_signature};
use crate::state::{Message, StateError};

/// First id of a webhook.
const FIRST_WEBHOOK: WebhookId = 58_117;

#[derive(Debug)]
struct Entry {
    webhook: Webhook,
    /// Consecutive failed deliveries.
    failures: u32,
    is_on: bool,
}

/// Webhooks by id.
#[derive(Debug, Default)]
pub(crate) struct WebhookRegistry {
    last_id: Option<WebhookId>,
    entries: BTreeMap<WebhookId, Entry>,
}

impl WebhookRegistry {
    pub(crate) fn add(&mut self, webhook: Webhook) -> Result<WebhookId, StateError> {
        if !is_on_this_machine(&webhook.url) {
            return Err(StateError::WebhookUrl);
        }
        if webhook_signature(&webhook.token, b"").is_none() {
            return Err(StateError::WebhookToken);
        }
        let owned = self.entries.values();
        if owned
            .filter(|entry| entry.webhook.owner == webhook.owner)
            .count()
            >= MAX_WEBHOOKS
        {
            return Err(StateError::TooManyWebhooks);
        }
        let id = self.last_id.map_or(FIRST_WEBHOOK, |last| last + 1);
        self.last_id = Some(id);
        self.entries.insert(
            id,
            Entry {
                webhook,
                failures: 0,
                is_on: true,
            },
        );
        Ok(id)
    }

    /// Removes a webhook; returns whether it was there.
    pub(crate) fn remove(&mut self, id: WebhookId) -> bool {
        self.entries.remove(&id).is_some()
    }

    pub(crate) fn get(&self, id: WebhookId) -> Option<&Webhook> {
        self.entries.get(&id).map(|entry| &entry.webhook)
    }

    /// All webhooks, each with whether it is switched on.
    pub(crate) fn all(&self) -> impl Iterator<Item = (WebhookId, &Webhook, bool)> {
        let entries = self.entries.iter();
        entries.map(|(id, entry)| (*id, &entry.webhook, entry.is_on))
    }

    /// The webhooks that an event about a message calls.
    pub(crate) fn called_by(&self, event: WebhookEvent, message: &Message) -> Vec<WebhookId> {
        let called = self
            .all()
            .filter(|(_, webhook, is_on)| *is_on && is_called(webhook, event, message));
        called.map(|(id, ..)| id).collect()
    }

    /// Records the result of a delivery; `max_failures` failures in a row switch the webhook off.
    pub(crate) fn record_result(&mut self, id: WebhookId, success: bool, max_failures: u32) {
        let Some(entry) = self.entries.get_mut(&id) else {
            return;
        };
        if success {
            entry.failures = 0;
        } else {
            entry.failures += 1;
            entry.is_on &= entry.failures < max_failures;
        }
    }

    /// Switches a webhook on again; returns whether it exists.
    pub(crate) fn switch_on(&mut self, id: WebhookId) -> bool {
        self.entries
            .get_mut(&id)
            .map(|entry| {
                entry.is_on = true;
                entry.failures = 0;
            })
            .is_some()
    }
}

fn is_called(webhook: &Webhook, event: WebhookEvent, message: &Message) -> bool {
    match (event, webhook.events) {
        (WebhookEvent::MentionToMe, WebhookEvents::Mentions) => {
            message.account_id != webhook.owner && message.mentions.contains(&webhook.owner)
        }
        (WebhookEvent::MessageCreated, WebhookEvents::Room { room, created, .. }) => {
            created && room == message.room_id
        }
        (WebhookEvent::MessageUpdated, WebhookEvents::Room { room, updated, .. }) => {
            updated && room == message.room_id
        }
        _ => false,
    }
}

fn is_on_this_machine(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else {
        return false;
    };
    let host = uri.host().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    uri.scheme_str() == Some("http")
        && (host == "localhost"
            || address
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_urls_of_this_machine_are_taken() {
        let cases = [
            ("http://127.0.0.1:8080/hook/chatwork", true),
            ("http://[::1]:8080/", true),
            ("http://localhost/hook", true),
            ("https://127.0.0.1/hook", false),
            ("http://example.com/hook", false),
            ("http://192.168.1.2/hook", false),
            ("http://localhost.example.com/", false),
            ("/hook", false),
            ("", false),
        ];
        for (url, expected) in cases {
            assert_eq!(is_on_this_machine(url), expected, "{url}");
        }
    }
}
