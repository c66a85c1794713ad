//! Parts of a message.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ffi::c_char;
use core::mem::MaybeUninit;

use mms_codec_rs::Bytes;
use mms_codec_rs::message::{Content, ContentDisposition, ContentType, Header, MediaType, Part};

use crate::border::{self, mms_octets, mms_str, place, there};
use crate::error::{Failure, ended, mms_code, mms_error, mms_status};

/// A part of a message: octets, or further parts.
///
/// cbindgen:ignore
#[repr(transparent)]
#[derive(Clone, Debug)]
pub struct mms_part(Part);

/// The attributes of a part that are text.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum mms_attribute {
    /// The media type without parameters, such as `image/jpeg`.
    MMS_PART_MEDIA_TYPE = 1,
    /// The identifier (`Content-ID`), mostly in angle brackets.
    MMS_PART_CONTENT_ID = 2,
    /// The name that other parts refer to it by (`Content-Location`).
    MMS_PART_CONTENT_LOCATION = 3,
    /// How it is to be shown (`Content-Disposition`): `inline`, `attachment`.
    MMS_PART_DISPOSITION = 4,
}

impl mms_part {
    pub(crate) fn of(part: &Part) -> &Self {
        // SAFETY: both have the same layout, since the struct is transparent.
        unsafe { &*core::ptr::from_ref(part).cast() }
    }

    pub(crate) fn part(&self) -> &Part {
        &self.0
    }

    fn attribute(&self, attribute: u32) -> Option<&str> {
        let is = |known: mms_attribute| attribute == known as u32;
        match &self.0 {
            part if is(mms_attribute::MMS_PART_MEDIA_TYPE) => part.content_type.media.name(),
            part if is(mms_attribute::MMS_PART_CONTENT_ID) => part.content_id.as_deref(),
            part if is(mms_attribute::MMS_PART_CONTENT_LOCATION) => part.content_location.as_deref(),
            part if is(mms_attribute::MMS_PART_DISPOSITION) => part.disposition.as_ref().map(|kind| kind.kind.as_str()),
            _ => None,
        }
    }

    fn set(&mut self, attribute: u32, text: &str) -> Result<(), Failure> {
        let is = |known: mms_attribute| attribute == known as u32;
        match &mut self.0 {
            part if is(mms_attribute::MMS_PART_MEDIA_TYPE) => part.content_type.media = MediaType::Name(text.into()),
            part if is(mms_attribute::MMS_PART_CONTENT_ID) => part.content_id = Some(text.into()),
            part if is(mms_attribute::MMS_PART_CONTENT_LOCATION) => part.content_location = Some(text.into()),
            part if is(mms_attribute::MMS_PART_DISPOSITION) => match &mut part.disposition {
                Some(disposition) => disposition.kind = text.into(),
                None => part.disposition = Some(Box::new(ContentDisposition::new(text))),
            },
            _ => return Err(Failure::Status(mms_status::MMS_ERROR_NUMBER)),
        }
        Ok(())
    }
}

/// How many parts a part consists of; 0 for one that is no multipart.
#[unsafe(no_mangle)]
pub extern "C" fn mms_part_count(part: Option<&mms_part>) -> usize {
    part.map_or(0, |part| part.0.parts().len())
}

/// The part with this index of a multipart; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn mms_part_at(part: Option<&mms_part>, index: usize) -> Option<&mms_part> {
    part?.0.parts().get(index).map(mms_part::of)
}

/// The part of a body that a reference leads to: `cid:` and a Content-ID, or a Content-Location. NULL if there is
/// none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_find(
    body: Option<&mms_part>,
    reference: *const c_char,
    length: usize,
) -> Option<&mms_part> {
    // SAFETY: the contract of the header.
    let reference = unsafe { border::text(reference, length) }.ok()?;
    body?.0.find(reference).map(mms_part::of)
}

/// The part of a `multipart/related` body that is to be shown first, mostly the presentation; NULL if there is none.
#[unsafe(no_mangle)]
pub extern "C" fn mms_part_root(body: Option<&mms_part>) -> Option<&mms_part> {
    body?.0.root().map(mms_part::of)
}

/// The octets of a part, as they are in the message; NULL for a multipart. They belong to the part.
#[unsafe(no_mangle)]
pub extern "C" fn mms_part_octets(part: Option<&mms_part>) -> mms_octets {
    part.and_then(|part| part.0.octets()).map(|octets| &octets[..]).into()
}

/// An attribute of a part (MMS_PART_…); NULL if absent. It belongs to the part.
#[unsafe(no_mangle)]
pub extern "C" fn mms_part_text(part: Option<&mms_part>, attribute: u32) -> mms_str {
    part.and_then(|part| part.attribute(attribute)).into()
}

/// The value of a parameter of the content type, such as `name` or `charset`; NULL if absent. It belongs to the
/// part.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_parameter(part: Option<&mms_part>, name: *const c_char, length: usize) -> mms_str {
    // SAFETY: the contract of the header.
    let name = unsafe { border::text(name, length) };
    part.zip(name.ok()).and_then(|(part, name)| part.0.content_type.parameter(name)).into()
}

