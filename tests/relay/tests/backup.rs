//! `backup` while the relay runs, and `restore`, which restores everything and overwrites nothing by default.
//! SQLite only; PostgreSQL has its own tools.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use relay_tests::{CallDraft, PASSWORD, Program, ROOM, json};
use yobirin_api::call::CallPage;
use yobirin_api::chatwork::Connection;
use yobirin_api::session::{Login, Session};
use yobirin_domain::model::delivery::CallState;

use crate::program::{RELAY, restart_program, set_up_program, start_sim};

fn run(arguments: &[&str], data: &Path) -> Output {
    Command::new(RELAY)
        .args(arguments)
        .env_clear()
        .env("YOBIRIN_DATA", data)
        .output()
        .unwrap()
}

fn assert_refused(output: &Output, words: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains(words), "{stderr}");
}

#[tokio::test]
async fn a_backup_made_while_the_relay_runs_restores_everything() {
    let sim = start_sim().await;
    let home = tempfile::tempdir().unwrap();
    let (data, other) = (home.path().join("data"), home.path().join("other"));
    let file = home.path().join("office.backup");
    let path = file.to_str().unwrap();

    let mut program = Program::serve_on(RELAY, &data, &sim.api(), None);
    let tablet = set_up_program(&mut program).await;
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    let before = tablet.final_status(&draft).await;
    let backup = run(&["backup", path], &data);
    assert!(backup.status.success(), "{backup:?}");
    assert!(String::from_utf8_lossy(&backup.stdout).contains("The key is in it"));
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "only the owner can read the backup");
    assert_refused(&run(&["backup", path], &data), "exists already");
    let later = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&later).await;
    let last_sequence = tablet.final_status(&later).await.sequence;
    assert_eq!(program.terminate().await, Some(0));

    let restored = run(&["restore", path], &other);
    assert!(restored.status.success(), "{restored:?}");
    let program = Program::serve_on(RELAY, &other, &sim.api(), None);
    let (program, tablet) = restart_program(program, &tablet).await;
    assert_eq!(tablet.status(&draft).await.deliveries, before.deliveries);
    let admin = tablet.browser.clone();
    let login = Login::Password(PASSWORD.to_owned());
    let session: Session = json(admin.post("/api/login").json(&login)).await;
    assert!(session.admin && session.device.is_some() && !session.first_run);
    let connection: Connection = json(admin.get("/api/chatwork")).await;
    assert!(matches!(connection, Connection::Connected { .. }));
    let history: CallPage = json(admin.get("/api/calls")).await;
    assert_eq!(
        history.calls.len(),
        1,
        "the history has only the call made before the backup"
    );

    let mut events = tablet.events_after(last_sequence).await;
    let new = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&new).await;
    let (number, state) = events.until_final().await;
    assert!(
        number > last_sequence && state.is_final(),
        "a stream resumes after the last event before the backup"
    );
    assert_eq!(tablet.final_status(&new).await.state, CallState::Notified);
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn a_call_that_was_waiting_in_a_backup_is_not_sent_again() {
    let sim = start_sim().await;
    let home = tempfile::tempdir().unwrap();
    let (data, other) = (home.path().join("data"), home.path().join("other"));
    let file = home.path().join("office.backup");
    let path = file.to_str().unwrap();
    let mut program = Program::serve_on(RELAY, &data, &sim.api(), None);
    let tablet = set_up_program(&mut program).await;
    let fault = sim.inject(relay_tests::fault_on_posts(
        chatwork_sim::Effect::ServerError { status: 503 },
    ));
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert!(run(&["backup", path], &data).status.success());
    sim.remove_fault(fault);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    assert_eq!(program.terminate().await, Some(0));

    assert!(run(&["restore", path], &other).status.success());
    let program = Program::serve_on(RELAY, &other, &sim.api(), None);
    let (program, tablet) = restart_program(program, &tablet).await;
    tablet.final_status(&draft).await;
    let reference = draft.reference();
    let messages = sim.messages(ROOM);
    let messages = messages
        .iter()
        .filter(|message| message.body.contains(&reference));
    assert_eq!(messages.count(), 1);
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn a_restore_overwrites_nothing_without_replace() {
    let sim = start_sim().await;
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let file = home.path().join("office.backup");
    let path = file.to_str().unwrap();
    assert_refused(&run(&["backup", path], &data), "nothing to back up");
    let mut program = Program::serve_on(RELAY, &data, &sim.api(), None);
    let tablet = set_up_program(&mut program).await;
    assert!(run(&["backup", path], &data).status.success());
    let link = home.path().join("dangling-link");
    std::os::unix::fs::symlink("/nowhere", &link).unwrap();
    let in_missing_folder = home.path().join("missing/office.backup");
    for (file, words) in [(&link, "exists already"), (&in_missing_folder, "create it")] {
        assert_refused(&run(&["backup", file.to_str().unwrap()], &data), words);
    }
    assert_refused(&run(&["restore", "--replace", path], &data), "in use");
    assert_eq!(program.terminate().await, Some(0));

    assert_refused(&run(&["restore", path], &data), "--replace");
    let garbage = home.path().join("garbage");
    std::fs::write(&garbage, "no backup").unwrap();
    let garbage = garbage.to_str().unwrap();
    assert_refused(
        &run(&["restore", "--replace", garbage], &data),
        "not a backup",
    );
    let key = std::fs::read(data.join("key")).unwrap();
    let replaced = run(&["restore", "--replace", path], &data);
    assert!(replaced.status.success(), "{replaced:?}");
    assert!(data.join("yobirin.db.replaced").exists());
    assert_eq!(std::fs::read(data.join("key")).unwrap(), key);

    let moved = std::fs::read(data.join("yobirin.db.replaced")).unwrap();
    let again = run(&["restore", "--replace", path], &data);
    assert!(String::from_utf8_lossy(&again.stdout).contains(".replaced-2"));
    assert!(data.join("yobirin.db.replaced-2").exists());
    let kept = std::fs::read(data.join("yobirin.db.replaced")).unwrap();
    assert_eq!(kept, moved, "what was moved aside before is kept");

    let program = Program::serve_on(RELAY, &data, &sim.api(), None);
    let (program, tablet) = restart_program(program, &tablet).await;
    let session: Session = json(tablet.browser.get("/api/session")).await;
    assert!(session.device.is_some(), "still paired");
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn rotation_keeps_the_newest_backups_that_restore() {
    let sim = start_sim().await;
    let home = tempfile::tempdir().unwrap();
    let (data, folder) = (home.path().join("data"), home.path().join("backups"));
    let mut program = Program::serve_on(RELAY, &data, &sim.api(), None);
    set_up_program(&mut program).await;
    std::fs::create_dir(&folder).unwrap();
    for name in ["20200101T000000Z", "20200102T000000Z", "20200103T000000Z"] {
        std::fs::write(folder.join(format!("yobirin-{name}.backup")), "").unwrap();
    }
    std::fs::write(folder.join("holiday.backup"), "").unwrap();
    let path = folder.to_str().unwrap();
    let backup = run(&["backup", "--rotate", "2", path], &data);
    assert!(backup.status.success(), "{backup:?}");
    assert_eq!(program.terminate().await, Some(0));

    let names = |folder: &Path| {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let remaining = names(&folder);
    assert_eq!(
        remaining[..2],
        ["holiday.backup", "yobirin-20200103T000000Z.backup"]
    );
    assert_eq!(
        remaining.len(),
        3,
        "the new backup and no temporary file: {remaining:?}"
    );
    let newest = folder.join(&remaining[2]);
    let other = home.path().join("other");
    let restored = run(&["restore", newest.to_str().unwrap()], &other);
    assert!(restored.status.success(), "{restored:?}");

    std::fs::write(data.join("key"), "no key").unwrap();
    let broken = home.path().join("broken");
    let old = "yobirin-20200101T000000Z.backup";
    std::fs::create_dir(&broken).unwrap();
    std::fs::write(broken.join(old), "").unwrap();
    let failed = run(
        &["backup", "--rotate", "1", broken.to_str().unwrap()],
        &data,
    );
    assert_refused(&failed, "cannot be restored");
    assert_eq!(
        names(&broken),
        [old],
        "a backup that cannot be restored replaces no older one"
    );
}

#[test]
fn on_postgresql_backup_refers_to_its_own_tools() {
    let data = tempfile::tempdir().unwrap();
    let database = "postgres://desk@127.0.0.1:1/yobirin";
    for command in ["backup", "restore"] {
        let output = run(&[command, "file", "--database", database], data.path());
        assert_refused(&output, "pg_dump");
    }
}
