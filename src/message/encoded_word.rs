//! Encoded words (RFC 2047): text beyond ASCII in header fields.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use memchr::memchr;

use super::{Charset, Label, Reading};
use crate::context::Context;
use crate::error::DecodeError;
use crate::error::EncodeErrorKind;
use crate::octet_set::find;
use crate::octet_set::is_plain;
use crate::options::DeviationKind;
use crate::transfer;

/// A text whose encoded words are undone.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// The charset of the words, if all have the same; UTF-8 if they have several.
    charset: Option<Charset>,
    /// What was guessed to read a word, or why it stays in the text as it was written.
    fault: Option<DeviationKind>,
    /// Whether all words follow the syntax of RFC 2047.
    has_syntax: bool,
}

impl Decoded<'_> {
    /// The charset to write the text in again. Text that ASCII suffices for is not labelled.
    pub(crate) fn charset(&self) -> Option<Charset> {
        self.charset.filter(|_| !self.text.is_ascii())
    }

    /// Whether the words are as the specification has them, and say what a header may say.
    pub(crate) fn is_regular(&self) -> bool {
        self.has_syntax && self.fault.is_none() && find_control(&self.text).is_none()
    }
}

/// Undoes the encoded words of a text, and reports what is wrong with them.
pub(crate) fn read<'a>(text: &'a str, offset: usize, context: &mut Context) -> Result<Decoded<'a>, DecodeError> {
    let decoded = decode(text);
    if matches!(decoded.text, Cow::Borrowed(_)) {
        return Ok(decoded);
    }
    let faults = [
        (!decoded.has_syntax).then_some(DeviationKind::EncodedWord),
        decoded.fault,
        find_control(&decoded.text).map(|_| DeviationKind::ControlCharacter),
    ];
    faults.into_iter().flatten().try_for_each(|kind| context.forgive(kind, offset))?;
    Ok(decoded)
}

/// A control character of ASCII but TAB.
pub(crate) const fn is_control(octet: u8) -> bool {
    (octet < 0x20 && octet != b'\t') || octet == 0x7f
}

/// The first octet that no value of a header may hold, whatever encoding hides it: the control
/// characters of ASCII but TAB. Those of ISO 8859 and the separators of Unicode are text: nothing
/// takes them for the end of a line.
pub(crate) fn find_control(text: &str) -> Option<u8> {
    if is_plain(text.as_bytes()) {
        return None;
    }
    text.bytes().find(|octet| is_control(*octet))
}

/// Undoes the encoded words of a text. Adjacent words of one charset are joined before their
/// octets are converted, because senders split characters between words.
pub(crate) fn decode(text: &str) -> Decoded<'_> {
    let Some(first) = find_mark(text.as_bytes()) else {
        return Decoded { text: Cow::Borrowed(text), charset: None, fault: None, has_syntax: true };
    };
    let (before, mut rest) = text.split_at_checked(first).unwrap_or((text, ""));
    let mut out = Collected { text: before.into(), charset: None, fault: None, run: None };
    let mut has_syntax = true;
    let mut blanks_before = "";
    let mut is_apart = before.is_empty() || before.ends_with(BLANKS);
    while !rest.is_empty() {
        if let Some(word) = Word::at_start_of(rest) {
            if out.run.is_none() {
                out.text.push_str(blanks_before);
            }
            let after = rest.get(word.length..).unwrap_or_default();
            has_syntax &= is_apart && word.has_syntax && (after.is_empty() || after.starts_with(BLANKS));
            out.add(word, rest);
            let after_blanks = after.trim_start_matches(BLANKS);
            if after_blanks.starts_with("=?") {
                // Blanks between two words are not part of the text (RFC 2047, 6.2).
                blanks_before = after.get(..after.len() - after_blanks.len()).unwrap_or_default();
                is_apart = !blanks_before.is_empty();
                rest = after_blanks;
                continue;
            }
            out.flush();
            rest = after;
        } else {
            out.flush();
            out.text.push_str(blanks_before);
            out.text.push_str(rest.get(..2.min(rest.len())).unwrap_or_default());
            rest = rest.get(2..).unwrap_or_default();
        }
        blanks_before = "";
        let next = find_mark(rest.as_bytes()).unwrap_or(rest.len());
        let (plain, after) = rest.split_at_checked(next).unwrap_or((rest, ""));
        out.text.push_str(plain);
        is_apart = plain.ends_with(BLANKS);
        rest = after;
    }
    out.flush();
    Decoded { text: Cow::Owned(out.text), charset: out.charset, fault: out.fault, has_syntax }
}

