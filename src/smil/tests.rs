use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::time::Duration;

use super::*;
use crate::error::{DecodeErrorKind, EncodeErrorKind, Limit};
use crate::message::ContentType;
use crate::options::{DeviationKind, Limits, Options};

fn kinds(text: &str) -> Vec<(DeviationKind, Option<&'static str>)> {
    decode(text).unwrap().deviations.iter().map(|deviation| (deviation.kind, deviation.field)).collect()
}

/// A presentation with `body` in its first slide.
fn in_slide(body: &str) -> String {
    alloc::format!(
        "<smil><head><layout><region id='Image'/><region id='Text'/></layout></head><body><par>{body}</par></body></smil>"
    )
}

/// Two slides, as the presentations of phones have them (by location, and by `cid:`).
const TWO_SLIDES: &str = "<?xml version='1.0'?>
<smil xmlns=\"http://www.w3.org/2001/SMIL20/Language\">
 <head><meta name=\"title\" content=\"A &amp; B\"/>
  <layout><root-layout width=\"160\" height=\"140px\" background-color=\"#FFFFFF\"/>
   <region id=\"Image\" top=\"0\" left=\"0%\" height=\"85%\" width=\"100%\" fit=\"meet\"/>
   <region id=\"Text\" top=\"120\" fit=\"scroll\"></region></layout>
 </head>
 <body><!-- two slides -->
  <par dur=\"5s\"><img src=\"a.gif\" region=\"Image\" alt='&#x263a;'/><text src=\"a.txt\" region=\"Text\"></text></par>
  <par dur=\"6825ms\"><audio src='cid:b.amr' begin='350ms' end=\"6350ms\"/></par>
 </body>
</smil>
";

#[test]
fn reads_what_mms_phones_write() {
    let decoded = decode_with(TWO_SLIDES, &Options::strict()).unwrap();
    assert_eq!(decoded.deviations, []);
    let Presentation { meta, layout, slides } = decoded.value;
    assert_eq!(meta, [Meta::new("title", "A & B")]);
    assert_eq!((layout.width, layout.height), (Some(Length::Pixels(160)), Some(Length::Pixels(140))));
    assert_eq!(layout.background_color.as_deref(), Some("#FFFFFF"));
    let image = Region {
        left: Some(Length::Percent(0)),
        top: Some(Length::Pixels(0)),
        width: Some(Length::Percent(100)),
        height: Some(Length::Percent(85)),
        fit: Some(Fit::Meet),
        ..Region::new("Image")
    };
    let text = Region { top: Some(Length::Pixels(120)), fit: Some(Fit::Scroll), ..Region::new("Text") };
    assert_eq!(layout.regions, [image, text]);
    let first = Media { alt: Some("\u{263a}".into()), ..Media::new(MediaKind::Image, "a.gif") };
    let sound = Media {
        begin: Some(Duration::from_millis(350)),
        end: Some(Duration::from_millis(6350)),
        ..Media::new(MediaKind::Audio, "cid:b.amr")
    };
    assert_eq!(
        slides,
        [
            Par::new(Duration::from_secs(5), vec![first, Media::new(MediaKind::Text, "a.txt")]),
            Par::new(Duration::from_millis(6825), vec![sound]),
        ]
    );
}

