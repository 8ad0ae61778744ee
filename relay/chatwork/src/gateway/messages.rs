//! Messages of a room: search for a posted message, list for answers, edit.

use reqwest::Method;
use yobirin_api::Millis;
use yobirin_domain::answer::{ReceivedMessage, RoomCounters, RoomMessages};
use yobirin_domain::model::id::{MessageId, Reference, RoomId};

use super::super::account::Account;
use super::super::classify::{self, RecentLookup};
use super::super::error::GatewayError;
use super::super::permit::Permit;
use super::super::wire::{self, WireCounters, WireList, WireMessage};
use super::{ChatworkGateway, read_list};

impl ChatworkGateway {
    /// Looks for a message of the bot with the reference among the latest messages of a room, as
    /// [`classify::find_message`] says.
    pub async fn find_message(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
        reference: Reference,
        since: Millis,
        known: &[MessageId],
    ) -> Result<RecentLookup, GatewayError> {
        let Some((messages, _)) = self.read_messages(permit, account, room).await? else {
            return Ok(RecentLookup::Unclear);
        };
        let bot = account.bot.account;
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
        let Some((list, hides_messages)) = self.read_messages(permit, account, room).await? else {
            return Ok(None);
        };
        let now = self.clock.now();
        let messages = list.entries.into_iter();
        let messages = messages.map(|message| to_received_message(message, now));
        Ok(Some(RoomMessages {
            is_complete: list.unreadable.is_empty() && !hides_messages,
            messages: messages.collect(),
        }))
    }

    /// Reads the latest messages of a room, and whether Chatwork's plan hides others; `None` when it hides all.
    async fn read_messages(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
    ) -> Result<Option<(WireList<WireMessage>, bool)>, GatewayError> {
        // force=1, because the read cursor of force=0 is shared with every other reader of this account.
        let path = format!("/rooms/{room}/messages?force=1");
        let reply = self.get(permit, &account.token, &path).await?;
        // 204 without a limitation means that there are no messages.
        if reply.hides_messages && reply.status == 204 {
            return Ok(None);
        }
        Ok(Some((read_list(&reply, &path)?, reply.hides_messages)))
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
