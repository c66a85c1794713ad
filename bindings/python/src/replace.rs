//! Messages with other values: the ones there are do not change.

use mms_codec::message::{
    Address, ContentType, Interval, Message as Shared, MessageClass, Originator, Part as LibraryPart, Priority,
    SenderVisibility, Time, Timestamp,
};
use mms_codec::{Interface, mm1, mm4};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::compose::{part, written};
use crate::decoded::{Content, in_http};
use crate::message::{Message, Part};
use crate::relay::time;

/// The message with these changes, written and read again.
pub(crate) fn replaced(py: Python<'_>, message: &Message, changes: &Bound<'_, PyDict>) -> PyResult<Message> {
    let interface = message.0.interface();
    match &message.0.content {
        Content::Mm1(pdu) => {
            let mut pdu = pdu.clone();
            change(pdu.message_mut(), interface, changes, message)?;
            written(py, interface, move || mm1::encode(&*pdu))
        }
        Content::Mm4(pdu) => {
            let mut pdu = pdu.clone();
            change(pdu.message_mut(), interface, changes, message)?;
            written(py, interface, move || mm4::encode(&*pdu))
        }
        Content::Mm7(envelope) => {
            let mut envelope = envelope.clone();
            change(envelope.message_mut(), interface, changes, message)?;
            written(py, interface, move || in_http(&envelope))
        }
        Content::Push(_) => Err(PyValueError::new_err("a push is replaced by push() of another message")),
    }
}

fn not_changeable(message: &Message) -> PyErr {
    PyValueError::new_err(format!("{} has nothing of a message to change", message.0.type_name()))
}

fn change(
    shared: Option<&mut Shared>,
    interface: Interface,
    changes: &Bound<'_, PyDict>,
    message: &Message,
) -> PyResult<()> {
    let shared = shared.ok_or_else(|| not_changeable(message))?;
    for (name, value) in changes {
        let name: String = name.extract()?;
        set(shared, interface, &name, &value)?;
    }
    Ok(())
}

fn set(message: &mut Shared, interface: Interface, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    let address = |text: String| match interface {
        Interface::Mm4 => mm4::read_mailbox(&text),
        _ => Address::from(&*text),
    };
    let addresses = || Ok::<_, PyErr>(value.extract::<Vec<String>>()?.into_iter().map(address).collect());
    let text = || value.extract::<Option<String>>();
    let flag = || value.extract::<Option<bool>>();
    match name {
        "to" => message.to = addresses()?,
        "cc" => message.cc = addresses()?,
        "bcc" => message.bcc = addresses()?,
        "from_" => {
            // On MM1, who sends leaves it to the relay/server.
            let without = (interface == Interface::Mm1).then_some(Originator::InsertAddress);
            message.from = text()?.map(|text| address(text).into()).or(without);
        }
        "subject" => message.subject = text()?.map(Into::into),
        "date" => message.date = point(value)?,
        "expiry" => message.expiry = point_or_span(value)?,
        "delivery_time" => message.delivery_time = point_or_span(value)?,
        "delivery_report" => message.delivery_report = flag()?,
        "read_report" => message.read_report = flag()?,
        "drm_content" => message.drm_content = flag()?,
        "adaptation_allowed" => message.adaptation_allowed = flag()?,
        "distribution_indicator" => message.distribution_indicator = flag()?,
        "priority" => message.priority = named(name, text()?, Priority::from_name)?,
        "sender_visibility" => message.sender_visibility = named(name, text()?, SenderVisibility::from_name)?,
        "message_class" => message.class = text()?.map(|name| MessageClass::from_name(&name)),
        "applic_id" => message.applic_id = text()?.map(Into::into),
        "reply_applic_id" => message.reply_applic_id = text()?.map(Into::into),
        "aux_applic_info" => message.aux_applic_info = text()?.map(Into::into),
        "parts" => message.body = with_parts(message.body.take(), value)?,
        other => return Err(PyTypeError::new_err(format!("replace() knows no {other:?} of a message"))),
    }
    Ok(())
}

fn named<T>(field: &str, name: Option<String>, of: impl Fn(&str) -> Option<T>) -> PyResult<Option<T>> {
    let Some(name) = name else { return Ok(None) };
    of(&name).map(Some).ok_or_else(|| PyValueError::new_err(format!("no {field} is {name:?}")))
}

fn point(value: &Bound<'_, PyAny>) -> PyResult<Option<Timestamp>> {
    if value.is_none() { Ok(None) } else { time(value).map(Some) }
}

/// A `datetime` or a `timedelta`.
fn point_or_span(value: &Bound<'_, PyAny>) -> PyResult<Option<Time>> {
    if value.is_none() {
        return Ok(None);
    }
    if !value.hasattr("total_seconds")? {
        return time(value).map(|point| Some(Time::Absolute(point)));
    }
    let seconds: f64 = value.call_method0("total_seconds")?.extract()?;
    if seconds < 0.0 {
        return Err(PyValueError::new_err("a span of time below zero"));
    }
    // A `timedelta` has no more than 10^14 seconds.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
    Ok(Some(Time::Relative(Interval::from_seconds(seconds as u64))))
}

/// A body of these parts, of the type of the body that was there.
fn with_parts(before: Option<LibraryPart>, value: &Bound<'_, PyAny>) -> PyResult<Option<LibraryPart>> {
    let mut parts = Vec::new();
    for item in value.try_iter()? {
        let item = item?;
        parts.push(match item.cast::<Part>() {
            Ok(known) => known.get().part.clone(),
            Err(_) => part(&item)?,
        });
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let before = before.filter(|before| !before.parts().is_empty());
    let content_type = before.map_or_else(|| ContentType::new("multipart/mixed"), |before| before.content_type);
    Ok(Some(LibraryPart::multipart(content_type, parts)))
}
