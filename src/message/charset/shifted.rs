//! Charsets of seven bits that shift between sets of characters: ISO 2022 as mail has it, and HZ.

use alloc::string::String;
use alloc::vec::Vec;

use encoding_rs::{EUC_JP, EUC_KR, Encoding, GBK};

use super::single_octet::{self, ISO_8859_7};

/// A set of characters with octets from 0x21 to 0x7E.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Ascii,
    /// Latin characters of JIS X 0201.
    Roman,
    /// The Greek of ISO 8859-7.
    Greek,
    /// The right half of ISO 8859-1.
    Latin1,
    /// Two octets a character: those of a charset of eight bits, less its high bits and this prefix.
    Double(&'static Encoding, Option<u8>),
}

const JIS_X_0208: Set = Set::Double(EUC_JP, None);
const JIS_X_0212: Set = Set::Double(EUC_JP, Some(0x8f));
const GB_2312: Set = Set::Double(GBK, None);
const KS_C_5601: Set = Set::Double(EUC_KR, None);

/// What a sequence behind the introducer does.
#[derive(Clone, Copy, Debug)]
enum Shift {
    /// The set of the following octets.
    To(Set),
    /// The set of the octets behind SHIFT OUT.
    Out(Set),
    /// The set of the next octet behind a single shift.
    Single(Set),
    /// The next octet is of that set.
    Next,
    /// A character.
    Character(char),
    /// Nothing: a line continues.
    Nothing,
}

/// A charset with shifts.
#[derive(Debug)]
pub(super) struct Shifted {
    introducer: u8,
    shifts: &'static [(&'static [u8], Shift)],
    /// What a text begins with that is not ASCII alone.
    header: &'static [u8],
    /// The sets to write, each with what leads to it and from it to ASCII.
    written: &'static [(Set, &'static [u8], &'static [u8])],
}

const ESCAPE: u8 = 0x1b;
const SHIFT_OUT: u8 = 0x0e;
const SHIFT_IN: u8 = 0x0f;

/// RFC 1557.
pub(super) static ISO_2022_KR: Shifted = Shifted {
    introducer: ESCAPE,
    shifts: &[(b"$)C", Shift::Out(KS_C_5601))],
    header: b"\x1b$)C",
    written: &[(KS_C_5601, b"\x0e", b"\x0f")],
};

/// RFC 1922, without the planes of CNS 11643, for which there is no table.
pub(super) static ISO_2022_CN: Shifted = Shifted {
    introducer: ESCAPE,
    shifts: &[(b"$)A", Shift::Out(GB_2312))],
    header: b"",
    written: &[(GB_2312, b"\x1b$)A\x0e", b"\x0f")],
};

/// RFC 1554.
pub(super) static ISO_2022_JP_2: Shifted = Shifted {
    introducer: ESCAPE,
    shifts: &[
        (b"(B", Shift::To(Set::Ascii)),
        (b"(J", Shift::To(Set::Roman)),
        (b"$@", Shift::To(JIS_X_0208)),
        (b"$B", Shift::To(JIS_X_0208)),
        (b"$A", Shift::To(GB_2312)),
        // As ISO 2022 has it, and Python writes it.
        (b"$(A", Shift::To(GB_2312)),
        (b"$(C", Shift::To(KS_C_5601)),
        (b"$(D", Shift::To(JIS_X_0212)),
        (b".A", Shift::Single(Set::Latin1)),
        (b".F", Shift::Single(Set::Greek)),
        (b"N", Shift::Next),
    ],
    header: b"",
    written: &[
        (JIS_X_0208, b"\x1b$B", b"\x1b(B"),
        (Set::Latin1, b"\x1b.A\x1bN", b""),
        (KS_C_5601, b"\x1b$(C", b"\x1b(B"),
        (GB_2312, b"\x1b$A", b"\x1b(B"),
        (Set::Greek, b"\x1b.F\x1bN", b""),
    ],
};

