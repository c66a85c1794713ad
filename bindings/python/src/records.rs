//! Charging records.

use mms_codec::Options;
use mms_codec::cdr::Records;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyMappingProxy, PyTuple};

use crate::decoded::{Field, named};
use crate::error::Failure;
use crate::message::{Deviation, value_of};
use crate::octets::Input;

/// A charging record of MMS (TS 32.298).
#[pyclass(frozen, module = "mms_codec")]
pub(crate) struct Record {
    name: &'static str,
    fields: Vec<Field>,
    deviations: Vec<mms_codec::Deviation>,
    offset: usize,
}

#[pymethods]
impl Record {
    /// The kind of record in the words of the specification, such as "mMO1SRecord".
    #[getter]
    fn r#type(&self) -> &'static str {
        self.name
    }

    /// The fields by their names in the module of ASN.1, as in the JSON of `mms inspect`.
    #[getter]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyMappingProxy>> {
        let fields = PyDict::new(py);
        for field in &self.fields {
            fields.set_item(&field.name, value_of(py, field)?)?;
        }
        Ok(PyMappingProxy::new(py, fields.as_mapping()))
    }

    /// What was forgiven, with the offsets from the start of the file.
    #[getter]
    fn deviations<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.deviations.iter().copied().map(Deviation))
    }

    /// Where it begins in the file.
    #[getter]
    fn offset(&self) -> usize {
        self.offset
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Record(type='{}', offset={}, fields={})", self.name, self.offset, self.fields(py)?.repr()?))
    }
}

/// Decodes a file of charging records: a Record for each, or the DecodeError of octets that are not one, in their place.
#[pyfunction]
#[pyo3(signature = (data, strict = false))]
pub(crate) fn decode_records(py: Python<'_>, data: Input, strict: bool) -> PyResult<Bound<'_, PyList>> {
    let options = if strict { Options::strict() } else { Options::lenient() };
    let list = PyList::empty(py);
    for record in Records::new(&data.0, &options) {
        match record {
            Ok(entry) => {
                let record = entry.record.value;
                list.append(Record {
                    name: record.name(),
                    fields: named(record.fields()),
                    deviations: entry.record.deviations,
                    offset: entry.offset,
                })?;
            }
            Err(damage) => list.append(Failure::from(damage.error).raised(py).value(py))?,
        }
    }
    Ok(list)
}
