//! Metrics for Prometheus, in its text format. Each part of the relay increases its counters; `routes/metrics` sets the
//! gauges of queue and limit at each request.

mod token;

use axum::http::Method;
use prometheus::{
    Histogram, IntCounter, IntCounterVec, IntGauge, Registry, TextEncoder,
    register_histogram_with_registry, register_int_counter_vec_with_registry,
    register_int_counter_with_registry, register_int_gauge_with_registry,
};

pub use token::{BadMetricsToken, MetricsToken};

/// Upper bounds of the latency buckets, in seconds: around the budget of 10 ms, and along the backoff delays.
const LATENCY_BUCKETS_SECONDS: [f64; 12] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 120.0, 900.0,
];
/// Upper bounds of the buckets for answers, in seconds: along the steps of an escalation, up to the deadline.
const ANSWER_BUCKETS_SECONDS: [f64; 8] = [10.0, 20.0, 30.0, 60.0, 150.0, 300.0, 600.0, 900.0];

/// Metrics of a relay.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    /// Accepted calls.
    pub accepted: IntCounter,
    /// Delivered deliveries.
    pub delivered: IntCounter,
    /// Rejected deliveries.
    pub rejected: IntCounter,
    /// Expired deliveries.
    pub expired: IntCounter,
    /// Time from acceptance to the message id.
    pub latency: Histogram,
    /// Stored answers; each edit or deletion counts again.
    pub answers: IntCounter,
    /// Time from the arrival of a call's first message in a room to the answer there.
    pub answer_time: Histogram,
    /// Requests to read rooms for answers.
    pub listen_requests: IntCounter,
    /// Steps of the listener that the budget or Chatwork's limit delayed.
    pub listen_slowdowns: IntCounter,
    /// Readings after which answers may be lost, because more than 100 new messages were in the room.
    pub listen_overflows: IntCounter,
    /// Edits of posts that were given up.
    pub failed_edits: IntCounter,
    /// Deliveries that are not finished.
    pub queue_deliveries: IntGauge,
    /// Age of the oldest delivery that is not finished, in seconds.
    pub queue_oldest: IntGauge,
    /// Requests left under Chatwork's limit.
    pub requests_left: IntGauge,
    /// 1 while calls can be delivered.
    pub connected: IntGauge,
    /// Incidents that have not ended.
    pub alarms_open: IntGauge,
    /// Open event streams.
    pub streams: IntGauge,
    requests: IntCounterVec,
    /// Time of the latest event of the webhook, in Unix seconds.
    pub webhook_received: IntGauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new().expect("names of metrics and labels are valid and used once")
    }
}

