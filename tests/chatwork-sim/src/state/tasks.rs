//! Tasks of rooms, and the messages that Chatwork posts about them.

use serde::{Deserialize, Serialize};

use super::{ChatworkState, Event, PostError, ReadError, StateError};
use crate::{AccountId, MessageId, RoomId, TaskId};

/// First task id, nine digits as Chatwork's.
pub(super) const FIRST_TASK: TaskId = 731_204_518;

/// Status of a task: open or done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskStatus {
    /// Not done.
    Open,
    /// Done.
    Done,
}

/// Precision of a task's due time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LimitType {
    /// No due time.
    None,
    /// Due on a day.
    Date,
    /// Due at a time.
    Time,
}

impl LimitType {
    /// The name that the API uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Date => "date",
            Self::Time => "time",
        }
    }
}

/// A task of one person. A task that is given to several people is several tasks with one message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Id of the task.
    pub task_id: TaskId,
    /// Room of the task.
    pub room_id: RoomId,
    /// The person who is to do it.
    pub account_id: AccountId,
    /// The account that gave it.
    pub assigned_by: AccountId,
    /// Message that Chatwork posted with the task. A string in JSON.
    #[serde(serialize_with = "super::message::as_string")]
    pub message_id: MessageId,
    /// Text of the task.
    pub body: String,
    /// Due time in Unix seconds; 0 without one.
    pub limit_time: u64,
    /// Precision of the due time.
    pub limit_type: LimitType,
    /// Status of the task: open or done.
    pub status: TaskStatus,
}

/// A task to be given.
#[derive(Clone, Debug)]
pub(crate) struct NewTask {
    pub(crate) body: String,
    pub(crate) to: Vec<AccountId>,
    pub(crate) limit_time: u64,
    pub(crate) limit_type: LimitType,
}

/// Reason for which a task was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NewTaskError {
    /// The message about the task could not be posted.
    Post(PostError),
    /// A person who is to do the task is not in the room.
    NotInRoom,
}

/// Reason for which the status of a task was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskError {
    /// The room cannot be read.
    Read(ReadError),
    /// The room has no such task.
    TaskNotFound,
    /// The task is somebody else's, or the account may not write in the room.
    Forbidden,
}

impl ChatworkState {
    pub(crate) fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.values()
    }

    pub(crate) fn tasks_of(&self, room: RoomId) -> impl Iterator<Item = &Task> {
        self.tasks().filter(move |task| task.room_id == room)
    }

    /// Gives a task to members of a room, as an API client does. Counts as one post of the room.
    pub(crate) fn add_task(
        &mut self,
        room: RoomId,
        author: AccountId,
        new: &NewTask,
    ) -> Result<Vec<TaskId>, NewTaskError> {
        if let Some(chat) = self.chat_of(room, author)
            && new.to.iter().any(|id| chat.room.role_of(*id).is_none())
        {
            return Err(NewTaskError::NotInRoom);
        }
        self.admit_post(room, author).map_err(NewTaskError::Post)?;
        let text = task_message("task_added", &new.to, TaskStatus::Open, new);
        let message = self
            .store(room, author, text, false)
            .ok_or(NewTaskError::Post(PostError::Forbidden))?;
        let mut ids = Vec::new();
        for account_id in &new.to {
            let task_id = self
                .tasks
                .keys()
                .next_back()
                .map_or(FIRST_TASK, |id| id + 1);
            ids.push(task_id);
            self.tasks.insert(
                task_id,
                Task {
                    task_id,
                    room_id: room,
                    account_id: *account_id,
                    assigned_by: author,
                    message_id: message.message_id,
                    body: new.body.clone(),
                    limit_time: new.limit_time,
                    limit_type: new.limit_type,
                    status: TaskStatus::Open,
                },
            );
        }
        self.publish(Event::Changed);
        Ok(ids)
    }

    /// A task of a room that the account is in.
    pub(crate) fn task(
        &self,
        room: RoomId,
        reader: AccountId,
        task: TaskId,
    ) -> Result<&Task, TaskError> {
        self.chat_of(room, reader)
            .ok_or(TaskError::Read(ReadError::Forbidden))?;
        self.tasks
            .get(&task)
            .filter(|task| task.room_id == room)
            .ok_or(TaskError::TaskNotFound)
    }

    /// Changes the status of a task, as the person who is to do it or who gave it. Chatwork posts a message
    /// when the task is done, and none when the task is opened again.
    pub(crate) fn set_task_status(
        &mut self,
        room: RoomId,
        account: AccountId,
        task: TaskId,
        status: TaskStatus,
    ) -> Result<(), TaskError> {
        let found = self.task(room, account, task)?;
        if ![found.account_id, found.assigned_by].contains(&account)
            || !self.may_write(room, account)
        {
            return Err(TaskError::Forbidden);
        }
        let Some(found) = self.tasks.get_mut(&task) else {
            return Err(TaskError::TaskNotFound);
        };
        let has_changed = found.status != status;
        found.status = status;
        if has_changed && status == TaskStatus::Done {
            let task = NewTask {
                body: found.body.clone(),
                to: vec![found.account_id],
                limit_time: found.limit_time,
                limit_type: found.limit_type,
            };
            let text = task_message("task_done", &task.to, status, &task);
            self.store(room, account, text, false);
        }
        self.publish(Event::Changed);
        Ok(())
    }

    /// Changes the status of a task as a person using Chatwork does.
    pub(crate) fn set_task_status_as(
        &mut self,
        account: AccountId,
        task: TaskId,
        status: TaskStatus,
    ) -> Result<(), StateError> {
        self.check_account(account)?;
        let room = self
            .tasks
            .get(&task)
            .ok_or(StateError::NoSuchTask(task))?
            .room_id;
        self.set_task_status(room, account, task, status)
            .map_err(|_| StateError::NotTaskMember { account, task })
    }
}

/// The message that Chatwork posts about a task, as public clients have recorded it.
fn task_message(phrase: &str, to: &[AccountId], status: TaskStatus, task: &NewTask) -> String {
    let to: Vec<_> = to.iter().map(ToString::to_string).collect();
    let status = match status {
        TaskStatus::Open => "open",
        TaskStatus::Done => "done",
    };
    format!(
        "[info][title][dtext:{phrase}][/title][task aid={} st={status} lt={} ltype={}]{}[/task][/info]",
        to.join(","),
        task.limit_time,
        task.limit_type.name(),
        task.body,
    )
}
