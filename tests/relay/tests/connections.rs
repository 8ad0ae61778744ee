//! A client that opens many idle connections does not block others.

use std::path::Path;
use std::time::Duration;

use chatwork_sim::Sim;
use relay_tests::{Browser, Program, eventually};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::program::{RELAY, start_sim};

/// Limit of open files with which the relay allows [`CONNECTIONS_PER_ADDRESS`].
const FILES: usize = 256;
/// Largest number of connections from one address: half the open files.
const CONNECTIONS_PER_ADDRESS: usize = FILES / 2;
/// A soft limit of open files that is lower than the number of connections that one client opens.
const SOFT_FILES: usize = 64;
/// Timeout of the health check; a relay without a free connection never responds.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(20);
/// Longer than connecting over loopback takes.
const CONNECT_TIME: Duration = Duration::from_millis(500);

/// Starts the relay under limits of open files set by `ulimit`.
fn start(limits: &str, data: &Path, sim: &Sim) -> Program {
    let script = format!(
        "{limits}; exec {RELAY} --listen 127.0.0.1:0 --data {} --chatwork-api {}",
        data.display(),
        sim.api(),
    );
    Program::start("/bin/sh", &["-c", &script])
}

/// Opens connections from another loopback address until the relay refuses them.
async fn open_connections(base: &str, max_connections: usize) -> Vec<TcpStream> {
    let address = base.strip_prefix("http://").unwrap().parse().unwrap();
    let mut connections = Vec::new();
    for _ in 0..max_connections {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
        match timeout(CONNECT_TIME, socket.connect(address)).await {
            Ok(stream) => connections.push(stream.unwrap()),
            Err(_) => break,
        }
    }
    connections
}

async fn is_served(base: &str) -> bool {
    let response = Browser::new(base)
        .get("/healthz")
        .timeout(HEALTH_TIMEOUT)
        .send();
    response
        .await
        .is_ok_and(|response| response.status() == 200)
}

/// Number of connections that the relay has closed.
async fn count_closed(connections: &mut [TcpStream]) -> usize {
    let mut closed = 0;
    for stream in connections {
        let end = timeout(Duration::from_millis(1), stream.read(&mut [0; 1])).await;
        closed += usize::from(matches!(end, Ok(Ok(0) | Err(_))));
    }
    closed
}

#[tokio::test]
async fn connections_are_limited_per_address() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let mut program = start(&format!("ulimit -n {FILES}"), data.path(), &sim);
    let base = program.line("listening on ").await;
    let mut connections = open_connections(&base, 3 * CONNECTIONS_PER_ADDRESS).await;
    assert!(is_served(&base).await, "another client is served");
    let too_many = connections.len().saturating_sub(CONNECTIONS_PER_ADDRESS);
    assert!(too_many > 0, "the relay refuses so many connections");
    eventually("excess connections are closed", async || {
        (count_closed(&mut connections).await >= too_many).then_some(())
    })
    .await;
    drop(connections);
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn the_limit_of_open_files_is_raised_at_startup() {
    let sim = start_sim().await;
    let data = tempfile::tempdir().unwrap();
    let mut program = start(&format!("ulimit -Sn {SOFT_FILES}"), data.path(), &sim);
    let base = program.line("listening on ").await;
    let connections = open_connections(&base, SOFT_FILES + SOFT_FILES / 2).await;
    assert!(
        is_served(&base).await,
        "the relay serves a client although more than {SOFT_FILES} connections are open"
    );
    drop(connections);
    assert_eq!(program.terminate().await, Some(0));
}
