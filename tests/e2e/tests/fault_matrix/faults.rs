//! The faults, injected by the simulated Chatwork, the proxy or the admin.

use chatwork_sim::{Effect, FaultId, RequestFilter};
use e2e_tests::office::TABLET;
use e2e_tests::{Behavior, ForeignResponse};

use super::visitor::Visitor;
use crate::intermediaries::page_translation;

/// A fault; each is a row of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A post is stored without a response, and its room cannot be read.
    UnreadableRoom,
    /// Lists contain malformed entries.
    OddEntries,
    /// The bot's contacts are answered with an HTML page.
    UnreadableContacts,
    /// An intermediary's HTML page with status 403.
    ForeignPage,
    /// An intermediary's JSON with one of the relay's error codes.
    ForeignJson,
    /// An intermediary's HTML page with status 400 before Chatwork.
    ForeignToRelay,
    /// Chatwork refuses the token.
    RefusedToken,
    /// A proxy that buffers the event stream.
    HeldBack,
    /// A proxy that closes each event stream.
    CutStream,
    /// A captive portal that answers everything with its page.
    Portal,
    /// A page translator replaces texts.
    Translation,
    /// A second tablet has made fifty calls.
    Flood,
    /// The admin revokes the tablet.
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
        let no_permission = r#"{"errors":["You don't have permission to read this room"]}"#;
        let reads = RequestFilter::to("GET", "/rooms");
        let effects = match self {
            Self::UnreadableRoom => vec![
                (Effect::ConnectionResetAfterStoring, RequestFilter::posts()),
                (foreign(403, no_permission), reads),
            ],
            Self::OddEntries => vec![(Effect::MalformedEntries, RequestFilter::any())],
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
