//! The PDUs as one type, and the calls that decode and encode them.

use alloc::vec::Vec;

use bytes::Bytes;

use super::breach::Rule;
use super::code_point::{MessageType, Version};
use super::decode::{self, read_places};
use super::encode::{self, PduRef};
use super::field::{Extra, FieldCode};
use super::rows::show_field;
use super::rules::Mend;
use super::show::show;
use super::value::Mm1;
use super::version::fit_to;
use super::{
    AcknowledgeInd, CancelConf, CancelReq, DeleteConf, DeleteReq, DeliveryInd, ForwardConf, ForwardReq,
    NotificationInd, NotifyRespInd, ReadOrigInd, ReadRecInd, RetrieveConf, SendConf, SendReq,
};
#[cfg(feature = "mailbox")]
use super::{
    MboxDeleteConf, MboxDeleteReq, MboxDescr, MboxStoreConf, MboxStoreReq, MboxUploadConf, MboxUploadReq, MboxViewConf,
    MboxViewReq,
};
use crate::change::Change;
use crate::conversion::from_variants;
use crate::error::{DecodeError, EncodeError};
use crate::message::{Message, Part, Str};
use crate::options::{Decoded, Options};
use crate::shown::{FieldForm, Shown, ShownField};
use crate::table::{Fill, Table, table};
use crate::wsp::{Chain, Reader, Writer};

/// Decodes a PDU leniently.
///
/// Payloads are shared with `octets`: no part is copied.
///
/// # Errors
///
/// Fails for octets that are not an MM1 PDU, and beyond the default [`Limits`](crate::Limits).
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DeviationKind, mm1};
///
/// // A notification whose subject has UTF-8 without saying so.
/// let octets = b"\x8c\x82\x98T1\0\x8d\x90\x96\xc3\x89t\xc3\xa9\0\x8a\x80\x8e\x01\x40\x88\x03\x81\x01\x3c\x83http://m/1\0";
/// let decoded = mm1::decode(&Bytes::from_static(octets))?;
/// let mm1::Pdu::NotificationInd(notification) = decoded.value else { panic!("another PDU") };
/// assert_eq!(notification.message.subject.unwrap(), "Été");
/// assert_eq!(notification.content_location.as_deref(), Some("http://m/1"));
/// let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
/// assert_eq!(kinds, [DeviationKind::MissingQuote, DeviationKind::UnlabelledText]);
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode(octets: &Bytes) -> Result<Decoded<Pdu>, DecodeError> {
    decode_with(octets, &Options::lenient())
}

/// Decodes a PDU with options.
///
/// # Errors
///
/// Fails for octets that are not an MM1 PDU, beyond the limits, and in strict mode for everything that
/// the specification does not allow.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, Options, mm1};
///
/// let error = mm1::decode_with(&Bytes::from_static(b"\x8c\x85\x8d\x92"), &Options::strict()).unwrap_err();
/// assert_eq!(error.kind, DecodeErrorKind::MissingField);
/// assert_eq!((error.offset, error.field), (4, Some("X-Mms-Transaction-ID")));
/// ```
pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Pdu>, DecodeError> {
    match decode::message_type(octets, options) {
        Ok(message_type) => decode_as(message_type, octets, options),
        Err(error) => Err(error),
    }
}

/// Decodes a PDU of this type. It is large, and filled where it is returned, which the compiler does where nothing else
/// is returned.
#[inline(never)]
fn decode_as(message_type: MessageType, octets: &Bytes, options: &Options) -> Result<Decoded<Pdu>, DecodeError> {
    let mut result = Pdu::empty_in(message_type, |pdu| Ok(Decoded::new(pdu, Vec::new())));
    if let Ok(decoded) = &mut result
        && let Err(error) = fill(decoded, octets, options)
    {
        result = Err(error);
    }
    result
}

fn fill(decoded: &mut Decoded<Pdu>, octets: &Bytes, options: &Options) -> Result<(), DecodeError> {
    let mut from = Reader::new(octets, options);
    from.bind_to_version_1_3();
    let since = decoded.value.since();
    decode::read(decoded.value.fill(), since, &mut from)?;
    decoded.deviations = from.into_deviations();
    Ok(())
}

