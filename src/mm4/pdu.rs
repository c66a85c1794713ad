//! The messages as one type, and the calls that decode and encode them.

use alloc::vec::Vec;
use core::fmt;

use bytes::Bytes;

use super::codec::{self, MESSAGE_TYPE};
use super::rows::TABLES;
use super::value::Mm4;
use super::version::{fit_to, version_of};
use super::{DeliveryReportReq, DeliveryReportRes, ForwardReq, ForwardRes, ReadReplyReportReq, ReadReplyReportRes};
use crate::chain::Chain;
use crate::change::Change;
use crate::context::{Context, Decoding};
use crate::conversion::{arbitrary, from_variants};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::message::{Message, Part, Str, without_utf8_marks};
use crate::mime::TransferOptions;
use crate::mime::encode::Output;
use crate::mime::header::{RawField, Section};
use crate::options::{Decoded, Deviation, DeviationKind, Options};
use crate::shown::{FieldForm, ShownField};
use crate::table::{Rows, Table};

/// Decodes a message leniently.
///
/// Content in 7bit, 8bit and binary is shared with `octets`; base64 and quoted-printable are undone.
///
/// # Errors
///
/// Fails for mail that is not an MM4 message, and beyond the default [`Limits`](crate::Limits).
///
/// # Examples
///
/// ```
/// use mms_codec::message::RequestStatus;
/// use mms_codec::{Bytes, DeviationKind, mm4};
///
/// // Header names in other letters, no blank after the colon, a status in other letters.
/// let mail = b"X-MMS-Message-Type:mm4_forward.res\r\nx-mms-transaction-id: <t-1>\r\n\
///              X-Mms-Request-Status-Code: OK\r\n\r\n";
/// let decoded = mm4::decode(&Bytes::from_static(mail))?;
/// let mm4::Pdu::ForwardRes(res) = decoded.value else { panic!("another message") };
/// assert_eq!(res.status, Some(RequestStatus::Ok));
/// assert!(mm4::same_id(res.transaction_id.as_deref().unwrap(), "\"t-1\""));
/// assert!(decoded.deviations.iter().all(|deviation| deviation.kind == DeviationKind::MissingField));
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode(octets: &Bytes) -> Result<Decoded<Pdu>, DecodeError> {
    decode_with(octets, &Options::lenient())
}

/// Decodes a message with options.
///
/// # Errors
///
/// Fails for mail that is not an MM4 message, beyond the limits, and in strict mode for everything that
/// the specification does not allow.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, Options, mm4};
///
/// let mail = Bytes::from_static(b"X-Mms-Message-Type: MM4_forward.RES\r\nDate: soon\r\n\r\n");
/// let error = mm4::decode_with(&mail, &Options::strict()).unwrap_err();
/// assert_eq!((error.kind, error.offset, error.field), (DecodeErrorKind::InvalidText, 43, Some("Date")));
/// ```
pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Pdu>, DecodeError> {
    let mut context = Context::new(options, octets.len());
    let (section, field, name) = start(octets, &mut context)?;
    // Filled in the place where it is returned: it is large.
    let not_a_message = context.error(DecodeErrorKind::NotAMessage, field.value_offset);
    let mut result = Pdu::empty(name).map(|pdu| Decoded::new(pdu, Vec::new())).ok_or(not_a_message);
    if let Ok(decoded) = &mut result {
        match codec::read(decoded.value.table_mut(), octets, section, Some(field.offset), &mut context) {
            Ok(()) => decoded.deviations = context.into_deviations(),
            Err(error) => result = Err(error),
        }
    }
    result
}

/// The header section, the field that says which message it is, and the name of the message.
pub(super) fn start<'a>(
    octets: &'a [u8],
    context: &mut Context,
) -> Result<(Section<'a>, RawField<'a>, &'static str), DecodeError> {
    let section = section(octets, octets.len());
    if section.offset() > 0 {
        context.forgive(DeviationKind::StrayOctets, 0)?;
    }
    let Some(field) = section.find(MESSAGE_TYPE, &mut Context::new(&Options::lenient(), octets.len()))? else {
        return Err(context.error(DecodeErrorKind::NotAMessage, 0).in_field(MESSAGE_TYPE));
    };
    let name = context.in_field(MESSAGE_TYPE, |context| known_name(&field, context))?;
    Ok((section, field, name))
}