/// The value of a header of a part that is not an attribute; NULL if absent. It belongs to the part.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_header(part: Option<&mms_part>, name: *const c_char, length: usize) -> mms_str {
    // SAFETY: the contract of the header.
    let name = unsafe { border::text(name, length) };
    part.zip(name.ok()).and_then(|(part, name)| part.0.header(name)).into()
}

/// The content type with its parameters, as MIME writes it, written into `text` as `snprintf` does. Returns the length
/// of all of it without NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_content_type(part: Option<&mms_part>, text: *mut c_char, size: usize) -> usize {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(text.cast(), size) };
    border::print(part.map(|part| &part.0.content_type), room)
}

/// The file name of a part, wherever it is, written into `text` as `snprintf` does. Returns the length of all of it
/// without NUL; 0 if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_name(part: Option<&mms_part>, text: *mut c_char, size: usize) -> usize {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(text.cast(), size) };
    border::print(part.and_then(|part| part.0.name()), room)
}

/// The content of a text part in UTF-8, converted from its charset, written into `text` as `snprintf` does. Where
/// octets are not text in that charset, there are replacement characters. Returns the length of all of it without NUL;
/// 0 for a multipart.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_content(part: Option<&mms_part>, text: *mut c_char, size: usize) -> usize {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(text.cast(), size) };
    border::print(part.and_then(|part| part.0.text_lossy()).map(|content| content.text), room)
}

unsafe fn content_type(text: *const c_char, length: usize) -> Result<ContentType, Failure> {
    // SAFETY: passed on from the caller.
    let text = unsafe { border::text(text, length) }?;
    text.parse().map_err(|_| Failure::Status(mms_status::MMS_ERROR_CONTENT_TYPE))
}

/// Makes a part of octets, which are copied. `content_type` is as MIME writes it: `text/plain; charset=utf-8`.
/// `*part` belongs to the caller until it is given to a multipart or a PDU, or freed by `mms_part_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_new(
    content_type_text: *const c_char,
    content_type_length: usize,
    octets: *const u8,
    length: usize,
    part: Option<&mut MaybeUninit<Option<Box<mms_part>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let made = place(part).and_then(|part| {
        // SAFETY: the contract of the header.
        let content_type = unsafe { content_type(content_type_text, content_type_length) }?;
        // SAFETY: likewise.
        let octets = unsafe { border::octets(octets, length) }?;
        *part = Some(Box::new(mms_part(Part::new(content_type, Bytes::copy_from_slice(octets)))));
        Ok(())
    });
    ended(error, made)
}

/// Makes a multipart without parts, such as `application/vnd.wap.multipart.mixed`. It belongs to the caller as the part
/// of `mms_part_new` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_new_multipart(
    content_type_text: *const c_char,
    content_type_length: usize,
    part: Option<&mut MaybeUninit<Option<Box<mms_part>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let made = place(part).and_then(|part| {
        // SAFETY: the contract of the header.
        let content_type = unsafe { content_type(content_type_text, content_type_length) }?;
        *part = Some(Box::new(mms_part(Part::multipart(content_type, Vec::new()))));
        Ok(())
    });
    ended(error, made)
}

/// Adds a part to a multipart that belongs to the caller. It takes `part` over, also on failure.
#[unsafe(no_mangle)]
pub extern "C" fn mms_part_add(
    multipart: Option<&mut mms_part>,
    part: Option<Box<mms_part>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let added = there(part).and_then(|part| match &mut there(multipart)?.0.content {
        Content::Parts(parts) => {
            parts.push(part.0);
            Ok(())
        }
        Content::Octets(_) => Err(Failure::Status(mms_status::MMS_ERROR_CONTENT_TYPE)),
    });
    ended(error, added)
}

/// Sets an attribute (MMS_PART_…) of a part that belongs to the caller. The text is copied.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_set(
    part: Option<&mut mms_part>,
    attribute: u32,
    text: *const c_char,
    length: usize,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let set = there(part).and_then(|part| {
        // SAFETY: the contract of the header.
        part.set(attribute, unsafe { border::text(text, length) }?)
    });
    ended(error, set)
}

/// Adds a header to a part that belongs to the caller. Name and value are copied.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_part_add_header(
    part: Option<&mut mms_part>,
    name: *const c_char,
    name_length: usize,
    value: *const c_char,
    value_length: usize,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let added = there(part).and_then(|part| {
        // SAFETY: the contract of the header.
        let name = unsafe { border::text(name, name_length) }?.into();
        // SAFETY: likewise.
        let value = unsafe { border::text(value, value_length) }?.into();
        part.0.headers.push(Header::Text { name, value });
        Ok(())
    });
    ended(error, added)
}

/// Makes a copy of a part, such as one of a PDU to be forwarded. Octets are shared, not copied. It belongs to the caller
/// as the part of `mms_part_new` does.
#[unsafe(no_mangle)]
pub extern "C" fn mms_part_clone(
    part: Option<&mms_part>,
    copy: Option<&mut MaybeUninit<Option<Box<mms_part>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let cloned = place(copy).and_then(|copy| {
        *copy = Some(Box::new(there(part)?.clone()));
        Ok(())
    });
    ended(error, cloned)
}

/// Frees a part that belongs to the caller. NULL is no part.
#[unsafe(no_mangle)]
pub extern "C" fn mms_part_free(part: Option<Box<mms_part>>) {
    drop(part);
}