/// Type of a PDU, as lenient decoding finds it.
pub(crate) fn message_type(octets: &[u8]) -> Option<MessageType> {
    decode::message_type(octets, &Options::lenient()).ok()
}

/// Where each field begins and ends, as lenient decoding reads them; up to the first that is beyond the limits.
pub(crate) fn field_places(octets: &Bytes, mut visit: impl FnMut(core::ops::Range<usize>)) {
    let options = Options::lenient();
    let mut pdu = Pdu::like(message_type(octets).unwrap_or(MessageType::from_octet(0xff)));
    let mut from = Reader::new(octets, &options);
    from.bind_to_version_1_3();
    let since = pdu.since();
    let _ = read_places(pdu.fill(), since, &mut from, &mut visit);
}

/// Encodes a PDU into one buffer.
///
/// That takes less than 8 times the memory of the octets that it gives plus 64 kB, beside the PDU;
/// so do [`encode_chain`] and [`encoded_len`].
///
/// A body that is not a multipart is valid (OMA-TS-MMS_ENC, 7.1) and written as it is, but Android and
/// other phones read a multipart only: put a single part in an
/// `application/vnd.wap.multipart.mixed`, as `relay::to_mm1` does.
///
/// # Errors
///
/// Fails if a mandatory field has no value, if a field contradicts the rules of the PDU (such as
/// `M-Send.req` without a recipient), if a value cannot be expressed on MM1 or the PDU has no field for it, and
/// for control characters in texts. The error names the field, if it is one of the specification.
///
/// # Examples
///
/// ```
/// use mms_codec::{EncodeErrorKind, mm1};
///
/// let mut conf = mm1::SendConf::default();
/// conf.transaction_id = Some("T1".into());
/// let error = mm1::encode(&conf).unwrap_err();
/// assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("X-Mms-Response-Status")));
///
/// conf.response_status = Some(mm1::ResponseStatus::ERROR_SERVICE_DENIED);
/// assert_eq!(mm1::encode(&conf)?, b"\x8c\x81\x98T1\0\x8d\x90\x92\x82");
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
pub fn encode(pdu: &impl AsPdu) -> Result<Vec<u8>, EncodeError> {
    Ok(encode_chain(pdu)?.into_vec())
}

/// Encodes a PDU into a chain of buffers: the payloads of its parts are shared, not copied.
///
/// # Errors
///
/// As [`encode`].
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Originator, Part};
/// use mms_codec::mm1;
///
/// let mut send = mm1::SendReq::default();
/// send.transaction_id = Some("T1".into());
/// send.message.from = Some(Originator::InsertAddress);
/// send.message.to.push(Address::phone("+447700900123"));
/// let picture = Part::new(ContentType::new("image/jpeg"), vec![0; 300_000]);
/// let mixed = ContentType::new("application/vnd.wap.multipart.mixed");
/// send.message.body = Some(Part::multipart(mixed, vec![picture]));
///
/// let chain = mm1::encode_chain(&send)?;
/// assert_eq!(chain.iter().count(), 2);
/// assert_eq!(chain.iter().last().unwrap().len(), 300_000);
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
pub fn encode_chain(pdu: &impl AsPdu) -> Result<Chain, EncodeError> {
    Ok(written(pdu.as_pdu())?.into_chain())
}

/// Number of octets that [`encode`] would return, without encoding.
///
/// # Errors
///
/// As [`encode`].
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, mm1};
///
/// let octets = Bytes::from_static(b"\x8c\x85\x98T1\0\x8d\x92");
/// let pdu = mm1::decode(&octets)?.value;
/// assert_eq!(mm1::encoded_len(&pdu)?, octets.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn encoded_len(pdu: &impl AsPdu) -> Result<usize, EncodeError> {
    Ok(written(pdu.as_pdu())?.len())
}

fn written(pdu: PduRef<'_>) -> Result<Writer, EncodeError> {
    let mut to = Writer::for_message();
    encode::write(pdu, &mut to)?;
    to.checked()
}

/// What can be encoded: a [`Pdu`], and each of the structs that it may be.
pub trait AsPdu {
    /// The PDU by reference.
    fn as_pdu(&self) -> PduRef<'_>;
}

