//! Messages as a table of Apache Arrow, with one schema for all interfaces, by the Arrow PyCapsule interface: the
//! programs that take it (pyarrow, pandas, polars, DuckDB) share the memory.

use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, ListArray, MapArray, RecordBatch, RecordBatchIterator, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema, TimeUnit};
use mms_codec::message::{Address, Timestamp};
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::decoded::{Decoded, content};
use crate::error::DecodeError;
use crate::message::Message;

/// How many octets of messages, and how many messages, go into one batch at most, but for one that is larger.
const BATCH_OCTETS: usize = 32 << 20;
const BATCH_ROWS: usize = 16_384;

/// Messages as a table of Arrow: `pyarrow.table`, `polars.DataFrame` and `pandas.DataFrame.from_arrow` take it, as does
/// everything else that knows the Arrow PyCapsule interface.
#[pyclass(frozen, module = "mms_codec")]
pub(crate) struct ArrowTable {
    schema: Arc<Schema>,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl ArrowTable {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // There is one schema; whoever wants another one converts it.
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok::<_, ArrowError>);
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new(batches, self.schema.clone())));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.schema).map_err(|error| arrow_error(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// How many rows it has.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __bool__(&self) -> bool {
        true
    }

    fn __repr__(&self) -> String {
        format!("ArrowTable(rows={}, batches={})", self.__len__(), self.batches.len())
    }
}

/// Puts messages into a table, one in a row, with the DecodeErrors of those that `decode_many` could not decode. With
/// `data`, the column `parts` has the contents of the parts.
///
/// The schema is always the same; the README of the package describes it. A push is shown as the message in it.
#[pyfunction]
#[pyo3(signature = (messages, data = false))]
pub(crate) fn to_arrow(py: Python<'_>, messages: &Bound<'_, PyAny>, data: bool) -> PyResult<ArrowTable> {
    let rows: Vec<Row> = messages.try_iter()?.map(|item| Row::of(&item?)).collect::<PyResult<_>>()?;
    py.detach(|| table(&rows, data)).map_err(|error| match error {
        ArrowError::OffsetOverflowError(_) => PyOverflowError::new_err("a message has more text than a table holds"),
        error => arrow_error(&error),
    })
}

