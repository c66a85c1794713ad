//! Media types by content: what a file begins with, and what a container or text is of.

use memchr::memmem;

use crate::message::{Charset, byte_order_mark, without_utf8_marks};

/// What a file begins with. Texts are compared without case. WBMP has no such mark: it begins with two zeros, as
/// others do.
#[rustfmt::skip]
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"\xff\xd8\xff",          "image/jpeg"),
    (b"GIF87a",                "image/gif"),
    (b"GIF89a",                "image/gif"),
    (b"\x89PNG\r\n\x1a\n",     "image/png"),
    (b"II*\0",                 "image/tiff"),
    (b"MM\0*",                 "image/tiff"),
    (b"#!AMR\n",               "audio/amr"),
    (b"#!AMR-WB\n",            "audio/amr-wb"),
    (b"#!AMR_MC1.0\n",         "audio/amr"),
    (b"#!AMR-WB_MC1.0\n",      "audio/amr-wb"),
    (b"ID3",                   "audio/mpeg"),
    (b"#!EVRC\n",              "audio/EVRC"),
    (b"#!SMV\n",               "audio/SMV"),
    (b"\0\0\x01\xba",          "video/mpeg"),
    (b"\0\0\x01\xb3",          "video/mpeg"),
    (b"OggS",                  "audio/ogg"),
    (b"fLaC",                  "audio/flac"),
    (b"MMMD",                  "application/vnd.smaf"),
    (b"XMF_2",                 "audio/mobile-xmf"),
    (b"XMF_",                  "audio/xmf"),
    (b"BEGIN:IMELODY",         "audio/imelody"),
    (b"%PDF-",                 "application/pdf"),
    (b"BEGIN:VNOTE",           "text/x-vNote"),
];

pub(super) fn of(octets: &[u8]) -> Option<&'static str> {
    let text = without_utf8_marks(octets);
    let begins = |beginning: &[u8]| match text.get(..beginning.len()) {
        Some(own) if beginning.starts_with(b"BEGIN:") => own.eq_ignore_ascii_case(beginning),
        Some(own) => own == beginning,
        None => false,
    };
    let by_beginning = BEGINNINGS.iter().find(|(beginning, _)| begins(beginning)).map(|(_, media)| *media);
    by_beginning
        .or_else(|| in_chunks(octets))
        .or_else(|| bitmap(octets))
        .or_else(|| base_media(octets))
        .or_else(|| matroska(octets))
        .or_else(|| card(text))
        .or_else(|| protected(octets))
        .or_else(|| markup(text))
        .or_else(|| frames(octets))
}

/// Whether the octets are text: UTF-8, or what its byte order mark says, without control characters but those of lines.
pub(super) fn is_text(octets: &[u8]) -> bool {
    let (charset, rest) = byte_order_mark(octets).unwrap_or((Charset::UTF_8, octets));
    let is_control = |octet: u8| matches!(octet, 0..=8 | 0x0b | 0x0e..=0x1f | 0x7f);
    !rest.is_empty() && charset.decode(rest).is_some_and(|text| !text.bytes().any(is_control))
}

/// RIFF, IFF and standard MIDI files.
fn in_chunks(octets: &[u8]) -> Option<&'static str> {
    match octets {
        [b'R', b'I', b'F', b'F', _, _, _, _, form @ ..] => match form.get(..4)? {
            b"WAVE" => Some("audio/x-wav"),
            b"WEBP" => Some("image/webp"),
            b"QLCM" => Some("audio/qcelp"),
            b"RMID" => Some("audio/midi"),
            b"AVI " => Some("video/x-msvideo"),
            _ => None,
        },
        [b'M', b'T', b'h', b'd', ..] => {
            Some(if has_scalable_polyphony(octets) { "audio/sp-midi" } else { "audio/midi" })
        }
        _ => None,
    }
}

