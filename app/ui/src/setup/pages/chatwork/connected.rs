//! The connected bot, and disconnecting it.

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_api::chatwork::{Bot, Connection, Outage};

use crate::browser::{self, clock};
use crate::components::{Alert, Confirm, Tone};
use crate::i18n::fill;
use crate::i18n::setup::Words;

use super::super::security::GuardedRequest;
use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::Scope;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;

#[component]
pub(crate) fn ConnectedBot(
    /// The bot.
    bot: Bot,
    /// Time at which the bot was connected.
    since: Millis,
    /// Last outage of the token, if there was one.
    outage: Option<Outage>,
    /// True while Chatwork refuses the token.
    #[prop(optional)]
    is_refused: bool,
) -> impl IntoView {
    let words = words();
    let texts = &words.chatwork;
    let admin = expect_context::<AdminClient>();
    let directory = expect_context::<ChatworkDirectory>();
    let store = expect_context::<DraftStore>();
    let is_confirming = RwSignal::new(false);
    let guarded = GuardedRequest::new();
    let failure = guarded.failure;
    // The request may replace the reauthentication form, so it is not owned by the form.
    let scope = Scope::current();
    let disconnect = move |()| {
        scope.spawn(async move {
            match admin.disconnect().await {
                Ok(()) => {
                    directory.set_connection(Connection::Disconnected);
                    browser::focus_after_render("[name=token]");
                }
                Err(error) => guarded.record_error(error),
            }
        });
    };
    let zone = store.peek(|document| document.site.time_zone.clone());
    let time = clock::format_date_time(since, words.language().tag(), &zone);
    let outage = outage.map(|outage| {
        let sentence = outage_text(words, texts.token_outage, outage, &zone);
        view! { <p class="muted" data-outage="">{sentence}</p> }
    });
    let account = bot.account;
    let host_of_bot = store.memo(move |document| {
        let mut hosts = document.hosts.iter();
        hosts
            .find(|host| host.account == Some(account))
            .map(|host| host.name.clone())
    });
    let bot_is_host_warning = move || {
        host_of_bot.get().map(|host| {
            view! { <Alert tone=Tone::Warn kind="bot-is-host">{fill(texts.bot_is_host, &[("host", &host)])}</Alert> }
        })
    };
    let failure_alert = move || {
        failure.get().map(|error| {
            view! { <Alert tone=Tone::Bad kind="failed">{errors::text(words, &error)}</Alert> }
        })
    };
    let reauthentication = guarded.form(disconnect);
    let (tone, state) = if is_refused {
        ("bad", texts.token_refused)
    } else {
        ("done", texts.connected)
    };
    let state_badge = view! { <span class="badge" data-tone=tone>{state}</span> };
    view! {
        <div class="bot" data-bot=account.to_string()>
            <Avatar name=bot.name.clone() picture=bot.avatar />
            <div class="bot-text">
                <p class="bot-name">{bot.name} {state_badge}</p>
                <p class="muted">
                    {bot.organization} " " {fill(words.names.account_number, &[("id", &account.to_string())])}
                    " · " {fill(texts.connected_since, &[("time", &time)])}
                </p>
                {outage}
            </div>
            <button type="button" class="button danger" data-action="disconnect" on:click=move |_| is_confirming.set(true)>
                {texts.disconnect}
            </button>
        </div>
        {bot_is_host_warning}
        {failure_alert}
        {reauthentication}
        <Confirm
            open=is_confirming
            title=texts.disconnect_question
            ok=texts.disconnect
            cancel=words.controls.cancel
            danger=true
            kind="disconnect"
            on_ok=disconnect
        >
            <p>{texts.disconnect_explanation}</p>
        </Confirm>
    }
}

/// Fills the times of an outage of the token into a sentence.
pub(crate) fn outage_text(words: &Words, sentence: &str, outage: Outage, zone: &str) -> String {
    let time = |at| clock::format_date_time(at, words.language().tag(), zone);
    let (from, until) = (time(outage.since), time(outage.until));
    fill(sentence, &[("from", &from), ("until", &until)])
}

/// The bot's avatar; its initial when there is none or it does not load.
#[component]
fn Avatar(name: String, picture: String) -> impl IntoView {
    let initial: String = name.trim().chars().take(1).collect();
    let is_unreadable = RwSignal::new(!picture.starts_with("https://"));
    move || {
        if is_unreadable.get() {
            view! { <span class="avatar" aria-hidden="true">{initial.clone()}</span> }.into_any()
        } else {
            view! {
                <img
                    class="avatar"
                    src=picture.clone()
                    alt=""
                    referrerpolicy="no-referrer"
                    on:error=move |_| is_unreadable.set(true)
                />
            }
            .into_any()
        }
    }
}
