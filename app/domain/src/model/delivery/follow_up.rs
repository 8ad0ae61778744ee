//! Consequences of the result of a delivery, of a cancellation and of a revoked tablet for the deliveries of a call.
//! Pure: the relay's store reads the rows and writes them.

use super::{DeliveryState, MISSED_POST_INDEX, MISSED_TASK_INDEX, later_message_position};

/// Kind of a delivery, as far as follow-ups are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryKind {
    /// Notification of a call, or the fallback of such notifications.
    Notification,
    /// Retraction of a delivered notification.
    Retraction,
    /// Message that the relay posts by itself, such as an alarm or a test message; it belongs to no call.
    BotMessage,
    /// Message of an escalation step, sent while nobody has answered.
    LaterMessage,
    /// Task for a missed visit.
    MissedTask,
    /// Message in place of a task for a missed visit that Chatwork refuses or that nobody can be given.
    MissedPost,
}

impl DeliveryKind {
    /// Kind of a call's delivery at this index; see the table of the module.
    #[must_use]
    pub fn of_call(index: usize, is_retraction: bool, is_step: bool) -> Self {
        match index {
            MISSED_TASK_INDEX => Self::MissedTask,
            MISSED_POST_INDEX => Self::MissedPost,
            _ if is_retraction => Self::Retraction,
            _ if is_step => Self::LaterMessage,
            _ => Self::Notification,
        }
    }
}

/// Delivery that a result makes necessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    /// The call's fallback.
    Fallback,
    /// A retraction of the delivery.
    Retraction,
    /// A message in place of the task for a missed visit.
    MissedPost,
}

/// Flags of a call, on which the consequences of a delivery's result depend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallFlags {
    /// The visitor cancelled the call.
    pub is_cancelled: bool,
    /// The tablet was revoked while the call was open.
    pub is_revoked: bool,
    /// Somebody answered the call.
    pub is_answered: bool,
}

impl CallFlags {
    /// State to store after an attempt. A delivery that was certainly not sent ([`DeliveryState::Waiting`]) is
    /// withdrawn instead of retried if its call was cancelled or its tablet revoked; messages of the escalation and
    /// about a missed visit also if the call was answered. A cancellation does not withdraw retractions, which it
    /// makes necessary.
    #[must_use]
    pub fn state_after(self, kind: DeliveryKind, result: DeliveryState) -> DeliveryState {
        let is_obsolete = match kind {
            DeliveryKind::Notification => self.is_cancelled || self.is_revoked,
            DeliveryKind::LaterMessage | DeliveryKind::MissedTask | DeliveryKind::MissedPost => {
                self.is_cancelled || self.is_revoked || self.is_answered
            }
            DeliveryKind::Retraction => self.is_revoked,
            DeliveryKind::BotMessage => false,
        };
        match result {
            DeliveryState::Waiting if is_obsolete => DeliveryState::Withdrawn,
            result => result,
        }
    }

    /// Delivery that this state makes necessary:
    /// - the fallback, when the destination of a notification was rejected and the call is neither cancelled nor
    ///   revoked;
    /// - a retraction, when a notification or message of the escalation arrived after the visitor cancelled;
    /// - a message, when Chatwork refuses the task for a missed visit.
    #[must_use]
    pub fn follow_up(self, kind: DeliveryKind, state: &DeliveryState) -> Option<FollowUp> {
        let is_rejected = matches!(state, DeliveryState::Rejected { .. });
        if kind == DeliveryKind::MissedTask && is_rejected {
            return Some(FollowUp::MissedPost);
        }
        if !matches!(
            kind,
            DeliveryKind::Notification | DeliveryKind::LaterMessage
        ) {
            return None;
        }
        match state {
            DeliveryState::Rejected { reason }
                if reason.is_about_destination() && kind == DeliveryKind::Notification =>
            {
                let is_cancelled_or_revoked = self.is_cancelled || self.is_revoked;
                (!is_cancelled_or_revoked).then_some(FollowUp::Fallback)
            }
            DeliveryState::Delivered { .. } if self.is_cancelled => Some(FollowUp::Retraction),
            _ => None,
        }
    }

    /// True when the default room is notified that it is not known whether the delivery arrived, so that somebody
    /// looks after the visitor.
    #[must_use]
    pub fn reports_doubt(self, kind: DeliveryKind) -> bool {
        match kind {
            DeliveryKind::Notification => !self.is_cancelled && !self.is_revoked,
            // Not needed for a message of the escalation: the call itself was delivered, and the next step follows.
            DeliveryKind::LaterMessage
            | DeliveryKind::Retraction
            | DeliveryKind::BotMessage
            | DeliveryKind::MissedTask
            | DeliveryKind::MissedPost => false,
        }
    }
}

impl DeliveryState {
    /// True when revoking the tablet withdraws the delivery: it was certainly not sent. `may_have_arrived` is true
    /// when the result of an attempt is not known.
    #[must_use]
    pub fn is_withdrawn_by_revocation(&self, may_have_arrived: bool) -> bool {
        *self == Self::Waiting && !may_have_arrived
    }

