//! Octets read where they are: no handle, no allocation.

use core::ffi::c_char;
use core::mem::MaybeUninit;

use mms_codec_rs::message::Time;
use mms_codec_rs::mm1::{FieldCode, FieldName, Fields, RawField};
use mms_codec_rs::push::RawPush;
use mms_codec_rs::push::sms::{RawUserData, Reference};
use mms_codec_rs::wsp::{MultipartReader, RawPart};

use crate::border::{self, mms_octets, mms_str, there};
use crate::error::{Failure, ended, mms_code, mms_error, mms_status};
use crate::part::mms_attribute;
use crate::value::{mms_kind, mms_value};

/// A walk through the fields of a PDU, which needs no memory but this and calls no allocator. Begin with the octets of
/// the PDU and offset 0: `mms_walk walk = {octets, length, 0};`. They must not change during the walk.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_walk {
    /// The octets of the PDU.
    pub octets: *const u8,
    /// How many there are.
    pub length: usize,
    /// How far the walk is, in octets from the start of the PDU.
    pub offset: usize,
}

/// A field as it is in a PDU. Name and value are in the octets of the walk.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_raw {
    /// The octets of the value; of MMS_FIELD_CONTENT_TYPE with the body.
    pub value: mms_octets,
    /// The name of an application header; else NULL. It may be no UTF-8.
    pub name: mms_str,
    /// Where the field begins, in octets from the start of the PDU.
    pub offset: usize,
    /// The number of the field (MMS_FIELD_…); 0 for an application header.
    pub field: u8,
}

/// A walk through the parts of a body. All of it is in the octets of the walk that it came from.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_part_walk {
    /// The parts that were not walked through yet.
    pub rest: mms_octets,
    /// Where they begin, in octets from the start of the body.
    pub offset: usize,
}

/// A part as it is in a body. All of it is in the octets of the walk.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_raw_part {
    /// The content type and the headers.
    pub headers: mms_octets,
    /// The content; cut where the body ends.
    pub data: mms_octets,
    /// Where the part begins, in octets from the start of the body.
    pub offset: usize,
}

/// The user data of a short message as it is.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_user_data {
    /// What is behind the header: a push, or a segment of one. It is in the octets that were asked.
    pub data: mms_octets,
    /// The port it is for, such as 2948; -1 if it has none.
    pub port: i32,
    /// The reference that the segments of a message have in common; -1 if this is no segment.
    pub reference: i32,
    /// How many segments there are, and which one this is, from 1 on; 1 and 1 if this is no segment.
    pub total: u8,
    /// See `total`.
    pub index: u8,
}

unsafe fn raw_field<'a>(raw: Option<&mms_raw>) -> Option<RawField<'a>> {
    let raw = raw?;
    // SAFETY: the contract of the header.
    let value = unsafe { border::octets(raw.value.octets, raw.value.length) }.ok()?;
    let name = match FieldCode::from_wire(raw.field) {
        Some(code) => FieldName::Code(code),
        // SAFETY: likewise.
        None => FieldName::Text(unsafe { border::octets(raw.name.octets.cast(), raw.name.length) }.ok()?),
    };
    Some(RawField::new(name, value, raw.offset))
}

unsafe fn raw_part<'a>(part: Option<&mms_raw_part>) -> Option<RawPart<'a>> {
    let part = part?;
    // SAFETY: the contract of the header.
    let headers = unsafe { border::octets(part.headers.octets, part.headers.length) }.ok()?;
    // SAFETY: likewise.
    let data = unsafe { border::octets(part.data.octets, part.data.length) }.ok()?;
    Some(RawPart::new(headers, data, part.offset))
}

/// The next field of a PDU. MMS_END after the last one; an error ends the walk too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_walk_next(
    walk: Option<&mut mms_walk>,
    field: Option<&mut MaybeUninit<mms_raw>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let next = there(walk).and_then(|walk| {
        // SAFETY: the contract of the header.
        let octets = unsafe { border::octets(walk.octets, walk.length) }?;
        let rest = octets.get(walk.offset..).unwrap_or_default();
        let start = walk.offset;
        let mut fields = Fields::new(rest);
        let next = fields.next().ok_or(Failure::Status(mms_status::MMS_END))?;
        let Ok(raw) = next else {
            walk.offset = walk.length;
            return next.map(drop).map_err(|mut error| {
                error.offset = error.offset.saturating_add(start);
                error.into()
            });
        };
        let (name, code) = match raw.name {
            FieldName::Code(code) => (mms_str::NONE, code.wire()),
            FieldName::Text(name) => (mms_str::of_octets(name), 0),
        };
        let size = match raw.name {
            FieldName::Code(_) => 1,
            FieldName::Text(name) => name.len().saturating_add(1),
        };
        walk.offset = start.saturating_add(size).saturating_add(raw.value.len());
        there(field)?.write(mms_raw { value: Some(raw.value).into(), name, offset: start, field: code });
        Ok(())
    });
    ended(error, next)
}

