//! What the keys of a 五十音 pad do to the text before them.

use super::kana;

/// A key that changes the last kana instead of adding one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoicingMark {
    /// 濁点
    Voiced,
    /// 半濁点
    HalfVoiced,
    /// Small kana.
    Small,
}

/// The text with its last kana marked, or without the mark when it has it already: か, が, か. A kana
/// that does not take the mark stays as it is.
#[must_use]
pub fn toggle_mark(text: &str, mark: VoicingMark) -> String {
    let mut out = text.to_owned();
    let Some(last) = out.pop() else {
        return out;
    };
    let plain = kana::unmarked(last);
    let with = match mark {
        VoicingMark::Voiced => kana::voiced(plain),
        VoicingMark::HalfVoiced => kana::half_voiced(plain),
        VoicingMark::Small => kana::small(plain),
    };
    out.push(match with {
        Some(with) if with == last => plain,
        Some(with) => with,
        None => last,
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_comes_goes_and_takes_the_place_of_another() {
        use VoicingMark::{HalfVoiced, Small, Voiced};
        for (text, mark, then) in [
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
            assert_eq!(toggle_mark(text, mark), then, "{text:?} {mark:?}");
        }
    }
}
