//! Messages and reports of one interface as those of another.

use mms_codec::message::{Interval, MmStatus, ReadStatus, Timestamp};
use mms_codec::mm1::{self, Announcement, Version};
use mms_codec::mm4::{self, Posting};
use mms_codec::mm7::{self, Envelope};
use mms_codec::relay::{
    self, Hop, Lost, MailHop, Mailed, Provider, Receipt, ReportReceipt, Sent, Service, TakenDeliveryReport,
    TakenReadReport,
};
use mms_codec::{EncodeError as Unwritable, Interface, mail};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::compose::{address, carried, written};
use crate::decoded::{Content, in_http};
use crate::error::{Failure, unwritable};
use crate::message::Message;
use crate::octets::Input;

/// A message on another interface, and what did not come along.
#[pyclass(frozen, module = "mms_codec")]
pub(crate) struct Relayed {
    message: Py<Message>,
    notification: Option<Py<Message>>,
    recipients: Vec<String>,
    lost: Vec<String>,
}

#[pymethods]
impl Relayed {
    /// The message or report.
    #[getter]
    fn message(&self, py: Python<'_>) -> Py<Message> {
        self.message.clone_ref(py)
    }

    /// On MM1, what announces a message to the phone: to be put into a push.
    #[getter]
    fn notification(&self, py: Python<'_>) -> Option<Py<Message>> {
        self.notification.as_ref().map(|notification| notification.clone_ref(py))
    }

    /// On MM4, whom the mail is for (`RCPT TO`): blind recipients, too, whom the mail does not name.
    #[getter]
    fn recipients<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.recipients)
    }

    /// What the new message does not say, or says otherwise: "Message-ID is not carried".
    #[getter]
    fn lost<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.lost)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Relayed(message={}, lost={})", self.message.bind(py).repr()?, self.lost(py)?.repr()?))
    }
}

/// What came in and is to be relayed: a message, a delivery report or a read report, of an interface or off the Internet.
#[pyclass(frozen, skip_from_py_object, module = "mms_codec")]
pub(crate) struct Taken(Source);

#[pymethods]
impl Taken {
    /// What it is: "message", "delivery report" or "read report".
    #[getter]
    fn kind(&self) -> &'static str {
        match &self.0 {
            Source::Message(_) => "message",
            Source::DeliveryReport(_) => "delivery report",
            Source::ReadReport(_) => "read report",
        }
    }

    /// Who gets it: the recipients of a message, the originator of a report.
    #[getter]
    fn to<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let to: Vec<String> = match &self.0 {
            Source::Message(taken) => {
                let message = &taken.message;
                message.to.iter().chain(&message.cc).chain(&message.bcc).map(ToString::to_string).collect()
            }
            Source::DeliveryReport(taken) => taken.report.originator.iter().map(ToString::to_string).collect(),
            Source::ReadReport(taken) => taken.report.originator.iter().map(ToString::to_string).collect(),
        };
        PyTuple::new(py, to)
    }

    fn __repr__(&self) -> String {
        format!("Taken(kind='{}')", self.kind())
    }
}

/// A mail for the Internet.
#[pyclass(frozen, module = "mms_codec")]
pub(crate) struct Mail {
    octets: Vec<u8>,
    commands: Vec<String>,
    lost: Vec<String>,
}

#[pymethods]
impl Mail {
    /// The octets of the mail.
    #[getter]
    fn octets<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.octets)
    }

    /// The commands of SMTP that say whom it is for: "MAIL FROM:<...>", "RCPT TO:<...>".
    #[getter]
    fn commands<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.commands)
    }

    /// What the mail does not say, or says otherwise: "X-Mms-Priority is not carried".
    #[getter]
    fn lost<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.lost)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Mail(commands={}, length={})", self.commands(py)?.repr()?, self.octets.len()))
    }
}

/// What can be relayed.
#[derive(Clone)]
pub(crate) enum Source {
    Message(Box<relay::Taken>),
    DeliveryReport(Box<TakenDeliveryReport>),
    ReadReport(Box<TakenReadReport>),
}

