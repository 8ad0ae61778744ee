//! A message set apart from the page: what happened, and what to do next.

use leptos::prelude::*;

use super::{Icon, Sign};

/// How a message is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// For information.
    #[default]
    Plain,
    /// All is well.
    Good,
    /// To be looked at.
    Warn,
    /// Something does not work.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "notice",
            Self::Good => "notice good",
            Self::Warn => "notice warn",
            Self::Bad => "notice bad",
        }
    }

    fn sign(self) -> Option<Sign> {
        match self {
            Self::Plain => None,
            Self::Good => Some(Sign::DONE),
            Self::Warn | Self::Bad => Some(Sign::WARNING),
        }
    }

    /// What is wrong interrupts who hears the page; the rest waits its turn.
    fn role(self) -> Option<&'static str> {
        match self {
            Self::Bad => Some("alert"),
            Self::Good | Self::Warn => Some("status"),
            Self::Plain => None,
        }
    }
}

/// A message.
#[component]
pub fn Alert(
    /// How it is meant.
    #[prop(optional)]
    tone: Tone,
    /// A name for tests and styles, in `data-notice`.
    #[prop(optional)]
    kind: &'static str,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=tone.class() role=tone.role() data-notice=kind>
            {tone.sign().map(|sign| view! { <Icon sign=sign /> })}
            <div class="notice-words">{children()}</div>
        </div>
    }
}
