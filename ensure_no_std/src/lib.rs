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

/// Decodes a response between operators and encodes it again: 0 if the same comes back.
#[cfg(feature = "mm4")]
#[unsafe(no_mangle)]
pub extern "C" fn check_mm4() -> i32 {
    use mms_codec::{Bytes, mm4};

    let mail = b"X-Mms-Message-Type: MM4_read_reply_report.RES\r\nDate: Tue, 05 Mar 2024 09:40:03 +0000\r\n\
        Sender: a@example.net\r\nTo: b@example.net\r\nMessage-ID: <1@example.net>\r\n\
        X-Mms-3GPP-MMS-Version: 6.10.0\r\nX-Mms-Transaction-ID: \"t\"\r\nX-Mms-Request-Status-Code: Ok\r\n\
        X-Mms-Status-Text: =?utf-8?B?w4l0w6k=?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlh/w==\r\n";
    let decoded = mm4::decode(&Bytes::from_static(mail));
    let encoded = decoded.ok().and_then(|decoded| mm4::encode(&decoded.value).ok());
    let again = encoded.clone().and_then(|encoded| mm4::decode(&encoded.into()).ok());
    let again = again.and_then(|again| mm4::encode(&again.value).ok());
    i32::from(again.is_none() || again != encoded)
}

/// Decodes a charging record and encodes it again: 0 if the octets are the same.
#[cfg(feature = "cdr")]
#[unsafe(no_mangle)]
pub extern "C" fn check_cdr() -> i32 {
    use mms_codec::{Bytes, cdr};

    let octets = b"\xbf\x20\x24\x80\x01\x20\xa2\x0c\x80\x0ammsc.test1\x83\x03m-1\x85\x01\0\x87\x09\x24\x03\x05\x09\x30\x47\x2b\0\0";
    let decoded = cdr::decode(&Bytes::from_static(octets));
    let encoded = decoded.ok().and_then(|decoded| cdr::encode(&decoded.value).ok());
    i32::from(encoded.as_deref() != Some(octets))
}

/// Answers a notification as a phone: 0 if the answer is right.
#[cfg(feature = "client")]
fn check_client() -> i32 {
    use mms_codec::client::{Action, Client, Settings};
    use mms_codec::{Bytes, message::Timestamp};

    let octets = Bytes::from_static(b"\x8c\x82\x98T1\0\x8d\x92\x8a\x80\x8e\x01\x40\x88\x03\x81\x01\x3c\x83http://m/1\0");
    let Ok(mut client) = Client::new(Settings::new("http://m/", "p")) else { return 1 };
    let is_taken = client.receive_octets(&octets, Timestamp::from_seconds(0)).is_ok();
    let deadline = client.deadline().unwrap_or_default();
    // The event, and nobody decides.
    let is_announced = matches!(client.poll(deadline), Some(Action::Event(_)));
    let Some(Action::Request(request)) = client.poll(deadline) else { return 1 };
    let answer = b"\x8c\x83\x98T1\0\x8d\x92\x95\x83\x91\x80";
    i32::from(!is_taken || !is_announced || request.body.as_deref() != Some(answer))
}

/// Relays a notification of delivery from one operator to a phone: 0 if it comes along.
#[cfg(all(feature = "mm1", feature = "mm4"))]
fn check_relay() -> i32 {
    use mms_codec::message::{Address, MmStatus, Timestamp};
    use mms_codec::relay::{self, ReportReceipt};
    use mms_codec::{mm1, mm4};

    let mut request = mm4::DeliveryReportReq::default();
    request.report.message_id = Some("\"mm-1\"".into());
    request.report.recipient = Some(Address::phone("+447700900123"));
    request.report.status = Some(MmStatus::Retrieved);
    let receipt = ReportReceipt { arrived: Timestamp::from_seconds(1_709_631_047), recipient: None };
    let relayed = relay::delivery_report_to_mm1(request, &receipt, mm1::Version::V1_2);
    let encoded = relayed.and_then(|relayed| mm1::encode(&relayed.pdu).ok());
    i32::from(encoded.is_none_or(|octets| !octets.starts_with(b"\x8c\x86\x8d\x92\x8bmm-1\0")))
}

/// What needs no interface links, too.
fn check_message() -> i32 {
    i32::from(mms_codec::message::Address::from("12345").value() != "12345")
}

/// All checks: 0 if they pass.
#[unsafe(no_mangle)]
pub extern "C" fn check_all() -> i32 {
    let checks: &[fn() -> i32] = &[
        check_message,
        #[cfg(feature = "mm1")]
        || check_mm1(),
        #[cfg(feature = "client")]
        check_client,
        #[cfg(feature = "mm4")]
        || check_mm4(),
        #[cfg(all(feature = "mm1", feature = "mm4"))]
        check_relay,
        #[cfg(feature = "cdr")]
        || check_cdr(),
    ];
    checks.iter().fold(0, |failed, check| failed | check())
}
