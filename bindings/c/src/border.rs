//! Pointers and lengths of C become references and slices, and back.

use alloc::boxed::Box;
use core::ffi::{CStr, c_char};
use core::fmt::{self, Write};
use core::mem::MaybeUninit;

use crate::error::{Failure, mms_status};

/// Text in UTF-8 that belongs to the handle it was asked of. It is not terminated by NUL: print it by
/// `"%.*s"`. Without text, `octets` is NULL and `length` is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_str {
    /// The octets.
    pub octets: *const c_char,
    /// How many there are.
    pub length: usize,
}

impl mms_str {
    pub(crate) const NONE: Self = Self { octets: core::ptr::null(), length: 0 };

    pub(crate) fn of_octets(octets: &[u8]) -> Self {
        Self { octets: octets.as_ptr().cast(), length: octets.len() }
    }
}

impl From<&str> for mms_str {
    fn from(text: &str) -> Self {
        Self::of_octets(text.as_bytes())
    }
}

impl From<Option<&str>> for mms_str {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::NONE, Self::from)
    }
}

/// Octets that belong to the handle they were asked of. Without octets, `octets` is NULL and `length` is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_octets {
    /// The octets.
    pub octets: *const u8,
    /// How many there are.
    pub length: usize,
}

impl From<Option<&[u8]>> for mms_octets {
    fn from(octets: Option<&[u8]>) -> Self {
        let octets = octets.map(|octets| (octets.as_ptr(), octets.len()));
        let (octets, length) = octets.unwrap_or((core::ptr::null(), 0));
        Self { octets, length }
    }
}

/// The length of a text that ends with NUL.
///
/// cbindgen:ignore
pub const MMS_NUL_TERMINATED: usize = usize::MAX;

/// What a pointer that may not be NULL leads to. The contract says that it is valid, and that nothing else uses it
/// while it is changed.
pub(crate) fn there<T>(pointer: Option<T>) -> Result<T, Failure> {
    pointer.ok_or(Failure::Status(mms_status::MMS_ERROR_NULL))
}

/// A place for a handle. It is NULL until there is one.
pub(crate) fn place<T>(place: Option<&mut MaybeUninit<Option<Box<T>>>>) -> Result<&mut Option<Box<T>>, Failure> {
    there(place).map(|place| place.write(None))
}

/// Octets of the caller. NULL is a pointer to no octets.
pub(crate) unsafe fn octets<'a>(pointer: *const u8, length: usize) -> Result<&'a [u8], Failure> {
    if length == 0 {
        return Ok(&[]);
    }
    if pointer.is_null() {
        return Err(Failure::Status(mms_status::MMS_ERROR_NULL));
    }
    if isize::try_from(length).is_err() {
        return Err(Failure::Status(mms_status::MMS_ERROR_LENGTH));
    }
    // SAFETY: not NULL, no longer than any object; the contract says that so many octets can be read.
    Ok(unsafe { core::slice::from_raw_parts(pointer, length) })
}

/// Text of the caller: of this length, or up to NUL.
pub(crate) unsafe fn text<'a>(pointer: *const c_char, length: usize) -> Result<&'a str, Failure> {
    let octets = match length {
        MMS_NUL_TERMINATED if pointer.is_null() => return Err(Failure::Status(mms_status::MMS_ERROR_NULL)),
        // SAFETY: not NULL; the contract says that text of this length is terminated.
        MMS_NUL_TERMINATED => unsafe { CStr::from_ptr(pointer) }.to_bytes(),
        // SAFETY: passed on from the caller.
        length => unsafe { octets(pointer.cast(), length) }?,
    };
    core::str::from_utf8(octets).map_err(|_| Failure::Status(mms_status::MMS_ERROR_UTF8))
}

/// A piece of the caller's memory to be filled. NULL is room for nothing.
pub(crate) unsafe fn room<'a>(pointer: *mut u8, size: usize) -> &'a mut [MaybeUninit<u8>] {
    if pointer.is_null() {
        return &mut [];
    }
    // SAFETY: not NULL, no longer than any object; the contract says that so many octets can be written, and they
    // may be uninitialised.
    unsafe { core::slice::from_raw_parts_mut(pointer.cast(), size.min(isize::MAX.unsigned_abs())) }
}

/// Fills the caller's memory if there is enough of it.
pub(crate) fn fill(room: &mut [MaybeUninit<u8>], octets: &[u8]) -> bool {
    let Some(room) = room.get_mut(..octets.len()) else { return false };
    room.iter_mut().zip(octets).for_each(|(to, octet)| {
        to.write(*octet);
    });
    true
}

/// Writes text into the caller's memory as `snprintf` does: as much as there is room for, whole characters only,
/// always with NUL. Returns the length of the whole text, without NUL.
pub(crate) fn print(text: Option<impl fmt::Display>, room: &mut [MaybeUninit<u8>]) -> usize {
    let mut printer = Printer { room, used: 0, length: 0, is_full: false };
    if let Some(text) = text {
        let _ = write!(printer, "{text}");
    }
    let Printer { room, used, length, .. } = printer;
    if let Some(end) = room.get_mut(used) {
        end.write(0);
    }
    length
}

struct Printer<'a> {
    room: &'a mut [MaybeUninit<u8>],
    used: usize,
    length: usize,
    is_full: bool,
}

impl Write for Printer<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.length = self.length.saturating_add(text.len());
        let free = self.room.get_mut(self.used..).and_then(|free| free.split_last_mut()).map(|(_, free)| free);
        let (Some(free), false) = (free, self.is_full) else { return Ok(()) };
        let mut kept = text.len().min(free.len());
        while !text.is_char_boundary(kept) {
            kept -= 1;
        }
        self.is_full = kept < text.len();
        self.used += kept;
        fill(free, text.as_bytes().get(..kept).unwrap_or_default());
        Ok(())
    }
}
