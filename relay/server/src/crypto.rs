//! Encryption at rest, and random tokens of which only a hash is stored.

pub(crate) mod encryption;
pub(crate) mod token;
