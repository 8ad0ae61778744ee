//! A host's own page: the personal link that opens it, and its content. `yobirin_domain::self_edit` defines the
//! fields that the host may change.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::date::Date;
use yobirin_domain::model::id::{AccountId, HostId};
use yobirin_domain::model::lang::TranslatedText;
use yobirin_domain::model::settings::Settings;

use crate::Millis;

/// `GET /api/hosts/links`: a host who has a personal link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HostLink {
    /// Host.
    pub host: HostId,
    /// Time at which the link was made.
    pub made: Millis,
    /// Time at which the link was last opened; `None` when it never was.
    pub opened: Option<Millis>,
}

/// `POST /api/hosts/{id}/link`: a new link, which is not returned again. The previous link ends, and so do the
/// sessions that it has opened.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonalLink {
    /// URL of the link. Its secret is in the fragment, which browsers send to no server.
    pub link: String,
}

/// `GET /api/me`: the host whose personal link was opened in this browser. `PATCH /api/me` takes a
/// [`SelfEdit`](yobirin_domain::self_edit::SelfEdit) and returns this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Id of the host.
    pub id: HostId,
    /// Name as colleagues write it.
    pub name: String,
    /// Name of the office.
    pub office: String,
    /// Names of the host's groups, the first group first.
    pub groups: Vec<TranslatedText>,
    /// Names of the delegates, who are notified too during an absence.
    pub delegates: Vec<String>,
    /// Chatwork account for direct notifications.
    pub account: Option<AccountId>,
    /// Reading of the name.
    pub kana: String,
    /// Text shown to the visitor once the host has been notified.
    pub visitor_message: String,
    /// First day of an absence, in the office's time zone. An absence without a first day has begun already.
    pub absent_from: Option<Date>,
    /// Last day of an absence, in the office's time zone.
    pub absent_until: Option<Date>,
    /// Time zone of the office, such as `Asia/Tokyo`.
    pub time_zone: String,
}

impl Me {
    /// Returns the page of a host; `None` for a host who is not in the settings.
    #[must_use]
    pub fn of(settings: &Settings, host: &HostId) -> Option<Self> {
        let (host, site) = (settings.host(host)?, settings.site());
        let groups = host.groups.iter().filter_map(|id| settings.group(id));
        let delegates = host.delegates.iter().filter_map(|id| settings.host(id));
        Some(Self {
            id: host.id.clone(),
            name: host.name.clone(),
            office: site.name.clone(),
            groups: groups.map(|group| group.name.clone()).collect(),
            delegates: delegates.map(|host| host.name.clone()).collect(),
            account: host.account,
            kana: host.kana.clone(),
            visitor_message: host.visitor_message.clone(),
            absent_from: host.absent_from,
            absent_until: host.absent_until,
            time_zone: site.time_zone.clone(),
        })
    }
}
