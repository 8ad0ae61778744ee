//! A gate on the way to a server: while it is shut, the server is gone.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::desk::{ANYWHERE, eventually};

/// Passes connections on to a server while it is open.
#[derive(Debug)]
pub struct Gate {
    address: SocketAddr,
    server: String,
    passing: Option<JoinHandle<()>>,
}

impl Gate {
    /// An open gate to this `host:port`.
    pub async fn to(server: &str) -> Self {
        let listener = TcpListener::bind(ANYWHERE).await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = server.to_owned();
        let passing = Some(tokio::spawn(pass(listener, server.clone())));
        Self {
            address,
            server,
            passing,
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Cuts every connection and takes no more.
    pub async fn shut(&mut self) {
        if let Some(passing) = self.passing.take() {
            passing.abort();
            // Cut short, as it was told.
            let _ = passing.await;
        }
    }

    /// Lets connections through again.
    pub async fn open(&mut self) {
        let listener = eventually("the gate's port is free again", async || {
            TcpListener::bind(self.address).await.ok()
        })
        .await;
        self.passing = Some(tokio::spawn(pass(listener, self.server.clone())));
    }
}

/// Everything ends with the task: the listener and all connections belong to it.
async fn pass(listener: TcpListener, server: String) {
    let mut connections = JoinSet::new();
    while let Ok((mut near, _)) = listener.accept().await {
        let server = server.clone();
        connections.spawn(async move {
            if let Ok(mut far) = TcpStream::connect(server).await {
                // However it ends, it is over.
                let _ = copy_bidirectional(&mut near, &mut far).await;
            }
        });
    }
}
