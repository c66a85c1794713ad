//! The walk, which allocates nothing.

#![no_std]
#![no_main]

use core::hint::black_box;

use mms_firmware::board;

#[cortex_m_rt::entry]
fn main() -> ! {
    board::start();
    board::stop(mms_firmware::walk(black_box(mms_firmware::RETRIEVE_CONF)) == Ok(20))
}
