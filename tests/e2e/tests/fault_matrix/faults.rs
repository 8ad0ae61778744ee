//! The faults, injected by the simulated Chatwork, the proxy or the admin.

use chatwork_sim::{Effect, FaultId, RequestFilter};
use e2e_tests::office::TABLET;
use e2e_tests::{Behavior, ForeignResponse};

use super::visitor::Visitor;
use crate::intermediaries::page_translation;

/// A fault. Labels A1 to A10 are the rows of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A1: a post is stored without a response, and its room cannot be read.
    UnreadableRoom,
    /// A2: lists contain malformed entries.
    OddEntries,
    /// A2: the bot's contacts are answered with an HTML page.
    UnreadableContacts,
    /// A3: an intermediary's HTML page with status 403.
    ForeignPage,
    /// A3: an intermediary's JSON with one of the relay's error codes.
    ForeignJson,
    /// A4: an intermediary's HTML page with status 400 before Chatwork.
    ForeignToRelay,
    /// A5: Chatwork refuses the token.
    RefusedToken,
    /// A6: a proxy that buffers the event stream.
    HeldBack,
    /// A6: a proxy that closes each event stream.
    CutStream,
    /// A7: a captive portal that answers everything with its page.
    Portal,
    /// A8: a page translator replaces texts.
    Translation,
    /// A9: a second tablet has made fifty calls.
    Flood,
    /// A10: the admin revokes the tablet.
    Revoked,
}

/// A fault in progress.
pub(super) struct ActiveFault {
    injected: Vec<FaultId>,
    fault: Fault,
}

impl Fault {
    /// True when calls can be delivered during the fault.
    pub(super) fn allows_delivery(self) -> bool {
        matches!(
            self,
            Self::OddEntries | Self::HeldBack | Self::CutStream | Self::Translation | Self::Flood
        )
    }

    /// True when the fault ends the visit because the tablet is unpaired.
    pub(super) fn ends_the_visit(self) -> bool {
        self == Self::Revoked
    }

    pub(super) async fn begin(self, visitor: &Visitor) -> ActiveFault {
        let chatwork = &visitor.env.chatwork;
        let foreign = |status: u16, body: &str| Effect::Intermediary {
            status,
            body: body.to_owned(),
        };
        let closed = r#"{"errors":["You don't have permission to read this room"]}"#;
        let reading = RequestFilter::to("GET", "/rooms");
        let effects = match self {
            Self::UnreadableRoom => vec![
                (Effect::ResetAfterStoring, RequestFilter::posts()),
                (foreign(403, closed), reading),
            ],
            Self::OddEntries => vec![(Effect::OddEntries, RequestFilter::any())],
            Self::UnreadableContacts => {
                vec![(
                    foreign(200, "<html>"),
                    RequestFilter::to("GET", "/contacts"),
                )]
            }
            Self::ForeignToRelay => vec![(foreign(400, "<html>"), RequestFilter::any())],
            Self::RefusedToken => vec![(Effect::Unauthorized, RequestFilter::any())],
            _ => Vec::new(),
        };
        let inject = |(effect, on): (Effect, RequestFilter)| {
            chatwork.inject(chatwork_sim::Fault::new(effect).on(on))
        };
        let injected = effects.into_iter().map(inject).collect();
        let proxy = &visitor.proxy;
        match self {
            Self::ForeignPage => proxy.set_behavior(Behavior::Respond(ForeignResponse::FORBIDDEN)),
            Self::ForeignJson => proxy.set_behavior(Behavior::Respond(ForeignResponse::KNOWN_CODE)),
            Self::HeldBack => proxy.set_behavior(Behavior::HoldBack),
            Self::CutStream => {
                proxy.set_behavior(Behavior::CutAfter(std::time::Duration::from_millis(300)));
            }
            Self::Portal => proxy.set_behavior(Behavior::Portal),
            Self::Translation => {
                visitor
                    .tablet
                    .script(&page_translation::polite_translation())
                    .await;
            }
            Self::Flood => visitor.flood().await,
            Self::Revoked => {
                visitor.admin.unpair(TABLET).await;
                visitor.release_posts();
            }
            _ => {}
        }
        ActiveFault {
            injected,
            fault: self,
        }
    }
}

impl ActiveFault {
    pub(super) async fn end(self, visitor: &Visitor) {
        for fault in self.injected {
            visitor.env.chatwork.remove_fault(fault);
        }
        visitor.proxy.set_behavior(Behavior::Pass);
        if self.fault == Fault::RefusedToken {
            visitor.admin.connect().await; // otherwise resumes within a minute, which the relay's tests check
        }
        visitor.poll_now().await;
    }
}
