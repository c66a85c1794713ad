//! Charsets by their IANA number (MIBenum).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use encoding_rs::{DecoderResult, EncoderResult, Encoding};

use crate::conversion::ConversionError;
use crate::named::{index_of_name, open};

impl Charset {
    /// The charset with this MIBenum.
    #[must_use]
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The charset with this name, compared without case: an IANA name, or an alias in use.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::from_label(name.as_bytes())
    }

    /// The same, of octets.
    pub(crate) fn from_label(name: &[u8]) -> Option<Self> {
        // By far the most frequent one.
        if name.eq_ignore_ascii_case(b"utf-8") {
            return Some(Self::UTF_8);
        }
        let name = core::str::from_utf8(name).ok()?.trim();
        if let Some(index) = index_of_name(Self::ROWS, name) {
            return Self::ALL.get(index).copied();
        }
        // Aliases (`utf8`, `latin1`, `ascii`) lead through the encoding to its own number.
        if ["ascii", "ansi_x3.4-1968", "iso646-us"].iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return Some(Self::US_ASCII);
        }
        if ["latin1", "l1", "iso8859-1", "iso_8859-1"].iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return Some(Self::ISO_8859_1);
        }
        let wanted = Encoding::for_label(name.as_bytes())?;
        Self::ALL.iter().copied().find(|charset| match charset.conversion() {
            Conversion::Table(encoding) => {
                encoding == wanted && encoding.name().eq_ignore_ascii_case(charset.name().unwrap_or_default())
            }
            _ => false,
        })
    }

    /// The MIBenum.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The octets as text, or `None` if they are not text in this charset, or if this crate does
    /// not know the charset. No character is ever replaced.
    pub fn decode(self, octets: &[u8]) -> Option<Cow<'_, str>> {
        match self.conversion() {
            Conversion::Ascii => octets.is_ascii().then(|| core::str::from_utf8(octets).ok().map(Cow::Borrowed))?,
            Conversion::Latin1 => Some(encoding_rs::mem::decode_latin1(octets)),
            Conversion::Table(encoding) if encoding == encoding_rs::UTF_8 => {
                core::str::from_utf8(octets).ok().map(Cow::Borrowed)
            }
            Conversion::Table(encoding) => encoding.decode_without_bom_handling_and_without_replacement(octets),
            Conversion::Utf16 => match octets {
                [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
                [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
                _ => utf16(octets, u16::from_be_bytes),
            },
            Conversion::Utf16Be => utf16(octets.strip_prefix(&[0xfe, 0xff]).unwrap_or(octets), u16::from_be_bytes),
            Conversion::Utf16Le => utf16(octets.strip_prefix(&[0xff, 0xfe]).unwrap_or(octets), u16::from_le_bytes),
            Conversion::Utf32 => match octets {
                [0xff, 0xfe, 0, 0, rest @ ..] => utf32(rest, u32::from_le_bytes),
                [0, 0, 0xfe, 0xff, rest @ ..] => utf32(rest, u32::from_be_bytes),
                _ => utf32(octets, u32::from_be_bytes),
            },
            Conversion::Utf32Be => {
                utf32(octets.strip_prefix(&[0, 0, 0xfe, 0xff]).unwrap_or(octets), u32::from_be_bytes)
            }
            Conversion::Utf32Le => {
                utf32(octets.strip_prefix(&[0xff, 0xfe, 0, 0]).unwrap_or(octets), u32::from_le_bytes)
            }
            Conversion::Unknown | Conversion::Opaque => None,
        }
    }

    /// The text as octets, or `None` if this charset lacks one of its characters, or if this crate
    /// does not write the charset (the Unicode forms other than UTF-8: their octets hold NULs,
    /// which WSP text cannot).
    pub fn encode(self, text: &str) -> Option<Cow<'_, [u8]>> {
        let octets = match self.conversion() {
            Conversion::Ascii => return text.is_ascii().then_some(Cow::Borrowed(text.as_bytes())),
            Conversion::Latin1 => {
                let latin1: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
                return latin1.map(Cow::Owned);
            }
            Conversion::Table(encoding) if encoding == encoding_rs::UTF_8 => {
                return Some(Cow::Borrowed(text.as_bytes()));
            }
            Conversion::Table(encoding) => by_table(encoding, text)?,
            _ => return None,
        };
        // Some tables have two characters for one octet sequence.
        (self.decode(&octets).as_deref() == Some(text)).then_some(octets)
    }

    /// The octets as text, with U+FFFD for what is not text in this charset. Octets in a charset that
    /// this crate does not convert are read as UTF-8.
    #[must_use]
    pub fn decode_lossy(self, octets: &[u8]) -> Cow<'_, str> {
        if let Some(text) = self.decode(octets) {
            return text;
        }
        match self.conversion() {
            Conversion::Table(encoding) => encoding.decode_without_bom_handling(octets).0,
            Conversion::Utf16 | Conversion::Utf16Be | Conversion::Utf16Le => {
                let is_little = match octets {
                    [0xff, 0xfe, ..] => true,
                    [0xfe, 0xff, ..] => false,
                    _ => matches!(self.conversion(), Conversion::Utf16Le),
                };
                let encoding = if is_little { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
                encoding.decode_with_bom_removal(octets).0
            }
            Conversion::Utf32 | Conversion::Utf32Be | Conversion::Utf32Le => {
                let order = if octets.starts_with(&[0xff, 0xfe, 0, 0]) { Self::UTF_32LE } else { self };
                let characters = octets.chunks(4).map(|four| order.decode(four).unwrap_or("\u{fffd}".into()));
                characters.collect::<String>().into()
            }
            _ => String::from_utf8_lossy(octets),
        }
    }

    /// Whether these octets are the beginning of one character, and not all of it.
    pub(super) fn is_cut(self, octets: &[u8]) -> bool {
        match self.conversion() {
            Conversion::Table(encoding) => {
                let mut decoder = encoding.new_decoder_without_bom_handling();
                let mut characters = [0; LONGEST_CHARACTER];
                let (result, read, written) =
                    decoder.decode_to_utf8_without_replacement(octets, &mut characters, false);
                result == DecoderResult::InputEmpty && read == octets.len() && written == 0
            }
            Conversion::Utf16 | Conversion::Utf16Be | Conversion::Utf16Le => match octets {
                [_] => true,
                [first, second] => {
                    let high = if matches!(self.conversion(), Conversion::Utf16Le) { second } else { first };
                    matches!(high, 0xd8..=0xdb)
                }
                _ => false,
            },
            Conversion::Utf32 | Conversion::Utf32Be | Conversion::Utf32Le => octets.len() < 4,
            _ => false,
        }
    }

    /// Whether the octets of ASCII are ASCII in this charset, whatever stands before them.
    pub(super) fn has_ascii(self) -> bool {
        !matches!(self.conversion(), Conversion::Opaque) && !self.has_nul_octets()
    }

    /// Whether [`decode`](Self::decode) can read this charset at all.
    #[must_use]
    pub const fn can_decode(self) -> bool {
        !matches!(self.conversion(), Conversion::Unknown | Conversion::Opaque)
    }

    /// Whether [`encode`](Self::encode) can write this charset at all.
    #[must_use]
    pub const fn can_encode(self) -> bool {
        matches!(self.conversion(), Conversion::Ascii | Conversion::Latin1 | Conversion::Table(_))
    }

    /// Whether an octet of zero may stand inside a text of this charset.
    pub(crate) const fn has_nul_octets(self) -> bool {
        matches!(
            self.conversion(),
            Conversion::Utf16
                | Conversion::Utf16Be
                | Conversion::Utf16Le
                | Conversion::Utf32
                | Conversion::Utf32Be
                | Conversion::Utf32Le
        )
    }
}

