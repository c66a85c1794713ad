//! MM4, beside libraries of mail, which know none of its header fields, and the bare codec of base64.

use std::hint::black_box;

use encodify::base64;
use lettre::message::header;
use lettre::message::{Attachment, MultiPart};
use mail_builder::MessageBuilder;
use mail_builder::mime::MimePart;
use mail_parser::MessageParser;
use mms_codec::Bytes;
use mms_codec::message::Part;
use mms_codec::mime::{Transfer, TransferOptions};
use mms_codec::mm4;

use crate::Case;
use crate::mail::{encoded, forward, report, text};
use crate::noise::{PAYLOAD, noise};

pub(crate) fn cases() -> Vec<Case> {
    let base64 = encoded(&forward("image/jpeg", noise()), Transfer::SevenBit);
    let symbols = base64::MIME.encode(noise());
    let binary = encoded(&forward("image/jpeg", noise()), Transfer::Binary);
    let delimiter = b"\n--".as_slice();
    let octets = binary.clone();
    let quoted = encoded(&forward("text/plain", text()), Transfer::SevenBitReadable);
    vec![
        decode("MM4 decode, report", 0, report()),
        decode("MM4 decode, 300 kB in base64", PAYLOAD, base64)
            .beside("bare base64", move || base64::MIME.decode(black_box(&symbols)).map_or(0, |octets| octets.len())),
        decode("MM4 decode, 300 kB in binary", PAYLOAD, binary).beside("bare search", move || {
            memchr::memmem::find_iter(black_box(&octets), black_box(delimiter)).count() + PAYLOAD
        }),
        decode("MM4 decode, 300 kB in quoted-printable", text().len(), quoted),
        header_view(),
        encode_report(),
        encode_base64(),
        encode_quoted(),
    ]
}

/// Decoded by all.
fn decode(name: &str, least: usize, octets: Bytes) -> Case {
    let (first, second) = (octets.clone(), octets.clone());
    Case::new(name, least, move || {
        let Ok(decoded) = mm4::decode(black_box(&octets)) else { return 0 };
        let content = match &decoded.value {
            mm4::Pdu::ForwardReq(request) => request.message.body.as_ref().and_then(|body| body.parts().last()),
            _ => None,
        };
        let length = content.and_then(Part::decoded).map_or(0, |octets| octets.len());
        black_box(decoded);
        length
    })
    .beside("mail-parser", move || {
        let Some(mail) = MessageParser::default().parse(black_box(&first)) else { return 0 };
        let length =
            mail.parts().filter(|part| !part.is_multipart()).map(|part| part.decoded().len()).max().unwrap_or(0);
        black_box(mail);
        length
    })
    .beside("mailparse", move || {
        let Ok(mail) = mailparse::parse_mail(black_box(&second)) else { return 0 };
        let contents = mail.parts().map(|part| part.get_body_raw().unwrap_or_default());
        contents.map(|content| black_box(content).len()).max().unwrap_or(0)
    })
}

/// The fields that a router needs.
fn header_view() -> Case {
    let octets = encoded(&forward("image/jpeg", noise()), Transfer::SevenBit);
    let same = octets.clone();
    Case::new("MM4 header fields of 300 kB in base64", 1, move || {
        let view = mm4::HeaderView::new(black_box(&octets));
        view.and_then(|view| Ok((view.transaction_id()?, view.from()?, view.to()?.len()))).map_or(0, |(.., to)| to)
    })
    .beside("mail-parser", move || {
        let mail = MessageParser::default().parse_headers(black_box(&same));
        black_box(mail).map_or(0, |mail| mail.to().iter().count())
    })
}

