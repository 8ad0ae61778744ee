//! Builds the call of a visitor's request: destinations and texts come from [`compose`].

use yobirin_api::Millis;
use yobirin_api::call::{Call, DueTime, LaterMessage, MissedVisit, Outgoing};
use yobirin_domain::compose::{ComposedMessage, ComposedMissedVisit, ComposedStep, Visit, compose};
use yobirin_domain::escalation;
use yobirin_domain::model::call::{DEADLINE_MILLIS, Visitor};
use yobirin_domain::model::date::Date;
use yobirin_domain::model::id::{ButtonId, CallId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Method;
use yobirin_domain::purpose_notice::NoticeVersion;
use yobirin_domain::recipients::Recipients;
use yobirin_domain::routing::{RouteRequest, Target, resolve};

use super::prepared_call::PreparedCall;
use crate::kiosk::session::kiosk_settings::KioskSettings;

/// A visitor's request to call somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallRequest {
    pub(crate) button: ButtonId,
    pub(crate) target: Target,
    pub(crate) visitor: Visitor,
    /// Version of the purpose notice that the visitor saw.
    pub(crate) notice: Option<NoticeVersion>,
    /// Language of the screens that the visitor saw.
    pub(crate) language: Lang,
}

/// Time of the visitor's tap, in the three forms that a call needs.
#[derive(Clone, Debug)]
pub(crate) struct CallTime {
    pub(crate) tapped_at: Millis,
    /// Time of day in the site's time zone, such as `14:05`.
    pub(crate) time: String,
    /// Date in the site's time zone.
    pub(crate) today: Date,
}

/// Builds the call of a request. It has no deliveries when the settings name no destination. When the button was removed
/// since the visitor pressed it, the call goes to a room of its target. Never `None`, as [`PreparedCall::from_call`].
pub(crate) fn build_call(
    settings: &KioskSettings,
    request: CallRequest,
    id: CallId,
    tap: &CallTime,
) -> Option<PreparedCall> {
    let office_settings = settings.as_settings();
    let button = match request.target {
        Target::Staff => None,
        Target::Host(_) | Target::Group(_) => settings.button(&request.button),
    };
    let office_language = office_settings.site().office_language();
    let visitor = Visitor {
        language: (request.language != office_language).then_some(request.language),
        ..request.visitor.cleaned()
    };
    let route = RouteRequest {
        target: request.target,
        method: button.map_or(Method::Room, |button| button.method),
        today: tap.today,
    };
    let visit = Visit {
        device: settings.device(),
        button,
        visitor: &visitor,
        time: &tap.time,
        reference: id.reference(),
    };
    let plan = compose(office_settings, &route, &visit);
    let shown_steps = plan.shown_steps(office_settings);
    let phone_after = escalation::phone_after(office_settings, button);
    let prepared = PreparedCall::from_call(Call {
        button: request.button,
        deliveries: plan.messages.into_iter().map(outgoing).collect(),
        fallback: plan.fallback.map(outgoing),
        later: plan.later.into_iter().flat_map(later).collect(),
        missed: plan.missed.map(missed),
        trace: plan.trace,
        target: route.target,
        visitor,
        notice: request.notice,
        tapped: tap.tapped_at,
        deadline: tap.tapped_at + DEADLINE_MILLIS,
    })?;
    Some(PreparedCall {
        shown_steps,
        phone_after,
        ..prepared
    })
}

fn outgoing(message: ComposedMessage) -> Outgoing {
    Outgoing {
        to: message.to,
        text: message.text,
        retraction: Some(message.retraction),
        answered: message.answered.map(str::to_owned),
    }
}

fn later(step: ComposedStep) -> impl Iterator<Item = LaterMessage> {
    let after_seconds = step.step.after_seconds;
    step.messages.into_iter().map(move |message| {
        let outgoing = outgoing(message);
        LaterMessage {
            after_seconds,
            to: outgoing.to,
            text: outgoing.text,
            retraction: outgoing.retraction,
            answered: outgoing.answered,
        }
    })
}

fn missed(missed: ComposedMissedVisit) -> MissedVisit {
    MissedVisit {
        assignees: missed.assignees,
        text: missed.text,
        unanswered: missed.unanswered.to_owned(),
        due: DueTime {
            day: missed.due.day,
            time: missed.due.time,
        },
    }
}

/// The recipients that a call of this target would have, by the method of this button.
pub(crate) fn recipients(
    settings: &KioskSettings,
    button: &ButtonId,
    target: &Target,
    today: Date,
) -> Recipients {
    let button = settings.button(button);
    let route = RouteRequest {
        target: target.clone(),
        method: button.map_or(Method::Room, |button| button.method),
        today,
    };
    let resolution = resolve(settings.as_settings(), &route);
    let to = resolution.deliveries.iter().map(|delivery| delivery.to);
    Recipients::of(target, to, &resolution.trace)
}

/// The request that a call was built from; repeating it builds the same call with the present settings.
pub(crate) fn request_of(call: &PreparedCall, office_language: Lang) -> CallRequest {
    CallRequest {
        button: call.button.clone(),
        target: call.target.clone(),
        visitor: call.visitor.clone(),
        notice: call.notice,
        language: call.visitor.language.unwrap_or(office_language),
    }
}

#[cfg(test)]
mod tests;
