//! The faults, as the simulated Chatwork, the gateway and the admin bring them about.

use chatwork_sim::{Effect, FaultId, RequestFilter};
use e2e_tests::office::TABLET;
use e2e_tests::{Behaviour, ForeignResponse};

use super::visitor::Visitor;
use crate::intermediaries::page_translation;

/// Names follow the list of faults: A1 to A10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A1: a post is stored without an answer, and its room cannot be read.
    UnreadableRoom,
    /// A2: lists hold entries that cannot be read.
    OddEntries,
    /// A2: the bot's contacts are answered with a page of HTML.
    UnreadableContacts,
    /// A3: a proxy's page of status 403.
    ForeignPage,
    /// A3: JSON of another program with one of the relay's codes.
    ForeignJson,
    /// A4: a proxy's page of status 400.
    ForeignToRelay,
    /// A5: Chatwork refuses the token.
    RefusedToken,
    /// A6: a proxy that passes events on only when the stream has ended.
    HeldBack,
    /// A6: a proxy that cuts each stream.
    CutStream,
    /// A7: a Wi-Fi portal that answers everything with its page.
    Portal,
    /// A8: texts are replaced by a translator.
    Translation,
    /// A9: another tablet has made fifty calls.
    Flood,
    /// A10: the admin revokes the tablet.
    Revoked,
}

/// A fault that lasts.
pub(super) struct Active {
    injected: Vec<FaultId>,
    fault: Fault,
}

impl Fault {
    /// True when calls get through while the fault lasts.
    pub(super) fn allows_delivery(self) -> bool {
        matches!(
            self,
            Self::OddEntries | Self::HeldBack | Self::CutStream | Self::Translation | Self::Flood
        )
    }

    /// True when the visitor cannot go on: the tablet is none any more.
    pub(super) fn ends_the_visit(self) -> bool {
        self == Self::Revoked
    }

    pub(super) async fn begin(self, visitor: &Visitor) -> Active {
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
            Self::ForeignPage => proxy.set_behaviour(Behaviour::Answer(ForeignResponse::FORBIDDEN)),
            Self::ForeignJson => proxy.set_behaviour(Behaviour::Answer(ForeignResponse::SAME_CODE)),
            Self::HeldBack => proxy.set_behaviour(Behaviour::HoldBack),
            Self::CutStream => {
                proxy.set_behaviour(Behaviour::CutAfter(std::time::Duration::from_millis(300)));
            }
            Self::Portal => proxy.set_behaviour(Behaviour::Portal),
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
        Active {
            injected,
            fault: self,
        }
    }
}

impl Active {
    pub(super) async fn end(self, visitor: &Visitor) {
        for fault in self.injected {
            visitor.env.chatwork.remove_fault(fault);
        }
        visitor.proxy.set_behaviour(Behaviour::Pass);
        if self.fault == Fault::RefusedToken {
            visitor.admin.connect().await; // by itself it resumes within a minute, as the relay's tests show
        }
        visitor.poll_now().await;
    }
}
