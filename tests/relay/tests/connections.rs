//! One client that opens connections and leaves them shuts nobody else out.

use std::path::Path;
use std::time::Duration;

use chatwork_sim::Sim;
use relay_tests::{Browser, Program, eventually};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::program::{RELAY, sim};

/// Longer than a connection that is closed at once stays open.
const A_WHILE: Duration = Duration::from_secs(2);
/// Longer than the system needs to connect two programs of this machine.
const A_MOMENT: Duration = Duration::from_millis(500);

/// Starts the program under limits of open files, as `ulimit` sets them.
fn start(limits: &str, data: &Path, sim: &Sim) -> Program {
    let script = format!(
        "{limits}; exec {RELAY} --listen 127.0.0.1:0 --data {} --chatwork-api {}",
        data.display(),
        sim.api(),
    );
    Program::start("/bin/sh", &["-c", &script])
}

/// Opens connections from another address of this machine than the other client has, until the relay takes
/// no more.
async fn flood(base: &str, connections: usize) -> Vec<TcpStream> {
    let address = base.strip_prefix("http://").unwrap().parse().unwrap();
    let mut held = Vec::new();
    for _ in 0..connections {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
        match timeout(A_MOMENT, socket.connect(address)).await {
            Ok(stream) => held.push(stream.unwrap()),
            Err(_) => break,
        }
    }
    held
}

async fn is_answered(base: &str) -> bool {
    let answer = Browser::new(base).get("/healthz").timeout(A_WHILE).send();
    answer.await.is_ok_and(|answer| answer.status() == 200)
}

/// How many of these connections the relay has closed.
async fn closed(held: &mut [TcpStream]) -> usize {
    let mut closed = 0;
    for stream in held {
        let end = timeout(Duration::from_millis(1), stream.read(&mut [0; 1])).await;
        closed += usize::from(matches!(end, Ok(Ok(0) | Err(_))));
    }
    closed
}

#[tokio::test]
async fn one_address_that_takes_every_connection_leaves_room_for_others() {
    let (sim, data) = (sim().await, tempfile::tempdir().unwrap());
    let mut program = start("ulimit -n 256", data.path(), &sim);
    let base = program.line("listening on ").await;
    let mut held = flood(&base, 400).await;
    assert!(is_answered(&base).await, "another client is served");
    let too_many = held.len().saturating_sub(128);
    assert!(too_many > 0, "the relay does not take so many");
    eventually("what is too much is closed", async || {
        (closed(&mut held).await >= too_many).then_some(())
    })
    .await;
    drop(held);
    assert_eq!(program.terminate().await, Some(0));
}

#[tokio::test]
async fn the_limit_of_open_files_is_raised_at_the_start() {
    let (sim, data) = (sim().await, tempfile::tempdir().unwrap());
    let mut program = start("ulimit -Sn 64", data.path(), &sim);
    let base = program.line("listening on ").await;
    let held = flood(&base, 100).await;
    assert!(
        is_answered(&base).await,
        "more than 64 connections are open"
    );
    drop(held);
    assert_eq!(program.terminate().await, Some(0));
}
