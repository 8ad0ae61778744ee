//! Accept loop: deadlines for everything that a client may delay, no waiting for TCP acknowledgements, and a
//! graceful shutdown that closes the remaining connections at its end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::extract::connect_info::ConnectInfo;
use futures_util::future::{BoxFuture, TryFutureExt as _};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

use super::connection_limit::ConnectionLimits;
use super::idle_timeout::IdleTimeoutStream;
use crate::http::timeouts::HttpTimeouts;
use crate::http::tls::Tls;

/// Pause after the system refused a connection, for lack of file descriptors.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(100);
/// Limit of a request's line and headers.
const MAX_HEADER_BYTES: usize = 64 * 1024;
/// Concurrent requests on one HTTP/2 connection.
const MAX_HTTP2_STREAMS: u32 = 128;
/// Interval of HTTP/2 pings, which find connections whose client has vanished.
const HTTP2_PING_INTERVAL: Duration = Duration::from_secs(30);
/// ALPN protocol of HTTP/2, which is available with TLS only.
const ALPN_HTTP2: &[u8] = b"h2";

/// Shared state of all connections.
#[derive(Clone)]
pub(crate) struct Server {
    pub router: Router,
    pub tls: Option<Arc<Tls>>,
    pub timeouts: HttpTimeouts,
    /// Cancelled when the relay stops.
    pub stopping: CancellationToken,
}

/// Connection being served.
type ServedConnection = BoxFuture<'static, Result<(), hyper::Error>>;

/// Serves until the relay stops, then lets requests in flight finish within the grace period.
pub(crate) async fn run(listener: TcpListener, server: Server, limits: ConnectionLimits) {
    let (graceful, tasks) = (GracefulShutdown::new(), TaskTracker::new());
    let cancel = CancellationToken::new();
    loop {
        let accepted = tokio::select! {
            () = server.stopping.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, caller)) => {
                // Connections beyond the limit of an address are closed at once.
                let Some(permit) = limits.acquire(caller.ip()) else {
                    continue;
                };
                let connection = server
                    .clone()
                    .connection(stream, caller, graceful.watcher())
                    // Clients may hang up or send garbage at any time.
                    .inspect_err(|error| tracing::debug!(%error, "connection ended early"));
                let cancel = cancel.clone();
                tasks.spawn(async move {
                    let _permit = permit;
                    cancel.run_until_cancelled_owned(connection).await
                });
            }
            Err(error) => {
                tracing::warn!(%error, "failed to accept a connection");
                tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
            }
        }
    }
    drop(listener);
    tasks.close();
    let graceful_end = timeout(server.timeouts.shutdown_grace, graceful.shutdown());
    if graceful_end.await.is_err() {
        tracing::warn!("shutdown grace period over: closing the remaining connections");
    }
    cancel.cancel();
    tasks.wait().await;
}

impl Server {
    /// Serves a connection to its end. Boxed at once: a task has space for each state that holds the future,
    /// and there are thousands of tablets.
    fn connection(
        self,
        stream: TcpStream,
        caller: SocketAddr,
        watcher: Watcher,
    ) -> ServedConnection {
        // Sends small responses without delay. A failure does no other harm.
        let _ = stream.set_nodelay(true);
        let stream = IdleTimeoutStream::new(stream, self.timeouts.headers, self.timeouts.idle);
        match self.tls.clone() {
            None => self.serve(stream, false, caller, watcher),
            Some(tls) => Box::pin(self.tls_handshake(tls, stream, caller, watcher)),
        }
    }

    async fn tls_handshake(
        self,
        tls: Arc<Tls>,
        stream: IdleTimeoutStream<TcpStream>,
        caller: SocketAddr,
        watcher: Watcher,
    ) -> Result<(), hyper::Error> {
        let result = tokio::select! {
            () = self.stopping.cancelled() => return Ok(()),
            result = timeout(self.timeouts.headers, tls.acceptor().accept(stream)) => result,
        };
        match result {
            Ok(Ok(stream)) => {
                let is_http2 = stream.get_ref().1.alpn_protocol() == Some(ALPN_HTTP2);
                return self.serve(stream, is_http2, caller, watcher).await;
            }
            Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
            Err(_) => tracing::debug!("TLS handshake timed out"),
        }
        Ok(())
    }

    fn serve(
        self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        is_http2: bool,
        caller: SocketAddr,
        watcher: Watcher,
    ) -> ServedConnection {
        let router = self.router;
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(ConnectInfo(caller));
            router.clone().oneshot(request)
        });
        let stream = TokioIo::new(stream);
        if is_http2 {
            Box::pin(watcher.watch(http2().serve_connection(stream, service)))
        } else {
            Box::pin(watcher.watch(http1(self.timeouts).serve_connection(stream, service)))
        }
    }
}

fn http1(timeouts: HttpTimeouts) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(timeouts.headers)
        .max_buf_size(MAX_HEADER_BYTES);
    builder
}

fn http2() -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .keep_alive_interval(Some(HTTP2_PING_INTERVAL))
        .max_concurrent_streams(MAX_HTTP2_STREAMS)
        .max_header_list_size(MAX_HEADER_BYTES as u32);
    builder
}
