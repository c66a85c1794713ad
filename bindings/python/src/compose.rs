//! Making messages.

use std::time::Duration;

use mms_codec::compose::{self as library, Composition, Slide};
use mms_codec::message::{Address, Message as Shared, Originator, Part};
use mms_codec::push::Push;
use mms_codec::push::sms::{Reference, Split};
use mms_codec::smil::Meta;
use mms_codec::{Bytes, EncodeError as Unwritable, Interface, mm1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::decoded::{Content, Decoded, decode};
use crate::error::unwritable;
use crate::message::Message;
use crate::octets::Input;

/// A message that was just written, as its reader sees it.
pub(crate) fn written(
    py: Python<'_>,
    interface: Interface,
    encode: impl FnOnce() -> Result<Vec<u8>, Unwritable> + Send,
) -> PyResult<Message> {
    let octets = py.detach(encode).map_err(|error| unwritable(py, &error))?;
    let decoded = py.detach(|| decode(&octets.into(), Some(interface), false));
    decoded.map(|decoded| Message(decoded.into())).map_err(|failure| failure.raised(py))
}

/// An address: a number, a short code or a mailbox.
pub(crate) fn address(text: &str) -> PyResult<Address> {
    text.parse().map_err(|_| PyValueError::new_err(format!("not an address: {text:?}")))
}

/// Makes an `m-send-req`, as a phone does.
///
/// Each slide is a sequence of texts and files, a file being its name and content: one text, and a picture, a sound, or a
/// video. `attachments` are files that no slide shows. Media types are found out from the contents and names.
///
/// Raises EncodeError for slides that no phone can show, and for what the interface cannot carry.
#[pyfunction]
#[pyo3(signature = (
    slides, *, to, from_ = None, cc = Vec::new(), bcc = Vec::new(), subject = None, title = None,
    attachments = Vec::new(), seconds = 5.0, transaction_id = "T1",
))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn compose(
    py: Python<'_>,
    slides: &Bound<'_, PyAny>,
    to: Vec<String>,
    from_: Option<&str>,
    cc: Vec<String>,
    bcc: Vec<String>,
    subject: Option<&str>,
    title: Option<&str>,
    attachments: Vec<Bound<'_, PyAny>>,
    seconds: f64,
    transaction_id: &str,
) -> PyResult<Message> {
    let duration = Duration::try_from_secs_f64(seconds).map_err(|error| PyValueError::new_err(error.to_string()))?;
    // A presentation counts in milliseconds.
    let milliseconds =
        duration.as_millis().try_into().map_err(|_| PyValueError::new_err("a slide is shown too long"))?;
    let mut composition = Composition::new(Vec::new());
    for slide in slides.try_iter()? {
        let parts = slide?.try_iter()?.map(|item| part(&item?)).collect::<PyResult<_>>()?;
        let mut slide = Slide::new(parts);
        slide.duration = Duration::from_millis(milliseconds);
        composition.slides.push(slide);
    }
    composition.attachments = attachments.iter().map(part).collect::<PyResult<_>>()?;
    composition.meta.extend(title.map(|title| Meta::new("title", title)));
    let mut message = Shared::default();
    message.from = Some(from_.map(address).transpose()?.map_or(Originator::InsertAddress, Into::into));
    let addresses = |texts: Vec<String>| texts.iter().map(|text| address(text)).collect::<PyResult<Vec<_>>>();
    (message.to, message.cc, message.bcc) = (addresses(to)?, addresses(cc)?, addresses(bcc)?);
    message.subject = subject.map(Into::into);
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some(transaction_id.into());
    send.message = message;
    written(py, Interface::Mm1, move || {
        send.message.body = Some(composition.body()?);
        mm1::encode(&send)
    })
}

/// A text, or a file with its name.
pub(crate) fn part(item: &Bound<'_, PyAny>) -> PyResult<Part> {
    if let Ok(text) = item.cast::<PyString>() {
        return Ok(library::text(text.to_str()?));
    }
    let (name, octets): (String, Input) = item.extract()?;
    Ok(library::file(&name, octets.0))
}

/// Puts a message of MM1, mostly a notification, into a push.
#[pyfunction]
#[pyo3(signature = (message, tid = 1))]
pub(crate) fn push(py: Python<'_>, message: &Message, tid: u8) -> PyResult<Message> {
    let Content::Mm1(pdu) = &message.0.content else {
        return Err(PyValueError::new_err("a push carries a message of MM1"));
    };
    written(py, Interface::Push, || Push::for_pdu(tid, pdu)?.encode())
}

/// Splits a push into short messages: the user data of each, its header included. `reference` tells the segments of one
/// push from those of another.
///
/// Raises EncodeError if there were more than 255.
#[pyfunction]
#[pyo3(signature = (push, reference = 0))]
pub(crate) fn split<'py>(py: Python<'py>, push: &Message, reference: u16) -> PyResult<Vec<Bound<'py, PyBytes>>> {
    let segments = || {
        let octets = Bytes::from(push.0.encoded()?);
        let segments = Split::new(Reference::Long(reference)).segments(&octets)?;
        segments.iter().map(|segment| segment.encode()).collect::<Result<Vec<_>, _>>()
    };
    let segments = py.detach(segments).map_err(|error| unwritable(py, &error))?;
    Ok(segments.iter().map(|segment| PyBytes::new(py, segment)).collect())
}

/// The message that is relayed or shown: that in a push, or the message.
pub(crate) fn carried(decoded: &Decoded) -> &Decoded {
    decoded.inner.as_deref().unwrap_or(decoded)
}
