//! Long values, shortened: a list to whole entries and the number of the others, other texts to their start.

/// The first `max_chars` characters of a text, with an ellipsis when it is longer.
pub(crate) fn truncate(text: &str, max_chars: usize) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(max_chars).collect();
    if chars.next().is_some() {
        format!("{start}…")
    } else {
        start
    }
}

/// Joins the entries that fit into `max_chars`, at least one; then the number of the others, in words.
pub(crate) fn shorten_list(
    entries: &[String],
    separator: &str,
    max_chars: usize,
    and_more: impl Fn(usize) -> String,
) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut length = 0;
    for entry in entries {
        length += entry.chars().count() + separator.chars().count();
        if length > max_chars && !shown.is_empty() {
            break;
        }
        shown.push(entry.clone());
    }
    let hidden = entries.len() - shown.len();
    if hidden > 0 {
        shown.push(and_more(hidden));
    }
    shown.join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_ends_with_a_whole_entry_and_the_number_of_the_others() {
        let days: Vec<String> = (1..=5).map(|day| format!("2027/01/0{day}")).collect();
        let shorten = |max| shorten_list(&days, "、", max, |count| format!("ほか {count} 件"));
        assert_eq!(shorten(22), "2027/01/01、2027/01/02、ほか 3 件");
        assert_eq!(shorten(1), "2027/01/01、ほか 4 件");
        assert_eq!(shorten(55), days.join("、"));
    }
}
