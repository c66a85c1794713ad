//! Decodes and encodes every PDU, and pushes.

#![no_std]
#![no_main]

use core::hint::black_box;

use mms_codec::{Bytes, mm1, push};
use mms_firmware::{PUSH, RETRIEVE_CONF, board};

#[cortex_m_rt::entry]
fn main() -> ! {
    board::start();
    let pdu = mm1::decode(&Bytes::from_static(black_box(RETRIEVE_CONF)));
    let pdu = pdu.is_ok_and(|pdu| mm1::encode(&pdu.value).as_deref() == Ok(RETRIEVE_CONF));
    let push = push::decode(&Bytes::from_static(black_box(PUSH)));
    let push = push.is_ok_and(|push| push.value.encode().as_deref() == Ok(PUSH));
    board::stop(pdu && push)
}
