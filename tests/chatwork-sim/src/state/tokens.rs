//! API tokens: whose they are, and what the general limit makes of a call.

use std::time::Duration;

use super::World;
use crate::limits::Quota;
use crate::{AccountId, Limits};

#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenState {
    pub(super) account: AccountId,
    pub(super) revoked: bool,
    /// Refused before this time.
    pub(super) refused_until: Duration,
}

impl World {
    /// Whose call this is, and whether the general limit lets it pass. `None`: a token that is
    /// unknown, revoked, or refused for a while.
    pub(crate) fn admit(&mut self, token: &str) -> Option<(AccountId, Quota)> {
        let account = self
            .tokens
            .get(token)
            .filter(|state| !state.revoked && self.options.clock.now() >= state.refused_until)?
            .account;
        let window = self.calls.entry(token.to_owned()).or_default();
        let options = &self.options;
        let quota = window.admit(options.clock.now(), &options.limits, options.fixed_window);
        Some((account, quota))
    }

    /// The limits, and the time they are reckoned by.
    pub(crate) fn limits_now(&self) -> (Limits, Duration) {
        (self.options.limits, self.options.clock.now())
    }

    /// Refuses a token for a while. Says whether the token is known at all.
    pub(crate) fn refuse_for(&mut self, token: &str, time: Duration) -> bool {
        let until = self.options.clock.now() + time;
        self.tokens
            .get_mut(token)
            .map(|state| state.refused_until = until)
            .is_some()
    }

    /// Revokes a token, or restores it. Says whether the token is known at all.
    pub(crate) fn set_revoked(&mut self, token: &str, revoked: bool) -> bool {
        self.tokens
            .get_mut(token)
            .map(|state| state.revoked = revoked)
            .is_some()
    }
}
