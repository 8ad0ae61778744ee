//! The faults that are waiting to happen, and what they make of one call.

use std::time::Duration;

use super::{Effect, Fault, FaultId, ResetHeader};

/// What happens to one call. A delay, a wrong header and one other effect go together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) delay: Option<Duration>,
    pub(crate) reset_header: Option<ResetHeader>,
    pub(crate) effect: Option<Effect>,
}

impl Plan {
    /// Takes the effect in, unless one of its sort is there already.
    fn take(&mut self, effect: &Effect) -> bool {
        match effect {
            Effect::Delay { ms } if self.delay.is_none() => {
                self.delay = Some(Duration::from_millis(*ms));
            }
            Effect::ResetHeader(kind) if self.reset_header.is_none() => {
                self.reset_header = Some(*kind);
            }
            Effect::Delay { .. } | Effect::ResetHeader(_) => return false,
            other if self.effect.is_none() => self.effect = Some(other.clone()),
            _ => return false,
        }
        true
    }
}

/// The faults in the order they were injected.
#[derive(Debug, Default)]
pub(crate) struct FaultBook {
    last: FaultId,
    faults: Vec<(FaultId, Fault)>,
}

impl FaultBook {
    pub(crate) fn inject(&mut self, fault: Fault) -> FaultId {
        self.last += 1;
        self.faults.push((self.last, fault));
        self.last
    }

    pub(crate) fn withdraw(&mut self, id: FaultId) -> bool {
        let before = self.faults.len();
        self.faults.retain(|(known, _)| *known != id);
        self.faults.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.faults.clear();
    }

    /// What is still to come.
    pub(crate) fn waiting(&self) -> &[(FaultId, Fault)] {
        &self.faults
    }

    /// The plan for a call, which uses up the faults it takes: the first of each sort. So a 503 and
    /// a 429, each once, hit one call after the other.
    pub(crate) fn plan(&mut self, method: &str, path: &str) -> Plan {
        let mut plan = Plan::default();
        self.faults.retain_mut(|(_, fault)| {
            if fault.times == Some(0) {
                return false;
            }
            if !fault.on.fit(method, path) || !plan.take(&fault.effect) {
                return true;
            }
            fault.times = fault.times.map(|left| left - 1);
            fault.times != Some(0)
        });
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Calls;

    #[test]
    fn faults_of_one_sort_hit_one_call_after_the_other() {
        let mut book = FaultBook::default();
        book.inject(Fault::new(Effect::ServerError { status: 503 }).once());
        book.inject(Fault::new(Effect::GeneralLimit).times(2));
        let effects: Vec<_> = (0..4).map(|_| book.plan("GET", "/me").effect).collect();
        assert_eq!(
            effects,
            [
                Some(Effect::ServerError { status: 503 }),
                Some(Effect::GeneralLimit),
                Some(Effect::GeneralLimit),
                None
            ]
        );
        assert!(book.waiting().is_empty(), "used up");
    }

    #[test]
    fn a_delay_a_wrong_header_and_a_refusal_go_together() {
        let mut book = FaultBook::default();
        book.inject(Fault::new(Effect::Delay { ms: 5 }));
        book.inject(Fault::new(Effect::ResetHeader(ResetHeader::Bad)));
        book.inject(Fault::new(Effect::RoomLimit).on(Calls::posts_to(7)));
        assert_eq!(
            book.plan("POST", "/rooms/7/messages"),
            Plan {
                delay: Some(Duration::from_millis(5)),
                reset_header: Some(ResetHeader::Bad),
                effect: Some(Effect::RoomLimit),
            }
        );
        assert_eq!(book.plan("POST", "/rooms/8/messages").effect, None);
    }

    #[test]
    fn a_withdrawn_fault_hits_nothing() {
        let mut book = FaultBook::default();
        let id = book.inject(Fault::new(Effect::Hang));
        assert!(book.withdraw(id));
        assert!(!book.withdraw(id), "already gone");
        assert_eq!(book.plan("GET", "/me"), Plan::default());
    }
}
