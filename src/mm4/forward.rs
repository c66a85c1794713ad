//! `MM4_forward.REQ`: a message goes to another operator (TS 23.140, 8.4.1).

use alloc::vec::Vec;

use super::field::FieldName;
use super::value::Mm4;
use crate::message::{Address, ElementSet, Header, Message, Str};
use crate::table::{Rules, table};

/// `MM4_forward.REQ`: the originator's relay/server hands a message over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ForwardReq {
    /// Who hands the mail in: the originator, or a system address.
    pub sender: Option<Address>,
    /// Identifier of the mail (`Message-ID`), which means nothing to MMS.
    #[doc(alias = "Message-ID")]
    pub mail_id: Option<Str>,
    /// The version of TS 23.140 that the sender follows, as it was written.
    #[doc(alias = "X-Mms-3GPP-MMS-Version")]
    pub version: Option<Str>,
    /// Pairs the request with its response; as it was written, with quotation marks.
    pub transaction_id: Option<Str>,
    /// Identifier of the message, given by the originator's system; as it was written.
    pub message_id: Option<Str>,
    /// What all interfaces carry of a message.
    pub message: Message,
    /// Whether the originator's system wants a delivery report, whatever the user wants.
    #[doc(alias = "X-Mms-Originator-R/S-Delivery-Report")]
    pub originator_rs_delivery_report: Option<bool>,
    /// Whether a response is wanted; absent means no.
    pub ack_request: Option<bool>,
    /// Where the response goes.
    pub originator_system: Option<Address>,
    /// Number of times that the message was forwarded.
    pub forward_counter: Option<u32>,
    /// Header fields without a place here, in their order.
    pub extra: Vec<Header>,
}

impl ForwardReq {
    /// The elements of a [`Message`] that this message carries.
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

table! {
    ForwardReq: Mm4 with message rules;
    FieldName::DATE,                          Mandatory, message.date;
    FieldName::FROM,                          Mandatory, message.from;
    FieldName::SENDER,                        Mandatory, sender;
    FieldName::TO,                            Optional,  message.to;
    FieldName::CC,                            Optional,  message.cc;
    FieldName::SUBJECT,                       Optional,  message.subject;
    FieldName::MAIL_ID,                       Mandatory, mail_id;
    FieldName::MMS_VERSION,                   Mandatory, version;
    FieldName::TRANSACTION_ID,                Mandatory, transaction_id;
    FieldName::MESSAGE_ID,                    Mandatory, message_id;
    FieldName::MESSAGE_CLASS,                 Optional,  message.class;
    FieldName::EXPIRY,                        Optional,  message.expiry;
    FieldName::DELIVERY_REPORT,               Optional,  message.delivery_report;
    FieldName::ORIGINATOR_RS_DELIVERY_REPORT, Optional,  originator_rs_delivery_report;
    FieldName::PRIORITY,                      Optional,  message.priority;
    FieldName::SENDER_VISIBILITY,             Optional,  message.sender_visibility;
    FieldName::READ_REPLY,                    Optional,  message.read_report;
    FieldName::ACK_REQUEST,                   Optional,  ack_request;
    FieldName::ORIGINATOR_SYSTEM,             Optional,  originator_system;
    FieldName::FORWARD_COUNTER,               Optional,  forward_counter;
    FieldName::PREVIOUSLY_SENT_BY,            Optional,  message.previously_sent_by;
    FieldName::PREVIOUSLY_SENT_DATE,          Optional,  message.previously_sent_date;
    FieldName::APPLIC_ID,                     Optional,  message.applic_id;
    FieldName::REPLY_APPLIC_ID,               Optional,  message.reply_applic_id;
    FieldName::AUX_APPLIC_INFO,               Optional,  message.aux_applic_info;
    FieldName::CONTENT_CLASS,                 Optional,  message.content_class;
    FieldName::DRM_CONTENT,                   Optional,  message.drm_content;
    FieldName::ADAPTATION_ALLOWED,            Optional,  message.adaptation_allowed;
    FieldName::CONTENT_TYPE,                  Mandatory, message.body;
}

impl Rules<Mm4> for ForwardReq {
    fn missing(&self) -> Option<&'static str> {
        // Recipients are in one of the two, and a response needs a place to go to.
        if self.message.to.is_empty() && self.message.cc.is_empty() {
            Some("To")
        } else if self.ack_request == Some(true) && self.originator_system.is_none() {
            Some("X-Mms-Originator-System")
        } else {
            None
        }
    }
}
