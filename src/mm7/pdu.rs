//! The messages of MM7 as one type.

use super::field;
use super::response::{Fault, FaultError, Response};
use super::schema::{Schema, Schemas, SpecVersion};
use super::wire::{Mm7, Slot};
use super::writer::Writer;
use super::{
    CancelReq, DeliverReq, DeliverRsp, DeliveryReportReq, ExtendedCancelReq, ExtendedCancelRsp, ExtendedReplaceReq,
    ExtendedReplaceRsp, ReadReplyReq, ReplaceReq, SubmitReq, SubmitRsp,
};
use crate::conversion::from_variants;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::Message;
use crate::shown::{FieldForm, Shown, ShownField};
use crate::table::{Rows, Table};
use alloc::vec::Vec;

/// Declares the messages, one row a message: variant, struct, name of the element, first schema.
macro_rules! pdus {
    ($($(#[doc = $doc:literal])+ $variant:ident($pdu:ident) = $name:literal, $schemas:expr;)+) => {
        /// A message of MM7.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Pdu {
            $($(#[doc = $doc])+ $variant($pdu),)+
            /// A SOAP fault, mostly with `RSErrorRsp` or `VASPErrorRsp`.
            Fault(Fault),
        }

        impl Pdu {
            /// The names of the elements of all messages but the fault.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// The name of the message element, such as `SubmitReq`. A fault has the
            /// name of the error response in it, else `Fault`.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $name,)+
                    Self::Fault(fault) => fault.error.as_ref().map_or("Fault", FaultError::name),
                }
            }

            /// `MM7Version` of the message.
            pub fn mm7_version(&self) -> Option<&SpecVersion> {
                match self {
                    $(Self::$variant(pdu) => pdu.mm7_version.as_ref(),)+
                    Self::Fault(fault) => fault.error.as_ref().and_then(|error| error.response().mm7_version.as_ref()),
                }
            }

            /// Sets `MM7Version` of the message.
            pub fn set_mm7_version(&mut self, version: Option<SpecVersion>) {
                match self {
                    $(Self::$variant(pdu) => pdu.mm7_version = version,)+
                    Self::Fault(Fault { error: Some(FaultError::RsErrorRsp(response) | FaultError::VaspErrorRsp(response)), .. }) => {
                        response.mm7_version = version;
                    }
                    Self::Fault(_) => {}
                }
            }

            /// What all interfaces carry of a message, if this is or has one.
            pub fn message(&self) -> Option<&Message> {
                self.table().message()
            }

            /// The same, to be changed.
            pub fn message_mut(&mut self) -> Option<&mut Message> {
                self.table_mut().message_mut()
            }

            /// The fields that the message has, in the order of the schema, by element path:
            /// `SenderIdentification.VASPID`, `Content@href`.
            pub fn fields(&self) -> Vec<ShownField> {
                let mut fields = field::shown(self.table());
                if let Self::Fault(Fault { error: Some(error), .. }) = self {
                    fields.extend(field::shown(error.response()));
                }
                fields
            }

            /// The fields that messages may have, one message after the other.
            pub fn forms() -> impl Iterator<Item = FieldForm> {
                let messages = Self::NAMES.iter().filter_map(|name| Self::named(name));
                let messages = messages.chain([Self::Fault(Fault::default())]);
                messages.flat_map(|message| crate::table::forms(message.table()).collect::<Vec<_>>())
            }

            /// Whether the schema has this message.
            pub fn is_in(&self, schema: &Schema) -> bool {
                match self {
                    $(Self::$variant(_) => $schemas.contain(schema),)+
                    Self::Fault(_) => true,
                }
            }

            /// The fields of all messages.
            pub(super) const ROWS: &'static [&'static Rows<Mm7>] = &[$($pdu::ROWS),+];

            /// The message with this name, without fields.
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant($pdu::default())),)+
                    _ => None,
                }
            }

            pub(crate) fn table(&self) -> &dyn Table<Mm7> {
                match self { $(Self::$variant(pdu) => pdu,)+ Self::Fault(fault) => fault }
            }

            pub(crate) fn table_mut(&mut self) -> &mut dyn Table<Mm7> {
                match self { $(Self::$variant(pdu) => pdu,)+ Self::Fault(fault) => fault }
            }

            /// Writes the element of a message that is not a fault.
            pub(crate) fn write(&self, to: &mut Writer, write_extra: bool) -> Result<(), EncodeError> {
                if !self.is_in(&to.schema) {
                    return Err(EncodeError { kind: EncodeErrorKind::NoSuchField, field: Some(self.name()) });
                }
                if matches!(self, Self::Fault(_)) { Ok(()) } else { write_element(self.name(), self.table(), to, write_extra) }
            }

            /// An arbitrary message with this name, all of whose fields `schema` has.
            #[cfg(feature = "arbitrary")]
            pub(crate) fn arbitrary_in(
                name: &str,
                schema: &Schema,
                u: &mut arbitrary::Unstructured<'_>,
            ) -> arbitrary::Result<Self> {
                match name {
                    $($name => field::arbitrary(schema, u).map(Self::$variant),)+
                    _ => {
                        let response: Response = field::arbitrary(schema, u)?;
                        let error = if u.arbitrary()? { FaultError::RsErrorRsp } else { FaultError::VaspErrorRsp };
                        let mut fault = Fault { error: Some(error(response)), ..Fault::default() };
                        fault.say_code();
                        Ok(Self::Fault(fault))
                    }
                }
            }
        }
    };
}

