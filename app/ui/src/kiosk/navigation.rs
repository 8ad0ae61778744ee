//! Which screen the tablet shows, and what leads from one to the next: a plain state machine. Views
//! turn presses into intents; what comes out, besides another screen, is an order to call.

mod visitor_form;

use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::id::{ButtonId, CallId, GroupId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::{Access, Action, Button, Device};
use yobirin_domain::routing::Target;

pub(super) use visitor_form::VisitorForm;

use crate::kiosk::calls::build_call::CallRequest;

/// What the tablet shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    /// The device's menu.
    Menu,
    /// グループ選択, at a group of the forest or above all of them.
    Groups {
        button: ButtonId,
        at: Option<GroupId>,
    },
    /// 担当者選択（オープン型）, likewise.
    HostOpen {
        button: ButtonId,
        at: Option<GroupId>,
    },
    /// 担当者選択（クローズ型）.
    HostClosed { button: ButtonId },
    /// 担当者検索.
    HostSearch { button: ButtonId },
    /// What the visitor is asked.
    Details(Selection),
    /// The last look before the call.
    Confirm(Selection),
    /// A call under way, or its end.
    Call(CallId),
}

/// Whom the visitor has picked, and with which button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selection {
    pub(super) button: ButtonId,
    pub(super) target: Target,
    /// The name was offered masked and stays so until the call is made.
    pub(super) masked: bool,
}

/// What a press means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    /// A button of the menu.
    PressButton(ButtonId),
    /// Look into a group, or at the tops of the trees.
    OpenGroup(Option<GroupId>),
    /// This one.
    Choose { target: Target, masked: bool },
    /// The questions are answered.
    SubmitDetails,
    /// Yes, call.
    ConfirmCall,
    /// Call staff, from whatever screen.
    CallStaff,
    /// One screen back.
    Back,
    /// To the menu; what was typed is forgotten.
    Home,
}

/// What lies over the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overlay {
    /// Whom to talk to.
    Staff,
    /// How the screen looks.
    Access,
    /// The way out, for staff.
    Exit,
}

/// The tablet's screens in use by one visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Navigation {
    screen: Screen,
    /// Screens to go back to, nearest last.
    history: Vec<Screen>,
    /// What the visitor typed. Never leaves memory except inside a call.
    pub(super) form: VisitorForm,
    lang: Lang,
    access: Access,
    overlay: Option<Overlay>,
}

impl Navigation {
    /// The menu, in the office's language and with the tablet's own looks.
    pub(super) fn new(lang: Lang, access: Access) -> Self {
        Self {
            screen: Screen::Menu,
            history: Vec::new(),
            form: VisitorForm::default(),
            lang,
            access,
            overlay: None,
        }
    }

    pub(super) fn screen(&self) -> &Screen {
        &self.screen
    }

    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// What lies over the screen.
    pub(super) fn overlay(&self) -> Option<Overlay> {
        self.overlay
    }

    /// Puts a card over the screen, or takes it away.
    pub(super) fn set_overlay(&mut self, over: Option<Overlay>) {
        self.overlay = over;
    }

    /// How the screen looks.
    pub(super) fn access(&self) -> Access {
        self.access
    }

    /// Changes how the screen looks, for this visit.
    pub(super) fn change_access(&mut self, change: impl FnOnce(&mut Access)) {
        change(&mut self.access);
    }

    /// Goes on in another language.
    pub(super) fn set_language(&mut self, lang: Lang) {
        self.lang = lang;
    }

    /// True when nobody has touched anything, as far as one can see.
    pub(super) fn is_untouched(&self, own: Lang, usual: Access) -> bool {
        let fresh = self.lang == own && self.access == usual;
        self.screen == Screen::Menu && self.overlay.is_none() && fresh
    }