impl Source {
    /// A Message, or what `from_mail` and `delivery_reports` make.
    pub(crate) fn of(source: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(taken) = source.cast::<Taken>() {
            return Ok(taken.get().0.clone());
        }
        let message = source.cast::<Message>()?.get();
        let decoded = carried(&message.0);
        Self::of_content(&decoded.content)
            .ok_or_else(|| PyValueError::new_err(format!("{} is neither a message nor a report", decoded.type_name())))
    }

    /// A report of MM1 does not say who gets it.
    fn to(mut self, originator: Option<&str>) -> PyResult<Self> {
        let to = match &mut self {
            Self::Message(_) => return Ok(self),
            Self::DeliveryReport(taken) => &mut taken.report.originator,
            Self::ReadReport(taken) => &mut taken.report.originator,
        };
        if to.is_none() {
            *to = originator.map(address).transpose()?;
        }
        Ok(self)
    }

    /// Copies share the contents of parts.
    fn of_content(content: &Content) -> Option<Self> {
        let message = |taken| Some(Self::Message(Box::new(taken)));
        let delivery = |taken| Some(Self::DeliveryReport(Box::new(taken)));
        let read = |taken| Some(Self::ReadReport(Box::new(taken)));
        match content {
            Content::Mm1(pdu) => match &**pdu {
                mm1::Pdu::SendReq(pdu) => message(pdu.clone().into()),
                mm1::Pdu::RetrieveConf(pdu) => message(pdu.clone().into()),
                mm1::Pdu::DeliveryInd(pdu) => delivery(pdu.clone().into()),
                mm1::Pdu::ReadRecInd(pdu) => read(pdu.clone().into()),
                mm1::Pdu::ReadOrigInd(pdu) => read(pdu.clone().into()),
                _ => None,
            },
            Content::Mm4(pdu) => match &**pdu {
                mm4::Pdu::ForwardReq(pdu) => message(pdu.clone().into()),
                mm4::Pdu::DeliveryReportReq(pdu) => delivery(pdu.clone().into()),
                mm4::Pdu::ReadReplyReportReq(pdu) => read(pdu.clone().into()),
                _ => None,
            },
            Content::Mm7(envelope) => match &envelope.pdu {
                mm7::Pdu::SubmitReq(pdu) => message(pdu.clone().into()),
                mm7::Pdu::DeliverReq(pdu) => message(pdu.clone().into()),
                mm7::Pdu::ReplaceReq(pdu) => message(pdu.clone().into()),
                mm7::Pdu::ExtendedReplaceReq(pdu) => message(pdu.clone().into()),
                mm7::Pdu::DeliveryReportReq(pdu) => delivery(pdu.clone().into()),
                mm7::Pdu::ReadReplyReq(pdu) => read(pdu.clone().into()),
                _ => None,
            },
            Content::Push(_) => None,
        }
    }
}

pub(crate) fn receipt(arrived: &Bound<'_, PyAny>, message_id: &str, sender: Option<&str>) -> PyResult<Receipt> {
    Ok(Receipt { sender: sender.map(address).transpose()?, ..Receipt::new(time(arrived)?, message_id) })
}

/// Whom a report is about stays unsaid where it does not say so itself.
fn report_receipt(arrived: &Bound<'_, PyAny>) -> PyResult<ReportReceipt> {
    Ok(ReportReceipt { arrived: time(arrived)?, recipient: None })
}

/// A `datetime` with a zone.
pub(crate) fn time(of: &Bound<'_, PyAny>) -> PyResult<Timestamp> {
    if of.getattr("tzinfo")?.is_none() {
        return Err(PyValueError::new_err("a time without a zone"));
    }
    let seconds: f64 = of.call_method0("timestamp")?.extract()?;
    // Times of MMS are whole seconds; those of `datetime` are far within the range.
    #[expect(clippy::cast_possible_truncation, reason = "see above")]
    Ok(Timestamp::from_seconds(seconds.floor() as i64))
}

const NOT_FOR_ORIGINATOR: &str = "only the system of the originator asked for this report";

