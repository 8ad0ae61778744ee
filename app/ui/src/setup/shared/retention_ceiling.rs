//! Ceiling of retention, which whoever installed the relay has set: asked for once, by the first page that needs it.

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

    /// The shared ceiling, which is requested now unless it is known.
    pub(crate) fn from_context() -> Self {
        let ceiling = expect_context::<Self>();
        let has_failed =
            (ceiling.preview).with_untracked(|known| matches!(known, Remote::Failed(_)));
        if has_failed || !ceiling.is_requested.get_value() {
            ceiling.is_requested.set_value(true);
            let admin = ceiling.admin;
            // The answer's counts of records are not used here, only its ceiling.
            let request = async move { admin.retention_preview(Retention::default()).await };
            fetch_detached(ceiling.preview, request);
        }
        ceiling
    }

    /// Ceiling in days; the longest retention until the relay has told its own.
    pub(crate) fn days(self) -> u16 {
        let days = (self.preview).with(|known| known.loaded().map(|known| known.ceiling_days));
        days.unwrap_or(MAX_RETENTION_DAYS)
    }

    /// The site with the retention that the relay applies, as its tablets get it.
    pub(crate) fn applied_to(self, site: &Site) -> Site {
        Site {
            retention: applied(&site.retention, self.days()),
            ..site.clone()
        }
    }
}
