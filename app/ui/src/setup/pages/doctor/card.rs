//! One finding of the doctor, with a button for each repair.

use leptos::prelude::*;
use yobirin_domain::diagnose::{Finding, Repair};

use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, Nav, words};
use crate::setup::pages::hosts::list::{HostFilter, ListState};
use crate::setup::shared::display_names::DisplayNames;

use super::{Doctor, Wording};

#[component]
#[allow(clippy::needless_pass_by_value)] // a component owns what it shows
pub(crate) fn FindingCard(finding: Finding) -> impl IntoView {
    let done = words().overview.done;
    let wording = Wording::from_context();
    let repairs = finding.repairs();
    let (kind, text, advice) = wording.of(&finding);
    let confirmation = wording.of_repaired(&finding);
    let field = field_of(&finding);
    let finding = StoredValue::new(finding);
    let doctor = expect_context::<Doctor>();
    let is_repaired = Memo::new(move |_| finding.with_value(|finding| doctor.is_repaired(finding)));
    let repairs = repairs.into_iter().enumerate().map(|(index, repair)| {
        view! { <RepairButton repair=repair finding=finding is_repaired=is_repaired is_first=index == 0 field=field /> }
    });
    let mark = move || {
        is_repaired.get().then(|| {
            view! { <span class="badge" data-tone="done"><Icon sign=Sign::DONE />{done}</span> }
        })
    };
    // The card of a repaired finding stays, with its pressed button, so that the confirmation is seen where it was pressed.
    view! {
        <li
            class="finding"
            data-finding=move || (!is_repaired.get()).then_some(kind)
            data-repaired=move || is_repaired.get().then_some(kind)
        >
            <p class="row"><strong>{text}</strong>{mark}</p>
            <p class="muted" role="status">{move || if is_repaired.get() { confirmation } else { advice }}</p>
            <div class="row">{repairs.collect_view()}</div>
        </li>
    }
}

/// Selector of the field that a finding is about, on the long page of a host, group or device.
fn field_of(finding: &Finding) -> Option<&'static str> {
    match finding {
        Finding::NoAccount { .. }
        | Finding::UnknownAccount { .. }
        | Finding::SharedAccount { .. }
        | Finding::BotIsHost { .. } => Some("[name=host-account]"),
        Finding::AbsentWithDelegates { .. } | Finding::AbsentWithoutDelegate { .. } => {
            Some("[name=host-delegates]")
        }
        Finding::NobodyInCharge { .. }
        | Finding::NobodyMentioned { .. }
        | Finding::StaffUnmentioned { .. } => Some("[name=group-in-charge]"),
        Finding::UnavailableRoom { .. }
        | Finding::NotAGroupChat { .. }
        | Finding::ReadInDefaultRoom { .. } => Some("[name=group-room]"),
        _ => None,
    }
}

