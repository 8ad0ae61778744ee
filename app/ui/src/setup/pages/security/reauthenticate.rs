//! Reauthentication before an act that a stolen cookie must not be enough for.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::account::BothFactors;
use yobirin_api::session::Reauthenticate as Asked;

use crate::api::response::ClientError;
use crate::browser;

use super::credentials_form::CredentialsForm;
use crate::api::admin::AdminClient;
use crate::setup::nav::words;

/// The form, shown when the relay demands reauthentication. The caller repeats the act.
#[component]
pub(crate) fn Reauthenticate(
    /// Consequence of going ahead.
    about: &'static str,
    /// Called after successful reauthentication.
    #[prop(into)]
    on_done: Callback<()>,
    /// Called when the form is cancelled.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let texts = &words().security;
    let admin = expect_context::<AdminClient>();
    let busy = RwSignal::new(false);
    let with_code = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);
    browser::focus_after_render("[name=identity-password]");
    let prove = move |BothFactors { password, code }| {
        busy.set(true);
        failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let response = admin.reauthenticate(Asked { password, code }).await;
            let _ = busy.try_set(false);
            match response {
                Ok(()) => on_done.run(()),
                // The password was right, and the second factor is on.
                Err(error) if error.code() == Some(ErrorCode::CodeNeeded) => {
                    let _ = with_code.try_set(true);
                    browser::focus_after_render("[name=identity-code]");
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <CredentialsForm
            title=texts.confirm_identity_title
            about=about
            ok=texts.confirm_identity
            with_code=with_code
            failure=failure
            busy=busy
            on_ok=prove
            on_cancel=on_cancel
        />
    }
}

/// Action that the relay may refuse until the admin has authenticated again; it is repeated afterwards.
#[derive(Clone, Copy)]
pub(crate) struct GuardedAct {
    /// True while the form is shown.
    is_asked: RwSignal<bool>,
    /// Any other failure of the act.
    pub failure: RwSignal<Option<ClientError>>,
}

impl GuardedAct {
    /// Creates an act that has not been tried.
    pub(crate) fn new() -> Self {
        Self {
            is_asked: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Shows the form when the relay demands reauthentication, and the failure otherwise.
    pub(crate) fn failed(self, error: ClientError) {
        if error.code() == Some(ErrorCode::ReauthenticationNeeded) {
            let _ = self.is_asked.try_set(true);
        } else {
            let _ = self.failure.try_set(Some(error));
        }
    }

    /// The form, while it is needed, before a change of the connection to Chatwork.
    pub(crate) fn form(self, act: impl Fn(()) + Copy + Send + Sync + 'static) -> impl IntoView {
        let about = words().security.confirm_before_connecting;
        let done = move |()| {
            self.is_asked.set(false);
            act(());
        };
        let cancel = move |()| self.is_asked.set(false);
        move || {
            let is_asked = self.is_asked.get();
            is_asked.then(|| view! { <Reauthenticate about=about on_done=done on_cancel=cancel /> })
        }
    }
}
