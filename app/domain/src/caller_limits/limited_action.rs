//! Rate-limited actions, and the limit of each.

use super::{
    AUTHENTICATOR_CODES, CALL_ACTION_BYTES, HOST_SAVES, NETWORK_SIGN_INS, PAIRING_REQUESTS,
    PAIRINGS, RECOVERY_CODES, RateLimit, SIGN_INS, TABLET_CANCELLATIONS,
};

/// Rate-limited action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitedAction {
    /// Sign-in and first run.
    SignIn,
    /// Sign-in, counted for a whole network of addresses.
    SignInNetwork,
    /// Pairing of a tablet.
    Pair,
    /// Pairing request of an unpaired tablet.
    RequestPairing,
    /// Code of the second factor. The caller knows the password already, so one bucket serves all callers, and it fills
    /// slowly: a code has only six digits.
    Code,
    /// Recovery code, counted per address: it cannot be guessed, so no caller's attempts lock others out.
    RecoveryCode,
    /// Change of a host's own page. Each one is a version of the settings that is stored and that all tablets read.
    SelfEdit,
    /// New call of a tablet. A large one counts as several.
    Call {
        /// Number of actions that it counts as.
        actions: u64,
    },
    /// Cancellation of a call.
    Cancel,
}

impl LimitedAction {
    /// Action of a call whose body has this many bytes.
    #[must_use]
    pub fn call_of(bytes: usize) -> Self {
        let actions = 1 + (bytes / CALL_ACTION_BYTES) as u64;
        Self::Call { actions }
    }

    /// Number of actions that it counts as.
    #[must_use]
    pub fn actions(self) -> u64 {
        match self {
            Self::Call { actions } => actions,
            _ => 1,
        }
    }

    /// Action that names the bucket: all calls share one.
    #[must_use]
    pub fn bucket(self) -> Self {
        match self {
            Self::Call { .. } => Self::Call { actions: 1 },
            other => other,
        }
    }

    /// Limit of the action. `tablet_calls` limits new calls of a tablet, which the relay's operator may change.
    #[must_use]
    pub fn limit(self, tablet_calls: RateLimit) -> RateLimit {
        match self {
            Self::SignIn => SIGN_INS,
            Self::SignInNetwork => NETWORK_SIGN_INS,
            Self::Pair => PAIRINGS,
            Self::RequestPairing => PAIRING_REQUESTS,
            Self::Code => AUTHENTICATOR_CODES,
            Self::RecoveryCode => RECOVERY_CODES,
            Self::SelfEdit => HOST_SAVES,
            Self::Call { .. } => tablet_calls,
            Self::Cancel => TABLET_CANCELLATIONS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_call_counts_as_several_and_shares_the_bucket_of_all_calls() {
        let small = LimitedAction::call_of(CALL_ACTION_BYTES - 1);
        let large = LimitedAction::call_of(3 * CALL_ACTION_BYTES);
        assert_eq!((small.actions(), large.actions()), (1, 4));
        assert_eq!(small.bucket(), large.bucket());
        assert_ne!(large.bucket(), LimitedAction::Cancel.bucket());
    }
}