impl AsPdu for UnknownPdu {
    fn as_pdu(&self) -> PduRef<'_> {
        PduRef { message_type: self.message_type, is_known: false, table: self }
    }
}

impl Pdu {
    /// Removes what a peer that follows `version` of MMS does not know, and returns the list of it:
    /// newer fields, attributes and statuses, and what says nothing without them. A newer status
    /// becomes the nearest one that the version has. A PDU of a newer version says `version` from then
    /// on.
    ///
    /// `None`, and nothing is changed, if that version does not know the PDU itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::ContentClass;
    /// use mms_codec::mm1::{CancelReq, Pdu, SendReq, Version};
    ///
    /// let mut send = SendReq::default();
    /// send.version = Version::V1_3;
    /// send.message.content_class = Some(ContentClass::Text);
    /// send.store = Some(true);
    /// let mut pdu = Pdu::from(send);
    /// let changes: Vec<_> = pdu.fit_to(Version::V1_1).unwrap().iter().map(ToString::to_string).collect();
    /// assert_eq!(changes, ["X-Mms-Store removed", "X-Mms-Content-Class removed"]);
    /// assert_eq!(pdu.version(), Some(Version::V1_1));
    ///
    /// assert!(Pdu::from(CancelReq::default()).fit_to(Version::V1_2).is_none());
    /// ```
    pub fn fit_to(&mut self, version: Version) -> Option<Vec<Change>> {
        let since = self.since();
        fit_to(self.mendable(), since, version)
    }

    /// The version that introduced the PDU, if the specification knows it.
    #[inline]
    pub(super) fn since(&self) -> Option<Version> {
        self.message_type().since().filter(|_| self.is_known())
    }
}

impl MessageType {
    /// The conditional rules of the PDU, beside the fields that are mandatory, may be repeated or are
    /// not known to its version.
    #[must_use]
    pub fn rules(self) -> &'static [Rule] {
        Pdu::like(self).mendable().rules()
    }
}

/// A PDU whose type no specification knows: its first fields, and all others as they came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UnknownPdu {
    /// The type.
    pub message_type: MessageType,
    /// Identifier of the transaction.
    pub transaction_id: Option<Str>,
    /// The version of MMS.
    pub version: Option<Version>,
    /// All other fields, in their order.
    pub extra: Vec<Extra>,
}

impl Default for UnknownPdu {
    fn default() -> Self {
        Self { message_type: MessageType::from_octet(0xff), transaction_id: None, version: None, extra: Vec::new() }
    }
}

table! {
    UnknownPdu: Mm1;
    FieldCode::TRANSACTION_ID, Optional, transaction_id;
    FieldCode::MMS_VERSION, Optional, version;
}

impl Mend for UnknownPdu {}

