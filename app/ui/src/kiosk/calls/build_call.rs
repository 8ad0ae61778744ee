//! From what a visitor ordered to the call that the relay takes: where it goes and how it is worded
//! is `domain::plan`'s to say.

use yobirin_api::Millis;
use yobirin_api::call::{Call, Outgoing};
use yobirin_domain::compose::{ComposedMessage, Visit, compose};
use yobirin_domain::model::call::{DEADLINE_MILLIS, Visitor};
use yobirin_domain::model::date::Date;
use yobirin_domain::model::id::{ButtonId, CallId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Method;
use yobirin_domain::recipients::{Notified, Recipients};
use yobirin_domain::routing::{RouteRequest, Target, resolve};

use super::queue::PreparedCall;
use crate::kiosk::session::kiosk_settings::KioskSettings;

/// "Please call them."
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallRequest {
    pub(crate) button: ButtonId,
    pub(crate) target: Target,
    pub(crate) visitor: Visitor,
    /// Language the tablet was in.
    pub(crate) language: Lang,
}

/// When an order was given, in every form that is needed.
#[derive(Clone, Debug)]
pub(crate) struct CallTime {
    pub(crate) tapped: Millis,
    /// As it is to be read in the office's time zone.
    pub(crate) time: String,
    pub(crate) today: Date,
}

/// The call an order makes, without deliveries when there is nowhere to go; `None` when the button
/// is not in the settings any more.
pub(crate) fn build_call(
    office: &KioskSettings,
    order: CallRequest,
    id: CallId,
    moment: &CallTime,
) -> Option<PreparedCall> {
    let settings = office.document();
    let (device, button) = match order.target {
        Target::Staff => (office.device(), None),
        Target::Host(_) | Target::Group(_) => {
            let (device, button) = settings.button(&order.button)?;
            (device, Some(button))
        }
    };
    let own = settings.site().own_language();
    let visitor = Visitor {
        language: (order.language != own).then_some(order.language),
        ..order.visitor.cleaned()
    };
    let tap = RouteRequest {
        target: order.target,
        method: button.map_or(Method::Room, |button| button.method),
        today: moment.today,
    };
    let visit = Visit {
        device,
        button,
        visitor: &visitor,
        time: &moment.time,
        reference: id.reference(),
    };
    let plan = compose(settings, &tap, &visit);
    let outgoing = |message: ComposedMessage| Outgoing {
        to: message.to,
        text: message.text,
        retraction: Some(message.retraction),
    };
    PreparedCall::from_call(Call {
        button: order.button,
        deliveries: plan.messages.into_iter().map(outgoing).collect(),
        fallback: plan.fallback.map(outgoing),
        trace: plan.trace,
        target: tap.target,
        visitor,
        tapped: moment.tapped,
        deadline: moment.tapped + DEADLINE_MILLIS,
    })
}

/// Recipients of a call of this button.
pub(crate) fn intended_recipients(
    office: &KioskSettings,
    button: &ButtonId,
    target: &Target,
    today: Date,
) -> Notified {
    let button = office.button(button);
    let tap = RouteRequest {
        target: target.clone(),
        method: button.map_or(Method::Room, |button| button.method),
        today,
    };
    let resolution = resolve(office.document(), &tap);
    let to = resolution.deliveries.iter().map(|delivery| delivery.to);
    Recipients::of(target, to, &resolution.trace).intended()
}

/// The same order once more, out of a call.
pub(crate) fn repeat_request(call: &PreparedCall, own: Lang) -> CallRequest {
    CallRequest {
        button: call.button.clone(),
        target: call.target.clone(),
        visitor: call.visitor.clone(),
        language: call.visitor.language.unwrap_or(own),
    }
}