    /// True when an answer withdraws the delivery: a message of an escalation step, or the task for a missed visit,
    /// that was certainly not sent.
    #[must_use]
    pub fn is_withdrawn_by_answer(&self, kind: DeliveryKind, may_have_arrived: bool) -> bool {
        use DeliveryKind::{LaterMessage, MissedPost, MissedTask};
        let is_kind = matches!(kind, LaterMessage | MissedTask | MissedPost);
        is_kind && *self == Self::Waiting && !may_have_arrived
    }
}

/// Index of the retraction of the delivery at `index`, in a call with `deliveries` deliveries; see the table in the
/// parent module.
#[must_use]
pub fn retraction_index(deliveries: usize, index: usize) -> usize {
    match later_message_position(deliveries, index) {
        Some(_) => index + 1,
        None => deliveries + index,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{RejectReason, fallback_index, later_message_index};
    use super::*;

    const OPEN: CallFlags = CallFlags {
        is_cancelled: false,
        is_revoked: false,
        is_answered: false,
    };
    const CANCELLED: CallFlags = CallFlags {
        is_cancelled: true,
        ..OPEN
    };
    const REVOKED: CallFlags = CallFlags {
        is_revoked: true,
        ..OPEN
    };
    const ANSWERED: CallFlags = CallFlags {
        is_answered: true,
        ..OPEN
    };
    /// Kinds besides messages of the escalation and about missed visits.
    const COMMON_KINDS: [DeliveryKind; 3] = [
        DeliveryKind::Notification,
        DeliveryKind::Retraction,
        DeliveryKind::BotMessage,
    ];

    fn delivered() -> DeliveryState {
        DeliveryState::Delivered {
            message: "1".to_owned().try_into().unwrap(),
            room: 7.try_into().unwrap(),
            at: 1,
        }
    }

    fn rejected(reason: RejectReason) -> DeliveryState {
        DeliveryState::Rejected { reason }
    }

    #[test]
    fn the_index_of_a_missed_visit_decides_before_the_other_marks_of_a_delivery() {
        let kinds = [
            (0, false, false, DeliveryKind::Notification),
            (1, true, false, DeliveryKind::Retraction),
            (4, false, true, DeliveryKind::LaterMessage),
            (5, true, true, DeliveryKind::Retraction),
            (MISSED_TASK_INDEX, false, false, DeliveryKind::MissedTask),
            (MISSED_POST_INDEX, false, false, DeliveryKind::MissedPost),
        ];
        for (index, is_retraction, is_step, kind) in kinds {
            assert_eq!(DeliveryKind::of_call(index, is_retraction, is_step), kind);
        }
    }

    #[test]
    fn a_cancelled_or_revoked_call_is_not_retried() {
        for kind in COMMON_KINDS {
            let state = |flags: CallFlags| flags.state_after(kind, DeliveryState::Waiting);
            assert_eq!(state(OPEN), DeliveryState::Waiting, "{kind:?}");
            let is_notification = kind == DeliveryKind::Notification;
            let is_bot_message = kind == DeliveryKind::BotMessage;
            assert_eq!(
                state(CANCELLED) == DeliveryState::Withdrawn,
                is_notification,
                "{kind:?} of a cancelled call"
            );
            assert_eq!(
                state(REVOKED) == DeliveryState::Withdrawn,
                !is_bot_message,
                "{kind:?} of a revoked tablet"
            );
        }
        let kind = DeliveryKind::Notification;
        for result in [DeliveryState::Unknown, delivered(), DeliveryState::Expired] {
            assert_eq!(CANCELLED.state_after(kind, result.clone()), result);
        }
    }

    #[test]
    fn an_answer_withdraws_the_later_messages_only() {
        let state = |flags: CallFlags, kind| flags.state_after(kind, DeliveryState::Waiting);
        for kind in COMMON_KINDS {
            let is_withdrawn = DeliveryState::Waiting.is_withdrawn_by_answer(kind, false);
            assert!(!is_withdrawn, "{kind:?}");
        }
        for (state, may_have_arrived, is_withdrawn) in [
            (DeliveryState::Waiting, false, true),
            (DeliveryState::Waiting, true, false),
            (DeliveryState::Unknown, false, false),
            (delivered(), false, false),
        ] {
            let withdraws =
                state.is_withdrawn_by_answer(DeliveryKind::LaterMessage, may_have_arrived);
            assert_eq!(withdraws, is_withdrawn, "{state:?}");
        }
        for flags in [ANSWERED, CANCELLED, REVOKED] {
            let state = state(flags, DeliveryKind::LaterMessage);
            assert_eq!(state, DeliveryState::Withdrawn, "{flags:?}");
        }
        assert_eq!(
            state(OPEN, DeliveryKind::LaterMessage),
            DeliveryState::Waiting
        );
        for kind in COMMON_KINDS {
            assert_eq!(state(ANSWERED, kind), DeliveryState::Waiting, "{kind:?}");
        }
    }

    #[test]
    fn a_later_message_is_retracted_but_not_replaced() {
        let kind = DeliveryKind::LaterMessage;
        let no_such_room = rejected(RejectReason::NoSuchRoom);
        assert_eq!(OPEN.follow_up(kind, &no_such_room), None);
        assert_eq!(
            CANCELLED.follow_up(kind, &delivered()),
            Some(FollowUp::Retraction)
        );
        assert_eq!(OPEN.follow_up(kind, &delivered()), None);
        assert!(!OPEN.reports_doubt(kind));
    }

    #[test]
    fn a_refused_task_is_replaced_by_a_message_and_an_answer_withdraws_both() {
        for reason in [RejectReason::BadMessage, RejectReason::NoSuchRoom] {
            let follow_up = |kind| OPEN.follow_up(kind, &rejected(reason));
            let replaced = follow_up(DeliveryKind::MissedTask);
            assert_eq!(replaced, Some(FollowUp::MissedPost), "{reason:?}");
            assert_eq!(follow_up(DeliveryKind::MissedPost), None, "{reason:?}");
        }
        for kind in [DeliveryKind::MissedTask, DeliveryKind::MissedPost] {
            assert_eq!(CANCELLED.follow_up(kind, &delivered()), None);
            assert!(DeliveryState::Waiting.is_withdrawn_by_answer(kind, false));
            assert!(!DeliveryState::Unknown.is_withdrawn_by_answer(kind, false));
            let state = ANSWERED.state_after(kind, DeliveryState::Waiting);
            assert_eq!(state, DeliveryState::Withdrawn, "{kind:?}");
            assert!(!OPEN.reports_doubt(kind));
        }
    }

    #[test]
    fn a_missing_destination_is_replaced_by_the_fallback_unless_the_call_was_cancelled_or_revoked()
    {
        let no_such_room = rejected(RejectReason::NoSuchRoom);
        let kind = DeliveryKind::Notification;
        assert_eq!(
            OPEN.follow_up(kind, &no_such_room),
            Some(FollowUp::Fallback)
        );
        assert_eq!(CANCELLED.follow_up(kind, &no_such_room), None);
        assert_eq!(REVOKED.follow_up(kind, &no_such_room), None);
        let bad = rejected(RejectReason::BadMessage);
        assert_eq!(
            OPEN.follow_up(kind, &bad),
            None,
            "the same text fails there too"
        );
        for kind in [DeliveryKind::Retraction, DeliveryKind::BotMessage] {
            assert_eq!(OPEN.follow_up(kind, &no_such_room), None, "{kind:?}");
        }
    }

    #[test]
    fn a_delivery_that_arrives_after_the_cancellation_is_retracted_once() {
        let kind = DeliveryKind::Notification;
        let follow_up = CANCELLED.follow_up(kind, &delivered());
        assert_eq!(follow_up, Some(FollowUp::Retraction));
        assert_eq!(OPEN.follow_up(kind, &delivered()), None);
        assert_eq!(REVOKED.follow_up(kind, &delivered()), None);
        let retraction = CANCELLED.follow_up(DeliveryKind::Retraction, &delivered());
        assert_eq!(retraction, None, "a retraction has no retraction");
    }

    #[test]
    fn the_office_is_notified_of_doubt_while_somebody_waits_for_the_call() {
        assert!(OPEN.reports_doubt(DeliveryKind::Notification));
        assert!(!CANCELLED.reports_doubt(DeliveryKind::Notification));
        assert!(!REVOKED.reports_doubt(DeliveryKind::Notification));
        assert!(!OPEN.reports_doubt(DeliveryKind::Retraction));
        assert!(!OPEN.reports_doubt(DeliveryKind::BotMessage));
    }

    #[test]
    fn every_delivery_of_a_call_has_an_index_of_its_own() {
        for count in 1..20 {
            let notifications = 0..count;
            let fallback = fallback_index(count);
            let later = (0..10).map(|position| later_message_index(count, position));
            let indices = notifications.chain([fallback]).chain(later);
            let retractions = indices.clone().map(|index| retraction_index(count, index));
            let missed = [MISSED_TASK_INDEX, MISSED_POST_INDEX];
            for index in missed {
                assert_eq!(
                    later_message_position(count, index),
                    None,
                    "{index} of {count}"
                );
            }
            let mut all: Vec<usize> = indices.chain(retractions.clone()).chain(missed).collect();
            for position in 0..10 {
                let index = later_message_index(count, position);
                assert_eq!(later_message_position(count, index), Some(position));
            }
            for index in (0..count).chain([fallback]).chain(retractions) {
                assert_eq!(
                    later_message_position(count, index),
                    None,
                    "{index} of {count}"
                );
            }
            let total = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), total, "{count} deliveries");
        }
    }
}
