//! Media types by the first octets of a file, and by its name.

/// The media types of MMS with their extensions; the first row of a type has the one to give.
#[rustfmt::skip]
const EXTENSIONS: &[(&str, &str)] = &[
    ("txt",  "text/plain"),
    ("vcf",  "text/x-vCard"),
    ("vcs",  "text/x-vCalendar"),
    ("ics",  "text/calendar"),
    ("html", "text/html"),
    ("htm",  "text/html"),
    ("xhtml", "application/xhtml+xml"),
    ("jpg",  "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpe",  "image/jpeg"),
    ("gif",  "image/gif"),
    ("png",  "image/png"),
    ("wbmp", "image/vnd.wap.wbmp"),
    ("wbm",  "image/vnd.wap.wbmp"),
    ("bmp",  "image/bmp"),
    ("webp", "image/webp"),
    ("tif",  "image/tiff"),
    ("tiff", "image/tiff"),
    ("amr",  "audio/amr"),
    ("awb",  "audio/amr-wb"),
    ("mid",  "audio/midi"),
    ("midi", "audio/midi"),
    ("spm",  "audio/sp-midi"),
    ("mp3",  "audio/mpeg"),
    ("m4a",  "audio/mp4"),
    ("aac",  "audio/aac"),
    ("wav",  "audio/x-wav"),
    ("ogg",  "audio/ogg"),
    ("qcp",  "audio/qcelp"),
    ("3gp",  "video/3gpp"),
    ("3gpp", "video/3gpp"),
    ("3g2",  "video/3gpp2"),
    ("3gp2", "video/3gpp2"),
    ("mp4",  "video/mp4"),
    ("m4v",  "video/mp4"),
    ("mov",  "video/quicktime"),
    ("webm", "video/webm"),
    ("pdf",  "application/pdf"),
    ("dm",   "application/vnd.oma.drm.message"),
    ("dcf",  "application/vnd.oma.drm.content"),
];

/// What a file begins with. WBMP has no such mark: it begins with two zeros, as others do.
#[rustfmt::skip]
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"\xff\xd8\xff",          "image/jpeg"),
    (b"GIF87a",                "image/gif"),
    (b"GIF89a",                "image/gif"),
    (b"\x89PNG\r\n\x1a\n",     "image/png"),
    (b"#!AMR\n",               "audio/amr"),
    (b"#!AMR-WB\n",            "audio/amr-wb"),
    (b"ID3",                   "audio/mpeg"),
    (b"OggS",                  "audio/ogg"),
    (b"%PDF-",                 "application/pdf"),
    (b"BEGIN:VCARD",           "text/x-vCard"),
    (b"BEGIN:VCALENDAR",       "text/x-vCalendar"),
];

/// The media type of a file.
pub(super) fn of(name: &str, octets: &[u8]) -> &'static str {
    by_content(octets).or_else(|| by_name(name)).unwrap_or("application/octet-stream")
}

/// The extension to give to a file of this media type.
pub(super) fn extension(media: &str) -> Option<&'static str> {
    EXTENSIONS.iter().find(|(_, known)| known.eq_ignore_ascii_case(media)).map(|(extension, _)| *extension)
}

fn by_name(name: &str) -> Option<&'static str> {
    let (_, own) = name.rsplit_once('.')?;
    EXTENSIONS.iter().find(|(extension, _)| extension.eq_ignore_ascii_case(own)).map(|(_, media)| *media)
}

fn by_content(octets: &[u8]) -> Option<&'static str> {
    let text = octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets);
    let begins = |beginning: &[u8], media: &str| match text.get(..beginning.len()) {
        Some(own) if media.starts_with("text/") => own.eq_ignore_ascii_case(beginning),
        Some(own) => own == beginning,
        None => false,
    };
    let by_beginning = BEGINNINGS.iter().find(|(beginning, media)| begins(beginning, media));
    by_beginning.map(|(_, media)| *media).or(match octets {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("audio/x-wav"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        // The mark of MIDI does not tell scalable polyphony; its brand tells the kind of an MP4 file.
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand {
            [b'3', b'g', b'2', ..] => Some("video/3gpp2"),
            [b'3', b'g', ..] => Some("video/3gpp"),
            [b'M', b'4', b'A', ..] => Some("audio/mp4"),
            [b'q', b't', b' ', b' ', ..] => Some("video/quicktime"),
            [b'i', b's', b'o', ..] | [b'm', b'p', b'4', ..] | [b'M', b'4', b'V', ..] | [b'a', b'v', b'c', b'1', ..] => {
                Some("video/mp4")
            }
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_files_by_their_first_octets() {
        for (octets, media) in [
            (&b"\xff\xd8\xff\xe0\0\x10JFIF"[..], "image/jpeg"),
            (b"GIF87a", "image/gif"),
            (b"\x89PNG\r\n\x1a\n", "image/png"),
            (b"#!AMR\n\x3c", "audio/amr"),
            (b"#!AMR-WB\n\x3c", "audio/amr-wb"),
            (b"\0\0\0\x18ftyp3gp4\0\0\0\0", "video/3gpp"),
            (b"\0\0\0\x18ftyp3g2a\0\0\0\0", "video/3gpp2"),
            (b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
            (b"\0\0\0\x18ftypM4A \0\0\0\0", "audio/mp4"),
            (b"RIFF\0\0\0\0WAVEfmt ", "audio/x-wav"),
            (b"\xef\xbb\xbfbegin:vcard\r\n", "text/x-vCard"),
        ] {
            assert_eq!(of("x.bin", octets), media);
            assert_eq!(of("x.txt", octets), media, "the content decides");
        }
    }

    #[test]
    fn knows_other_files_by_their_names() {
        for (name, media) in [
            ("a.WBMP", "image/vnd.wap.wbmp"),
            ("a.b.txt", "text/plain"),
            ("ring.mid", "audio/midi"),
            ("a", "application/octet-stream"),
            ("a.", "application/octet-stream"),
            ("", "application/octet-stream"),
        ] {
            assert_eq!(of(name, b"\0\0\x08\x08"), media, "{name}");
        }
    }

    #[test]
    fn survives_files_cut_short() {
        for octets in [&b"\xff\xd8"[..], b"GIF", b"\0\0\0\x18ftyp", b"\0\0\0\x18fty", b"RIFF", b""] {
            assert_eq!(by_content(octets), None);
        }
    }
}
