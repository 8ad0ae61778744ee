use yobirin_domain::model::id::{CallId, HostId};
use yobirin_domain::model::lang::TranslatedText;
use yobirin_domain::model::menu::{Ask, Icon, Method, Need};

use super::*;

const ASK_NAME: Ask = Ask {
    name: Need::Required,
    ..Ask::NOTHING
};

fn a_button(id: &str, action: Action, ask: Ask) -> Button {
    Button {
        id: id.parse().unwrap(),
        label: TranslatedText::of(Lang::Ja, id),
        icon: Icon::Bell,
        action,
        method: Method::Room,
        ask,
        template: None,
        escalation: None,
        missed_visit: false,
    }
}

fn tablet() -> Device {
    let group: GroupId = "g".parse().unwrap();
    Device {
        menu: vec![
            a_button(
                "courier",
                Action::Custom {
                    group: group.clone(),
                },
                Ask::NOTHING,
            ),
            a_button("interview", Action::Custom { group }, ASK_NAME),
            a_button(
                "groups",
                Action::GroupSelection { below: None },
                Ask::NOTHING,
            ),
            a_button("search", Action::HostSearch, ASK_NAME),
            a_button("open", Action::HostOpen, ASK_NAME),
        ],
        ..Device::named("d".parse().unwrap(), "受付")
    }
}

fn fresh() -> Navigation {
    Navigation::new(Lang::Ja, Accessibility::default())
}

fn press(id: &str) -> Intent {
    Intent::PressButton(id.parse().unwrap())
}

fn choose_host() -> Intent {
    let host: HostId = "h".parse().unwrap();
    Intent::Choose {
        target: Target::Host(host),
        is_masked: false,
    }
}

/// Applies intents, starting on the menu. Returns the navigation, and the request of the last intent.
fn apply_all(intents: Vec<Intent>) -> (Navigation, Option<CallRequest>) {
    let (mut navigation, device) = (fresh(), tablet());
    let mut request = None;
    for intent in intents {
        request = navigation.apply(intent, &device);
    }
    (navigation, request)
}

#[test]
fn a_custom_button_that_asks_nothing_calls_at_one_tap() {
    let (_, request) = apply_all(vec![press("courier")]);
    assert_eq!(
        request.map(|request| request.target),
        Some(Target::Group("g".parse().unwrap()))
    );
}

#[test]
fn a_double_tap_makes_one_call() {
    let (mut navigation, device) = (fresh(), tablet());
    assert!(navigation.apply(press("courier"), &device).is_some());
    navigation.show_call(CallId::new(1, &[0; 10]));
    assert!(navigation.apply(press("courier"), &device).is_none());
    assert!(navigation.apply(Intent::ConfirmCall, &device).is_none());
}

#[test]
fn required_answers_are_needed_before_the_confirmation() {
    let (mut navigation, _) = apply_all(vec![press("interview"), Intent::SubmitDetails]);
    assert!(
        matches!(navigation.screen(), Screen::Details(_)),
        "the form stays until the required name is entered"
    );
    assert!(navigation.form.is_submitted);
    navigation.form.visitor.name = "山田".to_owned();
    assert!(navigation.apply(Intent::SubmitDetails, &tablet()).is_none());
    assert!(matches!(navigation.screen(), Screen::Confirm(_)));
    let request = navigation.apply(Intent::ConfirmCall, &tablet()).unwrap();
    assert_eq!(request.visitor.name, "山田");
}

#[test]
fn a_call_carries_the_notice_of_its_form_and_the_next_visitor_starts_without() {
    let (mut navigation, _) = apply_all(vec![press("interview")]);
    navigation.form.visitor.name = "山田".to_owned();
    navigation.form.notice = "0123abcd".parse().ok();
    navigation.apply(Intent::SubmitDetails, &tablet());
    let staff = navigation.apply(Intent::CallStaff, &tablet()).unwrap();
    assert_eq!(
        staff.notice, None,
        "a call to staff asks for nothing, so it has no notice"
    );
    let request = navigation.apply(Intent::ConfirmCall, &tablet()).unwrap();
    assert_eq!(request.notice, "0123abcd".parse().ok());
    assert!(request.notice.is_some());
    navigation.show_call(CallId::new(1, &[0; 10]));
    assert_eq!(navigation.form.notice, None);
}

#[test]
fn a_selection_leads_to_questions_only_if_the_button_has_any() {
    let (navigation, _) = apply_all(vec![press("search"), choose_host()]);
    assert!(matches!(navigation.screen(), Screen::Details(_)));
    let (navigation, _) = apply_all(vec![press("groups"), choose_host()]);
    assert!(matches!(navigation.screen(), Screen::Confirm(_)));
}