/// The text between words.
const BLANKS: [char; 2] = [' ', '\t'];

/// Offset of the first `=?`.
fn find_mark(octets: &[u8]) -> Option<usize> {
    let mut at = find(b'=', octets)?;
    loop {
        let after = octets.get(at + 1..)?;
        if after.starts_with(b"?") {
            return Some(at);
        }
        at += 1 + memchr(b'=', after)?;
    }
}

/// Whether the text may hold encoded words.
#[inline]
pub(crate) fn has_mark(text: impl AsRef<[u8]>) -> bool {
    find_mark(text.as_ref()).is_some()
}

/// Whether a reader finds words in the text, if only such as it cannot read.
pub(crate) fn is_read_as_words(text: &str) -> bool {
    has_mark(text) && {
        let decoded = decode(text);
        decoded.text != text || !decoded.is_regular()
    }
}

struct Word<'a> {
    charset: &'a str,
    octets: Vec<u8>,
    /// The length of the word as it was written.
    length: usize,
    /// Whether it is what RFC 2047, 2 calls an encoded word; its neighbours are not looked at.
    has_syntax: bool,
}

impl<'a> Word<'a> {
    fn at_start_of(text: &'a str) -> Option<Self> {
        let inside = text.strip_prefix("=?")?;
        let (charset, rest) = split_short(inside)?;
        // RFC 2231, 5: the charset may be followed by a language.
        let charset = charset.split('*').next().filter(|charset| !charset.is_empty())?;
        let (encoding, rest) = split_short(rest)?;
        let (encoded, rest) = rest.split_once('?')?;
        let rest = rest.strip_prefix('=')?;
        let decoded = match encoding {
            "B" | "b" => transfer::decode_base64_word(encoded.as_bytes()),
            "Q" | "q" => transfer::decode_q(encoded.as_bytes()),
            _ => return None,
        };
        let length = text.len() - rest.len();
        let is_whole = matches!(encoding, "Q" | "q") || encoded.len().is_multiple_of(4);
        let has_syntax = (1..=MAX_WORD - "=?a?B??=".len()).contains(&encoded.len())
            && length <= MAX_WORD
            && encoded.bytes().all(|octet| octet.is_ascii_graphic())
            && decoded.damage.is_none()
            && is_whole;
        Some(Self { charset, octets: decoded.octets, length, has_syntax })
    }
}

/// The text before the next `?`, if that is near.
fn split_short(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 64;
    let end = memchr(b'?', text.as_bytes().get(..LONGEST.min(text.len()))?)?;
    let (before, after) = text.split_at_checked(end)?;
    (!before.contains([' ', '\t'])).then_some((before, after.strip_prefix('?')?))
}

struct Collected<'a> {
    text: String,
    charset: Option<Charset>,
    fault: Option<DeviationKind>,
    run: Option<Run<'a>>,
}

/// Adjacent words of one charset.
struct Run<'a> {
    charset: &'a str,
    octets: Vec<u8>,
    /// The text from the first word on, and where in it the last one ends.
    text: &'a str,
    end: usize,
}