/// Decodes an Internet mail, and gives its message type too. Types of MM1 are as good as those of MM4,
/// be they words or numbers, and so is none.
pub(crate) fn decode_mail(
    mail: &mut dyn Table<Mm4>,
    octets: &Bytes,
    options: &Options,
) -> Result<(Vec<Deviation>, Option<Str>), DecodeError> {
    let mut context = Context::new(options, octets.len());
    context.addresses = crate::context::Wire::Mail;
    let section = section(octets, octets.len());
    let field = section.find(MESSAGE_TYPE, &mut Context::new(&Options::lenient(), octets.len()))?;
    let message_type = field.as_ref().map(|field| field.text(&mut context)).transpose()?;
    let is_message = message_type.as_deref().is_none_or(|name| {
        let name = name.trim();
        // In the words of MM1, MM4 and the abstract messages, or the octets of MM1, also less 128.
        const WORDS: [&str; 5] =
            ["m-send-req", "m-retrieve-conf", "MM4_forward.REQ", "MM1_submit.REQ", "MM1_retrieve.RES"];
        let is_number = matches!(name, "0" | "4" | "128" | "132");
        is_number || WORDS.iter().any(|known| crate::message::has_same_letters(known, name))
    });
    let offset = field.as_ref().map(|field| field.offset);
    if !is_message {
        let offset = offset.unwrap_or_default();
        return Err(context.error(DecodeErrorKind::NotAMessage, offset).in_field(MESSAGE_TYPE));
    }
    let message_type = message_type.as_deref().map(Into::into);
    codec::read(mail, octets, section, offset, &mut context)?;
    Ok((context.into_deviations(), message_type))
}

/// Encodes an Internet mail, which has no message type.
pub(crate) fn encode_mail(mail: &dyn Table<Mm4>, options: &TransferOptions) -> Result<Vec<u8>, EncodeError> {
    let mut out = Output::default();
    codec::write(None, mail, *options, &mut out)?;
    Ok(out.into_chain()?.into_vec())
}

/// The name of the message in the words of the specification.
fn known_name(field: &RawField<'_>, context: &mut Context) -> Result<&'static str, DecodeError> {
    let name = field.text(context)?;
    let mut names = Pdu::NAMES.iter().copied();
    if let Some(known) = names.clone().find(|known| known.eq_ignore_ascii_case(&name)) {
        return Ok(known);
    }
    let known = names.find(|known| same_name(known, &name));
    let known = known.ok_or_else(|| context.error(DecodeErrorKind::NotAMessage, field.value_offset))?;
    context.forgive(DeviationKind::UnknownToken, field.value_offset)?;
    Ok(known)
}

/// Whether this looks like an MM4 message: a header section whose `X-Mms-Message-Type` begins with
/// `MM4`. Cheaper than decoding, and looks no further than 64 kB.
///
/// # Examples
///
/// ```
/// use mms_codec::mm4;
///
/// assert!(mm4::detect(b"To: +44\r\nX-Mms-Message-type:MM4_forward.REQ\r\n\r\n"));
/// assert!(!mm4::detect(b"To: +44\r\n\r\nX-Mms-Message-Type: MM4_forward.REQ\r\n"));
/// assert!(!mm4::detect(b"\x8c\x80"));
/// ```
#[must_use]
pub fn detect(octets: &[u8]) -> bool {
    const FARTHEST: usize = 65_536;
    let mut context = Context::new(&Options::lenient(), octets.len());
    let Ok(Some(field)) = section(octets, FARTHEST).find(MESSAGE_TYPE, &mut context) else { return false };
    let name = field.text(&mut context).unwrap_or_default();
    name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("MM4"))
}

/// The header section, behind the byte order mark that tools write before it.
fn section(octets: &[u8], end: usize) -> Section<'_> {
    let start = octets.len() - without_utf8_marks(octets).len();
    Section::new(octets, start, end, true)
}

