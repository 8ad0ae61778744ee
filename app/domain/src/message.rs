//! Words of a notification.
