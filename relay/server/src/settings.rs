//! Settings in force, parsed and validated once; and saving new ones.

use std::sync::Arc;

use hyper::body::Bytes;
use parking_lot::RwLock;
use thiserror::Error;
use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::caller_limits::HOST_VERSION_WINDOW_MILLIS;
use yobirin_domain::diff::ChangeCounts;
use yobirin_domain::model::editor_name::EditorName;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::settings::{ParseSettingsError, Settings, SettingsDocument};
use yobirin_domain::outbound_policy::OutboundPolicy;
use yobirin_domain::retention::applied;
use yobirin_domain::validate::validate;

use crate::event_bus::EventBus;
use yobirin_store::{NewVersion, Store, StoreError};

/// Saved version of the settings.
#[derive(Debug)]
pub(crate) struct Version {
    /// Number of the version; 0 before the first save.
    pub number: u64,
    /// Document as JSON. All responses share these bytes.
    pub json: Bytes,
    /// Validated document.
    pub settings: Settings,
    /// Outbound policy of the settings.
    pub outbound_policy: OutboundPolicy,
}

/// Error of loading the stored settings.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The document cannot be parsed.
    #[error("the stored settings cannot be read: {0}")]
    Unreadable(#[from] ParseSettingsError),
    /// The document is not valid any more.
    #[error("the stored settings have problems ({0}); the first is {1}")]
    Invalid(usize, String),
}

impl Version {
    /// Creates a version from validated settings.
    fn new(number: u64, settings: Settings) -> Self {
        Self {
            number,
            json: settings.document().to_json().into(),
            outbound_policy: OutboundPolicy::of(&settings),
            settings,
        }
    }

    /// Returns the strong entity tag of the version.
    pub(crate) fn etag(&self) -> String {
        format!("\"v{}\"", self.number)
    }

    /// Returns entity tag and document for tablets, with the retention that is applied under this ceiling.
    pub(crate) fn for_tablet(&self, ceiling_days: u16) -> (String, Bytes) {
        let document = self.settings.document();
        let retention = applied(&document.site.retention, ceiling_days);
        if retention == document.site.retention {
            return (self.etag(), self.json.clone());
        }
        let mut document = document.clone();
        document.site.retention = retention;
        let etag = format!("\"v{}-{ceiling_days}\"", self.number);
        (etag, document.to_json().into())
    }
}

/// Prefix of a host's id as the author of a version.
pub(crate) const HOST_AUTHOR_PREFIX: &str = "host:";

/// Settings in force, and the store of their versions. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct CurrentSettings {
    store: Store,
    events: EventBus,
    in_force: Arc<RwLock<Arc<Version>>>,
}

impl CurrentSettings {
    /// Loads the latest version, or an empty office before the first save.
    pub(crate) async fn load(store: Store, events: EventBus) -> Result<Self, SettingsError> {
        let version = Arc::new(latest(&store).await?);
        Ok(Self {
            store,
            events,
            in_force: Arc::new(RwLock::new(version)),
        })
    }

    /// Loads the latest version again, which another relay may have saved.
    pub(crate) async fn reload(&self) -> Result<(), SettingsError> {
        self.set(Arc::new(latest(&self.store).await?));
        Ok(())
    }

    /// Returns the version in force.
    pub(crate) fn get(&self) -> Arc<Version> {
        self.in_force.read().clone()
    }

    /// Puts a version in force, unless a newer one is in force already.
    fn set(&self, version: Arc<Version>) {
        let mut current = self.in_force.write();
        if version.number > current.number {
            *current = version;
        }
    }

    /// Saves settings as the version after `base` and puts them in force; `None` when another version was saved
    /// meanwhile. The tablets of removed devices, and removed hosts, lose their access. `by` is the author, and `editor`
    /// the name that the admin's browser stated.
    pub(crate) async fn save(
        &self,
        base: &Version,
        settings: Settings,
        (by, editor): (&str, Option<&EditorName>),
        now: Millis,
    ) -> Result<Option<Arc<Version>>, StoreError> {
        let new = Arc::new(Version::new(base.number + 1, settings));
        let devices = base.settings.devices().iter().map(|device| &device.id);
        let removed_devices: Vec<&DeviceId> = devices
            .filter(|id| new.settings.device(id).is_none())
            .collect();
        let hosts = base.settings.hosts().iter().map(|host| &host.id);
        let removed_hosts = hosts.filter(|id| new.settings.host(id).is_none());
        let mut transaction = self.store.begin().await?;
        let json = String::from_utf8_lossy(&new.json);
        let version = NewVersion {
            number: new.number,
            document: &json,
            by,
            editor,
            changes: ChangeCounts::between(base.settings.document(), new.settings.document()),
        };
        if !transaction.save_settings(version, now).await? {
            return Ok(None);
        }
        if by.starts_with(HOST_AUTHOR_PREFIX) {
            let since = now.saturating_sub(HOST_VERSION_WINDOW_MILLIS);
            transaction
                .merge_host_versions(by, new.number, since)
                .await?;
        }
        for device in &removed_devices {
            transaction.revoke(device, now).await?;
        }
        for host in removed_hosts {
            transaction.revoke_host_link(host).await?;
        }
        if !new.settings.site().answers.is_on() {
            transaction.withdraw_all_follow_ups(now).await?;
        }
        transaction.add_notice(None, &Event::Settings, now).await?;
        transaction.commit().await?;

        self.set(Arc::clone(&new));
        for device in removed_devices {
            self.events.publish_transient(device, Event::Revoked);
        }
        self.events.broadcast_transient(&Event::Settings);
        Ok(Some(new))
    }
}

/// Loads the latest version.
async fn latest(store: &Store) -> Result<Version, SettingsError> {
    let (number, document) = match store.settings().await? {
        Some((number, json)) => (number, SettingsDocument::from_json(&json)?),
        None => (0, SettingsDocument::default()),
    };
    let settings = validate(document).map_err(|problems| {
        let first = problems
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        SettingsError::Invalid(problems.len(), first)
    })?;
    Ok(Version::new(number, settings))
}
