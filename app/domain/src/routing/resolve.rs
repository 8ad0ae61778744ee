//! The routing table: whom a call tells, and in which rooms. Total, and ends on any document.

use super::people::{People, in_charge_of, in_default_room, of_host};
use super::{Delivery, Destination, Resolution, RouteRequest, Target, TraceStep};
use crate::model::directory::{Group, Host};
use crate::model::id::{GroupId, RoomId};
use crate::model::settings::Settings;

/// Where a tap goes, and why.
#[must_use]
pub fn resolve(settings: &Settings, tap: &RouteRequest) -> Resolution {
    let mut route = Route {
        settings,
        tap,
        deliveries: Vec::new(),
        trace: Vec::new(),
    };
    match &tap.target {
        Target::Host(id) => match settings.host(id) {
            Some(host) => route.host(host),
            None => route.unknown(),
        },
        Target::Group(id) => match settings.group(id) {
            Some(group) => route.group(group),
            None => route.unknown(),
        },
        Target::Staff => route.staff(),
    }
    Resolution {
        deliveries: route.deliveries,
        trace: route.trace,
    }
}

struct Route<'a> {
    settings: &'a Settings,
    tap: &'a RouteRequest,
    deliveries: Vec<Delivery>,
    trace: Vec<TraceStep>,
}

impl Route<'_> {
    fn unknown(&mut self) {
        self.trace.push(TraceStep::UnknownTarget);
        self.default_room(&People::default());
    }

    /// Our decision: staff are rung in the default room. Whoever answers for a group that has this
    /// room as its own is mentioned, since a message without a mention alerts nobody.
    fn staff(&mut self) {
        let Some(room) = self.settings.site().default_room else {
            return self.trace.push(TraceStep::NoDefaultRoom);
        };
        self.trace.push(TraceStep::StaffRoom { room });
        let mut people = People::default();
        for group in in_default_room(self.settings) {
            people.join(in_charge_of(self.settings, group, self.tap.today));
        }
        self.trace.extend(people.absences.iter().cloned());
        self.room(room, &people);
    }

    fn host(&mut self, host: &Host) {
        let mut people = of_host(self.settings, host, self.tap.today);
        let direct = self.tap.method.is_direct();
        let reachable = host.account.is_some();
        if direct && reachable {
            self.trace.push(TraceStep::DirectToHost {
                host: host.id.clone(),
            });
        } else if !reachable {
            self.trace.push(TraceStep::HostWithoutAccount {
                host: host.id.clone(),
            });
        }
        self.trace.extend(people.absences.iter().cloned());
        if people.is_nobody()
            && let Some((group, others)) = self.in_charge_above(host)
        {
            let group = group.id.clone();
            self.trace.push(TraceStep::InChargeMentioned { group });
            self.trace.extend(others.absences.iter().cloned());
            people = others;
        }
        if direct && reachable {
            self.private_chats(&people);
        }
        if self.tap.method.is_room() || !reachable {
            self.room_of_host(host, &people);
        }
    }

    /// The nearest group, from the host's first one upwards, with people who can be mentioned.
    fn in_charge_above(&self, host: &Host) -> Option<(&Group, People)> {
        let mut groups = self.settings.ancestors(host.groups.first()?);
        groups.find_map(|group| {
            let people = in_charge_of(self.settings, group, self.tap.today);
            (!people.is_nobody()).then_some((group, people))
        })
    }

    fn room_of_host(&mut self, host: &Host, people: &People) {
        let Some(first) = host.groups.first() else {
            self.trace.push(TraceStep::HostWithoutGroups {
                host: host.id.clone(),
            });
            return self.default_room(people);
        };
        self.trace.push(TraceStep::FirstGroup {
            host: host.id.clone(),
            group: first.clone(),
        });
        if let Some(group) = self.settings.group(first) {
            self.note_offer(group);
        }
        self.room_of(first, people);
    }

    fn group(&mut self, group: &Group) {
        self.note_offer(group);
        let people = in_charge_of(self.settings, group, self.tap.today);
        let direct = self.tap.method.is_direct();
        let reachable = !people.called.is_empty();
        self.trace.extend(people.passed_over.iter().cloned());
        let id = group.id.clone();
        if direct && reachable {
            let hosts = people.called.iter().map(|(host, _)| host.clone()).collect();
            self.trace
                .push(TraceStep::DirectToInCharge { group: id, hosts });
        } else if direct {
            self.trace.push(TraceStep::NobodyInCharge { group: id });
        }
        self.trace.extend(people.absences.iter().cloned());
        if direct && reachable {
            self.private_chats(&people);
        }
        if self.tap.method.is_room() || !reachable {
            self.room_of(&group.id, &people);
        }
    }

    /// Our decision: what tablets do not offer still routes, and the trace says so.
    fn note_offer(&mut self, group: &Group) {
        if group.not_callable || !self.settings.is_shown(&group.id) {
            let group = group.id.clone();
            self.trace.push(TraceStep::NotOfferedOnTablets { group });
        }
    }

    fn private_chats(&mut self, people: &People) {
        for (_, account) in people.all() {
            self.send(Destination::Account(account), Vec::new());
        }
    }

    /// The group's own room, else the nearest ancestor's, else the default room (seed, rules 1 to 3).
    fn room_of(&mut self, id: &GroupId, people: &People) {
        let found = self
            .settings
            .ancestors(id)
            .find_map(|group| Some((group, group.room?)));
        let Some((holder, room)) = found else {
            return self.default_room(people);
        };
        let (group, ancestor) = (id.clone(), holder.id.clone());
        self.trace.push(if ancestor == group {
            TraceStep::OwnRoom { group, room }
        } else {
            TraceStep::AncestorRoom {
                group,
                ancestor,
                room,
            }
        });
        self.room(room, people);
    }

    fn default_room(&mut self, people: &People) {
        let Some(room) = self.settings.site().default_room else {
            return self.trace.push(TraceStep::NoDefaultRoom);
        };
        self.trace.push(TraceStep::DefaultRoom { room });
        self.room(room, people);
    }

    fn room(&mut self, room: RoomId, people: &People) {
        let hosts = people.mentions();
        self.send(Destination::Room(room), hosts.clone());
        self.trace.push(TraceStep::Mentions { room, hosts });
    }

    /// Adds a message, once per destination.
    fn send(&mut self, to: Destination, mentions: Vec<crate::model::id::HostId>) {
        if self.deliveries.iter().all(|delivery| delivery.to != to) {
            self.deliveries.push(Delivery { to, mentions });
        }
    }
}
