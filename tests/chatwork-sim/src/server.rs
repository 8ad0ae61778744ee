//! The listener and its connections: HTTP/1.1 on loopback, each connection cuttable from within.

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

/// Resets the connection that a call came in on.
#[derive(Clone, Debug)]
pub(crate) struct Line(CancellationToken);

impl Line {
    /// Cuts. The peer sees a reset, not an orderly end.
    pub(crate) fn cut(&self) {
        self.0.cancel();
    }
}

/// Accepts until `stop`; then every open connection is dropped.
pub(crate) async fn run(
    listener: TcpListener,
    shared: Arc<Shared>,
    stop: CancellationToken,
    open: TaskTracker,
) {
    let router = router(&shared);
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let serving = serve(stream, router.clone());
                let stop = stop.clone();
                open.spawn(async move {
                    tokio::select! {
                        () = stop.cancelled() => {}
                        served = serving => {
                            if let Err(error) = served {
                                tracing::debug!(%error, "a connection ended early");
                            }
                        }
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                // Out of descriptors, most likely: let some connections end.
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
    let line = Line(CancellationToken::new());
    let service = TowerToHyperService::new(router.layer(Extension(line.clone())));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        served = &mut connection => return served.map_err(io::Error::other),
        () = line.0.cancelled() => {}
    }
    // Closing without lingering is what makes the kernel send RST.
    connection.into_parts().io.into_inner().set_zero_linger()
}
