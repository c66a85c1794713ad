//! The message that answers another one, or reports about it (TS 23.140, 8.4).

use alloc::string::String;

use super::posting::Posting;
use super::{
    DeliveryReportReq, DeliveryReportRes, ForwardReq, ForwardRes, Pdu, ReadReplyReportReq, ReadReplyReportRes, VERSION,
};
use crate::message::{
    Address, AddressKind, DeliveryReport, Message, MmStatus, Originator, ReadReport, ReadStatus, RequestStatus, Str,
    bare_id,
};

/// Whether two identifiers are the same, whatever quotation marks or angle brackets they have.
///
/// # Examples
///
/// ```
/// use mms_codec::mm4;
///
/// assert!(mm4::same_id("\"mm-1@mms.example.net\"", "<mm-1@mms.example.net>"));
/// assert!(!mm4::same_id("mm-1", "MM-1"));
/// ```
#[must_use]
pub fn same_id(a: &str, b: &str) -> bool {
    bare_id(a) == bare_id(b)
}

/// As the specification has it: quoted, unless the caller decided on a form.
pub(crate) fn quoted_id(id: impl Into<Str>) -> Str {
    let id = id.into();
    if bare_id(&id) != id.as_str() {
        return id;
    }
    let mut quoted = String::with_capacity(id.len() + 2);
    quoted.push('"');
    for c in id.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted.into()
}

/// The address that an answer goes to: the first that mail can reach, else the first there is.
fn answer_address(candidates: [Option<&Address>; 3]) -> Option<&Address> {
    let is_mail = |address: &&Address| {
        let has_domain = address.details.as_ref().is_some_and(|details| details.domain.is_some());
        has_domain || matches!(address.kind, AddressKind::Email(_))
    };
    let mut all = candidates.into_iter().flatten();
    all.clone().find(is_mail).or_else(|| all.next())
}

impl Pdu {
    /// The response to this request or report, if it asks for one (`X-Mms-Ack-Request`).
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, RequestStatus};
    /// use mms_codec::mm4::{ForwardReq, Pdu, Posting};
    ///
    /// let mut request = ForwardReq::default();
    /// request.originator_system = Some(Address::email("system-user@mms.example.net"));
    /// let posting = Posting::new("admin@mms.example.com", "r-1@mms.example.com", 1_709_631_049);
    /// assert_eq!(Pdu::from(request.clone()).answer(RequestStatus::Ok, posting.clone()), None);
    /// request.ack_request = Some(true);
    /// let answer = Pdu::from(request).answer(RequestStatus::Ok, posting).unwrap();
    /// assert_eq!(answer.name(), "MM4_forward.RES");
    /// ```
    #[must_use]
    pub fn answer(&self, status: RequestStatus, posting: Posting) -> Option<Self> {
        match self {
            Self::ForwardReq(pdu) if pdu.ack_request == Some(true) => Some(pdu.res(status, posting).into()),
            Self::DeliveryReportReq(pdu) if pdu.ack_request == Some(true) => Some(pdu.res(status, posting).into()),
            Self::ReadReplyReportReq(pdu) if pdu.ack_request == Some(true) => Some(pdu.res(status, posting).into()),
            _ => None,
        }
    }
}

impl ForwardReq {
    /// A request with all that is mandatory, if the message has its date, sender, recipients and
    /// body; without a date it gets the date of the posting. Identifiers get quotation marks. A response
    /// goes to the system of the posting, if [`ack_request`](Self::ack_request) is set.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, ContentType, Message, Part};
    /// use mms_codec::mm4::{self, ForwardReq, Posting};
    ///
    /// let mut message = Message::default();
    /// message.from = Some(mm4::address_at(&Address::phone("+12025550101"), "mms.mnc012.mcc345.gprs").into());
    /// message.to.push(Address::email("kim@example.org"));
    /// message.body = Some(Part::new(ContentType::new("text/plain"), "Hello"));
    /// let posting = Posting::new("system-user@mms.example.net", "1@mms.example.net", 1_709_631_047);
    /// let request = ForwardReq::new("t-1", "mm-1", message, posting);
    /// assert_eq!(request.transaction_id.as_deref(), Some("\"t-1\""));
    /// let mail = String::from_utf8(mm4::encode(&request)?).unwrap();
    /// assert!(mail.contains("\r\nFrom: +12025550101/TYPE=PLMN@mms.mnc012.mcc345.gprs\r\n"));
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn new(transaction_id: impl Into<Str>, message_id: impl Into<Str>, message: Message, posting: Posting) -> Self {
        let mut request = Self {
            sender: Some(posting.system.clone()),
            originator_system: Some(posting.system),
            mail_id: Some(posting.mail_id),
            version: Some(Str::from_static(VERSION)),
            transaction_id: Some(quoted_id(transaction_id)),
            message_id: Some(quoted_id(message_id)),
            message,
            ..Self::default()
        };
        request.message.date.get_or_insert(posting.date);
        request
    }

    /// Where an answer goes: `X-Mms-Originator-System`, else `Sender`, else `From`. The
    /// reverse path of SMTP would come before `From`.
    pub fn answer_address(&self) -> Option<&Address> {
        let from = self.message.from.as_ref().and_then(Originator::address);
        answer_address([self.originator_system.as_ref(), self.sender.as_ref(), from])
    }

