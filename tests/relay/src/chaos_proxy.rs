//! A gate on the way to a server: while it is shut, the server is gone; while it is jammed, nothing
//! comes through and nobody is told.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::test_app::{ANYWHERE, eventually};

/// Passes connections on to a server while it is open.
#[derive(Debug)]
pub struct Gate {
    address: SocketAddr,
    server: String,
    passing: Option<JoinHandle<()>>,
    is_jammed: watch::Sender<bool>,
}

impl Gate {
    /// An open gate to this `host:port`.
    pub async fn to(server: &str) -> Self {
        let listener = TcpListener::bind(ANYWHERE).await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = server.to_owned();
        let is_jammed = watch::Sender::new(false);
        let passing = pass(listener, server.clone(), is_jammed.subscribe());
        Self {
            address,
            server,
            passing: Some(tokio::spawn(passing)),
            is_jammed,
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
        let passing = pass(listener, self.server.clone(), self.is_jammed.subscribe());
        self.passing = Some(tokio::spawn(passing));
    }

    /// Holds back every byte: connections stay, and new ones are taken, but nothing moves on them.
    pub fn jam(&self) {
        self.is_jammed.send_replace(true);
    }

    /// Lets everything that was held back go on.
    pub fn free(&self) {
        self.is_jammed.send_replace(false);
    }
}

/// Everything ends with the task: the listener and all connections belong to it.
async fn pass(listener: TcpListener, server: String, is_jammed: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    while let Ok((near, _)) = listener.accept().await {
        connections.spawn(carry(near, server.clone(), is_jammed.clone()));
    }
}

async fn carry(mut near: TcpStream, server: String, mut is_jammed: watch::Receiver<bool>) {
    let carrying = async {
        if let Ok(mut far) = TcpStream::connect(server).await {
            // However it ends, it is over.
            let _ = copy_bidirectional(&mut near, &mut far).await;
        }
    };
    let mut carrying = std::pin::pin!(carrying);
    // Ends with the gate at the latest.
    while is_jammed.wait_for(|is_jammed| !is_jammed).await.is_ok() {
        tokio::select! {
            biased;
            _ = is_jammed.wait_for(|is_jammed| *is_jammed) => {}
            () = &mut carrying => return,
        }
    }
}
