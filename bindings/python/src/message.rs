//! What Python sees of a decoded message.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use mms_codec::message::{Header, Part as LibraryPart};
use mms_codec::{Interface, Shown, ShownKind};
use pyo3::exceptions::{PyAttributeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyMappingProxy, PyMemoryView, PyString, PyTuple};

use crate::decoded::{self, Decoded, Field, content};
use crate::{attributes, octets, replace};

/// A decoded message: a PDU of MM1, a message of MM4, an envelope of MM7, or a push.
///
/// Its fields are in `fields`, with the names and words of the specification, and are attributes with Python's types:
/// `X-Mms-Message-Size` is `message_size`. A field that the message does not have is None, or an empty tuple if it may
/// be repeated. So is one whose value cannot be read; `fields` has its text or octets. Messages are equal if they say
/// the same, whatever was forgiven in them. A message cannot be changed; `replace` makes another one.
#[pyclass(frozen, eq, hash, skip_from_py_object, module = "mms_codec")]
#[derive(Clone)]
pub(crate) struct Message(pub(crate) Arc<Decoded>);

impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        let inner = |message: &Self| message.0.inner.clone().map(Self);
        self.0.content == other.0.content && inner(self) == inner(other)
    }
}

impl Hash for Message {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.content.hash(state);
    }
}

#[pymethods]
impl Message {
    /// The interface: "mm1", "mm4", "mm7" or "push".
    #[getter]
    fn interface(&self) -> &'static str {
        self.0.interface().name()
    }

    /// The kind of message in the words of the specification: "m-send-req", "MM4_forward.REQ", "SubmitReq", "Push".
    #[getter]
    fn r#type(&self) -> String {
        self.0.type_name()
    }

    /// The fields in the order of the message, by their names in the specification. Values are text in the words of the
    /// specification, or numbers; fields that may be repeated are tuples. They are as in the JSON of `mms inspect`.
    #[getter]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyMappingProxy>> {
        let fields = PyDict::new(py);
        for field in self.0.fields() {
            fields.set_item(&field.name, value_of(py, field)?)?;
        }
        Ok(PyMappingProxy::new(py, fields.as_mapping()))
    }

    /// The body: a part, which may have parts.
    #[getter]
    fn body(&self) -> Option<Part> {
        self.0.body().map(|part| Part { path: String::new(), part: part.clone() })
    }

    /// The parts that are not multiparts, in their order; behind them the attachments that nothing refers to.
    #[getter]
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let leaves = self.0.leaves();
        PyTuple::new(py, leaves.into_iter().map(|leaf| Part { path: leaf.path, part: leaf.part.clone() }))
    }

    /// What was forgiven, with the offsets from the start of the input.
    #[getter]
    fn deviations<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.deviations.iter().copied().map(Deviation))
    }

    /// The message in a push, if it is one of MM1. Its deviations have their offsets in the input of the push.
    #[getter]
    fn pdu(&self) -> Option<Self> {
        self.0.inner.clone().map(Self)
    }

    /// The octets that the message was decoded from.
    #[getter]
    fn octets<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyMemoryView>> {
        octets::view(py, &self.0.octets)
    }

    /// Another message with these changes: the fields that messages of all interfaces have, by the names of those of MM1
    /// (`to`, `cc`, `bcc`, `from_`, `subject`, `date`, `expiry`, `delivery_time`, `delivery_report`, `read_report`,
    /// `priority`, `message_class`, `sender_visibility` and others), and `parts`: Parts of messages, texts, and
    /// files, each a name and its content. None takes a field out. This message stays as it is.
    ///
    /// Raises TypeError for anything else, ValueError for values that a field cannot have, and EncodeError for a message
    /// that cannot be written with them.
    #[pyo3(signature = (**changes))]
    fn replace(&self, py: Python<'_>, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        changes.map_or_else(|| Ok(self.clone()), |changes| replace::replaced(py, self, changes))
    }

    /// As `replace`, for `copy.replace`.
    #[pyo3(signature = (**changes))]
    fn __replace__(&self, py: Python<'_>, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        self.replace(py, changes)
    }

    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let attribute = attributes::all().get(name);
        let attribute =
            attribute.ok_or_else(|| PyAttributeError::new_err(format!("no field of MMS is an attribute {name:?}")))?;
        let form = attribute.on(self.0.interface());
        let field = form.and_then(|form| self.0.fields().iter().find(|field| field.name == form.name));
        let kind = form.map_or(ShownKind::Text, |form| form.kind);
        let mut values = Vec::new();
        for value in field.iter().flat_map(|field| &field.values) {
            values.extend(typed(py, kind, value)?);
        }
        if attribute.is_list {
            return Ok(PyTuple::new(py, values)?.into_any());
        }
        Ok(values.into_iter().next().unwrap_or_else(|| py.None().into_bound(py)))
    }

    fn __dir__(slf: Bound<'_, Self>) -> PyResult<Vec<String>> {
        let own: Vec<String> = slf.get_type().dir()?.extract()?;
        Ok(own.into_iter().chain(attributes::all().keys().cloned()).collect())
    }

    fn __repr__(slf: Bound<'_, Self>) -> PyResult<String> {
        let py = slf.py();
        let this = slf.get();
        let mut repr = format!("Message(interface='{}', type='{}'", this.interface(), this.r#type());
        for (name, attribute) in attributes::all() {
            let Some(form) = attribute.on(this.0.interface()) else { continue };
            if this.0.fields().iter().any(|field| field.name == form.name) {
                repr.push_str(&format!(", {name}={}", this.__getattr__(py, name)?.repr()?));
            }
        }
        if let Some(pdu) = this.pdu() {
            repr.push_str(&format!(", pdu={}", Bound::new(py, pdu)?.repr()?));
        }
        Ok(format!("{repr}, parts={}, deviations={})", this.parts(py)?.repr()?, this.deviations(py)?.repr()?))
    }

    /// A message is its octets, decoded again.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let octets = octets::view(py, &self.0.octets)?.call_method0("tobytes")?;
        let arguments = (octets, self.interface(), self.0.strict).into_pyobject(py)?;
        Ok((py.import("mms_codec")?.getattr("decode")?, arguments))
    }
}