/// The name, or the number.
impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => self.0.fmt(f),
        }
    }
}

impl FromStr for Charset {
    type Err = ConversionError;

    /// The charset with this [name](Self::from_name) or number.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_name(text).or_else(|| text.parse().ok().map(Self)).ok_or(ConversionError("Charset"))
    }
}

impl fmt::Debug for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => f.debug_tuple("Charset").field(&self.0).finish(),
        }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Charset {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.choose(Self::ALL).copied()
    }
}

/// How to convert a charset.
enum Conversion {
    Ascii,
    Latin1,
    Utf16,
    Utf16Be,
    Utf16Le,
    Utf32,
    Utf32Be,
    Utf32Le,
    Table(&'static Encoding),
    /// None here; ASCII is part of it.
    Unknown,
    /// None here; octets of ASCII may be something else in it.
    Opaque,
}

/// More octets than any character takes, escapes before and behind it included.
const LONGEST_CHARACTER: usize = 16;

/// The text in a charset that is a table: with room for as many octets as in UTF-8, which suffices
/// but for escapes, and for the characters of GB 18030 that take four.
fn by_table<'a>(encoding: &'static Encoding, text: &'a str) -> Option<Cow<'a, [u8]>> {
    if text.is_ascii() && encoding.is_ascii_compatible() {
        return Some(Cow::Borrowed(text.as_bytes()));
    }
    let mut encoder = encoding.new_encoder();
    let (mut octets, mut rest) = (Vec::with_capacity(text.len()), text);
    loop {
        match encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut octets, true) {
            (EncoderResult::InputEmpty, _) => return Some(Cow::Owned(octets)),
            (EncoderResult::OutputFull, read) => {
                rest = rest.get(read..)?;
                octets.reserve(rest.len().max(LONGEST_CHARACTER));
            }
            (EncoderResult::Unmappable(_), _) => return None,
        }
    }
}

