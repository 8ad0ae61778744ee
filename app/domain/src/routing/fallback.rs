//! Fallback when a destination does not exist any more: a deleted room, or a host who is no contact of the bot.
//! Our decision: the default room is notified instead.

use super::{Delivery, Destination, Resolution};
use crate::model::settings::Settings;

/// Message to the default room that replaces undeliverable ones and mentions all their recipients. `None` when
/// the default room is a destination already or is not set.
#[must_use]
pub fn fallback(settings: &Settings, resolution: &Resolution) -> Option<Delivery> {
    let to = Destination::Room(settings.site().default_room?);
    let deliveries = &resolution.deliveries;
    if deliveries.is_empty() || deliveries.iter().any(|delivery| delivery.to == to) {
        return None;
    }
    let mut mentions = Vec::new();
    for delivery in deliveries {
        let private_chat_host = match delivery.to {
            Destination::Account(account) => {
                let mut hosts = settings.hosts().iter();
                hosts.find(|host| host.account == Some(account))
            }
            Destination::Room(_) => None,
        };
        let private_recipient = private_chat_host.map(|host| &host.id);
        let recipients = delivery.mentions.iter().chain(private_recipient);
        for host in recipients {
            if !mentions.contains(host) {
                mentions.push(host.clone());
            }
        }
    }
    Some(Delivery { to, mentions })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::menu::Method;
    use crate::routing::{RouteRequest, Target, resolve};
    use crate::test_office::{DEFAULT_ROOM, group_id, host_id, office, room_id, today};

    fn fallback_of(target: Target, method: Method) -> Option<Delivery> {
        let office = office(|_| {});
        let request = RouteRequest {
            target,
            method,
            today: today(),
        };
        fallback(&office, &resolve(&office, &request))
    }

    #[test]
    fn the_fallback_goes_to_the_default_room_and_mentions_all_recipients() {
        let soumu = Target::Group(group_id("soumu"));
        let both = fallback_of(soumu, Method::Both).expect("a fallback");
        assert_eq!(both.to, Destination::Room(room_id(DEFAULT_ROOM)));
        assert_eq!(both.mentions, [host_id("sato"), host_id("ito")]);
        let host = Target::Host(host_id("suzuki"));
        let direct = fallback_of(host, Method::Direct).expect("a fallback");
        assert_eq!(direct.mentions, [host_id("suzuki")]);
    }

    #[test]
    fn there_is_no_fallback_when_the_default_room_is_a_destination() {
        let eigyo = Target::Group(group_id("eigyo1"));
        assert_eq!(fallback_of(eigyo, Method::Room), None);
    }
}