fn arrow_error(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// What a row is made of.
enum Row {
    Message(Arc<Decoded>),
    Failure(String, String, Option<usize>, Option<String>),
}

impl Row {
    fn of(item: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(message) = item.cast::<Message>() {
            return Ok(Self::Message(message.get().0.clone()));
        }
        if item.is_instance_of::<DecodeError>() {
            let get = |name: &str| item.getattr(name);
            let (kind, offset, field) = (get("kind")?, get("offset")?, get("field")?);
            return Ok(Self::Failure(kind.extract()?, item.str()?.to_string(), offset.extract()?, field.extract()?));
        }
        let of = item.get_type().name()?;
        Err(PyTypeError::new_err(format!("a table has rows of Message and DecodeError, not {of}")))
    }

    fn octets(&self) -> usize {
        match self {
            Self::Message(decoded) => decoded.octets.len(),
            Self::Failure(..) => 0,
        }
    }
}

fn table(rows: &[Row], data: bool) -> Result<ArrowTable, ArrowError> {
    let schema = Arc::new(Schema::new(columns()));
    let mut batches = Vec::new();
    let mut columns = Columns::default();
    for row in rows {
        if columns.rows >= BATCH_ROWS || columns.octets.saturating_add(row.octets()) > BATCH_OCTETS && columns.rows > 0
        {
            batches.push(std::mem::take(&mut columns).finish(&schema)?);
        }
        columns.add(row, data)?;
    }
    if columns.rows > 0 {
        batches.push(columns.finish(&schema)?);
    }
    Ok(ArrowTable { schema, batches })
}

fn texts() -> DataType {
    DataType::List(item(DataType::Utf8))
}

fn item(of: DataType) -> FieldRef {
    Field::new("item", of, false).into()
}

fn entries() -> DataType {
    DataType::Struct(vec![Field::new("key", DataType::Utf8, false), Field::new("value", texts(), false)].into())
}

fn part() -> DataType {
    let fields = vec![
        Field::new("path", DataType::Utf8, false),
        Field::new("content_type", DataType::Utf8, false),
        Field::new("content_id", DataType::Utf8, true),
        Field::new("content_location", DataType::Utf8, true),
        Field::new("name", DataType::Utf8, true),
        Field::new("length", DataType::Int64, false),
        Field::new("text", DataType::Utf8, true),
        Field::new("data", DataType::Binary, true),
    ];
    DataType::Struct(fields.into())
}

fn deviation() -> DataType {
    let fields = vec![
        Field::new("kind", DataType::Utf8, false),
        Field::new("offset", DataType::Int64, false),
        Field::new("field", DataType::Utf8, true),
    ];
    DataType::Struct(fields.into())
}

fn error() -> DataType {
    let fields = vec![
        Field::new("kind", DataType::Utf8, true),
        Field::new("message", DataType::Utf8, true),
        Field::new("offset", DataType::Int64, true),
        Field::new("field", DataType::Utf8, true),
    ];
    DataType::Struct(fields.into())
}

/// The schema: what every message has, what all interfaces share, and everything else by name.
fn columns() -> Vec<Field> {
    vec![
        Field::new("interface", DataType::Utf8, true),
        Field::new("type", DataType::Utf8, true),
        Field::new("date", DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())), true),
        Field::new("from", DataType::Utf8, true),
        Field::new("to", texts(), false),
        Field::new("cc", texts(), false),
        Field::new("bcc", texts(), false),
        Field::new("subject", DataType::Utf8, true),
        Field::new("fields", DataType::Map(Field::new("entries", entries(), false).into(), false), false),
        Field::new("parts", DataType::List(item(part())), false),
        Field::new("deviations", DataType::List(item(deviation())), false),
        Field::new("error", error(), true),
    ]
}

/// A column of texts that does not grow beyond what its offsets can say.
#[derive(Default)]
struct Texts {
    values: StringBuilder,
    octets: usize,
}

impl Texts {
    fn add(&mut self, text: Option<&str>) -> Result<(), ArrowError> {
        self.octets = within(self.octets, text.map_or(0, str::len))?;
        self.values.append_option(text);
        Ok(())
    }

    fn finish(mut self) -> ArrayRef {
        Arc::new(self.values.finish())
    }
}

fn within(octets: usize, more: usize) -> Result<usize, ArrowError> {
    let sum = octets.saturating_add(more);
    if i32::try_from(sum).is_ok() { Ok(sum) } else { Err(ArrowError::OffsetOverflowError(sum)) }
}

/// A column of lists of texts.
#[derive(Default)]
struct TextLists {
    lengths: Vec<usize>,
    values: Texts,
}

impl TextLists {
    fn add<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>) -> Result<(), ArrowError> {
        let mut length = 0_usize;
        for text in texts {
            self.values.add(Some(text.as_ref()))?;
            length = length.saturating_add(1);
        }
        self.lengths.push(length);
        Ok(())
    }

    fn finish(self) -> Result<ArrayRef, ArrowError> {
        list(item(DataType::Utf8), self.lengths, self.values.finish())
    }
}

fn list(of: FieldRef, lengths: Vec<usize>, values: ArrayRef) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(ListArray::try_new(of, OffsetBuffer::from_lengths(lengths), values, None)?))
}

fn structs(of: &DataType, columns: Vec<ArrayRef>, nulls: Option<NullBuffer>) -> Result<StructArray, ArrowError> {
    match of {
        DataType::Struct(fields) => StructArray::try_new(fields.clone(), columns, nulls),
        other => Err(ArrowError::SchemaError(format!("{other} is not a struct"))),
    }
}

