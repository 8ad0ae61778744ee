//! How long clients may take and how long a stop waits for them. Sizes are in `router`.

use std::time::Duration;

/// Deadlines of HTTP; tests use shorter ones.
#[derive(Clone, Copy, Debug)]
pub struct HttpTimeouts {
    /// For the headers of a request, for the TLS handshake, and between two requests.
    pub headers: Duration,
    /// For the body of a request.
    pub body: Duration,
    /// Without a byte in either direction; longer than the pause between two comments of a stream.
    pub idle: Duration,
    /// For what is in flight when the program stops.
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