/// Lists the PDU types, and makes of the list what has to be said of each.
macro_rules! pdus {
    ($($pdu:ident = $constant:ident, $name:literal;)+) => {
        /// A PDU of MM1.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Pdu {
            $(#[doc = concat!("`", $name, "`")] $pdu($pdu),)+
            /// A PDU of another type.
            Unknown(UnknownPdu),
        }

        impl Pdu {
            /// The names of all PDUs.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// The name of the PDU, such as `M-Send.req`; `unknown` for one of another type, which
            /// [`message_type`](Self::message_type) gives.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$pdu(_) => $name,)+ Self::Unknown(_) => "unknown" }
            }

            /// The type of the PDU.
            pub const fn message_type(&self) -> MessageType {
                match self { $(Self::$pdu(_) => MessageType::$constant,)+ Self::Unknown(pdu) => pdu.message_type }
            }

            /// The fields with their names and values, in the order they are written. Those without
            /// a place in the struct come last; where they cannot be read they are text, or their
            /// octets in hexadecimal notation such as `0x0102`.
            ///
            /// # Examples
            ///
            /// ```
            /// use mms_codec::{Bytes, mm1};
            ///
            /// let pdu = mm1::decode(&Bytes::from_static(b"\x8c\x85\x98T1\0\x8d\x92"))?.value;
            /// let fields: Vec<_> = pdu.fields().iter().map(|field| format!("{}: {}", field.name, field.values[0])).collect();
            /// assert_eq!(fields, ["X-Mms-Transaction-ID: T1", "X-Mms-MMS-Version: 1.2"]);
            /// # Ok::<(), mms_codec::DecodeError>(())
            /// ```
            pub fn fields(&self) -> Vec<ShownField> {
                show(self)
            }

            /// The fields that PDUs may have, one PDU after the other.
            pub fn forms() -> impl Iterator<Item = FieldForm> {
                [$(MessageType::$constant),+].into_iter().flat_map(|message_type| {
                    crate::table::forms(Self::like(message_type).table()).collect::<Vec<_>>()
                })
            }

            /// The fields without a place in the struct of the PDU, in their order.
            pub fn extra(&self) -> &[Extra] {
                self.table().extra()
            }

            /// The transaction identifier, if the PDU has one.
            pub fn transaction_id(&self) -> Option<Str> {
                match show_field(self.table(), FieldCode::TRANSACTION_ID)? {
                    Shown::Text(text) => Some(text.into()),
                    Shown::Number(_) => None,
                }
            }

            /// The version of MMS, which is optional in `M-Mbox-Descr`.
            pub fn version(&self) -> Option<Version> {
                match self { $(Self::$pdu(pdu) => pdu.version.into(),)+ Self::Unknown(pdu) => pdu.version.into() }
            }

            /// The shared message, if the PDU has one.
            pub fn message(&self) -> Option<&Message> {
                self.table().message()
            }

            /// The same, to be changed.
            pub fn message_mut(&mut self) -> Option<&mut Message> {
                self.table_mut().message_mut()
            }

            /// The body, if the PDU has one.
            pub fn body(&self) -> Option<&Part> {
                self.table().body()
            }

            /// What `wrap` makes of a PDU of this type without fields: in each arm, so that it is built where it stays.
            #[inline(always)]
            fn empty_in<T>(message_type: MessageType, wrap: impl Fn(Self) -> T) -> T {
                match message_type {
                    $(MessageType::$constant => wrap(Self::$pdu($pdu::default())),)+
                    _ => wrap(Self::Unknown(UnknownPdu { message_type, ..UnknownPdu::default() })),
                }
            }

            /// A PDU of this type, without fields.
            #[cold]
            pub(super) fn like(message_type: MessageType) -> Self {
                Self::empty_in(message_type, |pdu| pdu)
            }

            /// Whether the specification knows the PDU.
            const fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }

            pub(super) fn table(&self) -> &dyn Table<Mm1> {
                match self { $(Self::$pdu(pdu) => pdu,)+ Self::Unknown(pdu) => pdu }
            }

            pub(super) fn table_mut(&mut self) -> &mut dyn Table<Mm1> {
                match self { $(Self::$pdu(pdu) => pdu,)+ Self::Unknown(pdu) => pdu }
            }

            pub(super) fn fill(&mut self) -> &mut dyn Fill<Mm1> {
                match self { $(Self::$pdu(pdu) => pdu,)+ Self::Unknown(pdu) => pdu }
            }

            pub(super) fn mendable(&mut self) -> &mut dyn Mend {
                match self { $(Self::$pdu(pdu) => pdu,)+ Self::Unknown(pdu) => pdu }
            }
        }

        $(impl $pdu {
            /// Removes what a peer of an older version of MMS does not know, as [`Pdu::fit_to`] does.
            pub fn fit_to(&mut self, version: Version) -> Option<Vec<Change>> {
                fit_to(self, MessageType::$constant.since(), version)
            }
        })+

        impl AsPdu for Pdu {
            fn as_pdu(&self) -> PduRef<'_> {
                match self { $(Self::$pdu(pdu) => pdu.as_pdu(),)+ Self::Unknown(pdu) => pdu.as_pdu() }
            }
        }

        $(impl AsPdu for $pdu {
            fn as_pdu(&self) -> PduRef<'_> {
                PduRef { message_type: MessageType::$constant, is_known: true, table: self }
            }
        })+

        from_variants! { Pdu: $($pdu($pdu)),+ }

        #[cfg(feature = "arbitrary")]
        mod arbitrary_pdus {
            use super::*;
            use arbitrary::{Arbitrary, Result, Unstructured};

            $(impl<'a> Arbitrary<'a> for $pdu {
                fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
                    $crate::mm1::arbitrary_impls::arbitrary(MessageType::$constant.since(), u)
                }
            })+

            /// Of every known type.
            impl<'a> Arbitrary<'a> for Pdu {
                fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
                    let kinds: &[fn(&mut Unstructured<'a>) -> Result<Self>] = &[$(|u| $pdu::arbitrary(u).map(Self::$pdu)),+];
                    u.choose(kinds)?(u)
                }
            }
        }
    };
}