#[test]
fn forgives_and_reports() {
    use DeviationKind::*;
    for (text, expected) in [
        ("<smil><body/></smil>", vec![(MissingField, Some("layout"))]),
        ("<smil><head><layout/></head></smil>", vec![(MissingField, Some("body"))]),
        (&in_slide("<video/>"), vec![(MissingField, Some("src"))]),
        (&in_slide("<img src='a' region='Left'/>"), vec![(DanglingReference, Some("region"))]),
        (&in_slide("<img src='a' width='5'/>"), vec![(UnexpectedAttribute, None)]),
        (&in_slide("<IMG SRC='a'/>"), vec![(LetterCase, Some("img")), (LetterCase, Some("src"))]),
        (&in_slide("<img src='a' src='b'/>"), vec![(DuplicateField, Some("src"))]),
        (&in_slide("<img src='a&b.gif'/>"), vec![(InvalidValue, Some("src"))]),
        (&in_slide("<img src='&unknown;'/>"), vec![(InvalidValue, Some("src"))]),
        (&in_slide("<img src='a&#10;'/>"), vec![(ControlCharacter, Some("src"))]),
        (&in_slide("<img src='a' begin='soon'/>"), vec![(InvalidValue, Some("begin"))]),
        (&in_slide("<text src='a'><param name='x' value='y'/></text>"), vec![(UnexpectedField, None)]),
        (&in_slide("<text src='a'>Hello</text>"), vec![(StrayOctets, None)]),
        (&in_slide("<img src=a/>"), vec![(InvalidXml, None), (MissingField, Some("src"))]),
        (&in_slide("<seq><text src='a'/></seq>"), vec![(UnexpectedField, None)]),
        (&in_slide("<par><text src='a'/></par>"), vec![(MisplacedField, Some("par"))]),
        (&alloc::format!("{}\0", in_slide("")), vec![(StrayOctets, None)]),
        (&alloc::format!("{}<smil/>", in_slide("")), vec![(StrayOctets, None)]),
        (
            "<!DOCTYPE smil PUBLIC '-//W3C//DTD SMIL 1.0//EN' 'http://x/'><smil><head><layout/></head><body/></smil>",
            vec![(DocumentType, None)],
        ),
        ("<smil><head><layout/></head><body><par>", vec![(Truncated, None)]),
        ("<smil><head><layout/></head><body><par></smil>", vec![(InvalidXml, None)]),
        ("<smil><head><layout/></head><body></par></body></smil>", vec![(InvalidXml, None)]),
        ("<smil><head><layout/></head><body><img src='a", vec![(InvalidXml, None), (Truncated, None)]),
        ("<s:smil xmlns:s='x'><s:head><s:layout/></s:head><s:body/></s:smil>", vec![]),
    ] {
        assert_eq!(kinds(text), expected, "{text}");
        let strict = decode_with(text, &Options::strict()).map_err(|error| error.kind);
        let first = expected.first().map(|(kind, _)| DecodeErrorKind::Deviation(*kind));
        assert_eq!(strict.err(), first, "{text}");
    }
}

#[test]
fn keeps_media_wherever_they_are() {
    for (body, slides) in [
        ("<img src='a'/><text src='b'/>", vec![1, 1]),
        ("<par><seq><img src='a'/></seq><par><text src='b'/></par></par>", vec![2]),
        ("<par><img src='a'><text src='b'/></img></par>", vec![2]),
        ("<switch><par><img src='a'/></par><par/></switch>", vec![1, 0]),
        ("<par><img src='a'/>", vec![1]),
    ] {
        let text = alloc::format!("<smil><body>{body}</body></smil>");
        let found: Vec<_> = decode(&text).unwrap().value.slides.iter().map(|slide| slide.media.len()).collect();
        assert_eq!(found, slides, "{body}");
    }
}

#[test]
fn names_the_octet_of_a_deviation() {
    let text = "<smil><head><layout/></head><body><par dur='x'/></body></smil>";
    let deviation = decode(text).unwrap().deviations[0];
    assert_eq!((deviation.kind, deviation.field), (DeviationKind::InvalidValue, Some("dur")));
    assert_eq!(deviation.offset, text.find("<par").unwrap());
}

#[test]
fn refuses_what_is_not_a_presentation() {
    for text in ["", " ", "Hello", "<html/>", "<smi", "{}", "<!-- smil -->"] {
        assert_eq!(decode(text).unwrap_err().kind, DecodeErrorKind::NotAMessage, "{text}");
    }
}

#[test]
fn refuses_declared_entities() {
    let text = "<!DOCTYPE smil [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><smil><body>&b;</body></smil>";
    let error = decode(text).unwrap_err();
    assert_eq!((error.kind, error.offset), (DecodeErrorKind::DocumentType, 0));
}

#[test]
fn keeps_to_the_limits() {
    let deep = alloc::format!("<smil>{}", "<a>".repeat(40));
    assert_eq!(decode(&deep).unwrap_err().kind, DecodeErrorKind::LimitExceeded(Limit::Depth));
    let limits = Limits { parts: 3, octets_per_part: usize::MAX, ..Limits::DEFAULT };
    let options = Options { limits, ..Options::lenient() };
    for element in ["<par/>", "<img src='a'/>"] {
        let with = |times| alloc::format!("<smil><body><par/>{}</body></smil>", element.repeat(times));
        assert!(decode_with(&with(11), &options).is_ok(), "{element}");
        let error = decode_with(&with(13), &options).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(Limit::Parts), "{element}");
    }
    let regions = alloc::format!("<smil><head>{}</head></smil>", "<region id='a'/>".repeat(13));
    assert_eq!(decode_with(&regions, &options).unwrap_err().kind, DecodeErrorKind::LimitExceeded(Limit::Parts));
    let noisy = alloc::format!("<smil>{}</smil>", "<a/>".repeat(1000));
    assert_eq!(decode(&noisy).unwrap_err().kind, DecodeErrorKind::LimitExceeded(Limit::Items));
}

