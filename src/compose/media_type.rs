//! Media types by the content of a file, and by its name.

mod content;

use crate::message::ContentType;

/// The media types of MMS with their extensions; the first row of a type has the one to give.
#[rustfmt::skip]
const EXTENSIONS: &[(&str, &str)] = &[
    ("txt",  "text/plain"),
    ("vcf",  "text/x-vCard"),
    ("vcf",  "text/vcard"),
    ("vnt",  "text/x-vNote"),
    ("vcs",  "text/x-vCalendar"),
    ("ics",  "text/calendar"),
    ("html", "text/html"),
    ("htm",  "text/html"),
    ("xhtml", "application/xhtml+xml"),
    ("jpg",  "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpg",  "image/jpg"),
    ("jpe",  "image/jpeg"),
    ("gif",  "image/gif"),
    ("png",  "image/png"),
    ("wbmp", "image/vnd.wap.wbmp"),
    ("wbm",  "image/vnd.wap.wbmp"),
    ("bmp",  "image/bmp"),
    ("webp", "image/webp"),
    ("svg",  "image/svg+xml"),
    ("heic", "image/heic"),
    ("heif", "image/heif"),
    ("avif", "image/avif"),
    ("tif",  "image/tiff"),
    ("tiff", "image/tiff"),
    ("amr",  "audio/amr"),
    ("awb",  "audio/amr-wb"),
    ("mid",  "audio/midi"),
    ("midi", "audio/midi"),
    ("mid",  "audio/mid"),
    ("spm",  "audio/sp-midi"),
    ("mp3",  "audio/mpeg"),
    ("m4a",  "audio/mp4"),
    ("aac",  "audio/aac"),
    ("wav",  "audio/x-wav"),
    ("wav",  "audio/wav"),
    ("ogg",  "audio/ogg"),
    ("ogv",  "video/ogg"),
    ("flac", "audio/flac"),
    ("qcp",  "audio/qcelp"),
    ("evc",  "audio/EVRC"),
    ("smv",  "audio/SMV"),
    ("imy",  "audio/imelody"),
    ("mmf",  "application/vnd.smaf"),
    ("mxmf", "audio/mobile-xmf"),
    ("xmf",  "audio/xmf"),
    ("3ga",  "audio/3gpp"),
    ("3gp",  "video/3gpp"),
    ("3gpp", "video/3gpp"),
    ("3g2",  "video/3gpp2"),
    ("3gp2", "video/3gpp2"),
    ("mp4",  "video/mp4"),
    ("m4v",  "video/mp4"),
    ("mov",  "video/quicktime"),
    ("webm", "video/webm"),
    ("mkv",  "video/x-matroska"),
    ("avi",  "video/x-msvideo"),
    ("mpg",  "video/mpeg"),
    ("mpeg", "video/mpeg"),
    ("pdf",  "application/pdf"),
    ("mms",  ContentType::MMS_MESSAGE),
    ("dm",   "application/vnd.oma.drm.message"),
    ("dcf",  "application/vnd.oma.drm.content"),
    ("odf",  "application/vnd.oma.drm.dcf"),
    ("dr",   "application/vnd.oma.drm.rights+xml"),
    ("drc",  "application/vnd.oma.drm.rights+wbxml"),
    ("smil", "application/smil"),
    ("smi",  "application/smil"),
];

/// The media type of a file.
pub(super) fn of(name: &str, octets: &[u8]) -> &'static str {
    let is_text = || content::is_text(octets).then_some("text/plain");
    content::of(octets).or_else(|| by_name(name)).or_else(is_text).unwrap_or("application/octet-stream")
}

/// The extension to give to a file of this media type.
pub(super) fn extension(media: &str) -> Option<&'static str> {
    EXTENSIONS.iter().find(|(_, known)| known.eq_ignore_ascii_case(media)).map(|(extension, _)| *extension)
}

fn by_name(name: &str) -> Option<&'static str> {
    let (_, own) = name.rsplit_once('.')?;
    EXTENSIONS.iter().find(|(extension, _)| extension.eq_ignore_ascii_case(own)).map(|(_, media)| *media)
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
            assert_eq!(content::of(octets), None);
        }
    }
}
