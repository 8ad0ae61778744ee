//! Masks names: closed host selection (クローズ型) offers several matches without becoming a directory.

/// Masks a name but for the family name and the first letter of what follows. A name without a space keeps its first half.
pub(crate) fn mask_name(name: &str) -> String {
    let parts: Vec<&str> = name.split_whitespace().collect();
    match parts.as_slice() {
        [] => String::new(),
        [single] => mask_part(single, (single.chars().count() / 2).max(1)),
        [family, rest @ ..] => {
            let masked_names = rest
                .iter()
                .map(|part| mask_part(part, part.chars().count().min(2) - 1));
            std::iter::once((*family).to_owned())
                .chain(masked_names)
                .collect::<Vec<_>>()
                .join(" ")
        }
    }
}

/// Keeps the first `keep` letters, and replaces each of the others (at least one) by a circle.
fn mask_part(part: &str, keep: usize) -> String {
    let hidden = part.chars().count().saturating_sub(keep).max(1);
    part.chars()
        .take(keep)
        .chain("○".repeat(hidden).chars())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::mask_name;

    #[test]
    fn given_names_keep_their_first_letter_only_and_not_that_when_it_is_all() {
        for (name, shown) in [
            ("佐藤 花子", "佐藤 花○"),
            ("佐藤　一", "佐藤 ○"),
            ("斎藤 誠", "斎藤 ○"),
            ("Nguyen Van A", "Nguyen V○○ ○"),
            ("佐藤花子", "佐藤○○"),
            ("林", "林○"),
            ("Sato Taro", "Sato T○○○"),
            ("", ""),
        ] {
            assert_eq!(mask_name(name), shown, "{name}");
        }
    }
}
