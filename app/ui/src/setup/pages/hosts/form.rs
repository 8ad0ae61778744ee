//! Page of a host.

use leptos::prelude::*;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::{AccountId, HostId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::names::display_name;
use yobirin_domain::text::is_blank;

use crate::components::{Alert, Check, TextArea, TextField, Tone};
use crate::i18n::fill;
use crate::router::SetupPage;

use super::link::PersonalLinkSection;
use super::memberships::Memberships;
use super::suggest::Candidates;
use crate::setup::draft::cascade_delete::{host_uses, remove_host};
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::{Nav, words};
use crate::setup::shared::delete_entry::DeleteEntry;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::{PageFrame, Section};
use crate::setup::shared::pick::{AccountField, HostList};

#[component]
pub(crate) fn HostPage(id: HostId) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let host = store.host(id.clone());
    let exists = host.exists();
    let name = host.text(|host| host.name.clone());
    let title = {
        let id = id.clone();
        Signal::derive(move || match name.get() {
            _ if !exists.get() => names.host(&id),
            name if is_blank(&name) => words.names.unnamed.to_owned(),
            name => name,
        })
    };
    let content = move || {
        if exists.get() {
            view! { <HostForm id=id.clone() host=host /> }.into_any()
        } else {
            view! { <Alert tone=Tone::Warn kind="gone">{words.api_errors.not_found}</Alert> }
                .into_any()
        }
    };
    view! {
        <PageFrame name="host" title=title up=(SetupPage::Hosts, texts.title)>
            {content}
        </PageFrame>
    }
}

#[component]
fn HostForm(id: HostId, host: Binding<Host>) -> impl IntoView {
    let texts = &words().hosts;
    let id = StoredValue::new(id);
    let absent_until = host.text(|host| {
        host.absent_until
            .map(|day| day.to_string())
            .unwrap_or_default()
    });
    let absent_from = host.text(|host| {
        host.absent_from
            .map(|day| day.to_string())
            .unwrap_or_default()
    });
    let set_absent_until = host.set(|host, text: String| match DayInput::read(&text) {
        DayInput::Empty => host.set_absent_until(None),
        // Keeps a first day after this one, and the field shows a problem: who types the month 12 passes through
        // month 1.
        DayInput::Day(day) => host.absent_until = Some(day),
        DayInput::Incomplete => {}
    });
    let set_absent_from = host.set(|host, text: String| match DayInput::read(&text) {
        DayInput::Empty => host.set_absent_from(None),
        DayInput::Day(day) => host.set_absent_from(Some(day)),
        DayInput::Incomplete => {}
    });
    view! {
        <Section title=texts.details name="person">
            <div class="fields">
                <TextField
                    name="host-name"
                    label=texts.name
                    hint=texts.name_hint
                    value=host.text(|host| host.name.clone())
                    on_input=host.set(|host, text| host.name = text)
                    problem=host.problem("name")
                />
                <TextField
                    name="host-kana"
                    label=texts.kana
                    hint=texts.kana_hint
                    value=host.text(|host| host.kana.clone())
                    on_input=host.set(|host, text| host.kana = text)
                    problem=host.problem("kana")
                />
                <TextField
                    name="host-latin-name"
                    label=texts.latin_name
                    hint=texts.latin_hint
                    value=host.text(|host| host.latin_name.clone())
                    example=host.text(spelled_from_reading)
                    on_input=host.set(|host, text| host.latin_name = text)
                    problem=host.problem("latin_name")
                />
                <TextField
                    name="host-display-name"
                    label=texts.display_name
                    hint=texts.display_hint
                    value=host.text(|host| host.display_name.clone())
                    on_input=host.set(|host, text| host.display_name = text)
                    problem=host.problem("display_name")
                />
                <SearchKeys host=host />
            </div>
        </Section>
        <Section title=texts.account lead=texts.account_lead name="account">
            <Candidates host=host />
            <AccountField
                name="host-account"
                label=texts.account
                change=texts.account_change
                hint=texts.account_hint
                value=host.read(|host| host.account)
                on_change=host.set(|host, account: Option<AccountId>| host.account = account)
                problem=host.problem("account")
            />
        </Section>
        <Section title=texts.groups lead=texts.groups_lead name="groups">
            <Memberships host=host />
        </Section>
        <Section title=texts.absence name="absence">
            <div class="fields columns-2">
                <TextField
                    name="host-absent-from"
                    kind="date"
                    label=texts.absent_from
                    hint=texts.absent_from_hint
                    value=absent_from
                    on_input=set_absent_from
                />
                <TextField
                    name="host-absent-until"
                    kind="date"
                    label=texts.absent_until
                    hint=texts.absent_hint
                    value=absent_until
                    on_input=set_absent_until
                    problem=host.problem("absent_until")
                />
            </div>
            <OnlyAbsentNotified id=id.get_value() />
            <HostList
                name="host-delegates"
                label=texts.delegates
                hint=texts.delegates_hint
                value=host.read(|host| host.delegates.clone())
                on_change=host.set(|host, delegates| host.delegates = delegates)
                except=id.get_value()
                problem=host.problem("delegates")
            />
        </Section>
        <Section title=texts.on_tablets name="on-tablets">
            <TextArea
                name="host-visitor-message"
                label=texts.visitor_message
                hint=texts.visitor_hint
                value=host.text(|host| host.visitor_message.clone())
                on_input=host.set(|host, text| host.visitor_message = text)
                problem=host.problem("visitor_message")
            />
            <Check
                name="host-hidden"
                label=texts.hidden
                hint=texts.hidden_hint
                value=host.read(|host| host.hidden)
                on_change=host.set(|host, hidden| host.hidden = hidden)
            />
        </Section>
        <PersonalLinkSection id=id.get_value() />
        <DeleteHost id=id.get_value() />
    }
}

