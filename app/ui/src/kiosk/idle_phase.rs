//! The idle timer's phase, from the screen and the call on it.

use yobirin_api::Millis;

use super::calls::listening::{Wait, WaitStage};
use super::calls::local_call_status::LocalCallStatus;
use super::idle::IdlePhase;
use super::navigation::Screen;
use super::state::KioskState;

impl KioskState {
    /// The idle timer's phase at this time.
    pub(super) fn idle_phase(self, now: Millis) -> IdlePhase {
        let lang = self.office_language();
        let accessibility = self.default_accessibility();
        let (screen, is_untouched) = self.navigation.with_untracked(|navigation| {
            (
                navigation.screen().clone(),
                navigation.is_untouched(lang, accessibility),
            )
        });
        let id = match screen {
            Screen::Call(id) => id,
            Screen::Menu if !is_untouched => return IdlePhase::ChangedMenu,
            Screen::Menu if self.is_awake.get_untracked() => return IdlePhase::ClosedNotice,
            Screen::Menu => return IdlePhase::Untouched,
            _ => return IdlePhase::Input,
        };
        let (status, wait) = self
            .queue
            .with_untracked(|queue| (queue.status(id, now), queue.wait(id, now)));
        match (wait, status) {
            (Some(wait), _) => wait.idle_phase(),
            (None, Some(status)) => status.idle_phase(),
            (None, None) => IdlePhase::Input,
        }
    }
}

impl Wait {
    fn idle_phase(&self) -> IdlePhase {
        match (&self.answer, self.stage) {
            (Some(_), _) => IdlePhase::Answered(self.changes),
            (None, WaitStage::Unanswered) => IdlePhase::Failed,
            (None, _) => IdlePhase::Listening(self.changes),
        }
    }
}

impl LocalCallStatus {
    fn idle_phase(self) -> IdlePhase {
        match self {
            Self::Sending { .. } | Self::Waiting => IdlePhase::Waiting,
            Self::Ended(outcome) if outcome.is_success() => IdlePhase::Notified,
            Self::Cancelling { .. } | Self::Ended(_) => IdlePhase::Failed,
        }
    }
}