impl<'a> Collected<'a> {
    /// Adds the word at the start of `text`.
    fn add(&mut self, word: Word<'a>, text: &'a str) {
        match &mut self.run {
            Some(run) if run.charset.eq_ignore_ascii_case(word.charset) => {
                run.octets.extend_from_slice(&word.octets);
                run.end = run.text.len() - text.len() + word.length;
            }
            _ => {
                self.flush();
                self.run = Some(Run { charset: word.charset, octets: word.octets, text, end: word.length });
            }
        }
    }

    fn flush(&mut self) {
        let Some(run) = self.run.take() else { return };
        let written = run.text.get(..run.end).unwrap_or_default();
        let start = self.text.len();
        let label = Label::from_name(run.charset);
        let known = if let Label::Charset(charset) = label { Some(charset) } else { None };
        // Charsets with shifts are read word by word: each begins anew.
        let is_decoded = known.is_some_and(|charset| match charset.decode(&run.octets) {
            Some(text) => {
                self.text.push_str(&text);
                true
            }
            None => words(written).all(|word| {
                let text = charset.decode(&word.octets);
                self.text.push_str(text.as_deref().unwrap_or_default());
                text.is_some()
            }),
        });
        let charset = if is_decoded {
            known
        } else {
            self.text.truncate(start);
            let reading = Reading::new(&run.octets, label);
            self.fault = self.fault.or(reading.fault);
            let Some(text) = reading.text else { return self.text.push_str(written) };
            self.text.push_str(&text);
            reading.charset
        };
        self.charset = match self.charset {
            Some(other) if Some(other) != charset => Some(Charset::UTF_8),
            _ => charset,
        };
    }
}

/// The words of a run.
fn words(written: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = written;
    core::iter::from_fn(move || {
        let word = Word::at_start_of(rest)?;
        rest = rest.get(word.length..).unwrap_or_default().trim_start_matches(BLANKS);
        Some(word)
    })
}

/// The longest encoded word (RFC 2047, 2).
const MAX_WORD: usize = 75;

/// A text as a field holds it: as it is where that is safe, else as encoded words with a blank
/// between them.
pub(crate) fn encode(text: &str, charset: Charset) -> Result<Cow<'_, str>, EncodeErrorKind> {
    if is_safe(text) {
        return Ok(Cow::Borrowed(text));
    }
    encode_as_words(text, charset).map(Cow::Owned)
}

/// Octets that are not text in their charset, as encoded words.
pub(crate) fn encode_octets(octets: &[u8], charset: Charset) -> Result<String, EncodeErrorKind> {
    let name = charset.name().ok_or(EncodeErrorKind::NotExpressible)?;
    // A reader would find text.
    if charset.decode(octets).is_some() {
        return Err(EncodeErrorKind::NotExpressible);
    }
    let mut words = Words::new(name);
    for chunk in octets.chunks(words.octets_per_word(true)) {
        words.push(chunk, is_shorter_as_q(chunk))?;
    }
    Ok(words.out)
}

/// A text as encoded words, whatever it is.
pub(crate) fn encode_as_words(text: &str, charset: Charset) -> Result<String, EncodeErrorKind> {
    if let Some(control) = find_control(text) {
        return Err(EncodeErrorKind::ControlCharacter(control));
    }
    // As the reader labels it: see `Decoded::charset`.
    let charset = if text.is_ascii() { Charset::US_ASCII } else { charset.to_write(text) };
    let name = charset.name().ok_or(EncodeErrorKind::NotExpressible)?;
    let mut words = Words::new(name);
    let most = words.octets_per_word(matches!(charset, Charset::UTF_8 | Charset::US_ASCII));
    words.out.reserve((text.len() / most + 1) * (MAX_WORD + 1));
    let mut rest = text;
    while !rest.is_empty() {
        let (length, octets, is_q) = words.next_chunk(rest, most, charset)?;
        words.push(&octets, is_q)?;
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(words.out)
}

/// [`encode`] for a string, in UTF-8.
pub(crate) fn encode_str(text: &str) -> Result<Cow<'_, str>, EncodeErrorKind> {
    encode(text, Charset::UTF_8)
}

