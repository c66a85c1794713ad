//! C interface of `mms_codec`. `include/mms_codec.h` is made of these files; `contract.txt` is at its top and
//! says what holds for all functions.
//!
//! Every function checks what it can of its arguments and then calls the library; what is unsafe is in the
//! conversions of `border`, and in the allocator.

#![no_std]
#![allow(non_camel_case_types, reason = "the names of the header")]
#![allow(clippy::missing_safety_doc, reason = "the contract of all functions is at the top of the header")]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod allocator;
mod border;
pub mod codes;
mod error;
mod joiner;
mod part;
mod pdu;
mod push;
mod value;
mod walk;

pub use self::allocator::*;
pub use self::border::{MMS_NUL_TERMINATED, mms_octets, mms_str};
pub use self::error::*;
pub use self::joiner::*;
pub use self::part::*;
pub use self::pdu::*;
pub use self::push::*;
pub use self::value::*;
pub use self::walk::*;

// Tests are linked with the standard library, which has one.
#[cfg(not(any(feature = "std", test)))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        safe fn abort() -> !;
    }
    abort()
}
