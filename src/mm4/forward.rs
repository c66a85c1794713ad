//! `MM4_forward.REQ`: a message goes to another operator (TS 23.140, 8.4.1).

use alloc::vec::Vec;

use super::release::{REL_5, REL_6};
use super::value::{MMS_VERSION, Mm4, body, id, mail_id, mailboxes, text};
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
    /// How often the message was forwarded.
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
    text("Date"),                                              Mandatory, message.date;
    mailboxes("From"),                                         Mandatory, message.from;
    mailboxes("Sender"),                                       Mandatory, sender;
    mailboxes("To"),                                           Optional,  message.to;
    mailboxes("Cc"),                                           Optional,  message.cc;
    text("Subject").may_be_empty(),                            Optional,  message.subject;
    mail_id("Message-ID"),                                     Mandatory, mail_id;
    MMS_VERSION,                                               Mandatory, version;
    id("X-Mms-Transaction-ID"),                                Mandatory, transaction_id;
    id("X-Mms-Message-ID"),                                    Mandatory, message_id;
    text("X-Mms-Message-Class"),                               Optional,  message.class;
    text("X-Mms-Expiry"),                                      Optional,  message.expiry;
    text("X-Mms-Delivery-Report"),                             Optional,  message.delivery_report;
    text("X-Mms-Originator-R/S-Delivery-Report").since(REL_5), Optional,  originator_rs_delivery_report;
    text("X-Mms-Priority"),                                    Optional,  message.priority;
    text("X-Mms-Sender-Visibility"),                           Optional,  message.sender_visibility;
    text("X-Mms-Read-Reply"),                                  Optional,  message.read_report;
    text("X-Mms-Ack-Request"),                                 Optional,  ack_request;
    mailboxes("X-Mms-Originator-System"),                      Optional,  originator_system;
    text("X-Mms-Forward-Counter"),                             Optional,  forward_counter;
    text("X-Mms-Previously-sent-by"),                          Optional,  message.previously_sent_by;
    text("X-Mms-Previously-sent-date-and-time"),               Optional,  message.previously_sent_date;
    text("X-Mms-Applic-ID").since(REL_6),                      Optional,  message.applic_id;
    text("X-Mms-Reply-Applic-ID").since(REL_6),                Optional,  message.reply_applic_id;
    text("X-Mms-Aux-Applic-Info").since(REL_6),                Optional,  message.aux_applic_info;
    text("X-Mms-Content-Class").since(REL_6),                  Optional,  message.content_class;
    text("X-Mms-Drm-Content").since(REL_6),                    Optional,  message.drm_content;
    text("X-Mms-Adaptation-Allowed").since(REL_6),             Optional,  message.adaptation_allowed;
    body("Content-Type"),                                      Mandatory, message.body;
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
