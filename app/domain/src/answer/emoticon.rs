//! Emoticons that Chatwork shows in place of plain text.

/// Emoticons of punctuation, matched exactly.
const FACES: [&str; 15] = [
    "]:)", ":^)", ":#)", "8-)", "8-|", "|-)", ":)", ":(", ":D", ":o", ":p", ":|", ":*", ";)", ";(",
];

/// Emoticons in half-width parentheses, matched without regard to case.
const NAMES: [&str; 37] = [
    "(sweat)",
    "(blush)",
    "(inlove)",
    "(love)",
    "(talk)",
    "(yawn)",
    "(puke)",
    "(emo)",
    "(nod)",
    "(shake)",
    "(^^;)",
    "(:/)",
    "(whew)",
    "(clap)",
    "(bow)",
    "(roger)",
    "(flex)",
    "(dance)",
    "(gogo)",
    "(think)",
    "(please)",
    "(quick)",
    "(anger)",
    "(devil)",
    "(lightbulb)",
    "(*)",
    "(h)",
    "(F)",
    "(cracker)",
    "(eat)",
    "(^)",
    "(coffee)",
    "(beer)",
    "(handshake)",
    "(y)",
    "(ec14)",
    "(tumbler)",
];

/// Length in bytes of the emoticon at the start of a text.
pub(super) fn length_at_start(text: &str) -> Option<usize> {
    let matches = |name: &&&str| {
        let start = text.as_bytes().get(..name.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    };
    let found = match text.as_bytes().first()? {
        b'(' => NAMES.iter().find(matches)?,
        b']' | b':' | b'8' | b'|' | b';' => FACES.iter().find(|face| text.starts_with(**face))?,
        _ => return None,
    };
    Some(found.len())
}
