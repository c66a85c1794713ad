//! The board alone: what the others are larger by is the library.

#![no_std]
#![no_main]

use core::hint::black_box;

use mms_firmware::board;

#[cortex_m_rt::entry]
fn main() -> ! {
    board::start();
    board::stop(black_box(true))
}
