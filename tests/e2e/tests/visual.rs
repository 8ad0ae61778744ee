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
struct Look {
    language: &'static str,
    size: Size,
    dark: bool,
}

/// The looks of this run, all in one language so that one browser can go through them.
fn looks(first: Size) -> Vec<(&'static str, Vec<Look>)> {
    looks_in(first, &["ja", "en"], Size::ALL.to_vec())
}

/// The same, in other languages and sizes when all are asked for.
fn looks_in(
    first: Size,
    languages: &[&'static str],
    all_sizes: Vec<Size>,
) -> Vec<(&'static str, Vec<Look>)> {
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
    let looks = |language| {
        let each = |size| {
            [false, true].map(|dark| Look {
                language,
                size,
                dark,
            })
        };
        sizes.iter().copied().flat_map(each).collect()
    };
    languages
        .iter()
        .map(|language| (*language, looks(*language)))
        .collect()
}

/// Looks at the page that the browser shows.
async fn look_at(browser: &Browser, page: &str, looks: &[Look]) {
    look_at_part(browser, page, "", looks).await;
}

/// The same with a part of it in the middle of each picture; `""` for the page as it stands.
async fn look_at_part(browser: &Browser, page: &str, part: &str, looks: &[Look]) {
    for look in looks {
        browser.resize(look.size).await;
        if !part.is_empty() {
            let middle =
                format!("document.querySelector('{part}').scrollIntoView({{block: 'center'}})");
            browser.script(&middle).await;
        }
        browser.prefer_dark(look.dark).await;
        let shade = if look.dark { "dark" } else { "light" };
        let Size { width, height } = look.size;
        browser
            .picture(&format!(
                "{page}-{}-{width}x{height}-{shade}",
                look.language
            ))
            .await;
        browser.fits().await;
        browser.is_accessible(&format!("{page}, {look:?}")).await;
    }
    browser.console_is_clean().await;
}
