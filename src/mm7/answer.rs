//! Answers to requests, and reports about messages (TS 23.140, 8.7).

use super::deliver::UaCapabilities;
use super::envelope::Envelope;
use super::pdu::Pdu;
use super::response::{Fault, Response};
use super::status::{Status, StatusCode};
use super::{DeliverRsp, DeliveryReportReq, ExtendedCancelRsp, ExtendedReplaceRsp, ReadReplyReq, SubmitReq, SubmitRsp};
use crate::message::{Address, DeliveryReport, MmStatus, ReadReport, ReadStatus, Str, Timestamp};

impl Envelope {
    /// The response to this request, with its transaction, schema and version. `message_id` is the
    /// identifier that a submitted message gets.
    ///
    /// A [`SubmitRsp`] or [`ExtendedReplaceRsp`] cannot be formed without an identifier: for a status
    /// that is not a success it is a fault. So it is for a success without an identifier, which the
    /// client could never ask about again: then the fault says [`StatusCode::SERVER_ERROR`], since a
    /// fault with the status of a success would contradict itself.
    ///
    /// The version is not repeated where it does not have the form of one. A request without
    /// `TransactionID` has an answer without one, which the encoder refuses until it is set. `None` if
    /// this is not a request.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm7::{Envelope, Pdu, StatusCode, SubmitReq};
    ///
    /// let request = Envelope::new("vasp-1", SubmitReq::default());
    /// let response = request.answer(StatusCode::SUCCESS, Some("mid-1".into())).unwrap();
    /// assert_eq!(response.name(), "SubmitRsp");
    ///
    /// let fault = request.answer(StatusCode::MESSAGE_FORMAT_CORRUPT, None).unwrap();
    /// assert_eq!((fault.name(), fault.http_status()), ("RSErrorRsp", 500));
    /// let Pdu::Fault(fault) = fault.pdu else { panic!("another message") };
    /// assert_eq!(fault.code.as_deref(), Some("Client"));
    ///
    /// let no_identifier = request.answer(StatusCode::SUCCESS, None).unwrap();
    /// assert_eq!(no_identifier.pdu.status_code(), Some(StatusCode::SERVER_ERROR));
    /// ```
    pub fn answer(&self, status: impl Into<Status>, message_id: Option<Str>) -> Option<Self> {
        let status = status.into();
        let response = |status| Response { status, ..Response::default() };
        let is_success = status.code.is_some_and(StatusCode::is_success);
        // An identifier is for what was taken over.
        let message_id = message_id.filter(|_| is_success);
        let pdu = match (&self.pdu, message_id) {
            (Pdu::SubmitReq(_), Some(id)) => SubmitRsp { status, message_id: Some(id), ..SubmitRsp::default() }.into(),
            (Pdu::ExtendedReplaceReq(_), Some(id)) => {
                let status_code = status.code;
                ExtendedReplaceRsp { status_code, message_id: Some(id), ..ExtendedReplaceRsp::default() }.into()
            }
            (Pdu::SubmitReq(_) | Pdu::ExtendedReplaceReq(_), None) => {
                return Some(self.fault(if is_success { StatusCode::SERVER_ERROR.into() } else { status }));
            }
            (Pdu::ExtendedCancelReq(_), _) => {
                ExtendedCancelRsp { status_code: status.code, ..ExtendedCancelRsp::default() }.into()
            }
            (Pdu::DeliverReq(_), _) => DeliverRsp { status, ..DeliverRsp::default() }.into(),
            (Pdu::CancelReq(_), _) => Pdu::CancelRsp(response(status)),
            (Pdu::ReplaceReq(_), _) => Pdu::ReplaceRsp(response(status)),
            (Pdu::DeliveryReportReq(_), _) => Pdu::DeliveryReportRsp(response(status)),
            (Pdu::ReadReplyReq(_), _) => Pdu::ReadReplyRsp(response(status)),
            _ => return None,
        };
        Some(self.in_answer(pdu))
    }

    /// The fault that answers this request: from the service provider, if the request came from
    /// the relay/server, and the other way round.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm7::{DeliverReq, Envelope, StatusCode};
    ///
    /// let request = Envelope::new("t-1", DeliverReq::default());
    /// let fault = request.fault(StatusCode::SERVICE_UNAVAILABLE);
    /// assert_eq!((fault.name(), fault.transaction_id.as_deref()), ("VASPErrorRsp", Some("t-1")));
    /// ```
    #[must_use]
    pub fn fault(&self, status: impl Into<Status>) -> Self {
        let to_vasp = matches!(self.pdu, Pdu::DeliverReq(_) | Pdu::DeliveryReportReq(_) | Pdu::ReadReplyReq(_));
        let fault = if to_vasp { Fault::by_vasp(status) } else { Fault::by_relay_server(status) };
        self.in_answer(fault.into())
    }

    fn in_answer(&self, mut pdu: Pdu) -> Self {
        pdu.set_mm7_version(self.pdu.mm7_version().filter(|version| version.is_valid()).cloned());
        Self {
            transaction_id: self.transaction_id.clone(),
            schema: self.schema.clone(),
            header: alloc::vec::Vec::new(),
            pdu,
            attachments: alloc::vec::Vec::new(),
        }
    }
}

impl SubmitReq {
    /// The delivery report about this message, which got `message_id`, at one of its recipients.
    /// The application identifiers change sides: a report goes to where a reply would.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, MmStatus, Timestamp};
    /// use mms_codec::mm7::SubmitReq;
    ///
    /// let mut submit = SubmitReq::default();
    /// submit.message.from = Some(Address::short_code("7255").into());
    /// submit.message.applic_id = Some("viewer".into());
    /// submit.message.reply_applic_id = Some("vas".into());
    /// let at = Timestamp::from_seconds(1_704_067_200);
    /// let report = submit.delivery_report("mid-1", Address::phone("+1202"), MmStatus::Retrieved, at).report;
    /// assert_eq!(report.originator, Some(Address::short_code("7255")));
    /// assert_eq!(report.applic_id.as_deref(), Some("vas"));
    /// assert_eq!(report.reply_applic_id.as_deref(), Some("viewer"));
    /// ```
    pub fn delivery_report(
        &self,
        message_id: impl Into<Str>,
        recipient: Address,
        status: MmStatus,
        date: Timestamp,
    ) -> DeliveryReportReq {
        let report = DeliveryReport {
            message_id: Some(message_id.into()),
            ..DeliveryReport::about(&self.message, recipient, status, date)
        };
        let mm7_version = self.mm7_version.clone();
        DeliveryReportReq { mm7_version, report, ua_capabilities: UaCapabilities::default(), ..Default::default() }
    }

    /// The read report about this message, which got `message_id`, of one of its recipients.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, ReadStatus, Timestamp};
    /// use mms_codec::mm7::SubmitReq;
    ///
    /// let (reader, at) = (Address::phone("+12025550101"), Timestamp::from_seconds(1_704_067_200));
    /// let reply = SubmitReq::default().read_reply("mid-1", reader, ReadStatus::Deleted, at);
    /// assert_eq!(reply.report.status, Some(ReadStatus::Deleted));
    /// ```
    pub fn read_reply(
        &self,
        message_id: impl Into<Str>,
        recipient: Address,
        status: ReadStatus,
        date: Timestamp,
    ) -> ReadReplyReq {
        let report = ReadReport {
            message_id: Some(message_id.into()),
            ..ReadReport::about(&self.message, recipient, status, date)
        };
        ReadReplyReq { mm7_version: self.mm7_version.clone(), report, ..ReadReplyReq::default() }
    }
}
