//! Text limits of a settings document that editors need too. Our decision.

/// Maximum length of a name, reading or display name, in characters.
pub const MAX_NAME_CHARS: usize = 80;
/// Maximum number of search keys.
pub const MAX_SEARCH_KEYS: usize = 20;
/// Maximum length of a search key, in characters.
pub const MAX_SEARCH_KEY_CHARS: usize = 60;
/// Maximum length of the message to the visitor, in characters.
pub const MAX_VISITOR_MESSAGE_CHARS: usize = 200;
/// Maximum length of the office's own purpose notice in one language, in characters.
pub const MAX_NOTICE_CHARS: usize = 2_000;
/// Maximum length of the purpose notice's responsible person and of its inquiries, in characters.
pub const MAX_NOTICE_CONTACT_CHARS: usize = 200;
/// Maximum length of the name of closed days, in characters.
pub const MAX_CLOSED_DAYS_NAME_CHARS: usize = 40;
