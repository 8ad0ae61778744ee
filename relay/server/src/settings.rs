//! The settings in force: read once, checked once, shared by everybody who asks; and saving new
//! ones.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use hyper::body::Bytes;
use thiserror::Error;
use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::caller_limits::HOST_VERSION_MILLIS;
use yobirin_domain::model::id::{DeviceId, HostId};
use yobirin_domain::model::settings::{ParseSettingsError, Settings, SettingsDocument};
use yobirin_domain::outbound_policy::OutboundPolicy;
use yobirin_domain::validate::validate;

use crate::events::EventBus;
use yobirin_store::{Store, StoreError};

/// One saved version of the settings, with what follows from it.
#[derive(Debug)]
pub(crate) struct Version {
    /// 0 before the first save.
    pub number: u64,
    /// The document as JSON. Every answer shares these bytes.
    pub json: Bytes,
    /// The document, checked.
    pub settings: Settings,
    /// Everything a call may reach.
    pub reach: OutboundPolicy,
}

/// Why kept settings cannot be used.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The document cannot be read any more.
    #[error("the kept settings cannot be read: {0}")]
    Unreadable(#[from] ParseSettingsError),
    /// The document is not sound any more.
    #[error("the kept settings have {0} problems, the first is {1}")]
    Unsound(usize, String),
}

impl Version {
    /// A version from settings that were checked.
    pub(crate) fn new(number: u64, settings: Settings) -> Self {
        Self {
            number,
            json: settings.document().to_json().into(),
            reach: OutboundPolicy::of(&settings),
            settings,
        }
    }

    /// The strong entity tag of the version.
    pub(crate) fn etag(&self) -> String {
        format!("\"v{}\"", self.number)
    }

    /// The tablets it names.
    fn devices(&self) -> BTreeSet<&DeviceId> {
        self.settings.devices().iter().map(|one| &one.id).collect()
    }

    /// The hosts it names.
    fn hosts(&self) -> BTreeSet<&HostId> {
        self.settings.hosts().iter().map(|one| &one.id).collect()
    }
}

/// Settings in force. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct CurrentSettings(Arc<RwLock<Arc<Version>>>);

impl CurrentSettings {
    /// Loads the latest saved version, or starts with an office that has nothing in it.
    pub(crate) async fn load(store: &Store) -> Result<Self, SettingsError> {
        let version = Arc::new(latest(store).await?);
        Ok(Self(Arc::new(RwLock::new(version))))
    }

    /// Takes up what another relay saved.
    pub(crate) async fn take_up(&self, store: &Store) -> Result<(), SettingsError> {
        self.set(Arc::new(latest(store).await?));
        Ok(())
    }

    /// The version in force.
    pub(crate) fn get(&self) -> Arc<Version> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts a newer version in force; an older one that comes late changes nothing.
    pub(crate) fn set(&self, version: Arc<Version>) {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if version.number > current.number {
            *current = version;
        }
    }
}

/// What precedes the id of a host in the name of who saved a version.
pub(crate) const BY_HOST: &str = "host:";

/// Saves settings as the version after `seen` and puts them in force; `None` when somebody was
/// faster. Who is not in them any more, tablet or host, comes in no more.
pub(crate) async fn save(
    (store, events, current): (&Store, &EventBus, &CurrentSettings),
    seen: &Version,
    settings: Settings,
    by: &str,
    now: Millis,
) -> Result<Option<Arc<Version>>, StoreError> {
    let new = Arc::new(Version::new(seen.number + 1, settings));
    let (before, after) = (seen.devices(), new.devices());
    let gone: Vec<&DeviceId> = before.difference(&after).copied().collect();
    let mut transaction = store.begin().await?;
    let json = String::from_utf8_lossy(&new.json);
    if !transaction
        .save_settings(seen.number, &json, by, now)
        .await?
    {
        return Ok(None);
    }
    if by.starts_with(BY_HOST) {
        let since = now.saturating_sub(HOST_VERSION_MILLIS);
        transaction
            .merge_host_versions(by, new.number, since)
            .await?;
    }
    for device in &gone {
        transaction.revoke(device, now).await?;
        transaction
            .notice(Some(device), &Event::Revoked, now)
            .await?;
    }
    for host in seen.hosts().difference(&new.hosts()) {
        transaction.revoke_host_link(host).await?;
    }
    transaction.notice(None, &Event::Settings, now).await?;
    transaction.commit().await?;

    current.set(Arc::clone(&new));
    for device in &gone {
        events.publish_transient(device, Event::Revoked);
    }
    events.broadcast_transient(&Event::Settings);
    Ok(Some(new))
}

/// The latest saved version.
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
        SettingsError::Unsound(problems.len(), first)
    })?;
    Ok(Version::new(number, settings))
}