pdus! {
    /// A service provider submits a message.
    SubmitReq(SubmitReq) = "SubmitReq", Schemas::ALL;
    /// The relay/server has taken a message over.
    SubmitRsp(SubmitRsp) = "SubmitRsp", Schemas::ALL;
    /// The relay/server delivers a message to a service provider.
    DeliverReq(DeliverReq) = "DeliverReq", Schemas::ALL;
    /// Whether the service provider has taken a message over.
    DeliverRsp(DeliverRsp) = "DeliverRsp", Schemas::ALL;
    /// A service provider cancels a message.
    CancelReq(CancelReq) = "CancelReq", Schemas::ALL;
    /// Whether a message was taken back.
    CancelRsp(Response) = "CancelRsp", Schemas::ALL;
    /// A service provider replaces a message.
    ReplaceReq(ReplaceReq) = "ReplaceReq", Schemas::ALL;
    /// Whether a message was replaced.
    ReplaceRsp(Response) = "ReplaceRsp", Schemas::ALL;
    /// A service provider takes messages back, on the terminals too.
    ExtendedCancelReq(ExtendedCancelReq) = "extendedCancelReq", EXTENDED;
    /// Whether messages were taken back.
    ExtendedCancelRsp(ExtendedCancelRsp) = "extendedCancelRsp", EXTENDED;
    /// A service provider replaces messages, on the terminals too.
    ExtendedReplaceReq(ExtendedReplaceReq) = "extendedReplaceReq", EXTENDED;
    /// Whether messages were replaced.
    ExtendedReplaceRsp(ExtendedReplaceRsp) = "extendedReplaceRsp", EXTENDED;
    /// What became of a message at one recipient.
    DeliveryReportReq(DeliveryReportReq) = "DeliveryReportReq", Schemas::ALL;
    /// Whether the service provider has taken a delivery report over.
    DeliveryReportRsp(Response) = "DeliveryReportRsp", Schemas::ALL;
    /// Whether one recipient read a message.
    ReadReplyReq(ReadReplyReq) = "ReadReplyReq", Schemas::ALL;
    /// Whether the service provider has taken a read report over.
    ReadReplyRsp(Response) = "ReadReplyRsp", Schemas::ALL;
}

/// A description of schema 1-3 of Release 6 does not name the extended messages.
const EXTENDED: Schemas = Schemas::from(6, 4);

fn write_element(name: &str, pdu: &dyn Table<Mm7>, to: &mut Writer, write_extra: bool) -> Result<(), EncodeError> {
    to.start(name);
    let schema = to.schema.clone();
    to.attribute("xmlns", &schema.uri())?;
    field::write(pdu, to, write_extra)?;
    to.end(name);
    Ok(())
}

impl Pdu {
    /// Writes `Fault`.
    pub(crate) fn write_fault(fault: &Fault, to: &mut Writer, write_extra: bool) -> Result<(), EncodeError> {
        to.start("env:Fault");
        let mut qualified = fault.clone();
        if let Some(code) = &fault.code {
            qualified.code = Some(alloc::format!("env:{code}").into());
            if !crate::xml::name::is_name(code) || code.contains(':') {
                return Err(EncodeError { kind: EncodeErrorKind::InvalidText, field: Some("faultcode") });
            }
        }
        qualified.extra.retain(|extra| extra.parent != "detail");
        field::write(&qualified, to, write_extra)?;
        if fault.error.is_some() || fault.details().next().is_some() {
            to.start("detail");
            if let Some(error) = &fault.error {
                write_element(error.name(), error.response(), to, write_extra)?;
            }
            fault.details().for_each(|detail| to.raw(detail.as_str()));
            to.end("detail");
        }
        to.end("env:Fault");
        Ok(())
    }

    /// The value of `StatusCode`, if this is a response or a fault.
    pub fn status_code(&self) -> Option<super::StatusCode> {
        let table = match self {
            Self::Fault(fault) => fault.error.as_ref()?.response(),
            pdu => pdu.table(),
        };
        status_code(table).copied().flatten()
    }

    /// Whether the message has a status.
    pub(crate) fn is_response(&self) -> bool {
        status_code(self.table()).is_some()
    }
}

fn status_code(table: &dyn Table<Mm7>) -> Option<&Option<super::StatusCode>> {
    (0..table.rows().len()).find_map(|place| match table.slot(place)? {
        Slot::StatusCode(code) => Some(code),
        _ => None,
    })
}

/// The sequence numbers of those who passed a message on, as separate fields.
pub(crate) fn shown_sequences(message: &Message) -> impl Iterator<Item = ShownField> {
    let number = |count: &Option<u32>| count.map(|count| Shown::Number(count.into()));
    let by: Vec<_> = message.previously_sent_by.iter().filter_map(|by| number(&by.count)).collect();
    let dates: Vec<_> = message.previously_sent_date.iter().filter_map(|date| number(&date.count)).collect();
    [("Previouslysentby.UserAgent@sequence", by), ("Previouslysentdateandtime.DateTime@sequence", dates)]
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(name, values)| ShownField { name: name.into(), repeats: true, values })
}

from_variants! {
    Pdu:
    SubmitReq(SubmitReq), SubmitRsp(SubmitRsp), DeliverReq(DeliverReq), DeliverRsp(DeliverRsp), CancelReq(CancelReq),
    ReplaceReq(ReplaceReq), ExtendedCancelReq(ExtendedCancelReq), ExtendedCancelRsp(ExtendedCancelRsp),
    ExtendedReplaceReq(ExtendedReplaceReq), ExtendedReplaceRsp(ExtendedReplaceRsp),
    DeliveryReportReq(DeliveryReportReq), ReadReplyReq(ReadReplyReq), Fault(Fault)
}
