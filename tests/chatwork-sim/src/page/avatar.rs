//! Avatars of accounts and groups, generated from the name, so that nothing is loaded from Chatwork's
//! servers.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{SVG, file_response};
use crate::AccountId;
use crate::shared::Shared;

const COLOURS: [&str; 8] = [
    "#1f6f8b", "#3b6ea8", "#5b5ea6", "#7d4f9e", "#a0476b", "#a8543a", "#7a6a1f", "#3f7a4a",
];

/// `/avatar/{account}.svg`, and `/avatar/group.svg` for every group room.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
) -> Result<Response, StatusCode> {
    let name = name.strip_suffix(".svg").ok_or(StatusCode::NOT_FOUND)?;
    if name == "group" {
        return Ok(avatar('＃', COLOURS[1]));
    }
    let id: AccountId = name.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    let state = shared.state();
    let account = state.account(id).ok_or(StatusCode::NOT_FOUND)?;
    let initial = account.name.chars().next().unwrap_or('?');
    let colour = usize::try_from(id).unwrap_or_default() % COLOURS.len();
    Ok(avatar(initial, COLOURS[colour]))
}

fn avatar(initial: char, colour: &str) -> Response {
    // A character reference, so that no initial can break out of the SVG.
    let initial = u32::from(initial);
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="{colour}"/><text x="32" y="33" fill="#fff" font-family="sans-serif" font-size="30" text-anchor="middle" dominant-baseline="central">&#{initial};</text></svg>"##
    );
    file_response(SVG, svg).into_response()
}
