//! The kiosk's words. A language is one file that fills [`Words`]; a word that is missing there does
//! not compile. `{gaps}` are completed by [`super::fill`].
//!
//! Set-up has all of them; a tablet loads Japanese with the app and the others when they are wanted
//! (see [`shelf`]).

mod en;
mod ja;
mod ko;
pub mod loaded;
mod vi;
mod zh;

use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::StaffHelp;

/// The words of one language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Ja => &ja::WORDS,
        Lang::En => &en::WORDS,
        Lang::Zh => &zh::WORDS,
        Lang::Ko => &ko::WORDS,
        Lang::Vi => &vi::WORDS,
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($word:ident)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            #[allow(missing_docs)] // each word says itself, in its language's file
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

/// Everything the kiosk says.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // named after their types
pub struct Words {
    pub frame: Frame,
    pub menu: Menu,
    pub choose: Choose,
    pub find: Find,
    pub details: Details,
    pub confirm: Confirm,
    pub call: Call,
    pub keys: Keys,
    pub access: Access,
    pub rest: Rest,
    pub exit: Exit,
    pub pairing: Pairing,
}

impl Words {
    /// Every word in the order in which they are declared; `.make/words.mjs` writes them so.
    fn all(&mut self) -> Vec<&mut &'static str> {
        let parts = [
            self.frame.all(),
            self.menu.all(),
            self.choose.all(),
            self.find.all(),
            self.details.all(),
            self.confirm.all(),
            self.call.all(),
            self.keys.all(),
            self.access.all(),
            self.rest.all(),
            self.exit.all(),
            self.pairing.all(),
        ];
        parts.into_iter().flatten().collect()
    }
}

impl Frame {
    /// Label of the button for staff: it calls them, tells where to phone, or only that there is help.
    pub fn staff_label(&self, help: StaffHelp) -> &'static str {
        match help {
            StaffHelp::Ring => self.staff,
            StaffHelp::Phone => self.staff_phone,
            StaffHelp::Nothing => self.staff_help,
        }
    }
}

words! {
    /// Around every screen: header, footer, staff, idle countdown, banners.
    Frame {
        title back home languages
        staff staff_phone staff_help staff_title staff_none close
        idle idle_left stay
        offline chatwork_down
        loading not_set_up not_set_up_help
    }
    /// The menu.
    Menu { welcome greeting empty group call_now call open closed search }
    /// Picking a group or a person from lists.
    Choose { group group_of whole call_this department person empty rows all away }
    /// Finding a person by typing.
    Find { search closed label search_hint closed_hint none masked more }
    /// What the visitor is asked.
    Details {
        title company name people purpose optional required
        fewer more count uncounted next
        missing_company missing_name missing_people missing_purpose
    }
    /// The last look before a call.
    Confirm { title person group call absent absent_too alone through }
    /// A call under way and its end.
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
    /// The keyboards on the screen.
    Keys { name kana latin device voiced half_voiced small space erase clear }
    /// What a visitor can change about the screen.
    Access { open title size usual large largest contrast reach }
    /// Outside opening hours.
    Rest { closed today not_today next wake }
    /// Leaving the kiosk, for staff.
    Exit { title pin wrong wait window setup reload }
    /// Making a browser a tablet.
    Pairing { title help label pair busy short wrong too_many no_network trouble revoked }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every word with its name, as `Debug` shows them.
    fn all(lang: Lang) -> Vec<(String, String)> {
        let text = format!("{:#?}", words(lang));
        let lines = text
            .lines()
            .filter_map(|line| line.trim().split_once(": \""));
        lines
            .map(|(name, value)| (name.to_owned(), value.trim_end_matches("\",").to_owned()))
            .collect()
    }

    fn gaps(sentence: &str) -> Vec<&str> {
        let starts = sentence.split('{').skip(1);
        let mut gaps: Vec<&str> = starts.filter_map(|rest| rest.split('}').next()).collect();
        gaps.sort_unstable();
        gaps
    }

    #[test]
    fn every_language_says_everything_with_the_same_gaps() {
        let japanese = all(Lang::Ja);
        assert!(
            japanese.len() > 80,
            "the words were not read: {}",
            japanese.len()
        );
        for lang in Lang::ALL {
            for ((name, ours), (_, theirs)) in all(lang).iter().zip(&japanese) {
                assert!(!ours.trim().is_empty(), "{lang:?} has no {name}");
                assert_eq!(gaps(ours), gaps(theirs), "{lang:?} {name}");
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
