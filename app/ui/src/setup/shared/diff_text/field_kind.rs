//! Kind of a field's value, by the field's path in the JSON form of a record.

use yobirin_domain::model::date::Weekday;

/// Kind of a value, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    /// Action of a button, with the group that it concerns.
    Action,
    /// Age of a backup, in days.
    BackupDays,
    /// Closed day, or several in a row.
    ClosedDays,
    /// Date.
    Day,
    /// Steps of an escalation.
    Escalation,
    /// Id of a record or room, or a list of ids.
    Id(IdKind),
    /// Picture.
    Image,
    /// Opening hours of the week, of the site or of a device.
    OpeningHours,
    /// Retention of records, in days.
    RetentionDays,
    /// Secret, whose value is not shown.
    Secret,
    /// Opening hours of one weekday.
    WeekdayHours,
    /// Word, number, text, or a record of several fields.
    Plain,
}

/// Kind of record that an id belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IdKind {
    Button,
    Group,
    Host,
    Room,
}

impl FieldKind {
    /// Kind of the values of the field `path`.
    pub(super) fn of(path: &[String]) -> Self {
        let (_, field) = split_button(path);
        let field: Vec<&str> = field.iter().map(String::as_str).collect();
        match field.as_slice() {
            ["retention", ..] => Self::RetentionDays,
            ["opening_hours"] | ["opening_hours", "own", "week"] => Self::OpeningHours,
            ["opening_hours", .., day] if weekday(day).is_some() => Self::WeekdayHours,
            [.., "action"] => Self::Action,
            [.., "backup_days"] => Self::BackupDays,
            [.., "absent_from" | "absent_until"] => Self::Day,
            [.., "closed_days"] => Self::ClosedDays,
            [.., "escalation"] => Self::Escalation,
            [.., "logo"] => Self::Image,
            [.., "exit_pin"] => Self::Secret,
            ["menu"] => Self::Id(IdKind::Button),
            [.., "groups" | "parent" | "group" | "below"] => Self::Id(IdKind::Group),
            [.., "delegates" | "in_charge"] => Self::Id(IdKind::Host),
            [.., "room" | "default_room"] => Self::Id(IdKind::Room),
            _ => Self::Plain,
        }
    }
}

/// Splits a path into the id of the button that it leads to and the path within the button; a path outside the menu
/// has no id and stays whole.
pub(super) fn split_button(path: &[String]) -> (Option<&str>, &[String]) {
    match path {
        [menu, button, field @ ..] if menu == "menu" => (Some(button), field),
        _ => (None, path),
    }
}

/// Weekday whose opening hours the field `path` holds; `None` for any other field.
pub(super) fn weekday_of(path: &[String]) -> Option<Weekday> {
    match FieldKind::of(path) {
        FieldKind::WeekdayHours => weekday(path.last()?),
        _ => None,
    }
}

fn weekday(key: &str) -> Option<Weekday> {
    Weekday::ALL.into_iter().find(|day| day.key() == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_the_kind_of_its_values() {
        for (path, expected) in [
            ("", FieldKind::Plain),
            ("action", FieldKind::Action),
            ("menu.b1.action", FieldKind::Action),
            ("alarms.backup_days", FieldKind::BackupDays),
            ("alarms.room", FieldKind::Id(IdKind::Room)),
            ("menu.b1.escalation", FieldKind::Escalation),
            ("menu", FieldKind::Id(IdKind::Button)),
            ("retention.visitors", FieldKind::RetentionDays),
            ("opening_hours", FieldKind::OpeningHours),
            ("opening_hours.own", FieldKind::Plain),
            ("opening_hours.own.week", FieldKind::OpeningHours),
            ("opening_hours.mon", FieldKind::WeekdayHours),
            ("opening_hours.own.week.sun", FieldKind::WeekdayHours),
            // Buttons may have the ids that fields have.
            ("menu.room", FieldKind::Plain),
            ("menu.logo", FieldKind::Plain),
        ] {
            let keys: Vec<String> = path
                .split('.')
                .filter(|key| !key.is_empty())
                .map(str::to_owned)
                .collect();
            assert_eq!(FieldKind::of(&keys), expected, "{path}");
        }
    }
}
