//! The character sequences that Chatwork renders as emoticons.

/// Emoticons of punctuation, matched exactly; the longer first where one is a prefix of another.
const FACES: &[(&str, &str)] = &[
    ("]:)", "😈"),
    (":^)", "🤔"),
    (":#)", "😳"),
    ("8-)", "😎"),
    ("8-|", "🤓"),
    ("|-)", "😌"),
    (":)", "🙂"),
    (":(", "🙁"),
    (":D", "😃"),
    (":o", "😮"),
    (":p", "😛"),
    (":|", "😐"),
    (":*", "😘"),
    (";)", "😉"),
    (";(", "😢"),
];

/// Emoticons in half-width parentheses, matched case-insensitively.
const WORDS: &[(&str, &str)] = &[
    ("(sweat)", "😅"),
    ("(blush)", "😊"),
    ("(inlove)", "😍"),
    ("(love)", "😍"),
    ("(talk)", "🗣️"),
    ("(yawn)", "🥱"),
    ("(puke)", "🤮"),
    ("(emo)", "🥀"),
    ("(nod)", "🙂‍↕️"),
    ("(shake)", "🙂‍↔️"),
    ("(^^;)", "😅"),
    ("(:/)", "😕"),
    ("(whew)", "😮‍💨"),
    ("(clap)", "👏"),
    ("(bow)", "🙇"),
    ("(roger)", "🫡"),
    ("(flex)", "💪"),
    ("(dance)", "💃"),
    ("(gogo)", "🏃"),
    ("(think)", "🤔"),
    ("(please)", "🙏"),
    ("(quick)", "💨"),
    ("(anger)", "💢"),
    ("(devil)", "😈"),
    ("(lightbulb)", "💡"),
    ("(*)", "⭐"),
    ("(h)", "❤️"),
    ("(f)", "🌸"),
    ("(cracker)", "🎉"),
    ("(eat)", "🍴"),
    ("(^)", "🎂"),
    ("(coffee)", "☕"),
    ("(beer)", "🍺"),
    ("(handshake)", "🤝"),
    ("(y)", "👍"),
    ("(ec14)", "🎁"),
    ("(tumbler)", "🥤"),
];

/// The emoticon at the start of `rest`: its length in bytes and its emoji.
pub(super) fn at_start(rest: &str) -> Option<(usize, &'static str)> {
    if rest.starts_with('(') {
        let begins = |word: &str| {
            rest.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        return WORDS
            .iter()
            .find(|(word, _)| begins(word))
            .map(|(word, emoji)| (word.len(), *emoji));
    }
    let face = FACES.iter().find(|(face, _)| rest.starts_with(face))?;
    Some((face.0.len(), face.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_half_width_sequences_are_emoticons() {
        let cases = [
            ("(F)", Some((3, "🌸"))),
            ("(h) and more", Some((3, "❤️"))),
            ("(beer)", Some((6, "🍺"))),
            ("(^^;)", Some((5, "😅"))),
            ("8-)", Some((3, "😎"))),
            (":)", Some((2, "🙂"))),
            (";(", Some((2, "😢"))),
            ("]:)", Some((3, "😈"))),
            ("（F）", None),
            ("(株)山田", None),
            ("(受", None),
            (":", None),
            ("8", None),
        ];
        for (text, found) in cases {
            assert_eq!(at_start(text), found, "{text}");
        }
    }
}
