//! PDUs of MM1: decoded, made, read and written.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ffi::{c_char, c_void};
use core::mem::MaybeUninit;

use mms_codec_rs::message::{MmStatus, ReadStatus};
use mms_codec_rs::mm1::{self, Extra, FieldCode, FieldValue, MessageType, Pdu};
use mms_codec_rs::{Bytes, Deviation, Limits, Options};

use crate::border::{self, mms_octets, mms_str, place, there};
use crate::error::{Failure, ended, mms_code, mms_error, mms_status};
use crate::part::mms_part;
use crate::value::{MMS_NO_COUNT, mms_kind, mms_value, put};

/// A PDU, and what was forgiven to decode it.
#[derive(Clone, Debug)]
pub struct mms_pdu {
    pdu: Pdu,
    deviations: Vec<Deviation>,
}

/// How to decode. All zeros, as of `mms_options options = {0};`, is what NULL is too: leniently, with the limits
/// that suit any message of a phone.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct mms_options {
    /// Whether what the specification forbids is an error instead of a deviation: not 0.
    pub strict: u32,
    /// How deep parts may nest, at most 64; 0 for 8.
    pub depth: usize,
    /// How many parts a message may have; 0 for 64.
    pub parts: usize,
    /// How many octets allow one more part; 0 for 128.
    pub octets_per_part: usize,
    /// How many fields, parameters and deviations a message may have; 0 for 440.
    pub items: usize,
    /// How many octets allow one more of these; 0 for 20.
    pub octets_per_item: usize,
}

impl mms_options {
    pub(crate) fn of(options: Option<&Self>) -> Options {
        let options = options.copied().unwrap_or_default();
        let or = |limit: usize, default: usize| if limit == 0 { default } else { limit };
        let limits = Limits {
            depth: or(options.depth, Limits::DEFAULT.depth),
            parts: or(options.parts, Limits::DEFAULT.parts),
            octets_per_part: or(options.octets_per_part, Limits::DEFAULT.octets_per_part),
            items: or(options.items, Limits::DEFAULT.items),
            octets_per_item: or(options.octets_per_item, Limits::DEFAULT.octets_per_item),
            ..Limits::DEFAULT
        };
        Options { strict: options.strict != 0, limits }
    }
}

/// A field without a place in its PDU: an application header, or one that is unknown, repeated, out of place, or
/// has a value that cannot be read. Name and value belong to the PDU.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_extra {
    /// The name of an application header; else NULL.
    pub name: mms_str,
    /// The octets of the value; of an application header its text.
    pub value: mms_octets,
    /// The number of the field; 0 for an application header, and for octets that belong to no field.
    pub field: u8,
}

impl mms_pdu {
    pub(crate) fn decode(octets: &Bytes, options: Option<&mms_options>) -> Result<Box<Self>, Failure> {
        Ok(Self::of(mm1::decode_with(octets, &mms_options::of(options))?))
    }

    pub(crate) fn of(decoded: mms_codec_rs::Decoded<Pdu>) -> Box<Self> {
        Box::new(Self { pdu: decoded.value, deviations: decoded.deviations })
    }

    fn made(pdu: impl Into<Pdu>) -> Box<Self> {
        Box::new(Self { pdu: pdu.into(), deviations: Vec::new() })
    }
}

/// A field of the specification or another one.
fn code(field: u8) -> Result<FieldCode, Failure> {
    FieldCode::from_wire(field).ok_or(Failure::Status(mms_status::MMS_ERROR_NUMBER))
}

/// Decodes a PDU. `octets` are copied: they need not outlive the call. `options` may be NULL. `*pdu` is the new
/// handle, which `mms_pdu_free` frees, and NULL on failure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_decode(
    octets: *const u8,
    length: usize,
    options: Option<&mms_options>,
    pdu: Option<&mut MaybeUninit<Option<Box<mms_pdu>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let decoded = place(pdu).and_then(|pdu| {
        // SAFETY: the contract of the header.
        let octets = unsafe { border::octets(octets, length) }?;
        *pdu = Some(mms_pdu::decode(&Bytes::copy_from_slice(octets), options)?);
        Ok(())
    });
    ended(error, decoded)
}

