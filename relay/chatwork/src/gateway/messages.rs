//! Messages of a room: search for a posted message, list for answers, edit.

use reqwest::Method;
use yobirin_api::Millis;
use yobirin_domain::answer::{ReceivedMessage, RoomCounters, RoomMessages};
use yobirin_domain::model::id::{AccountId, MessageId, Reference, RoomId};

use super::super::account::Account;
use super::super::classify::{self, RecentLookup};
use super::super::error::GatewayError;
use super::super::permit::Permit;
use super::super::wire::{self, WireCounters, WireList, WireMessage};
use super::{ChatworkGateway, read_list};

impl ChatworkGateway {
    /// Looks for a message of the bot among a room's recent ones, except for the `known` ones.
    pub async fn find_message(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
        reference: Reference,
        since: Millis,
        known: &[MessageId],
    ) -> Result<RecentLookup, GatewayError> {
        // force=1, because the read cursor of force=0 is shared with every other reader of this account.
        let path = format!("/rooms/{room}/messages?force=1");
        let reply = self.get(permit, &account.token, &path).await?;
        if reply.hides_messages && reply.status == 204 {
            return Ok(RecentLookup::Unclear);
        }
        let messages: WireList<WireMessage> = read_list(&reply, &path)?;
        let bot: AccountId = account.bot.account;
        Ok(classify::find_message(
            &messages, bot, reference, since, known,
        ))
    }

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
                .map(|message| to_received_message(message, self.clock.now()))
                .collect(),
        }))
    }

    /// Reads the counters of all rooms of the bot: the number of messages, and the time of the latest change.
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

/// Converts a message that was read at `now`, which is used as the time of sending if that is missing.
fn to_received_message(message: WireMessage, now: Millis) -> ReceivedMessage {
    ReceivedMessage {
        id: message.message_id,
        author: message.account.account_id,
        body: message.body,
        sent: message.send_time.unwrap_or(now / 1000),
        updated: message.update_time.unwrap_or_default(),
    }
}
