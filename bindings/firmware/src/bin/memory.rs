//! How much stack and heap the library takes.

#![no_std]
#![no_main]

use core::fmt::Write;

use mms_codec::{Bytes, mm1};
use mms_firmware::{NOTIFICATION, RETRIEVE_CONF, board, walk};

#[cortex_m_rt::entry]
fn main() -> ! {
    board::start();
    let mut console = board::Console::new();
    let mut print =
        |what: &str, used: board::Used| writeln!(console, "{what}: stack {}, heap {}", used.stack, used.heap).is_ok();
    // What is made is dropped by the closure, so that the heap that counts is that of the call.
    let done =
        print(
            "walk a retrieve-conf",
            board::measure(|| {
                let _ = walk(RETRIEVE_CONF);
            }),
        ) && print("decode a notification", board::measure(|| drop(mm1::decode(&Bytes::from_static(NOTIFICATION)))))
            && print(
                "decode a retrieve-conf",
                board::measure(|| drop(mm1::decode(&Bytes::from_static(RETRIEVE_CONF)))),
            );
    board::stop(done)
}