/// RFC 1843.
pub(super) static HZ: Shifted = Shifted {
    introducer: b'~',
    shifts: &[
        (b"{", Shift::To(GB_2312)),
        (b"}", Shift::To(Set::Ascii)),
        (b"~", Shift::Character('~')),
        (b"\n", Shift::Nothing),
    ],
    header: b"",
    written: &[(GB_2312, b"~{", b"~}")],
};

impl Set {
    /// The character of one octet.
    fn character(self, octet: u8) -> Option<char> {
        match (self, octet) {
            (Self::Ascii, _) => Some(char::from(octet)),
            (Self::Roman, b'\\') => Some('¥'),
            (Self::Roman, b'~') => Some('‾'),
            (Self::Roman, _) => Some(char::from(octet)),
            (Self::Latin1, _) => Some(char::from(octet | 0x80)),
            (Self::Greek, _) => single_octet::decode(&ISO_8859_7, &[octet | 0x80], None)?.chars().next(),
            (Self::Double(..), _) => None,
        }
    }

    /// Appends the octets of a character, without the high bits.
    fn write(self, c: char, octets: &mut Vec<u8>) -> Option<()> {
        let mut utf8 = [0; 4];
        let text = c.encode_utf8(&mut utf8);
        match self {
            Self::Double(encoding, None) => match encoding.encode(text) {
                (pair, _, false) => match *pair {
                    // Rows 13 to 15, and those from 88 on, have characters of vendors.
                    [first @ (0xa1..=0xac | 0xb0..=0xf7), second @ 0xa1..=0xfe] => {
                        octets.extend([first & 0x7f, second & 0x7f]);
                    }
                    [first @ 0xf8..=0xfd, second @ 0xa1..=0xfe] if self == KS_C_5601 => {
                        octets.extend([first & 0x7f, second & 0x7f]);
                    }
                    _ => return None,
                },
                _ => return None,
            },
            Self::Latin1 => octets.push(u8::try_from(c).ok().filter(|octet| *octet >= 0xa0)? & 0x7f),
            Self::Greek => match *single_octet::encode(&ISO_8859_7, text)? {
                [octet @ 0xa0..=0xff] => octets.push(octet & 0x7f),
                _ => return None,
            },
            Self::Ascii | Self::Roman | Self::Double(..) => return None,
        }
        Some(())
    }
}

impl Shifted {
    /// The octet that begins a shift.
    pub(super) const fn introducer(&self) -> u8 {
        self.introducer
    }

    /// The octets as text, with `replacement` for what is not text.
    pub(super) fn decode(&self, octets: &[u8], replacement: Option<char>) -> Option<String> {
        self.convert(octets, replacement, false)
    }

    /// The text before the character or the shift that is cut at the end of the octets.
    pub(super) fn decode_cut(&self, octets: &[u8]) -> Option<String> {
        self.convert(octets, None, true)
    }