/// Encodes a message into one buffer, with `7bit` and `base64` as transfer encodings. How much memory
/// that takes at most for what was decoded is said with [`Limits`](crate::Limits).
///
/// # Errors
///
/// Fails if a mandatory field has no value, if a value cannot be expressed on MM4 or the message has no field
/// for it, and for control characters in header fields. The error names the field.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Message, Part};
/// use mms_codec::{EncodeErrorKind, mm4};
///
/// let number = Address::phone("+447700900123");
/// let mut message = Message::default();
/// message.from = Some(mm4::address_at(&"+12025550101/TYPE=PLMN".into(), "mms.mnc012.mcc345.gprs").into());
/// message.to.push(number.clone());
/// message.body = Some(Part::new(ContentType::new("text/plain"), "hello\r\n"));
/// let posting = mm4::Posting::new("system-user@mms.mnc012.mcc345.gprs", "1@mms.mnc012.mcc345.gprs", 1_709_631_047);
/// let mut request = mm4::ForwardReq::new("t-1", "mm-1", message, posting);
///
/// // Mail has no addresses without a domain.
/// let error = mm4::encode(&request).unwrap_err();
/// assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("To")));
///
/// request.message.to = vec![mm4::address_at(&number, "mms.mnc015.mcc234.gprs")];
/// let mail = mm4::encode(&request)?;
/// assert!(mail.starts_with(b"X-Mms-Message-Type: MM4_forward.REQ\r\nDate: Tue, 05 Mar 2024 09:30:47 +0000\r\n"));
/// assert!(mail.ends_with(b"Content-Type: text/plain\r\nContent-Transfer-Encoding: 7bit\r\n\r\nhello\r\n"));
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
pub fn encode(pdu: &impl AsPdu) -> Result<Vec<u8>, EncodeError> {
    encode_with(pdu, &TransferOptions::default())
}

/// Encodes a message into one buffer, with options.
///
/// # Errors
///
/// As [`encode`].
pub fn encode_with(pdu: &impl AsPdu, options: &TransferOptions) -> Result<Vec<u8>, EncodeError> {
    Ok(encode_chain(pdu, options)?.into_vec())
}

/// Encodes a message into a chain of buffers: content in `7bit`, `8bit` and `binary` is shared, not
/// copied.
///
/// # Errors
///
/// As [`encode`].
pub fn encode_chain(pdu: &impl AsPdu, options: &TransferOptions) -> Result<Chain, EncodeError> {
    let mut out = Output::default();
    out.text.reserve(1_024);
    let PduRef { name, table } = pdu.as_pdu();
    codec::write(Some(name), table, *options, &mut out)?;
    out.into_chain()
}

/// What can be encoded: a [`Pdu`], and each of the structs that it may be.
pub trait AsPdu {
    /// The message by reference.
    fn as_pdu(&self) -> PduRef<'_>;
}

/// A message of any kind, by reference.
#[derive(Clone, Copy)]
pub struct PduRef<'a> {
    name: &'static str,
    table: &'a dyn Table<Mm4>,
}

impl fmt::Debug for PduRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PduRef").field(&self.name).finish()
    }
}

