//! Keys of the 五十音 pad that modify the last kana.

use super::kana;

/// Modifier key of the 五十音 pad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoicingMark {
    /// Dakuten (濁点).
    Voiced,
    /// Handakuten (半濁点).
    HalfVoiced,
    /// Small kana.
    Small,
}

/// Toggles the mark of the last kana: か becomes が, and が becomes か. A kana that cannot have the mark stays unchanged.
#[must_use]
pub fn toggle_mark(text: &str, mark: VoicingMark) -> String {
    let mut out = text.to_owned();
    let Some(last) = out.pop() else {
        return out;
    };
    let plain = kana::unmarked(last);
    let marked = match mark {
        VoicingMark::Voiced => kana::voiced(plain),
        VoicingMark::HalfVoiced => kana::half_voiced(plain),
        VoicingMark::Small => kana::small(plain),
    };
    out.push(match marked {
        Some(marked) if marked == last => plain,
        Some(marked) => marked,
        None => last,
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_toggled_and_replaces_another_one() {
        use VoicingMark::{HalfVoiced, Small, Voiced};
        for (text, mark, expected) in [
            ("か", Voiced, "が"),
            ("が", Voiced, "か"),
            ("は", HalfVoiced, "ぱ"),
            ("ば", HalfVoiced, "ぱ"),
            ("ぱ", Voiced, "ば"),
            ("さつ", Small, "さっ"),
            ("っ", Small, "つ"),
            ("っ", Voiced, "づ"),
            ("しや", Small, "しゃ"),
            ("う", Voiced, "ゔ"),
            ("な", Voiced, "な"),
            ("ん", Small, "ん"),
            ("ー", Voiced, "ー"),
            ("a", Small, "a"),
            ("", Voiced, ""),
        ] {
            assert_eq!(toggle_mark(text, mark), expected, "{text:?} {mark:?}");
        }
    }
}
