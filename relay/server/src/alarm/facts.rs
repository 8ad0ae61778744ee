//! Gathers the facts of alarms: from the database, the disk, the certificate and Chatwork's limits.

use std::collections::BTreeMap;
use std::path::Path;

use yobirin_api::Millis;
use yobirin_chatwork::Purpose;
use yobirin_domain::alarm::{AlarmFacts, AlarmState, LastBackup, TabletContact, Watch};
use yobirin_domain::model::hours::LocalDateTime;
use yobirin_store::StoreError;

use crate::ops::backup;
use crate::state::AppState;

/// Gathers the facts at `now`. `local` converts a time to date and time of day of the office.
pub(super) async fn gather<'a>(
    state: &AppState,
    alarms: &AlarmState,
    watch: &Watch,
    now: Millis,
    local: &'a (dyn Fn(Millis) -> LocalDateTime + Sync),
) -> Result<AlarmFacts<'a>, StoreError> {
    let (store, limits) = (&state.store, state.gateway.limits());
    // A device without a paired tablet has no `paired_at`. Pairing counts as the first heartbeat.
    let tablets = store.devices().await?.into_iter().filter_map(|row| {
        row.paired_at?;
        Some(TabletContact {
            device: row.id,
            last_seen: row.last_seen?,
        })
    });
    let mut posts = BTreeMap::new();
    for id in alarms.posts_in_outbox() {
        if let Some(message) = store.bot_message(id).await? {
            posts.insert(id, message.state);
        }
    }
    let failed_calls = store.failed_calls(alarms.failed_calls_seen, watch.failed_calls_since());
    let account = state.gateway.account();
    Ok(AlarmFacts {
        now,
        watched_since: watch.since(),
        tablets: tablets.collect(),
        failed_calls: failed_calls.await?,
        disk_free_percent: (state.free_disk_percent)(&state.data),
        certificate_ends: state.tls.as_ref().and_then(|tls| tls.ends()),
        last_backup: last_backup(state),
        requests_left: limits.remaining(),
        is_connected: account.is_some(),
        is_token_refused: account.is_some_and(|account| account.refused_since.is_some()),
        is_chatwork_unreachable: is_chatwork_unreachable(state).await?,
        calls_wait: limits.wait_for_calls().is_some(),
        posts,
        local,
    })
}

/// Returns the last good backup. It is not known with PostgreSQL, whose backups are made by other programs.
fn last_backup(state: &AppState) -> LastBackup {
    match backup::last_backup(&state.data) {
        _ if state.store.is_cluster() => LastBackup::Unknown,
        None => LastBackup::Never,
        Some(at) => LastBackup::At(at),
    }
}

/// True while Chatwork does not respond. While no delivery is waiting, which would notice the end of the outage, a request
/// of its own probes Chatwork.
async fn is_chatwork_unreachable(state: &AppState) -> Result<bool, StoreError> {
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
