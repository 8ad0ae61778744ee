//! API tokens: their accounts, and the general rate limit of each.

use std::time::Duration;

use super::ChatworkState;
use crate::limits::Quota;
use crate::{AccountId, Limits};

#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenState {
    pub(super) account: AccountId,
    pub(super) revoked: bool,
    /// Time until which the token is refused.
    pub(super) refused_until: Duration,
}

impl ChatworkState {
    /// Account of the token and its rate limit, with this request counted. `None` for a token that is
    /// unknown, revoked or currently refused.
    pub(crate) fn authenticate(&mut self, token: &str) -> Option<(AccountId, Quota)> {
        let account = self
            .tokens
            .get(token)
            .filter(|state| !state.revoked && self.options.clock.now() >= state.refused_until)?
            .account;
        let window = self.token_requests.entry(token.to_owned()).or_default();
        let options = &self.options;
        let quota = window.admit(options.clock.now(), &options.limits, options.fixed_window);
        Some((account, quota))
    }

    /// The rate limits, and the current time.
    pub(crate) fn limits_and_time(&self) -> (Limits, Duration) {
        (self.options.limits, self.options.clock.now())
    }

    /// Refuses a token for this time; returns whether the token exists.
    pub(crate) fn refuse_token_for(&mut self, token: &str, time: Duration) -> bool {
        let until = self.options.clock.now() + time;
        self.tokens
            .get_mut(token)
            .map(|state| state.refused_until = until)
            .is_some()
    }

    /// Revokes or restores a token; returns whether the token exists.
    pub(crate) fn set_revoked(&mut self, token: &str, revoked: bool) -> bool {
        self.tokens
            .get_mut(token)
            .map(|state| state.revoked = revoked)
            .is_some()
    }
}
