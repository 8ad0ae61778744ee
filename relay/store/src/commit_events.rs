//! Events of a commit, for the listener that publishes them. The store numbers and stores events; it has no
//! streams.

use std::fmt;
use std::sync::Arc;

use yobirin_api::event::Event;
use yobirin_domain::model::id::DeviceId;

/// One event for a tablet.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Number of the event; `None` unless the event is stored.
    pub sequence: Option<u64>,
    /// Number of the notice in which another relay has announced the event, such as saved settings; `None` for the events
    /// of this relay. A stream that was opened after the notice skips the event.
    pub notice: Option<u64>,
    /// The event.
    pub event: Event,
}

impl Envelope {
    /// Wraps an event that is stored under this number.
    #[must_use]
    pub fn stored(sequence: u64, event: Event) -> Self {
        Self {
            sequence: Some(sequence),
            notice: None,
            event,
        }
    }

    /// Wraps an event that is not stored.
    #[must_use]
    pub fn transient(event: Event) -> Self {
        Self {
            sequence: None,
            notice: None,
            event,
        }
    }

    /// Wraps an event that is not stored and comes from another relay's notice.
    #[must_use]
    pub fn of_notice(number: u64, event: Event) -> Self {
        Self {
            notice: Some(number),
            ..Self::transient(event)
        }
    }
}

/// Listener that is called with each event of a transaction once the commit is on disk, in the order of the events'
/// numbers. The default listener does nothing.
#[derive(Clone, Default)]
pub struct CommitListener(Option<Arc<Publish>>);

type Publish = dyn Fn(&DeviceId, Envelope) + Send + Sync;

impl CommitListener {
    /// Creates a listener that calls `publish`, which must not block.
    pub fn new(publish: impl Fn(&DeviceId, Envelope) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(publish)))
    }

    pub(crate) fn publish(&self, device: &DeviceId, envelope: Envelope) {
        if let Some(publish) = &self.0 {
            publish(device, envelope);
        }
    }
}

impl fmt::Debug for CommitListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CommitListener")
    }
}
