//! PDUs of MM1 that are valid but for one kind of deviation.

use alloc::vec::Vec;

use arbitrary::{Arbitrary, Result, Unstructured};

use super::Ways;
use crate::fuzz::Mm1;
use crate::mm1::{self, FieldCode, FieldName, Fields, Pdu};
use crate::options::DeviationKind;

impl Ways for Mm1 {
    type Edit = Edit;

    const EDITS: &'static [(DeviationKind, &'static [Edit])] = EDITS;
    const PLAIN: &'static [&'static [u8]] = PLAIN;

    fn valid(u: &mut Unstructured<'_>) -> Result<Option<Vec<u8>>> {
        let pdu: Pdu = match u.int_in_range(0..=3)? {
            0 => mm1::SendReq::arbitrary(u)?.into(),
            1 => mm1::NotificationInd::arbitrary(u)?.into(),
            2 => mm1::RetrieveConf::arbitrary(u)?.into(),
            _ => Pdu::arbitrary(u)?,
        };
        Ok(mm1::encode(&pdu).ok())
    }

    fn edited(edits: &[Edit], message: &[u8]) -> Vec<u8> {
        edited(edits, message)
    }
}

/// What makes a valid PDU deviate.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    /// The value of the field becomes this one; a field that is not there is put before the body.
    Value(FieldCode, &'static [u8]),
    /// The field is left out.
    Without(FieldCode),
    /// Octets before the body.
    Insert(&'static [u8]),
    /// The second field and the third are exchanged.
    Exchange,
    /// Content type and body become these.
    Body(&'static [u8]),
    /// The body becomes a multipart in which others are nested, this many levels deep.
    Nested(usize),
}

use DeviationKind as Kind;
use Edit::{Body, Exchange, Insert, Nested, Value, Without};

const DATE: FieldCode = FieldCode::DATE;
const FROM: FieldCode = FieldCode::FROM;
const SUBJECT: FieldCode = FieldCode::SUBJECT;

/// How to make a PDU deviate, in one way or more for each kind.
#[rustfmt::skip]
const EDITS: &[(DeviationKind, &[Edit])] = &[
    // Values.
    (Kind::MissingQuote, &[Value(SUBJECT, b"\x04\xea\xc3\xa9\0")]),
    (Kind::NeedlessQuote, &[Value(SUBJECT, b"\x7fa\0")]),
    (Kind::NeedlessQuote, &[Value(SUBJECT, b"\x7f\0")]),
    (Kind::QuotationMarks, &[Body(b"\xa3\x01\x06\x01\x83\xc0<a>\0x")]),
    (Kind::UnlabelledText, &[Value(SUBJECT, b"\x7f\xc3\xa9\0")]),
    (Kind::UnlabelledText, &[Value(SUBJECT, b"\x7f\xc9t\xe9\0")]),
    (Kind::UndecodableText, &[Value(SUBJECT, b"\x05\xea\x7f\xc9t\0")]),
    (Kind::UnknownCharset, &[Value(SUBJECT, b"\x05\x02\x7f\xffa\0")]),
    (Kind::WrongCharset, &[Value(SUBJECT, b"\x05\x83a\xc3\xa9\0")]),
    (Kind::CutCharacter, &[Value(SUBJECT, b"=?utf-8?B?w4fF?=\0")]),
    (Kind::EncodedWord, &[Value(SUBJECT, b"=?utf-8?q??=\0")]),
    (Kind::EncodedWord, &[Value(SUBJECT, b"=?utf-8?b?YQ?=\0")]),
    (Kind::MissingTerminator, &[Value(SUBJECT, b"\x04\xea\x7f\xc3\xa9")]),
    (Kind::ValueLengthTooLong, &[Value(SUBJECT, b"\x07\xea\x7f\xc3\xa9\0")]),
    (Kind::ValueLengthTooShort, &[Value(SUBJECT, b"\x04\xea\x7f\xc3\xa9\0")]),
    (Kind::MissingValueLength, &[Body(b"\xa3\x01\x03\x01\x83\xae\x81x")]),
    (Kind::MissingToken, &[Value(FROM, b"\x04a@b\0")]),
    (Kind::NonMinimalInteger, &[Value(DATE, b"\x05\0\x65\0\0\0")]),
    (Kind::EmptyInteger, &[Value(DATE, b"\0")]),
    (Kind::WrongIntegerForm, &[Value(DATE, b"\x85")]),
    (Kind::ControlCharacter, &[Value(SUBJECT, b"a\x01b\0")]),
    (Kind::NonTextValue, &[Value(FieldCode::MMS_VERSION, b"1.2\0")]),
    (Kind::EmptyValue, &[Value(FROM, b"\0")]),
    (Kind::UnknownToken, &[Value(FROM, b"\x05\x85a@b\0")]),
    (Kind::InvalidValue, &[Value(FieldCode::TO, b"\x06\x04\x7f\xff\xff\xff\0")]),
    (Kind::AddressSpelling, &[Value(FieldCode::TO, b"ann@example.org,ben@example.org\0")]),
    // Fields.
    (Kind::MissingField, &[Without(FieldCode::TRANSACTION_ID)]),
    (Kind::MissingField, &[Without(FieldCode::MMS_VERSION)]),
    (Kind::DuplicateField, &[Value(SUBJECT, b"a\0"), Insert(b"\x96b\0")]),
    (Kind::UnexpectedField, &[Insert(b"\x95\x81")]),
    (Kind::FieldOrder, &[Exchange]),
    (Kind::FieldConflict, &[Value(FieldCode::EXPIRY, b"\x06\x80\x04\x65\0\0\0")]),
    (Kind::NewerField, &[Value(FieldCode::MMS_VERSION, b"\x90"), Value(FieldCode::CONTENT_CLASS, b"\x80")]),
    (Kind::CodePageShift, &[Insert(b"\x7f\x01")]),
    (Kind::CodePageShift, &[Insert(b"\x01")]),
    (Kind::StrayOctets, &[Insert(b"\0")]),
    (Kind::FieldName, &[Insert(b"X-Mms-Status\0x\0")]),
    // Content types, parts.
    (Kind::NewerEncoding, &[Body(b"\xa3\x01\x01\x01\xe3x")]),
    (Kind::TextualParameters, &[Body(b"text/plain; charset=utf-8\0hi")]),
    (Kind::InvalidContentType, &[Body(b"no type\0hi")]),
    (Kind::InvalidPartHeader, &[Body(b"\xa3\x01\x06\x01\x83\xc0\x03\x01\x02\x03x")]),
    (Kind::WrongPartCount, &[Body(b"\xa3\x05\x01\x01\x83x")]),
    (Kind::Truncated, &[Body(b"\xa3\x01\x01\x09\x83x")]),
    (Kind::TrailingOctets, &[Body(b"\xa3\x01\x01\x01\x83x\0\0\0")]),
    (Kind::NestingTooDeep, &[Nested(12)]),
    (Kind::WrongHeaderLength, &[Body(b"\xa3\x01\x06\x01\x83\x8ea\0x")]),
];

const PLAIN: &[&[u8]] = &[
    b"\x8c\x80\x98T\0\x8d\x92\x89\x01\x81\x97+1/TYPE=PLMN\0\x84\x83hi",
    b"\x8c\x82\x98T\0\x8d\x92\x8a\x80\x8e\x01\x05\x88\x05\x81\x03\x03\xf4\x80\x83http://a/b\0",
];

fn edited(edits: &[Edit], pdu: &[u8]) -> Vec<u8> {
    let mut fields: Vec<(Option<FieldCode>, Vec<u8>)> = Fields::new(pdu)
        .map_while(core::result::Result::ok)
        .map(|field| match field.name {
            FieldName::Code(code) => (Some(code), [&[code.wire()], field.value].concat()),
            FieldName::Text(name) => (None, [name, b"\0", field.value].concat()),
        })
        .collect();
    for edit in edits {
        let is_body = |(code, _): &(Option<FieldCode>, Vec<u8>)| *code == Some(FieldCode::CONTENT_TYPE);
        let body = fields.iter().position(is_body).unwrap_or(fields.len());
        let mut set = |code: FieldCode, value: &[u8]| {
            let octets = [&[code.wire()], value].concat();
            match fields.iter_mut().find(|(other, _)| *other == Some(code)) {
                Some((_, field)) => *field = octets,
                None => fields.insert(body, (Some(code), octets)),
            }
        };
        match edit {
            Value(code, value) => set(*code, value),
            Body(octets) => set(FieldCode::CONTENT_TYPE, octets),
            Nested(levels) => set(FieldCode::CONTENT_TYPE, &[b"\xa3", &*nested(*levels)].concat()),
            Without(code) => fields.retain(|(other, _)| *other != Some(*code)),
            Insert(octets) => fields.insert(body, (None, octets.to_vec())),
            Exchange => {
                if fields.len() > 2 {
                    fields.swap(1, 2);
                }
            }
        }
    }
    fields.into_iter().flat_map(|(_, octets)| octets).collect()
}

/// A multipart of one part, which is another one.
fn nested(levels: usize) -> Vec<u8> {
    (0..levels).fold(Vec::from(*b"\x01\x01\x01\x83x"), |inner, _| {
        // Shorter than 128 octets, so that the length is one octet.
        let length = u8::try_from(inner.len()).unwrap_or(0x7f);
        [&[1, 1, length, 0xa3], &*inner].concat()
    })
}