/// Whether a text can be written to a field as it is, however the field is folded and trimmed.
fn is_safe(text: &str) -> bool {
    const LONGEST_WORD: usize = 900;
    is_plain(text.as_bytes())
        && !has_mark(text)
        // One blank between two words.
        && (text.is_empty() || text.split(' ').all(|word| (1..=LONGEST_WORD).contains(&word.len())))
}

struct Words<'a> {
    charset: &'a str,
    out: String,
}

impl<'a> Words<'a> {
    const fn new(charset: &'a str) -> Self {
        Self { charset, out: String::new() }
    }

    /// How many octets of UTF-8 fit in a word whatever they are: those of `UTF-8` as base64. Another
    /// charset may make twice as many of them (GB 18030), and shifts (ISO-2022-JP).
    fn octets_per_word(&self, is_utf_8: bool) -> usize {
        const MOST: usize = 45;
        let as_base64 = ((MAX_WORD - "=??B??=".len()).saturating_sub(self.charset.len()) / 4 * 3).min(MOST);
        if is_utf_8 { as_base64 } else { as_base64 / 2 }.max(4)
    }

    /// How much of the text the next word has, and its octets: at most `most` octets of the text. Only the
    /// last word may have padding of base64 at its end, at which readers stop that join words first.
    fn next_chunk<'t>(
        &self,
        text: &'t str,
        most: usize,
        charset: Charset,
    ) -> Result<(usize, Cow<'t, [u8]>, bool), EncodeErrorKind> {
        let longest = (1..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
        let mut best = None;
        for end in (1..=longest).rev().filter(|end| text.is_char_boundary(*end)) {
            let chunk = text.get(..end).unwrap_or_default();
            let octets = charset.encode(chunk).ok_or(EncodeErrorKind::NotInCharset)?;
            let is_q = is_shorter_as_q(&octets);
            if end == text.len() || is_q || octets.len().is_multiple_of(3) {
                return Ok((end, octets, is_q));
            }
            let fits = q_length(&octets) + self.charset.len() + "=??Q??=".len() <= MAX_WORD;
            if best.is_none() && fits {
                best = Some((end, octets, true));
            }
        }
        best.ok_or(EncodeErrorKind::NotExpressible)
    }

    fn push(&mut self, octets: &[u8], is_q: bool) -> Result<(), EncodeErrorKind> {
        if !self.out.is_empty() {
            self.out.push(' ');
        }
        let start = self.out.len();
        for piece in ["=?", self.charset, if is_q { "?Q?" } else { "?B?" }] {
            self.out.push_str(piece);
        }
        if is_q {
            for octet in octets {
                match octet {
                    b' ' => self.out.push('_'),
                    safe if is_q_safe(*safe) => self.out.push(char::from(*safe)),
                    other => transfer::push_escape(&mut self.out, b'=', *other),
                }
            }
        } else {
            transfer::encode_base64_into(octets, &mut self.out);
        }
        self.out.push_str("?=");
        (self.out.len() - start <= MAX_WORD).then_some(()).ok_or(EncodeErrorKind::NotExpressible)
    }
}

/// How long the octets are in the encoding `Q`.
fn q_length(octets: &[u8]) -> usize {
    octets.len() + 2 * octets.iter().filter(|octet| !is_q_safe(**octet)).count()
}

fn is_shorter_as_q(octets: &[u8]) -> bool {
    q_length(octets) <= octets.len().div_ceil(3) * 4
}

/// Octets that need no escape in a word anywhere, also in a display name (RFC 2047, 5 (3)).
const fn is_q_safe(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b' ' | b'!' | b'*' | b'+' | b'-' | b'/')
}

#[cfg(all(test, feature = "mm4"))]
mod tests {
    use super::*;

