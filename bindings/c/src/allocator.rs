//! The allocator: the caller's if there is one, else the system's.

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use crate::border::there;
use crate::error::{Failure, ended, mms_code, mms_status};

/// An allocator of the caller's. Where threads share the library, both functions may be called by any of them.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_allocator {
    /// Returns `size` octets at a multiple of `alignment`, a power of two, or NULL if it has none.
    pub allocate: Option<unsafe extern "C" fn(size: usize, alignment: usize, context: *mut c_void) -> *mut c_void>,
    /// Takes back what `allocate` returned for the same size and alignment.
    pub release: Option<unsafe extern "C" fn(memory: *mut c_void, size: usize, alignment: usize, context: *mut c_void)>,
    /// Passed to both.
    pub context: *mut c_void,
}

/// The allocator of the caller, and whether any was used. The only state that all handles share.
static GIVEN: AtomicPtr<mms_allocator> = AtomicPtr::new(null_mut());
static IS_USED: AtomicBool = AtomicBool::new(false);

struct Allocator;

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

// SAFETY: memory comes from the caller's functions, whose contract is the same as the one of this trait, or from
// the system. It goes back to where it came from, since there is no change after the first use.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IS_USED.store(true, Ordering::Relaxed);
        match given() {
            Some(mms_allocator { allocate: Some(allocate), context, .. }) => {
                // SAFETY: the contract of `mms_set_allocator`.
                unsafe { allocate(layout.size(), layout.align(), context) }.cast()
            }
            // SAFETY: passed on from the caller.
            _ => unsafe { system::alloc(layout) },
        }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        match given() {
            Some(mms_allocator { release: Some(release), context, .. }) => {
                // SAFETY: the contract of `mms_set_allocator`; `memory` came from it.
                unsafe { release(memory.cast(), layout.size(), layout.align(), context) };
            }
            // SAFETY: passed on from the caller.
            _ => unsafe { system::dealloc(memory, layout) },
        }
    }
}

fn given() -> Option<mms_allocator> {
    // SAFETY: NULL, or what `mms_set_allocator` was given, which lives as long as the program.
    unsafe { GIVEN.load(Ordering::Acquire).as_ref() }.copied()
}

#[cfg(feature = "std")]
mod system {
    use super::{GlobalAlloc, Layout};
    use std::alloc::System;

    pub(super) unsafe fn alloc(layout: Layout) -> *mut u8 {
        // SAFETY: passed on from the caller.
        unsafe { System.alloc(layout) }
    }

    pub(super) unsafe fn dealloc(memory: *mut u8, layout: Layout) {
        // SAFETY: passed on from the caller.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[cfg(not(feature = "std"))]
mod system {
    use super::Layout;

    pub(super) unsafe fn alloc(_: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    pub(super) unsafe fn dealloc(_: *mut u8, _: Layout) {}
}

/// Gives the library an allocator, once, before any other function is called. `allocator` and what its `context`
/// leads to have to live as long as the program. The library ends the process by `abort` when an allocator returns
/// NULL: what a message may take is bounded by `mms_options`.
///
/// MMS_ERROR_STATE if the library has an allocator already, or has allocated.
#[unsafe(no_mangle)]
pub extern "C" fn mms_set_allocator(allocator: Option<&'static mms_allocator>) -> mms_code {
    let result = there(allocator).and_then(|given| match given {
        mms_allocator { allocate: Some(_), release: Some(_), .. } if !IS_USED.load(Ordering::Relaxed) => {
            IS_USED.store(true, Ordering::Relaxed);
            GIVEN.store(core::ptr::from_ref(given).cast_mut(), Ordering::Release);
            Ok(())
        }
        mms_allocator { allocate: Some(_), release: Some(_), .. } => Err(Failure::Status(mms_status::MMS_ERROR_STATE)),
        _ => Err(Failure::Status(mms_status::MMS_ERROR_NULL)),
    });
    ended(None, result)
}
