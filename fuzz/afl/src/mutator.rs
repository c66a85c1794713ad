//! Changes fields, parts, lines and elements for AFL++, which loads this library as its custom mutator.

use std::env;
use std::ffi::{c_uint, c_void};
use std::slice;

use mms_codec::fuzz::{Syntax, Target, mutate};

/// What AFL++ keeps between its calls.
struct Mutator {
    syntax: Option<Syntax>,
    seed: u64,
    changed: Vec<u8>,
}

/// Makes the mutator of the target that `MMS_TARGET` names.
#[unsafe(no_mangle)]
extern "C" fn afl_custom_init(_afl: *mut c_void, seed: c_uint) -> *mut c_void {
    let target = env::var("MMS_TARGET").ok().and_then(|name| name.parse::<Target>().ok());
    let syntax = target.and_then(Target::syntax);
    Box::into_raw(Box::new(Mutator { syntax, seed: seed.into(), changed: Vec::new() })).cast()
}

/// Changes the pieces of a message, of which it takes some from another.
///
/// # Safety
///
/// `mutator` is what [`afl_custom_init`] made, `message` and `other` have as many octets as said, and `changed` takes
/// a pointer.
#[unsafe(no_mangle)]
unsafe extern "C" fn afl_custom_fuzz(
    mutator: *mut c_void,
    message: *const u8,
    message_len: usize,
    changed: *mut *const u8,
    other: *const u8,
    other_len: usize,
    longest: usize,
) -> usize {
    // SAFETY: AFL++ passes what it was given, and calls from one thread.
    let mutator = unsafe { &mut *mutator.cast::<Mutator>() };
    // SAFETY: AFL++ passes its buffers with their lengths, and leaves them alone during the call.
    let message = unsafe { octets(message, message_len) };
    // SAFETY: as above, or it is null.
    let other = unsafe { octets(other, other_len) };
    mutator.seed = mutator.seed.wrapping_add(1);
    mutator.changed = match mutator.syntax {
        Some(syntax) => mutate(syntax, message, other, mutator.seed, longest),
        None => message.to_vec(),
    };
    // SAFETY: AFL++ reads the result before the next call, which is when it is replaced.
    unsafe { *changed = mutator.changed.as_ptr() };
    mutator.changed.len()
}

/// Releases the mutator.
///
/// # Safety
///
/// `mutator` is what [`afl_custom_init`] made, and is not used again.
#[unsafe(no_mangle)]
unsafe extern "C" fn afl_custom_deinit(mutator: *mut c_void) {
    // SAFETY: it was a box.
    drop(unsafe { Box::from_raw(mutator.cast::<Mutator>()) });
}

/// # Safety
///
/// `start` has `len` octets for `'a`, or is null.
unsafe fn octets<'a>(start: *const u8, len: usize) -> &'a [u8] {
    // SAFETY: what the caller promises.
    if start.is_null() { &[] } else { unsafe { slice::from_raw_parts(start, len) } }
}
