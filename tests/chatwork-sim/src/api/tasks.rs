//! `/rooms/{room}/tasks` and `/my/tasks`: giving, listing and finishing tasks.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};

use super::account::AccountSummary;
use super::auth_layer::Caller;
use super::error::ApiError;
use super::form::Form;
use super::messages::{message_body, post_refusal, refusal};
use super::path::PathIds;
use super::response::{self, AsciiJson};
use super::rooms::RoomSummary;
use crate::shared::Shared;
use crate::state::{ChatworkState, NewTask, NewTaskError, TaskError};
use crate::{AccountId, LimitType, RoomId, Task, TaskId, TaskStatus};

/// Maximum number of tasks in one list.
const MAX_LISTED: usize = 100;

#[derive(Debug, Serialize)]
pub(super) struct TaskRow {
    task_id: TaskId,
    /// Only in the caller's own list.
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<RoomSummary>,
    /// Not in the caller's own list.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<AccountSummary>,
    assigned_by_account: AccountSummary,
    message_id: String,
    body: String,
    limit_time: u64,
    status: TaskStatus,
    limit_type: LimitType,
}

impl TaskRow {
    fn new(task: &Task, state: &ChatworkState, shared: &Shared) -> Self {
        Self {
            task_id: task.task_id,
            room: None,
            account: Some(AccountSummary::new(task.account_id, state, shared)),
            assigned_by_account: AccountSummary::new(task.assigned_by, state, shared),
            message_id: task.message_id.to_string(),
            body: task.body.clone(),
            limit_time: task.limit_time,
            status: task.status,
            limit_type: task.limit_type,
        }
    }

    fn own(task: &Task, owner: AccountId, state: &ChatworkState, shared: &Shared) -> Self {
        let chat = state.chat(task.room_id);
        Self {
            room: chat.map(|chat| RoomSummary::new(&chat.room, owner, state, shared)),
            account: None,
            ..Self::new(task, state, shared)
        }
    }
}

/// Filter in the query of a list. Without a status only open tasks are listed.
#[derive(Debug)]
struct TaskFilter {
    account: Option<AccountId>,
    assigned_by: Option<AccountId>,
    status: TaskStatus,
}

impl TaskFilter {
    fn from_query(query: &HashMap<String, String>) -> Result<Self, ApiError> {
        let id = |name: &'static str| {
            let id = query.get(name).map(|id| id.parse());
            id.transpose().map_err(|_| ApiError::InvalidParameter(name))
        };
        Ok(Self {
            account: id("account_id")?,
            assigned_by: id("assigned_by_account_id")?,
            status: match query.get("status") {
                None => TaskStatus::Open,
                Some(status) => parse_status("status", status)?,
            },
        })
    }

    fn matches(&self, task: &Task) -> bool {
        self.account.is_none_or(|id| id == task.account_id)
            && self.assigned_by.is_none_or(|id| id == task.assigned_by)
            && self.status == task.status
    }
}

fn parse_status(name: &'static str, status: &str) -> Result<TaskStatus, ApiError> {
    match status {
        "open" => Ok(TaskStatus::Open),
        "done" => Ok(TaskStatus::Done),
        _ => Err(ApiError::InvalidParameter(name)),
    }
}

/// Response with the latest tasks, oldest first.
fn list_of_latest(rows: Vec<TaskRow>) -> Response {
    let too_old = rows.len().saturating_sub(MAX_LISTED);
    response::list_or_no_content(rows.into_iter().skip(too_old).collect())
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds(room): PathIds<RoomId>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let filter = TaskFilter::from_query(&query)?;
    let state = shared.state();
    state
        .chat_of(room, id)
        .ok_or_else(|| ApiError::inaccessible_room(&shared))?;
    let tasks = state.tasks_of(room).filter(|task| filter.matches(task));
    let rows = tasks.map(|task| TaskRow::new(task, &state, &shared));
    Ok(list_of_latest(rows.collect()))
}

pub(super) async fn list_own(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let filter = TaskFilter {
        account: Some(id),
        ..TaskFilter::from_query(&query)?
    };
    let state = shared.state();
    let tasks = state.tasks().filter(|task| filter.matches(task));
    let rows = tasks.map(|task| TaskRow::own(task, id, &state, &shared));
    Ok(list_of_latest(rows.collect()))
}

pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds((room, task)): PathIds<(RoomId, TaskId)>,
) -> Result<AsciiJson<TaskRow>, ApiError> {
    let state = shared.state();
    let task = state
        .task(room, id, task)
        .map_err(|why| task_refusal(why, &shared))?;
    Ok(AsciiJson(TaskRow::new(task, &state, &shared)))
}

pub(super) async fn create(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds(room): PathIds<RoomId>,
    form: Form,
) -> Result<AsciiJson<Value>, ApiError> {
    let new = new_task(&form)?;
    let created = shared.state().add_task(room, id, &new);
    let task_ids = created.map_err(|why| match why {
        NewTaskError::Post(why) => post_refusal(why, &shared),
        NewTaskError::NotInRoom => ApiError::InvalidParameter("to_ids"),
    })?;
    Ok(AsciiJson(json!({ "task_ids": task_ids })))
}

/// Parses the form of a new task. A due time without a type is a time of day; a type `none` drops the due time.
fn new_task(form: &Form) -> Result<NewTask, ApiError> {
    let body = message_body(form)?.to_owned();
    form.required("to_ids")?;
    let mut to = form.ids("to_ids")?;
    let mut seen = Vec::new();
    to.retain(|id| {
        let is_new = !seen.contains(id);
        seen.push(*id);
        is_new
    });
    let limit = form.get("limit").map(str::parse).transpose();
    let limit_time = limit
        .map_err(|_| ApiError::InvalidParameter("limit"))?
        .unwrap_or(0);
    let limit_type = match form.get("limit_type") {
        Some("none") => LimitType::None,
        Some("date") => LimitType::Date,
        None | Some("time") => LimitType::Time,
        Some(_) => return Err(ApiError::InvalidParameter("limit_type")),
    };
    let has_limit = limit_time > 0 && limit_type != LimitType::None;
    Ok(NewTask {
        body,
        to,
        limit_time: if has_limit { limit_time } else { 0 },
        limit_type: if has_limit {
            limit_type
        } else {
            LimitType::None
        },
    })
}

pub(super) async fn set_status(
    State(shared): State<Arc<Shared>>,
    Extension(Caller(id)): Extension<Caller>,
    PathIds((room, task)): PathIds<(RoomId, TaskId)>,
    form: Form,
) -> Result<AsciiJson<Value>, ApiError> {
    let status = parse_status("body", form.required("body")?)?;
    let changed = shared.state().set_task_status(room, id, task, status);
    changed.map_err(|why| task_refusal(why, &shared))?;
    Ok(AsciiJson(json!({ "task_id": task })))
}

fn task_refusal(why: TaskError, shared: &Shared) -> ApiError {
    match why {
        TaskError::Read(why) => refusal(why, shared),
        TaskError::TaskNotFound => ApiError::TaskNotFound,
        TaskError::Forbidden => ApiError::NotOwnTask,
    }
}