/// The value of a field as text in UTF-8, written into `text` as `snprintf` does: an identifier, a URI, text for people.
/// UTF-8, US-ASCII, ISO-8859-1 and UTF-16 are converted; what is not text is a replacement character. Returns the length of
/// all of it without NUL; 0 if the value is no text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_text(field: Option<&mms_raw>, text: *mut c_char, size: usize) -> usize {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(text.cast(), size) };
    // SAFETY: likewise.
    let field = unsafe { raw_field(field) };
    border::print(field.and_then(|field| field.text()), room)
}

/// The value of a field as an address in the notation of MM1, such as `+447700900123/TYPE=PLMN`, written as
/// `mms_raw_text` does. Returns 0 also for a sender that the relay/server is to insert.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_address(field: Option<&mms_raw>, text: *mut c_char, size: usize) -> usize {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(text.cast(), size) };
    // SAFETY: likewise.
    let field = unsafe { raw_field(field) };
    border::print(field.and_then(|field| field.address()), room)
}

/// The value of a field as a number: a size, a count, or a version such as MMS_VERSION_1_2. `otherwise` if it is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_number(field: Option<&mms_raw>, otherwise: u64) -> u64 {
    // SAFETY: the contract of the header.
    unsafe { raw_field(field) }.and_then(|field| field.number()).unwrap_or(otherwise)
}

/// The value of a field as the octet of an enumeration, such as MMS_PRIORITY_HIGH, or 0x80 for yes and 0x81 for no; 0
/// if it is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_token(field: Option<&mms_raw>) -> u8 {
    // SAFETY: the contract of the header.
    unsafe { raw_field(field) }.and_then(|field| field.token()).unwrap_or_default()
}

/// The value of a field as a time: `time->kind` is MMS_KIND_TIME or MMS_KIND_INTERVAL. MMS_ERROR_ABSENT if it is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_time(field: Option<&mms_raw>, time: Option<&mut MaybeUninit<mms_value>>) -> mms_code {
    let got = there(time).and_then(|to| {
        let to = to.write(mms_value::NONE);
        // SAFETY: the contract of the header.
        let time = unsafe { raw_field(field) }.and_then(|field| field.time());
        *to = match time.ok_or(Failure::Status(mms_status::MMS_ERROR_ABSENT))? {
            Time::Absolute(time) => mms_value { kind: mms_kind::MMS_KIND_TIME as u32, seconds: time.seconds, ..*to },
            Time::Relative(span) => mms_value { kind: mms_kind::MMS_KIND_INTERVAL as u32, number: span.seconds, ..*to },
        };
        Ok(())
    });
    ended(None, got)
}

/// The media type of the body in MMS_FIELD_CONTENT_TYPE, without parameters; NULL if it has no name. It is in the octets
/// of the walk, or lives as long as the program.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_media_type(field: Option<&mms_raw>) -> mms_str {
    // SAFETY: the contract of the header.
    unsafe { raw_field(field) }.and_then(|field| field.media_type()).into()
}

/// The octets of the body in MMS_FIELD_CONTENT_TYPE, in the octets of the walk.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_body(field: Option<&mms_raw>) -> mms_octets {
    // SAFETY: the contract of the header.
    unsafe { raw_field(field) }.and_then(|field| field.body()).into()
}

/// Begins a walk through the parts of a multipart body in MMS_FIELD_CONTENT_TYPE. MMS_ERROR_ABSENT if it is no multipart.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_parts(
    field: Option<&mms_raw>,
    parts: Option<&mut MaybeUninit<mms_part_walk>>,
) -> mms_code {
    let begun = there(parts).and_then(|to| {
        let to = to.write(mms_part_walk { rest: None.into(), offset: 0 });
        // SAFETY: the contract of the header.
        let field = unsafe { raw_field(field) };
        let body = field.and_then(|field| Some((field.body()?, field.parts()?)));
        let (body, parts) = body.ok_or(Failure::Status(mms_status::MMS_ERROR_ABSENT))?;
        let offset = body.len().saturating_sub(parts.rest().len());
        *to = mms_part_walk { rest: Some(parts.rest()).into(), offset };
        Ok(())
    });
    ended(None, begun)
}

