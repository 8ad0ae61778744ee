//! How long words may be, in characters, and how many of them there may be. Whoever writes into a
//! document asks here first.

/// Longest name, reading or display name.
pub const MAX_NAME_CHARS: usize = 80;
/// Most search keys.
pub const MAX_SEARCH_KEYS: usize = 20;
/// Longest search key.
pub const MAX_SEARCH_KEY_CHARS: usize = 60;
/// Longest message to the visitor.
pub const MAX_VISITOR_MESSAGE_CHARS: usize = 200;
