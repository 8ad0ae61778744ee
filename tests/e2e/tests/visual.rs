//! Every page looked at: by axe, for overflow, and by people, in `target/screenshots`.
//!
//! A plain run looks at each page in a desk's or tablet's size, light and dark; `make screenshots`
//! at all sizes and in all languages too (`SCREENSHOTS=all`, or the languages that are wanted:
//! `SCREENSHOTS=ja,vi`).

mod kiosk;
mod setup;

use e2e_tests::{Browser, Size};

/// One way to look at a page.
#[derive(Clone, Copy, Debug)]
struct Appearance {
    language: &'static str,
    size: Size,
    dark: bool,
}

/// The looks of this run, all in one language so that one browser can go through them.
fn appearances(first: Size) -> Vec<(&'static str, Vec<Appearance>)> {
    appearances_in(first, &["ja", "en"], Size::ALL.to_vec())
}

/// The same, in other languages and sizes when all are asked for.
fn appearances_in(
    first: Size,
    languages: &[&'static str],
    all_sizes: Vec<Size>,
) -> Vec<(&'static str, Vec<Appearance>)> {
    let wish = std::env::var("SCREENSHOTS").unwrap_or_default();
    let languages: Vec<&str> = match wish.as_str() {
        "" => vec!["ja"],
        "all" => languages.to_vec(),
        some => {
            let wanted = |language: &&&str| some.split(',').any(|one| one == **language);
            languages.iter().filter(wanted).copied().collect()
        }
    };
    let sizes = if wish.is_empty() {
        vec![first, Size::PHONE]
    } else {
        all_sizes
    };
    let appearances = |language| {
        let each = |size| {
            [false, true].map(|dark| Appearance {
                language,
                size,
                dark,
            })
        };
        sizes.iter().copied().flat_map(each).collect()
    };
    languages
        .iter()
        .map(|language| (*language, appearances(*language)))
        .collect()
}

/// Looks at the page that the browser shows.
async fn check_appearances(browser: &Browser, page: &str, appearances: &[Appearance]) {
    check_part(browser, page, "", appearances).await;
}

/// The same with a part of it in the middle of each picture; `""` for the page as it stands.
async fn check_part(browser: &Browser, page: &str, part: &str, appearances: &[Appearance]) {
    for appearance in appearances {
        browser.resize(appearance.size).await;
        if !part.is_empty() {
            let middle =
                format!("document.querySelector('{part}').scrollIntoView({{block: 'center'}})");
            browser.script(&middle).await;
        }
        browser.prefer_dark(appearance.dark).await;
        let shade = if appearance.dark { "dark" } else { "light" };
        let Size { width, height } = appearance.size;
        browser
            .screenshot(&format!(
                "{page}-{}-{width}x{height}-{shade}",
                appearance.language
            ))
            .await;
        browser.has_no_overflow().await;
        browser
            .is_accessible(&format!("{page}, {appearance:?}"))
            .await;
    }
    browser.console_is_clean().await;
}
