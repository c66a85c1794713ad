//! Decode after encode is the identity, encode after decode is stable, and nothing panics.

use arbitrary::{Arbitrary, Unstructured};
use mms_codec::fuzz::{Mm4, property};
use mms_codec::message::{Charset, Text};
use mms_codec::mime::{Transfer, TransferOptions};
use mms_codec::mm4::{self, Pdu};
use mms_codec::{Bytes, DeviationKind};
use proptest::prelude::*;

use crate::support::brief::Brief;

/// ASCII needs no charset on MM4: it is not labelled, whatever the text said.
fn unlabelled(mut pdu: Pdu) -> Pdu {
    let unlabel = |text: &mut Option<Text>| {
        let ascii = text.as_ref().and_then(Text::as_str).filter(|text| text.is_ascii()).map(Text::from);
        *text = ascii.or(text.take());
    };
    match &mut pdu {
        Pdu::ForwardReq(request) => unlabel(&mut request.message.subject),
        Pdu::ForwardRes(response) => unlabel(&mut response.status_text),
        Pdu::DeliveryReportReq(report) => unlabel(&mut report.report.status_text),
        Pdu::DeliveryReportRes(response) => unlabel(&mut response.status_text),
        Pdu::ReadReplyReportReq(report) => unlabel(&mut report.report.status_text),
        Pdu::ReadReplyReportRes(response) => unlabel(&mut response.status_text),
        other => panic!("{other:?}"),
    }
    pdu
}

fn pdus() -> impl Strategy<Value = Brief<Pdu>> {
    proptest::collection::vec(any::<u8>(), 2_000..6_000).prop_filter_map("too few octets", |octets| {
        Pdu::arbitrary(&mut Unstructured::new(&octets)).ok().map(unlabelled).map(Brief)
    })
}

/// Pieces of mail, which fit together now and then.
const PIECES: &[&str] = &[
    "X-Mms-Message-Type: MM4_forward.REQ\r\n",
    "X-Mms-Message-Type: MM4_delivery_report.REQ\n",
    "Date: ",
    "To: ",
    "Tue, 05 Mar 2024 09:30:47 +0000\r\n",
    "+447700900123/TYPE=PLMN@mms.example.net",
    ", ",
    "\r\n ",
    "\r\n",
    "\n",
    "\t",
    "Content-Type: multipart/related; boundary=\"b\"; start=\"<s>\"\r\n",
    "--b\r\n",
    "--b--\r\n",
    "--b",
    "\r\n\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "SGVsbG8=",
    "=C3=BC",
    "=?utf-8?Q?=C3=BC?=",
    "=?iso-8859-1?B?4g==?=",
    "\"",
    "<",
    ">",
    "(",
    ":",
    ";",
    "=",
    "\\",
    "name*0*=utf-8''%C3",
    "Subject: ",
    "X-Mms-Expiry: ",
    "432000",
    "X-Mms-Previously-sent-by: ",
    "1, ",
    "\u{fc}",
    "\0",
    "\u{7f}",
    "Group: ",
    "X-Mms-Delivery-Report: Yes\r\n",
    "X-Mms-MM-Status-Code: Retrieved\r\n",
    "X-Mms-Message-ID: \"m\"\r\n",
];

fn mail() -> impl Strategy<Value = Vec<u8>> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..60);
    (pieces, any::<bool>()).prop_map(|(pieces, is_mm4)| {
        let head = if is_mm4 { "X-Mms-Message-Type: MM4_forward.REQ\r\n" } else { "" };
        format!("{head}{}", pieces.concat()).into_bytes()
    })
}

/// What values of fields are made of, and what hides in them.
const VALUES: &[&str] = &[
    "a",
    "Kim",
    " ",
    " ",
    "\t",
    "\r\n ",
    "\"",
    "\\",
    ",",
    ";",
    ":",
    "<",
    ">",
    "(",
    ")",
    "[",
    "]",
    "@",
    "=",
    "*",
    "'",
    "%",
    "/",
    "=?utf-8?q?=C3=BC?=",
    "=?utf-8?q?a=0D=0Ab?=",
    "=?utf-8?q?=00?=",
    "=?utf-8?q?=22a=2C_b=22?=",
    "=?koi8-r?b?9g==?=",
    "=?utf-8?q?=C2=A0=22a=40b=2C?=",
    "=?utf-8?q?=09?=",
    "=?us-ascii?q?a?=",
    "=?utf-8?q?a?=",
    "=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=",
    "=?x?q?a?=",
    "=C3=BC",
    "utf-8''",
    "%0D",
    "%41",
    "%C3%BC",
    "x@y.example",
    " <x@y.example>",
    "name=",
    "; name*=",
    "; name*0*=",
    "; name=",
    "; NAME*1=",
    "+447700900123/TYPE=PLMN@mms.example.net",
    "7255@mms.mnc012.mcc345.gprs",
];