/// Whether there is the message that says how much of the music each number of voices plays (Maximum Instantaneous
/// Polyphony): an exclusive message `7F`, device, `0B 01`.
fn has_scalable_polyphony(octets: &[u8]) -> bool {
    memchr::memchr_iter(0xf0, octets).any(|at| matches!(octets.get(at + 1..), Some([_, 0x7f, _, 0x0b, 0x01, ..])))
}

/// BMP: two letters alone are not a mark, but its header has a size that few have.
fn bitmap(octets: &[u8]) -> Option<&'static str> {
    let [b'B', b'M', _, _, _, _, _, _, _, _, _, _, _, _, header, 0, 0, 0, ..] = octets else { return None };
    matches!(header, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124).then_some("image/bmp")
}

/// Files of ISO/IEC 14496-12: their brand says the kind, their tracks say whether there is anything to see.
fn base_media(octets: &[u8]) -> Option<&'static str> {
    let [s3, s2, s1, s0, b'f', b't', b'y', b'p', brands @ ..] = octets else { return None };
    let size = usize::try_from(u32::from_be_bytes([*s3, *s2, *s1, *s0])).ok()?;
    let brands = brands.get(..size.saturating_sub(8)).unwrap_or(brands);
    let (major, compatible) = brands.split_at_checked(4)?;
    let has = |brand: &[u8]| compatible.chunks(4).any(|other| other == brand);
    let sound = |sound, picture| if is_sound(octets) { sound } else { picture };
    let of_brand = |brand: &[u8]| match brand {
        b"avif" | b"avis" => Some("image/avif"),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => Some("image/heic"),
        b"mif1" | b"msf1" if has(b"avif") => Some("image/avif"),
        b"mif1" | b"msf1" if has(b"heic") || has(b"heix") => Some("image/heic"),
        b"mif1" | b"msf1" => Some("image/heif"),
        b"odcf" => Some("application/vnd.oma.drm.dcf"),
        b"qt  " => Some("video/quicktime"),
        [b'M', b'4', b'A' | b'B', _] => Some("audio/mp4"),
        [b'3', b'g', b'2', _] => Some(sound("audio/3gpp2", "video/3gpp2")),
        [b'3', b'g', ..] => Some(sound("audio/3gpp", "video/3gpp")),
        [b'i', b's', b'o', _] | [b'm', b'p', b'4', _] | [b'M', b'4', b'V', _] | b"avc1" | b"dash" | b"MSNV" => {
            Some(sound("audio/mp4", "video/mp4"))
        }
        _ => None,
    };
    // Brands of vendors go with those of the specifications.
    of_brand(major).or_else(|| compatible.chunks(4).skip(1).find_map(of_brand))
}

/// Whether there are tracks of sound and none of pictures: each has a handler box.
fn is_sound(octets: &[u8]) -> bool {
    let handlers = memmem::find_iter(octets, b"hdlr").filter_map(|at| octets.get(at + 12..at + 16));
    let (mut has_sound, mut has_picture) = (false, false);
    handlers.for_each(|handler| {
        has_sound |= handler == b"soun";
        has_picture |= handler == b"vide";
    });
    has_sound && !has_picture
}

/// Matroska by its document type, which is in the first element (RFC 8794, 11.2).
fn matroska(octets: &[u8]) -> Option<&'static str> {
    const HEADER: usize = 64;
    octets.strip_prefix(b"\x1a\x45\xdf\xa3")?;
    let header = octets.get(..HEADER.min(octets.len()))?;
    match memmem::find(header, b"webm") {
        Some(_) => Some("video/webm"),
        None => memmem::find(header, b"matroska").map(|_| "video/x-matroska"),
    }
}

/// Business cards and appointments: the types of the newer versions differ.
fn card(text: &[u8]) -> Option<&'static str> {
    let begins = |name: &[u8]| text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let version = || {
        text.split(|octet| *octet == b'\n').find_map(|line| {
            let (name, value) = line.split_at_checked(8)?;
            name.eq_ignore_ascii_case(b"VERSION:").then(|| value.trim_ascii())
        })
    };
    if begins(b"BEGIN:VCARD") {
        Some(if version() == Some(b"4.0") { "text/vcard" } else { "text/x-vCard" })
    } else if begins(b"BEGIN:VCALENDAR") {
        Some(if version() == Some(b"2.0") { "text/calendar" } else { "text/x-vCalendar" })
    } else {
        None
    }
}