pub(crate) fn relayed<T: Send>(
    py: Python<'_>,
    interface: Interface,
    relayed: relay::Relayed<T>,
    encode: impl FnOnce(&T) -> Result<Vec<u8>, Unwritable> + Send,
) -> PyResult<Relayed> {
    let relay::Relayed { pdu, lost, envelope, .. } = relayed;
    let message = written(py, interface, move || encode(&pdu))?;
    let recipients = envelope.into_iter().flat_map(|envelope| envelope.rcpt_to);
    Ok(Relayed {
        message: Py::new(py, message)?,
        notification: None,
        recipients: recipients.map(|recipient| recipient.as_str().into()).collect(),
        lost: names(&lost),
    })
}

fn names(lost: &[Lost]) -> Vec<String> {
    lost.iter().map(ToString::to_string).collect()
}

/// Puts a message or report on MM1, for a phone. `content_location` is where the phone will find the message, for `keep`
/// seconds at most; `sender` who sent it, where it does not say so itself.
///
/// Raises ValueError for what is neither a message nor a report, and for a message that has expired; EncodeError for what
/// cannot be written.
#[pyfunction]
#[pyo3(signature = (
    message, *, arrived, message_id, content_location, transaction_id = "T1", keep = 259_200, sender = None,
))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn to_mm1(
    py: Python<'_>,
    message: &Bound<'_, PyAny>,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    content_location: &str,
    transaction_id: &str,
    keep: u64,
    sender: Option<&str>,
) -> PyResult<Relayed> {
    let version = Version::V1_3;
    match Source::of(message)? {
        Source::Message(taken) => {
            let announcement =
                Announcement::new(transaction_id, version, content_location, Interval::from_seconds(keep));
            let put = relay::to_mm1(*taken, &receipt(arrived, message_id, sender)?, announcement)
                .map_err(|error| PyValueError::new_err(error.to_string()))?;
            let (notification, retrieve) = (put.pdu.notification, put.pdu.retrieve);
            Ok(Relayed {
                message: Py::new(py, written(py, Interface::Mm1, move || mm1::encode(&retrieve))?)?,
                notification: Some(Py::new(py, written(py, Interface::Mm1, move || mm1::encode(&notification))?)?),
                recipients: Vec::new(),
                lost: names(&put.lost),
            })
        }
        Source::DeliveryReport(report) => {
            let put = relay::delivery_report_to_mm1(*report, &report_receipt(arrived)?, version);
            let put = put.ok_or_else(|| PyValueError::new_err(NOT_FOR_ORIGINATOR))?;
            relayed(py, Interface::Mm1, put, mm1::encode)
        }
        Source::ReadReport(report) => {
            let put = relay::read_report_to_mm1(*report, &report_receipt(arrived)?, version);
            relayed(py, Interface::Mm1, put, mm1::encode)
        }
    }
}

/// Puts a message or report on MM4, for another operator. Numbers get the domains of the own system and of the peer's.
/// `originator` is who gets a report that does not say so itself, as those of MM1 do not.
///
/// Raises ValueError for what is neither a message nor a report, EncodeError for what cannot be written.
#[pyfunction]
#[pyo3(signature = (message, *, arrived, message_id, domain, peer_domain, transaction_id = "T1", sender = None, originator = None))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn to_mm4(
    py: Python<'_>,
    message: &Bound<'_, PyAny>,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    domain: &str,
    peer_domain: &str,
    transaction_id: &str,
    sender: Option<&str>,
    originator: Option<&str>,
) -> PyResult<Relayed> {
    let mail_id = format!("{transaction_id}@{domain}");
    let posting = Posting::new(format!("system-user@{domain}"), &mail_id, time(arrived)?);
    let hop = Hop::new(posting, transaction_id, domain, peer_domain);
    match Source::of(message)?.to(originator)? {
        Source::Message(taken) => {
            let put = relay::to_mm4(*taken, &receipt(arrived, message_id, sender)?, hop);
            relayed(py, Interface::Mm4, put, mm4::encode)
        }
        Source::DeliveryReport(report) => {
            let put = relay::delivery_report_to_mm4(*report, &report_receipt(arrived)?, hop);
            relayed(py, Interface::Mm4, put, mm4::encode)
        }
        Source::ReadReport(report) => {
            let put = relay::read_report_to_mm4(*report, &report_receipt(arrived)?, hop);
            relayed(py, Interface::Mm4, put, mm4::encode)
        }
    }
}