#[test]
fn a_search_leads_to_the_groups_it_has_found_and_to_the_menus_other_ways() {
    let choose_found = |press| Intent::ChooseFoundGroup {
        button: "groups".parse().unwrap(),
        group: "g".parse().unwrap(),
        press,
    };
    let call_found = choose_found(GroupPress::Call);
    let (mut navigation, _) = apply_all(vec![press("search"), call_found.clone()]);
    // The button that offers the group asks nothing, unlike the button of the search.
    let Screen::Confirm(selection) = navigation.screen() else {
        panic!("not selected: {navigation:?}");
    };
    assert_eq!(selection.button.as_str(), "groups");
    navigation.apply(Intent::Back, &tablet());
    assert!(matches!(navigation.screen(), Screen::HostSearch { .. }));
    navigation.apply(choose_found(GroupPress::Open), &tablet());
    assert!(matches!(
        navigation.screen(),
        Screen::Groups { at: Some(_), .. }
    ));
    navigation.apply(Intent::Back, &tablet());
    navigation.apply(press("open"), &tablet());
    assert!(matches!(navigation.screen(), Screen::HostOpen { .. }));
    navigation.apply(call_found, &tablet());
    assert!(
        matches!(navigation.screen(), Screen::HostOpen { .. }),
        "the list of hosts is no search"
    );
}

#[test]
fn back_returns_step_by_step_and_breadcrumbs_do_not_pile_up() {
    let group = |id: &str| Intent::OpenGroup(Some(id.parse().unwrap()));
    let (mut navigation, _) = apply_all(vec![press("groups"), group("a"), group("b"), group("a")]);
    assert!(
        matches!(navigation.screen(), Screen::Groups { at: Some(at), .. } if at.as_str() == "a")
    );
    navigation.apply(Intent::Back, &tablet());
    assert!(matches!(
        navigation.screen(),
        Screen::Groups { at: None, .. }
    ));
    navigation.apply(Intent::Back, &tablet());
    assert_eq!(navigation.screen(), &Screen::Menu);
    navigation.apply(Intent::Back, &tablet());
    assert_eq!(navigation.screen(), &Screen::Menu);
}

#[test]
fn going_back_keeps_what_was_typed_and_leaving_forgets_it() {
    let (mut navigation, _) = apply_all(vec![press("search")]);
    navigation.form.query = "さとう".to_owned();
    navigation.apply(choose_host(), &tablet());
    navigation.form.visitor.name = "山田".to_owned();
    navigation.apply(Intent::Back, &tablet());
    assert_eq!(navigation.form.query, "さとう");
    assert_eq!(navigation.form.visitor.name, "山田");
    navigation.apply(Intent::Home, &tablet());
    assert_eq!(navigation.form, VisitorForm::default());
}

#[test]
fn going_back_to_the_menu_forgets_what_was_typed() {
    let (mut navigation, _) = apply_all(vec![press("search")]);
    navigation.form.query = "さとう".to_owned();
    navigation.apply(choose_host(), &tablet());
    navigation.form.visitor.name = "山田".to_owned();
    navigation.apply(Intent::Back, &tablet());
    assert_eq!(navigation.form.visitor.name, "山田");
    navigation.apply(Intent::Back, &tablet());
    assert_eq!(navigation.screen(), &Screen::Menu);
    assert_eq!(navigation.form, VisitorForm::default());
    let next = navigation.apply(press("courier"), &tablet()).unwrap();
    assert_eq!(next.visitor.name, "");
}

#[test]
fn showing_a_call_drops_the_form() {
    let (mut navigation, _) = apply_all(vec![press("search")]);
    navigation.form.query = "さとう".to_owned();
    navigation.show_call(CallId::new(1, &[0; 10]));
    assert_eq!(navigation.form, VisitorForm::default());
    navigation.apply(Intent::Back, &tablet());
    assert_eq!(navigation.screen(), &Screen::Menu);
}

#[test]
fn language_accessibility_options_and_dialogs_count_as_use() {
    let unused = fresh();
    assert!(unused.is_untouched(Lang::Ja, Accessibility::default()));
    let mut korean = unused.clone();
    korean.set_language(Lang::Ko);
    let mut with_dialog = unused.clone();
    with_dialog.set_overlay(Some(Overlay::Staff));
    let mut high_contrast = unused.clone();
    high_contrast.change_accessibility(|accessibility| accessibility.high_contrast = true);
    let (selecting, _) = apply_all(vec![press("open")]);
    for used in [korean, with_dialog, high_contrast, selecting] {
        assert!(
            !used.is_untouched(Lang::Ja, Accessibility::default()),
            "{used:?}"
        );
    }
}

#[test]
fn an_intent_of_another_screen_changes_nothing() {
    let menu = fresh();
    for intent in [
        choose_host(),
        Intent::SubmitDetails,
        Intent::ConfirmCall,
        press("nowhere"),
    ] {
        let (navigation, request) = apply_all(vec![intent.clone()]);
        assert_eq!((&navigation, request), (&menu, None), "{intent:?}");
    }
}

#[test]
fn staff_are_called_from_any_screen_at_one_tap_and_without_what_was_typed() {
    let (mut navigation, device) = (fresh(), tablet());
    for intent in [press("search"), choose_host()] {
        navigation.apply(intent, &device);
    }
    navigation.form.visitor.name = "山本".to_owned();
    let request = navigation
        .apply(Intent::CallStaff, &device)
        .expect("a request");
    assert_eq!(request.target, Target::Staff);
    assert_eq!(request.visitor, Visitor::default());
}
