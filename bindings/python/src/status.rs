//! Statuses and answers of one interface in the words of another.

use mms_codec::Interface;
use mms_codec::message::{MmStatus, RequestStatus};
use mms_codec::mm1::{self, CancelStatus, ResponseStatus, RetrieveStatus, Version};
use mms_codec::mm7::{self, Schema, StatusCode};
use mms_codec::relay::{self, Receipt};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::compose::{carried, written};
use crate::decoded::Content;
use crate::message::Message;
use crate::relay::{Relayed, relayed};

/// A version of MMS encapsulation, such as "1.2".
fn version(text: &str) -> PyResult<Version> {
    [Version::V1_0, Version::V1_1, Version::V1_2, Version::V1_3]
        .into_iter()
        .find(|version| version.to_string() == text)
        .ok_or_else(|| PyValueError::new_err(format!("no version of MMS is {text:?}")))
}

fn known<T>(status: Option<T>, kind: &str, text: &str) -> PyResult<T> {
    status.ok_or_else(|| PyValueError::new_err(format!("no {kind} is {text:?}")))
}

fn unexpected(message: &Message, wanted: &str) -> PyErr {
    PyValueError::new_err(format!("{} is not an {wanted}", carried(&message.0).type_name()))
}

/// The `m-send-conf` that answers an `m-send-req`, with the identifier of the message if `status` is "Ok". `status` is one
/// of the words of X-Mms-Request-Status-Code, such as "Error-service-denied".
///
/// Raises ValueError for another message.
#[pyfunction]
#[pyo3(signature = (message, status = "Ok", *, message_id))]
pub(crate) fn send_conf(py: Python<'_>, message: &Message, status: &str, message_id: &str) -> PyResult<Message> {
    let decoded = carried(&message.0);
    let Content::Mm1(pdu) = &decoded.content else { return Err(unexpected(message, "m-send-req")) };
    let mm1::Pdu::SendReq(send) = &**pdu else { return Err(unexpected(message, "m-send-req")) };
    // The time is not said in it.
    let conf = relay::send_conf(send, &RequestStatus::from_name(status), &Receipt::new(0, message_id));
    written(py, Interface::Mm1, move || mm1::encode(&conf))
}

/// Passes the wish of a service provider to take a message back (`extendedCancelReq`) on to the phone, as an
/// `m-cancel-req`.
///
/// Raises ValueError for another message, EncodeError for what cannot be written, as in versions before 1.3.
#[pyfunction]
#[pyo3(signature = (message, *, transaction_id = "T1", version = "1.3"))]
pub(crate) fn cancel_to_mm1(
    py: Python<'_>,
    message: &Message,
    transaction_id: &str,
    version: &str,
) -> PyResult<Relayed> {
    let cancel = match &message.0.content {
        Content::Mm7(envelope) => match &envelope.pdu {
            mm7::Pdu::ExtendedCancelReq(cancel) => Some(cancel.clone()),
            _ => None,
        },
        _ => None,
    };
    let cancel = cancel.ok_or_else(|| unexpected(message, "extendedCancelReq"))?;
    relayed(py, Interface::Mm1, relay::cancel_to_mm1(cancel, transaction_id, self::version(version)?), mm1::encode)
}

/// The X-Mms-Response-Status of an `m-send-conf` for a status in the words of MM4.
#[pyfunction]
#[pyo3(signature = (status, version = "1.3"))]
pub(crate) fn send_status(status: &str, version: &str) -> PyResult<String> {
    Ok(relay::send_status(&RequestStatus::from_name(status), self::version(version)?).to_string())
}

/// The X-Mms-Response-Status of an `m-forward-conf` for a status in the words of MM4.
#[pyfunction]
#[pyo3(signature = (status, version = "1.3"))]
pub(crate) fn forward_status(status: &str, version: &str) -> PyResult<String> {
    Ok(relay::forward_status(&RequestStatus::from_name(status), self::version(version)?).to_string())
}

/// The X-Mms-Retrieve-Status of an `m-retrieve-conf` for a status in the words of MM4; None in version 1.0, which has none.
#[pyfunction]
#[pyo3(signature = (status, version = "1.3"))]
pub(crate) fn retrieve_status(status: &str, version: &str) -> PyResult<Option<String>> {
    let status = relay::retrieve_status(&RequestStatus::from_name(status), self::version(version)?);
    Ok(status.map(|status| status.to_string()))
}

/// The status in the words of MM4 for an X-Mms-Retrieve-Status.
///
/// Raises ValueError for what is not one.
#[pyfunction]
pub(crate) fn request_status(status: &str) -> PyResult<String> {
    let status = known(RetrieveStatus::from_name(status), "retrieve status", status)?;
    Ok(relay::request_status(status).to_string())
}

/// The StatusCode of MM7 for an X-Mms-Response-Status.
///
/// Raises ValueError for what is not one.
#[pyfunction]
pub(crate) fn status_code(status: &str) -> PyResult<u32> {
    Ok(relay::status_code(known(ResponseStatus::from_name(status), "response status", status)?).number())
}

/// The X-Mms-Response-Status of an `m-send-conf` for a StatusCode of MM7.
#[pyfunction]
#[pyo3(signature = (code, version = "1.3"))]
pub(crate) fn response_status(code: u32, version: &str) -> PyResult<String> {
    Ok(relay::response_status(StatusCode::new(code), self::version(version)?).to_string())
}

/// The StatusCode of MM7 for an X-Mms-Cancel-Status.
///
/// Raises ValueError for what is not one.
#[pyfunction]
pub(crate) fn cancel_status_code(status: &str) -> PyResult<u32> {
    Ok(relay::cancel_status_code(known(CancelStatus::from_name(status), "cancel status", status)?).number())
}

/// What becomes of a message by the answer of a phone, an `m-notifyresp-ind` or `m-acknowledge-ind`: a word of
/// X-Mms-Status, for `delivery_reports`. None if no report is due, because the recipient does not allow one.
///
/// Raises ValueError for another message.
#[pyfunction]
pub(crate) fn answered(message: &Message) -> PyResult<Option<String>> {
    let status = match &carried(&message.0).content {
        Content::Mm1(pdu) => match &**pdu {
            mm1::Pdu::NotifyRespInd(resp) => relay::answered(resp),
            mm1::Pdu::AcknowledgeInd(acknowledge) => relay::acknowledged(acknowledge),
            _ => return Err(unexpected(message, "m-notifyresp-ind or m-acknowledge-ind")),
        },
        _ => return Err(unexpected(message, "m-notifyresp-ind or m-acknowledge-ind")),
    };
    Ok(status.map(|status| status.to_string()))
}

/// The X-Mms-Status that comes nearest on an interface ("mm1", "mm4", "mm7") or in a mail of the Internet ("mail");
/// `version` is that of MMS on MM1.
#[pyfunction]
#[pyo3(signature = (status, interface, version = "1.3"))]
pub(crate) fn mm_status(status: &str, interface: &str, version: &str) -> PyResult<String> {
    let status = MmStatus::from_name(status);
    let nearest = match interface {
        "mm1" => relay::mm_status_on_mm1(&status, self::version(version)?),
        "mm4" => relay::mm_status_on_mm4(&status),
        "mm7" => relay::mm_status_on_mm7(&status, &Schema::default()),
        "mail" => relay::mm_status_on_mail(&status),
        _ => return Err(PyValueError::new_err(format!("{interface:?} is none of mm1, mm4, mm7 and mail"))),
    };
    Ok(nearest.to_string())
}
