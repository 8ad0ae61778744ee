//! Words of set-up.
