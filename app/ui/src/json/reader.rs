//! Where in a JSON text we are, and steps through it. Nothing here knows what is being read, so that
//! it is compiled once.

use std::fmt;

use serde::de;

/// Deepest nesting that is followed; the relay's answers nest seven deep.
const DEEPEST: u8 = 64;

/// The text does not say what was asked. It has no words, and takes no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("broken JSON")
    }
}

impl std::error::Error for Broken {}

impl de::Error for Broken {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

pub(super) type Read<T> = Result<T, Broken>;

/// A JSON text and how far it has been read.
pub(super) struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
    /// The last string that had escapes in it, without them.
    plain: String,
}

/// A whole number.
pub(super) enum Number {
    Positive(u64),
    Negative(i64),
}

impl<'de> Reader<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            plain: String::new(),
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no space, without stepping over it; 0 at the end.
    #[inline(never)]
    pub(super) fn peek(&mut self) -> u8 {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(byte) => return byte,
                None => return 0,
            }
        }
    }

    /// Steps over this byte if it is next.
    #[inline(never)]
    pub(super) fn takes(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, byte: u8) -> Read<()> {
        if self.takes(byte) {
            Ok(())
        } else {
            Err(Broken)
        }
    }

    #[inline(never)]
    pub(super) fn word(&mut self, word: &str) -> bool {
        self.peek();
        let found = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        if found {
            self.at += word.len();
        }
        found
    }

    /// True when nothing but spaces is left.
    pub(super) fn ended(&mut self) -> bool {
        self.peek() == 0 && self.at >= self.text.len()
    }

    /// Steps into a list or record.
    #[inline(never)]
    pub(super) fn enter(&mut self, bracket: u8) -> Read<()> {
        self.expect(bracket)?;
        self.depth += 1;
        if self.depth > DEEPEST {
            Err(Broken)
        } else {
            Ok(())
        }
    }

    /// Before each item of a list or record: false when its end came, and was stepped over.
    #[inline(never)]
    pub(super) fn another(&mut self, first: &mut bool, end: u8) -> Read<bool> {
        let first = std::mem::take(first);
        if self.takes(end) {
            self.depth -= 1;
            return Ok(false);
        }
        if !first {
            self.expect(b',')?;
        }
        Ok(true)
    }

    /// Steps to the next field of a record that is known, and over its name: its place among the known
    /// ones; `None` when the end came, and was stepped over.
    #[inline(never)]
    pub(super) fn field(&mut self, first: &mut bool, known: &[&str]) -> Read<Option<u64>> {
        while self.another(first, b'}')? {
            let place = self.name(known)?;
            if place.is_some() {
                return Ok(place);
            }
            self.expect(b':')?;
            self.skip()?;
        }
        Ok(None)
    }

    /// Steps over a name: its place among the known ones.
    #[inline(never)]
    pub(super) fn name(&mut self, known: &[&str]) -> Read<Option<u64>> {
        let name = self.string()?;
        let place = known.iter().position(|one| *one == name);
        Ok(place.map(|place| place as u64))
    }

    #[inline(never)]
    pub(super) fn number(&mut self) -> Read<Number> {
        let negative = self.takes(b'-');
        let start = self.at;
        let mut number = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            let more = number.checked_mul(10);
            let more = more.and_then(|more| more.checked_add(u64::from(digit - b'0')));
            number = more.ok_or(Broken)?;
            self.at += 1;
        }
        let fraction = matches!(self.byte(), Some(b'.' | b'e' | b'E'));
        if self.at == start || fraction {
            return Err(Broken);
        }
        if negative {
            let number = 0_i64.checked_sub_unsigned(number).ok_or(Broken)?;
            return Ok(Number::Negative(number));
        }
        Ok(Number::Positive(number))
    }

    #[inline(never)]
    pub(super) fn string(&mut self) -> Read<&str> {
        self.expect(b'"')?;
        let start = self.at;
        let mut copied = None;
        loop {
            match self.byte().ok_or(Broken)? {
                b'"' => break,
                b'\\' => {
                    let from = match copied {
                        None => {
                            self.plain.clear();
                            start
                        }
                        Some(from) => from,
                    };
                    let piece = self.text.get(from..self.at).ok_or(Broken)?;
                    self.plain.push_str(piece);
                    self.at += 1;
                    let letter = self.escape()?;
                    self.plain.push(letter);
                    copied = Some(self.at);
                }
                _ => self.at += 1,
            }
        }
        let rest = copied.unwrap_or(start)..self.at;
        self.at += 1;
        let rest = self.text.get(rest).ok_or(Broken)?;
        if copied.is_none() {
            return Ok(rest);
        }
        self.plain.push_str(rest);
        Ok(&self.plain)
    }

    fn escape(&mut self) -> Read<char> {
        let letter = self.byte().ok_or(Broken)?;
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.hex()?;
                if (0xD800..0xDC00).contains(&unit) {
                    // The first half of a surrogate pair: its other half follows.
                    let pair = self.word("\\u").then(|| self.hex()).ok_or(Broken)??;
                    let low = pair.checked_sub(0xDC00).filter(|low| *low < 0x400);
                    let code = 0x10000 + (unit - 0xD800) * 0x400 + low.ok_or(Broken)?;
                    char::from_u32(code).ok_or(Broken)?
                } else {
                    char::from_u32(unit).ok_or(Broken)?
                }
            }
            _ => return Err(Broken),
        })
    }

    fn hex(&mut self) -> Read<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            unit = unit * 16 + digit.ok_or(Broken)?;
            self.at += 1;
        }
        Ok(unit)
    }

    /// Steps over a whole value, whatever it is.
    #[inline(never)]
    pub(super) fn skip(&mut self) -> Read<()> {
        let mut open = 0_u32;
        loop {
            match self.peek() {
                0 => return Err(Broken),
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    open += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    open = open.checked_sub(1).ok_or(Broken)?;
                    self.at += 1;
                }
                b',' | b':' if open > 0 => self.at += 1,
                b',' | b':' => return Err(Broken),
                _ => self.skip_plain(),
            }
            if open == 0 {
                return Ok(());
            }
        }
    }

    /// A number or a word such as `true`, up to what cannot belong to it.
    fn skip_plain(&mut self) {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        self.at += 1;
        while self.byte().is_some_and(plain) {
            self.at += 1;
        }
    }
}
