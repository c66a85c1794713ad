//! One message to several systems.

use mms_codec::Interface;
use mms_codec::mm4::{self, Posting};
use mms_codec::relay::{self, Hop};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::relay::{Relayed, Source, on_mm7, provider, receipt, relayed, time};

/// A message for all networks of its recipients.
#[pyclass(frozen, module = "mms_codec")]
pub(crate) struct Routed {
    mails: Vec<Py<Relayed>>,
    others: Vec<String>,
}

#[pymethods]
impl Routed {
    /// One mail for each network, in the order of its first recipient.
    #[getter]
    fn mails<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.mails)
    }

    /// The recipients without a peer, blind ones among them: those of the own network, and those who cannot be reached.
    #[getter]
    fn others<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.others)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Routed(mails={}, others={})", self.mails(py)?.repr()?, self.others(py)?.repr()?))
    }
}

/// The identifier of the first transaction, and of the others with their number behind it.
fn transaction(id: &str, number: usize) -> String {
    if number == 0 { id.into() } else { format!("{id}-{}", number + 1) }
}

/// Puts a message on MM4 for every network of its recipients. `peer` gives the domain of the operator who serves a
/// recipient, such as "+447700900123/TYPE=PLMN", or None for one whom no other operator serves. Mails after the first have
/// the transaction identifiers "T1-2", "T1-3".
///
/// Raises ValueError for what is not a message, EncodeError for what cannot be written, and what `peer` raises.
#[pyfunction]
#[pyo3(signature = (message, peer, *, arrived, message_id, domain, transaction_id = "T1", sender = None))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn route(
    py: Python<'_>,
    message: &Bound<'_, PyAny>,
    peer: &Bound<'_, PyAny>,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    domain: &str,
    transaction_id: &str,
    sender: Option<&str>,
) -> PyResult<Routed> {
    let Source::Message(taken) = Source::of(message)? else {
        return Err(PyValueError::new_err("a report is not routed"));
    };
    let receipt = receipt(arrived, message_id, sender)?;
    let date = time(arrived)?;
    let mut raised = None;
    let mut domains = Vec::<String>::new();
    let routed = relay::route(*taken, &receipt, |address| {
        if raised.is_some() {
            return None;
        }
        let found = peer.call1((address.to_string(),)).and_then(|domain| domain.extract::<Option<String>>());
        let peer_domain = found.map_err(|error| raised = Some(error)).ok()??;
        let number = domains.iter().position(|known| *known == peer_domain).unwrap_or_else(|| {
            domains.push(peer_domain.clone());
            domains.len() - 1
        });
        let id = transaction(transaction_id, number);
        let posting = Posting::new(format!("system-user@{domain}"), &format!("{id}@{domain}"), date);
        Some(Hop::new(posting, id, domain, peer_domain))
    });
    if let Some(error) = raised {
        return Err(error);
    }
    let mails = routed.mails.into_iter().map(|mail| Py::new(py, relayed(py, Interface::Mm4, mail, mm4::encode)?));
    Ok(Routed {
        mails: mails.collect::<PyResult<_>>()?,
        others: routed.others.iter().map(ToString::to_string).collect(),
    })
}

/// Puts a message on MM7 as `to_submit` does, once for each of its recipients, as systems want it that do not take the
/// others along. Messages after the first have the transaction identifiers "T1-2", "T1-3".
///
/// Raises ValueError for what is not a message, EncodeError for what cannot be written.
#[pyfunction]
#[pyo3(signature = (
    message, *, arrived, message_id, transaction_id = "T1", vasp_id = None, vas_id = None, linked_id = None,
    sender = None,
))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub(crate) fn to_submits(
    py: Python<'_>,
    message: &Bound<'_, PyAny>,
    arrived: &Bound<'_, PyAny>,
    message_id: &str,
    transaction_id: &str,
    vasp_id: Option<&str>,
    vas_id: Option<&str>,
    linked_id: Option<&str>,
    sender: Option<&str>,
) -> PyResult<Vec<Relayed>> {
    let Source::Message(taken) = Source::of(message)? else {
        return Err(PyValueError::new_err("a report is not submitted"));
    };
    let provider = provider(vasp_id, vas_id, linked_id);
    let submits = relay::to_submits(*taken, &receipt(arrived, message_id, sender)?, &provider);
    let submits = submits.into_iter().enumerate();
    submits.map(|(number, submit)| on_mm7(py, &transaction(transaction_id, number), submit)).collect()
}
