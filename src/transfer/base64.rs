//! Base64 (RFC 2045, 6.8).
//!
//! Base64 in lines of the usual length is decoded and encoded by the crate `encodify`, lines and all in one pass. It
//! needs the standard library. Else the `base64` crate decodes blocks of lines from which the line ends were taken: in a
//! block that stays in the first-level cache this costs little more than decoding alone. It writes into a slice, which
//! has to be filled before; a small one is filled once, and what is in it is appended to the result, which costs less
//! than filling all of the result. What the crate refuses is decoded octet by octet, with everything skipped that is not
//! base64.

use alloc::string::String;
use alloc::vec::Vec;

use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use memchr::memchr;

use super::{Decoded, LINE_TEXT};

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// The fastest engine that there is for the machine.
#[cfg(all(feature = "std", any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))))]
fn engine() -> &'static impl Engine {
    static ENGINE: std::sync::LazyLock<base64::engine::Simd> =
        std::sync::LazyLock::new(|| base64::engine::Simd::standard(CONFIG));
    &*ENGINE
}

#[cfg(not(all(feature = "std", any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon")))))]
fn engine() -> &'static impl Engine {
    static ENGINE: base64::engine::GeneralPurpose =
        base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);
    &ENGINE
}

/// How much text without line ends is decoded at once: a multiple of 4.
const BLOCK: usize = 8_192;

/// Undoes base64: lines of any length, with any white space around them, with or without padding.
pub(crate) fn decode_base64(text: &[u8]) -> Decoded {
    #[cfg(feature = "std")]
    if whole_lines(text) == text.len() / LINE
        && let Some(decoded) = decode_usual_lines(text)
    {
        return decoded;
    }
    decode_any_lines(text)
}

fn decode_any_lines(text: &[u8]) -> Decoded {
    let mut blocks = Blocks {
        block: Vec::new(),
        decoded: alloc::vec![0; BLOCK.min(text.len()) / 4 * 3 + 3],
        octets: Vec::with_capacity(text.len() / 4 * 3 + 3),
        is_padded: false,
        lacks_padding: false,
        long_line: None,
    };
    let decoded = blocks.decode_all(text);
    let mut octets = blocks.octets;
    octets.truncate(if decoded.is_ok() { octets.len() } else { 0 });
    let damage = match decoded {
        Ok(()) if blocks.lacks_padding => Some(text.len()),
        Ok(()) => None,
        Err(()) => decode_loosely(text, &mut octets, append_by_engine),
    };
    Decoded { octets, damage, long_line: blocks.long_line }
}

/// A line of the usual length with its end.
#[cfg(feature = "std")]
const LINE: usize = LINE_TEXT + 2;

/// How many lines at the start have the length that nearly all senders write.
#[cfg(feature = "std")]
fn whole_lines(text: &[u8]) -> usize {
    text.as_chunks::<LINE>().0.iter().take_while(|line| line.ends_with(b"\r\n")).count()
}

/// Decodes base64 that is valid and in [whole lines](whole_lines), of which the last may be shorter.
#[cfg(feature = "std")]
fn decode_usual_lines(text: &[u8]) -> Option<Decoded> {
    let (lines, rest) = text.as_chunks::<LINE>();
    let rest = rest.strip_suffix(b"\r\n").unwrap_or(rest);
    let last = if rest.is_empty() { lines.last()?.trim_ascii_end() } else { rest };
    let padding = last.iter().rev().take_while(|octet| **octet == b'=').count();
    let symbols = lines.len() * LINE_TEXT + rest.len();
    if padding > 2 || !symbols.is_multiple_of(4) {
        return None;
    }
    let mut octets = Vec::new();
    let length = encodify::base64::MIME.decode_append(text, &mut octets).ok()?;
    // It skips what is not base64, which is then missing.
    (length == symbols / 4 * 3 - padding).then_some(Decoded { octets, damage: None, long_line: None })
}