    /// The response, with the identifiers of the request to the letter. A request without
    /// `X-Mms-Message-ID` is answered with its `Message-ID`. It is only to be sent if
    /// [`ack_request`](Self::ack_request) asks for it.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, RequestStatus};
    /// use mms_codec::mm4::{ForwardReq, Posting};
    ///
    /// let mut request = ForwardReq::default();
    /// request.transaction_id = Some("<t-1>".into());
    /// request.originator_system = Some(Address::email("system-user@mms.example.net"));
    /// let posting = Posting::new("admin@mms.example.com", "r-1@mms.example.com", 1_709_631_049);
    /// let response = request.res(RequestStatus::ErrorContentNotAccepted, posting);
    /// assert_eq!(response.transaction_id.as_deref(), Some("<t-1>"));
    /// assert_eq!(response.to, [Address::email("system-user@mms.example.net")]);
    /// ```
    pub fn res(&self, status: RequestStatus, posting: Posting) -> ForwardRes {
        let message_id = self.message_id.as_ref().or(self.mail_id.as_ref());
        ForwardRes::to(self.answer_address(), self.transaction_id.as_ref(), message_id, status, posting)
    }

    /// Whether a delivery report is due: the user or the originator's system asked for it.
    pub fn wants_delivery_report(&self) -> bool {
        self.message.delivery_report == Some(true) || self.originator_rs_delivery_report == Some(true)
    }

    /// The report of what became of the message at one recipient. `forward_to_originator_ua` says
    /// whether the user asked for it, or only the system did.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, MmStatus};
    /// use mms_codec::mm4::{ForwardReq, Posting};
    ///
    /// let mut request = ForwardReq::default();
    /// request.message_id = Some("\"mm-1\"".into());
    /// request.originator_rs_delivery_report = Some(true);
    /// assert!(request.wants_delivery_report());
    /// let posting = Posting::new("admin@mms.example.com", "d-1@mms.example.com", 1_709_631_100);
    /// let recipient = Address::phone("+447700900123");
    /// let report = request.delivery_report(&recipient, MmStatus::Retrieved, "t-2", posting);
    /// assert_eq!(report.report.message_id.as_deref(), Some("\"mm-1\""));
    /// assert_eq!(report.forward_to_originator_ua, Some(false));
    /// ```
    pub fn delivery_report(
        &self,
        recipient: &Address,
        status: MmStatus,
        transaction_id: impl Into<Str>,
        posting: Posting,
    ) -> DeliveryReportReq {
        let report = DeliveryReport {
            message_id: self.message_id.clone().or_else(|| self.mail_id.clone()),
            originator: self.originator(),
            ..DeliveryReport::about(&self.message, recipient.clone(), status, posting.date)
        };
        DeliveryReportReq {
            forward_to_originator_ua: Some(self.message.delivery_report == Some(true)),
            ..DeliveryReportReq::new(transaction_id, report, posting)
        }
    }

    /// The report that one recipient read the message, or deleted it unread.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, ReadStatus};
    /// use mms_codec::mm4::{ForwardReq, Posting};
    ///
    /// let posting = Posting::new("admin@mms.example.com", "r-2@mms.example.com", 1_709_631_200);
    /// let recipient = Address::phone("+447700900123");
    /// let report = ForwardReq::default().read_reply_report(&recipient, ReadStatus::Read, "t-3", posting);
    /// assert_eq!(report.report.recipient, Some(recipient.into()));
    /// ```
    pub fn read_reply_report(
        &self,
        recipient: &Address,
        status: ReadStatus,
        transaction_id: impl Into<Str>,
        posting: Posting,
    ) -> ReadReplyReportReq {
        let report = ReadReport {
            message_id: self.message_id.clone().or_else(|| self.mail_id.clone()),
            originator: self.originator(),
            ..ReadReport::about(&self.message, recipient.clone(), status, posting.date)
        };
        ReadReplyReportReq::new(transaction_id, report, posting)
    }

    /// Who sent the message: the address with its domain, which `Sender` has where `From` has none.
    fn originator(&self) -> Option<Address> {
        let from = self.message.from.as_ref().and_then(Originator::address);
        let same_user = self.sender.as_ref().filter(|sender| from.is_some_and(|from| from.value() == sender.value()));
        answer_address([from, same_user, None]).cloned()
    }
}

macro_rules! report_requests {
    ($($request:ident($report:ident) => $response:ident, $recipient:expr;)+) => { $(
        impl $request {
            /// A report that the system of the posting sends.
            pub(crate) fn new(transaction_id: impl Into<Str>, report: $report, posting: Posting) -> Self {
                Self {
                    sender: Some(posting.system.clone()),
                    mail_id: Some(posting.mail_id),
                    version: Some(Str::from_static(VERSION)),
                    transaction_id: Some(quoted_id(transaction_id)),
                    report,
                    originator_system: Some(posting.system),
                    ..Self::default()
                }
            }

            /// Where an answer goes, as [`ForwardReq::answer_address`].
            pub fn answer_address(&self) -> Option<&Address> {
                let recipient = self.report.recipient.as_ref().and_then($recipient);
                answer_address([self.originator_system.as_ref(), self.sender.as_ref(), recipient])
            }

            /// The response, with the identifiers of the report to the letter.
            pub fn res(&self, status: RequestStatus, posting: Posting) -> $response {
                let message_id = self.report.message_id.as_ref();
                $response::to(self.answer_address(), self.transaction_id.as_ref(), message_id, status, posting)
            }
        }
    )+ };
}

report_requests! {
    DeliveryReportReq(DeliveryReport) => DeliveryReportRes, Some;
    ReadReplyReportReq(ReadReport) => ReadReplyReportRes, Originator::address;
}