/// Puts a message or report on MM7, for a service provider. `originator` is who gets a report that does not say so itself.
///
/// Raises ValueError for what is neither a message nor a report, EncodeError for what cannot be written.
#[pyfunction]
#[pyo3(signature = (
    message, *, arrived, message_id, transaction_id = "T1", relay_id = None, vasp_id = None, vas_id = None,
    linked_id = None, sender = None,
    originator = None,
))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn to_mm7(
    py: Python<'_>,
    message: &Bound<'_, PyAny>,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    transaction_id: &str,
    relay_id: Option<&str>,
    vasp_id: Option<&str>,
    vas_id: Option<&str>,
    linked_id: Option<&str>,
    sender: Option<&str>,
    originator: Option<&str>,
) -> PyResult<Relayed> {
    let service = Service {
        mms_relay_server_id: relay_id.map(Into::into),
        vasp_id: vasp_id.map(Into::into),
        vas_id: vas_id.map(Into::into),
        linked_id: linked_id.map(Into::into),
        ..Service::default()
    };
    match Source::of(message)?.to(originator)? {
        Source::Message(taken) => {
            let put = relay::to_mm7(*taken, &receipt(arrived, message_id, sender)?, service);
            on_mm7(py, transaction_id, put)
        }
        Source::DeliveryReport(report) => {
            let put = relay::delivery_report_to_mm7(*report, &report_receipt(arrived)?, service);
            on_mm7(py, transaction_id, put.ok_or_else(|| PyValueError::new_err(NOT_FOR_ORIGINATOR))?)
        }
        Source::ReadReport(report) => {
            on_mm7(py, transaction_id, relay::read_report_to_mm7(*report, &report_receipt(arrived)?, service))
        }
    }
}

pub(crate) fn on_mm7<T: Clone + Into<mm7::Pdu> + Send + Sync>(
    py: Python<'_>,
    transaction_id: &str,
    put: relay::Relayed<T>,
) -> PyResult<Relayed> {
    relayed(py, Interface::Mm7, put, |pdu| in_http(&Envelope::new(transaction_id, pdu.clone())))
}

/// Puts a message on MM7, as a relay/server or service provider submits it to another one, for these recipients, or for all
/// of them if none is named. The others are shown only.
///
/// Raises ValueError for what is not a message, EncodeError for what cannot be written.
#[pyfunction]
#[pyo3(signature = (
    message, *, arrived, message_id, recipients = Vec::new(), transaction_id = "T1", vasp_id = None, vas_id = None,
    linked_id = None, sender = None,
))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn to_submit(
    py: Python<'_>,
    message: &Bound<'_, PyAny>,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    recipients: Vec<String>,
    transaction_id: &str,
    vasp_id: Option<&str>,
    vas_id: Option<&str>,
    linked_id: Option<&str>,
    sender: Option<&str>,
) -> PyResult<Relayed> {
    let Source::Message(taken) = Source::of(message)? else {
        return Err(PyValueError::new_err("a report is not submitted"));
    };
    let provider = provider(vasp_id, vas_id, linked_id);
    let mut recipients: Vec<_> = recipients.iter().map(|recipient| address(recipient)).collect::<PyResult<_>>()?;
    if recipients.is_empty() {
        let message = &taken.message;
        recipients.extend(message.to.iter().chain(&message.cc).chain(&message.bcc).cloned());
    }
    let put = relay::to_submit(*taken, &receipt(arrived, message_id, sender)?, &provider, &recipients);
    on_mm7(py, transaction_id, put)
}

