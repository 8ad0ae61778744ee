//! The disk is full, the database is gone: said in words, nothing lost, and over by itself.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use chatwork_sim::Sim;
use relay_tests::{
    CallDraft, Desk, Gate, LOBBY, Program, ROOM, Tablet, database_of, eventually, execute,
    is_on_postgres, refusal, status,
};
use reqwest::header::RETRY_AFTER;
use tokio::process::Command;
use yobirin_api::ErrorCode;
use yobirin_domain::model::delivery::CallState;

use crate::program::{RELAY, first_steps, sim};

/// Programs of the system that the tests start.
const PATH: (&str, &str) = ("PATH", "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin");

async fn works(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stderr(Stdio::null());
    command.status().await.is_ok_and(|status| status.success())
}

/// Starts the relay on a data folder of its own by way of a shell, which runs `before` first.
fn start(wrapper: &[&str], before: &str, data: &Path, sim: &Sim) -> Program {
    let script = format!("{before}; exec \"$@\"");
    let (data, api) = (data.to_str().unwrap(), sim.api());
    let shell = ["sh", "-c", &script, data, RELAY];
    let options = [
        "--listen",
        "127.0.0.1:0",
        "--data",
        data,
        "--chatwork-api",
        &api,
    ];
    let whole = [wrapper, &shell, &options].concat();
    Program::start_with(whole[0], &whole[1..], &[PATH, ("LEASE_SECONDS", "5")])
}

/// Makes calls until one is refused for want of room; returns it and those that were taken.
async fn until_full(tablet: &Tablet) -> (CallDraft, Vec<CallDraft>) {
    let mut taken = Vec::new();
    loop {
        let draft = CallDraft::now().to_room(ROOM);
        let response = tablet.handing_over(&draft).send().await.unwrap();
        if response.status() == 202 {
            taken.push(draft);
            assert!(taken.len() < 500, "the disk never fills");
            continue;
        }
        assert!(response.headers().contains_key(RETRY_AFTER));
        let error: yobirin_api::ErrorBody = response.json().await.unwrap();
        assert_eq!(error.code, ErrorCode::StorageFull, "{}", error.message);
        assert!(error.message.contains("free some space"));
        return (draft, taken);
    }
}

/// The disk has room again: what was refused is taken, and everything is told once.
async fn goes_on(tablet: &Tablet, refused: CallDraft, taken: Vec<CallDraft>, sim: &Sim) {
    eventually("the refused call is taken", async || {
        (status(tablet.handing_over(&refused)).await == 202).then_some(())
    })
    .await;
    let readyz = tablet.browser.get("/readyz");
    assert_eq!(status(readyz).await, 200);
    for draft in taken.iter().chain([&refused]) {
        assert_eq!(tablet.settled(draft).await.state, CallState::Notified);
        let reference = draft.reference();
        let told = |message: &&chatwork_sim::Message| message.body.contains(&reference);
        assert_eq!(sim.messages(ROOM).iter().filter(told).count(), 1);
    }
}

async fn says_so(tablet: &Tablet) {
    let readyz = tablet.browser.get("/readyz").send().await.unwrap();
    assert_eq!(readyz.status(), 507);
    assert!(readyz.text().await.unwrap().contains("free some space"));
    assert_eq!(status(tablet.browser.get("/healthz")).await, 200);
}

