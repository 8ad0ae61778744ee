//! Rooms that webhook events name to a relay that does not lead, until it has asked the leader to read them.

use std::collections::BTreeSet;

use super::OpenRoom;
use super::listening::MIN_READ_GAP_MILLIS;
use crate::model::id::RoomId;

/// Rooms that the leader is to be asked to read. Times are of the monotonic clock, in milliseconds.
#[derive(Clone, Debug, Default)]
pub struct RoomsForLeader {
    rooms: BTreeSet<RoomId>,
    /// Time of the latest request.
    asked_at: Option<u64>,
}

/// Next request to the leader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaderRequest {
    /// No open room is to be read.
    Nothing,
    /// None yet, for this many milliseconds.
    Wait(u64),
    /// Ask the leader to read these rooms.
    Ask(BTreeSet<RoomId>),
}

impl RoomsForLeader {
    /// Adds the rooms that were named, and returns the next request: for the open ones among all that wait, at most once
    /// per [`MIN_READ_GAP_MILLIS`].
    pub fn next_request(
        &mut self,
        named: BTreeSet<RoomId>,
        open: &[OpenRoom],
        monotonic: u64,
    ) -> LeaderRequest {
        self.rooms.extend(named);
        let is_open = |room: &RoomId| open.iter().any(|open| open.room == *room);
        self.rooms.retain(is_open);
        if self.rooms.is_empty() {
            return LeaderRequest::Nothing;
        }
        let next = self.asked_at.map(|last| last + MIN_READ_GAP_MILLIS);
        match next.filter(|next| *next > monotonic) {
            Some(next) => LeaderRequest::Wait(next - monotonic),
            None => LeaderRequest::Ask(self.rooms.clone()),
        }
    }

    /// Records that the leader was asked to read the rooms.
    pub fn record_request(&mut self, monotonic: u64) {
        self.rooms.clear();
        self.asked_at = Some(monotonic);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::answer::ChatKind;

    fn rooms(numbers: &[u64]) -> BTreeSet<RoomId> {
        let rooms = numbers.iter().map(|number| (*number).try_into().unwrap());
        rooms.collect()
    }

    fn open(numbers: &[u64]) -> Vec<OpenRoom> {
        let open = rooms(numbers).into_iter().map(|room| OpenRoom {
            room,
            kind: ChatKind::Group,
            calls: Vec::new(),
            waiting_since: BTreeMap::new(),
        });
        open.collect()
    }

    #[test]
    fn the_leader_is_asked_for_open_rooms_once_and_not_too_often() {
        let mut waiting = RoomsForLeader::default();
        let mut next = |named: &[u64], monotonic| {
            let request = waiting.next_request(rooms(named), &open(&[1, 2]), monotonic);
            if let LeaderRequest::Ask(_) = request {
                waiting.record_request(monotonic);
            }
            request
        };
        assert_eq!(
            next(&[3], 0),
            LeaderRequest::Nothing,
            "no call is open in it"
        );
        assert_eq!(next(&[1, 3], 10), LeaderRequest::Ask(rooms(&[1])));
        assert_eq!(next(&[], 20), LeaderRequest::Nothing);
        let wait = LeaderRequest::Wait(MIN_READ_GAP_MILLIS - 20);
        assert_eq!(next(&[1], 30), wait, "asked 20 ms ago");
        let due = 10 + MIN_READ_GAP_MILLIS;
        assert_eq!(next(&[2], due), LeaderRequest::Ask(rooms(&[1, 2])));
    }

    #[test]
    fn rooms_wait_until_the_request_is_stored() {
        let mut waiting = RoomsForLeader::default();
        let ask = LeaderRequest::Ask(rooms(&[1]));
        assert_eq!(waiting.next_request(rooms(&[1]), &open(&[1]), 0), ask);
        assert_eq!(waiting.next_request(rooms(&[]), &open(&[1]), 1), ask);
        assert_eq!(
            waiting.next_request(rooms(&[]), &open(&[]), 2),
            LeaderRequest::Nothing,
            "the call has ended"
        );
    }
}
