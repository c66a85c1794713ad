//! The content class of a message, and why it has no lower one.

use mms_codec::compose::{file, text};
use mms_codec::content_class::{Dimensions, LIMITS, MEDIA, ReasonKind, content_class, dimensions};
use mms_codec::message::{ContentClass, ContentType, Part};

/// A JPEG up to its first frame header (ISO/IEC 10918-1, B.2), after a comment of `comment` octets.
fn jpeg(width: u16, height: u16, comment: u16) -> Vec<u8> {
    let mut octets = vec![0xff, 0xd8, 0xff, 0xfe];
    octets.extend((comment + 2).to_be_bytes());
    octets.extend((0..comment).map(|_| 0xff));
    octets.extend([0xff, 0xc0, 0, 11, 8]);
    octets.extend(height.to_be_bytes());
    octets.extend(width.to_be_bytes());
    octets.extend([1, 1, 0x11, 0, 0xff, 0xd9]);
    octets
}

/// A PNG up to its header chunk (ISO/IEC 15948, 11.2.2).
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut octets = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    octets.extend(width.to_be_bytes());
    octets.extend(height.to_be_bytes());
    octets.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    octets
}

fn gif(width: u16, height: u16) -> Vec<u8> {
    let mut octets = b"GIF89a".to_vec();
    octets.extend(width.to_le_bytes());
    octets.extend(height.to_le_bytes());
    octets.extend([0, 0, 0, 0x3b]);
    octets
}

fn mixed(parts: Vec<Part>) -> Part {
    Part::multipart(ContentType::new("application/vnd.wap.multipart.mixed"), parts)
}

fn class_of(part: Part, octets: usize) -> Option<ContentClass> {
    content_class(&mixed(vec![part]), octets).class
}

#[test]
fn reads_the_size_of_every_kind_of_picture() {
    for (name, octets, width, height) in [
        ("a.jpg", jpeg(640, 480, 0), 640, 480),
        ("a.jpg", jpeg(1600, 1200, 5000), 1600, 1200),
        ("a.png", png(70_000, 3), 70_000, 3),
        ("a.gif", gif(160, 120), 160, 120),
        ("a.wbmp", b"\0\0\x0d\x05\xff".to_vec(), 13, 5),
        ("a.wbmp", b"\0\0\x81\x20\x81\x00".to_vec(), 160, 128),
    ] {
        assert_eq!(dimensions(&file(name, octets)), Some(Dimensions { width, height }), "{name}");
    }
}

#[test]
fn survives_pictures_cut_and_changed_at_every_octet() {
    let wbmp = b"\0\0\x81\x20\x81\x00".to_vec();
    for (name, octets) in [("a.jpg", jpeg(64, 48, 9)), ("a.png", png(7, 3)), ("a.gif", gif(1, 2)), ("a.wbmp", wbmp)] {
        let mut part = file(name, octets.clone());
        let whole = dimensions(&part);
        for end in 0..octets.len() {
            part.content = file("", octets[..end].to_vec()).content;
            let found = dimensions(&part);
            assert!(found.is_none() || found == whole, "{name} up to {end}");
            for octet in 0..=255 {
                let mut changed = octets.clone();
                changed[end] = octet;
                part.content = file("", changed).content;
                dimensions(&part);
            }
        }
    }
}

#[test]
fn refuses_pictures_that_are_none() {
    for (name, octets) in [
        ("a.wbmp", &b"\0\0\xff\xff\xff\xff\xff\x01"[..]),
        ("a.wbmp", b"\0\0\x90\x80\x80\x80\0\x01"),
        ("a.wbmp", b"\x01\0\x08\x08"),
        ("a.wbmp", b"\0\0\0\0"),
        ("a.gif", b"GIF89a\0\0\0\0"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\0\xff\xe0\0\0"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x01\xff"),
        ("a.jpg", b""),
        ("a.txt", b"hello"),
    ] {
        assert_eq!(dimensions(&file(name, octets)), None, "{name} {octets:02x?}");
    }
}

