//! Client-side navigation of set-up.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::browser::{self, navigation};
use crate::i18n::setup::Words;
use crate::router::{Page, SetupPage};

/// The current page, and links to other ones.
#[derive(Clone, Copy)]
pub(super) struct Nav {
    /// The page of the address; `None` for an address without a page.
    page: RwSignal<Option<Page>>,
}

impl Nav {
    /// Starts at the address, and changes the page with the browser's history.
    pub(super) fn start() -> Self {
        let page = RwSignal::new(navigation::current());
        navigation::set_page_from_history(page);
        Self { page }
    }

    /// True on a host's own page.
    pub(super) fn is_own_page(self) -> bool {
        self.page.with(|page| *page == Some(Page::SelfService))
    }

    /// The current page.
    pub(super) fn page(self) -> Option<Page> {
        self.page.get()
    }

    /// The current page, without tracking.
    pub(super) fn page_untracked(self) -> Option<Page> {
        self.page.get_untracked()
    }

    /// Goes to a page and gives the focus to its heading.
    pub(super) fn go(self, page: SetupPage) {
        let page = Page::Setup(page);
        navigation::push(&page);
        self.page.set(Some(page));
        browser::scroll_to_top_and_focus("main h1");
    }

    /// Goes to a page and gives the focus to an element of it. A page that is shown already is not left.
    pub(super) fn go_to_field(self, page: SetupPage, selector: String) {
        if self.page_untracked() != Some(Page::Setup(page.clone())) {
            self.go(page);
        }
        browser::focus_after_render(selector);
    }

    /// Goes to a page in place of the current history entry.
    pub(super) fn replace(self, page: Page) {
        navigation::replace(&page);
        self.page.set(Some(page));
    }
}

/// Texts in the reader's language.
pub(super) fn words() -> &'static Words {
    expect_context()
}

/// A link to a page of set-up.
#[component]
pub(super) fn Link(
    /// Target page.
    to: SetupPage,
    /// CSS class.
    #[prop(optional)]
    class: &'static str,
    /// Name for tests, in `data-action`.
    #[prop(optional)]
    action: Option<&'static str>,
    /// CSS selector of the element on that page that gets the focus, instead of the heading.
    #[prop(optional, into)]
    focus: Option<String>,
    /// Content.
    children: Children,
) -> impl IntoView {
    let nav = expect_context::<Nav>();
    let page = Page::Setup(to.clone());
    let aria_current = {
        let page = page.clone();
        move || (nav.page() == Some(page.clone())).then_some("page")
    };
    let navigate = move |event: MouseEvent| {
        if !intercept_plain_click(&event) {
            return;
        }
        match &focus {
            Some(selector) => nav.go_to_field(to.clone(), selector.clone()),
            None => nav.go(to.clone()),
        }
    };
    view! {
        <a href=page.path() class=class data-action=action aria-current=aria_current on:click=navigate>
            {children()}
        </a>
    }
}

/// A link in a recycled row, whose target changes.
#[component]
pub(super) fn RowLink(
    /// Target page.
    #[prop(into)]
    to: Signal<SetupPage>,
    /// Label.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let nav = expect_context::<Nav>();
    let navigate = move |event: MouseEvent| {
        if intercept_plain_click(&event) {
            nav.go(to.get_untracked());
        }
    };
    view! { <a href=move || Page::Setup(to.get()).path() on:click=navigate>{label}</a> }
}

/// Prevents the browser's own navigation for a plain click. Returns false for a click that opens a tab or a window.
fn intercept_plain_click(event: &MouseEvent) -> bool {
    let opens_elsewhere =
        event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0;
    if !opens_elsewhere {
        event.prevent_default();
    }
    !opens_elsewhere
}

/// Title of a page in the navigation.
pub(super) fn page_title(words: &Words, page: &SetupPage) -> &'static str {
    let texts = &words.layout;
    match page {
        SetupPage::Overview | SetupPage::Guide => texts.overview,
        SetupPage::Chatwork => texts.chatwork,
        SetupPage::Hosts | SetupPage::Host(_) | SetupPage::PeopleFromChatwork => texts.hosts,
        SetupPage::Groups | SetupPage::Group(_) => texts.groups,
        SetupPage::Devices | SetupPage::Device(_) | SetupPage::WaitingTablet(_) => texts.devices,
        SetupPage::Answers => texts.answers,
        SetupPage::PurposeNotice => texts.purpose_notice,
        SetupPage::Alarms => texts.alarms,
        SetupPage::Preview => texts.preview,
        SetupPage::Doctor => texts.doctor,
        SetupPage::History => texts.history,
        SetupPage::Import => texts.import,
        SetupPage::Versions => texts.versions,
        SetupPage::Retention => texts.retention,
        SetupPage::Site => texts.site,
        SetupPage::Security => texts.security,
    }
}