/// [`pdus!`] of all groups, or without the one of the mailbox.
macro_rules! groups {
    ($before:tt $mailbox:tt $after:tt) => {
        #[cfg(feature = "mailbox")]
        groups! { @list $before $mailbox $after }
        #[cfg(not(feature = "mailbox"))]
        groups! { @list $before {} $after }
    };
    (@list { $($before:tt)* } { $($mailbox:tt)* } { $($after:tt)* }) => {
        pdus! { $($before)* $($mailbox)* $($after)* }
    };
}

groups! {
    {
        SendReq = SEND_REQ, "M-Send.req";
        SendConf = SEND_CONF, "M-Send.conf";
        NotificationInd = NOTIFICATION_IND, "M-Notification.ind";
        NotifyRespInd = NOTIFYRESP_IND, "M-NotifyResp.ind";
        RetrieveConf = RETRIEVE_CONF, "M-Retrieve.conf";
        AcknowledgeInd = ACKNOWLEDGE_IND, "M-Acknowledge.ind";
        DeliveryInd = DELIVERY_IND, "M-Delivery.ind";
        ReadRecInd = READ_REC_IND, "M-Read-Rec.ind";
        ReadOrigInd = READ_ORIG_IND, "M-Read-Orig.ind";
        ForwardReq = FORWARD_REQ, "M-Forward.req";
        ForwardConf = FORWARD_CONF, "M-Forward.conf";
    }
    {
        MboxStoreReq = MBOX_STORE_REQ, "M-Mbox-Store.req";
        MboxStoreConf = MBOX_STORE_CONF, "M-Mbox-Store.conf";
        MboxViewReq = MBOX_VIEW_REQ, "M-Mbox-View.req";
        MboxViewConf = MBOX_VIEW_CONF, "M-Mbox-View.conf";
        MboxUploadReq = MBOX_UPLOAD_REQ, "M-Mbox-Upload.req";
        MboxUploadConf = MBOX_UPLOAD_CONF, "M-Mbox-Upload.conf";
        MboxDeleteReq = MBOX_DELETE_REQ, "M-Mbox-Delete.req";
        MboxDeleteConf = MBOX_DELETE_CONF, "M-Mbox-Delete.conf";
        MboxDescr = MBOX_DESCR, "M-Mbox-Descr";
    }
    {
        DeleteReq = DELETE_REQ, "M-Delete.req";
        DeleteConf = DELETE_CONF, "M-Delete.conf";
        CancelReq = CANCEL_REQ, "M-Cancel.req";
        CancelConf = CANCEL_CONF, "M-Cancel.conf";
    }
}

#[cfg(all(test, not(feature = "mailbox")))]
mod tests {
    use super::*;
    use crate::error::EncodeErrorKind;

    #[test]
    fn a_pdu_of_the_mailbox_is_one_of_an_unknown_type_without_the_feature() {
        let octets = Bytes::from_static(b"\x8c\x8b\x98T1\0\x8d\x92\x83http://m/1\0");
        let decoded = decode_with(&octets, &Options::strict()).unwrap();
        let Pdu::Unknown(pdu) = &decoded.value else { panic!("{:?}", decoded.value) };
        assert_eq!((pdu.message_type, pdu.transaction_id.as_deref()), (MessageType::MBOX_STORE_REQ, Some("T1")));
        let value = Bytes::from_static(b"http://m/1\0");
        assert_eq!(pdu.extra, [Extra::Coded { code: FieldCode::CONTENT_LOCATION, value }]);
        let error = encode(&decoded.value).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("X-Mms-Message-Type")));
    }
}
