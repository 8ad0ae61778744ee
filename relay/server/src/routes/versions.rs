//! Looking back at the settings: who saved what and when. Restoring is saving an old document again.

use axum::Json;
use axum::extract::State;
use yobirin_api::settings::SavedVersion;
use yobirin_domain::model::settings::SettingsDocument;

use crate::auth::Admin;
use crate::body::Part;
use crate::error::{Answer, Failure};
use crate::relay::App;

/// `GET /api/settings/versions`.
pub(crate) async fn list(_: Admin, State(relay): State<App>) -> Answer<Json<Vec<SavedVersion>>> {
    Ok(Json(relay.store.settings_versions().await?))
}

/// `GET /api/settings/versions/{number}`, in today's form of the document.
pub(crate) async fn show(
    _: Admin,
    State(relay): State<App>,
    Part(number): Part<u64>,
) -> Answer<Json<SettingsDocument>> {
    let kept = relay.store.settings_version(number).await?;
    let kept = kept.ok_or_else(|| Failure::not_found("version of the settings"))?;
    let document = SettingsDocument::from_json(&kept).map_err(Failure::internal)?;
    Ok(Json(document))
}
