//! Handle of a running simulator: start, inspect, control, stop.

mod chat;
mod control;
mod inspect;
mod webhooks;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use inspect::WaitTimeout;
pub use webhooks::DeliveryTimeout;

use crate::shared::Shared;
use crate::state::ChatworkState;
use crate::{Office, Options, server, webhook};

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
    /// Starts a simulator with Chatwork's rate limits and the system clock.
    ///
    /// # Errors
    /// Returns an error if `address` cannot be bound, or is not a loopback address: other machines must not reach it.
    pub async fn start(office: Office, address: SocketAddr) -> io::Result<Self> {
        Self::start_with(office, address, Options::default()).await
    }

    /// Starts a simulator with the given options. Port 0 takes a free port.
    ///
    /// # Errors
    /// As [`Sim::start`].
    pub async fn start_with(
        office: Office,
        address: SocketAddr,
        options: Options,
    ) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            let message = format!("the simulated Chatwork only listens on loopback, not {address}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let refused = options.refused_room_status;
        let (dispatcher, work) = mpsc::unbounded_channel();
        let state = ChatworkState::new(office, options, dispatcher);
        let shared = Arc::new(Shared::new(format!("http://{address}"), refused, state));
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        tasks.spawn(server::run(
            listener,
            Arc::clone(&shared),
            stop.clone(),
            tasks.clone(),
        ));
        let deliveries = webhook::dispatch(work, Arc::clone(&shared));
        tasks.spawn(stop.clone().run_until_cancelled_owned(deliveries));
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

    /// The origin without a trailing slash, which is also the page's URL.
    #[must_use]
    pub fn url(&self) -> String {
        self.shared.origin.clone()
    }

    /// Base URL of the API: the origin and `/v2`.
    #[must_use]
    pub fn api(&self) -> String {
        format!("{}/v2", self.shared.origin)
    }

    /// Stops listening and drops every connection; returns when that is done.
    pub async fn stop(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
