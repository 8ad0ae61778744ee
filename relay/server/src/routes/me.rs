//! A host's own page. `yobirin_domain::self_edit` defines the fields that a host may change.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::personal::Me;
use yobirin_domain::caller_limits::LimitedAction;
use yobirin_domain::model::id::HostId;
use yobirin_domain::model::settings::Settings;
use yobirin_domain::self_edit::{SelfEdit, SelfEditError};

use crate::auth::{self, CookieKind, Cookies, HostSession, RateLimitKey};
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::ApiJson;
use crate::settings::HOST_AUTHOR_PREFIX;
use crate::state::SharedState;

/// Attempts to apply an edit on top of versions saved meanwhile.
const MAX_SAVE_ATTEMPTS: usize = 20;

/// `GET /api/me`.
pub(crate) async fn show(
    HostSession(host): HostSession,
    State(state): State<SharedState>,
) -> ApiResult<Json<Me>> {
    me(&state.settings.get().settings, &host)
}

/// `PATCH /api/me`. An admin may be saving at the same time; changes of both are kept.
pub(crate) async fn change(
    HostSession(host): HostSession,
    State(state): State<SharedState>,
    ApiJson(edit): ApiJson<SelfEdit>,
) -> ApiResult<Json<Me>> {
    let author = format!("{HOST_AUTHOR_PREFIX}{host}");
    let caller = RateLimitKey::Host(host.clone());
    state.rate_limiter.check(LimitedAction::SelfEdit, &caller)?;
    for _ in 0..MAX_SAVE_ATTEMPTS {
        let current = state.settings.get();
        let new = edit.apply(&current.settings, &host).map_err(edit_error)?;
        if new == current.settings {
            return me(&new, &host);
        }
        let author = (author.as_str(), None);
        let saved = state
            .settings
            .save(&current, new, author, state.clock.now());
        if let Some(saved) = saved.await? {
            return me(&saved.settings, &host);
        }
        // Another version was saved meanwhile, possibly by another relay.
        state.settings.reload().await?;
    }
    let message = "the settings are being changed by others: try again";
    Err(ApiError::named(ErrorCode::SettingsChanged, message))
}

/// `POST /api/me/close`: ends the host session of this browser.
pub(crate) async fn close(
    State(state): State<SharedState>,
    cookies: Cookies,
) -> ApiResult<impl IntoResponse> {
    Ok((
        StatusCode::NO_CONTENT,
        auth::end_session(&state, &cookies, CookieKind::Host).await?,
    ))
}

fn edit_error(error: SelfEditError) -> ApiError {
    match error {
        SelfEditError::NoSuchHost => ApiError::not_found("host in the settings any more"),
        SelfEditError::Invalid(problems) => ApiError::settings(problems),
    }
}

fn me(settings: &Settings, host: &HostId) -> ApiResult<Json<Me>> {
    let me = Me::of(settings, host).map(Json);
    me.ok_or_else(|| edit_error(SelfEditError::NoSuchHost))
}
