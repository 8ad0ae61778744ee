//! Full disks and database outages: reported, without loss, and recovered from without restart.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use chatwork_sim::Sim;
use relay_tests::{
    CallDraft, ChaosProxy, LOBBY, Program, ROOM, Tablet, TestApp, database_of, eventually, execute,
    has_postgres, refusal, status,
};
use reqwest::header::RETRY_AFTER;
use tokio::process::Command;
use yobirin_api::ErrorCode;
use yobirin_domain::model::delivery::CallState;

use crate::program::{RELAY, set_up_program, start_sim};

/// Search path of the system programs that the tests start.
const PATH: (&str, &str) = ("PATH", "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin");

/// True when a system program runs and exits with success.
async fn exits_with_success(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stderr(Stdio::null());
    command.status().await.is_ok_and(|status| status.success())
}

/// True when a program can be started through the wrapper, a command that takes it as its arguments.
async fn can_run_in(wrapper: &[&str]) -> bool {
    exits_with_success(wrapper[0], &[&wrapper[1..], &["true"]].concat()).await
}

/// Starts the relay through a shell that runs the command `setup` first.
///
/// The arguments of `sh -c SCRIPT` become its parameters: `$0` is the data directory, which `setup` may use, and `$@`
/// is the relay with its options.
pub(crate) fn start_after(
    setup: &str,
    wrapper: &[&str],
    data: &Path,
    sim: &Sim,
    variables: &[(&str, &str)],
) -> Program {
    let script = format!("{setup}; exec \"$@\"");
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
    let command = [wrapper, &shell, &options].concat();
    let variables = [&[PATH, ("LEASE_SECONDS", "5")], variables].concat();
    Program::start_with(command[0], &command[1..], &variables)
}

/// Command that runs a program which may mount a file system for itself alone; `None` without the permission.
pub(crate) async fn mount_wrapper() -> Option<&'static [&'static str]> {
    let wrappers: [&[&str]; 2] = [
        &["unshare", "--mount"],
        &["unshare", "--map-root-user", "--mount"],
    ];
    for wrapper in wrappers {
        if can_run_in(wrapper).await {
            return Some(wrapper);
        }
    }
    None
}

/// Fills the file system of a program's data folder, and returns the file that fills it. The file system is mounted in
/// the program's namespace only, so the path goes through `/proc/…/root`.
pub(crate) fn fill_disk(program: &Program, data: &Path, bytes: usize) -> PathBuf {
    let root = format!("/proc/{}/root{}", program.id(), data.display());
    let filler = Path::new(&root).join("filler");
    // Fails at the end, when the disk is full.
    let _ = std::fs::write(&filler, vec![0; bytes]);
    filler
}

/// Makes calls until one is refused because the disk is full; returns the refused call and the accepted ones.
async fn calls_until_refused(tablet: &Tablet) -> (CallDraft, Vec<CallDraft>) {
    let mut accepted = Vec::new();
    loop {
        let draft = CallDraft::now().to_room(ROOM);
        let response = tablet.hand_over_request(&draft).send().await.unwrap();
        if response.status() == 202 {
            accepted.push(draft);
            assert!(accepted.len() < 500, "the disk fills before 500 calls");
            continue;
        }
        assert!(response.headers().contains_key(RETRY_AFTER));
        let error: yobirin_api::ErrorBody = response.json().await.unwrap();
        assert_eq!(error.code, ErrorCode::StorageFull, "{}", error.message);
        assert!(error.message.contains("free some space"));
        return (draft, accepted);
    }
}

/// Asserts, once there is free space again, that the refused call is accepted and every call is delivered once.
async fn assert_recovery(tablet: &Tablet, refused: CallDraft, accepted: Vec<CallDraft>, sim: &Sim) {
    eventually("the refused call is accepted", async || {
        (status(tablet.hand_over_request(&refused)).await == 202).then_some(())
    })
    .await;
    let readyz = tablet.browser.get("/readyz");
    assert_eq!(status(readyz).await, 200);
    for draft in accepted.iter().chain([&refused]) {
        assert_eq!(tablet.final_status(draft).await.state, CallState::Notified);
        let reference = draft.reference();
        let is_about_call = |message: &&chatwork_sim::Message| message.body.contains(&reference);
        assert_eq!(sim.messages(ROOM).iter().filter(is_about_call).count(), 1);
    }
}

