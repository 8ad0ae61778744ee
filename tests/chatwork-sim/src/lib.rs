//! A simulated Chatwork: a real HTTP server on its own port that behaves as Chatwork's API does, errors
//! included.
//!
//! - `/v2` is Chatwork's API ([`Sim::api`]).
//! - `/sim` is the control API, with which tests and the page inspect and change the simulator.
//! - `/` is a page that shows the rooms live and posts replies as any host.
//!
//! Clients always talk HTTP to it; it is never a mock inside their process. [`Sim::start`] starts one,
//! [`Office`] defines its accounts and rooms, [`Fault`] injects failures.

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
pub use fault::{Effect, Fault, FaultId, RequestFilter, ResetHeader};
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