/// Protected media (OMA DRM 1.0): messages, which are a multipart with its first delimiter, and content, which
/// begins with its version, two lengths, its type and its identifier; rights in WBXML.
fn protected(octets: &[u8]) -> Option<&'static str> {
    if let Some(delimiter) = octets.strip_prefix(b"--") {
        let line = memchr::memchr(b'\n', delimiter)?;
        let header = delimiter.get(line + 1..)?;
        let is_header = header.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"Content-"));
        return (line <= 72 && is_header).then_some("application/vnd.oma.drm.message");
    }
    match octets {
        [1, media, _, rest @ ..] => {
            let (media, uri) = rest.split_at_checked(usize::from(*media))?;
            let is_media = media.contains(&b'/') && media.iter().all(u8::is_ascii_graphic);
            (is_media && uri.starts_with(b"cid:")).then_some("application/vnd.oma.drm.content")
        }
        [3, 0x0e, 0x6a, ..] => Some("application/vnd.oma.drm.rights+wbxml"),
        _ => None,
    }
}

/// XML and HTML by the first element.
fn markup(text: &[u8]) -> Option<&'static str> {
    let mut rest = text.trim_ascii_start();
    loop {
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            // With declarations in brackets.
            [b'<', b'!', ..] => match (memchr::memchr(b'[', rest), memchr::memchr(b'>', rest)) {
                (Some(bracket), Some(end)) if bracket < end => b"]>",
                _ => b">",
            },
            _ => break,
        };
        rest = rest.get(memmem::find(rest, end)? + end.len()..)?.trim_ascii_start();
    }
    let tag = rest.strip_prefix(b"<")?;
    let tag = tag.get(..tag.iter().position(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>'))?)?;
    let name = tag.rsplit(|octet| *octet == b':').next().unwrap_or(tag);
    match name {
        b"svg" => Some("image/svg+xml"),
        b"smil" => Some("application/smil"),
        b"rights" => Some("application/vnd.oma.drm.rights+xml"),
        b"html" if text.starts_with(b"<?xml") => Some("application/xhtml+xml"),
        // Without a document type it may be either.
        name if name.eq_ignore_ascii_case(b"html") && text.starts_with(b"<!") => Some("text/html"),
        _ => None,
    }
}

/// Sound in frames that have no mark before them: MPEG layers II and III, and AAC in ADTS. Behind a frame there is
/// another one, or nothing.
fn frames(octets: &[u8]) -> Option<&'static str> {
    let (media, length) = frame(octets)?;
    match octets.get(length..) {
        None | Some([]) => Some(media),
        Some(rest) => frame(rest).filter(|(next, _)| *next == media).map(|_| media),
    }
}

