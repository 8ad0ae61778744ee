//! Saved versions of the settings document. The document itself is `yobirin_domain::model::settings`'.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// The header in which `GET /api/settings` tells a tablet the id of its device. An answer without it is
/// not the relay's: a tablet that heard "you are none" from a proxy's page would throw its calls away.
pub const DEVICE_HEADER: &str = "yobirin-device";

/// What it says to a browser that is no tablet. No device has such an id.
pub const NO_DEVICE: &str = "(none)";

/// `GET /api/settings/versions`: one saved version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedVersion {
    /// Its number, for `GET /api/settings/versions/{number}`; its ETag is `"v{number}"`.
    pub number: u64,
    /// When it was saved.
    pub saved: Millis,
    /// Who saved it: `admin`, or `host:` and the id of a host who used their own page.
    pub by: String,
}
