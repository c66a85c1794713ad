//! Fields by their number, for programs that do not know the PDU or the field when they are compiled.

use super::code_point::{MessageType, Version};
use super::field::{Extra, FieldCode};
use super::pdu::Pdu;
use super::value::{Counted, ElementDescriptor, MboxSize, MmFlag, OneOctet, Slot, SlotMut};
use super::{ResponseStatus, value};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::{
    Address, MessageClass, Originator, Part, PreviouslySentBy, PreviouslySentDate, Str, Text, Time, Timestamp,
};
use crate::shown::Shown;
use crate::table::{Slot as _, SlotMut as _, Values};
use alloc::vec::Vec;

/// A value of any field, as [`Pdu::value`] returns it and [`Pdu::put`] takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldValue<'a> {
    /// An enumerated value as its octet on the wire: a priority, a status, the number of a field.
    Token(u8),
    /// Yes or no.
    Flag(bool),
    /// A version of MMS.
    Version(Version),
    /// A size or a count.
    Number(u64),
    /// An identifier, a URI, or a message class without number.
    Str(&'a Str),
    /// Text for people.
    Text(&'a Text),
    /// An address.
    Address(&'a Address),
    /// `From` is to be inserted by the relay/server.
    InsertAddress,
    /// A point of time.
    Timestamp(Timestamp),
    /// A point or a span of time.
    Time(Time),
    /// Who sent the message before.
    PreviouslySentBy(&'a PreviouslySentBy),
    /// When the message was sent before.
    PreviouslySentDate(&'a PreviouslySentDate),
    /// A keyword of a stored message.
    MmFlag(&'a MmFlag),
    /// A size or a limit of the mailbox.
    MboxSize(MboxSize),
    /// A piece of a message.
    ElementDescriptor(&'a ElementDescriptor),
    /// The location of a message in a delete confirmation.
    CountedStr(&'a Counted<Str>),
    /// The status of a message in a delete confirmation: status count, and the octet of the status.
    CountedToken(Option<u32>, u8),
    /// The explanation of a status in a delete confirmation.
    CountedText(&'a Counted<Text>),
    /// The body: its content type is the value of the field.
    Body(&'a Part),
}

/// A type of values that [`FieldValue`] can be: both directions in one place.
pub(super) trait AsFieldValue: Sized {
    /// `None` for a value that MM1 does not have.
    fn as_field_value(&self) -> Option<FieldValue<'_>>;

    /// `None` for a value of another type, and for one that the type does not have.
    fn from_field_value(value: FieldValue<'_>) -> Option<Self>;
}

/// Declares types that are one variant of [`FieldValue`].
macro_rules! field_values {
    ($($type:ty: $pattern:pat => $from:expr, |$this:ident| $to:expr;)+) => {$(
        impl AsFieldValue for $type {
            fn as_field_value(&self) -> Option<FieldValue<'_>> {
                let $this = self;
                Some($to)
            }

            fn from_field_value(value: FieldValue<'_>) -> Option<Self> {
                match value {
                    $pattern => $from,
                    _ => None,
                }
            }
        }
    )+};
}

field_values! {
    bool: FieldValue::Flag(flag) => Some(flag), |this| FieldValue::Flag(*this);
    Version: FieldValue::Version(version) => Some(version), |this| FieldValue::Version(*this);
    u32: FieldValue::Number(number) => number.try_into().ok(), |this| FieldValue::Number(u64::from(*this));
    u64: FieldValue::Number(number) => Some(number), |this| FieldValue::Number(*this);
    Str: FieldValue::Str(text) => Some(text.clone()), |this| FieldValue::Str(this);
    Text: FieldValue::Text(text) => Some(text.clone()), |this| FieldValue::Text(this);
    Address: FieldValue::Address(address) => Some(address.clone()), |this| FieldValue::Address(this);
    Timestamp: FieldValue::Timestamp(timestamp) => Some(timestamp), |this| FieldValue::Timestamp(*this);
    Time: FieldValue::Time(time) => Some(time), |this| FieldValue::Time(*this);
    PreviouslySentBy: FieldValue::PreviouslySentBy(by) => Some(by.clone()), |this| FieldValue::PreviouslySentBy(this);
    PreviouslySentDate:
        FieldValue::PreviouslySentDate(date) => Some(date.clone()), |this| FieldValue::PreviouslySentDate(this);
    MmFlag: FieldValue::MmFlag(flag) => Some(flag.clone()), |this| FieldValue::MmFlag(this);
    MboxSize: FieldValue::MboxSize(size) => Some(size), |this| FieldValue::MboxSize(*this);
    ElementDescriptor:
        FieldValue::ElementDescriptor(piece) => Some(piece.clone()), |this| FieldValue::ElementDescriptor(this);
    Counted<Str>: FieldValue::CountedStr(text) => Some(text.clone()), |this| FieldValue::CountedStr(this);
    Counted<ResponseStatus>:
        FieldValue::CountedToken(status_count, octet) => {
            Some(Self { status_count, value: ResponseStatus::from_octet(octet) })
        },
        |this| FieldValue::CountedToken(this.status_count, this.value.octet());
    Counted<Text>: FieldValue::CountedText(text) => Some(text.clone()), |this| FieldValue::CountedText(this);
    Part: FieldValue::Body(body) => Some(body.clone()), |this| FieldValue::Body(this);
}

impl<T: OneOctet> AsFieldValue for T {
    fn as_field_value(&self) -> Option<FieldValue<'_>> {
        self.octet_value().map(FieldValue::Token)
    }

    fn from_field_value(value: FieldValue<'_>) -> Option<Self> {
        match value {
            FieldValue::Token(octet) => Self::from_octet_value(octet),
            _ => None,
        }
    }
}

impl AsFieldValue for Originator {
    fn as_field_value(&self) -> Option<FieldValue<'_>> {
        Some(self.address().map_or(FieldValue::InsertAddress, FieldValue::Address))
    }

    fn from_field_value(value: FieldValue<'_>) -> Option<Self> {
        match value {
            FieldValue::InsertAddress => Some(Self::InsertAddress),
            value => Address::from_field_value(value).map(Self::Address),
        }
    }
}

impl AsFieldValue for MessageClass {
    fn as_field_value(&self) -> Option<FieldValue<'_>> {
        match self {
            Self::Other(token) => Some(FieldValue::Str(token)),
            named => named.mm1_octet().map(FieldValue::Token),
        }
    }

    fn from_field_value(value: FieldValue<'_>) -> Option<Self> {
        match value {
            FieldValue::Str(token) => Some(Self::from_name(token)),
            FieldValue::Token(octet) => Self::from_mm1_octet(octet),
            _ => None,
        }
    }
}

fn value_at<V: Values<Item: AsFieldValue>>(values: &V, index: usize) -> Option<FieldValue<'_>> {
    values.at(index)?.as_field_value()
}

fn put<V: Values<Item: AsFieldValue>>(values: &mut V, value: FieldValue<'_>) -> Option<()> {
    values.put(AsFieldValue::from_field_value(value)?);
    Some(())
}

impl Pdu {
    /// A PDU of this type without fields. Its version is the first that has the PDU.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{FieldCode, FieldValue, MessageType, Pdu, encode};
    ///
    /// let mut ack = Pdu::new(MessageType::ACKNOWLEDGE_IND);
    /// ack.put(FieldCode::TRANSACTION_ID, FieldValue::Str(&"T1".into()))?;
    /// ack.put(FieldCode::REPORT_ALLOWED, FieldValue::Flag(false))?;
    /// assert_eq!(encode(&ack)?, b"\x8c\x85\x98T1\0\x8d\x90\x91\x81");
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    #[must_use]
    pub fn new(message_type: MessageType) -> Self {
        Self::like(message_type)
    }

    /// The fields that the PDU may have, in the order they are written, and whether each may be repeated.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{FieldCode, MessageType, Pdu};
    ///
    /// let send = Pdu::new(MessageType::SEND_REQ);
    /// assert!(send.field_codes().any(|field| field == (FieldCode::TO, true)));
    /// assert!(send.field_codes().all(|(code, _)| code != FieldCode::STATUS));
    /// ```
    pub fn field_codes(&self) -> impl Iterator<Item = (FieldCode, bool)> {
        self.table().rows().iter().map(|row| (row.name, row.repeats))
    }

    /// How many values the field has in the struct of the PDU, 0 also for one that the PDU does not
    /// have. [`extra`](Self::extra) has the fields without a place there.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{FieldCode, Pdu, SendReq};
    /// use mms_codec::message::Address;
    ///
    /// let mut send = SendReq::default();
    /// send.message.to.push(Address::phone("+447700900123"));
    /// assert_eq!(Pdu::from(send).count(FieldCode::TO), 1);
    /// ```
    pub fn count(&self, code: FieldCode) -> usize {
        self.slot(code).map_or(0, |slot| slot.count())
    }

    /// The value of the field with this index, if there is one.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::Bytes;
    /// use mms_codec::mm1::{FieldCode, FieldValue, decode};
    ///
    /// let pdu = decode(&Bytes::from_static(b"\x8c\x83\x98T1\0\x8d\x92\x95\x83"))?.value;
    /// assert_eq!(pdu.value(FieldCode::TRANSACTION_ID, 0), Some(FieldValue::Str(&"T1".into())));
    /// assert_eq!(pdu.value(FieldCode::STATUS, 0), Some(FieldValue::Token(0x83)));
    /// assert_eq!(pdu.value(FieldCode::REPORT_ALLOWED, 0), None);
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn value(&self, code: FieldCode, index: usize) -> Option<FieldValue<'_>> {
        value::each_slot!(Slot, self.slot(code)?, values => value_at(values, index))
    }

    /// The value of the field with this index as people read it.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::Bytes;
    /// use mms_codec::mm1::{FieldCode, decode};
    ///
    /// let pdu = decode(&Bytes::from_static(b"\x8c\x83\x98T1\0\x8d\x92\x95\x83"))?.value;
    /// assert_eq!(pdu.shown(FieldCode::STATUS, 0).unwrap().to_string(), "Deferred");
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn shown(&self, code: FieldCode, index: usize) -> Option<Shown> {
        self.slot(code)?.show(index)
    }

    /// Puts a value into the field: in place of the one it has, or behind those of a field that may
    /// be repeated.
    ///
    /// # Errors
    ///
    /// [`NoSuchField`](EncodeErrorKind::NoSuchField) if the PDU does not have the field,
    /// [`NotExpressible`](EncodeErrorKind::NotExpressible) for a value of another type than the field
    /// has, or that it does not allow. Nothing is changed then. What else the encoder refuses is found
    /// when it writes the PDU.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::EncodeErrorKind;
    /// use mms_codec::mm1::{FieldCode, FieldValue, MessageType, Pdu};
    ///
    /// let mut send = Pdu::new(MessageType::SEND_REQ);
    /// send.put(FieldCode::PRIORITY, FieldValue::Token(0x82))?;
    /// let error = send.put(FieldCode::PRIORITY, FieldValue::Token(0x83)).unwrap_err();
    /// assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("X-Mms-Priority")));
    /// assert!(send.put(FieldCode::STATUS, FieldValue::Token(0x81)).is_err());
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn put(&mut self, code: FieldCode, value: FieldValue<'_>) -> Result<(), EncodeError> {
        let put = match self.slot_mut(code) {
            Some(slot) => value::each_slot!(SlotMut, slot, values => put(values, value)),
            None => return Err(in_field(EncodeErrorKind::NoSuchField, code)),
        };
        put.ok_or_else(|| in_field(EncodeErrorKind::NotExpressible, code))
    }

    /// Removes the values of the field. A version that has to be there is left as it is.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{FieldCode, FieldValue, MessageType, Pdu};
    ///
    /// let mut send = Pdu::new(MessageType::SEND_REQ);
    /// send.put(FieldCode::STORE, FieldValue::Flag(true))?;
    /// send.clear(FieldCode::STORE);
    /// assert_eq!(send.count(FieldCode::STORE), 0);
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn clear(&mut self, code: FieldCode) {
        let kept = alloc::vec![false; self.count(code)];
        if let Some(slot) = self.slot_mut(code) {
            slot.keep(&kept);
        }
    }

    /// The fields without a place in the struct of the PDU, to be changed.
    pub fn extra_mut(&mut self) -> &mut Vec<Extra> {
        self.table_mut().extra_mut()
    }

    fn slot(&self, code: FieldCode) -> Option<Slot<'_>> {
        let (place, _) = self.table().rows().find(code)?;
        self.table().slot(place)
    }

    fn slot_mut(&mut self, code: FieldCode) -> Option<SlotMut<'_>> {
        let (place, _) = self.table().rows().find(code)?;
        self.table_mut().slot_mut(place)
    }
}

fn in_field(kind: EncodeErrorKind, code: FieldCode) -> EncodeError {
    code.name().map_or(kind.into(), |name| EncodeError::from(kind).in_field(name))
}
