//! Octets that Python and the library share.

use core::ffi::c_int;

use mms_codec::Bytes;
use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyMemoryView};

/// Octets that came from Python. `bytes` are shared, since nothing changes them; any other buffer is copied once.
#[derive(Debug)]
pub(crate) struct Input(pub(crate) Bytes);

impl<'a, 'py> FromPyObject<'a, 'py> for Input {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let bytes: Bound<'py, PyBytes> = match object.cast::<PyBytes>() {
            Ok(bytes) => bytes.to_owned(),
            Err(_) => PyMemoryView::from(&object)?.call_method0("tobytes")?.cast_into()?,
        };
        Ok(Self(Bytes::from_owner(PyBackedBytes::from(bytes))))
    }
}

/// Octets that Python reads where they are.
#[pyclass(frozen, module = "mms_codec._native")]
struct Octets(Bytes);

#[pymethods]
impl Octets {
    // SAFETY: Python calls this with a `view` that it owns and that is to be filled.
    unsafe fn __getbuffer__(slf: Bound<'_, Self>, view: *mut ffi::Py_buffer, flags: c_int) -> PyResult<()> {
        let octets = &slf.get().0;
        let length = octets.len().try_into().map_err(|_| PyBufferError::new_err("too many octets"))?;
        // SAFETY: the octets do not move and do not change while the object lives (the class is frozen, and
        // `Bytes` are immutable), and the view holds a reference to it. They are read only: Python refuses a
        // writable view.
        let filled =
            unsafe { ffi::PyBuffer_FillInfo(view, slf.as_ptr(), octets.as_ptr().cast_mut().cast(), length, 1, flags) };
        if filled == 0 { Ok(()) } else { Err(PyErr::fetch(slf.py())) }
    }
}

/// A `memoryview` of octets, which shares them.
pub(crate) fn view<'py>(py: Python<'py>, octets: &Bytes) -> PyResult<Bound<'py, PyMemoryView>> {
    PyMemoryView::from(Bound::new(py, Octets(octets.clone()))?.as_any())
}
