//! State machine of the screens. Screens turn presses into intents; an intent leads to another screen or to a call
//! request.

mod visitor_form;

use yobirin_domain::catalog::CatalogGroup;
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::id::{ButtonId, CallId, GroupId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::{Accessibility, Action, Ask, Button, Device};
use yobirin_domain::routing::Target;

pub(super) use visitor_form::VisitorForm;

use crate::kiosk::calls::build_call::CallRequest;

/// A screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    /// The device's menu.
    Menu,
    /// Group selection (グループ選択), at a group or above the top groups.
    Groups {
        button: ButtonId,
        at: Option<GroupId>,
    },
    /// Open host selection (担当者選択（オープン型）), at a group or above the top groups.
    HostOpen {
        button: ButtonId,
        at: Option<GroupId>,
    },
    /// Closed host selection (担当者選択（クローズ型）).
    HostClosed { button: ButtonId },
    /// Host search (担当者検索).
    HostSearch { button: ButtonId },
    /// Questions to the visitor.
    Details(Selection),
    /// Confirmation before the call.
    Confirm(Selection),
    /// A call, or its outcome.
    Call(CallId),
}

/// The target that the visitor selected, and the menu button that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selection {
    pub(super) button: ButtonId,
    pub(super) target: Target,
    /// True when the name was offered masked; it stays masked until the call is made.
    pub(super) is_masked: bool,
}

/// Effect of a press on the card of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GroupPress {
    /// Calls the group.
    Call,
    /// Opens the group, which shows its subgroups.
    Open,
}

impl GroupPress {
    /// A group with callable subgroups opens; any other is called.
    pub(super) fn of(group: &CatalogGroup<'_>) -> Self {
        match group.has_callable_below {
            true => Self::Open,
            false => Self::Call,
        }
    }
}

/// Intent of the visitor's press on a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    /// Press a menu button.
    PressButton(ButtonId),
    /// Open a group, or the top level.
    OpenGroup(Option<GroupId>),
    /// Select a target.
    Choose { target: Target, is_masked: bool },
    /// Select a group that a search has found. `button` is the menu button that offers the group.
    ChooseFoundGroup {
        button: ButtonId,
        group: GroupId,
        press: GroupPress,
    },
    /// Submit the answers to the questions.
    SubmitDetails,
    /// Confirm the call.
    ConfirmCall,
    /// Call staff, on any screen.
    CallStaff,
    /// One screen back.
    Back,
    /// Back to the menu; what was typed is forgotten.
    Home,
}

/// A dialog over the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overlay {
    /// Contact of staff.
    Staff,
    /// All calls that wait for an answer.
    ListedCalls,
    /// Accessibility options.
    Accessibility,
    /// Leaving the kiosk, for staff.
    Exit,
    /// Checklist of the tablet, for staff.
    Checklist,
    /// Long form of the purpose notice.
    PurposeNotice,
}

/// Navigation and inputs of one visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Navigation {
    screen: Screen,
    /// Screens to go back to, the latest last.
    history: Vec<Screen>,
    /// Inputs of the visitor, sent or stored only as part of a call.
    pub(super) form: VisitorForm,
    lang: Lang,
    accessibility: Accessibility,
    overlay: Option<Overlay>,
}

impl Navigation {
    /// The menu, in a language and with the device's accessibility options.
    pub(super) fn new(lang: Lang, accessibility: Accessibility) -> Self {
        Self {
            screen: Screen::Menu,
            history: Vec::new(),
            form: VisitorForm::default(),
            lang,
            accessibility,
            overlay: None,
        }
    }

    pub(super) fn screen(&self) -> &Screen {
        &self.screen
    }

    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// The dialog over the screen.
    pub(super) fn overlay(&self) -> Option<Overlay> {
        self.overlay
    }

    /// Shows or closes a dialog.
    pub(super) fn set_overlay(&mut self, overlay: Option<Overlay>) {
        self.overlay = overlay;
    }

    /// Accessibility options of this visit.
    pub(super) fn accessibility(&self) -> Accessibility {
        self.accessibility
    }

    /// Changes the accessibility options of this visit.
    pub(super) fn change_accessibility(&mut self, change: impl FnOnce(&mut Accessibility)) {
        change(&mut self.accessibility);
    }

    /// Changes the language.
    pub(super) fn set_language(&mut self, lang: Lang) {
        self.lang = lang;
    }

    /// True on the menu with the default language and accessibility options, as at the start of a visit.
    pub(super) fn is_untouched(
        &self,
        default_lang: Lang,
        default_accessibility: Accessibility,
    ) -> bool {
        let is_default = self.lang == default_lang && self.accessibility == default_accessibility;
        // Staff leave the checklist open while they change the machine's own settings.
        let has_no_dialog = matches!(self.overlay, None | Some(Overlay::Checklist));
        self.screen == Screen::Menu && has_no_dialog && is_default
    }

