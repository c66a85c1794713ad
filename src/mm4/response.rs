//! `MM4_forward.RES`, `MM4_delivery_report.RES` and `MM4_read_reply_report.RES` (TS 23.140, 8.4):
//! a system reports whether it accepted what another one handed over.

use alloc::vec::Vec;

use super::VERSION;
use super::field::FieldName;
use super::posting::Posting;
use super::value::Mm4;
use crate::message::{Address, Header, Part, RequestStatus, Str, Text, Timestamp};
use crate::table::table;

/// Declares the responses, which have the same fields: whether `X-Mms-Message-ID` has to be
/// there, and the one field that a single response has beside them.
macro_rules! responses {
    ($($(#[$doc:meta])+ $response:ident, $message_id:ident $(, #[$more_doc:meta] $more:ident = $more_name:ident)?;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub struct $response {
            /// When the mail was sent.
            pub date: Option<Timestamp>,
            /// A system address, if any.
            pub from: Option<Address>,
            /// The system that answers.
            pub sender: Option<Address>,
            /// The system that is answered: `X-Mms-Originator-System` of the request.
            pub to: Vec<Address>,
            /// Identifier of the mail (`Message-ID`), which means nothing to MMS.
            #[doc(alias = "Message-ID")]
            pub mail_id: Option<Str>,
            /// The version of TS 23.140 that the sender follows, as it was written.
            #[doc(alias = "X-Mms-3GPP-MMS-Version")]
            pub version: Option<Str>,
            /// The identifier of the request, to the letter.
            pub transaction_id: Option<Str>,
            /// The identifier of the message, to the letter.
            pub message_id: Option<Str>,
            /// How the request ended.
            #[doc(alias = "X-Mms-Request-Status-Code")]
            pub status: Option<RequestStatus>,
            $(#[$more_doc] pub $more: Vec<Address>,)?
            /// Explanation for people.
            pub status_text: Option<Text>,
            /// Header fields without a place here, in their order.
            pub extra: Vec<Header>,
            /// The body, which has no meaning, if there is one.
            pub body: Option<Part>,
        }

        impl $response {
            /// The response to a request with these identifiers.
            pub(super) fn to(
                system: Option<&Address>,
                transaction_id: Option<&Str>,
                message_id: Option<&Str>,
                status: RequestStatus,
                posting: Posting,
            ) -> Self {
                Self {
                    date: Some(posting.date),
                    from: Some(posting.system.clone()),
                    sender: Some(posting.system),
                    to: system.into_iter().cloned().collect(),
                    mail_id: Some(posting.mail_id),
                    version: Some(Str::from_static(VERSION)),
                    transaction_id: transaction_id.cloned(),
                    message_id: message_id.cloned(),
                    status: Some(status),
                    ..Self::default()
                }
            }
        }

        table! {
            $response: Mm4 with body;
            FieldName::DATE,                       Mandatory, date;
            FieldName::FROM,                       Optional,  from;
            FieldName::SENDER,                     Mandatory, sender;
            FieldName::TO,                         Mandatory, to;
            FieldName::MAIL_ID,                    Mandatory, mail_id;
            FieldName::MMS_VERSION,                Mandatory, version;
            FieldName::TRANSACTION_ID,             Mandatory, transaction_id;
            FieldName::MESSAGE_ID,                 $message_id, message_id;
            FieldName::REQUEST_STATUS_CODE,        Mandatory, status;
            $(FieldName::$more_name,               Optional,  $more;)?
            FieldName::STATUS_TEXT.may_be_empty(), Optional,  status_text;
        }
    )+};
}

responses! {
    /// `MM4_forward.RES`: the recipient's relay/server reports whether it accepted the message.
    ForwardRes, Mandatory,
        #[doc = "The recipients that the status is about."]
        request_recipients = REQUEST_RECIPIENTS;
    /// `MM4_delivery_report.RES`: the originator's relay/server reports whether it accepted the report.
    DeliveryReportRes, Mandatory;
    /// `MM4_read_reply_report.RES`: the originator's relay/server reports whether it accepted the report.
    ReadReplyReportRes, Optional;
}
