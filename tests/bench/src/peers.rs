//! The peers: nginx and Node's http-proxy, each adding the token header and forwarding over persistent
//! connections, and their upstream.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::{Duration, Instant};

use relay_tests::Program;
use tempfile::TempDir;

use crate::site::folder;

/// Request header with Chatwork's API token.
pub(crate) const TOKEN_HEADER: &str = "x-chatworktoken";

/// Maximum time until nginx accepts connections.
const NGINX_START_TIMEOUT: Duration = Duration::from_secs(10);
const TOKEN: &str = "c0ffee5a3b7d19e2f4486ab0d1c25e97";

/// The running proxies and their upstream.
#[derive(Debug)]
pub(crate) struct Peers {
    pub(crate) nginx: SocketAddr,
    pub(crate) node: SocketAddr,
    programs: Vec<Program>,
    _folder: TempDir,
}

impl Peers {
    pub(crate) async fn start() -> Self {
        let program = std::env::current_exe().unwrap();
        let mut upstream = Program::start(program.to_str().unwrap(), &["upstream"]);
        let upstream_address = upstream.line("listening on ").await;
        let folder = tempfile::tempdir_in(folder()).unwrap();
        let (nginx_address, nginx) = nginx(folder.path(), &upstream_address).await;
        let script = std::env::var("BENCH_NODE_PROXY").expect("BENCH_NODE_PROXY names the script");
        let path = std::env::var("PATH").unwrap();
        let npm = std::env::var("BENCH_NPM").expect("BENCH_NPM names a folder of npm packages");
        let mut variables = vec![("UPSTREAM", upstream_address.as_str()), ("TOKEN", TOKEN)];
        variables.extend([("PATH", path.as_str()), ("BENCH_NPM", npm.as_str())]);
        let mut node = Program::start_with("node", &[&script], &variables);
        let node_address = node.line("listening on ").await;
        Self {
            nginx: nginx_address,
            node: node_address.parse().unwrap(),
            programs: vec![upstream, nginx, node],
            _folder: folder,
        }
    }

    pub(crate) async fn stop(self) {
        for program in self.programs {
            program.terminate().await;
        }
    }
}

/// Starts nginx in a separate folder with one worker per processor.
async fn nginx(folder: &Path, upstream: &str) -> (SocketAddr, Program) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener); // nginx binds the port next
    let config = format!(
        "daemon off; worker_processes auto; pid nginx.pid; error_log stderr crit; {user}
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  keepalive_requests 100000000;
  upstream chatwork {{ server {upstream}; keepalive 128; keepalive_requests 100000000; }}
  server {{
    listen {address};
    location / {{
      proxy_pass http://chatwork;
      proxy_http_version 1.1;
      proxy_set_header Connection \"\";
      proxy_set_header {TOKEN_HEADER} {TOKEN};
    }}
  }}
}}
",
        // Under root, nginx's workers would run as nobody, who cannot access this folder.
        user = if is_root() { "user root;" } else { "" },
    );
    std::fs::write(folder.join("nginx.conf"), config).unwrap();
    let program = std::env::var("BENCH_NGINX").expect("BENCH_NGINX names nginx");
    let prefix = format!("{}/", folder.to_str().unwrap());
    let options = ["-p", &prefix, "-c", "nginx.conf", "-e", "stderr"];
    let nginx = Program::start(&program, &options);
    let began = Instant::now();
    while tokio::net::TcpStream::connect(address).await.is_err() {
        assert!(
            began.elapsed() < NGINX_START_TIMEOUT,
            "nginx does not start"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    (address, nginx)
}

fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.contains("Uid:\t0\t")
}
