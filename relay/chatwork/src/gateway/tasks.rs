//! Tasks: giving one, and looking for one whose outcome is unknown.

use yobirin_domain::model::id::{AccountId, Reference, RoomId};

use super::super::account::Account;
use super::super::classify::{self, PostOutcome, RecentLookup};
use super::super::error::GatewayError;
use super::super::permit::Permit;
use super::super::wire::{WireList, WireTask};
use super::{ChatworkGateway, read_list};

/// Task to give.
#[derive(Clone, Copy, Debug)]
pub struct NewTask<'a> {
    /// Text, with the call's reference.
    pub text: &'a str,
    /// People who get it, at least one; each must be a member of the room.
    pub people: &'a [AccountId],
    /// Due time, in Unix seconds.
    pub due: u64,
}

impl ChatworkGateway {
    /// Gives a task to people in a room. The outcome has the id of the first task in place of a message id.
    pub async fn give_task(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
        task: NewTask<'_>,
    ) -> PostOutcome {
        let path = format!("/rooms/{room}/tasks");
        let people: Vec<String> = task.people.iter().map(AccountId::to_string).collect();
        let (people, due) = (people.join(","), task.due.to_string());
        let form = [
            ("body", task.text),
            ("to_ids", &people),
            ("limit", &due),
            ("limit_type", "time"),
        ];
        self.send_post(permit, account, &path, &form).await
    }

    /// Looks for a task among the open ones that the bot gave in a room.
    pub async fn find_task(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
        reference: Reference,
    ) -> Result<RecentLookup, GatewayError> {
        let bot = account.bot.account;
        let path = format!("/rooms/{room}/tasks?assigned_by_account_id={bot}&status=open");
        let reply = self.get(permit, &account.token, &path).await?;
        let tasks: WireList<WireTask> = read_list(&reply, &path)?;
        Ok(classify::find_task(&tasks, reference))
    }
}