/// Decodes the base64 at the start that ends at a line with two hyphens: nothing but valid [whole lines](whole_lines)
/// and a shorter one. Says how many octets it has, or where it would end if it were such.
#[cfg(all(feature = "std", any(feature = "mm4", feature = "mm7")))]
pub(crate) fn decode_base64_start(text: &[u8]) -> (usize, Option<Decoded>) {
    let whole = whole_lines(text) * LINE;
    let decode = || {
        let rest = text.get(whole..)?;
        let last = if rest.starts_with(b"--") {
            whole.checked_sub(2)?
        } else {
            whole + memchr(b'\r', rest.get(..LINE.min(rest.len()))?)?
        };
        let end = match text.get(last..)? {
            [b'\r', b'\n', b'-', b'-', ..] => last,
            [b'\r', b'\n', b'\r', b'\n', b'-', b'-', ..] => last + 2,
            _ => return None,
        };
        Some((end, decode_usual_lines(text.get(..end)?)?))
    };
    decode().map_or((whole, None), |(end, decoded)| (end, Some(decoded)))
}

struct Blocks {
    /// Text without line ends that is to be decoded.
    block: Vec<u8>,
    /// What the last block was decoded to.
    decoded: Vec<u8>,
    octets: Vec<u8>,
    /// Whether the last that was decoded ended with padding.
    is_padded: bool,
    /// Whether the last group is not whole.
    lacks_padding: bool,
    /// Where the first line becomes longer than lines may be.
    long_line: Option<usize>,
}