#[tokio::test]
async fn a_full_disk_refuses_in_words_and_recovers_by_itself() {
    let own = ["unshare", "--mount"];
    let mapped = ["unshare", "--map-root-user", "--mount"];
    let wrapper: &[&str] = if works(own[0], &[own[1], "true"]).await {
        &own
    } else if works(mapped[0], &[mapped[1], mapped[2], "true"]).await {
        &mapped
    } else {
        eprintln!("skipped, needs leave to mount: a full disk (a limit on files is tried anyway)");
        return;
    };
    let (sim, data) = (sim().await, tempfile::tempdir().unwrap());
    let mount = "mount -t tmpfs -o size=3m,mode=700 none \"$0\"";
    let mut program = start(wrapper, mount, data.path(), &sim);
    let tablet = first_steps(&mut program).await;
    // Its disk is seen by the program only: we reach in by way of its root.
    let root = format!("/proc/{}/root{}", program.id(), data.path().display());
    let filler = Path::new(&root).join("filler");
    // Fails in the end, when it has filled what there is.
    let _ = std::fs::write(&filler, vec![0; 4 << 20]);

    let (refused, taken) = until_full(&tablet).await;
    says_so(&tablet).await;
    std::fs::remove_file(&filler).unwrap();
    goes_on(&tablet, refused, taken, &sim).await;
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn a_limit_on_what_may_be_written_is_a_full_disk_too() {
    let (sim, data) = (sim().await, tempfile::tempdir().unwrap());
    // Without the signal, a write beyond the limit is an error, as it is with a quota.
    let mut program = start(&[], "trap '' XFSZ", data.path(), &sim);
    let tablet = first_steps(&mut program).await;
    let process = program.id().to_string();
    let limit = async |size: &str| {
        let size = format!("--fsize={size}:unlimited");
        assert!(
            works("prlimit", &["--pid", &process, &size]).await,
            "{size}"
        );
    };
    let journal = std::fs::metadata(data.path().join("yobirin.db-wal")).unwrap();
    limit(&journal.len().to_string()).await;

    let (refused, taken) = until_full(&tablet).await;
    says_so(&tablet).await;
    limit("unlimited").await;
    goes_on(&tablet, refused, taken, &sim).await;
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn a_postgresql_without_room_is_a_full_disk_too() {
    if !is_on_postgres("a PostgreSQL without room") {
        return;
    }
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    execute(
        desk.data(),
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS \
           $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$; \
         CREATE TRIGGER no_room BEFORE INSERT ON calls EXECUTE FUNCTION no_room(); \
         CREATE TRIGGER no_room BEFORE UPDATE ON admin_sessions EXECUTE FUNCTION no_room()",
    )
    .await;
    let (refused, _) = until_full(&tablet).await;
    // Long enough for the admin's presence to be noted, which fails.
    desk.clock.advance(Duration::from_secs(120));
    assert_eq!(status(desk.admin.get("/api/devices")).await, 200);
    execute(
        desk.data(),
        "DROP TRIGGER no_room ON calls; DROP TRIGGER no_room ON admin_sessions",
    )
    .await;
    tablet.hand_over(&refused).await;
    assert_eq!(tablet.settled(&refused).await.state, CallState::Notified);
    assert_eq!(status(desk.admin.get("/readyz")).await, 200);
    desk.close().await;
}

/// A desk whose PostgreSQL is behind a gate.
async fn behind_a_gate(data: &Path) -> (Desk, Gate) {
    let address = database_of(data).await.unwrap();
    let (before, rest) = address.split_once('@').unwrap();
    let (server, database) = rest.split_once('/').unwrap();
    let gate = Gate::to(server).await;
    let through = format!("{before}@{}/{database}", gate.address());
    let desk = Desk::open_with(|options| options.database = through.parse().unwrap()).await;
    (desk, gate)
}

/// The call that was refused while the database was away is taken when it is back, and neither it nor
/// the one before it is lost or told twice.
async fn both_are_told(desk: &Desk, tablet: &Tablet, before: &CallDraft, refused: &CallDraft) {
    eventually("the call is taken", async || {
        (status(tablet.handing_over(refused)).await == 202).then_some(())
    })
    .await;
    for draft in [before, refused] {
        // What was under way when it went is settled when its lease has ended.
        let state = desk.settled_in_time(tablet, draft).await;
        assert_eq!(state, CallState::Notified);
        assert_eq!(desk.told(ROOM, draft), 1);
    }
}

#[tokio::test]
async fn a_postgresql_that_goes_away_and_comes_back_loses_nothing() {
    if !is_on_postgres("a PostgreSQL that goes away") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (desk, mut gate) = behind_a_gate(folder.path()).await;
    let tablet = desk.tablet(LOBBY).await;
    let before = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&before).await;

    gate.shut().await;
    let draft = CallDraft::now().to_room(ROOM);
    let response = tablet.handing_over(&draft).send().await.unwrap();
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key(RETRY_AFTER));
    assert_eq!(
        refusal(tablet.handing_over(&draft)).await,
        ErrorCode::StorageAway
    );
    assert_eq!(status(desk.admin.get("/readyz")).await, 503);
    assert_eq!(status(desk.admin.get("/healthz")).await, 200);

    gate.open().await;
    both_are_told(&desk, &tablet, &before, &draft).await;
    assert_eq!(status(desk.admin.get("/readyz")).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn a_postgresql_that_says_nothing_is_given_up_in_words_and_loses_nothing() {
    if !is_on_postgres("a PostgreSQL that says nothing") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (desk, gate) = behind_a_gate(folder.path()).await;
    let tablet = desk.tablet(LOBBY).await;
    let before = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&before).await;
    assert_eq!(tablet.settled(&before).await.state, CallState::Notified);

    gate.jam();
    let draft = CallDraft::now().to_room(ROOM);
    // Whoever asks is answered, not held.
    let (asked, handed_over) = tokio::join!(
        refusal(desk.admin.get("/api/settings")),
        refusal(tablet.handing_over(&draft)),
    );
    assert_eq!([asked, handed_over], [ErrorCode::StorageAway; 2]);
    assert_eq!(status(desk.admin.get("/readyz")).await, 503);
    assert_eq!(status(desk.admin.get("/healthz")).await, 200);

    gate.free();
    both_are_told(&desk, &tablet, &before, &draft).await;
    desk.close().await;
}

/// What a relay says that cannot start on this database.
async fn last_words(database: &str) -> String {
    let data = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(RELAY)
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .env_clear()
        .env("YOBIRIN_DATABASE", database)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(words.lines().count(), 1, "one clear line: {words}");
    words
}

#[tokio::test]
async fn a_postgresql_that_is_not_there_at_the_start_is_named_and_its_password_is_not() {
    let words = last_words("postgres://desk:c0ffee@127.0.0.1:1/yobirin").await;
    for part in ["127.0.0.1:1", "database yobirin", "check that it runs"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!words.contains("c0ffee"), "{words}");
}

#[tokio::test]
async fn a_postgresql_that_refuses_us_at_the_start_says_what_to_do() {
    if !is_on_postgres("a PostgreSQL that refuses") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let address = database_of(folder.path()).await.unwrap();
    let (before, rest) = address.split_once('@').unwrap();
    let (user, password) = before.rsplit_once(':').unwrap();
    let words = last_words(&format!("{user}:wrong@{rest}")).await;
    assert!(words.contains("check the user and password"), "{words}");
    let words = last_words(&format!("{address}_missing")).await;
    assert!(words.contains("create that database"), "{words}");
    // The test's server has no TLS.
    let words = last_words(&format!("{address}?sslmode=require")).await;
    assert!(words.contains("sslmode in YOBIRIN_DATABASE"), "{words}");
    assert!(!words.contains(password), "{words}");
}
