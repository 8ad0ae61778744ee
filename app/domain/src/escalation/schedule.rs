//! Times of the steps of one call, from the states of its deliveries.

use super::step_time::{PreviousStep, StepTime, StepTimeInput, step_time};
use crate::model::delivery::DeliveryState;

/// Longest time ahead at which the planned time of a step is taken for the delay of a retry: longer than any delay after a
/// failed post. The delay after a failed lookup may be longer. Such a delay is cut short, which costs one request.
const MAX_RETRY_DELAY_MILLIS: u64 = 60_000;

/// Properties of a delivery on which the times of the steps depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduledDelivery<'a> {
    /// Time of its step, in seconds; `None` for the deliveries of the call itself and for the fallback. Deliveries with
    /// the same time are one step.
    pub after_seconds: Option<u16>,
    /// State of the delivery.
    pub state: &'a DeliveryState,
    /// Time at which the state became final, in milliseconds of the relay's clock; `None` before.
    pub ended: Option<u64>,
    /// Time at which the delivery was first tried; `None` before.
    pub tried: Option<u64>,
    /// True while the result of an attempt is not known.
    pub may_have_arrived: bool,
}

/// Time of the step at `after_seconds`, in a call with these deliveries and this deadline.
#[must_use]
pub fn scheduled_time(
    deliveries: &[ScheduledDelivery<'_>],
    after_seconds: u16,
    deadline: u64,
) -> StepTime {
    let earlier = || {
        let all = deliveries.iter();
        all.filter(|delivery| {
            delivery
                .after_seconds
                .is_none_or(|other| other < after_seconds)
        })
    };
    let of_call = earlier().filter(|delivery| delivery.after_seconds.is_none());
    let previous = earlier()
        .filter_map(|delivery| delivery.after_seconds)
        .max();
    step_time(&StepTimeInput {
        after_seconds,
        previous: previous.map(|previous| PreviousStep {
            after_seconds: previous,
            sent_at: sent_at(earlier().filter(|delivery| delivery.after_seconds == Some(previous))),
        }),
        delivered_at: of_call.filter_map(ScheduledDelivery::delivered).min(),
        is_in_doubt: earlier().any(ScheduledDelivery::is_in_doubt),
        deadline,
    })
}

/// Time that counts as the sending of a step: its first message arrived, or all its messages ended without arriving, or
/// else the first attempt at a message that may still arrive, so that a room that fails does not delay the later steps.
fn sent_at<'a>(messages: impl Iterator<Item = &'a ScheduledDelivery<'a>> + Clone) -> Option<u64> {
    let delivered = messages.clone().filter_map(ScheduledDelivery::delivered);
    let may_still_arrive = messages.clone().filter(|message| !message.state.is_final());
    let tried = may_still_arrive.filter_map(|message| message.tried);
    // `None` while a message has not ended.
    let all_ended: Option<Vec<u64>> = messages.map(|message| message.ended).collect();
    let last_ended = all_ended.and_then(|ended| ended.into_iter().max());
    delivered.min().or(last_ended).or_else(|| tried.min())
}

