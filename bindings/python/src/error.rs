//! Exceptions: what failed, where, and in which field.

use mms_codec::{DecodeError as Refused, EncodeError as Unwritable};
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

create_exception!(mms_codec, MmsError, PyValueError, "What the codecs refuse. `kind` names the reason for programs.");
create_exception!(
    mms_codec,
    DecodeError,
    MmsError,
    "Octets that cannot be decoded: `kind`, `offset` in octets from the start of the input, and `field`, which is None \
     where no field is concerned."
);
create_exception!(
    mms_codec,
    EncodeError,
    MmsError,
    "A message that cannot be encoded: `kind`, and `field`, which is None where no field is concerned."
);

/// Why octets were not decoded, without anything of Python.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) kind: &'static str,
    pub(crate) message: String,
    pub(crate) offset: usize,
    pub(crate) field: Option<&'static str>,
}

impl Failure {
    /// Octets in which no interface is recognised.
    pub(crate) fn unrecognised() -> Self {
        let kind = mms_codec::DecodeErrorKind::NotAMessage.code();
        Self { kind, message: "not a message of any interface known here".into(), offset: 0, field: None }
    }

    /// The same failure inside octets that begin at `base`.
    pub(crate) fn moved(mut self, to: impl Fn(usize) -> usize) -> Self {
        self.offset = to(self.offset);
        self
    }

    pub(crate) fn raised(&self, py: Python<'_>) -> PyErr {
        let text = match self.field {
            Some(field) => format!("{} at octet {}, in {field}", self.message, self.offset),
            None => format!("{} at octet {}", self.message, self.offset),
        };
        let error = DecodeError::new_err(text);
        with(error, py, self.kind, Some(self.offset), self.field)
    }
}

impl From<Refused> for Failure {
    fn from(error: Refused) -> Self {
        Self { kind: error.kind.code(), message: error.kind.to_string(), offset: error.offset, field: error.field }
    }
}

/// An exception for what cannot be written.
pub(crate) fn unwritable(py: Python<'_>, error: &Unwritable) -> PyErr {
    with(EncodeError::new_err(error.to_string()), py, error.kind.code(), None, error.field)
}

fn with(error: PyErr, py: Python<'_>, kind: &str, offset: Option<usize>, field: Option<&str>) -> PyErr {
    let value = error.value(py);
    let set = || {
        value.setattr("kind", kind)?;
        offset.map_or(Ok(()), |offset| value.setattr("offset", offset))?;
        value.setattr("field", field)
    };
    // An exception without its attributes would be worse than the one that prevents them.
    set().err().unwrap_or(error)
}