/// The next part of a body. MMS_END after the last one that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_walk_next(
    parts: Option<&mut mms_part_walk>,
    part: Option<&mut MaybeUninit<mms_raw_part>>,
) -> mms_code {
    let next = there(parts).and_then(|parts| {
        // SAFETY: the contract of the header.
        let rest = unsafe { border::octets(parts.rest.octets, parts.rest.length) }?;
        let mut reader = MultipartReader::resume(rest, parts.offset);
        let next = reader.next().ok_or(Failure::Status(mms_status::MMS_END))?;
        let to = there(part)?;
        parts.offset = parts.offset.saturating_add(rest.len().saturating_sub(reader.rest().len()));
        parts.rest = Some(reader.rest()).into();
        to.write(mms_raw_part {
            headers: Some(next.headers).into(),
            data: Some(next.data).into(),
            offset: next.offset,
        });
        Ok(())
    });
    ended(None, next)
}

/// The media type of a part, without parameters; NULL if it has no name. It is in the octets of the walk, or lives as
/// long as the program.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_part_media_type(part: Option<&mms_raw_part>) -> mms_str {
    // SAFETY: the contract of the header.
    unsafe { raw_part(part) }.and_then(|part| part.media_type()).into()
}

/// An attribute of a part, MMS_PART_CONTENT_ID or MMS_PART_CONTENT_LOCATION, written as `mms_raw_text` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_part_text(
    part: Option<&mms_raw_part>,
    attribute: u32,
    text: *mut c_char,
    size: usize,
) -> usize {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(text.cast(), size) };
    // SAFETY: likewise.
    let part = unsafe { raw_part(part) };
    let is = |known: mms_attribute| attribute == known as u32;
    let text = part.and_then(|part| match () {
        () if is(mms_attribute::MMS_PART_CONTENT_ID) => part.content_id(),
        () if is(mms_attribute::MMS_PART_CONTENT_LOCATION) => part.content_location(),
        () => None,
    });
    border::print(text, room)
}

/// The content of a text part in UTF-8, written as `mms_raw_text` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_raw_part_content(part: Option<&mms_raw_part>, text: *mut c_char, size: usize) -> usize {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(text.cast(), size) };
    // SAFETY: likewise.
    let part = unsafe { raw_part(part) };
    border::print(part.map(|part| part.text()), room)
}

/// Begins a walk through the PDU in a push. MMS_DECODE_NOT_A_MESSAGE if the octets are not a push of MMS.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_walk_push(
    octets: *const u8,
    length: usize,
    walk: Option<&mut MaybeUninit<mms_walk>>,
) -> mms_code {
    let begun = there(walk).and_then(|to| {
        let to = to.write(mms_walk { octets: core::ptr::null(), length: 0, offset: 0 });
        // SAFETY: the contract of the header.
        let push = RawPush::new(unsafe { border::octets(octets, length) }?).filter(RawPush::is_mms);
        let data = push.ok_or(Failure::Status(mms_status::MMS_DECODE_NOT_A_MESSAGE))?.data;
        *to = mms_walk { octets: data.as_ptr(), length: data.len(), offset: 0 };
        Ok(())
    });
    ended(None, begun)
}

/// Reads the user data of a short message, header first (TP-UD, with TP-UDHI set). MMS_DECODE_UNEXPECTED_END if the
/// header reaches beyond the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_user_data_read(
    octets: *const u8,
    length: usize,
    user_data: Option<&mut MaybeUninit<mms_user_data>>,
) -> mms_code {
    let read = there(user_data).and_then(|to| {
        let none = mms_user_data { data: None.into(), port: -1, reference: -1, total: 1, index: 1 };
        let to = to.write(none);
        // SAFETY: the contract of the header.
        let raw = RawUserData::new(unsafe { border::octets(octets, length) }?);
        let raw = raw.ok_or(Failure::Status(mms_status::MMS_DECODE_UNEXPECTED_END))?;
        to.data = Some(raw.data).into();
        to.port = raw.ports.map_or(-1, |ports| ports.destination.into());
        if let Some(place) = raw.concatenation {
            to.reference = match place.reference {
                Reference::Short(reference) => reference.into(),
                Reference::Long(reference) => reference.into(),
            };
            (to.total, to.index) = (place.total, place.index);
        }
        Ok(())
    });
    ended(None, read)
}
