//! Gathers the facts of alarms: from the database, the disk, the certificate and Chatwork's limits.

use std::collections::BTreeMap;
use std::path::Path;

use yobirin_api::Millis;
use yobirin_chatwork::Purpose;
use yobirin_domain::alarm::{AlarmState, FailedCalls, LastBackup, TabletContact};
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::CallId;
use yobirin_store::StoreError;

use crate::ops::backup;
use crate::state::AppState;

/// Facts that are read from the database.
pub(super) struct StoredFacts {
    pub tablets: Vec<TabletContact>,
    pub failed_calls: FailedCalls,
    pub posts: BTreeMap<CallId, DeliveryState>,
}

/// Reads the facts that are in the database. Only failed calls with a deadline after `failed_since` count.
pub(super) async fn read_facts(
    state: &AppState,
    alarms: &AlarmState,
    failed_since: Millis,
) -> Result<StoredFacts, StoreError> {
    let devices = state.store.devices().await?.into_iter();
    let tablets = devices.filter_map(|row| {
        let paired_at = row.paired_at?;
        Some(TabletContact {
            device: row.id,
            last_seen: row.last_seen.unwrap_or(paired_at),
        })
    });
    let failed_calls = state
        .store
        .failed_calls(alarms.failed_calls_seen, failed_since);
    let failed_calls = failed_calls.await?;
    let mut posts = BTreeMap::new();
    for id in alarms.posts_in_outbox() {
        if let Some(message) = state.store.bot_message(id).await? {
            posts.insert(id, message.state);
        }
    }
    Ok(StoredFacts {
        tablets: tablets.collect(),
        failed_calls,
        posts,
    })
}

/// Returns the last good backup. It is not known with PostgreSQL, whose backups are made by other programs.
pub(super) fn last_backup(state: &AppState) -> LastBackup {
    match backup::last_backup(&state.data) {
        _ if state.store.is_cluster() => LastBackup::Unknown,
        None => LastBackup::Never,
        Some(at) => LastBackup::At(at),
    }
}

/// True while Chatwork does not respond. While no delivery is waiting, which would notice the end of the outage, a request
/// of its own probes Chatwork.
pub(super) async fn is_chatwork_unreachable(state: &AppState) -> Result<bool, StoreError> {
    let limits = state.gateway.limits();
    if let Some(account) = state.gateway.accepted_account()
        && limits.is_chatwork_failing()
        && limits.pause().is_none()
        && state.store.queue_stats().await?.deliveries == 0
    {
        // The result is not needed here: the limits record whether Chatwork responds.
        let _ = state.gateway.me(&account.token, Purpose::Probe).await;
    }
    Ok(limits.is_chatwork_failing())
}

/// Returns the free share of the disk of a folder, in percent; `None` when the system does not report it.
pub(crate) fn free_disk_percent(folder: &Path) -> Option<u8> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    let percent = disk
        .f_bavail
        .saturating_mul(100)
        .checked_div(disk.f_blocks)?;
    u8::try_from(percent).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_share_of_a_disk_is_known_and_of_a_missing_folder_is_not() {
        let free = free_disk_percent(&std::env::temp_dir()).unwrap();
        assert!(free <= 100, "{free}");
        assert_eq!(free_disk_percent(Path::new("/no/such/folder")), None);
    }
}