/// The media type of a frame, and how long it is.
fn frame(octets: &[u8]) -> Option<(&'static str, usize)> {
    /// In kilobits a second (ISO/IEC 11172-3, 2.4.2.3; ISO/IEC 13818-3, 2.4.2.3).
    const LAYER_2: [usize; 14] = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    const LAYER_3: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const LOWER: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let [0xff, second, third, fourth, rest @ ..] = octets else { return None };
    if second & 0xf6 == 0xf0 {
        // ISO/IEC 14496-3, 1.A.2.2: a frequency, and the length in 13 bits with the header.
        let [fifth, sixth, ..] = rest else { return None };
        let length = usize::from(fourth & 3) << 11 | usize::from(*fifth) << 3 | usize::from(sixth >> 5);
        let is_valid = third >> 2 & 0xf < 13 && length >= 7;
        return is_valid.then_some(("audio/aac", length));
    }
    if second & 0xe0 != 0xe0 {
        return None;
    }
    let (version, layer) = (second >> 3 & 3, second >> 1 & 3);
    // Versions 2.5 and 2 have half the samples in a frame of layer III.
    let (rates, samples) = match (version, layer) {
        (3, 1) => (LAYER_3, 144),
        (3, 2) => (LAYER_2, 144),
        (0 | 2, 1) => (LOWER, 72),
        (0 | 2, 2) => (LOWER, 144),
        _ => return None,
    };
    let rate = rates.get(usize::from(third >> 4).checked_sub(1)?)? * 1_000;
    let frequency = [44_100, 48_000, 32_000].get(usize::from(third >> 2 & 3))?
        >> match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
    Some(("audio/mpeg", samples * rate / frequency + usize::from(third >> 1 & 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn mp4(brand: &str, compatible: &str, handlers: &[&[u8; 4]]) -> Vec<u8> {
        let size = u32::try_from(16 + compatible.len()).unwrap();
        let mut file = [&size.to_be_bytes()[..], b"ftyp", brand.as_bytes(), &[0; 4], compatible.as_bytes()].concat();
        for handler in handlers {
            file.extend([&[0, 0, 0, 32][..], b"hdlr", &[0; 8], *handler, &[0; 12]].concat());
        }
        file
    }

    #[test]
    fn knows_every_kind_of_media_by_its_octets() {
        let mp3 = |header: [u8; 4], length: usize| {
            let mut frame = header.to_vec();
            frame.resize(length, 0);
            [&frame[..], &frame[..]].concat()
        };
        let adts = |length: u8| {
            let mut frame = alloc::vec![0xff, 0xf1, 0x50, 0x80, length >> 3, length << 5 | 0x1f, 0xfc];
            frame.resize(usize::from(length), 0);
            [&frame[..], &frame[..]].concat()
        };
        let bmp = [b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".as_slice(), &[0; 40]].concat();
        let sp_midi =
            b"MThd\0\0\0\x06\0\0\0\x01\0\x60MTrk\0\0\0\x10\0\xf0\x09\x7f\x7f\x0b\x01\0\x04\x01\x06\xf7\0\xff\x2f\0";
        for (octets, media) in [
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "image/svg+xml"),
            (
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <a> --><!DOCTYPE svg [<!ENTITY a 'b'>]>\n<s:svg>".to_vec(),
                "image/svg+xml",
            ),
            (b"<?xml version=\"1.0\"?><!DOCTYPE smil PUBLIC '-' 'u'><smil>".to_vec(), "application/smil"),
            (b"<!DOCTYPE html><HTML>".to_vec(), "text/html"),
            (mp4("heic", "mif1heic", &[]), "image/heic"),
            (mp4("mif1", "mif1heic", &[]), "image/heic"),
            (mp4("mif1", "mif1", &[]), "image/heif"),
            (mp4("avif", "mif1avif", &[]), "image/avif"),
            (mp4("mif1", "avifmif1", &[]), "image/avif"),
            (bmp, "image/bmp"),
            (b"II*\0\x08\0\0\0".to_vec(), "image/tiff"),
            (b"MM\0*\0\0\0\x08".to_vec(), "image/tiff"),
            (b"RIFF\x1a\0\0\0WEBPVP8 ".to_vec(), "image/webp"),
            (b"MThd\0\0\0\x06\0\0\0\x01\0\x60".to_vec(), "audio/midi"),
            (sp_midi.to_vec(), "audio/sp-midi"),
            (mp3([0xff, 0xfb, 0x90, 0x64], 417), "audio/mpeg"),
            (mp3([0xff, 0xfb, 0x92, 0x64], 418), "audio/mpeg"),
            (mp3([0xff, 0xf3, 0x44, 0xc4], 96), "audio/mpeg"),
            (mp3([0xff, 0xe3, 0x18, 0xc4], 72), "audio/mpeg"),
            (mp3([0xff, 0xfd, 0xa4, 0], 576), "audio/mpeg"),
            (adts(40), "audio/aac"),
            (mp4("3gp4", "3gp4", &[b"soun"]), "audio/3gpp"),
            (mp4("3gp4", "3gp4", &[b"soun", b"vide"]), "video/3gpp"),
            (mp4("3gp4", "3gp4", &[]), "video/3gpp"),
            (mp4("3g2a", "3g2a", &[b"soun"]), "audio/3gpp2"),
            (mp4("isom", "isom", &[b"soun"]), "audio/mp4"),
            (mp4("mp42", "isom", &[b"vide", b"soun"]), "video/mp4"),
            (mp4("mmp4", "mmp43gp5", &[b"vide", b"soun"]), "video/3gpp"),
            (mp4("KDDI", "3g2a", &[b"soun"]), "audio/3gpp2"),
            (b"RIFF\0\0\0\0RMIDdata".to_vec(), "audio/midi"),
            (b"#!EVRC\n\0".to_vec(), "audio/EVRC"),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm".to_vec(), "video/webm"),
            (b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska".to_vec(), "video/x-matroska"),
            (b"BEGIN:IMELODY\r\nVERSION:1.2\r\n".to_vec(), "audio/imelody"),
            (b"MMMD\0\0\0\x10".to_vec(), "application/vnd.smaf"),
            (b"XMF_2.00\0\0\0\x02".to_vec(), "audio/mobile-xmf"),
            (b"XMF_1.00".to_vec(), "audio/xmf"),
            (b"RIFF\0\0\0\0QLCMfmt ".to_vec(), "audio/qcelp"),
            (b"BEGIN:VCARD\r\nVERSION:4.0\r\n".to_vec(), "text/vcard"),
            (b"BEGIN:VCARD\r\nVERSION:3.0\r\n".to_vec(), "text/x-vCard"),
            (b"begin:vcalendar\nversion:2.0\n".to_vec(), "text/calendar"),
            (b"BEGIN:VCALENDAR\r\nVERSION:1.0\r\n".to_vec(), "text/x-vCalendar"),
            (b"--b1\r\nContent-Type: image/gif\r\n\r\nGIF89a\r\n--b1--".to_vec(), "application/vnd.oma.drm.message"),
            (b"\x01\x09\x09image/gifcid:a@b.c\0\0".to_vec(), "application/vnd.oma.drm.content"),
            (mp4("odcf", "", &[]), "application/vnd.oma.drm.dcf"),
            (b"<o-ex:rights xmlns:o-ex='u'>".to_vec(), "application/vnd.oma.drm.rights+xml"),
        ] {
            assert_eq!(of(&octets), Some(media), "{}", octets.escape_ascii());
            // Cut at any octet, it may be less; never a panic.
            for length in 0..octets.len().min(100) {
                let _ = of(&octets[..length]);
            }
        }
    }

    #[test]
    fn takes_nothing_for_media_that_only_begins_like_it() {
        for octets in [
            &b"BMW is a car, not a picture"[..],
            b"\xff\xfeH\0i\0",
            b"\xff\xfb\x90\x64\0\0\0\0",
            b"\xff\xf1\x50\x80\x05\x1f\xfc\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            b"-- \r\nA signature",
            b"\x01\x02\x03\x04",
            b"<a/>",
            b"<!-- open",
            b"XM",
        ] {
            let found = of(octets);
            // A whole frame that is cut short is one.
            let is_frame = octets.starts_with(b"\xff\xfb");
            assert_eq!(found, is_frame.then_some("audio/mpeg"), "{}", octets.escape_ascii());
        }
    }

    #[test]
    fn knows_text_from_octets() {
        for text in [&b"Hello\r\n"[..], "Gr\u{fc}\u{df}e".as_bytes(), b"\xff\xfeH\0", b"a\tb\x0c"] {
            assert!(is_text(text), "{text:?}");
        }
        for octets in [&b""[..], b"a\0b", b"\x1b[1m", b"\xe9", b"\xff\xfe", b"\x08"] {
            assert!(!is_text(octets), "{octets:?}");
        }
    }
}
