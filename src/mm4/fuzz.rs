//! What has to hold for any octets.

use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

use super::{Pdu, decode, decode_with, detect, encode};
use crate::options::Options;

/// Decodes `data`, encodes what came out, and decodes that again.
///
/// # Panics
///
/// If anything is lost or refused on the way.
pub fn fuzz(data: &[u8]) {
    let octets = Bytes::copy_from_slice(data);
    let decoded = decode(&octets);
    let is_strict = decode_with(&octets, &Options::strict()).is_ok();
    let Ok(decoded) = decoded else {
        assert!(!is_strict);
        return;
    };
    assert!(decoded.deviations.iter().all(|deviation| deviation.offset <= octets.len()));
    assert_eq!(is_strict, decoded.deviations.is_empty());
    assert!(detect(data) || octets.len() > 60_000);
    decoded.value.fields();
    let Ok(encoded) = encode(&decoded.value) else { return };
    let again = again(encoded);
    let encoded = encode(&again.1).map(Bytes::from);
    assert_eq!(encoded, Ok(again.0));
}

fn again(encoded: Vec<u8>) -> (Bytes, Pdu) {
    let encoded = Bytes::from(encoded);
    let decoded = decode(&encoded);
    assert!(decoded.is_ok(), "{decoded:?}");
    let pdu = decoded.map_or_else(|_| Pdu::ForwardRes(super::ForwardRes::default()), |decoded| decoded.value);
    (encoded, pdu)
}

/// [`fuzz`], with each octet of `data` standing for a piece of mail.
///
/// # Panics
///
/// If anything is lost or refused on the way.
pub fn fuzz_text(data: &[u8]) {
    let pieces = data.iter().filter_map(|octet| ALPHABET.get(usize::from(*octet) % ALPHABET.len()).copied());
    let text: String = pieces.collect();
    fuzz(text.as_bytes());
}

/// What [`fuzz_text`] makes `mail` of, as far as its alphabet has the pieces.
#[must_use]
pub fn fuzz_text_seed(mail: &str) -> Vec<u8> {
    let mut seed = Vec::new();
    let mut left = mail;
    while let Some(first) = left.chars().next() {
        let pieces = ALPHABET.iter().zip(0u8..).filter(|(piece, _)| left.starts_with(**piece));
        let longest = pieces.max_by_key(|(piece, _)| piece.len());
        seed.extend(longest.map(|(_, place)| place));
        let taken = longest.map_or(first.len_utf8(), |(piece, _)| piece.len());
        left = left.get(taken..).unwrap_or_default();
    }
    seed
}

const ALPHABET: &[&str] = &[
    "X-Mms-Message-Type: MM4_forward.REQ\r\n",
    "X-Mms-Message-Type: MM4_delivery_report.REQ\r\n",
    "X-Mms-Message-Type: MM4_read_reply_report.RES\n",
    "Date: Tue, 05 Mar 2024 09:30:47 +0000\r\n",
    "From: kim@example.org\r\n",
    "Sender: +12025550101/TYPE=PLMN@mms.example.net\r\n",
    "To: ",
    "Cc: ",
    "Subject: ",
    "Message-ID: <a@b>\r\n",
    "X-Mms-3GPP-MMS-Version: 6.10.0\r\n",
    "X-Mms-Transaction-ID: \"t\"\r\n",
    "X-Mms-Message-ID: \"m\"\r\n",
    "X-Mms-Expiry: ",
    "X-Mms-Previously-sent-by: ",
    "X-Mms-Previously-sent-date-and-time: 1, ",
    "X-Mms-MM-Status-Code: ",
    "X-Mms-Originator-System: ",
    "Content-Type: text/plain; charset=utf-8\r\n",
    "Content-Type: multipart/related; boundary=b; start=\"<s>\"\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "Content-ID: <s>\r\n",
    "Content-Location: ",
    "Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1*=%BC\r\n",
    "\r\n--b\r\n",
    "\r\n--b--\r\n",
    "=?utf-8?Q?=C3=BC?=",
    "=?iso-8859-1?B?/A==?=",
    "+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs",
    "+447700900123/TYPE=PLMN",
    "Kim <kim@example.org>",
    "Group: ",
    "SGVsbG8=",
    "=C3=BC",
    "=\r\n",
    "Retrieved",
    "432000",
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    ", ",
    ";",
    ":",
    "=",
    "?",
    "\"",
    "\\",
    "<",
    ">",
    "(",
    ")",
    "@",
    ".",
    "\0",
    "ü",
    "a",
    "1",
];