/// Decodes a PDU as `mms_decode` does, without copying `octets`. They must not change until the library calls
/// `release(context)`, once, by whichever thread frees the last PDU or part made of them; if decoding fails, before
/// the function returns. Without `release`, they must never change.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_decode_shared(
    octets: *const u8,
    length: usize,
    release: Option<unsafe extern "C" fn(context: *mut c_void)>,
    context: *mut c_void,
    options: Option<&mms_options>,
    pdu: Option<&mut MaybeUninit<Option<Box<mms_pdu>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let owner = Shared { octets, length, release, context };
    let decoded = place(pdu).and_then(|pdu| {
        // SAFETY: the contract of this function.
        unsafe { border::octets(owner.octets, owner.length) }?;
        *pdu = Some(mms_pdu::decode(&Bytes::from_owner(owner), options)?);
        Ok(())
    });
    ended(error, decoded)
}

/// Octets of the caller's that are not copied.
struct Shared {
    octets: *const u8,
    length: usize,
    release: Option<unsafe extern "C" fn(*mut c_void)>,
    context: *mut c_void,
}

// SAFETY: the octets do not change, and the contract says that any thread may release them.
unsafe impl Send for Shared {}

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        // SAFETY: the contract of `mms_decode_shared`.
        unsafe { border::octets(self.octets, self.length) }.unwrap_or_default()
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: the contract of `mms_decode_shared`; nobody has the octets any more.
            unsafe { release(self.context) };
        }
    }
}

/// Makes a PDU of a type (MMS_TYPE_…) without fields. Its version is the first that has the PDU.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_new(
    message_type: u8,
    pdu: Option<&mut MaybeUninit<Option<Box<mms_pdu>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let made = place(pdu).map(|pdu| *pdu = Some(mms_pdu::made(Pdu::new(MessageType::from_octet(message_type)))));
    ended(error, made)
}

/// Makes a copy of a PDU; the octets of its parts are shared.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_clone(
    pdu: Option<&mms_pdu>,
    copy: Option<&mut MaybeUninit<Option<Box<mms_pdu>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let cloned = place(copy).and_then(|copy| {
        *copy = Some(Box::new(there(pdu)?.clone()));
        Ok(())
    });
    ended(error, cloned)
}

/// Frees a PDU, and with it everything that was asked of it. NULL is no PDU.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_free(pdu: Option<Box<mms_pdu>>) {
    drop(pdu);
}

/// The type of a PDU (MMS_TYPE_…); 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_type(pdu: Option<&mms_pdu>) -> u8 {
    pdu.map_or(0, |pdu| pdu.pdu.message_type().octet())
}

/// How many deviations were forgiven to decode a PDU.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_deviation_count(pdu: Option<&mms_pdu>) -> usize {
    pdu.map_or(0, |pdu| pdu.deviations.len())
}

/// The deviation with this index, in the order of the octets.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_deviation(
    pdu: Option<&mms_pdu>,
    index: usize,
    deviation: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let found = there(pdu).and_then(|pdu| deviation_at(&pdu.deviations, index, deviation));
    ended(None, found)
}

pub(crate) fn deviation_at(
    deviations: &[Deviation],
    index: usize,
    to: Option<&mut MaybeUninit<mms_error>>,
) -> Result<(), Failure> {
    let deviation = deviations.get(index).ok_or(Failure::Status(mms_status::MMS_ERROR_ABSENT))?;
    there(to)?.write((*deviation).into());
    Ok(())
}

/// The field with this index of those that a PDU may have, in the order they are written; 0 beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_field(pdu: Option<&mms_pdu>, index: usize) -> u8 {
    let field = pdu.and_then(|pdu| pdu.pdu.field_codes().nth(index));
    field.map_or(0, |(code, _)| code.wire())
}

/// Whether a PDU may have a field more than once.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_repeats(pdu: Option<&mms_pdu>, field: u8) -> bool {
    pdu.is_some_and(|pdu| pdu.pdu.field_codes().any(|(code, repeats)| code.wire() == field && repeats))
}

/// The name of a field in the specification. It lives as long as the program.
#[unsafe(no_mangle)]
pub extern "C" fn mms_field_name(field: u8) -> mms_str {
    FieldCode::from_wire(field).and_then(FieldCode::name).into()
}

