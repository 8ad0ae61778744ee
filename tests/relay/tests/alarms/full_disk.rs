//! Alarms of a relay whose disk is full. Its clock is scaled: three minutes of silence pass in seconds.

use std::time::{SystemTime, UNIX_EPOCH};

use relay_tests::{Browser, CallDraft, ROOM, eventually, status};
use yobirin_api::alarm::AlarmReport;
use yobirin_api::device::Heartbeat;

use super::{ALARM_ROOM, kinds, report, settings_with_alarms};
use crate::program::{pair_lobby, set_up_site, start_sim};
use crate::storage::{fill_disk, mount_wrapper, start_after};

/// Speed of the relay's clock.
const SPEED: u64 = 20;
/// Time after which tablets without heartbeats would be silent, with two checks of the relay to spare.
const SILENT_AFTER_MS: u64 = 210_000;

fn system_now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(now.as_millis()).unwrap()
}

/// Waits for a report of this time or later; every report on the way is checked.
async fn reports_until(admin: &Browser, time: u64, check: impl Fn(&AlarmReport)) -> AlarmReport {
    eventually(
        "the relay has checked the conditions of alarms",
        async || {
            let report = report(admin).await;
            check(&report);
            report
                .checked
                .is_some_and(|checked| checked >= time)
                .then_some(report)
        },
    )
    .await
}

#[tokio::test]
async fn a_full_disk_is_posted_and_no_tablet_counts_as_silent() {
    let Some(wrapper) = mount_wrapper().await else {
        eprintln!("skipped, needs permission to mount a file system: alarms on a full disk");
        return;
    };
    let (sim, data) = (start_sim().await, tempfile::tempdir().unwrap());
    let origin = system_now();
    let now = || origin + (system_now() - origin) * SPEED;
    let mount = "mount -t tmpfs -o size=8m,mode=700 none \"$0\"";
    let clock = format!("{origin}:{SPEED}");
    let clock = [("FAST_CLOCK", clock.as_str())];
    let mut program = start_after(mount, wrapper, data.path(), &sim, &clock);
    let (base, admin) = set_up_site(&mut program, &settings_with_alarms()).await;
    let tablet = pair_lobby(&base, &admin).await;
    let beat = || {
        let request = tablet.browser.post("/api/heartbeat");
        status(request.json(&Heartbeat::default()))
    };
    assert_eq!(beat().await, 204);
    let before = reports_until(&admin, now(), |_| {}).await;
    assert_eq!(before.open, []);

    let filler = fill_disk(&program, data.path(), 8 << 20);
    // A call needs more space than a heartbeat: the relay finds out that nothing can be stored.
    eventually("a call is refused", async || {
        let draft = CallDraft::at(now()).to_room(ROOM);
        (status(tablet.hand_over_request(&draft)).await == 507).then_some(())
    })
    .await;
    let is_calm = |report: &AlarmReport| assert!(!kinds(report).contains(&"tablets_silent"));
    let full = reports_until(&admin, now() + SILENT_AFTER_MS, is_calm).await;
    assert_eq!(kinds(&full), ["disk_low"]);

    std::fs::remove_file(&filler).unwrap();
    eventually("the relay posts the end", async || {
        beat().await;
        is_calm(&report(&admin).await);
        let posts = sim.messages(ALARM_ROOM);
        let is_over = |body: &str| body.contains(" 復旧：ディスクの空き容量不足");
        posts.iter().any(|post| is_over(&post.body)).then_some(())
    })
    .await;
    let posts = sim.messages(ALARM_ROOM);
    assert!(
        !posts.iter().any(|post| post.body.contains("応答なし")),
        "{posts:?}"
    );
    let of_disk = posts.iter().filter(|post| post.body.contains("ディスク"));
    assert_eq!(of_disk.count(), 1, "{posts:?}");
    assert_eq!(program.terminate().await, Some(0));
    sim.stop().await;
}