/// Button or link of one repair; the first of a finding stands out.
#[component]
fn RepairButton(
    repair: Repair,
    /// The finding.
    finding: StoredValue<Finding>,
    /// True once the finding is repaired.
    is_repaired: Memo<bool>,
    is_first: bool,
    /// Field of the page of a host, group or device that gets the focus, instead of the heading.
    field: Option<&'static str>,
) -> impl IntoView {
    let words = words();
    let texts = &words.doctor;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let class = if is_first {
        "button small first-fix"
    } else {
        "button small"
    };
    let link_to_field = |page: SetupPage, text: String, field: Option<&'static str>| match field {
        Some(field) => {
            view! { <Link to=page class=class action="open" focus=field>{text}</Link> }.into_any()
        }
        None => view! { <Link to=page class=class action="open">{text}</Link> }.into_any(),
    };
    let page_link = |page: SetupPage, text: String| link_to_field(page, text, None);
    let doctor = expect_context::<Doctor>();
    // A button that repairs the finding in the draft.
    let draft_button = |action: &'static str, label: String, repair: Callback<()>| {
        let text = move || {
            if is_repaired.get() {
                texts.repaired.to_owned()
            } else {
                label.clone()
            }
        };
        view! {
            <button type="button" class=class data-action=action
                aria-disabled=move || is_repaired.get().to_string()
                on:click=move |_| if !is_repaired.get_untracked() {
                    doctor.record_repair(finding.get_value());
                    repair.run(());
                }>{text}</button>
        }
        .into_any()
    };
    let open_label = |name: String| fill(texts.open, &[("name", &name)]);
    match repair {
        Repair::OpenHost(id) => {
            let text = open_label(names.host(&id));
            link_to_field(SetupPage::Host(id), text, field)
        }
        Repair::OpenGroup(id) => {
            let text = open_label(names.group(&id));
            link_to_field(SetupPage::Group(id), text, field)
        }
        Repair::OpenGroups => page_link(SetupPage::Groups, texts.open_groups.to_owned()),
        Repair::OpenDevice(id) => {
            let text = open_label(names.device(&id));
            link_to_field(SetupPage::Device(id), text, field)
        }
        Repair::OpenChatwork => page_link(SetupPage::Chatwork, texts.open_chatwork.to_owned()),
        Repair::OpenDefaultRoom => link_to_field(
            SetupPage::Chatwork,
            texts.open_default_room.to_owned(),
            Some("[name=default-room]"),
        ),
        Repair::OpenExitPin => link_to_field(
            SetupPage::Site,
            texts.open_exit_pin.to_owned(),
            Some("[name=exit-pin]"),
        ),
        Repair::OpenAlarms => link_to_field(
            SetupPage::Alarms,
            texts.open_alarms.to_owned(),
            Some("[name=alarm-room]"),
        ),
        Repair::OpenEscalation => link_to_field(
            SetupPage::Answers,
            texts.open_escalation.to_owned(),
            Some("[data-section=escalation] :is([name=step-to], [data-action=use-preset])"),
        ),
        Repair::OpenPeopleFromChatwork => page_link(
            SetupPage::PeopleFromChatwork,
            words.people_from_chatwork.open.to_owned(),
        ),
        Repair::OpenHostsWithoutFurigana => {
            let (nav, list) = (expect_context::<Nav>(), expect_context::<ListState>());
            let open = move |_| {
                list.show(HostFilter::NoFurigana);
                nav.go(SetupPage::Hosts);
            };
            view! {
                <button type="button" class=class data-action="open" on:click=open>{texts.open_no_furigana}</button>
            }
            .into_any()
        }
        Repair::OpenRoom(room) => {
            let address = format!("https://www.chatwork.com/#!rid{room}");
            view! {
                <a class=class href=address target="_blank" rel="noopener noreferrer" data-action="open-room">
                    {texts.open_room}<span class="visually-hidden">{words.layout.new_tab}</span>
                </a>
            }
            .into_any()
        }
        Repair::SetAccount(id, account) => {
            let host = store.host(id);
            let text = fill(texts.set_account, &[("id", &account.to_string())]);
            let set_account = move || host.edit(|host| host.account = Some(account));
            draft_button("set-account", text, Callback::new(move |()| set_account()))
        }
        Repair::DropRoom(groups) => {
            let remove_rooms = move || {
                store.edit(|document| {
                    for group in &mut document.groups {
                        if groups.contains(&group.id) {
                            group.room = None;
                        }
                    }
                });
            };
            let text = texts.use_parent_room.to_owned();
            draft_button("drop-room", text, Callback::new(move |()| remove_rooms()))
        }
        Repair::Accept(request) => {
            let text = move || {
                if is_repaired.get() {
                    texts.accepted
                } else if doctor.is_busy() {
                    texts.accepting
                } else {
                    texts.accept
                }
            };
            view! {
                <button type="button" class=class data-action="accept"
                    aria-disabled=move || (doctor.is_busy() || is_repaired.get()).to_string()
                    on:click=move |_| if !is_repaired.get_untracked() {
                        doctor.accept(request, finding.get_value());
                    }>{text}</button>
            }
            .into_any()
        }
    }
}
