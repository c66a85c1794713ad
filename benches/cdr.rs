//! Charging records: how many of them a second.
//!
//! `cargo bench --features cdr --bench cdr`.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use mms_codec::cdr::{self, AgentAddress, MmO4FRsRecord, MmR1NRsRecord, Record, Records, RsAddress};
use mms_codec::message::{Address, MmStatus, RequestStatus, Timestamp};
use mms_codec::{Bytes, Options};

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// Ten members.
fn response() -> Record {
    let mut agent = AgentAddress::default();
    agent.address = Some(Address::phone("+447700900123").into());
    let mut record = MmR1NRsRecord::default();
    record.recipient_mms_rs_address = Some(RsAddress::from("mms.mnc012.mcc345.gprs"));
    record.message_id = Some(Bytes::from_static(b"mm-1@mms.mnc012.mcc345.gprs"));
    record.recipient_address = Some(agent);
    record.report_allowed = Some(true);
    record.mm_status_code = Some(MmStatus::Retrieved.into());
    record.status_text = Some(Bytes::from_static(b"Ok"));
    record.record_time_stamp = Some(Timestamp::from_seconds(1_709_631_047));
    record.local_sequence_number = Some(4_711);
    record.rat_type = Some(6);
    record.into()
}

fn octets(record: &Record) -> Bytes {
    cdr::encode(record).unwrap_or_default().into()
}

#[divan::bench]
fn decode_ten_members(bencher: Bencher<'_, '_>) {
    let octets = octets(&response());
    bencher.counter(ItemsCount::new(1u32)).bench(|| cdr::decode(black_box(&octets)));
}

#[divan::bench]
fn encode_ten_members(bencher: Bencher<'_, '_>) {
    let record = response();
    bencher.counter(ItemsCount::new(1u32)).bench(|| cdr::encode(black_box(&record)));
}

#[divan::bench]
fn a_file_of_a_thousand_records(bencher: Bencher<'_, '_>) {
    let mut short = MmO4FRsRecord::default();
    short.recipient_mms_rs_address = Some(RsAddress::from("mms.mnc012.mcc345.gprs"));
    short.message_id = Some(Bytes::from_static(b"mm-1"));
    short.request_status_code = Some(RequestStatus::Ok);
    let file = Bytes::from([octets(&response()), octets(&short.into())].concat().repeat(500));
    let read = |file: &Bytes| Records::new(file, &Options::lenient()).filter(Result::is_ok).count();
    bencher.counter(ItemsCount::new(1_000u32)).bench(|| read(black_box(&file)));
}
