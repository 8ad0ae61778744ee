//! Routing table as it is built: handlers for axum, and the list of routes beside them, so that no route is
//! missing in the list.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};

use crate::state::SharedState;

/// Route of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Path, with parameters as `{…}`.
    pub path: &'static str,
    /// Method, in capitals.
    pub method: &'static str,
}

/// Router that records its routes.
#[derive(Default)]
pub(super) struct RouteTable {
    pub router: Router<SharedState>,
    pub routes: Vec<Route>,
}

impl RouteTable {
    pub(super) fn get<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, SharedState>,
        T: 'static,
    {
        self.route("GET", MethodFilter::GET, path, handler)
    }

    pub(super) fn post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, SharedState>,
        T: 'static,
    {
        self.route("POST", MethodFilter::POST, path, handler)
    }

    pub(super) fn put<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, SharedState>,
        T: 'static,
    {
        self.route("PUT", MethodFilter::PUT, path, handler)
    }

    /// Adds a `PUT` whose body may be larger than others, up to `max_bytes`.
    pub(super) fn put_up_to<H, T>(self, max_bytes: usize, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, SharedState>,
        T: 'static,
    {
        self.put(path, handler.layer(DefaultBodyLimit::max(max_bytes)))
    }

    pub(super) fn delete<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, SharedState>,
        T: 'static,
    {
        self.route("DELETE", MethodFilter::DELETE, path, handler)
    }

    pub(super) fn patch<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, SharedState>,
        T: 'static,
    {
        self.route("PATCH", MethodFilter::PATCH, path, handler)
    }

    fn route<H, T>(
        mut self,
        method: &'static str,
        filter: MethodFilter,
        path: &'static str,
        handler: H,
    ) -> Self
    where
        H: Handler<T, SharedState>,
        T: 'static,
    {
        self.routes.push(Route { path, method });
        self.router = self.router.route(path, on(filter, handler));
        self
    }
}