/// Puts a message or report into a mail for the Internet. `originator` is who gets a report that does not say so itself.
///
/// Raises ValueError for what is neither a message nor a report, EncodeError for what cannot be written.
#[pyfunction]
#[pyo3(signature = (message, *, arrived, message_id, domain, mail_id = "1", sender = None, originator = None))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn to_mail(
    py: Python<'_>,
    message: &Bound<'_, PyAny>,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    domain: &str,
    mail_id: &str,
    sender: Option<&str>,
    originator: Option<&str>,
) -> PyResult<Mail> {
    let posting = Posting::new(format!("system-user@{domain}"), &format!("{mail_id}@{domain}"), time(arrived)?);
    let hop = MailHop::new(posting, domain);
    let put = match Source::of(message)?.to(originator)? {
        Source::Message(taken) => relay::to_mail(*taken, &receipt(arrived, message_id, sender)?, hop),
        Source::DeliveryReport(report) => {
            let put = relay::delivery_report_to_mail(*report, &report_receipt(arrived)?, hop);
            put.ok_or_else(|| PyValueError::new_err(NOT_FOR_ORIGINATOR))?
        }
        Source::ReadReport(report) => relay::read_report_to_mail(*report, &report_receipt(arrived)?, hop),
    };
    Ok(Mail {
        octets: mail::encode(&put.pdu).map_err(|error| unwritable(py, &error))?,
        commands: put.envelope.into_iter().flat_map(|envelope| envelope.commands()).collect(),
        lost: names(&put.lost),
    })
}

/// What a mail off the Internet is, to be relayed: a message, or reports about one. `commands` are those of SMTP that it
/// came with ("MAIL FROM:<...>", "RCPT TO:<...>"); numbers at `domain` are phones.
///
/// Raises DecodeError for what is not a mail.
#[pyfunction]
#[pyo3(signature = (data, *, commands, domain))]
pub(crate) fn from_mail(py: Python<'_>, data: Input, commands: Vec<String>, domain: &str) -> PyResult<Vec<Taken>> {
    let mut envelope = mm4::SmtpEnvelope::default();
    for command in commands {
        envelope.read_command(&command);
    }
    let mail = mail::decode(&data.0).map_err(|error| Failure::from(error).raised(py))?.value;
    Ok(match relay::from_mail(mail, &envelope, domain) {
        Mailed::Message(taken) => vec![Taken(Source::Message(taken))],
        Mailed::DeliveryReports(reports) => {
            reports.into_iter().map(|report| Taken(Source::DeliveryReport(Box::new(report)))).collect()
        }
        Mailed::ReadReport(report) => vec![Taken(Source::ReadReport(report))],
        _ => Vec::new(),
    })
}

/// The delivery reports that the originator of a message or its system wants, one for each recipient. `status` is one of the
/// words of X-Mms-Status, such as "Retrieved". They are relayed as messages are.
#[pyfunction]
#[pyo3(signature = (message, status, *, arrived, message_id, sender = None))]
pub(crate) fn delivery_reports(
    message: &Bound<'_, PyAny>,
    status: &str,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    sender: Option<&str>,
) -> PyResult<Vec<Taken>> {
    let sent = sent(message, arrived, message_id, sender)?;
    let reports = sent.delivery_reports(MmStatus::from_name(status), time(arrived)?);
    Ok(reports.into_iter().map(|report| Taken(Source::DeliveryReport(Box::new(report)))).collect())
}

/// The report that a recipient read a message or deleted it unread ("Read", "Deleted without being read"), or None where
/// the originator does not want it.
#[pyfunction]
#[pyo3(signature = (message, recipient, status, *, arrived, message_id, sender = None))]
pub(crate) fn read_report(
    message: &Bound<'_, PyAny>,
    recipient: &str,
    status: &str,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    sender: Option<&str>,
) -> PyResult<Option<Taken>> {
    let status =
        ReadStatus::from_name(status).ok_or_else(|| PyValueError::new_err(format!("no read status is {status:?}")))?;
    let sent = sent(message, arrived, message_id, sender)?;
    let report = sent.read_report(address(recipient)?, status, time(arrived)?);
    Ok(report.map(|report| Taken(Source::ReadReport(Box::new(report)))))
}

fn sent(
    message: &Bound<'_, PyAny>,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    sender: Option<&str>,
) -> PyResult<Sent> {
    let Source::Message(taken) = Source::of(message)? else {
        return Err(PyValueError::new_err("a report is not reported on"));
    };
    Ok(Sent::new(&taken, &receipt(arrived, message_id, sender)?))
}

pub(crate) fn provider(vasp_id: Option<&str>, vas_id: Option<&str>, linked_id: Option<&str>) -> Provider {
    Provider {
        vasp_id: vasp_id.map(Into::into),
        vas_id: vas_id.map(Into::into),
        linked_id: linked_id.map(Into::into),
        ..Provider::default()
    }
}
