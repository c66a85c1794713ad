//! What `compose` makes of parts and texts.

use mms_codec::compose::{Composition, Slide, file, text};
use mms_codec::message::{ContentType, Parameter, Part};
use mms_codec::smil::{Meta, slides};
use mms_codec::{Bytes, EncodeErrorKind};

fn picture(name: &str) -> Part {
    file(name, &b"GIF89a\x01\0\x01\0\0\0\0;"[..])
}

#[test]
fn gives_every_part_its_names() {
    let unnamed = Part::new(ContentType::new("audio/amr").with("NAME", ""), &b"#!AMR\n"[..]);
    let first = Slide::new(vec![picture("a b.gif"), text("Hello"), unnamed]);
    let body = Composition::new(vec![first, Slide::new(vec![picture("a_b.gif")])]).body().unwrap();
    let names: Vec<_> = body.parts().iter().map(|part| part.content_location.clone().unwrap()).collect();
    assert_eq!(names, ["smil.smil", "a_b.gif", "text1.txt", "audio1.amr", "a_b-2.gif"]);
    for part in &body.parts()[1..] {
        let name = part.content_location.as_deref().unwrap();
        assert_eq!(part.content_id.as_deref(), Some(&*alloc::format!("<{name}@mms>")));
        assert_eq!(part.content_type.parameter("name"), Some(name));
        let named =
            part.content_type.parameters.iter().filter(
                |parameter| matches!(parameter, Parameter::Text { name, .. } if name.eq_ignore_ascii_case("name")),
            );
        assert_eq!(named.count(), 1, "{name}");
    }
}

#[test]
fn refers_to_parts_that_are_there() {
    let slide = |number: usize| Slide::new(vec![picture("same.gif"), text(alloc::format!("Number {number}"))]);
    let mut composition = Composition::new((0..40).map(slide).collect());
    composition.attachments.push(file("smil", "x"));
    composition.meta.push(Meta::new("title", "Été & <co>"));
    let body = composition.clone().body().unwrap();
    assert_eq!(composition.body().unwrap(), body, "the same again");
    let found = slides(&body).unwrap();
    assert_eq!(found.deviations, []);
    let texts = found.value.slides.iter().map(|slide| slide.media[1].part.unwrap().text().unwrap().into_owned());
    assert!(texts.eq((0..40).map(|number| alloc::format!("Number {number}"))));
    assert_eq!(found.value.others, [body.parts().last().unwrap()]);
    assert_eq!(found.value.meta[0].content, "Été & <co>");
    assert!(body.root().unwrap().content_type.is("application/smil"));
}

#[test]
fn makes_mixed_bodies_of_attachments_alone() {
    let mut composition = Composition::new(Vec::new());
    assert_eq!(composition.clone().body().unwrap_err(), EncodeErrorKind::MissingField.into());
    composition.attachments.push(file("", "BEGIN:VCARD"));
    let body = composition.body().unwrap();
    assert_eq!(alloc::format!("{}", body.content_type), "application/vnd.wap.multipart.mixed");
    assert_eq!(body.parts()[0].content_location.as_deref(), Some("file1.vcf"));
}

#[test]
fn says_the_charset_of_texts_that_it_knows() {
    for (octets, content_type) in [
        (&b"\xc3\x89t\xc3\xa9"[..], "text/plain; charset=utf-8"),
        (b"\xff\xfeH\0i\0", "text/plain; charset=utf-16"),
        (b"\xc9t\xe9", "text/plain"),
    ] {
        assert_eq!(alloc::format!("{}", file("a.txt", octets).content_type), content_type);
    }
}

#[test]
fn copies_no_octets() {
    let octets = Bytes::from(vec![0xff; 1000]);
    let body = Composition::new(vec![Slide::new(vec![file("a.jpg", octets.clone())])]).body().unwrap();
    assert_eq!(body.parts()[1].octets().unwrap().as_ptr(), octets.as_ptr());
}
