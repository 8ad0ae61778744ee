//! A simulated Chatwork: a real HTTP server, on its own port, that behaves as the API is known
//! to, including what goes wrong.
//!
//! - `/v2` is the API ([`Sim::api`]): what a client of Chatwork sees.
//! - `/sim` is the control API: what tests and the page use to look and to stir.
//! - `/` is a page that shows the rooms live and lets one answer as a host.
//!
//! It is never a mock inside somebody's process boundary: who tests against it talks HTTP to it.
//! [`Sim::start`] is the way in; [`Office`] says who works there; [`Fault`] makes it misbehave.

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

pub use clock::{Clock, ManualClock};
pub use fault::{Calls, Effect, Fault, FaultId, ResetHeader};
pub use limits::Limits;
pub use office::{Account, Member, Office, Role, Room, RoomKind, Staff};
pub use options::Options;
pub use sim::{NotSeen, Sim};
pub use state::{ContactRequest, Message, Unfit};

/// A person's (or bot's) id: seven digits in the sample office.
pub type AccountId = u64;
/// A room's id, group rooms and direct chats alike: nine digits in the sample office.
pub type RoomId = u64;
/// A waiting contact request's id.
pub type RequestId = u64;
/// A message's id. On the wire it is a string of 19 digits.
pub type MessageId = u64;