/// The value of a field: one, or a tuple.
pub(crate) fn value_of<'py>(py: Python<'py>, field: &Field) -> PyResult<Bound<'py, PyAny>> {
    match field.values.as_slice() {
        [one] if !field.is_list => shown(py, one),
        many => {
            let values: Vec<_> = many.iter().map(|value| shown(py, value)).collect::<PyResult<_>>()?;
            Ok(PyTuple::new(py, values)?.into_any())
        }
    }
}

fn shown<'py>(py: Python<'py>, value: &Shown) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Shown::Number(number) => Ok(number.into_pyobject(py)?.into_any()),
        other => Ok(PyString::new(py, &other.to_string()).into_any()),
    }
}

/// A value as the type that Python has for it; `None` if it is not of that type.
fn typed<'py>(py: Python<'py>, kind: ShownKind, value: &Shown) -> PyResult<Option<Bound<'py, PyAny>>> {
    let text = value.to_string();
    Ok(match kind {
        ShownKind::Number => matches!(value, Shown::Number(_)).then(|| shown(py, value)).transpose()?,
        ShownKind::Flag if is_one_of(&text, ["yes", "true"]) => Some(true.into_pyobject(py)?.to_owned().into_any()),
        ShownKind::Flag if is_one_of(&text, ["no", "false"]) => Some(false.into_pyobject(py)?.to_owned().into_any()),
        ShownKind::Flag => None,
        ShownKind::Time if text.starts_with('P') => interval(py, &text)?,
        ShownKind::Timestamp | ShownKind::Time => {
            // What no calendar has, as beyond the year 9999, is in `fields` only.
            py.import("datetime")?.getattr("datetime")?.call_method1("fromisoformat", (text,)).ok()
        }
        _ => Some(shown(py, value)?),
    })
}

fn is_one_of(text: &str, words: [&str; 2]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// `PT172800S` as a `timedelta`. One with months has no fixed length, and is in `fields` only.
fn interval<'py>(py: Python<'py>, text: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let seconds = text.strip_prefix("PT").and_then(|text| text.strip_suffix('S'));
    let Some(seconds) = seconds.and_then(|seconds| seconds.parse::<f64>().ok()) else { return Ok(None) };
    let arguments = PyDict::new(py);
    arguments.set_item("seconds", seconds)?;
    Ok(py.import("datetime")?.getattr("timedelta")?.call((), Some(&arguments)).ok())
}

/// A part of a message, or its whole body.
#[pyclass(frozen, eq, hash, skip_from_py_object, module = "mms_codec")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    pub(crate) path: String,
    pub(crate) part: LibraryPart,
}

#[pymethods]
impl Part {
    /// The place in the tree of parts, such as "2.1"; "" for the whole body.
    #[getter]
    fn path(&self) -> &str {
        &self.path
    }

    /// The content type with its parameters, such as "text/plain; charset=utf-8".
    #[getter]
    fn content_type(&self) -> String {
        self.part.content_type.to_string()
    }

    /// The content type without its parameters, such as "text/plain".
    #[getter]
    fn media_type(&self) -> String {
        self.part.content_type.media.to_string()
    }

    /// The identifier, with the angle brackets that it was written with.
    #[getter]
    fn content_id(&self) -> Option<&str> {
        self.part.content_id.as_deref()
    }

    /// The name that other parts refer to it by.
    #[getter]
    fn content_location(&self) -> Option<&str> {
        self.part.content_location.as_deref()
    }

