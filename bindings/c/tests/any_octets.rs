//! Any octets through the C interface: what it returns is what the library returns, and every pointer leads to what is
//! there. It is the body of the fuzz target, and runs over the seeds of the library here.
#![allow(dead_code, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test, and a module of the fuzz target")]

use core::ffi::{c_char, c_void};
use core::mem::MaybeUninit;
use core::ptr::null_mut;

use mms_codec as c;
use mms_codec_rs::mm1::{self, FieldCode};
use mms_codec_rs::{Bytes, Options};

const OK: i32 = c::mms_status::MMS_OK as i32;
const ROOM: i32 = c::mms_status::MMS_ERROR_ROOM as i32;

/// Reads every octet that a pointer leads to, so that a sanitizer sees those that are not there.
fn read(octets: *const u8, length: usize) -> Option<Vec<u8>> {
    // SAFETY: the interface says that it is valid. That is what is tested.
    (!octets.is_null()).then(|| unsafe { core::slice::from_raw_parts(octets, length) }.to_vec())
}

fn text(text: c::mms_str) -> Option<String> {
    // Texts are UTF-8.
    read(text.octets.cast(), text.length).map(|octets| String::from_utf8(octets).unwrap())
}

/// A handle that a function gave, if it did.
fn given<T>(
    function: impl FnOnce(&mut MaybeUninit<Option<Box<T>>>, &mut MaybeUninit<c::mms_error>) -> i32,
) -> Option<Box<T>> {
    let (mut handle, mut error) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    let code = function(&mut handle, &mut error);
    // SAFETY: every function writes it, also if it fails.
    let handle: Option<Box<T>> = unsafe { handle.assume_init() };
    // SAFETY: likewise.
    let error = unsafe { error.assume_init() };
    assert_eq!(code, error.code);
    assert_eq!(code == OK, handle.is_some());
    check_error(&error);
    handle
}

fn check_error(error: &c::mms_error) {
    let message = error.message.map(|letter| letter as u8);
    let field = error.field.map(|letter| letter as u8);
    assert!(message.ends_with(&[0]) && field.ends_with(&[0]));
    assert_eq!(message[0] == 0, error.code == OK);
    core::str::from_utf8(&message).unwrap();
}

pub(crate) fn fuzz(octets: &[u8]) {
    let shared = Bytes::copy_from_slice(octets);
    let strict = c::mms_options { strict: 1, ..c::mms_options::default() };
    for options in [None, Some(&strict)] {
        let pdu = given(|to, error| {
            // SAFETY: a slice is valid.
            unsafe { c::mms_decode(octets.as_ptr(), octets.len(), options, Some(to), Some(error)) }
        });
        let options = if options.is_some() { Options::strict() } else { Options::lenient() };
        let expected = mm1::decode_with(&shared, &options);
        assert_eq!(pdu.is_some(), expected.is_ok());
        if let (Some(mut pdu), Ok(expected)) = (pdu, expected) {
            assert_eq!(c::mms_pdu_deviation_count(Some(&pdu)), expected.deviations.len());
            check(&pdu, &expected.value);
            change(&mut pdu, octets);
            c::mms_pdu_free(Some(pdu));
        }
    }
    walk(octets);
    share(octets);
    push(octets);
    join(octets);
}

