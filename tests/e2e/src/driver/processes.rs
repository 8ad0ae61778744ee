//! The processes behind a browser: its driver, the browser itself, and its display.

use std::process::{Command, Stdio};

use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::process::Child;
use tokio::time::{Instant, sleep};

use crate::WAIT_TIMEOUT;

/// Processes of one browser, with the folder of its profile.
pub(super) struct Processes {
    /// The driver.
    pub(super) driver: Child,
    /// The X server, for a browser that needs one.
    pub(super) display: Option<Child>,
    /// The browser's profile, whose path is an argument of the browser.
    pub(super) profile: TempDir,
}

impl Processes {
    /// Kills all processes. Killing a driver does not end its browser, which is found by its profile folder.
    pub(super) fn kill(&mut self) {
        let _ = self.driver.start_kill();
        let profile = self.profile.path().display().to_string();
        let _ = Command::new("pkill")
            .args(["-9", "-f", "--", &profile])
            .status();
        if let Some(display) = &mut self.display {
            let _ = display.start_kill();
        }
    }
}

/// Starts a driver on a free port, with the arguments that `add_arguments` adds for this port; waits until it listens.
pub(super) async fn start_on_free_port(
    program: &str,
    add_arguments: impl Fn(&mut tokio::process::Command, u16),
) -> (Child, u16) {
    let deadline = Instant::now() + WAIT_TIMEOUT;
    loop {
        let listener =
            std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let port = listener.local_addr().expect("it is bound").port();
        drop(listener);
        let mut command = tokio::process::Command::new(program);
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        add_arguments(&mut command, port);
        let mut driver = command.spawn().unwrap_or_else(|error| {
            panic!("{program} does not start ({error}); `make test` installs it")
        });
        // An exit means that another process took the port meanwhile.
        while matches!(driver.try_wait(), Ok(None)) {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return (driver, port);
            }
            assert!(Instant::now() < deadline, "{program} never listens");
            sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(Instant::now() < deadline, "{program} always exits at once");
    }
}