fn utf16<'a>(octets: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'a, str>> {
    let (units, rest) = octets.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let text: Result<String, _> = char::decode_utf16(units.iter().map(|pair| unit(*pair))).collect();
    text.ok().map(Cow::Owned)
}

fn utf32<'a>(octets: &[u8], unit: fn([u8; 4]) -> u32) -> Option<Cow<'a, str>> {
    let (units, rest) = octets.as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    let text: Option<String> = units.iter().map(|four| char::from_u32(unit(*four))).collect();
    text.map(Cow::Owned)
}

open! {
    /// A charset, as its MIBenum in the IANA registry: the number that WSP carries.
    ///
    /// Every number is a charset; those of the table here have a name, and most of these can
    /// be converted to Unicode and back. Octets in the others are kept as they are.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::Charset;
    ///
    /// assert_eq!(Charset::UTF_8.number(), 106);
    /// assert_eq!(Charset::BIG5.decode(b"\xa4\xa4\xa4\xe5").unwrap(), "\u{4e2d}\u{6587}");
    /// assert_eq!(Charset::from_name("ISO-8859-1"), Some(Charset::ISO_8859_1));
    /// assert_eq!(format!("{:?}", Charset::new(77)), "Charset(77)");
    /// ```
    pub struct Charset(u16) -> conversion: Conversion = Conversion::Unknown; {
        US_ASCII = 3, "us-ascii", Conversion::Ascii;
        ISO_8859_1 = 4, "iso-8859-1", Conversion::Latin1;
        ISO_8859_2 = 5, "iso-8859-2", Conversion::Table(encoding_rs::ISO_8859_2);
        ISO_8859_3 = 6, "iso-8859-3", Conversion::Table(encoding_rs::ISO_8859_3);
        ISO_8859_4 = 7, "iso-8859-4", Conversion::Table(encoding_rs::ISO_8859_4);
        ISO_8859_5 = 8, "iso-8859-5", Conversion::Table(encoding_rs::ISO_8859_5);
        ISO_8859_6 = 9, "iso-8859-6", Conversion::Table(encoding_rs::ISO_8859_6);
        ISO_8859_7 = 10, "iso-8859-7", Conversion::Table(encoding_rs::ISO_8859_7);
        ISO_8859_8 = 11, "iso-8859-8", Conversion::Table(encoding_rs::ISO_8859_8);
        ISO_8859_9 = 12, "iso-8859-9", Conversion::Table(encoding_rs::WINDOWS_1254);
        ISO_8859_10 = 13, "iso-8859-10", Conversion::Table(encoding_rs::ISO_8859_10);
        SHIFT_JIS = 17, "shift_jis", Conversion::Table(encoding_rs::SHIFT_JIS);
        EUC_JP = 18, "euc-jp", Conversion::Table(encoding_rs::EUC_JP);
        KS_C_5601_1987 = 36, "ks_c_5601-1987", Conversion::Table(encoding_rs::EUC_KR);
        ISO_2022_KR = 37, "iso-2022-kr", Conversion::Unknown;
        EUC_KR = 38, "euc-kr", Conversion::Table(encoding_rs::EUC_KR);
        ISO_2022_JP = 39, "iso-2022-jp", Conversion::Table(encoding_rs::ISO_2022_JP);
        ISO_2022_JP_2 = 40, "iso-2022-jp-2", Conversion::Unknown;
        GB_2312_80 = 57, "gb_2312-80", Conversion::Table(encoding_rs::GBK);
        ISO_8859_6_E = 81, "iso-8859-6-e", Conversion::Table(encoding_rs::ISO_8859_6);
        ISO_8859_6_I = 82, "iso-8859-6-i", Conversion::Table(encoding_rs::ISO_8859_6);
        ISO_8859_8_E = 84, "iso-8859-8-e", Conversion::Table(encoding_rs::ISO_8859_8);
        ISO_8859_8_I = 85, "iso-8859-8-i", Conversion::Table(encoding_rs::ISO_8859_8_I);
        UNICODE_1_1_UTF_7 = 103, "unicode-1-1-utf-7", Conversion::Opaque;
        ISO_2022_CN = 104, "iso-2022-cn", Conversion::Unknown;
        ISO_2022_CN_EXT = 105, "iso-2022-cn-ext", Conversion::Unknown;
        UTF_8 = 106, "utf-8", Conversion::Table(encoding_rs::UTF_8);
        ISO_8859_13 = 109, "iso-8859-13", Conversion::Table(encoding_rs::ISO_8859_13);
        ISO_8859_14 = 110, "iso-8859-14", Conversion::Table(encoding_rs::ISO_8859_14);
        ISO_8859_15 = 111, "iso-8859-15", Conversion::Table(encoding_rs::ISO_8859_15);
        ISO_8859_16 = 112, "iso-8859-16", Conversion::Table(encoding_rs::ISO_8859_16);
        GBK = 113, "gbk", Conversion::Table(encoding_rs::GBK);
        GB18030 = 114, "gb18030", Conversion::Table(encoding_rs::GB18030);
        ISO_10646_UCS_2 = 1000, "iso-10646-ucs-2", Conversion::Utf16;
        ISO_10646_UCS_4 = 1001, "iso-10646-ucs-4", Conversion::Utf32;
        ISO_10646_J_1 = 1004, "iso-10646-j-1", Conversion::Opaque;
        UNICODE_1_1 = 1010, "unicode-1-1", Conversion::Opaque;
        SCSU = 1011, "scsu", Conversion::Unknown;
        UTF_7 = 1012, "utf-7", Conversion::Opaque;
        UTF_16BE = 1013, "utf-16be", Conversion::Utf16Be;
        UTF_16LE = 1014, "utf-16le", Conversion::Utf16Le;
        UTF_16 = 1015, "utf-16", Conversion::Utf16;
        CESU_8 = 1016, "cesu-8", Conversion::Unknown;
        UTF_32 = 1017, "utf-32", Conversion::Utf32;
        UTF_32BE = 1018, "utf-32be", Conversion::Utf32Be;
        UTF_32LE = 1019, "utf-32le", Conversion::Utf32Le;
        IBM850 = 2009, "ibm850", Conversion::Unknown;
        IBM852 = 2010, "ibm852", Conversion::Unknown;
        IBM437 = 2011, "ibm437", Conversion::Unknown;
        IBM862 = 2013, "ibm862", Conversion::Unknown;
        WINDOWS_31J = 2024, "windows-31j", Conversion::Table(encoding_rs::SHIFT_JIS);
        GB2312 = 2025, "gb2312", Conversion::Table(encoding_rs::GBK);
        BIG5 = 2026, "big5", Conversion::Table(encoding_rs::BIG5);
        MACINTOSH = 2027, "macintosh", Conversion::Table(encoding_rs::MACINTOSH);
        VISCII = 2082, "viscii", Conversion::Unknown;
        KOI8_R = 2084, "koi8-r", Conversion::Table(encoding_rs::KOI8_R);
        HZ_GB_2312 = 2085, "hz-gb-2312", Conversion::Opaque;
        IBM866 = 2086, "ibm866", Conversion::Table(encoding_rs::IBM866);
        IBM775 = 2087, "ibm775", Conversion::Unknown;
        KOI8_U = 2088, "koi8-u", Conversion::Table(encoding_rs::KOI8_U);
        BIG5_HKSCS = 2101, "big5-hkscs", Conversion::Table(encoding_rs::BIG5);
        IBM1047 = 2102, "ibm1047", Conversion::Opaque;
        WINDOWS_874 = 2109, "windows-874", Conversion::Table(encoding_rs::WINDOWS_874);
        WINDOWS_1250 = 2250, "windows-1250", Conversion::Table(encoding_rs::WINDOWS_1250);
        WINDOWS_1251 = 2251, "windows-1251", Conversion::Table(encoding_rs::WINDOWS_1251);
        WINDOWS_1252 = 2252, "windows-1252", Conversion::Table(encoding_rs::WINDOWS_1252);
        WINDOWS_1253 = 2253, "windows-1253", Conversion::Table(encoding_rs::WINDOWS_1253);
        WINDOWS_1254 = 2254, "windows-1254", Conversion::Table(encoding_rs::WINDOWS_1254);
        WINDOWS_1255 = 2255, "windows-1255", Conversion::Table(encoding_rs::WINDOWS_1255);
        WINDOWS_1256 = 2256, "windows-1256", Conversion::Table(encoding_rs::WINDOWS_1256);
        WINDOWS_1257 = 2257, "windows-1257", Conversion::Table(encoding_rs::WINDOWS_1257);
        WINDOWS_1258 = 2258, "windows-1258", Conversion::Table(encoding_rs::WINDOWS_1258);
        TIS_620 = 2259, "tis-620", Conversion::Table(encoding_rs::WINDOWS_874);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_name_and_common_aliases() {
        for charset in Charset::ALL {
            assert_eq!(Charset::from_name(charset.name().unwrap()), Some(*charset));
        }
        for (alias, charset) in [
            ("UTF8", Charset::UTF_8),
            ("latin1", Charset::ISO_8859_1),
            ("ascii", Charset::US_ASCII),
            ("cp1251", Charset::WINDOWS_1251),
            ("sjis", Charset::SHIFT_JIS),
        ] {
            assert_eq!(Charset::from_name(alias), Some(charset), "{alias}");
        }
        assert_eq!(Charset::from_name("no-such-charset"), None);
    }

    #[test]
    fn converts_both_ways() {
        for (charset, text, octets) in [
            (Charset::ISO_8859_1, "Été", &b"\xc9t\xe9"[..]),
            (Charset::ISO_8859_15, "10 €", b"10 \xa4"),
            (Charset::BIG5, "中文", b"\xa4\xa4\xa4\xe5"),
            (Charset::SHIFT_JIS, "日本", b"\x93\xfa\x96\x7b"),
            (Charset::EUC_KR, "한", b"\xc7\xd1"),
            (Charset::GB2312, "中", b"\xd6\xd0"),
            (Charset::KOI8_R, "Жук", b"\xf6\xd5\xcb"),
        ] {
            assert_eq!(charset.decode(octets).as_deref(), Some(text), "{charset:?}");
            assert_eq!(charset.encode(text).as_deref(), Some(octets), "{charset:?}");
        }
    }

    #[test]
    fn reads_the_wide_forms_with_and_without_byte_order_mark() {
        for charset in [Charset::ISO_10646_UCS_2, Charset::UTF_16] {
            for octets in [&b"\0H\0i"[..], b"\xfe\xff\0H\0i", b"\xff\xfeH\0i\0"] {
                assert_eq!(charset.decode(octets).as_deref(), Some("Hi"), "{charset:?} {octets:02x?}");
            }
        }
        assert_eq!(Charset::ISO_10646_UCS_4.decode(b"\xff\xfe\0\0H\0\0\0").as_deref(), Some("H"));
        assert_eq!(Charset::UTF_16LE.decode(b"H\0i\0").as_deref(), Some("Hi"));
        assert_eq!(Charset::UTF_32BE.decode(b"\0\0\0H").as_deref(), Some("H"));
        assert_eq!(Charset::UTF_16.decode(b"\0H\0"), None);
        assert_eq!(Charset::UTF_16.encode("Hi"), None);
    }

    #[test]
    fn replaces_nothing() {
        assert_eq!(Charset::UTF_8.decode(b"\xff"), None);
        assert_eq!(Charset::US_ASCII.decode(b"\xe9"), None);
        assert_eq!(Charset::ISO_8859_1.encode("中"), None);
        assert_eq!(Charset::UTF_7.decode(b"abc"), None);
        assert_eq!(Charset::new(9999).decode(b"abc"), None);
    }
}
