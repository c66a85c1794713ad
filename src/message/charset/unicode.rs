//! The transformation formats of Unicode, but for UTF-8.

use alloc::string::String;
#[cfg(feature = "charsets")]
use alloc::vec::Vec;

/// The octets of UTF-16 as text, with `replacement` for what is not text.
pub(super) fn utf16(octets: &[u8], unit: fn([u8; 2]) -> u16, replacement: Option<char>) -> Option<String> {
    let (units, rest) = octets.as_chunks::<2>();
    let characters = char::decode_utf16(units.iter().map(|pair| unit(*pair))).map(|c| c.ok().or(replacement));
    characters.chain((!rest.is_empty()).then_some(replacement)).collect()
}

/// The octets of UTF-32 as text, with `replacement` for what is not text.
pub(super) fn utf32(octets: &[u8], unit: fn([u8; 4]) -> u32, replacement: Option<char>) -> Option<String> {
    let (units, rest) = octets.as_chunks::<4>();
    let characters = units.iter().map(|four| char::from_u32(unit(*four)).or(replacement));
    characters.chain((!rest.is_empty()).then_some(replacement)).collect()
}

/// A form of UTF-7.
#[cfg(feature = "charsets")]
#[derive(Debug)]
pub(super) struct Utf7 {
    /// The octet that begins what is in base64; before `-` it means itself.
    shift: u8,
    /// The last digit of base64.
    last_digit: u8,
    /// The octets of ASCII that are written as they are.
    direct: fn(u8) -> bool,
}

/// RFC 2152. Written are the characters that every gateway passes on.
#[cfg(feature = "charsets")]
pub(super) const UTF_7: Utf7 = Utf7 {
    shift: b'+',
    last_digit: b'/',
    direct: |octet| octet.is_ascii_alphanumeric() || b" \t\r\n'(),-./:?".contains(&octet),
};

/// RFC 3501, 5.1.3.
#[cfg(feature = "charsets")]
pub(super) const UTF_7_IMAP: Utf7 =
    Utf7 { shift: b'&', last_digit: b',', direct: |octet| matches!(octet, b' '..=b'~') && octet != b'&' };

#[cfg(feature = "charsets")]
impl Utf7 {
    pub(super) const fn shift(&self) -> u8 {
        self.shift
    }

    /// The octets as text, with `replacement` for what is not text.
    pub(super) fn decode(&self, octets: &[u8], replacement: Option<char>) -> Option<String> {
        let mut text = String::with_capacity(octets.len());
        let mut rest = octets;
        while let [octet, after @ ..] = rest {
            rest = after;
            match *octet {
                shift if shift == self.shift => {
                    let length = rest.iter().position(|octet| self.value(*octet).is_none()).unwrap_or(rest.len());
                    let (digits, after) = rest.split_at_checked(length)?;
                    rest = after.strip_prefix(b"-").unwrap_or(after);
                    match (digits, after) {
                        ([], [b'-', ..]) => text.push(char::from(shift)),
                        ([], _) => text.push(replacement?),
                        _ => self.decode_digits(digits, &mut text, replacement)?,
                    }
                }
                0x80.. => text.push(replacement?),
                ascii => text.push(char::from(ascii)),
            }
        }
        Some(text)
    }

    /// The text before the character that is cut at the end of the octets.
    pub(super) fn decode_cut(&self, octets: &[u8]) -> Option<String> {
        let digits = octets.iter().rev().take_while(|octet| self.value(**octet).is_some()).count();
        let (before, tail) = octets.split_at_checked(octets.len() - digits)?;
        // The shift may be a digit too, and letters before it are.
        let (kept, digits) = match before.strip_suffix(&[self.shift]) {
            Some(kept) => (kept, tail),
            None => {
                let shift = tail.iter().position(|octet| *octet == self.shift)?;
                (octets.get(..before.len() + shift)?, tail.get(shift + 1..)?)
            }
        };
        let mut text = self.decode(kept, None)?;
        let mut characters = char::decode_utf16(self.units(digits)).peekable();
        while let Some(character) = characters.next() {
            match character {
                Ok(character) => text.push(character),
                // The first half of a pair.
                Err(half) if characters.peek().is_none() && half.unpaired_surrogate() < 0xdc00 => {}
                Err(_) => return None,
            }
        }
        Some(text)
    }

    /// Appends what these digits of base64 mean in UTF-16.
    fn decode_digits(&self, digits: &[u8], text: &mut String, replacement: Option<char>) -> Option<()> {
        for character in char::decode_utf16(self.units(digits)) {
            text.push(character.ok().or(replacement)?);
        }
        // Less than a digit is left, and all of it is zero.
        let left = digits.len() * 6 % 16;
        let last = digits.last().and_then(|digit| self.value(*digit)).unwrap_or_default();
        if left >= 6 || last & ((1 << left) - 1) != 0 {
            text.push(replacement?);
        }
        Some(())
    }