/// Says that nobody but the absent host is notified. Renders nothing without an absence or with a delegate.
#[component]
fn OnlyAbsentNotified(id: HostId) -> impl IntoView {
    let texts = &words().hosts;
    let store = expect_context::<DraftStore>();
    let lacks_delegate = store.memo(move |document| {
        let hosts = &document.hosts;
        let mut this = hosts.iter().filter(|host| host.id == id);
        this.any(|host| host.lacks_delegate(hosts))
    });
    move || {
        lacks_delegate.get().then(
            || view! { <Alert tone=Tone::Warn kind="no-delegate">{texts.only_absent_notified}</Alert> },
        )
    }
}

/// Content of a date input.
enum DayInput {
    Empty,
    Day(Date),
    /// A year such as 0002, while 2027 is being typed.
    Incomplete,
}

impl DayInput {
    fn read(text: &str) -> Self {
        if text.is_empty() {
            return Self::Empty;
        }
        text.parse().map_or(Self::Incomplete, Self::Day)
    }
}

/// Name in Latin letters that a tablet in English spells from the reading while the host has none of its own; `""`
/// when it shows the name unchanged.
fn spelled_from_reading(host: &Host) -> String {
    let host = Host {
        latin_name: String::new(),
        ..host.clone()
    };
    let name = display_name(&host, Lang::En);
    // Only a spelled name has a second line, which is the name as it is written.
    match name.secondary {
        Some(_) => name.primary,
        None => String::new(),
    }
}

/// Search keywords, separated by commas. The field keeps the text as typed, with its spaces and commas.
#[component]
fn SearchKeys(host: Binding<Host>) -> impl IntoView {
    let texts = &words().hosts;
    let typed = RwSignal::new(String::new());
    let keys = host.read(|host| host.search_keys.clone());
    // The keys differ from the typed text at first, and after an undo.
    let value = Signal::derive(move || {
        let (keys, typed) = (keys.get(), typed.get());
        if split_at_commas(&typed) == keys {
            typed
        } else {
            keys.join("、")
        }
    });
    view! {
        <TextField
            name="host-search-keys"
            label=texts.search_keys
            hint=texts.search_keys_hint
            value=value
            on_input=move |text: String| {
                let keys = split_at_commas(&text);
                typed.set(text);
                host.edit(|host| host.search_keys = keys);
            }
            problem=host.problem("search_keys")
        />
    }
}

/// Splits a line at Japanese and Latin commas.
fn split_at_commas(line: &str) -> Vec<String> {
    let words = line.split(['、', ',', '，']).map(str::trim);
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[component]
fn DeleteHost(id: HostId) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let names = DisplayNames::from_context();
    let id = StoredValue::new(id);
    let title = Signal::derive(move || {
        fill(
            texts.delete_question,
            &[("name", &id.with_value(|id| names.host(id)))],
        )
    });
    // The references that the deletion removes.
    let consequences = move || {
        let uses = store.with(|document| id.with_value(|id| host_uses(document, id)));
        let groups: Vec<String> = uses
            .in_charge
            .iter()
            .map(|group| names.group(group))
            .collect();
        let sentence_with = |template: &str, list: String| {
            (!list.is_empty()).then(|| view! { <p>{fill(template, &[("names", &list)])}</p> })
        };
        (
            sentence_with(
                texts.delete_in_charge,
                groups.join(words.names.list_separator),
            ),
            sentence_with(texts.delete_delegates, names.hosts(&uses.delegate_of)),
        )
    };
    view! {
        <DeleteEntry
            label=texts.delete
            question=title
            kind="delete-host"
            on_delete=move |()| {
                nav.go(SetupPage::Hosts);
                store.edit(|document| id.with_value(|id| remove_host(document, id)));
            }
        >
            <p>{texts.delete_explanation}</p>
            {consequences}
        </DeleteEntry>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_for_latin_letters_shows_what_a_tablet_would_show() {
        let mut host = Host::named("h".parse().unwrap(), "鈴木 大輔");
        assert_eq!(spelled_from_reading(&host), "");
        host.kana = "すずき だいすけ".to_owned();
        host.latin_name = "Daisuke S.".to_owned();
        assert_eq!(spelled_from_reading(&host), "Suzuki Daisuke");
        host.name = "Brown".to_owned();
        assert_eq!(spelled_from_reading(&host), "");
    }

    #[test]
    fn search_keys_are_separated_by_commas_of_either_script() {
        assert_eq!(
            split_at_commas("旧姓、 はなちゃん, hana，，"),
            ["旧姓", "はなちゃん", "hana"]
        );
        assert_eq!(split_at_commas(" 、"), [""; 0]);
    }
}