/// How many values of a field a PDU has.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_count(pdu: Option<&mms_pdu>, field: u8) -> usize {
    pdu.zip(code(field).ok()).map_or(0, |(pdu, code)| pdu.pdu.count(code))
}

/// The value of a field with this index, 0 for the first. Its texts belong to the PDU, until that is changed or freed.
/// MMS_ERROR_ABSENT if there are not so many.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_get(
    pdu: Option<&mms_pdu>,
    field: u8,
    index: usize,
    value: Option<&mut MaybeUninit<mms_value>>,
) -> mms_code {
    let got = there(value).and_then(|to| {
        let to = to.write(mms_value::NONE);
        let value = there(pdu)?.pdu.value(code(field)?, index);
        *to = value.ok_or(Failure::Status(mms_status::MMS_ERROR_ABSENT))?.into();
        Ok(())
    });
    ended(None, got)
}

fn value(pdu: Option<&mms_pdu>, field: u8, index: usize) -> Option<mms_value> {
    pdu?.pdu.value(code(field).ok()?, index).map(Into::into)
}

/// The text of a value: a string, a text or an address. NULL if there is none, or it is none of these. It
/// belongs to the PDU, until that is changed or freed.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_text(pdu: Option<&mms_pdu>, field: u8, index: usize) -> mms_str {
    let value = value(pdu, field, index).filter(|value| value.kind != mms_kind::MMS_KIND_OCTETS as u32);
    value.map_or(mms_str::NONE, |value| value.text)
}

/// The number of a value: a token, a flag, a version, a number, the seconds of a span of time. `otherwise` if
/// there is none, or it is none of these.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_number(pdu: Option<&mms_pdu>, field: u8, index: usize, otherwise: u64) -> u64 {
    let has_number = |value: &mms_value| {
        use mms_kind::*;
        [MMS_KIND_TOKEN, MMS_KIND_FLAG, MMS_KIND_VERSION, MMS_KIND_NUMBER, MMS_KIND_INTERVAL]
            .iter()
            .any(|kind| value.kind == *kind as u32)
    };
    value(pdu, field, index).filter(has_number).map_or(otherwise, |value| value.number)
}

/// Any value as people read it, in the words of the specification, written into `text` as `snprintf` does: at most
/// `size` octets with NUL, whole characters only. Returns the length of all of it without NUL; 0 if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_pdu_show(
    pdu: Option<&mms_pdu>,
    field: u8,
    index: usize,
    text: *mut c_char,
    size: usize,
) -> usize {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(text.cast(), size) };
    border::print(pdu.zip(code(field).ok()).and_then(|(pdu, code)| pdu.pdu.shown(code, index)), room)
}

/// How many fields a PDU has that have no place in it.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_extra_count(pdu: Option<&mms_pdu>) -> usize {
    pdu.map_or(0, |pdu| pdu.pdu.extra().len())
}

/// The field with this index of those that have no place in the PDU.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_extra(
    pdu: Option<&mms_pdu>,
    index: usize,
    extra: Option<&mut MaybeUninit<mms_extra>>,
) -> mms_code {
    let got = there(pdu).and_then(|pdu| {
        let field = pdu.pdu.extra().get(index).ok_or(Failure::Status(mms_status::MMS_ERROR_ABSENT))?;
        let (name, value, field) = match field {
            Extra::Named { name, value } => (name.as_str().into(), value.as_bytes(), 0),
            Extra::Coded { code, value } => (mms_str::NONE, &value[..], code.wire()),
            Extra::Stray(octets) => (mms_str::NONE, &octets[..], 0),
            _ => return Err(Failure::Status(mms_status::MMS_ERROR_OTHER)),
        };
        there(extra)?.write(mms_extra { name, value: Some(value).into(), field });
        Ok(())
    });
    ended(None, got)
}