    fn convert(&self, octets: &[u8], replacement: Option<char>, may_be_cut: bool) -> Option<String> {
        let text = String::with_capacity(octets.len());
        let mut text = Text { text, run: Vec::new(), encoding: GBK, replacement };
        let (mut invoked, mut out, mut single) = (Set::Ascii, None, None);
        let mut is_out = false;
        let mut rest = octets;
        while let [octet, after @ ..] = rest {
            rest = after;
            let set = if is_out { out.unwrap_or(invoked) } else { invoked };
            if *octet == self.introducer {
                let found =
                    self.shifts.iter().find_map(|(sequence, shift)| Some((after.strip_prefix(*sequence)?, shift)));
                let Some((after, shift)) = found else {
                    if may_be_cut && self.shifts.iter().any(|(sequence, _)| sequence.starts_with(after)) {
                        break;
                    }
                    text.push(None)?;
                    continue;
                };
                rest = after;
                match *shift {
                    Shift::To(set) => invoked = set,
                    Shift::Out(set) => out = Some(set),
                    Shift::Single(set) => single = Some(set),
                    // Only one of ASCII.
                    Shift::Character(_) | Shift::Nothing if set != Set::Ascii => text.push(None)?,
                    Shift::Character(c) => text.push(Some(c))?,
                    Shift::Nothing => {}
                    Shift::Next => match rest {
                        [octet @ 0x20..=0x7f, after @ ..] => {
                            rest = after;
                            text.push(single.and_then(|set| set.character(*octet)))?;
                        }
                        [] if may_be_cut => {}
                        _ => text.push(None)?,
                    },
                }
                continue;
            }
            match (*octet, set) {
                (SHIFT_OUT, _) if out.is_some() => is_out = true,
                (SHIFT_IN, _) if out.is_some() => is_out = false,
                (SHIFT_OUT | SHIFT_IN | ESCAPE | 0x80.., _) => text.push(None)?,
                (first @ 0x21..=0x7e, Set::Double(encoding, prefix)) => match rest {
                    [second @ 0x21..=0x7e, after @ ..] => {
                        rest = after;
                        text.push_pair(encoding, prefix, [first | 0x80, second | 0x80])?;
                    }
                    [] if may_be_cut => {}
                    _ => text.push(None)?,
                },
                (first @ 0x21..=0x7e, set) => text.push(set.character(first))?,
                // HZ has pairs only between its shifts.
                (_, Set::Double(..)) if self.introducer != ESCAPE => text.push(None)?,
                (control, _) => {
                    text.push(Some(char::from(control)))?;
                    if control == b'\n' {
                        (is_out, single) = (false, None);
                    }
                }
            }
        }
        text.flush()?;
        Some(text.text)
    }

    /// The text as octets, if there is a set for each character.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let mut octets = Vec::with_capacity(text.len());
        if !text.is_ascii() {
            octets.extend_from_slice(self.header);
        }
        let mut current: Option<&(Set, &[u8], &[u8])> = None;
        for c in text.chars() {
            if let Ok(octet) = u8::try_from(c)
                && octet.is_ascii()
            {
                octets.extend_from_slice(current.take().map_or(&[], |(.., leave)| leave));
                match octet {
                    ESCAPE | SHIFT_OUT | SHIFT_IN => return None,
                    tilde if tilde == self.introducer => octets.extend([tilde, tilde]),
                    ascii => octets.push(ascii),
                }
                continue;
            }
            if let Some((set, ..)) = current
                && set.write(c, &mut octets).is_some()
            {
                continue;
            }
            octets.extend_from_slice(current.take().map_or(&[], |(.., leave)| leave));
            let mut character = Vec::new();
            let next = self.written.iter().find(|(set, ..)| set.write(c, &mut character).is_some())?;
            octets.extend_from_slice(next.1);
            octets.append(&mut character);
            // A single shift is for one character.
            current = Some(next).filter(|next| !next.2.is_empty());
        }
        octets.extend_from_slice(current.map_or(&[], |(.., leave)| leave));
        Some(octets)
    }
}

/// Text under construction.
struct Text {
    text: String,
    /// Octets of a charset of eight bits that are not converted yet.
    run: Vec<u8>,
    encoding: &'static Encoding,
    replacement: Option<char>,
}

impl Text {
    /// Appends a character, or what replaces one.
    fn push(&mut self, character: Option<char>) -> Option<()> {
        self.flush()?;
        self.text.push(character.or(self.replacement)?);
        Some(())
    }

    fn push_pair(&mut self, encoding: &'static Encoding, prefix: Option<u8>, pair: [u8; 2]) -> Option<()> {
        if encoding != self.encoding {
            self.flush()?;
            self.encoding = encoding;
        }
        self.run.extend(prefix);
        self.run.extend(pair);
        Some(())
    }

    fn flush(&mut self) -> Option<()> {
        if self.run.is_empty() {
            return Some(());
        }
        let text = match self.replacement {
            None => self.encoding.decode_without_bom_handling_and_without_replacement(&self.run)?,
            Some(_) => self.encoding.decode_without_bom_handling(&self.run).0,
        };
        self.text.push_str(&text);
        self.run.clear();
        Some(())
    }
}
