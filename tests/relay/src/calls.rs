//! Calls as a tablet would make them.

use std::time::{SystemTime, UNIX_EPOCH};

use chatwork_sim::Office;
use yobirin_api::Millis;
use yobirin_api::call::{Call, Outgoing};
use yobirin_domain::model::call::{DEADLINE_MILLIS, Visitor};
use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::{Destination, Target};

use crate::office::{HOST, LOBBY};

/// The room that most tests call: 総務.
pub const ROOM: u64 = Office::SAMPLE_SOUMU_ROOM;
/// The account that most tests call.
pub const DIRECT: u64 = HOST;

/// A call before it is sent; every part can be changed to something wrong.
#[derive(Clone, Debug)]
pub struct CallDraft {
    /// Its id.
    pub id: CallId,
    /// Its body.
    pub call: Call,
}

impl CallDraft {
    /// A call that was tapped now, by the machine's clock, and goes nowhere yet.
    #[must_use]
    pub fn now() -> Self {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_millis();
        Self::at(u64::try_from(now).unwrap())
    }

    /// A call that was tapped then.
    #[must_use]
    pub fn at(tapped: Millis) -> Self {
        let call = Call {
            button: format!("{LOBBY}-reception").parse().unwrap(),
            target: Target::Group("soumu".parse().unwrap()),
            visitor: Visitor {
                name: "山田".to_owned(),
                ..Visitor::default()
            },
            tapped,
            deadline: tapped + DEADLINE_MILLIS,
            deliveries: Vec::new(),
            fallback: None,
            trace: Vec::new(),
        };
        Self {
            id: CallId::new(tapped, &rand::random()),
            call,
        }
    }

    /// One more message, to a room.
    #[must_use]
    pub fn to_room(self, room: u64) -> Self {
        let text = format!("[To:{HOST}] お客様です {}", self.id.reference());
        self.to(Destination::Room(room.try_into().unwrap()), text)
    }

    /// One more message, to a person's private chat.
    #[must_use]
    pub fn to_account(self, account: u64) -> Self {
        let text = format!("お客様です {}", self.id.reference());
        self.to(Destination::Account(account.try_into().unwrap()), text)
    }

    /// One more message, whatever it says; the reference is added.
    #[must_use]
    pub fn saying(self, room: u64, text: &str) -> Self {
        let text = format!("{text} {}", self.id.reference());
        self.to(Destination::Room(room.try_into().unwrap()), text)
    }

    fn to(mut self, to: Destination, text: String) -> Self {
        let retraction = format!("取り消されました {}", self.id.reference());
        self.call.deliveries.push(Outgoing {
            to,
            text,
            retraction: Some(retraction),
        });
        self
    }

    /// What is told the default room instead, when a destination turns out to be gone.
    #[must_use]
    pub fn or_default_room(mut self) -> Self {
        let text = format!("このルームに代わりにお知らせします {}", self.id.reference());
        let retraction = format!("取り消されました {}", self.id.reference());
        self.call.fallback = Some(Outgoing {
            to: Destination::Room(Office::SAMPLE_ACALL_ROOM.try_into().unwrap()),
            text,
            retraction: Some(retraction),
        });
        self
    }

    /// The reference that its messages carry.
    #[must_use]
    pub fn reference(&self) -> String {
        self.id.reference().to_string()
    }

    /// Where it is handed over.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/api/calls/{}", self.id)
    }
}
