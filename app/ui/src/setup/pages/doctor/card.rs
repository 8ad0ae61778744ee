//! One finding of the doctor, with a button for each repair.

use leptos::prelude::*;
use yobirin_domain::diagnose::{Finding, Repair};

use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::shared::display_names::DisplayNames;

use super::{Doctor, Wording};

#[component]
#[allow(clippy::needless_pass_by_value)] // a component owns what it shows
pub(crate) fn FindingCard(finding: Finding) -> impl IntoView {
    let wording = Wording::from_context();
    let repairs = finding.repairs();
    let (kind, text, advice) = wording.of(&finding);
    let repairs = repairs
        .into_iter()
        .enumerate()
        .map(|(index, repair)| view! { <RepairButton repair=repair is_first=index == 0 /> });
    view! {
        <li class="finding" data-finding=kind>
            <p><strong>{text}</strong></p>
            <p class="muted">{advice}</p>
            <div class="row">{repairs.collect_view()}</div>
        </li>
    }
}

/// Button or link of one repair; the first of a finding stands out.
#[component]
fn RepairButton(repair: Repair, is_first: bool) -> impl IntoView {
    let words = words();
    let texts = &words.doctor;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let class = if is_first {
        "button small first-fix"
    } else {
        "button small"
    };
    let page_link = |page: SetupPage, text: String| {
        view! { <Link to=page class=class action="open">{text}</Link> }.into_any()
    };
    let open_label = |name: String| fill(texts.open, &[("name", &name)]);
    match repair {
        Repair::OpenHost(id) => {
            let text = open_label(names.host(&id));
            page_link(SetupPage::Host(id), text)
        }
        Repair::OpenGroup(id) => {
            let text = open_label(names.group(&id));
            page_link(SetupPage::Group(id), text)
        }
        Repair::OpenGroups => page_link(SetupPage::Groups, texts.open_groups.to_owned()),
        Repair::OpenDevice(id) => {
            let text = open_label(names.device(&id));
            page_link(SetupPage::Device(id), text)
        }
        Repair::OpenChatwork => page_link(SetupPage::Chatwork, texts.open_chatwork.to_owned()),
        Repair::OpenExitPin => page_link(SetupPage::Site, texts.open_site.to_owned()),
        Repair::OpenAlarms => view! {
            <Link to=SetupPage::Alarms class=class action="open" focus="[name=alarm-room]">{texts.open_alarms}</Link>
        }
        .into_any(),
        Repair::OpenEscalation => view! {
            <Link to=SetupPage::Answers class=class action="open" focus="[data-section=escalation] [name=step-to]">{texts.open_escalation}</Link>
        }
        .into_any(),
        Repair::OpenRoom(room) => {
            let address = format!("https://www.chatwork.com/#!rid{room}");
            view! {
                <a class=class href=address target="_blank" rel="noopener noreferrer" data-action="open-room">
                    {texts.open_room}<span class="visually-hidden">{words.shell.new_tab}</span>
                </a>
            }
            .into_any()
        }
        Repair::SetAccount(id, account) => {
            let host = store.host(id);
            let text = fill(texts.set_account, &[("id", &account.to_string())]);
            view! {
                <button type="button" class=class data-action="set-account"
                    on:click=move |_| host.edit(|host| host.account = Some(account))>{text}</button>
            }
            .into_any()
        }
        Repair::DropRoom(groups) => {
            let remove_rooms = move |_| {
                store.edit(|document| {
                    for group in &mut document.groups {
                        if groups.contains(&group.id) {
                            group.room = None;
                        }
                    }
                });
            };
            view! {
                <button type="button" class=class data-action="drop-room" on:click=remove_rooms>{texts.use_parent_room}</button>
            }
            .into_any()
        }
        Repair::Accept(request) => {
            let doctor = expect_context::<Doctor>();
            let text = move || {
                if doctor.is_busy() {
                    texts.accepting
                } else {
                    texts.accept
                }
            };
            view! {
                <button type="button" class=class data-action="accept"
                    aria-disabled=move || doctor.is_busy().to_string()
                    on:click=move |_| doctor.accept(request)>{text}</button>
            }
            .into_any()
        }
    }
}
