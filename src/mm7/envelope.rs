//! The SOAP envelope, with and without attachments (TS 23.140, 8.7).

mod read;

use alloc::vec::Vec;

#[cfg(feature = "arbitrary")]
use bytes::Bytes;

use super::fragment::Fragment;
use super::pdu::Pdu;
use super::schema::Schema;
use crate::conversion::arbitrary;
use crate::message::{Part, Str};

pub(super) use self::read::read;

pub(super) const TRANSACTION_ID: &str = "TransactionID";

/// A message of MM7 with everything around it: the SOAP envelope and the attachments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Envelope {
    /// `TransactionID`, which the answer repeats.
    pub transaction_id: Option<Str>,
    /// The version of the schema: the namespace of the elements.
    pub schema: Schema,
    /// The other entries of the SOAP header.
    pub header: Vec<Fragment>,
    /// The message.
    pub pdu: Pdu,
    /// Attachments that the message does not refer to.
    pub attachments: Vec<Part>,
}

impl Envelope {
    /// A message in the schema that nearly everybody speaks.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm7::{Envelope, Schema, SubmitReq};
    ///
    /// let mut envelope = Envelope::new("vasp-1", SubmitReq::default());
    /// assert_eq!(envelope.schema, Schema::REL_6_MM7_1_4);
    /// envelope.schema = Schema::REL_5_MM7_1_3;
    /// ```
    pub fn new(transaction_id: impl Into<Str>, pdu: impl Into<Pdu>) -> Self {
        Self {
            transaction_id: Some(transaction_id.into()),
            schema: Schema::default(),
            header: Vec::new(),
            pdu: pdu.into(),
            attachments: Vec::new(),
        }
    }

    /// The name of the message element, such as `SubmitReq`.
    pub fn name(&self) -> &'static str {
        self.pdu.name()
    }

    /// The fields as people and scripts read them, by element path: `TransactionID`,
    /// `SenderIdentification.VASPID`, `Content@href`.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::Shown;
    /// use mms_codec::mm7::{Envelope, Response, Pdu, StatusCode};
    ///
    /// let envelope = Envelope::new("t1", Pdu::CancelRsp(Response::new(StatusCode::SUCCESS)));
    /// let fields = envelope.fields();
    /// let code = fields.iter().find(|field| field.name == "Status.StatusCode").unwrap();
    /// assert_eq!(code.values, [Shown::Number(1000)]);
    /// ```
    pub fn fields(&self) -> Vec<crate::ShownField> {
        let transaction_id = self.transaction_id.iter().map(|id| crate::ShownField {
            name: TRANSACTION_ID.into(),
            repeats: false,
            values: alloc::vec![crate::Shown::Text(id.as_str().into())],
        });
        let sequences = self.pdu.message().into_iter().flat_map(super::pdu::shown_sequences);
        transaction_id.chain(self.pdu.fields()).chain(sequences).collect()
    }

    /// The fields that envelopes may have, one message after the other.
    pub fn forms() -> impl Iterator<Item = crate::FieldForm> {
        let transaction_id = crate::FieldForm { name: TRANSACTION_ID, repeats: false, kind: crate::ShownKind::Text };
        core::iter::once(transaction_id).chain(Pdu::forms())
    }

    /// What all interfaces carry of a message, if this is or has one.
    pub fn message(&self) -> Option<&crate::message::Message> {
        self.pdu.message()
    }

    /// The same, to be changed.
    pub fn message_mut(&mut self) -> Option<&mut crate::message::Message> {
        self.pdu.message_mut()
    }

    /// The HTTP status that it travels with as a response: 500 for a fault, else 200 (SOAP 1.1, 6.2).
    pub const fn http_status(&self) -> u16 {
        if matches!(self.pdu, Pdu::Fault(_)) { 500 } else { 200 }
    }
}

// Any message in any schema that has it, as the encoder takes it. Content is a single part, or a
// multipart of such.
arbitrary!(Envelope, |u| {
    use crate::message::ContentType;
    let schema = Schema::arbitrary(u)?;
    let name = u.choose(Pdu::NAMES)?;
    let mut pdu = Pdu::arbitrary_in(if u.ratio(1, 20)? { "Fault" } else { name }, &schema, u)?;
    if !pdu.is_in(&schema) {
        pdu = Pdu::arbitrary_in("SubmitReq", &schema, u)?;
    }
    pdu.set_mm7_version(Some(schema.default_version().into()));
    if let Pdu::SubmitReq(submit) = &mut pdu {
        submit.message.to.push(crate::message::Address::short_code("7255"));
        // The element is there if its attributes are.
        if submit.message.reply_charging_size.is_some() || submit.message.reply_charging_deadline.is_some() {
            submit.message.reply_charging = Some(crate::message::ReplyCharging::Requested);
        }
    }
    let mut part = |id: &str| -> arbitrary::Result<Part> {
        let length = u.int_in_range(0..=200)?;
        let octets = Bytes::copy_from_slice(u.bytes(length.min(u.len()))?);
        let mut part = Part::new(ContentType::new("image/gif").with("name", Str::arbitrary(u)?), octets);
        part.content_id = Some(alloc::format!("<{id}>").into());
        Ok(part)
    };
    let mut body = part("body@mm7")?;
    let (inner, other) = (part("inner")?, part("other@mm7")?);
    body.content_id = None;
    if u.arbitrary()? {
        body = Part::multipart(ContentType::new("multipart/mixed"), alloc::vec![inner, body]);
    }
    let has_content = pdu.table_mut().reference().is_some() && u.arbitrary()?;
    if let Some((href, message)) = pdu.table_mut().reference() {
        if has_content {
            *href = Some("cid:body@mm7".into());
            message.body = Some(body);
        } else if href.is_none() {
            message.adaptation_allowed = None;
        }
    }
    let attachments = if has_content && u.arbitrary()? { alloc::vec![other] } else { Vec::new() };
    Ok(Self { transaction_id: Some(Str::arbitrary(u)?), schema, header: Vec::new(), pdu, attachments })
});