    /// How it is to be shown, such as "attachment; filename=dot.gif".
    #[getter]
    fn content_disposition(&self) -> Option<String> {
        self.part.disposition.as_ref().map(ToString::to_string)
    }

    /// The other headers in their order: names and values.
    #[getter]
    fn headers(&self) -> Vec<(&str, &str)> {
        let headers = self.part.headers.iter();
        headers
            .filter_map(|header| match header {
                Header::Text { name, value } => Some((name.as_str(), value.as_str())),
                _ => None,
            })
            .collect()
    }

    /// The name of the file that it is, or was.
    #[getter]
    fn name(&self) -> Option<String> {
        self.part.name().map(Into::into)
    }

    /// The text of a part that is text, whatever its charset.
    #[getter]
    fn text(&self) -> Option<String> {
        self.part.text().map(Into::into)
    }

    /// The content, shared with the input; of a multipart, nothing. A transfer encoding is undone, which takes a copy.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyMemoryView>> {
        octets::view(py, &content(&self.part))
    }

    /// The parts of a multipart.
    #[getter]
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let above = if self.path.is_empty() { String::new() } else { format!("{}.", self.path) };
        let part =
            |(part, number): (&LibraryPart, usize)| Self { path: format!("{above}{number}"), part: part.clone() };
        PyTuple::new(py, self.part.parts().iter().zip(1..).map(part).collect::<Vec<_>>())
    }

    /// The message in the part, decoded, if the part is one (`application/vnd.wap.mms-message`). Offsets count from the
    /// start of `data`.
    fn message(&self, py: Python<'_>) -> PyResult<Option<Message>> {
        let inner = decoded::is_message(&self.part).then(|| content(&self.part));
        inner.map(|octets| decode(py, octets::Input(octets), Some("mm1"), false)).transpose()
    }

    fn __len__(&self) -> usize {
        content(&self.part).len()
    }

    fn __bool__(&self) -> bool {
        true
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let content_type = PyString::new(py, &self.content_type());
        let name = self.name().into_pyobject(py)?;
        Ok(format!(
            "Part(path='{}', content_type={}, name={}, length={})",
            self.path,
            content_type.repr()?,
            name.repr()?,
            self.__len__()
        ))
    }
}

/// Something that the decoder forgave.
#[pyclass(frozen, eq, hash, str, skip_from_py_object, module = "mms_codec")]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deviation(pub(crate) mms_codec::Deviation);

impl Hash for Deviation {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.kind.name(), self.0.offset, self.0.field).hash(state);
    }
}

impl core::fmt::Display for Deviation {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

#[pymethods]
impl Deviation {
    /// What it was, by the name that programs know: "missing-quote".
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind.name()
    }

    /// Where, in octets from the start of the input.
    #[getter]
    fn offset(&self) -> usize {
        self.0.offset
    }

    /// The field that it was in.
    #[getter]
    fn field(&self) -> Option<&'static str> {
        self.0.field
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let field = self.field().into_pyobject(py)?;
        Ok(format!("Deviation(kind='{}', offset={}, field={})", self.kind(), self.offset(), field.repr()?))
    }
}

/// Decodes a message.
///
/// `data` is any buffer; `bytes` are shared with the message and its parts, others are copied once. `interface` is "mm1",
/// "mm4", "mm7" or "push"; without it, the octets are looked at. `strict` refuses what the specification does not allow,
/// instead of forgiving it and listing it in `deviations`.
///
/// Raises DecodeError for octets that are not a message, and ValueError for an interface that does not exist.
#[pyfunction]
#[pyo3(signature = (data, interface = None, strict = false))]
pub(crate) fn decode(py: Python<'_>, data: octets::Input, interface: Option<&str>, strict: bool) -> PyResult<Message> {
    let interface = interface_named(interface)?;
    let outcome = py.detach(|| decoded::decode(&data.0, interface, strict));
    outcome.map(|decoded| Message(decoded.into())).map_err(|failure| failure.raised(py))
}

/// Encodes a message as its specification has it: what was forgiven when it was decoded is put right or refused. A
/// message of MM7 is written as an HTTP message.
///
/// Raises EncodeError for what cannot be written.
#[pyfunction]
pub(crate) fn encode<'py>(py: Python<'py>, message: &Message) -> PyResult<Bound<'py, PyBytes>> {
    let encoded = py.detach(|| message.0.encoded()).map_err(|error| crate::error::unwritable(py, &error))?;
    Ok(PyBytes::new(py, &encoded))
}

/// The interface with this name, of those that can be decoded here.
pub(crate) fn interface_named(name: Option<&str>) -> PyResult<Option<Interface>> {
    let Some(name) = name else { return Ok(None) };
    let mut known = Interface::ALL.iter().copied().filter(|interface| *interface != Interface::Cdr);
    let found = known.find(|interface| interface.name() == name);
    found.map(Some).ok_or_else(|| PyValueError::new_err(format!("no interface {name:?}: mm1, mm4, mm7 and push are")))
}