/// Lists the messages, and makes of the list what has to be said of each.
macro_rules! pdus {
    ($($pdu:ident = $name:literal;)+) => {
        /// A message of MM4.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[expect(clippy::large_enum_variant, reason = "short-lived: taken apart where it was decoded")]
        #[non_exhaustive]
        pub enum Pdu { $(#[doc = concat!("[`", stringify!($pdu), "`](super::", stringify!($pdu), ")")] $pdu($pdu),)+ }

        impl Pdu {
            /// The names of all messages, as `X-Mms-Message-Type` has them.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// Removes what a peer that follows this version of TS 23.140 does not know, and returns the list of
            /// it. A message of a newer version says `version` from then on.
            ///
            /// `None`, and nothing is changed, if that is not a version of TS 23.140 that has MM4.
            ///
            /// # Examples
            ///
            /// ```
            /// use mms_codec::message::ContentClass;
            /// use mms_codec::mm4::{ForwardReq, Pdu};
            ///
            /// let mut request = ForwardReq::default();
            /// request.version = Some("6.10.0".into());
            /// request.message.content_class = Some(ContentClass::Text);
            /// let mut pdu = Pdu::from(request);
            /// let changes: Vec<_> = pdu.fit_to("5.5.0").unwrap().iter().map(ToString::to_string).collect();
            /// assert_eq!(changes, ["X-Mms-Content-Class removed"]);
            /// assert_eq!(pdu.version().as_deref(), Some("5.5.0"));
            /// ```
            pub fn fit_to(&mut self, version: &str) -> Option<Vec<Change>> {
                fit_to(self.table_mut(), version)
            }

            /// The version of TS 23.140 that the message says it follows.
            pub fn version(&self) -> Option<Str> {
                version_of(self.table()).cloned()
            }

            /// The name of the message, such as `MM4_forward.REQ`.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$pdu(_) => $name,)+ }
            }

            /// The fields that have a value, as people and scripts read them, and those that are
            /// kept in `extra`.
            pub fn fields(&self) -> Vec<ShownField> {
                codec::show(self.table())
            }

            /// The fields that messages may have, one message after the other.
            pub fn forms() -> impl Iterator<Item = FieldForm> {
                let messages = Self::NAMES.iter().filter_map(|name| Self::empty(name));
                messages.flat_map(|message| crate::table::forms(message.table()).collect::<Vec<_>>())
            }

            /// The shared message, if there is one.
            pub fn message(&self) -> Option<&Message> {
                self.table().message()
            }

            /// The same, to be changed.
            pub fn message_mut(&mut self) -> Option<&mut Message> {
                self.table_mut().message_mut()
            }

            /// The body, if there is one. Only a forward request has a meaningful one.
            pub fn body(&self) -> Option<&Part> {
                self.table().body()
            }

            /// The message with this name, without any field.
            #[inline(always)]
            fn empty(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$pdu($pdu::default())),)+ _ => None }
            }

            /// The rows of the message with this name.
            pub(super) fn rows_of(name: &str) -> Option<&'static Rows<Mm4>> {
                match name { $($name => Some($pdu::ROWS),)+ _ => None }
            }

            pub(super) fn table(&self) -> &dyn Table<Mm4> {
                match self { $(Self::$pdu(pdu) => pdu,)+ }
            }

            pub(super) fn table_mut(&mut self) -> &mut dyn Table<Mm4> {
                match self { $(Self::$pdu(pdu) => pdu,)+ }
            }

            /// An arbitrary message of the kind at this place among the [names](Self::NAMES).
            #[cfg(feature = "arbitrary")]
            pub(super) fn arbitrary_of(
                place: usize,
                u: &mut arbitrary::Unstructured<'_>,
            ) -> arbitrary::Result<Self> {
                $(if Self::NAMES.get(place) == Some(&$name) {
                    return super::arbitrary_impls::pdu(u).map(Self::$pdu);
                })+
                Err(arbitrary::Error::IncorrectFormat)
            }
        }

        impl AsPdu for Pdu {
            fn as_pdu(&self) -> PduRef<'_> {
                PduRef { name: self.name(), table: self.table() }
            }
        }

        // One table a message.
        const _: () = assert!([$($name),+].len() == TABLES.len());

        $(impl $pdu {
            /// Removes what a peer of an older version of TS 23.140 does not know, as [`Pdu::fit_to`] does.
            pub fn fit_to(&mut self, version: &str) -> Option<Vec<Change>> {
                fit_to(self, version)
            }
        })+

        $(impl AsPdu for $pdu {
            fn as_pdu(&self) -> PduRef<'_> {
                PduRef { name: $name, table: self }
            }
        })+

        from_variants! { Pdu: $($pdu($pdu)),+ }

        $(#[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $pdu {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                super::arbitrary_impls::pdu(u)
            }
        })+
    };
}

pdus! {
    ForwardReq = "MM4_forward.REQ";
    ForwardRes = "MM4_forward.RES";
    DeliveryReportReq = "MM4_delivery_report.REQ";
    DeliveryReportRes = "MM4_delivery_report.RES";
    ReadReplyReportReq = "MM4_read_reply_report.REQ";
    ReadReplyReportRes = "MM4_read_reply_report.RES";
}

arbitrary!(Pdu, |u| {
    let last = Self::NAMES.len() - 1;
    let place = u.int_in_range(0..=last)?;
    Self::arbitrary_of(place, u)
});

/// Letters and separators differ in the field.
fn same_name(a: &str, b: &str) -> bool {
    let separated = |octet: u8| if octet == b'.' { b'_' } else { octet.to_ascii_lowercase() };
    a.bytes().map(separated).eq(b.bytes().map(separated))
}
