//! Opening hours of a tablet and their transitions.

use super::*;
use crate::model::date::Weekday;
use crate::test_office;

fn span(from: &str, to: &str) -> Span {
    Span {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    }
}

fn local_date_time(text: &str) -> LocalDateTime {
    let (day, time) = text.split_once(' ').unwrap();
    LocalDateTime {
        day: day.parse().unwrap(),
        time: time.parse().unwrap(),
    }
}

fn closed_day(day: &str) -> ClosedDays {
    day.parse::<Date>().unwrap().into()
}

/// 9–12 and 13–18 on workdays, 10–12 on Saturdays. 2026-11-23 is a Monday.
fn week() -> Week {
    let mut week = Week::workdays(span("09:00", "12:00"));
    for day in Weekday::ALL.into_iter().filter(|day| day.is_workday()) {
        week.on_mut(day).push(span("13:00", "18:00"));
    }
    week.sat.push(span("10:00", "12:00"));
    week
}

#[test]
fn only_hh_mm_from_0000_to_2400_is_a_time() {
    for good in ["00:00", "09:05", "23:59", "24:00"] {
        assert_eq!(good.parse::<TimeOfDay>().unwrap().to_string(), good);
    }
    for bad in [
        "", "9:00", "24:01", "12:60", "12:5", "12", "ab:cd", "+9:00", "12:00:00",
    ] {
        assert_eq!(bad.parse::<TimeOfDay>(), Err(InvalidTime), "{bad:?}");
    }
}

#[test]
fn a_span_includes_its_start_and_excludes_its_end() {
    let closed = [closed_day("2026-11-25")];
    let week = week();
    let hours = Hours::Weekly {
        week: &week,
        closed: &closed,
    };
    for (at, is_open) in [
        ("2026-11-23 08:59", false),
        ("2026-11-23 09:00", true),
        ("2026-11-23 11:59", true),
        ("2026-11-23 12:00", false),
        ("2026-11-23 13:00", true),
        ("2026-11-23 18:00", false),
        ("2026-11-25 10:00", false),
        ("2026-11-28 10:00", true),
        ("2026-11-29 10:00", false),
    ] {
        assert_eq!(hours.is_open(local_date_time(at)), is_open, "{at}");
    }
}

#[test]
fn the_next_transition_is_found_across_breaks_weekends_and_closed_days() {
    let closed = [closed_day("2026-11-30")];
    let week = week();
    let hours = Hours::Weekly {
        week: &week,
        closed: &closed,
    };
    for (now, at, opens) in [
        ("2026-11-23 03:00", "2026-11-23 09:00", true),
        ("2026-11-23 09:00", "2026-11-23 12:00", false),
        ("2026-11-23 12:30", "2026-11-23 13:00", true),
        ("2026-11-27 18:00", "2026-11-28 10:00", true),
        ("2026-11-28 12:00", "2026-12-01 09:00", true),
    ] {
        let at = local_date_time(at);
        let found = hours.next_transition(local_date_time(now));
        assert_eq!(found, Some(HoursTransition { at, opens }), "after {now}");
    }
}

#[test]
fn adjacent_spans_make_no_transition() {
    let week = Week {
        mon: vec![span("20:00", "22:00"), span("22:00", "24:00")],
        tue: vec![span("00:00", "02:00")],
        ..Week::default()
    };
    let hours = Hours::Weekly {
        week: &week,
        closed: &[],
    };
    let transition = hours.next_transition(local_date_time("2026-11-23 21:00"));
    let at = local_date_time("2026-11-24 02:00");
    assert_eq!(transition, Some(HoursTransition { at, opens: false }));
}

#[test]
fn hours_that_never_change_have_no_transition() {
    let now = local_date_time("2026-11-23 21:00");
    assert_eq!(Hours::Always.next_transition(now), None);
    assert!(Hours::Always.is_open(now));
    let never = Hours::Weekly {
        week: &Week::default(),
        closed: &[],
    };
    assert_eq!(never.next_transition(now), None);
    let mut day_and_night = Week::default();
    for day in Weekday::ALL {
        day_and_night.on_mut(day).push(span("00:00", "24:00"));
    }
    let always = Hours::Weekly {
        week: &day_and_night,
        closed: &[],
    };
    assert_eq!(always.next_transition(now), None);
}

#[test]
fn a_tablet_uses_the_sites_hours_unless_it_has_its_own() {
    let mut document = test_office::document();
    let hours = |document: &crate::model::settings::SettingsDocument| {
        let (site, device) = (&document.site, &document.devices[0]);
        let own = &device.opening_hours;
        let hours = Hours::of(site.opening_hours.as_ref(), own, &site.closed_days);
        let Hours::Weekly { week, closed } = hours else {
            return None;
        };
        Some((week.clone(), closed.to_vec()))
    };
    assert_eq!(
        hours(&document),
        None,
        "always open until the site has hours"
    );
    document.site.opening_hours = Some(week());
    document.site.closed_days = vec![closed_day("2026-12-31")];
    let closed = document.site.closed_days.clone();
    assert_eq!(hours(&document), Some((week(), closed.clone())));
    let own = Week::workdays(span("08:00", "20:00"));
    document.devices[0].opening_hours = DeviceHours::Own { week: own.clone() };
    assert_eq!(hours(&document), Some((own, closed)));
    document.devices[0].opening_hours = DeviceHours::Always;
    assert_eq!(hours(&document), None);
}

#[test]
fn hours_are_serialized_by_weekday_as_hh_mm() {
    let mut week = Week::default();
    week.mon.push(span("09:00", "18:30"));
    let own = DeviceHours::Own { week };
    let json = serde_json::to_value(&own).unwrap();
    assert_eq!(json["own"]["week"]["mon"][0]["to"], "18:30");
    assert_eq!(serde_json::from_value::<DeviceHours>(json).unwrap(), own);
}
