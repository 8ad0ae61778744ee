//! Timeouts of requests, connections and the shutdown. Limits of size are in `router`.

use std::time::Duration;

/// HTTP timeouts. Tests use shorter ones.
#[derive(Clone, Copy, Debug)]
pub struct HttpTimeouts {
    /// Time for the headers of a request, for a TLS handshake, and between two requests of a connection.
    pub headers: Duration,
    /// Time for the body of a request.
    pub body: Duration,
    /// Time without a byte in either direction; longer than the interval of a stream's keep-alive events.
    pub idle: Duration,
    /// Time for the requests in flight when the relay stops.
    pub shutdown_grace: Duration,
}

impl Default for HttpTimeouts {
    fn default() -> Self {
        Self {
            headers: Duration::from_secs(10),
            body: Duration::from_secs(20),
            idle: Duration::from_secs(60),
            shutdown_grace: Duration::from_secs(10),
        }
    }
}
