//! Lexer for RTF: groups, control words and bytes of the text.

/// A token of RTF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RtfToken<'a> {
    Open,
    Close,
    /// A control word with its number: `\b0`.
    Word(&'a str, Option<i32>),
    /// A control symbol: `\~`.
    Symbol(u8),
    /// A byte of the text.
    Byte(u8),
}

/// Cuts the bytes of a document into tokens.
pub(super) struct RtfLexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> RtfLexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next token; `None` at the end.
    pub(super) fn next_token(&mut self) -> Option<RtfToken<'a>> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(match byte {
            b'{' => RtfToken::Open,
            b'}' => RtfToken::Close,
            b'\r' | b'\n' | 0 => return self.next_token_after_breaks(),
            b'\\' => self.control(),
            byte => RtfToken::Byte(byte),
        })
    }

    /// The token after line breaks, which mean nothing.
    fn next_token_after_breaks(&mut self) -> Option<RtfToken<'a>> {
        while matches!(self.bytes.get(self.at)?, b'\r' | b'\n' | 0) {
            self.at += 1;
        }
        self.next_token()
    }

    /// The control word or symbol after a backslash.
    fn control(&mut self) -> RtfToken<'a> {
        const MAX_DIGITS: usize = 9;
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().take_while(|it| it.is_ascii_alphabetic()).count();
        if letters == 0 {
            self.at += 1;
            return match rest.first() {
                Some(b'\'') => self.hex_byte(),
                Some(symbol) => RtfToken::Symbol(*symbol),
                None => RtfToken::Symbol(b'\\'),
            };
        }
        let word = str::from_utf8(&rest[..letters]).unwrap_or_default();
        let sign = usize::from(rest.get(letters) == Some(&b'-'));
        let digits = rest[letters + sign..].iter().take_while(|it| it.is_ascii_digit()).count();
        let number =
            str::from_utf8(&rest[letters..letters + sign + digits.min(MAX_DIGITS)]).unwrap_or_default();
        let end = if digits > 0 { letters + sign + digits } else { letters };
        // A space ends the control word and is not text.
        self.at += end + usize::from(rest.get(end) == Some(&b' '));
        RtfToken::Word(word, number.parse().ok())
    }

    /// The byte of `\'e9`.
    fn hex_byte(&mut self) -> RtfToken<'a> {
        let digits = self.bytes.get(self.at..self.at + 2).and_then(|it| str::from_utf8(it).ok());
        match digits.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                self.at += 2;
                RtfToken::Byte(byte)
            }
            None => RtfToken::Symbol(b'\''),
        }
    }

    /// Passes over the bytes of a picture or of the text for programs without Unicode.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes).min(self.bytes.len());
    }
}
