//! Calls as tablets make them.

use std::time::{SystemTime, UNIX_EPOCH};

use chatwork_sim::Office;
use yobirin_api::Millis;
use yobirin_api::call::{Call, Outgoing};
use yobirin_domain::model::call::{DEADLINE_MILLIS, Visitor};
use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::{Destination, Target};

use crate::office::{HOST, LOBBY};

/// Room that most tests call: General Affairs (総務).
pub const ROOM: u64 = Office::SAMPLE_SOUMU_ROOM;

/// A call before it is sent. Every field is public, so that tests can make it invalid.
#[derive(Clone, Debug)]
pub struct CallDraft {
    /// The call's id, made by the tablet.
    pub id: CallId,
    /// Body of the tablet's request to the relay.
    pub call: Call,
}

impl CallDraft {
    /// A call tapped now by the system clock, without deliveries.
    #[must_use]
    pub fn now() -> Self {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_millis();
        Self::at(u64::try_from(now).unwrap())
    }

    /// A call tapped at this time, without deliveries.
    #[must_use]
    pub fn at(tapped: Millis) -> Self {
        let call = Call {
            button: format!("{LOBBY}-reception").parse().unwrap(),
            target: Target::Group("soumu".parse().unwrap()),
            visitor: Visitor {
                name: "山田".to_owned(),
                ..Visitor::default()
            },
            notice: None,
            tapped,
            deadline: tapped + DEADLINE_MILLIS,
            deliveries: Vec::new(),
            fallback: None,
            later: Vec::new(),
            missed: None,
            trace: Vec::new(),
        };
        Self {
            id: CallId::new(tapped, &rand::random()),
            call,
        }
    }

    /// Adds a delivery to a room.
    #[must_use]
    pub fn to_room(self, room: u64) -> Self {
        let text = format!("[To:{HOST}] お客様です {}", self.id.reference());
        self.to(Destination::Room(room.try_into().unwrap()), text)
    }

    /// Adds a delivery to a person's private chat.
    #[must_use]
    pub fn to_account(self, account: u64) -> Self {
        let text = format!("お客様です {}", self.id.reference());
        self.to(Destination::Account(account.try_into().unwrap()), text)
    }

    /// Adds a delivery to a room with this text and the call's reference.
    #[must_use]
    pub fn with_text(self, room: u64, text: &str) -> Self {
        let text = format!("{text} {}", self.id.reference());
        self.to(Destination::Room(room.try_into().unwrap()), text)
    }

    fn to(mut self, to: Destination, text: String) -> Self {
        let retraction = format!("取り消されました {}", self.id.reference());
        self.call.deliveries.push(Outgoing {
            to,
            text,
            retraction: Some(retraction),
            answered: None,
        });
        self
    }

    /// Adds the fallback to the default room, for a destination that is gone.
    #[must_use]
    pub fn or_default_room(mut self) -> Self {
        let text = format!("このルームに代わりにお知らせします {}", self.id.reference());
        let retraction = format!("取り消されました {}", self.id.reference());
        self.call.fallback = Some(Outgoing {
            to: Destination::Room(Office::SAMPLE_DEFAULT_ROOM.try_into().unwrap()),
            text,
            retraction: Some(retraction),
            answered: None,
        });
        self
    }

    /// The reference in the call's messages.
    #[must_use]
    pub fn reference(&self) -> String {
        self.id.reference().to_string()
    }

    /// Path of the request that hands the call over.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/api/calls/{}", self.id)
    }
}
