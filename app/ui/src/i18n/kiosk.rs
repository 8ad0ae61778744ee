//! Translations of the kiosk, one file per language.
//!
//! Set-up contains all of them; a tablet contains Japanese and loads the others on demand (see [`loaded`]).

mod en;
mod ja;
mod ko;
pub mod loaded;
mod vi;
mod zh;

use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::StaffHelp;

/// The words of a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Ja => &ja::WORDS,
        Lang::En => &en::WORDS,
        Lang::Zh => &zh::WORDS,
        Lang::Ko => &ko::WORDS,
        Lang::Vi => &vi::WORDS,
    }
}

macro_rules! word_structs {
    ($($(#[$doc:meta])* $name:ident { $($word:ident)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            #[allow(missing_docs)] // the language files hold the texts
            pub struct $name {
                $(pub $word: &'static str,)*
            }

            impl $name {
                fn all(&mut self) -> Vec<&mut &'static str> {
                    vec![$(&mut self.$word),*]
                }
            }
        )*
    };
}

/// All words of the kiosk.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // named after their types
pub struct Words {
    pub layout: Layout,
    pub menu: Menu,
    pub choose: Choose,
    pub find: Find,
    pub details: Details,
    pub confirm: Confirm,
    pub call: Call,
    pub keys: Keys,
    pub access: Access,
    pub closed: Closed,
    pub exit: Exit,
    pub pairing: Pairing,
}

impl Words {
    /// All words in the order of their declaration, in which `.make/words.mjs` writes them.
    fn all(&mut self) -> Vec<&mut &'static str> {
        let parts = [
            self.layout.all(),
            self.menu.all(),
            self.choose.all(),
            self.find.all(),
            self.details.all(),
            self.confirm.all(),
            self.call.all(),
            self.keys.all(),
            self.access.all(),
            self.closed.all(),
            self.exit.all(),
            self.pairing.all(),
        ];
        parts.into_iter().flatten().collect()
    }
}

impl Layout {
    /// Label of the staff button.
    pub fn staff_label(&self, help: StaffHelp) -> &'static str {
        match help {
            StaffHelp::Ring => self.staff,
            StaffHelp::Phone => self.staff_phone,
            StaffHelp::Nothing => self.staff_help,
        }
    }
}

word_structs! {
    /// Layout around every screen: header, footer, staff, idle countdown, banners.
    Layout {
        title back home languages
        staff staff_phone staff_help staff_title staff_none close
        idle idle_left stay
        offline chatwork_down
        loading not_set_up not_set_up_help
    }
    /// Menu.
    Menu { welcome greeting empty group call_now call open closed search }
    /// Selecting a group or a host from lists.
    Choose { group group_of whole call_this department person empty rows all away }
    /// Finding a host by typing.
    Find { search closed label search_hint closed_hint none masked more }
    /// Questions to the visitor.
    Details {
        title company name people purpose optional required
        fewer more count uncounted next
        missing_company missing_name missing_people missing_purpose
    }
    /// Confirmation before a call.
    Confirm { title person group call absent absent_too alone through }
    /// A call and its outcome.
    Call {
        sending sending_help slow
        notified notified_absent notified_alone notified_alone_help
        notified_instead notified_instead_help at stay_here stay_unseen stay_then returning
        waiting waiting_help retry_now
        failed why_room why_contact why_unreached why_message why_nowhere why_refused why_clock
        expired expired_help unsure unsure_help
        contact contact_say hurry hurry_say again
        cancel cancelling cancelling_help cancel_waiting cancel_waiting_help
        withdrawn withdrawn_help retracted retracted_help not_retracted not_retracted_help
        maybe_retracted maybe_retracted_help
        person and deputy anybody
    }
    /// On-screen keyboards.
    Keys { name kana latin device voiced half_voiced small space erase clear }
    /// Accessibility options.
    Access { open title size usual large largest contrast reach }
    /// Outside opening hours.
    Closed { closed today not_today next wake }
    /// Leaving the kiosk, for staff.
    Exit { title pin wrong wait window setup reload }
    /// Pairing.
    Pairing { title help label pair busy short wrong too_many no_network trouble revoked }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All words with their names, as `Debug` prints them.
    fn all(lang: Lang) -> Vec<(String, String)> {
        let text = format!("{:#?}", words(lang));
        let lines = text
            .lines()
            .filter_map(|line| line.trim().split_once(": \""));
        lines
            .map(|(name, value)| (name.to_owned(), value.trim_end_matches("\",").to_owned()))
            .collect()
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let starts = text.split('{').skip(1);
        let mut names: Vec<&str> = starts.filter_map(|rest| rest.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_language_has_all_words_with_the_same_placeholders() {
        let japanese = all(Lang::Ja);
        assert!(
            japanese.len() > 80,
            "the words were not read: {}",
            japanese.len()
        );
        for lang in Lang::ALL {
            for ((name, ours), (_, theirs)) in all(lang).iter().zip(&japanese) {
                assert!(!ours.trim().is_empty(), "{lang:?} has no {name}");
                assert_eq!(placeholders(ours), placeholders(theirs), "{lang:?} {name}");
            }
        }
    }

    #[test]
    fn no_word_promises_that_somebody_comes() {
        let promises = [
            "まいります",
            "参ります",
            "伺います",
            "will come",
            "be with you",
            "shortly",
            "马上就来",
            "会前来",
            "나옵니다",
            "나오니",
            "ra đón ngay",
            "sẽ ra đón",
        ];
        for lang in Lang::ALL {
            for (name, words) in all(lang) {
                for promise in promises {
                    assert!(!words.contains(promise), "{lang:?} {name}: {words}");
                }
            }
        }
    }
}
