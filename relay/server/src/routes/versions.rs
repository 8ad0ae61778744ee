//! Saved versions of the settings, with author and time. Restoring is saving an old document again.

use axum::Json;
use axum::extract::State;
use yobirin_api::settings::SavedVersion;
use yobirin_domain::model::settings::SettingsDocument;

use crate::auth::Admin;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::ApiPath;
use crate::state::SharedState;

/// `GET /api/settings/versions`.
pub(crate) async fn list(
    _: Admin,
    State(state): State<SharedState>,
) -> ApiResult<Json<Vec<SavedVersion>>> {
    Ok(Json(state.store.settings_versions().await?))
}

/// `GET /api/settings/versions/{number}`, migrated to the current form of the document.
pub(crate) async fn show(
    _: Admin,
    State(state): State<SharedState>,
    ApiPath(number): ApiPath<u64>,
) -> ApiResult<Json<SettingsDocument>> {
    let document_json = state.store.settings_version(number).await?;
    let document_json =
        document_json.ok_or_else(|| ApiError::not_found("version of the settings"))?;
    let document = SettingsDocument::from_json(&document_json).map_err(ApiError::internal)?;
    Ok(Json(document))
}
