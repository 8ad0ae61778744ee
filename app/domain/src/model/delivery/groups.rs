//! Deliveries of a call, grouped by their purpose.

use super::{MISSED_TASK_INDEX, fallback_index, later_message_position};

/// One value for each delivery of a call, such as its state, grouped by the purpose of the deliveries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryGroups<T> {
    /// Notifications that the tablet requested, in the order of the request.
    pub notifications: Vec<T>,
    /// Fallback, once it was needed.
    pub fallback: Option<T>,
    /// Messages of the escalation, in the order of the request.
    pub later: Vec<T>,
    /// Retractions.
    pub retractions: Vec<T>,
    /// Task for a missed visit, or the message in place of it, with its index.
    pub missed: Option<(usize, T)>,
}

impl<T> Default for DeliveryGroups<T> {
    fn default() -> Self {
        Self {
            notifications: Vec::new(),
            fallback: None,
            later: Vec::new(),
            retractions: Vec::new(),
            missed: None,
        }
    }
}

impl<T> DeliveryGroups<T> {
    /// Adds the delivery at `index`. Deliveries are added in the order of their indexes: the notifications have the
    /// smallest ones, and their number decides about the others.
    pub fn add(&mut self, index: usize, is_retraction: bool, delivery: T) {
        let count = self.notifications.len();
        if is_retraction {
            self.retractions.push(delivery);
        } else if count > 0 && index == fallback_index(count) {
            self.fallback = Some(delivery);
        } else if later_message_position(count, index).is_some() {
            self.later.push(delivery);
        } else if index >= MISSED_TASK_INDEX {
            self.missed = Some((index, delivery));
        } else {
            self.notifications.push(delivery);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MISSED_POST_INDEX, later_message_index, retraction_index};
    use super::*;

    #[test]
    fn each_delivery_is_in_the_group_of_its_index() {
        let mut groups = DeliveryGroups::default();
        let retractions = [1, fallback_index(2)].map(|index| retraction_index(2, index));
        let mut indexes = vec![
            0,
            1,
            fallback_index(2),
            later_message_index(2, 0),
            later_message_index(2, 1),
        ];
        indexes.extend(retractions);
        indexes.push(MISSED_POST_INDEX);
        indexes.sort_unstable();
        for index in indexes {
            groups.add(index, retractions.contains(&index), index);
        }
        let expected = DeliveryGroups {
            notifications: vec![0, 1],
            fallback: Some(4),       // 2n
            later: vec![8, 10],      // 4n and 4n + 2
            retractions: vec![3, 6], // n + 1 and n + 2n
            missed: Some((MISSED_POST_INDEX, MISSED_POST_INDEX)),
        };
        assert_eq!(groups, expected);
    }
}
