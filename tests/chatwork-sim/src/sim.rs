//! The handle of a running simulator: start it, look into it, stir it, stop it.

mod control;
mod inspect;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use inspect::NotSeen;

use crate::shared::Shared;
use crate::state::World;
use crate::{Office, Options, server};

/// A running simulator. Clones are handles of the same one; it runs until [`Sim::stop`], or until
/// the runtime it was started on ends.
#[derive(Clone, Debug)]
pub struct Sim {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Sim {
    /// Starts a simulator with Chatwork's own limits and the machine's clock.
    ///
    /// # Errors
    /// When `address` cannot be bound, or is not a loopback address: nothing of a simulation is
    /// for other machines.
    pub async fn start(office: Office, address: SocketAddr) -> io::Result<Self> {
        Self::start_with(office, address, Options::default()).await
    }

    /// Starts a simulator with limits, clock and switches of one's own. Port 0 takes a free one.
    ///
    /// # Errors
    /// As [`Sim::start`].
    pub async fn start_with(
        office: Office,
        address: SocketAddr,
        options: Options,
    ) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            let words = format!("the simulated Chatwork only listens on loopback, not {address}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let refused = options.refused_room_status;
        let world = World::new(office, options);
        let shared = Arc::new(Shared::new(format!("http://{address}"), refused, world));
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        tasks.spawn(server::run(
            listener,
            Arc::clone(&shared),
            stop.clone(),
            tasks.clone(),
        ));
        Ok(Self {
            shared,
            address,
            stop,
            tasks,
        })
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The origin, without a slash at the end; also the link of the page.
    #[must_use]
    pub fn url(&self) -> String {
        self.shared.origin.clone()
    }

    /// The base of the API, as a client is to be told: the origin and `/v2`.
    #[must_use]
    pub fn api(&self) -> String {
        format!("{}/v2", self.shared.origin)
    }

    /// Stops listening, drops every connection, and returns when all of that is done.
    pub async fn stop(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
