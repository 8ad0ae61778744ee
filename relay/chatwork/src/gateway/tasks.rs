//! Tasks: create one, and look for one whose outcome is unknown.

use yobirin_domain::model::id::{AccountId, Reference, RoomId};

use super::super::account::Account;
use super::super::classify::{self, PostOutcome, RecentLookup};
use super::super::error::GatewayError;
use super::super::permit::Permit;
use super::super::wire::{WireList, WireTask};
use super::{ChatworkGateway, read_list};

impl ChatworkGateway {
    /// Creates a task for members of a room, due at `due_seconds`, in Unix time. The outcome has the id of the first task in
    /// place of a message id.
    pub async fn create_task(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
        text: &str,
        people: &[AccountId],
        due_seconds: u64,
    ) -> PostOutcome {
        let path = format!("/rooms/{room}/tasks");
        let people: Vec<String> = people.iter().map(AccountId::to_string).collect();
        let (people, due) = (people.join(","), due_seconds.to_string());
        let form = [
            ("body", text),
            ("to_ids", &people),
            ("limit", &due),
            ("limit_type", "time"),
        ];
        self.send_post(permit, account, &path, &form).await
    }

    /// Looks for a task among the open ones that the bot created in a room.
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
