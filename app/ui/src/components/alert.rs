//! A message box: an event, and the next step for the user.

use leptos::prelude::*;

use super::{Icon, Sign};

/// Severity of a message; sets its color and icon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Information.
    #[default]
    Plain,
    /// Success.
    Good,
    /// Warning.
    Warn,
    /// Error.
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

    /// ARIA role: errors interrupt a screen reader, other messages wait.
    fn role(self) -> Option<&'static str> {
        match self {
            Self::Bad => Some("alert"),
            Self::Good | Self::Warn => Some("status"),
            Self::Plain => None,
        }
    }
}

/// The message box.
#[component]
pub fn Alert(
    /// Severity.
    #[prop(optional)]
    tone: Tone,
    /// Name for tests and styles, in `data-notice`.
    #[prop(optional)]
    kind: &'static str,
    /// Content.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=tone.class() role=tone.role() data-notice=kind>
            {tone.sign().map(|sign| view! { <Icon sign=sign /> })}
            <div class="notice-text">{children()}</div>
        </div>
    }
}
