//! HTTP/1.1 server on loopback. A handler can reset its own connection.

use std::io;
use std::sync::Arc;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::shared::Shared;
use crate::{api, control_api, page};

/// Handle that resets the connection of a request.
#[derive(Clone, Debug)]
pub(crate) struct ConnectionHandle(CancellationToken);

impl ConnectionHandle {
    /// Resets the connection: the peer sees RST, not an orderly close.
    pub(crate) fn reset(&self) {
        self.0.cancel();
    }
}

/// Accepts connections until `stop`, which also drops every open connection.
pub(crate) async fn run(
    listener: TcpListener,
    shared: Arc<Shared>,
    stop: CancellationToken,
    connections: TaskTracker,
) {
    let router = router(&shared);
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = serve(stream, router.clone());
                let stop = stop.clone();
                connections.spawn(async move {
                    tokio::select! {
                        () = stop.cancelled() => {}
                        result = connection => {
                            if let Err(error) = result {
                                tracing::debug!(%error, "connection closed early");
                            }
                        }
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "failed to accept connection");
                // Most likely out of file descriptors: let other connections end.
                tokio::task::yield_now().await;
            }
        }
    }
}

fn router(shared: &Arc<Shared>) -> Router {
    Router::new()
        .merge(page::router())
        .nest("/sim", control_api::router())
        .nest("/v2", api::router(shared))
        .with_state(Arc::clone(shared))
}

async fn serve(stream: TcpStream, router: Router) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let handle = ConnectionHandle(CancellationToken::new());
    let service = TowerToHyperService::new(router.layer(Extension(handle.clone())));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        result = &mut connection => return result.map_err(io::Error::other),
        () = handle.0.cancelled() => {}
    }
    // With zero linger the kernel sends RST on close.
    connection.into_parts().io.into_inner().set_zero_linger()
}