    #[test]
    fn reads_the_examples_of_rfc_2047() {
        for (written, text) in [
            ("=?ISO-8859-1?Q?a?=", "a"),
            ("=?ISO-8859-1?Q?a?= b", "a b"),
            ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a_b?=", "a b"),
            ("=?ISO-8859-1?Q?a?= =?utf-8?Q?_b?=", "a b"),
            ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= from the lake", "Grüße from the lake"),
            ("=?utf-8?B?R3LDvA==?= =?UTF-8?b?w58=?=e", "Grüße"),
            // A character that is split between two words.
            ("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü"),
            ("=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore"),
            ("a =? b", "a =? b"),
            ("=?a?X?b?=", "=?a?X?b?="),
            ("=?=?=?", "=?=?=?"),
            ("x =?utf-8?Q?a?= =?y", "x a =?y"),
        ] {
            assert_eq!(decode(written).text, text, "{written}");
        }
    }

    #[test]
    fn keeps_words_that_it_cannot_read() {
        for (written, fault) in
            [("=?no-such?Q?=E9?=", DeviationKind::UnknownCharset), ("=?utf-8?Q?=FF?=", DeviationKind::UndecodableText)]
        {
            let decoded = decode(written);
            assert_eq!((&*decoded.text, decoded.fault), (written, Some(fault)));
        }
    }

    #[test]
    fn reads_words_with_a_wrong_label() {
        for (written, text, charset, fault) in [
            ("=?no-such?Q?a?=", "a", None, DeviationKind::UnknownCharset),
            ("=?us-ascii?Q?Gr=C3=BC=C3=9Fe?=", "Grüße", Some(Charset::UTF_8), DeviationKind::WrongCharset),
            ("=?us-ascii?Q?Gr=FC=DFe?=", "Grüße", Some(Charset::ISO_8859_1), DeviationKind::WrongCharset),
            ("=?utf-8?Q?Gr=C3=BC=C3?=", "Grü", Some(Charset::UTF_8), DeviationKind::CutCharacter),
        ] {
            let decoded = decode(written);
            assert_eq!((&*decoded.text, decoded.fault), (text, Some(fault)));
            assert_eq!(decoded.charset(), charset);
        }
    }

    #[test]
    fn writes_short_words_and_reads_them_again() {
        for (text, charset) in [
            (String::from("Grüße"), Charset::UTF_8),
            (" blanks  inside ".into(), Charset::UTF_8),
            ("=?utf-8?Q?look-alike?=".into(), Charset::UTF_8),
            ("中文".repeat(100), Charset::UTF_8),
            #[cfg(feature = "charsets")]
            ("Жук".repeat(50), Charset::KOI8_R),
            #[cfg(feature = "charsets")]
            ("日本".repeat(50), Charset::SHIFT_JIS),
            #[cfg(feature = "charsets")]
            ("日本".repeat(50), Charset::ISO_2022_JP),
            #[cfg(feature = "charsets")]
            ("\u{10000}é".repeat(50), Charset::GB18030),
            ("\u{1f600}".repeat(50), Charset::UTF_8),
        ] {
            let encoded = encode(&text, charset).unwrap();
            assert!(encoded.split(' ').all(|word| word.len() <= MAX_WORD && word.starts_with("=?")), "{encoded}");
            // Only the last word has padding.
            assert!(encoded.matches("=?= ").count() == 0, "{encoded}");
            let decoded = decode(&encoded);
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.charset(), Some(charset).filter(|_| !text.is_ascii()));
        }
        // What ASCII suffices for is labelled as the reader labels it.
        assert_eq!(encode("a ", Charset::ISO_8859_1).unwrap(), "=?us-ascii?Q?a_?=");
        // Encoded words cannot hold wide characters.
        assert_eq!(encode("Grüße", Charset::UTF_16).unwrap(), "=?utf-8?B?R3LDvMOfZQ==?=");
        assert_eq!(encode("a\r\nb", Charset::UTF_8), Err(EncodeErrorKind::ControlCharacter(b'\r')));
    }
}