    /// Follows an intent. An intent that makes no sense on this screen (the second tap of a double
    /// tap, above all) changes nothing. An order is to be carried out at once, and the navigation told
    /// by [`Flow::calling`].
    pub(super) fn apply(&mut self, intent: Intent, device: &Device) -> Option<CallRequest> {
        match intent {
            Intent::Home => self.home(),
            Intent::Back => self.back(),
            Intent::PressButton(id) => return self.press_button(button(device, &id)?),
            Intent::OpenGroup(group) => self.open_group(group),
            Intent::Choose { target, masked } => {
                let button = button(device, self.button()?)?;
                self.choose(button, target, masked);
            }
            Intent::SubmitDetails => self.submit_details(device),
            // Nobody has agreed to send on what was typed for somebody else.
            Intent::CallStaff => {
                return Some(CallRequest {
                    button: ButtonId::staff(),
                    target: Target::Staff,
                    visitor: Visitor::default(),
                    language: self.lang,
                });
            }
            Intent::ConfirmCall => {
                if let Screen::Confirm(chosen) = &self.screen {
                    return Some(self.call_request(chosen.clone()));
                }
            }
        }
        None
    }

    /// Shows a call; what was typed for it is forgotten here.
    pub(super) fn show_call(&mut self, id: CallId) {
        self.home();
        self.screen = Screen::Call(id);
    }

    fn home(&mut self) {
        self.screen = Screen::Menu;
        self.history.clear();
        self.form = VisitorForm::default();
        self.overlay = None;
    }

    fn back(&mut self) {
        match self.history.pop() {
            // The menu is anybody's: what was typed on the way there is not kept for who comes next.
            Some(screen) if screen != Screen::Menu => self.screen = screen,
            _ => self.home(),
        }
    }

    fn go_to(&mut self, screen: Screen) {
        if screen == self.screen {
            return;
        }
        // Going up by the breadcrumbs is going back.
        if let Some(place) = self.history.iter().position(|earlier| *earlier == screen) {
            self.history.truncate(place);
            self.screen = screen;
            return;
        }
        let left = std::mem::replace(&mut self.screen, screen);
        self.history.push(left);
    }

    fn press_button(&mut self, pressed: &Button) -> Option<CallRequest> {
        if self.screen != Screen::Menu {
            return None;
        }
        let button = pressed.id.clone();
        match &pressed.action {
            Action::GroupSelection { below } => self.go_to(Screen::Groups {
                button,
                at: below.clone(),
            }),
            Action::HostOpen => self.go_to(Screen::HostOpen { button, at: None }),
            Action::HostClosed => self.go_to(Screen::HostClosed { button }),
            Action::HostSearch => self.go_to(Screen::HostSearch { button }),
            Action::Custom { group } => {
                let target = Target::Group(group.clone());
                if pressed.ask.is_nothing() {
                    return Some(self.call_request(Selection {
                        button,
                        target,
                        masked: false,
                    }));
                }
                self.choose(pressed, target, false);
            }
        }
        None
    }

    fn open_group(&mut self, group: Option<GroupId>) {
        match self.screen.clone() {
            Screen::Groups { button, .. } => self.go_to(Screen::Groups { button, at: group }),
            Screen::HostOpen { button, .. } => self.go_to(Screen::HostOpen { button, at: group }),
            _ => {}
        }
    }

    fn choose(&mut self, button: &Button, target: Target, masked: bool) {
        let chosen = Selection {
            button: button.id.clone(),
            target,
            masked,
        };
        self.go_to(if button.ask.is_nothing() {
            Screen::Confirm(chosen)
        } else {
            Screen::Details(chosen)
        });
    }

    fn submit_details(&mut self, device: &Device) {
        let Screen::Details(chosen) = self.screen.clone() else {
            return;
        };
        let Some(button) = button(device, &chosen.button) else {
            return self.home();
        };
        self.form.submitted = true;
        if self.form.visitor.missing(&button.ask).is_empty() {
            self.go_to(Screen::Confirm(chosen));
        }
    }

    /// The button that led to a choosing screen.
    fn button(&self) -> Option<&ButtonId> {
        match &self.screen {
            Screen::Groups { button, .. }
            | Screen::HostOpen { button, .. }
            | Screen::HostClosed { button }
            | Screen::HostSearch { button } => Some(button),
            Screen::Menu | Screen::Details(_) | Screen::Confirm(_) | Screen::Call(_) => None,
        }
    }

    fn call_request(&self, chosen: Selection) -> CallRequest {
        CallRequest {
            button: chosen.button,
            target: chosen.target,
            visitor: self.form.cleaned_visitor(),
            language: self.lang,
        }
    }
}

fn button<'a>(device: &'a Device, id: &ButtonId) -> Option<&'a Button> {
    device.menu.iter().find(|button| button.id == *id)
}

#[cfg(test)]
mod tests;
