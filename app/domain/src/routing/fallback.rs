//! What is left when a destination turns out not to be there: a room that is gone, a host who is no
//! contact any more. Our decision, since the seed is silent: the default room is told instead.

use super::{Delivery, Destination, Resolution};
use crate::model::settings::Settings;

/// The one message that replaces whatever cannot be delivered: to the default room, mentioning
/// everybody who was to be told. `None` when the default room is told anyway, or there is none.
#[must_use]
pub fn fallback(settings: &Settings, resolution: &Resolution) -> Option<Delivery> {
    let to = Destination::Room(settings.site().default_room?);
    let deliveries = &resolution.deliveries;
    if deliveries.is_empty() || deliveries.iter().any(|delivery| delivery.to == to) {
        return None;
    }
    let mut mentions = Vec::new();
    for delivery in deliveries {
        let alone = match delivery.to {
            Destination::Account(account) => {
                let mut hosts = settings.hosts().iter();
                hosts.find(|host| host.account == Some(account))
            }
            Destination::Room(_) => None,
        };
        let people = delivery.mentions.iter().chain(alone.map(|host| &host.id));
        for person in people {
            if !mentions.contains(person) {
                mentions.push(person.clone());
            }
        }
    }
    Some(Delivery { to, mentions })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{DEFAULT, group_id, host_id, office, room_id, today};
    use crate::model::menu::Method;
    use crate::routing::{RouteRequest, Target, resolve};

    fn fallback_of(target: Target, method: Method) -> Option<Delivery> {
        let office = office(|_| {});
        let tap = RouteRequest {
            target,
            method,
            today: today(),
        };
        fallback(&office, &resolve(&office, &tap))
    }

    #[test]
    fn the_default_room_is_told_instead_and_everybody_is_mentioned() {
        let soumu = Target::Group(group_id("soumu"));
        let both = fallback_of(soumu, Method::Both).expect("a fallback");
        assert_eq!(both.to, Destination::Room(room_id(DEFAULT)));
        assert_eq!(both.mentions, [host_id("sato"), host_id("ito")]);
        let host = Target::Host(host_id("suzuki"));
        let direct = fallback_of(host, Method::Direct).expect("a fallback");
        assert_eq!(direct.mentions, [host_id("suzuki")]);
    }

    #[test]
    fn a_default_room_that_is_told_anyway_replaces_nothing() {
        let eigyo = Target::Group(group_id("eigyo1"));
        assert_eq!(fallback_of(eigyo, Method::Room), None);
    }
}
