//! Requests of the listener and of edits in place.

use reqwest::Method;
use yobirin_api::Millis;
use yobirin_domain::answer::{ReceivedMessage, RoomCounters, RoomMessages};
use yobirin_domain::model::id::{MessageId, RoomId};

use super::{ChatworkGateway, read_list};
use crate::account::Account;
use crate::error::GatewayError;
use crate::permit::Permit;
use crate::wire::{self, WireCounters, WireList, WireMessage};

impl ChatworkGateway {
    /// Reads the latest messages of a room; `None` when Chatwork's plan hides them.
    pub async fn messages(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
    ) -> Result<Option<RoomMessages>, GatewayError> {
        let path = format!("/rooms/{room}/messages?force=1");
        let reply = self.get(permit, &account.token, &path).await?;
        if reply.hides_messages && reply.status == 204 {
            return Ok(None);
        }
        let messages: WireList<WireMessage> = read_list(&reply, &path)?;
        Ok(Some(RoomMessages {
            is_complete: messages.unreadable.is_empty() && !reply.hides_messages,
            messages: messages
                .entries
                .into_iter()
                .map(|message| received(message, self.clock.now()))
                .collect(),
        }))
    }

    /// Reads the counters of all rooms of the bot, which move when something changes in a room.
    pub async fn room_counters(
        &self,
        permit: Permit,
        account: &Account,
    ) -> Result<Vec<RoomCounters>, GatewayError> {
        let reply = self.get(permit, &account.token, "/rooms").await?;
        let rooms: WireList<WireCounters> = read_list(&reply, "/rooms")?;
        let counters = rooms.entries.into_iter().map(|room| RoomCounters {
            room: room.room_id,
            last_update: room.last_update_time,
            messages: room.message_num,
        });
        Ok(counters.collect())
    }

    /// Replaces the text of a message of the bot.
    pub async fn edit_message(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
        message: &MessageId,
        text: &str,
    ) -> Result<(), GatewayError> {
        let path = format!("/rooms/{room}/messages/{}", message.as_str());
        let form = [("body", text)];
        let reply = self.request(permit, &account.token, Method::PUT, &path, &form);
        let reply = reply.await?;
        // A captive portal answers 200 as well.
        match wire::message_id(&reply.body) {
            Some(_) => Ok(()),
            None => Err(GatewayError::UnexpectedReply(reply.status)),
        }
    }
}

/// Converts a message that was read at `now`, which stands for a missing time of sending.
fn received(message: WireMessage, now: Millis) -> ReceivedMessage {
    ReceivedMessage {
        id: message.message_id,
        author: message.account.account_id,
        body: message.body,
        sent: message.send_time.unwrap_or(now / 1000),
        updated: message.update_time.unwrap_or_default(),
    }
}