#[derive(Default)]
struct PartColumns {
    path: Texts,
    content_type: Texts,
    content_id: Texts,
    content_location: Texts,
    name: Texts,
    length: Int64Builder,
    text: Texts,
    data: BinaryBuilder,
    data_octets: usize,
}

impl PartColumns {
    fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let columns: Vec<ArrayRef> = vec![
            self.path.finish(),
            self.content_type.finish(),
            self.content_id.finish(),
            self.content_location.finish(),
            self.name.finish(),
            Arc::new(self.length.finish()),
            self.text.finish(),
            Arc::new(self.data.finish()),
        ];
        Ok(Arc::new(structs(&part(), columns, None)?))
    }
}

/// The columns under construction.
#[derive(Default)]
struct Columns {
    rows: usize,
    octets: usize,
    interface: Texts,
    type_name: Texts,
    date: TimestampMicrosecondBuilder,
    from: Texts,
    to: TextLists,
    cc: TextLists,
    bcc: TextLists,
    subject: Texts,
    field_counts: Vec<usize>,
    field_names: Texts,
    field_values: TextLists,
    part_counts: Vec<usize>,
    parts: PartColumns,
    deviation_counts: Vec<usize>,
    deviation_kinds: Texts,
    deviation_offsets: Int64Builder,
    deviation_fields: Texts,
    is_error: Vec<bool>,
    error_kinds: Texts,
    error_messages: Texts,
    error_offsets: Int64Builder,
    error_fields: Texts,
}

impl Columns {
    fn add(&mut self, row: &Row, data: bool) -> Result<(), ArrowError> {
        self.rows = self.rows.saturating_add(1);
        self.octets = self.octets.saturating_add(row.octets());
        let decoded = match row {
            Row::Message(decoded) => Some(&**decoded),
            Row::Failure(..) => None,
        };
        // What a push carries says more than the push.
        let shown = decoded.map(|decoded| decoded.inner.as_deref().unwrap_or(decoded));
        self.add_message(decoded, shown)?;
        self.add_fields(shown)?;
        self.add_parts(shown, data)?;
        self.add_deviations(decoded)?;
        self.add_error(row)
    }

    fn add_message(&mut self, decoded: Option<&Decoded>, shown: Option<&Decoded>) -> Result<(), ArrowError> {
        self.interface.add(decoded.map(|decoded| decoded.interface().name()))?;
        self.type_name.add(shown.map(Decoded::type_name).as_deref())?;
        let message = shown.and_then(Decoded::message);
        self.date.append_option(message.and_then(|message| message.date).and_then(microseconds));
        self.from.add(message.and_then(|message| message.from.as_ref()?.address()).map(Address::value))?;
        let addresses =
            |of: fn(&mms_codec::message::Message) -> &Vec<Address>| message.map(of).map_or(&[][..], Vec::as_slice);
        self.to.add(addresses(|message| &message.to).iter().map(Address::value))?;
        self.cc.add(addresses(|message| &message.cc).iter().map(Address::value))?;
        self.bcc.add(addresses(|message| &message.bcc).iter().map(Address::value))?;
        let subject = message.and_then(|message| message.subject.as_ref()).map(ToString::to_string);
        self.subject.add(subject.as_deref())
    }

    fn add_fields(&mut self, shown: Option<&Decoded>) -> Result<(), ArrowError> {
        let fields = shown.map_or(&[][..], Decoded::fields);
        self.field_counts.push(fields.len());
        for field in fields {
            self.field_names.add(Some(&field.name))?;
            self.field_values.add(field.values.iter().map(ToString::to_string))?;
        }
        Ok(())
    }

