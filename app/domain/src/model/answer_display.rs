//! The site's setting for answers: whether a tablet shows that a host has replied in Chatwork, and the words of the reply.

use serde::{Deserialize, Serialize};

/// Display of the answers of hosts on a tablet (`site.answers`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnswerDisplay {
    /// Nothing: the relay does not read replies.
    Off,
    /// The name of the host who has answered, without the words.
    Noticed,
    /// The name of the host who has answered, and the words. The default.
    #[default]
    Words,
}

impl AnswerDisplay {
    /// All settings in display order.
    pub const ALL: [Self; 3] = [Self::Off, Self::Noticed, Self::Words];

    /// True when the relay reads replies.
    #[must_use]
    pub fn is_on(self) -> bool {
        self != Self::Off
    }

    /// True for the default, which the JSON form leaves out.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Words of an answer as far as a tablet may show them; `""` when only the answer itself is shown.
    #[must_use]
    pub fn shown_words(self, words: &str) -> &str {
        match self {
            Self::Words => words,
            Self::Off | Self::Noticed => "",
        }
    }
}