impl Blocks {
    fn decode_all(&mut self, text: &[u8]) -> Result<(), ()> {
        let mut rest = text;
        while !rest.is_empty() {
            if self.block.len() >= BLOCK {
                self.decode_block()?;
            }
            let line_end = memchr(b'\n', rest);
            let line = rest.get(..line_end.unwrap_or(rest.len())).unwrap_or_default();
            if line.len() > LINE_TEXT && line.strip_suffix(b"\r").unwrap_or(line).len() > LINE_TEXT {
                self.long_line.get_or_insert(text.len() - rest.len() + LINE_TEXT);
            }
            let line = line.trim_ascii();
            let taken = if line.len() >= BLOCK && self.block.is_empty() {
                // So long a line needs no block. Its last four may hold padding, which is only
                // allowed at the end of everything.
                let (body, last) = line.split_at_checked((line.len() / 4 - 1) * 4).unwrap_or((line, &[]));
                self.decode(body)?;
                self.block.extend_from_slice(last);
                line_end.map_or(rest.len(), |end| end + 1)
            } else {
                self.take_lines(rest, line_end)
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        let block = core::mem::take(&mut self.block);
        self.decode(&block)
    }

    /// Takes lines until the block is full: the first, which ends at `line_end`, and those after it
    /// that look the same. Returns the number of octets taken.
    fn take_lines(&mut self, rest: &[u8], line_end: Option<usize>) -> usize {
        if self.block.capacity() == 0 {
            self.block.reserve_exact(2 * BLOCK.min(rest.len()));
        }
        let Some(line_end) = line_end else {
            self.block.extend_from_slice(rest.trim_ascii());
            return rest.len();
        };
        let stride = line_end + 1;
        let line = rest.get(..line_end).unwrap_or_default();
        let text = line.trim_ascii_end().len();
        self.block.extend_from_slice(line.trim_ascii());
        let mut taken = stride;
        if text == 0 || line.first().is_some_and(u8::is_ascii_whitespace) {
            return taken;
        }
        let following = rest.get(stride..).unwrap_or_default();
        let lines = match line.get(text..) {
            // What nearly all senders write, with a length that the compiler knows.
            Some(b"\r") if text == LINE_TEXT => self.take_alike::<LINE_TEXT, { LINE_TEXT + 2 }>(following, b"\r\n"),
            Some(b"") if text == LINE_TEXT => self.take_alike::<LINE_TEXT, { LINE_TEXT + 1 }>(following, b"\n"),
            _ => 0,
        };
        taken += lines * stride;
        taken
    }

    /// Takes lines of the same length. Returns their number.
    fn take_alike<const TEXT: usize, const STRIDE: usize>(&mut self, text: &[u8], end: &[u8]) -> usize {
        let room = BLOCK.saturating_sub(self.block.len()).div_ceil(TEXT);
        let mut taken = 0;
        for line in text.as_chunks::<STRIDE>().0.iter().take(room) {
            let Some(chars) = line.first_chunk::<TEXT>().filter(|_| line.ends_with(end)) else { break };
            self.block.extend_from_slice(chars);
            taken += 1;
        }
        taken
    }

    /// Decodes the whole fours of the block, but not the last, which may hold padding.
    fn decode_block(&mut self) -> Result<(), ()> {
        let whole = (self.block.len() / 4 * 4).saturating_sub(4);
        let block = core::mem::take(&mut self.block);
        let decoded = self.decode(block.get(..whole).unwrap_or_default());
        self.block = block;
        self.block.drain(..if decoded.is_ok() { whole } else { 0 });
        decoded
    }

    fn decode(&mut self, text: &[u8]) -> Result<(), ()> {
        text.chunks(BLOCK).try_for_each(|piece| self.decode_piece(piece))
    }

    fn decode_piece(&mut self, text: &[u8]) -> Result<(), ()> {
        let length = engine().decode_slice(text, &mut self.decoded).map_err(|_| ())?;
        // Padding inside would end the block early without an error.
        let is_inner_block = text.len().is_multiple_of(4) && !text.ends_with(b"=");
        if is_inner_block && length != text.len() / 4 * 3 {
            return Err(());
        }
        if self.is_padded {
            return Err(());
        }
        self.is_padded = text.ends_with(b"=");
        self.lacks_padding = !text.len().is_multiple_of(4);
        self.octets.extend_from_slice(self.decoded.get(..length).unwrap_or_default());
        Ok(())
    }
}

/// Decodes the base64 of an encoded word. It is short: what is fast with long texts would be of no use, and takes 3 kB.
pub(crate) fn decode_base64_word(text: &[u8]) -> Decoded {
    let mut octets = Vec::new();
    let damage = decode_loosely(text, &mut octets, append_symbols);
    Decoded { octets, damage, long_line: None }
}

/// Decodes and skips what is not base64; `append` decodes the symbols. Returns the place of the first octet skipped that
/// is not white space. Padding ends a group, and another may follow: some senders encode line by line.
fn decode_loosely(text: &[u8], octets: &mut Vec<u8>, append: fn(&[u8], &mut Vec<u8>)) -> Option<usize> {
    let mut damage = None;
    // Those since the last padding that are not decoded yet.
    let mut symbols = Vec::new();
    let mut is_padded = false;
    let mut lacks_padding = false;
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        let run = symbols_length(rest.get(..BLOCK).unwrap_or(rest));
        // Padding ends everything (RFC 2045, 6.8).
        if is_padded && run > 0 {
            damage.get_or_insert(at);
        }
        let (found, after) = rest.split_at_checked(run).unwrap_or((rest, &[]));
        symbols.extend_from_slice(found);
        if symbols.len() >= BLOCK {
            let last = symbols.split_off(symbols.len() / 4 * 4);
            append(&symbols, octets);
            symbols = last;
        }
        rest = after;
        if run == BLOCK {
            continue;
        }
        let Some((other, after)) = rest.split_first() else { break };
        rest = after;
        let at = at + run;
        match other {
            b'=' => {
                let last = symbols.len() % 4;
                // One behind three symbols, two behind two.
                if !matches!(last, 2 | 3) && !lacks_padding {
                    damage.get_or_insert(at);
                }
                append(&symbols, octets);
                symbols.clear();
                lacks_padding = last == 2;
                is_padded = true;
            }
            b' ' | b'\t' | b'\r' | b'\n' | b'\x0c' => {}
            _ => {
                damage.get_or_insert(at);
            }
        }
    }
    if !symbols.len().is_multiple_of(4) || lacks_padding {
        damage.get_or_insert(text.len());
    }
    append(&symbols, octets);
    damage
}

/// How many octets at the start are symbols of base64.
fn symbols_length(text: &[u8]) -> usize {
    let is_symbol = |octet: &u8| octet.is_ascii_alphanumeric() | matches!(octet, b'+' | b'/');
    let blocks = text.as_chunks::<16>().0.iter();
    // Without a branch for each, so that the octets of a block are compared at once.
    let whole = 16 * blocks.take_while(|block| block.iter().fold(true, |all, octet| all & is_symbol(octet))).count();
    whole + text.get(whole..).unwrap_or_default().iter().take_while(|octet| is_symbol(octet)).count()
}

/// Decodes symbols, of which a single one behind the last four gives nothing.
fn append_symbols(symbols: &[u8], octets: &mut Vec<u8>) {
    for four in symbols.chunks(4) {
        let bits = (0..4).fold(0, |bits, place| bits << 6 | four.get(place).map_or(0, |symbol| value_of(*symbol)));
        let [_, three @ ..] = bits.to_be_bytes();
        octets.extend_from_slice(three.get(..four.len() - 1).unwrap_or_default());
    }
}

/// The same, several times as fast for many symbols.
fn append_by_engine(symbols: &[u8], octets: &mut Vec<u8>) {
    let length = symbols.len() - usize::from(symbols.len() % 4 == 1);
    // Symbols alone are never refused.
    let decoded = engine().decode_vec(symbols.get(..length).unwrap_or_default(), octets);
    debug_assert!(decoded.is_ok());
}

/// The value of a symbol.
const fn value_of(symbol: u8) -> u32 {
    let value = match symbol {
        b'A'..=b'Z' => symbol - b'A',
        b'a'..=b'z' => symbol - b'a' + 26,
        b'0'..=b'9' => symbol - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    value as u32
}

/// Octets per line of base64: as many as become the longest line.
const LINE_OCTETS: usize = 57;

/// How long [`encode_base64`] makes this many octets.
pub(crate) const fn base64_length(octets: usize) -> usize {
    octets.div_ceil(3) * 4 + octets.div_ceil(LINE_OCTETS) * 2
}

/// Writes base64 in lines, each with its end.
#[cfg(all(feature = "std", any(feature = "mm4", feature = "mm7")))]
pub(crate) fn encode_base64(octets: &[u8], out: &mut Vec<u8>) {
    encodify::base64::MIME.encode_append(octets, out);
}

/// Writes base64 in lines, each with its end.
#[cfg(all(not(feature = "std"), feature = "mm4"))]
pub(crate) fn encode_base64(octets: &[u8], out: &mut Vec<u8>) {
    const LINES_PER_BLOCK: usize = 64;
    let mut block = [0; LINES_PER_BLOCK * LINE_TEXT];
    out.reserve(base64_length(octets.len()));
    for chunk in octets.chunks(LINES_PER_BLOCK * LINE_OCTETS) {
        // The block has room for whole lines, so this cannot fail.
        let length = engine().encode_slice(chunk, &mut block).unwrap_or_default();
        let text = block.get(..length).unwrap_or_default();
        let (lines, rest) = text.as_chunks::<LINE_TEXT>();
        for line in lines {
            out.extend_from_slice(line);
            out.extend_from_slice(b"\r\n");
        }
        if !rest.is_empty() {
            out.extend_from_slice(rest);
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// Writes base64 without line ends.
pub(crate) fn encode_base64_into(octets: &[u8], out: &mut String) {
    engine().encode_string(octets, out);
}

#[cfg(all(test, any(feature = "mm4", feature = "mm7")))]
mod tests {
    use super::super::noise;
    use super::*;

    #[test]
    fn undoes_base64_in_lines_of_any_length() {
        let octets = noise(40_001);
        let text = base64::engine::general_purpose::STANDARD.encode(&octets);
        for length in [1, 3, 4, 60, 76, 77, 998, 8_191, 8_192, 8_193, 20_000, 100_000] {
            for end in ["\n", "\r\n", " \r\n", "\r\n\r\n", "\n "] {
                let wrapped: Vec<u8> =
                    text.as_bytes().chunks(length).flat_map(|line| [line, end.as_bytes()].concat()).collect();
                let decoded = decode_base64(&wrapped);
                assert_eq!(decoded.octets, octets, "{length} {end:?}");
                assert_eq!(decoded.damage, None, "{length} {end:?}");
                let unended = wrapped.strip_suffix(end.as_bytes()).unwrap();
                assert_eq!(decode_base64(unended).octets, octets, "{length} {end:?}");
            }
        }
    }

    #[test]
    fn skips_what_is_not_base64_and_says_where() {
        for (text, octets, damage) in [
            ("", "", None),
            ("SGVsbG8=", "Hello", None),
            ("SGVsbG8", "Hello", Some(7)),
            ("SGVs[bG8", "Hello", Some(4)),
            ("SGVsbG8=SGVs", "HelloHel", Some(8)),
            ("SGVs bG8=\r\n", "Hello", None),
            ("SGVsb", "Hel", Some(5)),
            ("%%", "", Some(0)),
            // Padding that pads nothing.
            ("=", "", Some(0)),
        ] {
            let decoded = decode_base64(text.as_bytes());
            assert_eq!((decoded.octets.as_slice(), decoded.damage), (octets.as_bytes(), damage), "{text}");
        }
        let mut damaged: Vec<u8> = b"QUJD".repeat(30_000);
        damaged[50_001] = b'!';
        assert_eq!(decode_base64(&damaged).damage, Some(50_001));
        assert_eq!(decode_base64(&damaged).octets.len(), 90_000 - 1);
    }

    /// Symbol by symbol.
    fn read_loosely(text: &[u8]) -> (Vec<u8>, Option<usize>) {
        const SYMBOLS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let (mut octets, mut damage, mut bits) = (Vec::new(), None, Vec::new());
        let (mut is_padded, mut lacks_padding) = (false, false);
        let mut take = |bits: &mut Vec<u8>| {
            octets.extend(bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |octet, bit| octet << 1 | bit)));
            bits.clear();
        };
        for (at, octet) in text.iter().enumerate() {
            if let Some(symbol) = SYMBOLS.iter().position(|symbol| symbol == octet) {
                if is_padded {
                    damage.get_or_insert(at);
                }
                bits.extend((0..6).rev().map(|place| u8::from(symbol >> place & 1 == 1)));
                if bits.len() == 24 {
                    take(&mut bits);
                }
            } else if *octet == b'=' {
                if !matches!(bits.len(), 12 | 18) && !lacks_padding {
                    damage.get_or_insert(at);
                }
                (is_padded, lacks_padding) = (true, bits.len() == 12);
                take(&mut bits);
            } else if !b" \t\r\n\x0c".contains(octet) {
                damage.get_or_insert(at);
            }
        }
        if !bits.is_empty() || lacks_padding {
            damage.get_or_insert(text.len());
        }
        take(&mut bits);
        (octets, damage)
    }

    proptest::proptest! {
        #[test]
        fn base64_with_damage_is_read_symbol_by_symbol(
            before in proptest::sample::select(std::vec![0, 1, BLOCK - 1, BLOCK, BLOCK + 2, 2 * BLOCK]),
            text in "[A-Zq9+/]{0,40}([Q/=!\r\n \u{80}]|QUJD){0,40}",
        ) {
            let text = [alloc::vec![b'Z'; before], text.into_bytes()].concat();
            for append in [append_symbols, append_by_engine] {
                let mut octets = Vec::new();
                let damage = decode_loosely(&text, &mut octets, append);
                proptest::prop_assert_eq!((octets, damage), read_loosely(&text));
            }
        }
    }

    #[cfg(feature = "std")]
    proptest::proptest! {
        #[test]
        fn base64_in_usual_lines_is_decoded_as_any_other(length in 0..400usize, at: usize, octet: u8, is_cut: bool) {
            let mut text = Vec::new();
            encode_base64(&noise(length), &mut text);
            let decoded = |decoded: Decoded| (decoded.octets, decoded.damage, decoded.long_line);
            proptest::prop_assert!(length == 0 || decode_usual_lines(&text).is_some());
            let at = at.checked_rem(text.len()).unwrap_or_default();
            if is_cut {
                text.truncate(at);
            } else if let Some(changed) = text.get_mut(at) {
                // Line ends and padding more often than any other octet.
                *changed = b"\r\n= A!".get(usize::from(octet) >> 3).copied().unwrap_or(octet);
            }
            proptest::prop_assert_eq!(decoded(decode_base64(&text)), decoded(decode_any_lines(&text)));
        }
    }

    #[test]
    fn writes_base64_in_lines_of_76() {
        for length in [0, 1, 56, 57, 58, 114, 3_648, 3_649, 10_000] {
            let octets = noise(length);
            let mut text = Vec::new();
            encode_base64(&octets, &mut text);
            assert_eq!(text.len(), base64_length(length));
            assert!(text.split(|octet| *octet == b'\n').all(|line| line.len() <= 77));
            let plain: Vec<u8> = text.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
            assert_eq!(base64::engine::general_purpose::STANDARD.decode(plain).unwrap(), octets);
        }
    }
}
