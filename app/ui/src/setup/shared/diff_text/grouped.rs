//! Changes as the list shows them: weekdays whose opening hours changed alike are one item.

use yobirin_domain::diff::Change;
use yobirin_domain::model::date::Weekday;

use super::field_kind::weekday_of;

/// One item of the list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChangeItem<'a> {
    /// The change; for several weekdays the change of the first.
    pub(crate) change: &'a Change,
    /// Weekdays whose opening hours changed like this, in order; empty for any other change.
    pub(crate) days: Vec<Weekday>,
}

/// Groups the changes, in the order of the first change of each item.
pub(crate) fn items(changes: &[Change]) -> Vec<ChangeItem<'_>> {
    let mut items: Vec<ChangeItem<'_>> = Vec::new();
    for change in changes {
        let day = weekday_of(&change.field.path);
        let is_alike = |item: &&mut ChangeItem<'_>| {
            let other = item.change;
            !item.days.is_empty()
                && other.field.entity == change.field.entity
                && (&other.before, &other.after) == (&change.before, &change.after)
        };
        match items.iter_mut().find(is_alike) {
            Some(item) if day.is_some() => item.days.extend(day),
            _ => items.push(ChangeItem {
                change,
                days: day.into_iter().collect(),
            }),
        }
    }
    let index_of = |day: &Weekday| Weekday::ALL.iter().position(|other| other == day);
    for item in &mut items {
        item.days.sort_by_key(index_of);
    }
    items
}

#[cfg(test)]
mod tests {
    use yobirin_domain::diff::between;
    use yobirin_domain::model::hours::{Span, Week};
    use yobirin_domain::model::settings::SettingsDocument;

    use super::*;

    #[test]
    fn weekdays_whose_hours_changed_alike_are_one_line() {
        let before = SettingsDocument::default();
        let mut after = before.clone();
        let span = Span {
            from: "09:00".parse().unwrap(),
            to: "18:00".parse().unwrap(),
        };
        after.site.opening_hours = Some(Week::workdays(span));
        after.site.name = "本社".into();
        let changes = between(&before, &after);
        let items = items(&changes);
        let days: Vec<usize> = items.iter().map(|item| item.days.len()).collect();
        assert!(days.contains(&5), "Monday to Friday: {items:?}");
        assert!(days.contains(&0), "the name: {items:?}");
        let workdays = items.iter().find(|item| item.days.len() == 5).unwrap();
        assert_eq!(workdays.days, Weekday::ALL[..5]);
        assert_eq!(items.len(), 3, "the name, the workdays, the weekend");
        assert!(
            changes.len() > items.len(),
            "changes are not counted, but rows"
        );
    }
}
