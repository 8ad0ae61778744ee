//! The character sequences that Chatwork turns into little pictures.

/// Faces made of punctuation, longest first where one begins another. Exact.
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

/// Words in half-width parentheses, in any case.
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

/// The emoticon that `rest` begins with: how many bytes it takes, and its picture.
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
    fn only_half_width_sequences_turn_into_pictures() {
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
