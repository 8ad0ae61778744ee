//! How long words may be, in characters, and how many of them there may be. Whoever writes into a
//! document asks here first.

/// Longest name, reading or display name.
pub const NAME: usize = 80;
/// Most search keys.
pub const SEARCH_KEYS: usize = 20;
/// Longest search key.
pub const SEARCH_KEY: usize = 60;
/// Longest message to the visitor.
pub const VISITOR_MESSAGE: usize = 200;