fn check(pdu: &c::mms_pdu, expected: &mm1::Pdu) {
    let mut copy = given(|to, error| c::mms_pdu_new(c::mms_pdu_type(Some(pdu)), Some(to), Some(error))).unwrap();
    let fields = (0..).map(|index| c::mms_pdu_field(Some(pdu), index)).take_while(|field| *field != 0);
    for field in fields {
        for index in 0..c::mms_pdu_count(Some(pdu), field) {
            let mut value = MaybeUninit::uninit();
            assert_eq!(c::mms_pdu_get(Some(pdu), field, index, Some(&mut value)), OK);
            // SAFETY: it is written, also if there is no value.
            let value = unsafe { value.assume_init() };
            assert_ne!(value.kind, c::mms_kind::MMS_KIND_NONE as u32);
            if value.kind == c::mms_kind::MMS_KIND_OCTETS as u32 {
                read(value.text.octets.cast(), value.text.length).unwrap();
            } else {
                text(value.text);
            }
            text(value.r#type);
            let mut shown = [1; 16];
            // SAFETY: the array is valid.
            let length = unsafe { c::mms_pdu_show(Some(pdu), field, index, shown.as_mut_ptr(), shown.len()) };
            let code = FieldCode::from_wire(field).unwrap();
            assert_eq!(length, expected.shown(code, index).unwrap().to_string().len());
            if value.kind != c::mms_kind::MMS_KIND_BODY as u32 {
                // SAFETY: the value is one of the interface.
                unsafe { c::mms_pdu_put(Some(&mut copy), field, Some(&value), None) };
                // SAFETY: likewise; the field has no such values.
                unsafe { c::mms_pdu_put(Some(&mut copy), field ^ 1, Some(&value), None) };
            }
        }
    }
    for index in 0..c::mms_pdu_extra_count(Some(pdu)) {
        let mut extra = MaybeUninit::uninit();
        assert_eq!(c::mms_pdu_extra(Some(pdu), index, Some(&mut extra)), OK);
        // SAFETY: it was written.
        let extra = unsafe { extra.assume_init() };
        text(extra.name);
        read(extra.value.octets, extra.value.length).unwrap();
    }
    if let Some(body) = c::mms_pdu_body(Some(pdu)) {
        parts(body);
        let body = given(|to, error| c::mms_part_clone(Some(body), Some(to), Some(error)));
        c::mms_pdu_set_body(Some(&mut copy), body, None);
    }
    encode(&copy);
    assert_eq!(encode(pdu), mm1::encode(expected).ok());
    c::mms_pdu_free(Some(copy));
}

fn parts(part: &c::mms_part) {
    for attribute in 0..6 {
        text(c::mms_part_text(Some(part), attribute));
    }
    read(c::mms_part_octets(Some(part)).octets, c::mms_part_octets(Some(part)).length);
    let mut shown = [0; 32];
    for show in [c::mms_part_content_type, c::mms_part_name, c::mms_part_content] {
        // SAFETY: the array is valid.
        unsafe { show(Some(part), shown.as_mut_ptr(), shown.len()) };
        assert!(shown.contains(&0));
    }
    // SAFETY: the text is.
    text(unsafe { c::mms_part_parameter(Some(part), c"charset".as_ptr(), usize::MAX) });
    c::mms_part_root(Some(part));
    for index in 0..c::mms_part_count(Some(part)) {
        parts(c::mms_part_at(Some(part), index).unwrap());
    }
}

fn encode(pdu: &c::mms_pdu) -> Option<Vec<u8>> {
    let mut length = MaybeUninit::uninit();
    // SAFETY: NULL has room for nothing.
    let code = unsafe { c::mms_encode(Some(pdu), null_mut(), 0, Some(&mut length), None) };
    // SAFETY: it is written, also on failure.
    let size = unsafe { length.assume_init() };
    if code != ROOM {
        assert_eq!(size, 0);
        return None;
    }
    let mut octets = vec![0; size];
    // SAFETY: the vector has so many octets.
    assert_eq!(unsafe { c::mms_encode(Some(pdu), octets.as_mut_ptr(), size, Some(&mut length), None) }, OK);
    Some(octets)
}

/// Puts the octets as text and as numbers into every field.
fn change(pdu: &mut c::mms_pdu, octets: &[u8]) {
    let piece = &octets[..octets.len().min(12)];
    let number = piece.iter().fold(0, |number: u64, octet| number << 8 | u64::from(*octet));
    for field in 0..=0xff {
        // SAFETY: a slice is valid, also if it is not text.
        unsafe { c::mms_pdu_put_text(Some(pdu), field, piece.as_ptr().cast::<c_char>(), piece.len(), None) };
        c::mms_pdu_put_number(Some(pdu), field, number & 0xff, None);
        c::mms_pdu_put_number(Some(pdu), field, number, None);
        c::mms_pdu_put_time(Some(pdu), field, number.cast_signed(), None);
        c::mms_pdu_put_interval(Some(pdu), field, number, None);
        if octets.len().is_multiple_of(2) {
            c::mms_pdu_clear(Some(pdu), field, None);
        }
    }
    encode(pdu);
}

extern "C" fn count(context: *mut c_void) {
    // SAFETY: it is the number of `share`.
    unsafe { *context.cast::<usize>() += 1 };
}

fn share(octets: &[u8]) {
    let mut released = 0_usize;
    let context = (&raw mut released).cast();
    let pdu = given(|to, error| {
        // SAFETY: the octets outlive the PDU.
        unsafe {
            c::mms_decode_shared(octets.as_ptr(), octets.len(), Some(count), context, None, Some(to), Some(error))
        }
    });
    if let Some(pdu) = pdu {
        c::mms_pdu_free(Some(pdu));
    }
    assert_eq!(released, 1);
}

fn walk(octets: &[u8]) {
    let mut walk = c::mms_walk { octets: octets.as_ptr(), length: octets.len(), offset: 0 };
    let expected: Vec<_> = mm1::Fields::new(octets).map_while(Result::ok).collect();
    for expected in &expected {
        let mut raw = MaybeUninit::uninit();
        // SAFETY: the octets outlive the walk.
        assert_eq!(unsafe { c::mms_walk_next(Some(&mut walk), Some(&mut raw), None) }, OK);
        // SAFETY: it was written.
        let raw = unsafe { raw.assume_init() };
        assert_eq!(read(raw.value.octets, raw.value.length).unwrap(), expected.value);
        assert_eq!(raw.offset, expected.offset);
        let mut shown = [0; 16];
        for show in [c::mms_raw_text, c::mms_raw_address] {
            // SAFETY: the array is valid.
            unsafe { show(Some(&raw), shown.as_mut_ptr(), shown.len()) };
            assert!(shown.contains(&0));
        }
        let (mut parts, mut part) = (MaybeUninit::uninit(), MaybeUninit::uninit());
        // SAFETY: the field is in the octets.
        if unsafe { c::mms_raw_parts(Some(&raw), Some(&mut parts)) } != OK {
            continue;
        }
        // SAFETY: it was written.
        let mut parts = unsafe { parts.assume_init() };
        for expected in expected.parts().unwrap() {
            // SAFETY: the parts are in the octets.
            assert_eq!(unsafe { c::mms_part_walk_next(Some(&mut parts), Some(&mut part)) }, OK);
            // SAFETY: it was written.
            let part: c::mms_raw_part = unsafe { part.assume_init() };
            assert_eq!(read(part.data.octets, part.data.length).unwrap(), expected.data);
            // SAFETY: the part is in the octets.
            text(unsafe { c::mms_raw_part_media_type(Some(&part)) });
            // SAFETY: likewise; the array is valid.
            unsafe { c::mms_raw_part_content(Some(&part), shown.as_mut_ptr(), shown.len()) };
        }
    }
    let mut user_data = MaybeUninit::uninit();
    // SAFETY: a slice is valid.
    if unsafe { c::mms_user_data_read(octets.as_ptr(), octets.len(), Some(&mut user_data)) } == OK {
        // SAFETY: it was written.
        let data = unsafe { user_data.assume_init() }.data;
        read(data.octets, data.length).unwrap();
    }
}

fn push(octets: &[u8]) {
    let push = given(|to, error| {
        // SAFETY: a slice is valid.
        unsafe { c::mms_push_decode(octets.as_ptr(), octets.len(), None, Some(to), Some(error)) }
    });
    let Some(push) = push else { return };
    text(c::mms_push_application(Some(&push)));
    read(c::mms_push_data(Some(&push)).octets, c::mms_push_data(Some(&push)).length).unwrap();
    let pdu = given(|to, error| c::mms_push_pdu(Some(&push), None, Some(to), Some(error)));
    c::mms_push_free(Some(push));
    if let Some(pdu) = pdu {
        encode(&pdu);
        c::mms_pdu_free(Some(pdu));
    }
}

fn join(octets: &[u8]) {
    let mut joiner = given(|to, error| c::mms_joiner_new(None, Some(to), Some(error))).unwrap();
    let mut joined = MaybeUninit::uninit();
    for half in [octets, octets.split_at(octets.len() / 2).0, octets.split_at(octets.len() / 2).1] {
        // SAFETY: slices are valid.
        unsafe {
            c::mms_joiner_add(Some(&mut joiner), c"1".as_ptr(), 1, half.as_ptr(), half.len(), Some(&mut joined), None);
        }
        read(c::mms_joiner_data(Some(&joiner)).octets, c::mms_joiner_data(Some(&joiner)).length);
        // SAFETY: likewise.
        unsafe { c::mms_joiner_add_deliver(Some(&mut joiner), half.as_ptr(), half.len(), Some(&mut joined), None) };
        text(c::mms_joiner_originator(Some(&joiner)));
    }
    c::mms_joiner_free(Some(joiner));
}

#[test]
fn seeds_pass() {
    let mut count = 0;
    for target in ["mm1", "push"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds").join(target);
        for seed in std::fs::read_dir(folder).unwrap() {
            fuzz(&std::fs::read(seed.unwrap().path()).unwrap());
            count += 1;
        }
    }
    assert!(count > 100);
}