    /// Applies an intent. One that does not belong to the present screen, such as the second tap of a double tap,
    /// changes nothing. The caller performs the returned request at once and then calls [`Self::show_call`].
    pub(super) fn apply(&mut self, intent: Intent, device: &Device) -> Option<CallRequest> {
        match intent {
            Intent::Home => self.home(),
            Intent::Back => self.back(),
            Intent::PressButton(id) => return self.press_button(find_button(device, &id)?),
            Intent::OpenGroup(group) => self.open_group(group),
            Intent::Choose { target, is_masked } => {
                let button = find_button(device, self.selection_button()?)?;
                let selection = Selection {
                    button: button.id.clone(),
                    target,
                    is_masked,
                };
                self.choose(button, selection);
            }
            Intent::ChooseFoundGroup {
                button,
                group,
                press,
            } => {
                if !self.is_search() {
                    return None;
                }
                match press {
                    GroupPress::Call => {
                        let button = find_button(device, &button)?;
                        let selection = Selection {
                            button: button.id.clone(),
                            target: Target::Group(group),
                            is_masked: false,
                        };
                        self.choose(button, selection);
                    }
                    GroupPress::Open => self.go_to(Screen::Groups {
                        button,
                        at: Some(group),
                    }),
                }
            }
            Intent::SubmitDetails => self.submit_details(device),
            // Without the visitor's answers, which were meant for another recipient.
            Intent::CallStaff => {
                return Some(CallRequest {
                    button: ButtonId::staff(),
                    target: Target::Staff,
                    visitor: Visitor::default(),
                    notice: None,
                    language: self.lang,
                });
            }
            Intent::ConfirmCall => {
                if let Screen::Confirm(selection) = &self.screen {
                    return Some(self.call_request(selection.clone()));
                }
            }
        }
        None
    }

    /// Shows a call; what was typed for it is forgotten.
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
            // The menu is the start of the next visit: what was typed is forgotten.
            Some(screen) if screen != Screen::Menu => self.screen = screen,
            _ => self.home(),
        }
    }

    fn go_to(&mut self, screen: Screen) {
        if screen == self.screen {
            return;
        }
        // A breadcrumb leads back to an earlier screen.
        if let Some(index) = self.history.iter().position(|earlier| *earlier == screen) {
            self.history.truncate(index);
            self.screen = screen;
            return;
        }
        let previous = std::mem::replace(&mut self.screen, screen);
        self.history.push(previous);
    }

    fn press_button(&mut self, pressed: &Button) -> Option<CallRequest> {
        // A search that finds nobody offers buttons of the menu.
        if self.screen != Screen::Menu && !self.is_search() {
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
                let selection = Selection {
                    button,
                    target: Target::Group(group.clone()),
                    is_masked: false,
                };
                if pressed.ask.is_nothing() {
                    return Some(self.call_request(selection));
                }
                self.choose(pressed, selection);
            }
        }
        None
    }

    fn is_search(&self) -> bool {
        matches!(
            self.screen,
            Screen::HostSearch { .. } | Screen::HostClosed { .. }
        )
    }

    fn open_group(&mut self, group: Option<GroupId>) {
        match self.screen.clone() {
            Screen::Groups { button, .. } => self.go_to(Screen::Groups { button, at: group }),
            Screen::HostOpen { button, .. } => self.go_to(Screen::HostOpen { button, at: group }),
            _ => {}
        }
    }

    /// Leads from a selected target to the questions, or to the confirmation if the button asks none.
    fn choose(&mut self, button: &Button, selection: Selection) {
        self.go_to(if button.ask.is_nothing() {
            Screen::Confirm(selection)
        } else {
            Screen::Details(selection)
        });
    }

    fn submit_details(&mut self, device: &Device) {
        let Screen::Details(selection) = self.screen.clone() else {
            return;
        };
        // A button that was removed meanwhile asks nothing any more.
        let asked =
            find_button(device, &selection.button).map_or(Ask::NOTHING, |button| button.ask);
        self.form.is_submitted = true;
        if self.form.visitor.missing(&asked).is_empty() {
            self.go_to(Screen::Confirm(selection));
        }
    }

    /// The menu button that led to the present screen, if the screen selects a target.
    fn selection_button(&self) -> Option<&ButtonId> {
        match &self.screen {
            Screen::Groups { button, .. }
            | Screen::HostOpen { button, .. }
            | Screen::HostClosed { button }
            | Screen::HostSearch { button } => Some(button),
            Screen::Menu | Screen::Details(_) | Screen::Confirm(_) | Screen::Call(_) => None,
        }
    }

    fn call_request(&self, selection: Selection) -> CallRequest {
        CallRequest {
            button: selection.button,
            target: selection.target,
            visitor: self.form.cleaned_visitor(),
            notice: self.form.notice,
            language: self.lang,
        }
    }
}

fn find_button<'a>(device: &'a Device, id: &ButtonId) -> Option<&'a Button> {
    device.menu.iter().find(|button| button.id == *id)
}

#[cfg(test)]
mod tests;