/// A whole message, all of whose fields are as they should be but for one.
fn one_field() -> impl Strategy<Value = Vec<u8>> {
    let fields = &[
        "Subject: ",
        "Cc: ",
        "X-Mms-Applic-ID: ",
        "X-Other: ",
        "Content-Location: ",
        "Content-Disposition: attachment; name=",
        "Content-ID: ",
        "X-Mms-Previously-sent-by: 1, ",
        "X-Mms-Expiry: ",
        "Content-Description: ",
        "Cc: Kim ",
        "Cc: \"",
    ];
    let value = proptest::collection::vec(proptest::sample::select(VALUES), 0..6);
    (proptest::sample::select(&fields[..]), value).prop_map(|(field, value)| {
        let value = value.concat();
        format!(
            "X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-3GPP-MMS-Version: 6.10.0\r\nX-Mms-Transaction-ID: \"t\"\r\n\
             X-Mms-Message-ID: \"m\"\r\nDate: Tue, 05 Mar 2024 09:30:47 +0000\r\nFrom: a@b.example\r\n\
             Sender: s@b.example\r\nTo: k@e.example\r\nMessage-ID: <a@b.example>\r\n{field}{value}\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello\r\n"
        )
        .into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn decode_after_encode_is_the_identity(Brief(pdu) in pdus()) {
        for transfer in [Transfer::SevenBit, Transfer::SevenBitReadable, Transfer::EightBit, Transfer::Binary] {
            let options = TransferOptions { transfer };
            let octets = Bytes::from(mm4::encode_with(&pdu, &options).unwrap());
            let decoded = mm4::decode(&octets).unwrap();
            prop_assert!(decoded.value == pdu, "{}", property::differing(&pdu, &decoded.value));
            prop_assert!(mm4::encode_chain(&pdu, &options).unwrap().to_vec() == octets, "the encoders agree");
            // The words of operators are kept, and remain deviations.
            for deviation in decoded.deviations {
                prop_assert_eq!(deviation.kind, DeviationKind::UnknownToken);
            }
        }
    }

    #[test]
    fn damaged_messages_never_panic(Brief(pdu) in pdus(), cut in any::<prop::sample::Index>(), octet in any::<u8>()) {
        let mut octets = mm4::encode(&pdu).unwrap();
        let at = cut.index(octets.len());
        let damaged = { octets[at] = octet; Bytes::from(octets) };
        property::all::<Mm4>(&damaged);
        property::all::<Mm4>(&damaged.slice(..at));
    }

    #[test]
    fn a_field_of_pieces_is_written_as_it_was_read(octets in one_field()) {
        property::all::<Mm4>(&octets.into());
    }

    #[test]
    fn mail_of_pieces_never_panics_and_encodes_stably(octets in mail()) {
        property::all::<Mm4>(&octets.into());
    }
}

#[test]
#[cfg_attr(not(feature = "charsets"), ignore = "needs the feature charsets")]
fn texts_keep_their_charset() {
    for text in [Text::with_charset("Жук", Charset::KOI8_R), Text::with_charset("中文", Charset::BIG5), Text::from("é")]
    {
        let mut response = mm4::ForwardRes::default();
        response.status_text = Some(text.clone());
        let posting = mm4::Posting::new("a@example.net", "1@example.net", 0);
        response.date = Some(posting.date);
        response.sender = Some(posting.system.clone());
        response.to = vec![posting.system];
        response.mail_id = Some(posting.mail_id);
        response.version = Some(mm4::VERSION.into());
        response.transaction_id = Some("t".into());
        response.message_id = Some("m".into());
        response.status = Some(mms_codec::message::RequestStatus::Ok);
        let octets = mm4::encode(&response).unwrap();
        let Pdu::ForwardRes(decoded) = mm4::decode(&octets.into()).unwrap().value else { panic!() };
        assert_eq!(decoded, response);
    }
}
