//! Reauthentication before an action for which a stolen session cookie must not be enough.

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

/// The form, shown when the relay demands reauthentication. Afterwards the caller repeats its request.
#[component]
pub(crate) fn Reauthenticate(
    /// Consequence of the action.
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
    let is_busy = RwSignal::new(false);
    let needs_code = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);
    browser::focus_after_render("[name=identity-password]");
    let submit = move |BothFactors { password, code }| {
        is_busy.set(true);
        failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let response = admin.reauthenticate(Asked { password, code }).await;
            let _ = is_busy.try_set(false);
            match response {
                Ok(()) => on_done.run(()),
                // The password was right, and the second factor is on.
                Err(error) if error.code() == Some(ErrorCode::CodeNeeded) => {
                    let _ = needs_code.try_set(true);
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
            needs_code=needs_code
            failure=failure
            busy=is_busy
            on_ok=submit
            on_cancel=on_cancel
        />
    }
}

/// State of a request that the relay may refuse until the admin has reauthenticated, and that is repeated afterwards.
#[derive(Clone, Copy)]
pub(crate) struct GuardedRequest {
    /// True while the form is shown.
    is_form_shown: RwSignal<bool>,
    /// Error of the last request, unless reauthentication was demanded.
    pub(crate) failure: RwSignal<Option<ClientError>>,
}

impl GuardedRequest {
    /// Creates the state before the first request.
    pub(crate) fn new() -> Self {
        Self {
            is_form_shown: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Records the error of a request: shows the form if it demands reauthentication.
    pub(crate) fn record_error(self, error: ClientError) {
        if error.code() == Some(ErrorCode::ReauthenticationNeeded) {
            let _ = self.is_form_shown.try_set(true);
        } else {
            let _ = self.failure.try_set(Some(error));
        }
    }

    /// The form while it is needed, with a text about changes of the connection to Chatwork. `request` sends the
    /// request again.
    pub(crate) fn form(self, request: impl Fn(()) + Copy + Send + Sync + 'static) -> impl IntoView {
        let about = words().security.confirm_before_connecting;
        let repeat_request = move |()| {
            self.is_form_shown.set(false);
            request(());
        };
        let cancel = move |()| self.is_form_shown.set(false);
        move || {
            let is_shown = self.is_form_shown.get();
            is_shown.then(
                || view! { <Reauthenticate about=about on_done=repeat_request on_cancel=cancel /> },
            )
        }
    }
}
