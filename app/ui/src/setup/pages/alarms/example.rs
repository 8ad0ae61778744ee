//! Post about an incident as Chatwork shows it: when the incident begins, and as it is edited when the incident ends.

use leptos::prelude::*;
use yobirin_domain::alarm::example_posts;
use yobirin_domain::model::menu::Device;
use yobirin_domain::model::settings::{Settings, SettingsDocument};

use crate::browser::clock;
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::pages::preview::MessageView;

/// Both forms of a post about the first tablet of the draft.
#[component]
pub(super) fn ExamplePosts() -> impl IntoView {
    let words = words();
    let texts = &words.alarms;
    let store = expect_context::<DraftStore>();
    let new_name = fill(words.devices.new_name, &[("count", "1")]);
    let posts = Memo::new(move |_| store.with(|document| posts(document.clone(), &new_name)));
    let post = move |title: &'static str, index: usize| {
        let text = Signal::derive(move || posts.with(|posts| posts[index].clone()));
        view! {
            <li data-example=index>
                <h3>{title}</h3>
                <MessageView text=text />
            </li>
        }
    };
    view! {
        <ul class="example-posts" role="list">
            {post(texts.example_open, 0)}
            {post(texts.example_over, 1)}
        </ul>
    }
}

/// The post when the incident begins, and when it has ended. In a draft without devices it is about one with this name.
fn posts(mut document: SettingsDocument, new_name: &str) -> [String; 2] {
    if document.devices.is_empty()
        && let Ok(id) = "example".parse()
    {
        document.devices.push(Device::named(id, new_name));
    }
    let zone = document.site.time_zone.clone();
    let first_device = document.devices.first().map(|device| device.id.clone());
    let settings = Settings::unvalidated(document);
    let local = |at: u64| clock::local_date_time_of(at, &zone);
    match first_device {
        Some(device) => example_posts(&settings, &device, clock::now(), &local),
        None => Default::default(),
    }
}
