//! Texts of short messages (3GPP TS 23.038): packed septets and 16-bit characters.

use alloc::string::String;
use alloc::vec::Vec;

/// The GSM 7 bit default alphabet (6.2.1).
const ALPHABET: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1b}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                        ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// What comes before a character of the extension table (6.2.1.1).
const ESCAPE: u8 = 0x1b;

const EXTENSION: [(u8, char); 10] = [
    (0x0a, '\u{c}'),
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2f, '\\'),
    (0x3c, '['),
    (0x3d, '~'),
    (0x3e, ']'),
    (0x40, '|'),
    (0x65, '€'),
];

/// How the text or data of a short message is coded, by its `TP-DCS` (3GPP TS 23.038, 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the field has two bits for it, and one for compression")]
pub enum Alphabet {
    /// Septets of the default alphabet, packed into octets.
    Default,
    /// 8-bit data, which a push is.
    Data,
    /// 16-bit characters.
    Ucs2,
    /// Something compressed.
    Compressed,
}

impl Alphabet {
    /// The alphabet of a `TP-DCS`. Reserved codings are those of the default alphabet.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::push::sms::Alphabet;
    ///
    /// assert_eq!(Alphabet::of(0x00), Alphabet::Default);
    /// assert_eq!(Alphabet::of(0xf5), Alphabet::Data);
    /// assert_eq!(Alphabet::of(0x08), Alphabet::Ucs2);
    /// ```
    #[must_use]
    pub const fn of(data_coding: u8) -> Self {
        match data_coding {
            // General indication, also with automatic deletion.
            0x00..=0x7f if data_coding & 0x20 != 0 => Self::Compressed,
            0x00..=0x7f => match data_coding >> 2 & 0x03 {
                1 => Self::Data,
                2 => Self::Ucs2,
                _ => Self::Default,
            },
            0xe0..=0xef => Self::Ucs2,
            0xf0..=0xff if data_coding & 0x04 != 0 => Self::Data,
            _ => Self::Default,
        }
    }
}

/// Text of `count` septets, the first one in the low bits behind `skipped` bits.
pub(super) fn unpack(octets: &[u8], skipped: usize, count: usize) -> String {
    let septet = |place: usize| {
        let at = skipped + place * 7;
        let pair = [0, 1].map(|next| octets.get(at / 8 + next).copied().unwrap_or_default());
        let [septet, _] = (u16::from_le_bytes(pair) >> (at % 8)).to_le_bytes();
        septet & 0x7f
    };
    let mut text = String::new();
    let mut is_escaped = false;
    for septet in (0..count).map(septet) {
        if septet == ESCAPE && !is_escaped {
            is_escaped = true;
            continue;
        }
        let extended = EXTENSION.iter().find(|(code, _)| is_escaped && *code == septet).map(|(_, c)| *c);
        // What the table does not have is the character without the escape; a second escape is a blank.
        let usual = || if septet == ESCAPE { Some(' ') } else { ALPHABET.chars().nth(septet.into()) };
        text.extend(extended.or_else(usual));
        is_escaped = false;
    }
    text
}

/// A text as septets in octets, and how many septets it has. `None` if a character has none.
pub(super) fn pack(text: &str) -> Option<(Vec<u8>, usize)> {
    let mut octets = Vec::new();
    let mut count = 0usize;
    let mut put = |septet: u8| {
        let (place, shift) = (count * 7 / 8, count * 7 % 8);
        octets.resize(((count + 1) * 7).div_ceil(8), 0u8);
        let [low, high] = (u16::from(septet) << shift).to_le_bytes();
        for (octet, bits) in octets.iter_mut().skip(place).zip([low, high]) {
            *octet |= bits;
        }
        count += 1;
    };
    for c in text.chars() {
        let extended = EXTENSION.iter().find(|(_, known)| *known == c).map(|(code, _)| *code);
        let usual = || ALPHABET.chars().zip(0u8..).find(|(known, code)| *known == c && *code != ESCAPE);
        match extended {
            Some(code) => {
                put(ESCAPE);
                put(code);
            }
            None => put(usual()?.1),
        }
    }
    Some((octets, count))
}

/// Text of 16-bit characters.
pub(super) fn ucs2(octets: &[u8]) -> String {
    let units = octets.chunks_exact(2).map(|pair| pair.iter().fold(0u16, |unit, octet| unit << 8 | u16::from(*octet)));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
