//! Saved versions of the settings document. The document itself is in `yobirin_domain::model::settings`.

use serde::{Deserialize, Serialize};
use yobirin_domain::diff::ChangeCounts;

use crate::Millis;

/// Response header of `GET /api/settings` with the id of the tablet's device. A response without the header comes
/// from a proxy and not from the relay. A tablet must not conclude from it that it is not paired, because it would
/// drop its calls.
pub const DEVICE_HEADER: &str = "yobirin-device";

/// Value of [`DEVICE_HEADER`] for a browser that is not a tablet. No device has such an id.
pub const NO_DEVICE: &str = "(none)";

/// Request header of `PUT /api/settings` with the name that the editor states, in percent-encoded UTF-8. The relay
/// cannot check it.
pub const EDITOR_HEADER: &str = "yobirin-editor";

/// `GET /api/settings/versions`: a saved version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedVersion {
    /// Number, for `GET /api/settings/versions/{number}`; the ETag is `"v{number}"`.
    pub number: u64,
    /// Time of saving.
    pub saved: Millis,
    /// Author: `admin`, or `host:` and the id of a host who used their own page.
    pub by: String,
    /// Name that the admin's browser stated, if any.
    pub editor: Option<String>,
    /// Differences from the version before.
    pub changes: ChangeCounts,
}