fn encode_report() -> Case {
    let pdu = mm4::decode(&report()).map(|decoded| decoded.value);
    Case::new("MM4 encode, report", 1, move || {
        pdu.as_ref().map_or(0, |pdu| mm4::encode(black_box(pdu)).map_or(0, |octets| octets.len()))
    })
    .beside("mail-builder", || {
        let mail = MessageBuilder::new()
            .from("system-user@mms.mnc015.mcc234.gprs")
            .to("system-user@mms.mnc012.mcc345.gprs")
            .date(1_709_631_048_i64)
            .message_id("rep-0001@mms.mnc015.mcc234.gprs");
        let fields = FIELDS.iter().fold(mail, |mail, (name, value)| {
            mail.header(*name, mail_builder::headers::raw::Raw::new(black_box(*value)))
        });
        fields.text_body("").write_to_vec().map_or(0, |octets| octets.len())
    })
}

/// The fields of a report that are not those of mail.
const FIELDS: [(&str, &str); 9] = [
    ("X-Mms-3GPP-MMS-Version", "6.10.0"),
    ("X-Mms-Message-Type", "MM4_delivery_report.REQ"),
    ("X-Mms-Transaction-ID", "\"t-0002@mms.mnc015.mcc234.gprs\""),
    ("X-Mms-Message-ID", "\"mm-0001@mms.mnc012.mcc345.gprs\""),
    ("X-Mms-MM-Status-Code", "Retrieved"),
    ("X-Mms-Ack-Request", "Yes"),
    ("X-Mms-Forward-To-Originator-UA", "Yes"),
    ("X-Mms-Status-Text", "retrieved by the recipient"),
    ("X-Mms-Originator-System", "system-user@mms.mnc015.mcc234.gprs"),
];

fn encode_base64() -> Case {
    let pdu = forward("image/jpeg", noise());
    let content = noise();
    let (first, second) = (content.clone(), content.clone());
    Case::new("MM4 encode, 300 kB as base64", PAYLOAD / 3 * 4, move || {
        mm4::encode(black_box(&pdu)).map_or(0, |octets| octets.len())
    })
    .beside("mail-builder", move || {
        let parts = vec![MimePart::new("application/smil", SMIL), MimePart::new("image/jpeg", first.as_ref())];
        let body = MimePart::new("multipart/related", parts);
        let mail = MessageBuilder::new().from(FROM).to(TO).subject(SUBJECT).date(1_709_631_047_i64).body(body);
        mail.write_to_vec().map_or(0, |octets| octets.len())
    })
    .beside("lettre", move || {
        let (Ok(from), Ok(to), Ok(jpeg)) = (FROM.parse(), TO.parse(), header::ContentType::parse("image/jpeg")) else {
            return 0;
        };
        let smil = lettre::message::SinglePart::builder().header(header::ContentType::TEXT_PLAIN).body(SMIL.to_owned());
        let picture = Attachment::new_inline("picture".into()).body(second.to_vec(), jpeg);
        let mail = lettre::Message::builder().from(from).to(to).subject(SUBJECT);
        mail.multipart(MultiPart::related().singlepart(smil).singlepart(picture))
            .map_or(0, |mail| mail.formatted().len())
    })
    .beside("bare base64", move || base64::MIME.encode(black_box(&content)).len())
}

fn encode_quoted() -> Case {
    let pdu = forward("text/plain", text());
    let content = String::from_utf8_lossy(&text()).into_owned();
    let bare = content.clone();
    let options = TransferOptions { transfer: Transfer::SevenBitReadable };
    Case::new("MM4 encode, 300 kB as quoted-printable", content.len(), move || {
        mm4::encode_with(black_box(&pdu), &options).map_or(0, |octets| octets.len())
    })
    .beside("mail-builder", move || {
        let body = MimePart::new("text/plain", content.as_str());
        let mail = MessageBuilder::new().from(FROM).to(TO).subject(SUBJECT).date(1_709_631_047_i64).body(body);
        mail.write_to_vec().map_or(0, |octets| octets.len())
    })
    .beside("bare quoted-printable", move || encodify::qp::BODY.encode(black_box(&bare)).len())
}

const FROM: &str = "+12025550101/TYPE=PLMN@mms.mnc012.mcc345.gprs";
const TO: &str = "+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs";
const SUBJECT: &str = "Greetings from the lake";
const SMIL: &str = "<smil><body/></smil>";
