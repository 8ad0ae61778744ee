//! Visual checks of every page: axe, overflow, and screenshots in `target/screenshots`.
//!
//! The default run checks each page at a desktop's or tablet's size, light and dark. `SCREENSHOTS=all` (used by
//! `make screenshots`) adds all sizes and languages; `SCREENSHOTS=ja,vi` selects languages.

mod answers;
mod guide;
mod kiosk;
mod office_manager;
mod setup;
mod waiting_tablet;

use e2e_tests::{Browser, Scheme, Size};

/// Language, size and color scheme in which a page is checked.
#[derive(Clone, Copy, Debug)]
struct Appearance {
    language: &'static str,
    size: Size,
    dark: bool,
}

/// The appearances of this run, grouped by language because each language needs its own browser.
fn appearances(first: Size) -> Vec<(&'static str, Vec<Appearance>)> {
    appearances_in(first, &["ja", "en"], Size::ALL.to_vec())
}

/// The appearances for `SCREENSHOTS`.
fn appearances_in(
    first: Size,
    languages: &[&'static str],
    all_sizes: Vec<Size>,
) -> Vec<(&'static str, Vec<Appearance>)> {
    let requested = std::env::var("SCREENSHOTS").unwrap_or_default();
    let languages: Vec<&str> = match requested.as_str() {
        "" => vec!["ja"],
        "all" => languages.to_vec(),
        some => {
            let wanted = |language: &&&str| some.split(',').any(|listed| listed == **language);
            languages.iter().filter(wanted).copied().collect()
        }
    };
    let sizes = if requested.is_empty() {
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

/// Checks the browser's page in these appearances.
async fn check_appearances(browser: &Browser, page: &str, appearances: &[Appearance]) {
    check_part(browser, page, "", appearances).await;
}

/// Checks the page with `part` scrolled to the center; `""` keeps the scroll position.
async fn check_part(browser: &Browser, page: &str, part: &str, appearances: &[Appearance]) {
    let can_be_dark = browser.schemes().contains(&Scheme::Dark);
    for appearance in appearances {
        if appearance.dark && !can_be_dark {
            continue;
        }
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
        browser.assert_no_overflow().await;
        browser
            .assert_accessible(&format!("{page}, {appearance:?}"))
            .await;
    }
    browser.assert_clean_console().await;
}
