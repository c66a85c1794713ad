//! The header fields of MM4: how each is spelt, what its value looks like, and which release introduced it
//! (TS 23.140, 8.4.4).

use super::release::Release;

/// The name of a header field, and what its value looks like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldName {
    /// As the specification spells it.
    pub(super) spelling: &'static str,
    /// The name that some implementations give it.
    pub(super) alias: Option<&'static str>,
    pub(super) form: Form,
    /// Whether it may be empty, as texts for people are: real senders write `Subject:`.
    pub(super) may_be_empty: bool,
    /// The release that introduced it.
    pub(super) since: Release,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// One value a field; encoded words are undone.
    Text,
    /// An identifier: nothing in it is changed. One without a character between its quotation marks or
    /// angle brackets identifies nothing.
    Identifier,
    /// The version of TS 23.140: decimal numbers with dots between them.
    Version,
    /// The identifier of a mail, in angle brackets and with a domain (RFC 5322, 3.6.4).
    MailId,
    /// Mail addresses with commas between them.
    Mailboxes,
    /// Addresses with commas between them, with or without a domain.
    Addresses,
    /// The content type, which represents the body.
    Body,
}

impl Form {
    /// Whether one field has all values.
    pub(super) const fn is_list(self) -> bool {
        matches!(self, Self::Mailboxes | Self::Addresses)
    }
}

const REL_5: Release = Release::REL_5;
const REL_6: Release = Release::REL_6;

/// What the rows of the tables call their fields by.
impl FieldName {
    pub(crate) const ACK_REQUEST: Self = text("X-Mms-Ack-Request");
    pub(crate) const ADAPTATION_ALLOWED: Self = text("X-Mms-Adaptation-Allowed").since(REL_6);
    pub(crate) const APPLIC_ID: Self = text("X-Mms-Applic-ID").since(REL_6);
    pub(crate) const AUX_APPLIC_INFO: Self = text("X-Mms-Aux-Applic-Info").since(REL_6);
    pub(crate) const CC: Self = mailboxes("Cc");
    pub(crate) const CONTENT_CLASS: Self = text("X-Mms-Content-Class").since(REL_6);
    pub(crate) const CONTENT_TYPE: Self = field("Content-Type", Form::Body);
    pub(crate) const DATE: Self = text("Date");
    pub(crate) const DELIVERY_REPORT: Self = text("X-Mms-Delivery-Report");
    /// Of an Internet mail: no message of MM4 has it.
    pub(crate) const DELIVERY_TIME: Self = text("X-Mms-Delivery-Time");
    /// Of an Internet mail: no message of MM4 has it.
    pub(crate) const DISTRIBUTION_INDICATOR: Self = text("X-Mms-Distribution-Indicator");
    pub(crate) const DRM_CONTENT: Self = text("X-Mms-Drm-Content").since(REL_6);
    pub(crate) const EXPIRY: Self = text("X-Mms-Expiry");
    pub(crate) const FORWARD_COUNTER: Self = text("X-Mms-Forward-Counter");
    pub(crate) const FORWARD_TO_ORIGINATOR_UA: Self = text("X-Mms-Forward-To-Originator-UA").since(REL_5);
    pub(crate) const FROM: Self = mailboxes("From");
    pub(crate) const MAIL_ID: Self = field("Message-ID", Form::MailId);
    pub(crate) const MESSAGE_CLASS: Self = text("X-Mms-Message-Class");
    pub(crate) const MESSAGE_ID: Self = id("X-Mms-Message-ID");
    pub(crate) const MM_STATUS_CODE: Self = text("X-Mms-MM-Status-Code").or("X-Mms-Status");
    pub(crate) const MM_STATUS_EXTENSION: Self = text("X-Mms-MM-Status-Extension").since(REL_6);
    /// The version of TS 23.140, which some systems write under the shorter name.
    pub(crate) const MMS_VERSION: Self = field("X-Mms-3GPP-MMS-Version", Form::Version).or("X-Mms-3GPP-Version");
    pub(crate) const ORIGINATOR_RS_DELIVERY_REPORT: Self = text("X-Mms-Originator-R/S-Delivery-Report").since(REL_5);
    pub(crate) const ORIGINATOR_SYSTEM: Self = mailboxes("X-Mms-Originator-System");
    pub(crate) const PREVIOUSLY_SENT_BY: Self = text("X-Mms-Previously-sent-by");
    pub(crate) const PREVIOUSLY_SENT_DATE: Self = text("X-Mms-Previously-sent-date-and-time");
    pub(crate) const PRIORITY: Self = text("X-Mms-Priority");
    pub(crate) const READ_REPLY: Self = text("X-Mms-Read-Reply");
    pub(crate) const READ_STATUS: Self = text("X-Mms-Read-Status");
    pub(crate) const REPLY_APPLIC_ID: Self = text("X-Mms-Reply-Applic-ID").since(REL_6);
    pub(crate) const REQUEST_RECIPIENTS: Self = field("X-Mms-Request-Recipients", Form::Addresses).since(REL_5);
    pub(crate) const REQUEST_STATUS_CODE: Self = text("X-Mms-Request-Status-Code");
    pub(crate) const SENDER: Self = mailboxes("Sender");
    pub(crate) const SENDER_VISIBILITY: Self = text("X-Mms-Sender-Visibility");
    pub(crate) const STATUS_TEXT: Self = text("X-Mms-Status-Text");
    pub(crate) const SUBJECT: Self = text("Subject").may_be_empty();
    pub(crate) const TO: Self = mailboxes("To");
    pub(crate) const TRANSACTION_ID: Self = id("X-Mms-Transaction-ID");

    /// Whether a field is called so, or by the name that some implementations have.
    pub(super) fn is(&self, name: &str) -> bool {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        is(self.spelling) || self.alias.is_some_and(is)
    }

    pub(crate) const fn or(self, alias: &'static str) -> Self {
        Self { alias: Some(alias), ..self }
    }

    const fn since(self, since: Release) -> Self {
        Self { since, ..self }
    }

    pub(crate) const fn may_be_empty(self) -> Self {
        Self { may_be_empty: true, ..self }
    }
}

const fn field(spelling: &'static str, form: Form) -> FieldName {
    FieldName { spelling, alias: None, form, may_be_empty: false, since: Release::REL_4 }
}

const fn text(spelling: &'static str) -> FieldName {
    field(spelling, Form::Text)
}

const fn id(spelling: &'static str) -> FieldName {
    field(spelling, Form::Identifier)
}

const fn mailboxes(spelling: &'static str) -> FieldName {
    field(spelling, Form::Mailboxes)
}