#[test]
fn takes_many_attributes_in_no_time() {
    let many: String = (0..400).map(|number| alloc::format!(" a{number}='x'")).collect();
    let text = alloc::format!("<smil><body><par{many}/></body></smil>");
    assert_eq!(decode(&text).unwrap().deviations.len(), 401);
}

#[cfg(feature = "arbitrary")]
#[test]
fn survives_cuts_and_changes_at_every_octet() {
    for end in 0..=TWO_SLIDES.len() {
        crate::fuzz::Target::Smil.run(&TWO_SLIDES.as_bytes()[..end]);
        for octet in *b"<>&'\0a" {
            let mut changed = TWO_SLIDES.as_bytes().to_vec();
            if let Some(place) = changed.get_mut(end) {
                *place = octet;
            }
            crate::fuzz::Target::Smil.run(&changed);
        }
    }
}

fn parts(names: &[&str]) -> Vec<Part> {
    let part = |name: &&str| {
        let mut part = Part::new(ContentType::new("text/plain"), "");
        part.content_location = Some((*name).into());
        part
    };
    names.iter().map(part).collect()
}

#[test]
fn writes_what_it_reads() {
    let presentation = decode(TWO_SLIDES).unwrap().value;
    let written = encode(&presentation, &parts(&["a.gif", "a.txt", "b.amr"])).unwrap();
    assert!(written.contains("content=\"A &amp; B\""), "{written}");
    assert_eq!(decode_with(&written, &Options::strict()).unwrap().value, presentation);
}

#[test]
fn refuses_to_write_what_phones_do_not_read() {
    use MediaKind::*;
    let new = |kind| Media::new(kind, "a");
    let slide = |media: Vec<Media>| {
        let mut presentation = Presentation { layout: Layout::image_above_text(), ..Presentation::default() };
        presentation.slides.push(Par::new(Duration::from_secs(1), media));
        encode(&presentation, &parts(&["a"])).map_err(|error| (error.kind, error.field)).err()
    };
    assert_eq!(slide(vec![new(Image), new(Text), new(Audio), new(Reference)]), None);
    for pair in [[Text, Text], [Image, Image], [Image, Video], [Audio, Audio], [Audio, Video]] {
        let expected = Some((EncodeErrorKind::FieldConflict, Some("par")));
        assert_eq!(slide(pair.map(new).to_vec()), expected, "{pair:?}");
    }
    for (media, kind, field) in [
        (Media { src: "b".into(), ..new(Text) }, EncodeErrorKind::DanglingReference, "src"),
        (Media { region: None, ..new(Text) }, EncodeErrorKind::MissingField, "region"),
        (Media { region: Some("Left".into()), ..new(Text) }, EncodeErrorKind::DanglingReference, "region"),
        (Media { region: Some("Text".into()), ..new(Audio) }, EncodeErrorKind::FieldConflict, "region"),
        (Media { alt: Some("a\nb".into()), ..new(Image) }, EncodeErrorKind::ControlCharacter(0x0a), "alt"),
        (Media { alt: Some("\u{ffff}".into()), ..new(Image) }, EncodeErrorKind::InvalidText, "alt"),
        (Media { begin: Some(Duration::from_nanos(1)), ..new(Text) }, EncodeErrorKind::NotExpressible, "begin"),
        (
            Media { begin: Some(Duration::from_secs(2)), end: Some(Duration::from_secs(1)), ..new(Text) },
            EncodeErrorKind::FieldConflict,
            "end",
        ),
    ] {
        assert_eq!(slide(vec![media]), Some((kind, Some(field))));
    }
    for (ids, kind) in [
        (["a", "a"], EncodeErrorKind::FieldConflict),
        (["1", "b"], EncodeErrorKind::InvalidText),
        (["", "b"], EncodeErrorKind::InvalidText),
    ] {
        let layout = Layout { regions: ids.map(Region::new).to_vec(), ..Layout::default() };
        let error = encode(&Presentation { layout, ..Presentation::default() }, &[]).unwrap_err();
        assert_eq!((error.kind, error.field), (kind, Some("id")));
    }
}

