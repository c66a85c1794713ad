//! Messages of MM4 for the benches.

use mms_codec::Bytes;
use mms_codec::message::{ContentType, Part};
use mms_codec::mime::{Transfer, TransferOptions};
use mms_codec::mm4::{self, Pdu};

use crate::noise::PAYLOAD;

const REPORT: &str = include_str!("../../tests/vectors/mm4/delivery_report_req.eml");
const REQUEST: &str = include_str!("../../tests/vectors/mm4/forward_req.eml");

pub(crate) fn report() -> Bytes {
    REPORT.replace('\n', "\r\n").into()
}

/// Lines of text with letters beyond ASCII: what 8bit carries.
pub(crate) fn text() -> Bytes {
    "Grüße from the lake, and from everybody else who is here with us today; see you\r\n".repeat(PAYLOAD / 84).into()
}

pub(crate) fn forward(media: &str, payload: Bytes) -> Pdu {
    let Ok(decoded) = mm4::decode(&REQUEST.replace('\n', "\r\n").into()) else { unreachable!() };
    let Pdu::ForwardReq(mut request) = decoded.value else { unreachable!() };
    let smil = Part::new(ContentType::new("application/smil"), "<smil><body/></smil>");
    let related = ContentType::new("multipart/related").with("type", "application/smil");
    request.message.body = Some(Part::multipart(related, vec![smil, Part::new(ContentType::new(media), payload)]));
    request.into()
}

pub(crate) fn encoded(pdu: &Pdu, transfer: Transfer) -> Bytes {
    mm4::encode_with(pdu, &TransferOptions { transfer }).unwrap_or_default().into()
}
