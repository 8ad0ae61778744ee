//! Posts.
use leptos::prelude::*;
#[component]
pub(super) fn ExamplePosts() -> impl IntoView {}
