//! The injected faults, and their effects on one request.

use std::time::Duration;

use super::{Effect, Fault, FaultId, RateLimitResetHeader};

/// The effects on one request: at most one delay, one wrong header and one other effect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestEffects {
    pub(crate) delay: Option<Duration>,
    pub(crate) reset_header: Option<RateLimitResetHeader>,
    pub(crate) effect: Option<Effect>,
}

impl RequestEffects {
    /// Adds the effect unless one of its kind is present; returns whether it was added.
    fn try_add(&mut self, effect: &Effect) -> bool {
        match effect {
            Effect::Delay { ms } if self.delay.is_none() => {
                self.delay = Some(Duration::from_millis(*ms));
            }
            Effect::RateLimitResetHeader(kind) if self.reset_header.is_none() => {
                self.reset_header = Some(*kind);
            }
            Effect::Delay { .. } | Effect::RateLimitResetHeader(_) => return false,
            other if self.effect.is_none() => self.effect = Some(other.clone()),
            _ => return false,
        }
        true
    }
}

/// Injected faults in order of injection.
#[derive(Debug, Default)]
pub(crate) struct FaultRegistry {
    last_id: FaultId,
    faults: Vec<(FaultId, Fault)>,
}

impl FaultRegistry {
    pub(crate) fn inject(&mut self, fault: Fault) -> FaultId {
        self.last_id += 1;
        self.faults.push((self.last_id, fault));
        self.last_id
    }

    pub(crate) fn remove(&mut self, id: FaultId) -> bool {
        let before = self.faults.len();
        self.faults.retain(|(other, _)| *other != id);
        self.faults.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.faults.clear();
    }

    /// Faults that are not used up.
    pub(crate) fn pending(&self) -> &[(FaultId, Fault)] {
        &self.faults
    }

    /// The effects on a request: the first matching fault of each kind, whose remaining `times` go down. A 503
    /// and a 429, each once, therefore apply to two requests one after the other.
    pub(crate) fn effects_for(&mut self, method: &str, path: &str) -> RequestEffects {
        let mut effects = RequestEffects::default();
        self.faults.retain_mut(|(_, fault)| {
            if fault.times == Some(0) {
                return false;
            }
            if !fault.on.matches(method, path) || !effects.try_add(&fault.effect) {
                return true;
            }
            fault.times = fault.times.map(|remaining| remaining - 1);
            fault.times != Some(0)
        });
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RequestFilter;

    #[test]
    fn faults_of_one_kind_apply_to_successive_requests() {
        let mut registry = FaultRegistry::default();
        registry.inject(Fault::new(Effect::ServerError { status: 503 }).once());
        registry.inject(Fault::new(Effect::GeneralLimit).times(2));
        let effects: Vec<_> = (0..4)
            .map(|_| registry.effects_for("GET", "/me").effect)
            .collect();
        assert_eq!(
            effects,
            [
                Some(Effect::ServerError { status: 503 }),
                Some(Effect::GeneralLimit),
                Some(Effect::GeneralLimit),
                None
            ]
        );
        assert!(
            registry.pending().is_empty(),
            "a fault is removed after its last request"
        );
    }

    #[test]
    fn a_delay_a_wrong_header_and_an_error_apply_to_one_request() {
        let mut registry = FaultRegistry::default();
        registry.inject(Fault::new(Effect::Delay { ms: 5 }));
        registry.inject(Fault::new(Effect::RateLimitResetHeader(
            RateLimitResetHeader::Bad,
        )));
        registry.inject(Fault::new(Effect::RoomLimit).on(RequestFilter::posts_to(7)));
        assert_eq!(
            registry.effects_for("POST", "/rooms/7/messages"),
            RequestEffects {
                delay: Some(Duration::from_millis(5)),
                reset_header: Some(RateLimitResetHeader::Bad),
                effect: Some(Effect::RoomLimit),
            }
        );
        assert_eq!(
            registry.effects_for("POST", "/rooms/8/messages").effect,
            None
        );
    }

    #[test]
    fn a_removed_fault_applies_to_no_request() {
        let mut registry = FaultRegistry::default();
        let id = registry.inject(Fault::new(Effect::Hang));
        assert!(registry.remove(id));
        assert!(
            !registry.remove(id),
            "a removed fault cannot be removed again"
        );
        assert_eq!(
            registry.effects_for("GET", "/me"),
            RequestEffects::default()
        );
    }
}
