//! A tablet in Chromium, which paints the answers to its calls.

use std::process::Stdio;
use std::time::{Duration, SystemTime};

use chatwork_sim::{Message, Office, Sim};
use relay_tests::{HOST, ROOM};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use super::reply::{DELIVERED_WITHIN, Reply, random_age};

/// The program that controls Chromium.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/painted.mjs");
/// Time within which Chromium starts, or an answer is painted.
const PAINTED_WITHIN: Duration = Duration::from_secs(120);

/// A paired tablet in Chromium.
#[derive(Debug)]
pub(super) struct PaintedTablet {
    program: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    /// Id of the latest message of the bot in the room that the tablet calls; 0 before the first call.
    latest_post: u64,
}

impl PaintedTablet {
    /// Starts Chromium and pairs it.
    pub(super) async fn open(pairing_link: &str) -> Self {
        let mut program = Command::new("node")
            .args([SCRIPT, pairing_link])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let input = program.stdin.take().unwrap();
        let output = BufReader::new(program.stdout.take().unwrap()).lines();
        let mut tablet = Self {
            program,
            input,
            output,
            latest_post: 0,
        };
        assert_eq!(tablet.line().await, "paired");
        tablet
    }

    /// Calls the room, replies to the call within this time, and waits until the answer is painted.
    pub(super) async fn answered_call(&mut self, sim: &Sim, within: Duration) -> Reply {
        self.input.write_all(b"call\n").await.unwrap();
        assert_eq!(self.line().await, "called");
        let latest = self.latest_post;
        let is_new =
            |post: &Message| post.account_id == Office::SAMPLE_BOT && post.message_id > latest;
        let post = sim.wait_for_message(ROOM, is_new, DELIVERED_WITHIN);
        self.latest_post = post.await.unwrap().message_id;
        let age = random_age(within);
        tokio::time::sleep(age).await;
        sim.reply_as(ROOM, HOST, self.latest_post, "行きます")
            .unwrap();
        let written = SystemTime::now();
        let line = self.line().await;
        let millis = line.strip_prefix("painted ").unwrap().parse().unwrap();
        let painted_at = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
        // Milliseconds are rounded, so the difference may be negative by less than one.
        let delay = painted_at.duration_since(written).unwrap_or_default();
        Reply { age, delay }
    }

    /// Closes Chromium.
    pub(super) async fn close(mut self) {
        drop(self.input);
        self.program.wait().await.unwrap();
    }

    /// The next line that the program prints.
    async fn line(&mut self) -> String {
        let line = timeout(PAINTED_WITHIN, self.output.next_line()).await;
        line.expect("Chromium is in time").unwrap().expect("a line")
    }
}
