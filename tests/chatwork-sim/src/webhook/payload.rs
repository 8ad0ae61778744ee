//! JSON bodies of events.

use serde::Serialize;

use super::{WebhookEvent, WebhookId};
use crate::state::Message;
use crate::{AccountId, RoomId};

#[derive(Serialize)]
struct Payload<'a> {
    webhook_setting_id: String,
    webhook_event_type: WebhookEvent,
    webhook_event_time: u64,
    webhook_event: EventBody<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum EventBody<'a> {
    Mention {
        from_account_id: AccountId,
        to_account_id: AccountId,
        room_id: RoomId,
        message_id: String,
        body: &'a str,
        send_time: u64,
        update_time: u64,
    },
    Message {
        message_id: String,
        room_id: RoomId,
        account_id: AccountId,
        body: &'a str,
        send_time: u64,
        update_time: u64,
    },
}

/// The body of an event about a message, for a webhook of `owner`; `time` in Unix seconds.
pub(crate) fn payload(
    webhook: WebhookId,
    owner: AccountId,
    event: WebhookEvent,
    message: &Message,
    time: u64,
) -> String {
    let message_id = message.message_id.to_string();
    let webhook_event = match event {
        WebhookEvent::MentionToMe => EventBody::Mention {
            from_account_id: message.account_id,
            to_account_id: owner,
            room_id: message.room_id,
            message_id,
            body: &message.body,
            send_time: message.send_time,
            update_time: message.update_time,
        },
        WebhookEvent::MessageCreated | WebhookEvent::MessageUpdated => EventBody::Message {
            message_id,
            room_id: message.room_id,
            account_id: message.account_id,
            body: &message.body,
            send_time: message.send_time,
            update_time: message.update_time,
        },
    };
    let payload = Payload {
        webhook_setting_id: webhook.to_string(),
        webhook_event_type: event,
        webhook_event_time: time,
        webhook_event,
    };
    // Strings and integers always serialise.
    serde_json::to_string(&payload).unwrap_or_default()
}
