//! The relay's binary as a child process that can be stopped, killed and restarted.

use std::fs::File;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// A relay on a fixed loopback port with a data folder.
pub struct Relay {
    data: PathBuf,
    chatwork: String,
    port: u16,
    child: Option<Child>,
    /// Further arguments, from the next start on.
    pub arguments: Vec<String>,
    /// First-run link, printed at the first start.
    pub first_run: Option<String>,
}

impl Relay {
    /// Starts a relay on an empty data folder with the Chatwork at `chatwork`.
    pub async fn start(data: &Path, chatwork: &str) -> Self {
        let port = free_port();
        let data = data.to_owned();
        let mut relay = Self {
            data,
            chatwork: chatwork.to_owned(),
            port,
            child: None,
            arguments: Vec::new(),
            first_run: None,
        };
        relay.restart().await;
        relay
    }

    /// Origin of the app: `http://127.0.0.1:` and the port.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the relay on its port and data folder; waits until it listens.
    pub async fn restart(&mut self) {
        assert!(self.child.is_none(), "the relay is running already");
        let mut child = Command::new(binary())
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port)])
            .args(["--chatwork-api", &self.chatwork])
            .arg("--data")
            .arg(&self.data)
            .args(&self.arguments)
            .stdout(Stdio::piped())
            .stderr(self.log_file())
            .env("YOBIRIN_LOG", "text")
            .kill_on_drop(true)
            .spawn()
            .expect("the relay's binary starts; build it with `cargo build -p yobirin-relay`");
        let output = child.stdout.take().expect("its output is piped");
        let link = timeout(
            Duration::from_secs(30),
            read_until_listening(BufReader::new(output), self.first_run.is_none()),
        )
        .await
        .expect("the relay listens within 30 seconds");
        self.first_run = self.first_run.take().or(link);
        self.child = Some(child);
    }

    /// Makes every stored call this much older.
    pub async fn age_calls(&self, minutes: u32) {
        let options = SqliteConnectOptions::new().filename(self.data.join("yobirin.db"));
        let mut connection = options.connect().await.expect("the database opens");
        let age = "UPDATE calls SET accepted_at = accepted_at - $1, kept_from = kept_from - $1, \
                   expires_at = expires_at - $1";
        let aged = sqlx::query(age).bind(i64::from(minutes) * 60_000);
        aged.execute(&mut connection)
            .await
            .expect("calls are stored");
        connection.close().await.expect("the database closes");
    }

    /// Log file beside the data folder, shared by all starts.
    fn log_file(&self) -> File {
        let path = self.data.with_extension("log");
        let file = File::options().create(true).append(true).open(path);
        file.expect("the log can be written")
    }

    /// Stops the relay with SIGTERM; waits until it has exited.
    pub async fn stop(&mut self) {
        let mut child = self.child.take().expect("the relay is running");
        let id = child.id().expect("a running child has an id").to_string();
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .await
            .expect("kill runs");
        let ended = timeout(Duration::from_secs(20), child.wait()).await;
        let status = ended
            .expect("the relay stops within 20 seconds")
            .expect("its status is known");
        assert!(status.success(), "the relay stopped with {status}");
    }

    /// Runs `backup --rotate 14` on the data folder while the relay runs.
    pub async fn back_up(&self, folder: &Path) {
        let status = Command::new(binary())
            .args(["backup", "--rotate", "14"])
            .arg(folder)
            .arg("--data")
            .arg(&self.data)
            .stdout(Stdio::null())
            .stderr(self.log_file())
            .status()
            .await
            .expect("the relay's binary starts");
        assert!(status.success(), "the backup ended with {status}");
    }

    /// Kills the relay with SIGKILL.
    pub async fn kill(&mut self) {
        let mut child = self.child.take().expect("the relay is running");
        child.kill().await.expect("a running child can be killed");
    }
}

impl Drop for Relay {
    /// Prints the relay's log when the test fails.
    #[allow(clippy::print_stdout)] // shown with the failed test
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.data.with_extension("log"));
            println!("the relay's log:\n{}", log.unwrap_or_default());
        }
    }
}

/// Reads the output until the relay listens and has printed the first-run link if `expects_link`; returns the link.
async fn read_until_listening(
    mut output: BufReader<ChildStdout>,
    expects_link: bool,
) -> Option<String> {
    let (mut link, mut listens) = (None, false);
    let mut line = String::new();
    while !listens || (expects_link && link.is_none()) {
        line.clear();
        let read = output
            .read_line(&mut line)
            .await
            .expect("the relay's output is text");
        assert!(read > 0, "the relay ended before it listened");
        if let Some((_, found)) = line.split_once("first-run link: ") {
            link = Some(found.trim().to_owned());
        }
        listens |= line.contains("listening on ");
    }
    tokio::spawn(async move {
        let mut rest = Vec::new();
        let _ = tokio::io::AsyncReadExt::read_to_end(&mut output, &mut rest).await;
    });
    link
}

/// The relay under test: `YOBIRIN_RELAY`, else the debug build.
fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("YOBIRIN_RELAY") {
        return path.into();
    }
    crate::artifacts("debug").join("yobirin-relay")
}

/// A free port below those that systems give to other programs (from 32768 on Linux), so that none of them takes it
/// while the relay is stopped.
fn free_port() -> u16 {
    let ports = 20_000..32_768_u16;
    let count = u64::from(ports.end - ports.start);
    for _ in 0..100 {
        let random = RandomState::new().build_hasher().finish();
        let offset = u16::try_from(random % count).expect("less than the number of ports");
        let port = ports.start + offset;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("loopback has no free port");
}
