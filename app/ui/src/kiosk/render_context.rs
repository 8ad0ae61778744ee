//! Arguments that all screens are rendered with.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::settings::StaffHelp;

use super::session::kiosk_settings::KioskSettings;
use super::state::KioskState;
use crate::i18n::kiosk::Words;

/// Selects the element of a screen that is focused first, and read first by screen readers.
pub(super) const FOCUS_START: &str = "main [data-focus]";

/// Arguments of a screen. They are not signals: a screen is rendered again when the settings or the language change.
#[derive(Clone)]
pub(super) struct RenderContext {
    pub(super) kiosk: KioskState,
    pub(super) settings: Arc<KioskSettings>,
    pub(super) lang: Lang,
    pub(super) words: &'static Words,
}

impl RenderContext {
    /// The text that the visitor reads.
    pub(super) fn text<'a>(&self, texts: &'a TranslatedText) -> &'a str {
        texts.for_reader(self.lang, self.settings.office_language())
    }

    /// Effect of the staff button at present; it changes when opening hours begin or end.
    pub(super) fn staff_help(&self) -> Memo<StaffHelp> {
        let (kiosk, settings) = (self.kiosk, Arc::clone(&self.settings));
        Memo::new(move |_| settings.staff_help(!kiosk.is_closed.get()))
    }
}
