//! Words of the kiosk.
