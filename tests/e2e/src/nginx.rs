//! nginx in front of the relay, with the README's configuration or a minimal one.

use std::net::SocketAddr;
use std::process::Stdio;

use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::{Duration, Instant, sleep};

use crate::WAIT_TIMEOUT;

/// Minimal configuration: `location / { proxy_pass … }`.
pub const MINIMAL: &str = "server {
    listen 443;
    location / {
        proxy_pass http://127.0.0.1:8080;
    }
}";

/// Configuration of a proxy that buffers events although the relay asks it not to.
pub const BUFFERING: &str = "server {
    listen 443;
    location / {
        proxy_pass http://127.0.0.1:8080;
        proxy_ignore_headers X-Accel-Buffering;
    }
}";

/// A running nginx; ends on drop.
pub struct Nginx {
    address: SocketAddr,
    _child: Child,
    _folder: TempDir,
}

impl Nginx {
    /// Starts nginx in front of the relay at this origin. In the configuration `server`, address and
    /// certificate are replaced. Returns `None` and prints a message when nginx is not installed.
    pub async fn start(server: &str, relay: &str) -> Option<Self> {
        let program = program().await?;
        let listener =
            std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        drop(listener); // nginx binds the port next
        let folder = tempfile::tempdir().expect("a folder for nginx");
        let config = config(server, relay, address);
        std::fs::write(folder.path().join("nginx.conf"), config)
            .expect("the configuration can be written");
        let prefix = format!("{}/", folder.path().display());
        let child = Command::new(program)
            .args(["-p", &prefix, "-c", "nginx.conf", "-e", "stderr"])
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("nginx starts");
        let deadline = Instant::now() + WAIT_TIMEOUT;
        while tokio::net::TcpStream::connect(address).await.is_err() {
            assert!(Instant::now() < deadline, "nginx does not listen");
            sleep(Duration::from_millis(20)).await;
        }
        Some(Self {
            address,
            _child: child,
            _folder: folder,
        })
    }

    /// Origin of the app through nginx.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// The README's configuration.
#[must_use]
pub fn readme_configuration() -> String {
    let readme = std::fs::read_to_string(crate::root().join("README.md")).expect("the README");
    let (_, after_start) = readme
        .split_once("```nginx\n")
        .expect("the README has lines for nginx");
    let (lines, _) = after_start.split_once("```").expect("the lines end");
    lines.to_owned()
}

/// Complete configuration of nginx, with a single process so that ending it leaves none.
fn config(server: &str, relay: &str, address: SocketAddr) -> String {
    let relay = relay.strip_prefix("http://").expect("an origin");
    // The test has no certificate.
    let is_kept = |line: &&str| !line.trim_start().starts_with("ssl_");
    let server: Vec<String> = server
        .lines()
        .filter(is_kept)
        .map(|line| match line.trim_start().starts_with("listen ") {
            true => format!("listen {address};"),
            false => line.replace("127.0.0.1:8080", relay),
        })
        .collect();
    format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr crit;
events {{ worker_connections 512; }}
http {{
access_log off;
client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
uwsgi_temp_path uwsgi; scgi_temp_path scgi;
{}
}}
",
        server.join("\n")
    )
}

/// Path of the nginx that `.make/tools.sh` installs.
#[allow(clippy::print_stdout)] // a test that was skipped must say so
async fn program() -> Option<String> {
    let output = Command::new("bash")
        .args([".make/tools.sh", "nginx"])
        .current_dir(crate::root())
        .stderr(Stdio::inherit())
        .output()
        .await;
    let output = output.expect("bash runs");
    let path = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() && !path.is_empty() {
        return Some(path);
    }
    println!("SKIPPED: nginx is not installed, so the tests behind it did not run");
    None
}
