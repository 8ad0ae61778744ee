//! Chatwork clients from PyPI work against the simulator as they do against Chatwork.
//!
//! Needs python3 with venv, and PyPI. Without them the test is skipped with a message, unless
//! `YOBIRIN_REQUIRE_THIRD_PARTY=1`.

use std::ffi::OsStr;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;

use chatwork_sim::{Office, Sim};

const CRATE: &str = env!("CARGO_MANIFEST_DIR");
const TARGET: &str = env!("CARGO_TARGET_TMPDIR");

#[tokio::test(flavor = "multi_thread")]
async fn third_party_clients_work_against_the_simulator() {
    let python = match environment() {
        Ok(python) => python,
        Err(why) if std::env::var_os("YOBIRIN_REQUIRE_THIRD_PARTY").is_some_and(|v| v == "1") => {
            panic!("third-party clients are required: {why}")
        }
        Err(why) => {
            // `println!` output of a passing test is captured.
            let _ = writeln!(
                std::io::stderr(),
                "skipped: third-party clients, because {why}"
            );
            return;
        }
    };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let sim = Sim::start(Office::sample(), address)
        .await
        .expect("a free port");
    let room = Office::SAMPLE_SOUMU_ROOM;
    let script = Path::new(CRATE).join("third_party/clients.py");
    let (api, room_id) = (sim.api(), room.to_string());
    let run = tokio::task::spawn_blocking(move || {
        let arguments: [&OsStr; 4] = [
            script.as_ref(),
            api.as_ref(),
            Office::SAMPLE_TOKEN.as_ref(),
            room_id.as_ref(),
        ];
        run(&python, &arguments)
    });
    let output = run
        .await
        .expect("the client's task ended without a panic")
        .expect("the script exits with success");
    // Of a post: status, and type and length of the message id. pychatwork sends the body in the query string, which
    // Chatwork ignores.
    let expected = [
        "empty room: []",
        "chatpywork posts: 200 str 19",
        r"pychatwork reads: 1 '[To:3128407] \u4f50\u85e4 \u82b1\u5b50\u3055\u3093\n\u6765\u5ba2\u3067\u3059 \U00020bb7'",
        "the same message: True",
        "nothing new: []",
        r#"pychatwork posts: ["Parameter 'body' is required"]"#,
        "wrong token: 401 {'errors': ['Invalid API token']}",
    ];
    assert_eq!(output.lines().collect::<Vec<_>>(), expected);
    let messages = sim.messages(room);
    assert_eq!(
        messages.len(),
        1,
        "a message in the query string is not stored"
    );
    assert_eq!(messages[0].mentions, [3_128_407]);
    sim.stop().await;
}

/// Python of a virtual environment with the packages of `requirements.txt`, created on first use.
fn environment() -> Result<PathBuf, String> {
    let home = Path::new(TARGET).join("third-party-clients");
    let python = home.join("bin/python");
    if !python.exists() {
        run(
            Path::new("python3"),
            &["-m".as_ref(), "venv".as_ref(), home.as_ref()],
        )?;
    }
    let requirements = Path::new(CRATE).join("third_party/requirements.txt");
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ];
    let mut arguments: Vec<&OsStr> = pip.iter().map(AsRef::as_ref).collect();
    arguments.push(requirements.as_ref());
    run(&python, &arguments)?;
    Ok(python)
}

/// Runs a program; returns its standard output, or an error with its standard error.
fn run(program: &Path, arguments: &[&OsStr]) -> Result<String, String> {
    let output = Command::new(program)
        .args(arguments)
        // The simulator is on loopback, which no proxy may handle.
        .env("NO_PROXY", "127.0.0.1")
        .env("PYTHONUTF8", "1")
        .output()
        .map_err(|error| format!("{} does not start: {error}", program.display()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let words = String::from_utf8_lossy(&output.stderr);
        Err(format!("{} failed: {}", program.display(), words.trim()))
    }
}
