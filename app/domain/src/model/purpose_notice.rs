//! Purpose notice: text that a visitor sees before personal data is asked for (Act on the Protection of Personal
//! Information, article 21, paragraph 2).

use serde::{Deserialize, Serialize};

use super::lang::TranslatedText;

/// The office's part of the purpose notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PurposeNotice {
    /// True when the notice is shown above the first field of a form.
    pub is_shown: bool,
    /// Own text by language; the standard text is shown in the languages without one.
    #[serde(skip_serializing_if = "TranslatedText::is_empty")]
    pub texts: TranslatedText,
    /// Person or department responsible for the data; the office's name when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub responsible: String,
    /// Contact for questions and for erasure: telephone, e-mail or desk; the site's contact when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub inquiries: String,
}

impl Default for PurposeNotice {
    fn default() -> Self {
        Self {
            is_shown: true,
            texts: TranslatedText::default(),
            responsible: String::new(),
            inquiries: String::new(),
        }
    }
}

impl PurposeNotice {
    /// True for the standard notice, which the JSON form leaves out.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
