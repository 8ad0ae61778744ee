//! Upstream of the proxies: as fast as possible, so that only the proxies take time. It stores nothing, responds
//! like Chatwork, and refuses requests without the token.

use std::convert::Infallible;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::peers::TOKEN_HEADER;

/// Serves until the process is killed.
pub(crate) async fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("listening on {}", listener.local_addr().unwrap());
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let serving = http1::Builder::new();
        let serving = serving.serve_connection(TokioIo::new(stream), service_fn(response));
        tokio::spawn(serving);
    }
}

async fn response(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let has_token = request.headers().contains_key(TOKEN_HEADER);
    let read = request.into_body().collect().await;
    let (status, body) = match (has_token, read) {
        (true, Ok(_)) => (StatusCode::OK, r#"{"message_id":"1234567890123456789"}"#),
        _ => (
            StatusCode::UNAUTHORIZED,
            r#"{"errors":["Invalid API token"]}"#,
        ),
    };
    let response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json");
    Ok(response.body(Full::from(body)).unwrap_or_default())
}