/// Adds an application header. Name and value are copied.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_pdu_add_header(
    pdu: Option<&mut mms_pdu>,
    name: *const c_char,
    name_length: usize,
    value: *const c_char,
    value_length: usize,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let added = there(pdu).and_then(|pdu| {
        // SAFETY: the contract of the header.
        let name = unsafe { border::text(name, name_length) }?.into();
        // SAFETY: likewise.
        let value = unsafe { border::text(value, value_length) }?.into();
        pdu.pdu.extra_mut().push(Extra::Named { name, value });
        Ok(())
    });
    ended(error, added)
}

/// Puts a value into a field: in place of the one that it has, or behind those of a field that may be repeated. The
/// type of the field decides: it takes any kind of value that has a form of that type, such as MMS_KIND_STRING
/// for an address. What `value` leads to is copied.
///
/// MMS_ENCODE_NO_SUCH_FIELD if the PDU does not have the field; MMS_ENCODE_NOT_EXPRESSIBLE for a value that the
/// field cannot have. What the rules of the PDU forbid is found by `mms_encode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_pdu_put(
    pdu: Option<&mut mms_pdu>,
    field: u8,
    value: Option<&mms_value>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let done = there(pdu).and_then(|pdu| {
        let (code, value) = (code(field)?, there(value)?);
        // SAFETY: the contract of the header.
        unsafe { put(&mut pdu.pdu, code, value) }
    });
    ended(error, done)
}

/// Puts text into a field as `mms_pdu_put` does: a string, a text in UTF-8, or an address in any notation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_pdu_put_text(
    pdu: Option<&mut mms_pdu>,
    field: u8,
    text: *const c_char,
    length: usize,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let text = mms_str { octets: text, length };
    let value = mms_value { kind: mms_kind::MMS_KIND_TEXT as u32, text, ..mms_value::NONE };
    // SAFETY: passed on from the caller.
    unsafe { mms_pdu_put(pdu, field, Some(&value), error) }
}

/// Puts a number into a field as `mms_pdu_put` does: a token, 1 or 0 of a flag, a version, a size or a count.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_put_number(
    pdu: Option<&mut mms_pdu>,
    field: u8,
    number: u64,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let value = mms_value { kind: mms_kind::MMS_KIND_NUMBER as u32, number, count: MMS_NO_COUNT, ..mms_value::NONE };
    // SAFETY: the value has no pointers.
    unsafe { mms_pdu_put(pdu, field, Some(&value), error) }
}

/// Puts a point of time into a field, in seconds since 1970-01-01T00:00:00Z.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_put_time(
    pdu: Option<&mut mms_pdu>,
    field: u8,
    seconds: i64,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let value = mms_value { kind: mms_kind::MMS_KIND_TIME as u32, seconds, ..mms_value::NONE };
    // SAFETY: the value has no pointers.
    unsafe { mms_pdu_put(pdu, field, Some(&value), error) }
}

/// Puts a span of time into a field, in seconds.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_put_interval(
    pdu: Option<&mut mms_pdu>,
    field: u8,
    seconds: u64,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let value = mms_value { kind: mms_kind::MMS_KIND_INTERVAL as u32, number: seconds, ..mms_value::NONE };
    // SAFETY: the value has no pointers.
    unsafe { mms_pdu_put(pdu, field, Some(&value), error) }
}

/// Says that the relay/server is to insert the address of the sender: MMS_FIELD_FROM of what a phone sends.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_put_insert_address(
    pdu: Option<&mut mms_pdu>,
    field: u8,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let value = mms_value { kind: mms_kind::MMS_KIND_INSERT_ADDRESS as u32, ..mms_value::NONE };
    // SAFETY: the value has no pointers.
    unsafe { mms_pdu_put(pdu, field, Some(&value), error) }
}

/// Takes all values of a field out. The version of a PDU stays.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_clear(
    pdu: Option<&mut mms_pdu>,
    field: u8,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let cleared = there(pdu).and_then(|pdu| {
        pdu.pdu.clear(code(field)?);
        Ok(())
    });
    ended(error, cleared)
}

/// The body of a PDU; NULL if it has none. It belongs to the PDU, until that is changed or freed.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_body(pdu: Option<&mms_pdu>) -> Option<&mms_part> {
    pdu?.pdu.body().map(mms_part::of)
}

