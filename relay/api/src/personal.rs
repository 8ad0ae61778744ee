//! A host's own page: the personal link that opens it, and what the host sees there. What may be
//! changed is `yobirin_domain::self_edit`'s.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::date::Date;
use yobirin_domain::model::id::{AccountId, HostId};
use yobirin_domain::model::lang::LocalText;

use crate::Millis;

/// `GET /api/hosts/links`: a host who has a personal link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HostLink {
    /// Whose it is.
    pub host: HostId,
    /// When it was made.
    pub made: Millis,
    /// When it was opened last; `None` when it never was.
    pub opened: Option<Millis>,
}

/// `POST /api/hosts/{id}/link`: a fresh link, which is told once. The one before stops working, and
/// so do the browsers in which it was opened.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonalLink {
    /// The address; its secret is in the fragment, which browsers send to nobody.
    pub link: String,
}

/// `GET /api/me`: the host whose personal link was opened in this browser. `PATCH /api/me` takes an
/// `OwnEdit` and answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Key of the host.
    pub id: HostId,
    /// Name as colleagues write it.
    pub name: String,
    /// Name of the office.
    pub office: String,
    /// Names of the host's groups, the first one first.
    pub groups: Vec<LocalText>,
    /// Names of those who are told too during an absence.
    pub delegates: Vec<String>,
    /// The Chatwork account through which the host is told.
    pub account: Option<AccountId>,
    /// The reading of the name.
    pub kana: String,
    /// Words shown to the visitor once the host has been notified.
    pub visitor_message: String,
    /// Last day of an absence, in the office's time zone.
    pub absent_until: Option<Date>,
    /// The office's time zone, such as `Asia/Tokyo`.
    pub time_zone: String,
}
