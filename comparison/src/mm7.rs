//! MM7, beside libraries of XML, which know none of its elements, and of mail for its attachments.

use std::hint::black_box;

use mail_parser::MessageParser;
use mms_codec::Bytes;
use mms_codec::mm7::{self, Encoded, Pdu};
use quick_xml::NsReader;
use quick_xml::events::Event;

use crate::Case;
use crate::envelope::{BOUNDARY, CONTENT_TYPE, binary, compact, in_base64, nested};
use crate::noise::PAYLOAD;

pub(crate) fn cases() -> Vec<Case> {
    vec![
        envelope(),
        attached("MM7 decode, 300 kB in binary", binary()),
        attached("MM7 decode, 300 kB in binary, nested", nested()),
        attached("MM7 decode, 300 kB in base64", in_base64()),
        peek(),
        encode("MM7 encode to a chain, 300 kB", |encoded| encoded.chain.len()),
        encode("MM7 encode to one buffer, 300 kB", |encoded| encoded.body().len()),
    ]
}

/// The least number of events of the envelope.
const EVENTS: usize = 70;

fn envelope() -> Case {
    let xml = compact();
    let (first, second) = (xml.clone(), xml.clone());
    let octets = Bytes::from(xml);
    Case::new("MM7 decode, envelope", EVENTS, move || {
        black_box(mm7::decode_envelope(black_box(&octets))).map_or(0, |_| EVENTS)
    })
    .beside("quick-xml with namespaces", move || {
        let mut reader = NsReader::from_str(black_box(&first));
        let mut count = 0;
        while let Ok((namespace, event)) = reader.read_resolved_event() {
            if matches!(event, Event::Eof) {
                return count;
            }
            black_box((&namespace, &event));
            count += 1;
        }
        0
    })
    .beside("roxmltree", move || {
        black_box(roxmltree::Document::parse(black_box(&second))).map_or(0, |tree| tree.descendants().count())
    })
}

fn attached(name: &str, body: Bytes) -> Case {
    let mail = [format!("Content-Type: {CONTENT_TYPE}\r\n\r\n").as_bytes(), &body].concat();
    let octets = body.clone();
    let delimiter = format!("\n--{BOUNDARY}");
    Case::new(name, PAYLOAD, move || {
        let Ok(decoded) = mm7::decode(CONTENT_TYPE, black_box(&body)) else { return 0 };
        let Pdu::SubmitReq(submit) = &decoded.value.pdu else { return 0 };
        let Some(body) = &submit.message.body else { return 0 };
        let picture = body.parts().last().unwrap_or(body);
        let length = picture.decoded().map_or(0, |octets| octets.len());
        black_box(decoded);
        length
    })
    .beside("mail-parser", move || {
        let Some(mail) = MessageParser::default().parse(black_box(&mail)) else { return 0 };
        let length =
            mail.parts().filter(|part| !part.is_multipart()).map(|part| part.decoded().len()).max().unwrap_or(0);
        black_box(mail);
        length
    })
    .beside("bare search", move || {
        memchr::memmem::find_iter(black_box(&octets), black_box(delimiter.as_bytes())).count() + PAYLOAD
    })
}

fn peek() -> Case {
    let body = in_base64();
    Case::new("MM7 routing fields of 300 kB in base64", 1, move || {
        black_box(mm7::peek(CONTENT_TYPE, black_box(&body))).map_or(0, |_| 1)
    })
}

fn encode(name: &str, length: fn(&Encoded) -> usize) -> Case {
    let envelope = mm7::decode(CONTENT_TYPE, &binary()).map(|decoded| decoded.value);
    Case::new(name, PAYLOAD, move || {
        let Ok(envelope) = &envelope else { return 0 };
        mm7::encode(black_box(envelope)).map_or(0, |encoded| length(&encoded))
    })
}
