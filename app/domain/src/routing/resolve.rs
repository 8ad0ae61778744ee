//! `resolve`: the routing rules of the parent module. Total, and terminates on any document.

use super::people::{People, in_charge_above, in_charge_of, people_of_host, staff};
use super::{Delivery, Destination, Resolution, RouteRequest, Target, TraceStep};
use crate::model::directory::{Group, Host};
use crate::model::id::{GroupId, HostId, RoomId};
use crate::model::settings::Settings;

/// Destinations of a call, with the reasons.
#[must_use]
pub fn resolve(settings: &Settings, request: &RouteRequest) -> Resolution {
    let mut route = Route {
        settings,
        request,
        deliveries: Vec::new(),
        trace: Vec::new(),
    };
    match &request.target {
        Target::Host(id) => match settings.host(id) {
            Some(host) => route.route_host(host),
            None => route.route_unknown_target(),
        },
        Target::Group(id) => match settings.group(id) {
            Some(group) => route.route_group(group),
            None => route.route_unknown_target(),
        },
        Target::Staff => route.route_staff(),
    }
    Resolution {
        deliveries: route.deliveries,
        trace: route.trace,
    }
}

/// The group's own room, else the nearest ancestor's (rules 1 and 2), with the reason.
pub(crate) fn room_above(settings: &Settings, id: &GroupId) -> Option<(RoomId, TraceStep)> {
    let mut groups = settings.ancestors(id);
    let (owner, room) = groups.find_map(|group| Some((group, group.room?)))?;
    let (group, ancestor) = (id.clone(), owner.id.clone());
    let step = if ancestor == group {
        TraceStep::OwnRoom { group, room }
    } else {
        TraceStep::AncestorRoom {
            group,
            ancestor,
            room,
        }
    };
    Some((room, step))
}

/// Resolution in progress.
struct Route<'a> {
    settings: &'a Settings,
    request: &'a RouteRequest,
    deliveries: Vec<Delivery>,
    trace: Vec<TraceStep>,
}

impl Route<'_> {
    fn route_unknown_target(&mut self) {
        self.trace.push(TraceStep::UnknownTarget);
        self.notify_default_room(&People::default());
    }

    /// Calls staff in the default room. Mentions the in-charge hosts of the groups that have the default room as
    /// their own room, because a message without a mention alerts nobody.
    fn route_staff(&mut self) {
        let Some(room) = self.settings.site().default_room else {
            return self.trace.push(TraceStep::NoDefaultRoom);
        };
        self.trace.push(TraceStep::StaffRoom { room });
        let people = staff(self.settings, self.request.today);
        self.trace.extend(people.absences.iter().cloned());
        self.notify_room(room, &people);
    }

    fn route_host(&mut self, host: &Host) {
        let mut people = people_of_host(self.settings, host, self.request.today);
        let is_direct = self.request.method.is_direct();
        let is_reachable = host.account.is_some();
        if is_direct && is_reachable {
            self.trace.push(TraceStep::DirectToHost {
                host: host.id.clone(),
            });
        } else if !is_reachable {
            self.trace.push(TraceStep::HostWithoutAccount {
                host: host.id.clone(),
            });
        }
        self.trace.extend(people.absences.iter().cloned());
        if people.is_empty()
            && let Some(first) = host.groups.first()
            && let Some((group, in_charge)) =
                in_charge_above(self.settings, first, self.request.today)
        {
            let group = group.id.clone();
            self.trace.push(TraceStep::InChargeMentioned { group });
            self.trace.extend(in_charge.absences.iter().cloned());
            people = in_charge;
        }
        if is_direct && is_reachable {
            self.notify_private_chats(&people);
        }
        if self.request.method.is_room() || !is_reachable {
            self.notify_room_of_host(host, &people);
        }
    }

    fn notify_room_of_host(&mut self, host: &Host, people: &People) {
        let Some(first) = host.groups.first() else {
            self.trace.push(TraceStep::HostWithoutGroups {
                host: host.id.clone(),
            });
            return self.notify_default_room(people);
        };
        self.trace.push(TraceStep::FirstGroup {
            host: host.id.clone(),
            group: first.clone(),
        });
        if let Some(group) = self.settings.group(first) {
            self.trace_if_not_offered(group);
        }
        self.notify_room_of_group(first, people);
    }

    fn route_group(&mut self, group: &Group) {
        self.trace_if_not_offered(group);
        let people = in_charge_of(self.settings, group, self.request.today);
        let is_direct = self.request.method.is_direct();
        let is_reachable = !people.called.is_empty();
        self.trace.extend(people.without_account.iter().cloned());
        let id = group.id.clone();
        if is_direct && is_reachable {
            let hosts = people.called.iter().map(|(host, _)| host.clone()).collect();
            self.trace
                .push(TraceStep::DirectToInCharge { group: id, hosts });
        } else if is_direct {
            self.trace.push(TraceStep::NobodyInCharge { group: id });
        }
        self.trace.extend(people.absences.iter().cloned());
        if is_direct && is_reachable {
            self.notify_private_chats(&people);
        }
        if self.request.method.is_room() || !is_reachable {
            self.notify_room_of_group(&group.id, &people);
        }
    }

    /// Adds a step for a group that tablets do not offer.
    fn trace_if_not_offered(&mut self, group: &Group) {
        if group.not_callable || !self.settings.is_shown(&group.id) {
            let group = group.id.clone();
            self.trace.push(TraceStep::NotOfferedOnTablets { group });
        }
    }

    fn notify_private_chats(&mut self, people: &People) {
        for (_, account) in people.all() {
            self.send(Destination::Account(account), Vec::new());
        }
    }

    /// Calls the group's own room, else the nearest ancestor's, else the default room (rules 1 to 3).
    fn notify_room_of_group(&mut self, id: &GroupId, people: &People) {
        let Some((room, step)) = room_above(self.settings, id) else {
            return self.notify_default_room(people);
        };
        self.trace.push(step);
        self.notify_room(room, people);
    }

    fn notify_default_room(&mut self, people: &People) {
        let Some(room) = self.settings.site().default_room else {
            return self.trace.push(TraceStep::NoDefaultRoom);
        };
        self.trace.push(TraceStep::DefaultRoom { room });
        self.notify_room(room, people);
    }

    fn notify_room(&mut self, room: RoomId, people: &People) {
        let hosts = people.mentions();
        self.send(Destination::Room(room), hosts.clone());
        self.trace.push(TraceStep::Mentions { room, hosts });
    }

    /// Adds a delivery, once per destination.
    fn send(&mut self, to: Destination, mentions: Vec<HostId>) {
        if self.deliveries.iter().all(|delivery| delivery.to != to) {
            self.deliveries.push(Delivery { to, mentions });
        }
    }
}