/// Gives a PDU a body: a part of `mms_part_new` or `mms_part_new_multipart`. It takes the part over, also on
/// failure.
#[unsafe(no_mangle)]
pub extern "C" fn mms_pdu_set_body(
    pdu: Option<&mut mms_pdu>,
    body: Option<Box<mms_part>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let set = there(pdu).and_then(|pdu| {
        let body = there(body)?;
        Ok(pdu.pdu.put(FieldCode::CONTENT_TYPE, FieldValue::Body(body.part()))?)
    });
    ended(error, set)
}

/// Writes a PDU into the caller's memory. `*length` is the number of its octets, also if `size` is too small for
/// them, which is MMS_ERROR_ROOM; it is 0 if the PDU cannot be written. `octets` may be NULL to ask for the length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_encode(
    pdu: Option<&mms_pdu>,
    octets: *mut u8,
    size: usize,
    length: Option<&mut MaybeUninit<usize>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(octets, size) };
    let encoded = there(length).and_then(|length| {
        let length = length.write(0);
        let chain = mm1::encode_chain(&there(pdu)?.pdu)?;
        *length = chain.iter().map(|piece| piece.len()).sum();
        let mut free = room.get_mut(..*length).ok_or(Failure::Status(mms_status::MMS_ERROR_ROOM))?;
        for piece in chain.iter() {
            border::fill(free, piece);
            free = free.get_mut(piece.len()..).unwrap_or_default();
        }
        Ok(())
    });
    ended(error, encoded)
}

/// Makes the M-NotifyResp.ind that answers an M-Notification.ind. `status` says what the client does:
/// MMS_MM_STATUS_RETRIEVED, MMS_MM_STATUS_REJECTED, MMS_MM_STATUS_DEFERRED or MMS_MM_STATUS_UNRECOGNISED. To let no
/// delivery report be sent, put 0 into MMS_FIELD_REPORT_ALLOWED.
#[unsafe(no_mangle)]
pub extern "C" fn mms_notifyresp(
    notification: Option<&mms_pdu>,
    status: u8,
    answer: Option<&mut MaybeUninit<Option<Box<mms_pdu>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let made = place(answer).and_then(|to| {
        let Pdu::NotificationInd(notification) = &there(notification)?.pdu else { return wrong_pdu() };
        let status = MmStatus::from_mm1_octet(status).ok_or(Failure::Status(mms_status::MMS_ERROR_NUMBER))?;
        *to = Some(mms_pdu::made(notification.resp(status)));
        Ok(())
    });
    ended(error, made)
}

/// Makes the M-Acknowledge.ind for an M-Retrieve.conf. MMS_ERROR_ABSENT if the relay/server wants none: it gave no
/// transaction identifier.
#[unsafe(no_mangle)]
pub extern "C" fn mms_acknowledge(
    retrieve_conf: Option<&mms_pdu>,
    answer: Option<&mut MaybeUninit<Option<Box<mms_pdu>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let made = place(answer).and_then(|to| {
        let Pdu::RetrieveConf(conf) = &there(retrieve_conf)?.pdu else { return wrong_pdu() };
        *to = Some(mms_pdu::made(conf.acknowledge().ok_or(Failure::Status(mms_status::MMS_ERROR_ABSENT))?));
        Ok(())
    });
    ended(error, made)
}

/// Makes the M-Read-Rec.ind that says what became of the message in an M-Retrieve.conf: MMS_READ_STATUS_READ or
/// MMS_READ_STATUS_DELETED_WITHOUT_BEING_READ.
#[unsafe(no_mangle)]
pub extern "C" fn mms_read_rec(
    retrieve_conf: Option<&mms_pdu>,
    status: u8,
    answer: Option<&mut MaybeUninit<Option<Box<mms_pdu>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let made = place(answer).and_then(|to| {
        let Pdu::RetrieveConf(conf) = &there(retrieve_conf)?.pdu else { return wrong_pdu() };
        let status = ReadStatus::from_mm1_octet(status).ok_or(Failure::Status(mms_status::MMS_ERROR_NUMBER))?;
        *to = Some(mms_pdu::made(conf.read_rec(status)));
        Ok(())
    });
    ended(error, made)
}

fn wrong_pdu() -> Result<(), Failure> {
    Err(Failure::Status(mms_status::MMS_ERROR_WRONG_PDU))
}