impl Metrics {
    fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let gauge =
            |name: &str, help: &str| register_int_gauge_with_registry!(name, help, registry);
        let counter =
            |name: &str, help: &str| register_int_counter_with_registry!(name, help, registry);
        let deliveries = register_int_counter_vec_with_registry!(
            "yobirin_deliveries_total",
            "Deliveries finished since the start, by state",
            &["state"],
            registry
        )?;
        Ok(Self {
            accepted: counter(
                "yobirin_calls_accepted_total",
                "Calls accepted since the start",
            )?,
            delivered: deliveries.with_label_values(&["delivered"]),
            rejected: deliveries.with_label_values(&["rejected"]),
            expired: deliveries.with_label_values(&["expired"]),
            latency: register_histogram_with_registry!(
                "yobirin_delivery_seconds",
                "From accepting a call to Chatwork's message id",
                LATENCY_BUCKETS_SECONDS.to_vec(),
                registry
            )?,
            answers: counter(
                "yobirin_answers_total",
                "Answers stored since the start, edits and deletions included",
            )?,
            answer_time: register_histogram_with_registry!(
                "yobirin_answer_seconds",
                "From the arrival of a call's first message in a room to the answer there",
                ANSWER_BUCKETS_SECONDS.to_vec(),
                registry
            )?,
            listen_requests: counter(
                "yobirin_listen_requests_total",
                "Requests since the start to read rooms for answers",
            )?,
            listen_slowdowns: counter(
                "yobirin_listen_slowdowns_total",
                "Steps of the listener since the start that its budget or Chatwork's limit delayed",
            )?,
            listen_overflows: counter(
                "yobirin_listen_overflows_total",
                "Readings of a room since the start after which answers may be lost",
            )?,
            failed_edits: counter(
                "yobirin_post_edits_failed_total",
                "Edits of posts given up since the start",
            )?,
            queue_deliveries: gauge(
                "yobirin_queue_deliveries",
                "Deliveries that are not finished",
            )?,
            queue_oldest: gauge(
                "yobirin_queue_oldest_seconds",
                "Seconds since the oldest of them was accepted",
            )?,
            requests_left: gauge(
                "yobirin_chatwork_requests_left",
                "Requests that calls may still send under Chatwork's limit of 300 in five minutes",
            )?,
            connected: gauge(
                "yobirin_chatwork_connected",
                "1 while Chatwork accepts the token",
            )?,
            alarms_open: gauge("yobirin_alarms_open", "Incidents that have not ended")?,
            streams: gauge("yobirin_streams_open", "Open event streams")?,
            requests: register_int_counter_vec_with_registry!(
                "yobirin_http_requests_total",
                "Requests answered since the start, by route",
                &["method", "route", "status"],
                registry
            )?,
            webhook_received: gauge(
                "yobirin_webhook_received_timestamp_seconds",
                "Time of the latest event of Chatwork's webhook with a right signature since the start",
            )?,
            registry,
        })
    }

    /// Counts an answered request. `route` is the matched route, not the requested path: callers must not be
    /// able to fill the memory.
    pub(crate) fn count_request(&self, method: &Method, route: &str, status: u16) {
        let labels = [method_label(method), route, &status.to_string()];
        self.requests.with_label_values(&labels).inc();
    }

    /// Returns all metrics in Prometheus' text format.
    pub(crate) fn to_text(&self) -> prometheus::Result<String> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}

/// Returns the name of a method, or `other`: a caller may invent one of any length.
pub(crate) fn method_label(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known,
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_hold_everything_up_to_their_end() {
        let metrics = Metrics::default();
        for seconds in [0.0, 0.005, 0.006, 1_000.0] {
            metrics.latency.observe(seconds);
        }
        let text = metrics.to_text().unwrap();
        for line in [
            "yobirin_delivery_seconds_bucket{le=\"0.005\"} 2",
            "yobirin_delivery_seconds_bucket{le=\"0.01\"} 3",
            "yobirin_delivery_seconds_bucket{le=\"900\"} 3",
            "yobirin_delivery_seconds_bucket{le=\"+Inf\"} 4",
            "yobirin_delivery_seconds_sum 1000.011",
            "yobirin_delivery_seconds_count 4",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} in {text}");
        }
    }

    #[test]
    fn every_state_and_gauge_is_there_from_the_start() {
        let metrics = Metrics::default();
        metrics.count_request(&Method::GET, "/\"\\\n", 200);
        let text = metrics.to_text().unwrap();
        for line in [
            "# TYPE yobirin_calls_accepted_total counter",
            "yobirin_calls_accepted_total 0",
            "yobirin_deliveries_total{state=\"delivered\"} 0",
            "yobirin_deliveries_total{state=\"expired\"} 0",
            "yobirin_deliveries_total{state=\"rejected\"} 0",
            "yobirin_webhook_received_timestamp_seconds 0",
            "yobirin_streams_open 0",
            "yobirin_alarms_open 0",
            "yobirin_chatwork_connected 0",
            "yobirin_http_requests_total{method=\"GET\",route=\"/\\\"\\\\\\n\",status=\"200\"} 1",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} in {text}");
        }
    }
}
