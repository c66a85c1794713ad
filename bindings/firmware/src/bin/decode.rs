//! Decodes every PDU.

#![no_std]
#![no_main]

use core::hint::black_box;

use mms_codec::{Bytes, mm1};
use mms_firmware::{NOTIFICATION, RETRIEVE_CONF, board};

#[cortex_m_rt::entry]
fn main() -> ! {
    board::start();
    let decodes = |octets| mm1::decode(&Bytes::from_static(black_box(octets))).is_ok();
    board::stop(decodes(NOTIFICATION) && decodes(RETRIEVE_CONF))
}
