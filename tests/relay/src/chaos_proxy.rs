//! TCP proxy that can drop all connections, as if the server were gone, or stall them, as in a network
//! partition.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::eventually::eventually;
use crate::test_app::ANY_PORT;

/// TCP proxy in front of a server.
#[derive(Debug)]
pub struct ChaosProxy {
    address: SocketAddr,
    server: String,
    forwarder: Option<JoinHandle<()>>,
    is_stalled: watch::Sender<bool>,
}

impl ChaosProxy {
    /// Starts a proxy for the server at `host:port`.
    pub async fn start(server: &str) -> Self {
        let listener = TcpListener::bind(ANY_PORT).await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = server.to_owned();
        let is_stalled = watch::Sender::new(false);
        let forwarder = forward(listener, server.clone(), is_stalled.subscribe());
        Self {
            address,
            server,
            forwarder: Some(tokio::spawn(forwarder)),
            is_stalled,
        }
    }

    /// Address at which clients reach the proxy.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes every connection and accepts no new ones.
    pub async fn close(&mut self) {
        if let Some(forwarder) = self.forwarder.take() {
            forwarder.abort();
            // Always an error of cancellation.
            let _ = forwarder.await;
        }
    }

    /// Accepts connections again.
    pub async fn reopen(&mut self) {
        let listener = eventually("the proxy's port is free again", async || {
            TcpListener::bind(self.address).await.ok()
        })
        .await;
        let forwarder = forward(listener, self.server.clone(), self.is_stalled.subscribe());
        self.forwarder = Some(tokio::spawn(forwarder));
    }

    /// Stops all traffic. Connections stay open and new ones are accepted, but no byte is forwarded.
    pub fn stall(&self) {
        self.is_stalled.send_replace(true);
    }

    /// Resumes the traffic, including bytes that were held back.
    pub fn resume(&self) {
        self.is_stalled.send_replace(false);
    }
}

/// Accepts and forwards connections. Aborting this task closes the listener and all connections.
async fn forward(listener: TcpListener, server: String, is_stalled: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        connections.spawn(forward_connection(
            client,
            server.clone(),
            is_stalled.clone(),
        ));
    }
}

async fn forward_connection(
    mut client: TcpStream,
    server: String,
    mut is_stalled: watch::Receiver<bool>,
) {
    let copy_task = async {
        if let Ok(mut upstream) = TcpStream::connect(server).await {
            // An error ends the connection like a close.
            let _ = copy_bidirectional(&mut client, &mut upstream).await;
        }
    };
    let mut copy_task = std::pin::pin!(copy_task);
    // Ends at the latest when the proxy is dropped.
    while is_stalled.wait_for(|is_stalled| !is_stalled).await.is_ok() {
        tokio::select! {
            biased;
            _ = is_stalled.wait_for(|is_stalled| *is_stalled) => {}
            () = &mut copy_task => return,
        }
    }
}
