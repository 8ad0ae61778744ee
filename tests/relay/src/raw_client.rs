//! A client that says exactly what it is told, as slowly as it likes.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Between two bytes of a trickle.
const DRIP: Duration = Duration::from_millis(20);

/// One connection, byte by byte.
#[derive(Debug)]
pub struct RawClient {
    stream: TcpStream,
    /// What did not fit into the buffers so far.
    left: Vec<u8>,
}

impl RawClient {
    /// Connects to `http://address`.
    pub async fn connect(url: &str) -> Self {
        let address = url.strip_prefix("http://").unwrap();
        Self {
            stream: TcpStream::connect(address).await.unwrap(),
            left: Vec::new(),
        }
    }

    /// Sends, which must work.
    pub async fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    /// Sends as much as fits into the buffers, and goes on there the next time; an error means that
    /// the other side has cut us off.
    pub async fn try_send(&mut self, text: &str) -> io::Result<()> {
        if self.left.is_empty() {
            self.left.extend(text.as_bytes());
        }
        if let Ok(sent) = timeout(DRIP, self.stream.write(&self.left)).await {
            self.left.drain(..sent?);
        }
        Ok(())
    }

    /// Reads until the other side closes or cuts the connection.
    pub async fn read_to_end(&mut self) {
        self.read_whole().await;
    }

    /// Reads everything until the other side closes the connection.
    pub async fn read_whole(&mut self) -> String {
        let mut bytes = Vec::new();
        // A cut is an end too.
        let _ = self.stream.read_to_end(&mut bytes).await;
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Reads until the other side has sent `end`, or has closed the connection.
    pub async fn read_until(&mut self, end: &str) -> String {
        let mut bytes = Vec::new();
        while !bytes.ends_with(end.as_bytes()) {
            match self.stream.read_u8().await {
                Ok(byte) => bytes.push(byte),
                Err(_) => break,
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Reads the beginning of an answer, up to the end of its JSON, while sending one more byte of a
    /// body now and then, if told to.
    pub async fn read_answer(&mut self, trickles: bool) -> String {
        let mut text = String::new();
        while !text.ends_with('}') {
            let mut bytes = [0; 4096];
            match timeout(DRIP, self.stream.read(&mut bytes)).await {
                Ok(Ok(0)) => break,
                Ok(read) => text.push_str(std::str::from_utf8(&bytes[..read.unwrap()]).unwrap()),
                Err(_) if trickles => self.send("x").await,
                Err(_) => {}
            }
        }
        text
    }
}