impl ScheduledDelivery<'_> {
    /// True when the delivery, which is due at `due_at`, waits for a retry that comes after the time of its step: the retry
    /// keeps its delay. A delivery that is due much later waits for one of unknown result instead.
    #[must_use]
    pub fn keeps_retry_delay(&self, due_at: u64, step_time: u64, now: u64) -> bool {
        let retry_times = step_time..=now + MAX_RETRY_DELAY_MILLIS;
        self.tried.is_some() && retry_times.contains(&due_at)
    }

    /// Time at which the delivery arrived.
    fn delivered(&self) -> Option<u64> {
        match self.state {
            DeliveryState::Delivered { .. } => self.ended,
            _ => None,
        }
    }

    fn is_in_doubt(&self) -> bool {
        !self.state.is_final() && (self.may_have_arrived || *self.state == DeliveryState::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::super::step_time::MAX_DOUBT_WAIT_MILLIS;
    use super::*;

    const DEADLINE: u64 = 900_000;

    fn delivered() -> DeliveryState {
        DeliveryState::Delivered {
            message: "1".to_owned().try_into().unwrap(),
            room: 7.try_into().unwrap(),
            at: 1,
        }
    }

    fn delivery(
        after_seconds: Option<u16>,
        state: &DeliveryState,
        ended: Option<u64>,
    ) -> ScheduledDelivery<'_> {
        ScheduledDelivery {
            after_seconds,
            state,
            ended,
            tried: None,
            may_have_arrived: false,
        }
    }

    #[test]
    fn the_first_delivery_that_arrives_starts_the_clock() {
        let (arrived, waiting) = (delivered(), DeliveryState::Waiting);
        let none = [
            delivery(None, &waiting, None),
            delivery(Some(60), &waiting, None),
        ];
        assert_eq!(scheduled_time(&none, 60, DEADLINE), StepTime::Blocked);
        let some = [
            delivery(None, &waiting, None),
            delivery(None, &arrived, Some(5_000)),
            delivery(None, &arrived, Some(4_000)),
            delivery(Some(60), &waiting, None),
        ];
        assert_eq!(scheduled_time(&some, 60, DEADLINE), StepTime::At(64_000));
    }

    #[test]
    fn a_retry_keeps_its_delay_and_a_first_attempt_moves_with_its_step() {
        let waiting = DeliveryState::Waiting;
        let untried = delivery(Some(60), &waiting, None);
        let tried = ScheduledDelivery {
            tried: Some(59_000),
            ..untried
        };
        let (step_time, now) = (60_000, 61_000);
        assert!(tried.keeps_retry_delay(60_000, step_time, now));
        assert!(tried.keeps_retry_delay(now + 60_000, step_time, now));
        assert!(!tried.keeps_retry_delay(59_999, step_time, now), "earlier");
        assert!(
            !tried.keeps_retry_delay(now + 60_001, step_time, now),
            "it waits for a delivery of unknown result"
        );
        assert!(!untried.keeps_retry_delay(60_000, step_time, now));
    }

    #[test]
    fn messages_of_one_step_do_not_wait_for_each_other() {
        let (arrived, waiting) = (delivered(), DeliveryState::Waiting);
        let mut call = [
            delivery(None, &arrived, Some(0)),
            delivery(Some(60), &waiting, None),
            delivery(Some(60), &waiting, None),
            delivery(Some(90), &waiting, None),
        ];
        assert_eq!(scheduled_time(&call, 60, DEADLINE), StepTime::At(60_000));
        assert_eq!(scheduled_time(&call, 90, DEADLINE), StepTime::Blocked);
        call[2] = delivery(Some(60), &arrived, Some(70_000));
        assert_eq!(scheduled_time(&call, 90, DEADLINE), StepTime::At(100_000));
    }

    #[test]
    fn a_step_whose_messages_all_failed_counts_from_the_last_failure() {
        let (arrived, expired) = (delivered(), DeliveryState::Expired);
        let waiting = DeliveryState::Waiting;
        let call = [
            delivery(None, &arrived, Some(0)),
            delivery(Some(60), &expired, Some(61_000)),
            delivery(Some(60), &expired, Some(66_000)),
            delivery(Some(90), &waiting, None),
        ];
        assert_eq!(scheduled_time(&call, 90, DEADLINE), StepTime::At(96_000));
    }

    #[test]
    fn an_attempt_at_a_message_that_failed_for_good_does_not_count_as_the_sending_of_its_step() {
        let (arrived, expired) = (delivered(), DeliveryState::Expired);
        let waiting = DeliveryState::Waiting;
        let failed = ScheduledDelivery {
            tried: Some(61_000),
            ..delivery(Some(60), &expired, Some(62_000))
        };
        let call = [
            delivery(None, &arrived, Some(0)),
            failed,
            delivery(Some(60), &waiting, None),
            delivery(Some(90), &waiting, None),
        ];
        assert_eq!(scheduled_time(&call, 90, DEADLINE), StepTime::Blocked);
    }

    #[test]
    fn an_earlier_delivery_in_doubt_delays_a_step_and_a_later_one_does_not() {
        let (arrived, waiting) = (delivered(), DeliveryState::Waiting);
        let doubt = |after| ScheduledDelivery {
            may_have_arrived: true,
            ..delivery(after, &waiting, None)
        };
        let call = |other| {
            [
                delivery(None, &arrived, Some(0)),
                delivery(Some(60), &waiting, None),
                other,
            ]
        };
        let latest = StepTime::At(60_000 + MAX_DOUBT_WAIT_MILLIS);
        assert_eq!(scheduled_time(&call(doubt(None)), 60, DEADLINE), latest);
        let later = call(doubt(Some(90)));
        assert_eq!(scheduled_time(&later, 60, DEADLINE), StepTime::At(60_000));
        let unknown = DeliveryState::Unknown;
        let unknown = call(delivery(None, &unknown, None));
        assert_eq!(scheduled_time(&unknown, 60, DEADLINE), latest);
    }

    #[test]
    fn a_step_whose_room_fails_holds_no_later_one_up() {
        let (arrived, waiting) = (delivered(), DeliveryState::Waiting);
        let failing = |state, ended| ScheduledDelivery {
            tried: Some(62_000),
            ..delivery(Some(60), state, ended)
        };
        let call = |earlier| {
            [
                delivery(None, &arrived, Some(0)),
                earlier,
                delivery(Some(90), &waiting, None),
                delivery(Some(150), &waiting, None),
            ]
        };
        let trying = call(failing(&waiting, None));
        assert_eq!(scheduled_time(&trying, 90, DEADLINE), StepTime::At(92_000));
        assert_eq!(
            scheduled_time(&trying, 150, DEADLINE),
            StepTime::Blocked,
            "the step before was not tried"
        );
        let late = call(failing(&arrived, Some(200_000)));
        assert_eq!(
            scheduled_time(&late, 90, DEADLINE),
            StepTime::At(230_000),
            "the distance counts from the arrival of the step before"
        );
    }
}
