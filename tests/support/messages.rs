//! The messages that the vectors are made from, written by hand, and how
//! to compare what is decoded with them.

use mms_codec::message::{
    Address, ContentDisposition, ContentType, Interval, Message, MessageClass, Originator, Part, Priority, Text, Time,
    Timestamp,
};
use mms_codec::mm1::{self, NotificationInd, Pdu, SendReq, Version};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, Options};

/// 2024-01-01T00:00:00Z.
pub(crate) const NEW_YEAR: Timestamp = Timestamp::from_seconds(1_704_067_200);

/// The default value with a change.
pub(crate) fn with<T: Default>(change: impl FnOnce(&mut T)) -> T {
    let mut value = T::default();
    change(&mut value);
    value
}

pub(crate) fn phone() -> Address {
    Address::phone("+447700900123")
}

pub(crate) fn relative(seconds: u64) -> Option<Time> {
    Some(Time::Relative(Interval::from_seconds(seconds)))
}

pub(crate) fn part(content_type: ContentType, id: &str, location: &str, content: impl Into<Bytes>) -> Part {
    let mut part = Part::new(content_type, content);
    part.content_id = (!id.is_empty()).then(|| id.into());
    part.content_location = (!location.is_empty()).then(|| location.into());
    part
}

/// `notification-full`.
pub(crate) fn notification() -> NotificationInd {
    with(|pdu: &mut NotificationInd| {
        pdu.transaction_id = Some("T1a2b3c".into());
        pdu.version = Version::V1_2;
        pdu.message.from = Some(phone().into());
        pdu.message.subject = Some(Text::from("Été"));
        pdu.message.class = Some(MessageClass::Personal);
        pdu.message_size = Some(27_999);
        pdu.message.expiry = relative(172_800);
        pdu.content_location = Some("http://mmsc.example.net/m?id=7Qx2".into());
    })
}

/// `send-req-related`.
pub(crate) fn send_req() -> SendReq {
    with(|pdu: &mut SendReq| {
        pdu.transaction_id = Some("S-0001".into());
        pdu.version = Version::V1_2;
        pdu.message = with(|message: &mut Message| {
            message.date = Some(NEW_YEAR);
            message.from = Some(Originator::InsertAddress);
            message.to = vec![phone(), Address::email("alice@example.com")];
            message.subject = Some("Hello".into());
            message.class = Some(MessageClass::Personal);
            message.expiry = relative(604_800);
            message.priority = Some(Priority::Normal);
            message.delivery_report = Some(true);
            message.read_report = Some(false);
            message.body = Some(related());
        });
    })
}

fn related() -> Part {
    let smil = ContentType::new("application/smil").with("charset", "utf-8").with("name", "smil.xml");
    let text = ContentType::new("text/plain").with("charset", "utf-8").with("name", "text.txt");
    let mut gif = part(ContentType::new("image/gif").with("name", "dot.gif"), "<dot>", "dot.gif", GIF);
    gif.disposition = Some(Box::new(ContentDisposition::new("attachment").with("filename", "dot.gif")));
    Part::multipart(
        ContentType::new("application/vnd.wap.multipart.related")
            .with("start", "<smil>")
            .with("type", "application/smil"),
        vec![part(smil, "<smil>", "smil.xml", SMIL), part(text, "<text>", "text.txt", "Héllo wörld"), gif],
    )
}

const SMIL: &str = "<smil><head><layout><root-layout/>\
    <region id=\"Image\" top=\"0\" left=\"0\" height=\"70%\" width=\"100%\"/>\
    <region id=\"Text\" top=\"70%\" left=\"0\" height=\"30%\" width=\"100%\"/></layout></head><body>\
    <par dur=\"5000ms\"><img src=\"dot.gif\" region=\"Image\"/><text src=\"text.txt\" region=\"Text\"/></par>\
    </body></smil>";

/// One white dot.
const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0\
    !\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;";

/// The parts of a body.
pub(crate) fn parts(pdu: &mut SendReq) -> &mut Vec<Part> {
    match &mut pdu.message.body.as_mut().unwrap().content {
        mms_codec::message::Content::Parts(parts) => parts,
        mms_codec::message::Content::Octets(_) => panic!("no multipart"),
    }
}

/// Kind, offset, field.
pub(crate) type Forgiven = (DeviationKind, usize, Option<&'static str>);

/// What strict decoding makes of octets that lenient decoding reads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Strict {
    /// It reads the same.
    Accepts,
    /// It refuses the first thing that lenient decoding forgave.
    Refuses,
    /// It refuses with this error, which is more exact than the name of the deviation.
    Fails(DecodeErrorKind, usize, Option<&'static str>),
}

/// Compares what both modes make of `octets` with what they should.
pub(crate) fn check(name: &str, octets: &Bytes, value: &Pdu, deviations: &[Forgiven], strict: Strict) {
    let decoded = mm1::decode(octets).unwrap_or_else(|error| panic!("{name}: {error}"));
    let forgiven: Vec<Forgiven> = decoded.deviations.iter().map(|it| (it.kind, it.offset, it.field)).collect();
    assert_eq!(forgiven, deviations, "{name}");
    assert_eq!(decoded.value, *value, "{name}");

    let refused = match (strict, deviations) {
        (Strict::Accepts, []) => None,
        (Strict::Refuses, [(kind, offset, field), ..]) => Some((DecodeErrorKind::Deviation(*kind), *offset, *field)),
        (Strict::Fails(kind, offset, field), [_, ..]) => Some((kind, offset, field)),
        _ => panic!("{name}: strict decoding refuses what lenient decoding forgives, and nothing else"),
    };
    match (mm1::decode_with(octets, &Options::strict()), refused) {
        (Ok(decoded), None) => {
            assert_eq!(decoded.value, *value, "{name}");
            assert_eq!(decoded.deviations, [], "{name}");
        }
        (Err(error), Some(refused)) => assert_eq!((error.kind, error.offset, error.field), refused, "{name}"),
        (decoded, refused) => panic!("{name}: {decoded:?} instead of {refused:?}"),
    }
}
