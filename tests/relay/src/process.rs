//! The relay as a separate process, for tests that signal or kill it.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use crate::postgres::database_of;

/// Timeout of a line and of the end of a process; long, as the tests share a busy machine.
const TIMEOUT: Duration = Duration::from_secs(90);

/// A running process and its standard output.
#[derive(Debug)]
pub struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// Starts the binary at the path `program`.
    #[must_use]
    pub fn start(program: &str, arguments: &[&str]) -> Self {
        Self::start_with(program, arguments, &[])
    }

    /// Starts the binary with these environment variables only.
    #[must_use]
    pub fn start_with(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(program)
            .args(arguments)
            .env_clear()
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// Starts the relay's command `serve` on a data folder, with the URL of a simulated Chatwork's API.
    pub async fn serve(program: &str, data: &Path, api: &str) -> Self {
        let database = database_of(data).await;
        Self::serve_on(program, data, api, database.as_deref())
    }

    /// [`Program::serve`] with this database.
    #[must_use]
    pub fn serve_on(program: &str, data: &Path, api: &str, database: Option<&str>) -> Self {
        let data = data.to_str().unwrap();
        let listen = "127.0.0.1:0";
        let database = database.unwrap_or("sqlite");
        let options = ["--listen", listen, "--data", data, "--chatwork-api", api];
        // Tests make more calls than the limit of a real tablet.
        let more = ["--database", database, "--tablet-calls", "1000000"];
        Self::start(program, &[&options[..], &more].concat())
    }

    /// Waits for a line with this prefix; returns the rest of the line.
    pub async fn line(&mut self, prefix: &str) -> String {
        loop {
            let line = timeout(TIMEOUT, self.lines.next_line()).await;
            let line = line
                .expect("a line in time")
                .unwrap()
                .expect("the program keeps running");
            if let Some(rest) = line.strip_prefix(prefix) {
                return rest.trim().to_owned();
            }
        }
    }

    /// Sends SIGHUP.
    pub async fn send_sighup(&self) {
        self.signal("-HUP").await;
    }

    /// Process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id().expect("a running program")
    }

    /// Waits until the process exits by itself; returns the exit code.
    pub async fn wait_for_exit(mut self) -> Option<i32> {
        let ended = timeout(TIMEOUT, self.child.wait()).await;
        ended.expect("the program exits in time").unwrap().code()
    }

    /// Sends SIGKILL.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Sends SIGTERM; returns the exit code.
    pub async fn terminate(mut self) -> Option<i32> {
        self.signal("-TERM").await;
        let ended = timeout(TIMEOUT, self.child.wait()).await;
        ended.expect("the program exits in time").unwrap().code()
    }

    /// Sends a signal by an option of `kill`, such as `-STOP`.
    pub async fn signal(&self, option: &str) {
        let id = self.id().to_string();
        let sent = Command::new("kill").args([option, &id]).status();
        assert!(sent.await.unwrap().success());
    }
}
