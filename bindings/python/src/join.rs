//! Pushes out of short messages.

use mms_codec::push::sms::{self, JoinLimits, Joined, UserData};
use mms_codec::{Bytes, Interface, Options};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::decoded::decode;
use crate::message::Message;
use crate::octets::Input;

/// Joins the segments of pushes, in any order, those of many pushes at once. Memory is bounded: of more than 64 pushes
/// that others are missing of, the oldest is forgotten.
#[pyclass(module = "mms_codec")]
pub(crate) struct Joiner(sms::Joiner);

#[pymethods]
impl Joiner {
    #[new]
    fn new() -> Self {
        Self(sms::Joiner::new(JoinLimits::DEFAULT))
    }

    /// Takes a short message: a TPDU, its user data alone, or as text the line of hexadecimal digits that a modem writes.
    /// Returns the push that it completes, or None while others are missing. `originator` is who sent user data.
    ///
    /// Raises ValueError for what is not a short message that carries a push, and DecodeError for a push that cannot be
    /// decoded.
    #[pyo3(signature = (message, originator = ""))]
    fn add(&mut self, py: Python<'_>, message: &Bound<'_, PyAny>, originator: &str) -> PyResult<Option<Message>> {
        let octets = match message.cast::<PyString>() {
            Ok(line) => Bytes::copy_from_slice(line.to_str()?.trim().as_bytes()),
            Err(_) => message.extract::<Input>()?.0,
        };
        let segment = segment(&octets, originator);
        let (originator, user_data) =
            segment.ok_or_else(|| PyValueError::new_err("not a short message that carries a push"))?;
        match self.0.add(&originator, &user_data).map_err(|error| PyValueError::new_err(error.to_string()))? {
            Joined::Complete(message) => {
                let decoded = decode(&message.data, Some(Interface::Push), false);
                decoded.map(|decoded| Some(Message(decoded.into()))).map_err(|failure| failure.raised(py))
            }
            _ => Ok(None),
        }
    }

    /// The pushes that others are missing of: originator, number of segments, and the missing ones.
    #[getter]
    fn waiting<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let unfinished = self.0.unfinished().map(|one| {
            let missing: Vec<u32> = one.missing.iter().copied().map(u32::from).collect();
            (one.key.originator.to_string(), one.key.total, missing)
        });
        PyTuple::new(py, unfinished.collect::<Vec<_>>())
    }
}

/// Originator and user data of a short message that carries a push, or a segment of one.
fn segment(octets: &Bytes, originator: &str) -> Option<(String, UserData)> {
    let is_push = |user_data: &UserData| {
        let header = &user_data.header;
        header.ports().map_or_else(|| header.concatenation().is_some(), |ports| ports.is_push())
    };
    let of_number = |number: &str, user_data| is_push(&user_data).then(|| (number.to_owned(), user_data));
    sms::carried(octets, of_number).or_else(|| {
        let user_data = UserData::decode_with(octets, &Options::strict()).ok()?.value;
        is_push(&user_data).then(|| (originator.to_owned(), user_data))
    })
}

/// Joins the short messages of one push, as `Joiner.add` takes them, in any order.
///
/// Raises ValueError if some are missing.
#[pyfunction]
#[pyo3(signature = (messages, originator = ""))]
pub(crate) fn join(py: Python<'_>, messages: &Bound<'_, PyAny>, originator: &str) -> PyResult<Message> {
    let mut joiner = Joiner::new();
    for message in messages.try_iter()? {
        if let Some(push) = joiner.add(py, &message?, originator)? {
            return Ok(push);
        }
    }
    Err(PyValueError::new_err("segments are missing"))
}
