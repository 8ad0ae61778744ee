//! Findings about names that some visitors cannot find or read.

use super::{Examination, Finding};
use crate::model::directory::Group;
use crate::model::lang::Lang;
use crate::names::lacks_furigana;

impl Examination<'_> {
    pub(super) fn check_names(&self, found: &mut Vec<Finding>) {
        let hosts = self.settings.hosts().iter();
        let count = hosts.filter(|host| lacks_furigana(host)).count();
        if count > 0 {
            found.push(Finding::NoFurigana { count });
        }
        let groups = self.settings.groups().iter();
        let untranslated = groups.filter(|group| !group.hidden && self.is_untranslated(group));
        let groups: Vec<_> = untranslated.map(|group| group.id.clone()).collect();
        if !groups.is_empty() {
            found.push(Finding::UntranslatedGroups { groups });
        }
    }

    /// True when visitors in one of the tablets' languages see the group's name in the office's language. A name in
    /// English is readable in every language, and so is one in plain Latin letters.
    fn is_untranslated(&self, group: &Group) -> bool {
        let site = self.settings.site();
        let main = site.office_language();
        let name = group.name.exactly(main);
        let mut other_languages = site.languages.iter().filter(|lang| **lang != main);
        !name.is_ascii()
            && group.name.exactly(Lang::En).is_empty()
            && other_languages.any(|lang| group.name.exactly(*lang).is_empty())
    }
}