    /// The whole units of UTF-16 in digits of base64.
    fn units(&self, digits: &[u8]) -> impl Iterator<Item = u16> {
        let mut bits = 0_u32;
        (1_usize..).zip(digits).filter_map(move |(count, digit)| {
            bits = bits << 6 | u32::from(self.value(*digit).unwrap_or_default());
            // The number of bits that are left when a unit is complete.
            let left = count * 6 % 16;
            (left < 6).then_some((bits >> left & 0xffff) as u16)
        })
    }

    pub(super) fn encode(&self, text: &str) -> Vec<u8> {
        let mut octets = Vec::with_capacity(text.len());
        let is_direct = |c: char| u8::try_from(c).is_ok_and(self.direct);
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = rest.find(|c| is_direct(c) != is_direct(first)).unwrap_or(rest.len());
            let (run, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            rest = after;
            if is_direct(first) {
                octets.extend_from_slice(run.as_bytes());
                continue;
            }
            octets.push(self.shift);
            if run.len() == 1 && run.as_bytes() == [self.shift] {
                octets.push(b'-');
                continue;
            }
            let (mut bits, mut count) = (0_u32, 0);
            for unit in run.encode_utf16() {
                (bits, count) = (bits << 16 | u32::from(unit), count + 16);
                while count >= 6 {
                    count -= 6;
                    octets.push(self.digit(bits >> count));
                }
            }
            if count > 0 {
                octets.push(self.digit(bits << (6 - count)));
            }
            octets.push(b'-');
        }
        octets
    }

    fn value(&self, digit: u8) -> Option<u8> {
        match digit {
            b'A'..=b'Z' => Some(digit - b'A'),
            b'a'..=b'z' => Some(digit - b'a' + 26),
            b'0'..=b'9' => Some(digit - b'0' + 52),
            b'+' => Some(62),
            last if last == self.last_digit => Some(63),
            _ => None,
        }
    }

    /// The digit of the last six bits.
    fn digit(&self, bits: u32) -> u8 {
        match (bits & 0x3f) as u8 {
            value @ 0..=25 => b'A' + value,
            value @ 26..=51 => b'a' + value - 26,
            value @ 52..=61 => b'0' + value - 52,
            62 => b'+',
            _ => self.last_digit,
        }
    }
}

/// The octets of CESU-8 (UTR #26) as text, with `replacement` for what is not text: UTF-8, with the
/// surrogates of UTF-16 for characters beyond the Basic Multilingual Plane.
#[cfg(feature = "charsets")]
pub(super) fn cesu8(octets: &[u8], replacement: Option<char>) -> Option<String> {
    let mut text = String::with_capacity(octets.len());
    let mut rest = octets;
    while let [_, after @ ..] = rest {
        let (character, length) = match *rest {
            [0xed, high @ 0xa0..=0xaf, a @ 0x80..=0xbf, 0xed, low @ 0xb0..=0xbf, b @ 0x80..=0xbf, ..] => {
                let ten = |first: u8, second: u8| u32::from(first & 0x0f) << 6 | u32::from(second & 0x3f);
                (char::from_u32(0x1_0000 + (ten(high, a) << 10 | ten(low, b))), 6)
            }
            [0xed, 0xa0..=0xff, ..] | [0xf0..=0xff, ..] => (replacement, 1),
            _ => {
                // Up to the next octet that may begin one of these.
                let length =
                    after.iter().position(|octet| matches!(octet, 0xed | 0xf0..)).map_or(rest.len(), |at| at + 1);
                let run = rest.get(..length)?;
                match (core::str::from_utf8(run), replacement) {
                    (Ok(run), _) => text.push_str(run),
                    (Err(_), None) => return None,
                    (Err(_), Some(_)) => text.push_str(&String::from_utf8_lossy(run)),
                }
                rest = rest.get(length..)?;
                continue;
            }
        };
        text.push(character?);
        rest = rest.get(length..)?;
    }
    Some(text)
}

#[cfg(feature = "charsets")]
pub(super) fn to_cesu8(text: &str) -> Vec<u8> {
    let mut octets = Vec::with_capacity(text.len());
    for c in text.chars() {
        if c.len_utf8() < 4 {
            octets.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            octets.extend([0xed, 0x80 | (*unit >> 6 & 0x3f) as u8, 0x80 | (*unit & 0x3f) as u8]);
        }
    }
    octets
}