/// Asserts that the readiness check reports the full disk (507) and the relay is alive.
async fn assert_disk_full_reported(tablet: &Tablet) {
    let readyz = tablet.browser.get("/readyz").send().await.unwrap();
    assert_eq!(readyz.status(), 507);
    assert!(readyz.text().await.unwrap().contains("free some space"));
    assert_eq!(status(tablet.browser.get("/healthz")).await, 200);
}

#[tokio::test]
async fn a_full_disk_is_reported_and_recovers_without_restart() {
    let Some(wrapper) = mount_wrapper().await else {
        eprintln!(
            "skipped, needs permission to mount a file system: a full disk (the test with a file size limit runs)"
        );
        return;
    };
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=3m,mode=700 none \"$0\"";
    let mut program = start_after(mount, wrapper, data.path(), &sim, &[]);
    let tablet = set_up_program(&mut program).await;
    let filler = fill_disk(&program, data.path(), 4 << 20);

    let (refused, accepted) = calls_until_refused(&tablet).await;
    assert_disk_full_reported(&tablet).await;
    std::fs::remove_file(&filler).unwrap();
    assert_recovery(&tablet, refused, accepted, &sim).await;
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn a_file_size_limit_is_reported_as_a_full_disk() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    // With the signal ignored, a write beyond the limit is an error, as with a quota.
    let mut program = start_after("trap '' XFSZ", &[], data.path(), &sim, &[]);
    let tablet = set_up_program(&mut program).await;
    let process = program.id().to_string();
    let limit = async |size: &str| {
        let size = format!("--fsize={size}:unlimited");
        assert!(
            exits_with_success("prlimit", &["--pid", &process, &size]).await,
            "{size}"
        );
    };
    let journal = std::fs::metadata(data.path().join("yobirin.db-wal")).unwrap();
    limit(&journal.len().to_string()).await;

    let (refused, accepted) = calls_until_refused(&tablet).await;
    assert_disk_full_reported(&tablet).await;
    limit("unlimited").await;
    assert_recovery(&tablet, refused, accepted, &sim).await;
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn a_full_postgresql_is_reported_as_a_full_disk() {
    if !has_postgres("a full PostgreSQL") {
        return;
    }
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    execute(
        app.data(),
        "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS \
           $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$; \
         CREATE TRIGGER disk_full BEFORE INSERT ON calls EXECUTE FUNCTION disk_full(); \
         CREATE TRIGGER disk_full BEFORE UPDATE ON sessions EXECUTE FUNCTION disk_full()",
    )
    .await;
    let (refused, _) = calls_until_refused(&tablet).await;
    // Long enough for the update of the session's `seen_at`, which fails.
    app.clock.advance(Duration::from_secs(120));
    assert_eq!(status(app.admin.get("/api/devices")).await, 200);
    execute(
        app.data(),
        "DROP TRIGGER disk_full ON calls; DROP TRIGGER disk_full ON sessions",
    )
    .await;
    tablet.hand_over(&refused).await;
    assert_eq!(
        tablet.final_status(&refused).await.state,
        CallState::Notified
    );
    assert_eq!(status(app.admin.get("/readyz")).await, 200);
    app.close().await;
}

/// An app with a proxy in front of its PostgreSQL.
async fn app_behind_proxy(data: &Path) -> (TestApp, ChaosProxy) {
    let address = database_of(data).await.unwrap();
    let (credentials, server_and_database) = address.split_once('@').unwrap();
    let (server, database) = server_and_database.split_once('/').unwrap();
    let proxy = ChaosProxy::start(server).await;
    let proxied_address = format!("{credentials}@{}/{database}", proxy.address());
    let app =
        TestApp::start_with(|options| options.database = proxied_address.parse().unwrap()).await;
    (app, proxy)
}

/// Asserts, after the outage, that the refused call is accepted and both it and the earlier call are delivered once.
async fn assert_both_calls_delivered(
    app: &TestApp,
    tablet: &Tablet,
    earlier: &CallDraft,
    refused: &CallDraft,
) {
    eventually("the call is accepted", async || {
        (status(tablet.hand_over_request(refused)).await == 202).then_some(())
    })
    .await;
    for draft in [earlier, refused] {
        // A delivery in flight at the outage gets its final state after its lease ends.
        let state = app.final_state_with_fast_clock(tablet, draft).await;
        assert_eq!(state, CallState::Notified);
        assert_eq!(app.message_count(ROOM, draft), 1);
    }
}

#[tokio::test]
async fn an_outage_of_postgresql_loses_nothing() {
    if !has_postgres("an outage of PostgreSQL") {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let (app, mut proxy) = app_behind_proxy(data.path()).await;
    let tablet = app.tablet(LOBBY).await;
    let earlier = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&earlier).await;

    proxy.close().await;
    let refused = CallDraft::now().to_room(ROOM);
    let response = tablet.hand_over_request(&refused).send().await.unwrap();
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key(RETRY_AFTER));
    assert_eq!(
        refusal(tablet.hand_over_request(&refused)).await,
        ErrorCode::StorageAway
    );
    assert_eq!(status(app.admin.get("/readyz")).await, 503);
    assert_eq!(status(app.admin.get("/healthz")).await, 200);

    proxy.reopen().await;
    assert_both_calls_delivered(&app, &tablet, &earlier, &refused).await;
    assert_eq!(status(app.admin.get("/readyz")).await, 200);
    app.close().await;
}