    fn add_parts(&mut self, shown: Option<&Decoded>, data: bool) -> Result<(), ArrowError> {
        let leaves = shown.map(Decoded::leaves).unwrap_or_default();
        self.part_counts.push(leaves.len());
        let parts = &mut self.parts;
        for leaf in leaves {
            let octets = content(leaf.part);
            parts.path.add(Some(&leaf.path))?;
            parts.content_type.add(Some(&leaf.part.content_type.to_string()))?;
            parts.content_id.add(leaf.part.content_id.as_deref())?;
            parts.content_location.add(leaf.part.content_location.as_deref())?;
            parts.name.add(leaf.part.name().as_deref())?;
            parts.length.append_option(signed(octets.len()));
            parts.text.add(leaf.part.text().as_deref())?;
            let octets = data.then_some(octets);
            parts.data_octets = within(parts.data_octets, octets.as_ref().map_or(0, |octets| octets.len()))?;
            parts.data.append_option(octets);
        }
        Ok(())
    }

    fn add_deviations(&mut self, decoded: Option<&Decoded>) -> Result<(), ArrowError> {
        let inner = decoded.and_then(|decoded| decoded.inner.as_deref());
        let deviations = || decoded.into_iter().chain(inner).flat_map(|decoded| &decoded.deviations);
        self.deviation_counts.push(deviations().count());
        for deviation in deviations() {
            self.deviation_kinds.add(Some(deviation.kind.name()))?;
            self.deviation_offsets.append_option(signed(deviation.offset));
            self.deviation_fields.add(deviation.field)?;
        }
        Ok(())
    }

    fn add_error(&mut self, row: &Row) -> Result<(), ArrowError> {
        let (kind, message, offset, field) = match row {
            Row::Message(_) => (None, None, None, None),
            Row::Failure(kind, message, offset, field) => {
                (Some(kind.as_str()), Some(message.as_str()), offset.and_then(signed), field.as_deref())
            }
        };
        self.is_error.push(kind.is_some());
        self.error_kinds.add(kind)?;
        self.error_messages.add(message)?;
        self.error_offsets.append_option(offset);
        self.error_fields.add(field)
    }

    fn finish(mut self, schema: &Arc<Schema>) -> Result<RecordBatch, ArrowError> {
        let names = self.field_names.finish();
        let pairs = structs(&entries(), vec![names, self.field_values.finish()?], None)?;
        let of_map = Field::new("entries", entries(), false).into();
        let fields = MapArray::try_new(of_map, OffsetBuffer::from_lengths(self.field_counts), pairs, None, false)?;
        let deviations: Vec<ArrayRef> = vec![
            self.deviation_kinds.finish(),
            Arc::new(self.deviation_offsets.finish()),
            self.deviation_fields.finish(),
        ];
        let errors: Vec<ArrayRef> = vec![
            self.error_kinds.finish(),
            self.error_messages.finish(),
            Arc::new(self.error_offsets.finish()),
            self.error_fields.finish(),
        ];
        let columns: Vec<ArrayRef> = vec![
            self.interface.finish(),
            self.type_name.finish(),
            Arc::new(self.date.finish().with_timezone("UTC")),
            self.from.finish(),
            self.to.finish()?,
            self.cc.finish()?,
            self.bcc.finish()?,
            self.subject.finish(),
            Arc::new(fields),
            list(item(part()), self.part_counts, self.parts.finish()?)?,
            list(item(deviation()), self.deviation_counts, Arc::new(structs(&deviation(), deviations, None)?))?,
            Arc::new(structs(&error(), errors, Some(self.is_error.into()))?),
        ];
        debug_assert!(columns.iter().all(|column| column.len() == self.rows));
        RecordBatch::try_new(schema.clone(), columns)
    }
}

/// `None` for what no column of times can say.
fn microseconds(time: Timestamp) -> Option<i64> {
    time.seconds.checked_mul(1_000_000)?.checked_add(i64::from(time.nanoseconds / 1_000))
}

fn signed(number: usize) -> Option<i64> {
    i64::try_from(number).ok()
}
