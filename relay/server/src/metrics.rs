//! Counters for Prometheus. `routes/metrics` adds the gauges of the queue and the limit when they are read.

mod counter;
mod histogram;
mod text;
mod token;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::Method;

pub(crate) use counter::{Counter, Gauge, GaugeGuard};
pub(crate) use histogram::Histogram;
pub(crate) use text::PrometheusText;
pub use token::{BadMetricsToken, MetricsToken};

/// Method, route and status of an answered request.
type RequestLabels = (&'static str, String, u16);

/// Counters for Prometheus.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// Accepted calls.
    pub accepted: Counter,
    /// Delivered deliveries.
    pub delivered: Counter,
    /// Rejected deliveries.
    pub rejected: Counter,
    /// Expired deliveries.
    pub expired: Counter,
    /// Time from acceptance to the message id.
    pub latency: Histogram,
    /// Open event streams.
    pub streams: Gauge,
    requests: Mutex<BTreeMap<RequestLabels, u64>>,
}

impl Metrics {
    /// Counts an answered request. `route` is the matched route, not the requested path: callers must not be
    /// able to fill the memory.
    pub(crate) fn count_request(&self, method: &Method, route: &str, status: u16) {
        let labels = (method_label(method), route.to_owned(), status);
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry(labels).or_default() += 1;
    }

    /// Writes all counters.
    pub(crate) fn write(&self, text: &mut PrometheusText) {
        text.family(
            "yobirin_calls_accepted_total",
            "counter",
            "Calls accepted since the start",
        );
        text.sample("yobirin_calls_accepted_total", &[], self.accepted.get());
        let name = "yobirin_deliveries_total";
        text.family(
            name,
            "counter",
            "Deliveries finished since the start, by state",
        );
        let by_state = [
            ("delivered", &self.delivered),
            ("rejected", &self.rejected),
            ("expired", &self.expired),
        ];
        for (state, count) in by_state {
            text.sample(name, &[("state", state)], count.get());
        }
        self.latency.write(text);
        text.family("yobirin_streams_open", "gauge", "Open event streams");
        text.sample("yobirin_streams_open", &[], self.streams.get());
        self.write_requests(text);
    }

    fn write_requests(&self, text: &mut PrometheusText) {
        let name = "yobirin_http_requests_total";
        text.family(
            name,
            "counter",
            "Requests answered since the start, by route",
        );
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        for ((method, route, status), count) in &*requests {
            let status = status.to_string();
            let labels = [("method", *method), ("route", route), ("status", &status)];
            text.sample(name, &labels, *count);
        }
    }
}

/// Returns the name of a method, or `other`: a caller may invent one of any length.
pub(crate) fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