#[tokio::test]
async fn an_unresponsive_postgresql_times_out_and_loses_nothing() {
    if !has_postgres("an unresponsive PostgreSQL") {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let (app, proxy) = app_behind_proxy(data.path()).await;
    let tablet = app.tablet(LOBBY).await;
    let earlier = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&earlier).await;
    assert_eq!(
        tablet.final_status(&earlier).await.state,
        CallState::Notified
    );

    proxy.stall();
    let refused = CallDraft::now().to_room(ROOM);
    // Requests fail quickly instead of hanging.
    let (settings_error, handover_error) = tokio::join!(
        refusal(app.admin.get("/api/settings")),
        refusal(tablet.hand_over_request(&refused)),
    );
    assert_eq!(
        [settings_error, handover_error],
        [ErrorCode::StorageAway; 2]
    );
    assert_eq!(status(app.admin.get("/readyz")).await, 503);
    assert_eq!(status(app.admin.get("/healthz")).await, 200);

    proxy.resume();
    assert_both_calls_delivered(&app, &tablet, &earlier, &refused).await;
    app.close().await;
}

/// Error message of a relay that cannot start on this database.
async fn startup_error(database: &str) -> String {
    let data = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(RELAY)
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .env_clear()
        .env("YOBIRIN_DATABASE", database)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message.lines().count(), 1, "one clear line: {message}");
    message
}

#[tokio::test]
async fn an_unreachable_postgresql_at_startup_is_named_without_its_password() {
    let message = startup_error("postgres://desk:c0ffee@127.0.0.1:1/yobirin").await;
    for part in ["127.0.0.1:1", "database yobirin", "check that it runs"] {
        assert!(message.contains(part), "{part}: {message}");
    }
    assert!(!message.contains("c0ffee"), "{message}");
}

#[tokio::test]
async fn a_postgresql_that_refuses_the_login_at_startup_is_explained() {
    if !has_postgres("a PostgreSQL that refuses the login") {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let address = database_of(data.path()).await.unwrap();
    let (credentials, server_and_database) = address.split_once('@').unwrap();
    let (user, password) = credentials.rsplit_once(':').unwrap();
    let message = startup_error(&format!("{user}:wrong@{server_and_database}")).await;
    assert!(message.contains("check the user and password"), "{message}");
    let message = startup_error(&format!("{address}_missing")).await;
    assert!(message.contains("create that database"), "{message}");
    // The test server has no TLS.
    let message = startup_error(&format!("{address}?sslmode=require")).await;
    assert!(message.contains("sslmode in YOBIRIN_DATABASE"), "{message}");
    assert!(!message.contains(password), "{message}");
}