#[cfg(feature = "arbitrary")]
proptest::proptest! {
    #[test]
    fn writes_and_reads_any_presentation(seed: Vec<u8>) {
        let presentation: Presentation = arbitrary::Unstructured::new(&seed).arbitrary().unwrap();
        let names: Vec<_> = presentation.slides.iter().flat_map(|slide| &slide.media).map(|media| &*media.src).collect();
        let written = encode(&presentation, &parts(&names)).unwrap();
        proptest::prop_assert_eq!(decode_with(&written, &Options::strict()).unwrap().value, presentation);
    }
}

proptest::proptest! {
    #[cfg(feature = "arbitrary")]
    #[test]
    fn survives_any_text(text in "[<>/='\"&;%:a!?-]{0,60}|(<(/?)(smil|par|img|body|x)( (src|dur)='[0-9a-z&;%]{0,4}')?(/?)>){0,20}") {
        crate::fuzz::Target::Smil.run(text.as_bytes());
        crate::fuzz::Target::Smil.run(alloc::format!("<smil>{text}").as_bytes());
    }
}

#[test]
fn escapes_text() {
    let alt = "<img src=\"x\"> & 'é' \u{263a}";
    let mut presentation = Presentation { layout: Layout::image_above_text(), ..Presentation::default() };
    let media = Media { alt: Some(alt.into()), ..Media::new(MediaKind::Image, "a&b.gif") };
    presentation.slides.push(Par { duration: None, media: vec![media] });
    let written = encode(&presentation, &parts(&["a&b.gif"])).unwrap();
    assert_eq!(written.matches("<img").count(), 1, "{written}");
    assert_eq!(decode_with(&written, &Options::strict()).unwrap().value, presentation);
}

#[test]
fn finds_parts_however_they_are_named() {
    let mut by_id = Part::new(ContentType::new("image/gif"), "");
    by_id.content_id = Some("<1@host>".into());
    let by_name = Part::new(ContentType::new("text/plain").with("name", "b.txt"), "");
    let mut parts = parts(&["a%20b.amr", "spare"]);
    let presentation = "<smil><head><layout/></head><body><par><img src='cid:1@host'/><text src='b.txt'/>\
                        <audio src='a b.amr'/><ref src=''/></par></body></smil>";
    let root = Part::new(ContentType::new("Application/SMIL"), presentation);
    parts.extend([by_id, by_name, root]);
    let body = Part::multipart(ContentType::new("multipart/related").with("type", "application/smil"), parts);
    let Slides { slides: shown, others, .. } = slides(&body).unwrap().value;
    let places: Vec<_> = shown[0].media.iter().map(|media| media.part).collect();
    let part = |place: usize| Some(&body.parts()[place]);
    assert_eq!(places, [part(2), part(3), part(0), None]);
    assert_eq!(others, [&body.parts()[1]]);
}

#[cfg(feature = "arbitrary")]
#[test]
fn lists_the_slides_of_real_messages() {
    extern crate std;
    let Some(corpus) = std::env::var_os("MMS_CORPUS") else {
        std::println!("MMS_CORPUS is not set: corpus test not run");
        return;
    };
    let mut read = 0;
    for entry in std::fs::read_dir(std::path::Path::new(&corpus).join("mm1")).unwrap() {
        let path = entry.unwrap().path();
        let octets = std::fs::read(&path).unwrap();
        let place = octets.windows(5).rposition(|window| window == b"<smil");
        let Some(place) = place.filter(|_| path.extension().is_some_and(|extension| extension == "mms")) else {
            continue;
        };
        let end = octets[place..]
            .windows(7)
            .position(|window| window == b"</smil>")
            .map_or(octets.len(), |end| place + end + 7);
        let text = String::from_utf8_lossy(&octets[place..end]);
        let decoded = decode(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let sources = text.matches("src=").count();
        let media: usize = decoded.value.slides.iter().map(|slide| slide.media.len()).sum();
        assert_eq!(media, sources, "{}", path.display());
        crate::fuzz::Target::Smil.run(text.as_bytes());
        read += 1;
    }
    assert!(read >= 10, "{read} presentations");
}

#[test]
fn counts_a_byte_order_mark() {
    let text = "<smil><body><par><img src=a/></par></body></smil>";
    let (plain, marked) = (decode(text).unwrap(), decode(&alloc::format!("\u{feff}{text}")).unwrap());
    assert_eq!(marked.value, plain.value);
    let offsets = |decoded: &crate::options::Decoded<Presentation>| -> Vec<_> {
        decoded.deviations.iter().map(|deviation| deviation.offset).collect()
    };
    assert_eq!(offsets(&marked), offsets(&plain).iter().map(|offset| offset + 3).collect::<Vec<_>>());
    assert!(!plain.deviations.is_empty());
}
