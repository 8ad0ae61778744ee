//! Message to the default room about deliveries that Chatwork rejected: the reason, and the notification itself.

use super::{CallDetails, escape, render_with_reason};
use crate::model::lang::Lang;
use crate::model::settings::Settings;
use crate::routing::{Delivery, Destination, Resolution};

/// Maximum length of a destination's name, in characters.
const MAX_NAME_CHARS: usize = 80;
/// Maximum number of destinations listed by name; “others” (ほか) stands for the rest.
const MAX_NAMED_DESTINATIONS: usize = 5;

/// Text for the default room when Chatwork has rejected the destination of a delivery of `resolution`: the reason,
/// then the notification itself. A notification that would be too long is rendered from the default template instead.
///
/// Passes [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn fallback_message(
    settings: &Settings,
    details: &CallDetails<'_>,
    resolution: &Resolution,
    delivery: &Delivery,
) -> String {
    let reason = reason(settings, &resolution.deliveries);
    render_with_reason(&reason, settings, details, resolution, delivery)
}

/// The reason, in the office's own language. With several deliveries it is not known which of them failed.
fn reason(settings: &Settings, deliveries: &[Delivery]) -> String {
    let office_language = settings.site().office_language();
    let name = |delivery: &Delivery| destination_name(settings, delivery.to, office_language);
    match (deliveries, office_language) {
        ([only], Lang::Ja) => {
            let cause = match only.to {
                Destination::Room(_) => "ルームがなくなったか、Botがメンバーから外れています",
                Destination::Account(_) => "Botのコンタクトから外れています",
            };
            format!(
                "[info][title]このルームに代わりにお知らせします[/title]\
                 本来のお知らせ先（{}）に送れませんでした。{cause}。\n\
                 ご対応と、受付の設定の確認をお願いします。[/info]",
                name(only)
            )
        }
        (several, Lang::Ja) => format!(
            "[info][title]このルームにもお知らせします[/title]\
             本来のお知らせ先（{}）のうち、送れなかったところがあります。\
             ルームがなくなったか、Botがメンバーやコンタクトから外れています。\n\
             ご対応と、受付の設定の確認をお願いします。[/info]",
            names(several, name, "、", "ほか")
        ),
        ([only], _) => {
            let cause = match only.to {
                Destination::Room(_) => "The room was deleted, or the bot is no longer in it",
                Destination::Account(_) => "They are no longer a contact of the bot",
            };
            format!(
                "[info][title]Sent to this room instead[/title]\
                 This could not be sent to {}. {cause}.\n\
                 Please attend to the visitor, and check the reception's settings.[/info]",
                name(only)
            )
        }
        (several, _) => format!(
            "[info][title]Sent to this room too[/title]\
             This could not be sent to all of {}. A room was deleted, or the bot is no longer in it or \
             no longer their contact.\n\
             Please attend to the visitor, and check the reception's settings.[/info]",
            names(several, name, ", ", "others")
        ),
    }
}

/// Names of the first destinations, joined.
fn names(
    deliveries: &[Delivery],
    name: impl Fn(&Delivery) -> String,
    comma: &str,
    others: &str,
) -> String {
    let mut names: Vec<String> = deliveries
        .iter()
        .take(MAX_NAMED_DESTINATIONS)
        .map(name)
        .collect();
    if deliveries.len() > MAX_NAMED_DESTINATIONS {
        names.push(others.to_owned());
    }
    names.join(comma)
}

/// Name of a destination in the settings, or its number.
pub(super) fn destination_name(
    settings: &Settings,
    to: Destination,
    office_language: Lang,
) -> String {
    let (name, number) = match to {
        Destination::Room(room) => {
            let mut groups = settings.groups().iter();
            let group = groups.find(|group| group.room == Some(room));
            (
                group.map(|group| group.name.best(office_language)),
                room.get(),
            )
        }
        Destination::Account(account) => {
            let mut hosts = settings.hosts().iter();
            let host = hosts.find(|host| host.account == Some(account));
            (host.map(|host| host.name.as_str()), account.get())
        }
    };
    let name = name.map(|name| escape(name, MAX_NAME_CHARS));
    name.filter(|name| !name.is_empty())
        .unwrap_or_else(|| number.to_string())
}
