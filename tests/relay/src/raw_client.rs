//! TCP client that sends raw bytes at any speed.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Interval between two bytes of a slow body.
const TRICKLE_INTERVAL: Duration = Duration::from_millis(20);

/// A raw TCP connection.
#[derive(Debug)]
pub struct RawClient {
    stream: TcpStream,
    /// Bytes not sent yet, because the socket's buffers were full.
    unsent: Vec<u8>,
}

impl RawClient {
    /// Connects to `http://address`.
    pub async fn connect(url: &str) -> Self {
        let address = url.strip_prefix("http://").unwrap();
        Self {
            stream: TcpStream::connect(address).await.unwrap(),
            unsent: Vec::new(),
        }
    }

    /// Sends the whole text; fails on an error.
    pub async fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    /// Sends as much as fits into the buffers and continues there the next time. An error means that the
    /// peer closed the connection.
    pub async fn try_send(&mut self, text: &str) -> io::Result<()> {
        if self.unsent.is_empty() {
            self.unsent.extend(text.as_bytes());
        }
        if let Ok(sent) = timeout(TRICKLE_INTERVAL, self.stream.write(&self.unsent)).await {
            self.unsent.drain(..sent?);
        }
        Ok(())
    }

    /// Waits until the peer closes or resets the connection.
    pub async fn wait_for_close(&mut self) {
        self.read_whole().await;
    }

    /// Reads until the peer closes or resets the connection; returns everything.
    pub async fn read_whole(&mut self) -> String {
        let mut bytes = Vec::new();
        // A reset ends the data like a close.
        let _ = self.stream.read_to_end(&mut bytes).await;
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Reads until the peer has sent the text `end`, or closed or reset the connection.
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

    /// Reads a response up to the end of its JSON. If `is_trickling`, sends another byte of the request's body whenever
    /// nothing comes for [`TRICKLE_INTERVAL`].
    pub async fn read_response(&mut self, is_trickling: bool) -> String {
        let mut text = String::new();
        while !text.ends_with('}') {
            let mut bytes = [0; 4096];
            match timeout(TRICKLE_INTERVAL, self.stream.read(&mut bytes)).await {
                Ok(Ok(0)) => break,
                Ok(read) => text.push_str(std::str::from_utf8(&bytes[..read.unwrap()]).unwrap()),
                Err(_) if is_trickling => self.send("x").await,
                Err(_) => {}
            }
        }
        text
    }
}