/// Symbian `MmsConformance.h`: 30, 100, 300 and 600 times 1024 octets.
#[test]
fn a_class_ends_where_its_size_does() {
    use ContentClass::*;
    for (octets, class) in [
        (0, Some(Text)),
        (30_720, Some(Text)),
        (30_721, Some(ImageRich)),
        (102_400, Some(ImageRich)),
        (102_401, Some(VideoRich)),
        (307_200, Some(VideoRich)),
        (307_201, Some(Megapixel)),
        (614_400, Some(Megapixel)),
        (614_401, None),
    ] {
        assert_eq!(class_of(text("Hello"), octets), class, "{octets}");
    }
}

/// Symbian `MmsConformance.cpp`: the class by resolution and by type.
#[test]
fn a_class_ends_where_its_media_do() {
    use ContentClass::*;
    for (part, class) in [
        (file("a.jpg", jpeg(160, 120, 0)), Some(ImageBasic)),
        (file("a.jpg", jpeg(161, 120, 0)), Some(ImageRich)),
        (file("a.jpg", jpeg(120, 160, 0)), Some(ImageRich)),
        (file("a.gif", gif(640, 480)), Some(ImageRich)),
        (file("a.gif", gif(640, 481)), Some(Megapixel)),
        (file("a.jpg", jpeg(1600, 1200, 0)), Some(Megapixel)),
        (file("a.jpg", jpeg(1601, 1200, 0)), None),
        (file("a.png", png(1, 1)), Some(ImageBasic)),
        (file("a.svg", &b"<svg/>"[..]), Some(ImageRich)),
        (file("a.mid", &b"MThd"[..]), Some(ImageRich)),
        (file("a", &b"\0\0\0\x10ftyp3gp4\0\0\0\0\0\0\0\x20hdlr\0\0\0\0\0\0\0\0soun"[..]), Some(VideoBasic)),
        (file("a.wbmp", &b"\0\0\x08\x08"[..]), Some(ImageBasic)),
        (file("a.amr", &b"#!AMR\n"[..]), Some(ImageBasic)),
        (file("a.spm", &b"MThd"[..]), Some(ImageRich)),
        (file("a.3gp", &b"\0\0\0\x14ftyp3gp4"[..]), Some(VideoBasic)),
        (file("a.vcf", &b"BEGIN:VCARD"[..]), Some(ImageBasic)),
        (file("a.xhtml", &b"<html/>"[..]), Some(ContentBasic)),
        (file("a.pdf", &b"%PDF-"[..]), None),
    ] {
        let name = part.content_location.clone();
        assert_eq!(class_of(part, 1000), class, "{name:?}");
    }
}

#[test]
fn names_every_reason() {
    let latin: ContentType = "text/plain; charset=iso-8859-1".parse().unwrap();
    let body = mixed(vec![file("a.gif", gif(700, 1)), Part::new(latin, "x"), file("b.jpg", jpeg(0, 0, 0))]);
    let found = content_class(&body, 700_000);
    assert_eq!(found.class, None);
    let of_rich: Vec<_> = found.reasons.iter().filter(|reason| reason.class == ContentClass::ImageRich).collect();
    let limit = Dimensions { width: 640, height: 480 };
    let kinds: Vec<_> = of_rich.iter().map(|reason| reason.kind).collect();
    assert_eq!(
        kinds,
        [
            ReasonKind::Size { octets: 700_000, limit: 102_400 },
            ReasonKind::Dimensions { found: Dimensions { width: 700, height: 1 }, limit },
            ReasonKind::Charset,
            ReasonKind::UnreadableImage,
        ]
    );
    assert_eq!(of_rich[0].part, None);
    assert_eq!(of_rich[3].part, Some(&body.parts()[2]));
}

#[test]
fn a_reason_is_one_line() {
    let mut part = Part::new(ContentType::new("x/y\n\u{1b}[2J"), "");
    part.content_location = Some("a\r\nb".into());
    let found = content_class(&part, 0);
    assert_eq!(alloc::format!("{}", found.reasons[0]), "text has no x/y\\n\\u{1b}[2J (a\\r\\nb)");
}

#[test]
fn every_class_has_its_limits_once_and_in_order() {
    let classes: Vec<_> = LIMITS.iter().map(|limits| limits.class).collect();
    assert_eq!(classes, ContentClass::ALL, "give every class its row in src/content_class/limits.rs");
    assert!(MEDIA.iter().all(|media| ContentClass::ALL.iter().any(|class| media.is_in(*class))));
}
