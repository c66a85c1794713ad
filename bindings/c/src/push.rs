//! Pushes.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ffi::c_char;
use core::mem::MaybeUninit;

use mms_codec_rs::push::{self, Push};
use mms_codec_rs::{Bytes, Deviation};

use crate::border::{self, mms_octets, mms_str, place, there};
use crate::error::{Failure, ended, mms_code, mms_error};
use crate::pdu::{deviation_at, mms_options, mms_pdu};

/// A WSP push, and what was forgiven to decode it.
#[derive(Debug)]
pub struct mms_push {
    push: Push,
    deviations: Vec<Deviation>,
}

/// Decodes a push, which carries a PDU to a phone. `octets` are copied. `*push` is the new handle, which
/// `mms_push_free` frees, and NULL on failure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_push_decode(
    octets: *const u8,
    length: usize,
    options: Option<&mms_options>,
    push: Option<&mut MaybeUninit<Option<Box<mms_push>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let decoded = place(push).and_then(|to| {
        // SAFETY: the contract of the header.
        let octets = unsafe { border::octets(octets, length) }?;
        let decoded = push::decode_with(&Bytes::copy_from_slice(octets), &mms_options::of(options))?;
        *to = Some(Box::new(mms_push { push: decoded.value, deviations: decoded.deviations }));
        Ok(())
    });
    ended(error, decoded)
}

/// Frees a push, and with it everything that was asked of it except for PDUs. NULL is no push.
#[unsafe(no_mangle)]
pub extern "C" fn mms_push_free(push: Option<Box<mms_push>>) {
    drop(push);
}

/// Decodes the PDU in a push; MMS_DECODE_NOT_A_MESSAGE if the content type is not that of MMS. Offsets count from the
/// start of the push. The PDU does not need the push any more.
#[unsafe(no_mangle)]
pub extern "C" fn mms_push_pdu(
    push: Option<&mms_push>,
    options: Option<&mms_options>,
    pdu: Option<&mut MaybeUninit<Option<Box<mms_pdu>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let decoded = place(pdu).and_then(|pdu| {
        *pdu = Some(mms_pdu::of(there(push)?.push.pdu(&mms_options::of(options))?));
        Ok::<_, Failure>(())
    });
    ended(error, decoded)
}

/// The data of a push. It belongs to the push.
#[unsafe(no_mangle)]
pub extern "C" fn mms_push_data(push: Option<&mms_push>) -> mms_octets {
    push.map(|push| &push.push.data[..]).into()
}

/// The application that a push is for, such as `x-wap-application:mms.ua`; NULL if unknown. It belongs to the push.
#[unsafe(no_mangle)]
pub extern "C" fn mms_push_application(push: Option<&mms_push>) -> mms_str {
    push.and_then(|push| push.push.application_id()).into()
}

/// The value of a header of a push; NULL if absent. It belongs to the push.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_push_header(push: Option<&mms_push>, name: *const c_char, length: usize) -> mms_str {
    // SAFETY: the contract of the header.
    let name = unsafe { border::text(name, length) };
    push.zip(name.ok()).and_then(|(push, name)| push.push.header(name)).into()
}

/// The content type of a push with its parameters, as MIME writes it, written into `text` as `snprintf` does. Returns
/// the length of all of it without NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_push_content_type(push: Option<&mms_push>, text: *mut c_char, size: usize) -> usize {
    // SAFETY: the contract of the header.
    let room = unsafe { border::room(text.cast(), size) };
    border::print(push.map(|push| &push.push.content_type), room)
}

/// How many deviations were forgiven to decode a push, without those of its PDU.
#[unsafe(no_mangle)]
pub extern "C" fn mms_push_deviation_count(push: Option<&mms_push>) -> usize {
    push.map_or(0, |push| push.deviations.len())
}

/// The deviation with this index, in the order of the octets.
#[unsafe(no_mangle)]
pub extern "C" fn mms_push_deviation(
    push: Option<&mms_push>,
    index: usize,
    deviation: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    ended(None, there(push).and_then(|push| deviation_at(&push.deviations, index, deviation)))
}
