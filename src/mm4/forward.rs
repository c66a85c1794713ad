//! `MM4_forward.REQ`: a message goes to another operator (TS 23.140, 8.4.1).

use alloc::vec::Vec;

use super::codec::{Table, extra_and_body};
use super::value::{MMS_VERSION, Mm4, body, id, mail_id, mailboxes, text};
use crate::message::{Address, ElementSet, Header, Message, Part, Str};
use crate::table::{Field, elements, field};

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
    pub const ELEMENTS: ElementSet = elements(Self::FIELDS);
}

impl Table for ForwardReq {
    const NAME: &'static str = "MM4_forward.REQ";

    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self, Mm4>] = &[
        field!(Mm4, text("Date"),                                Mandatory, message.date),
        field!(Mm4, mailboxes("From"),                           Mandatory, message.from),
        field!(Mm4, mailboxes("Sender"),                         Mandatory, sender),
        field!(Mm4, mailboxes("To"),                             Optional,  message.to),
        field!(Mm4, mailboxes("Cc"),                             Optional,  message.cc),
        field!(Mm4, text("Subject"),                             Optional,  message.subject),
        field!(Mm4, mail_id("Message-ID"),                       Mandatory, mail_id),
        field!(Mm4, MMS_VERSION,                                 Mandatory, version),
        field!(Mm4, id("X-Mms-Transaction-ID"),                  Mandatory, transaction_id),
        field!(Mm4, id("X-Mms-Message-ID"),                      Mandatory, message_id),
        field!(Mm4, text("X-Mms-Message-Class"),                 Optional,  message.class),
        field!(Mm4, text("X-Mms-Expiry"),                        Optional,  message.expiry),
        field!(Mm4, text("X-Mms-Delivery-Report"),               Optional,  message.delivery_report),
        field!(Mm4, text("X-Mms-Originator-R/S-Delivery-Report"), Optional, originator_rs_delivery_report),
        field!(Mm4, text("X-Mms-Priority"),                      Optional,  message.priority),
        field!(Mm4, text("X-Mms-Sender-Visibility"),             Optional,  message.sender_visibility),
        field!(Mm4, text("X-Mms-Read-Reply"),                    Optional,  message.read_report),
        field!(Mm4, text("X-Mms-Ack-Request"),                   Optional,  ack_request),
        field!(Mm4, mailboxes("X-Mms-Originator-System"),        Optional,  originator_system),
        field!(Mm4, text("X-Mms-Forward-Counter"),               Optional,  forward_counter),
        field!(Mm4, text("X-Mms-Previously-sent-by"),            Optional,  message.previously_sent_by),
        field!(Mm4, text("X-Mms-Previously-sent-date-and-time"), Optional,  message.previously_sent_date),
        field!(Mm4, text("X-Mms-Applic-ID"),                     Optional,  message.applic_id),
        field!(Mm4, text("X-Mms-Reply-Applic-ID"),               Optional,  message.reply_applic_id),
        field!(Mm4, text("X-Mms-Aux-Applic-Info"),               Optional,  message.aux_applic_info),
        field!(Mm4, text("X-Mms-Content-Class"),                 Optional,  message.content_class),
        field!(Mm4, text("X-Mms-Drm-Content"),                   Optional,  message.drm_content),
        field!(Mm4, text("X-Mms-Adaptation-Allowed"),            Optional,  message.adaptation_allowed),
        field!(Mm4, body("Content-Type"),                        Mandatory, message.body),
    ];

    extra_and_body!(extra, message.body);

    fn message(&self) -> Option<&Message> {
        Some(&self.message)
    }

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
