//! A static library with nothing of the standard library in it: its own panic handler, and an
//! allocator that hands out a fixed piece of memory.

#![no_std]

use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicUsize, Ordering};

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}

const SIZE: usize = 1 << 20;

/// Hands out its memory once; nothing comes back.
#[repr(align(64))]
struct Arena(core::cell::UnsafeCell<[u8; SIZE]>, AtomicUsize);

// SAFETY: the atomic counter gives every piece of the memory to one caller only.
unsafe impl Sync for Arena {}

// SAFETY: a piece begins at a multiple of its alignment, lies in the memory, and overlaps no other.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let room = layout.size() + layout.align();
        let start = self.1.fetch_add(room, Ordering::Relaxed);
        if layout.align() > 64 || start.saturating_add(room) > SIZE {
            return null_mut();
        }
        self.0.get().cast::<u8>().wrapping_add(start.next_multiple_of(layout.align()))
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ARENA: Arena = Arena(core::cell::UnsafeCell::new([0; SIZE]), AtomicUsize::new(0));

/// Decodes a notification and encodes it again: 0 if the octets are the same.
#[cfg(feature = "mm1")]
#[unsafe(no_mangle)]
pub extern "C" fn check_mm1() -> i32 {
    use mms_codec::{Bytes, mm1};

    let octets = b"\x8c\x82\x98T1\0\x8d\x92\x89\x19\x80+447700900123/TYPE=PLMN\0\x96\x05\xea\x7f\xc3\x89\0\x8a\x80\x8e\x01\x40\x88\x03\x81\x01\x3c\x83http://m/1\0";
    let decoded = mm1::decode(&Bytes::from_static(octets));
    let encoded = decoded.ok().and_then(|decoded| mm1::encode(&decoded.value).ok());
    i32::from(encoded.as_deref() != Some(octets))
}

/// Without MM1 there is nothing to check but that the rest links.
#[cfg(not(feature = "mm1"))]
#[unsafe(no_mangle)]
pub extern "C" fn check_mm1() -> i32 {
    i32::from(mms_codec::message::Address::from("12345").value() != "12345")
}
