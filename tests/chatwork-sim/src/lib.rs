//! A simulated Chatwork: a real HTTP server on its own port that behaves as Chatwork's API does, errors
//! included.
//!
//! - `/v2` is Chatwork's API ([`Sim::api`]).
//! - `/sim` is the control API, with which tests and the page inspect and change the simulator.
//! - `/` is a page that shows the rooms live and replies, edits and deletes as any host.
//!
//! Clients always talk HTTP to it; it is never a mock inside their process. [`Sim::start`] starts one,
//! [`Office`] defines its accounts and rooms, [`Fault`] injects failures.
//!
//! # What tests can script
//!
//! Each of these, but for the functions that wait, is also an endpoint of the control API; its list is at the head of
//! `src/control_api.rs`.
//!
//! | Subject | Functions of [`Sim`] |
//! |---|---|
//! | A person writes | [`post_as`](Sim::post_as) (plain words), [`reply_as`](Sim::reply_as) (`[rp …]`), [`mention_as`](Sim::mention_as) (`[To:…]`) |
//! | A person changes what they wrote | [`edit_as`](Sim::edit_as), [`delete_as`](Sim::delete_as) (the body becomes [`Message::DELETED`]) |
//! | The free plan hides a message | [`set_hidden`](Sim::set_hidden); [`Effect::HiddenMessages`] for a whole response |
//! | Counters of `GET /rooms` lag | [`set_counter_lag`](Sim::set_counter_lag), [`set_room_counter_lag`](Sim::set_room_counter_lag) with [`CounterLag`] |
//! | Tasks | [`tasks`](Sim::tasks), [`set_task_status_as`](Sim::set_task_status_as) |
//! | Webhooks | [`add_webhook`](Sim::add_webhook) with [`Webhook::mentions`] or [`Webhook::messages`], [`remove_webhook`](Sim::remove_webhook) |
//! | Wrong or missing signatures, repetitions, losses | [`script_deliveries`](Sim::script_deliveries) with one [`DeliveryScript`] for each of the next events |
//! | Order and bursts | [`hold_deliveries`](Sim::hold_deliveries), then [`release_deliveries`](Sim::release_deliveries) with a [`ReleaseOrder`] |
//! | A replay, a forged body | [`repeat_delivery`](Sim::repeat_delivery), [`send_to_webhook`](Sim::send_to_webhook) |
//! | Results | [`deliveries`](Sim::deliveries), [`wait_for_outcome`](Sim::wait_for_outcome), [`requests`](Sim::requests), [`messages`](Sim::messages) |
//!
//! # Where Chatwork's documentation is silent
//!
//! - Counters change at once, and an edit moves `last_update_time`; [`Options`] changes both.
//! - Editing or deleting a message of somebody else, or a deleted one, is refused with 403 and the words of an
//!   inaccessible room. An edited message is not new: without `force=1` it is not listed again.
//! - A deletion sets `update_time` and calls no webhook. Own messages never call `mention_to_me`.
//! - `[toall]` does not mention its author; `[To:]` with the author's own account does.
//! - A task for several people is one message and several tasks. Lists of tasks hold open ones unless asked
//!   otherwise, the latest hundred, oldest first. A task that is opened again posts no message.
//! - A webhook is switched off by [`Options::max_webhook_failures`] failures in a row, and waits 10 s for a
//!   response. Its deliveries are made one after the other.

mod api;
mod clock;
mod control_api;
mod fault;
mod limits;
pub mod notation;
mod office;
mod options;
mod page;
mod server;
mod shared;
mod sim;
mod state;
mod webhook;

pub use clock::{Clock, ManualClock};
pub use fault::{
    Effect, Fault, FaultId, MALFORMED_AFTER, MALFORMED_BEFORE, RateLimitResetHeader, RequestFilter,
};
pub use limits::Limits;
pub use office::{Account, Member, Office, Role, Room, RoomKind, Staff};
pub use options::Options;
pub use shared::ApiRequest;
pub use sim::{DeliveryTimeout, Sim, WaitTimeout};
pub use state::{ContactRequest, CounterLag, LimitType, Message, StateError, Task, TaskStatus};
pub use webhook::{
    Delivery, DeliveryId, DeliveryOutcome, DeliveryScript, ReleaseOrder, SignatureKind,
    WEBHOOK_SIGNATURE_HEADER, Webhook, WebhookEvent, WebhookEvents, WebhookId, webhook_signature,
};

/// Id of a person's or bot's account: seven digits in the sample office.
pub type AccountId = u64;
/// Id of a group room or direct chat: nine digits in the sample office.
pub type RoomId = u64;
/// Id of a pending contact request.
pub type RequestId = u64;
/// Id of a task: nine digits.
pub type TaskId = u64;
/// Id of a message. In JSON it is a string of 19 digits.
pub type MessageId = u64;
