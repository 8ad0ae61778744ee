//! Test of the style sheets in `style`.

use std::collections::HashSet;

/// All style sheets, without their comments.
fn rules() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../style");
    let mut rules = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let sheet = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for (index, part) in sheet.split("/*").enumerate() {
            let (_, after_comment) = part.split_once("*/").unwrap_or(("", part));
            rules.push_str(if index == 0 { part } else { after_comment });
        }
    }
    rules
}

#[test]
fn every_animation_has_its_keyframes() {
    let rules = rules();
    let first_word = |text: &str| text.split([' ', ';', '{']).next().unwrap().to_owned();
    let words_after =
        |start: &str| -> HashSet<String> { rules.split(start).skip(1).map(first_word).collect() };
    let keyframes = words_after("@keyframes ");
    let animations = words_after(" animation: ");
    assert!(!animations.is_empty(), "no animation was found");
    assert_eq!(
        animations.difference(&keyframes).count(),
        0,
        "{animations:?} {keyframes:?}"
    );
}
