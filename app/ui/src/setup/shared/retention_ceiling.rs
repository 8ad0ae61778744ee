//! Ceiling of retention: the maximum of days that the relay's installation allows. Requested once, by the first page
//! that needs it.

use leptos::prelude::*;
use yobirin_domain::model::retention::{MAX_RETENTION_DAYS, Retention};
use yobirin_domain::model::settings::Site;
use yobirin_domain::retention::{RetentionPreview, applied};

use crate::api::admin::AdminClient;
use crate::setup::remote::{Remote, fetch_detached};

/// Ceiling that all pages share.
#[derive(Clone, Copy)]
pub(crate) struct RetentionCeiling {
    admin: AdminClient,
    preview: RwSignal<Remote<RetentionPreview>>,
    is_requested: StoredValue<bool>,
}

impl RetentionCeiling {
    /// An unknown ceiling; nothing is requested yet.
    pub(crate) fn new(admin: AdminClient) -> Self {
        Self {
            admin,
            preview: RwSignal::new(Remote::Loading),
            is_requested: StoredValue::new(false),
        }
    }

    /// The shared ceiling, which is requested now unless it is known or on its way.
    pub(crate) fn from_context() -> Self {
        let ceiling = expect_context::<Self>();
        let has_failed =
            (ceiling.preview).with_untracked(|known| matches!(known, Remote::Failed(_)));
        if has_failed || !ceiling.is_requested.get_value() {
            ceiling.is_requested.set_value(true);
            let admin = ceiling.admin;
            // The ceiling comes with a count of the records that a retention would delete, which is not used here.
            let request = async move { admin.retention_preview(Retention::default()).await };
            fetch_detached(ceiling.preview, request);
        }
        ceiling
    }

    /// Ceiling in days; [`MAX_RETENTION_DAYS`] until the relay has responded.
    pub(crate) fn days(self) -> u16 {
        let days = (self.preview).with(|known| known.loaded().map(|known| known.ceiling_days));
        days.unwrap_or(MAX_RETENTION_DAYS)
    }

    /// The site as tablets get it: with the retention that the relay applies.
    pub(crate) fn applied_to(self, site: &Site) -> Site {
        Site {
            retention: applied(&site.retention, self.days()),
            ..site.clone()
        }
    }
}
