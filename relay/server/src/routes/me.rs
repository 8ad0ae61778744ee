//! A host's own page. What a host may change is the domain's to say.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::personal::Me;
use yobirin_domain::model::id::HostId;
use yobirin_domain::model::settings::Settings;
use yobirin_domain::self_edit::{SelfEdit, SelfEditError};

use crate::auth::{self, Cookies, HostSession, LimitedAction, RateLimitKey};
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::ApiJson;
use crate::settings::{BY_HOST, save};
use crate::state::SharedState;

/// How often an edit is made again on top of what somebody else saved meanwhile.
const TRIES: usize = 20;

/// `GET /api/me`.
pub(crate) async fn show(
    HostSession(host): HostSession,
    State(relay): State<SharedState>,
) -> ApiResult<Json<Me>> {
    me(&relay.settings.get().settings, &host)
}

/// `PATCH /api/me`. An admin may be saving at the same time: whatever they saved stays.
pub(crate) async fn change(
    HostSession(host): HostSession,
    State(relay): State<SharedState>,
    ApiJson(edit): ApiJson<SelfEdit>,
) -> ApiResult<Json<Me>> {
    let by = format!("{BY_HOST}{host}");
    let who = RateLimitKey::Host(host.clone());
    relay
        .rate_limiter
        .check(LimitedAction::OwnPage, &who, relay.clock.now())?;
    for _ in 0..TRIES {
        let seen = relay.settings.get();
        let new = edit.apply(&seen.settings, &host).map_err(refused)?;
        if new == seen.settings {
            return me(&new, &host);
        }
        let target = (&relay.store, &relay.events, &relay.settings);
        if let Some(saved) = save(target, &seen, new, &by, relay.clock.now()).await? {
            return me(&saved.settings, &host);
        }
        // Somebody was faster; it may have been at another relay.
        relay
            .settings
            .take_up(&relay.store)
            .await
            .map_err(ApiError::internal)?;
    }
    let message = "others save the settings all the time: try again";
    Err(ApiError::named(ErrorCode::SettingsChanged, message))
}

/// `POST /api/me/close`: this browser forgets whose page it was.
pub(crate) async fn close(
    State(relay): State<SharedState>,
    cookies: Cookies,
) -> ApiResult<impl IntoResponse> {
    Ok((
        StatusCode::NO_CONTENT,
        auth::close_host_session(&relay, &cookies).await?,
    ))
}

fn refused(why: SelfEditError) -> ApiError {
    match why {
        SelfEditError::NoSuchHost => ApiError::not_found("host in the settings any more"),
        SelfEditError::Invalid(problems) => ApiError::settings(problems),
    }
}

fn me(settings: &Settings, host: &HostId) -> ApiResult<Json<Me>> {
    let Some(own) = settings.host(host) else {
        return Err(refused(SelfEditError::NoSuchHost));
    };
    let groups = own.groups.iter().filter_map(|id| settings.group(id));
    let delegates = own.delegates.iter().filter_map(|id| settings.host(id));
    Ok(Json(Me {
        id: own.id.clone(),
        name: own.name.clone(),
        office: settings.site().name.clone(),
        groups: groups.map(|group| group.name.clone()).collect(),
        delegates: delegates.map(|host| host.name.clone()).collect(),
        account: own.account,
        kana: own.kana.clone(),
        visitor_message: own.visitor_message.clone(),
        absent_until: own.absent_until,
        time_zone: settings.site().time_zone.clone(),
    }))
}
