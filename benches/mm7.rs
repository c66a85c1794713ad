//! Times and allocations of MM7, beside what the bare parts need: `walk` is quick-xml's NsReader
//! over the same envelope, `boundary_scan` a search for the boundary over the same body. The goals:
//! `envelope` at most 1.7 times `walk`; `with_binary_300_kb` at most `walk` x 1.7 and 2.5 times
//! `boundary_scan`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench")]

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use mms_codec::Bytes;
use mms_codec::mm7::{self, Envelope};
use quick_xml::NsReader;
use quick_xml::events::Event;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Every element of SubmitReq.
const ENVELOPE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">
  <env:Header>
    <mm7:TransactionID xmlns:mm7="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4" env:mustUnderstand="1">vasp-1001</mm7:TransactionID>
  </env:Header>
  <env:Body>
    <SubmitReq xmlns="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4">
      <MM7Version>6.8.0</MM7Version>
      <SenderIdentification>
        <VASPID>acme-media</VASPID>
        <VASID>newsline</VASID>
        <SenderAddress><ShortCode>7255</ShortCode></SenderAddress>
      </SenderIdentification>
      <Recipients>
        <To>
          <Number>+12025550101</Number>
          <RFC2822Address displayOnly="true">desk@example.org</RFC2822Address>
        </To>
        <Cc><Number>+447700900123</Number></Cc>
        <Bcc><ShortCode>9922</ShortCode></Bcc>
      </Recipients>
      <ServiceCode>news-basic</ServiceCode>
      <LinkedID>mo-55021</LinkedID>
      <MessageClass>Informational</MessageClass>
      <TimeStamp>2024-03-05T09:30:47Z</TimeStamp>
      <ReplyCharging replyChargingSize="30720" replyDeadline="P2D"/>
      <EarliestDeliveryTime>2024-03-05T10:00:00+01:00</EarliestDeliveryTime>
      <ExpiryDate>P3DT12H</ExpiryDate>
      <DeliveryReport>true</DeliveryReport>
      <ReadReply>false</ReadReply>
      <Priority>Normal</Priority>
      <Subject>Morning news &amp; more</Subject>
      <ChargedParty>ThirdParty</ChargedParty>
      <ChargedPartyID>sponsor-17</ChargedPartyID>
      <DistributionIndicator>false</DistributionIndicator>
      <DeliveryCondition><DC>1</DC><DC>2</DC></DeliveryCondition>
      <ApplicID>com.example.viewer</ApplicID>
      <ReplyApplicID>com.example.vas</ReplyApplicID>
      <AuxApplicInfo>lang=en</AuxApplicInfo>
      <ContentClass>image-basic</ContentClass>
      <DRMContent>false</DRMContent>
      <Content href="cid:mm-1001@vasp.example.com" allowAdaptations="true"/>
    </SubmitReq>
  </env:Body>
</env:Envelope>"#;

/// The envelope as programs write it, without the white space between elements, which a walk would only skip.
fn compact() -> String {
    ENVELOPE.lines().map(str::trim_start).collect()
}

const BOUNDARY: &str = "outer-7f3a-e5b2-49d1";
const CONTENT_TYPE: &str =
    "multipart/related; boundary=\"outer-7f3a-e5b2-49d1\"; type=\"text/xml\"; start=\"<env-1001@vasp.example.com>\"";

/// 300 kB that no compressor and no base64 would make.
fn octets() -> Vec<u8> {
    let mut state = 1u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..300_000).map(|_| next()).collect()
}

fn body(headers: &str, content: &[u8]) -> Bytes {
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nContent-ID: <env-1001@vasp.example.com>\r\n\r\n\
         {}\r\n--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-ID: <mm-1001@vasp.example.com>\r\n{headers}\r\n",
        compact()
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body.into()
}

fn binary() -> Bytes {
    body("Content-Transfer-Encoding: binary\r\n", &octets())
}

fn in_base64() -> Bytes {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = Vec::new();
    for (index, octet) in octets().iter().cycle().take(400_000).enumerate() {
        text.push(DIGITS[usize::from(octet & 63)]);
        if index % 76 == 75 {
            text.extend_from_slice(b"\r\n");
        }
    }
    body("Content-Transfer-Encoding: base64\r\n", &text)
}

fn decoded() -> Envelope {
    mm7::decode(CONTENT_TYPE, &binary()).unwrap().value
}

/// What a bare walk needs, namespaces resolved.
#[divan::bench]
fn walk(bencher: Bencher<'_, '_>) {
    let xml = compact();
    bencher.counter(BytesCount::of_str(&xml)).bench(|| {
        let mut reader = NsReader::from_str(black_box(&xml));
        let mut count = 0;
        loop {
            match reader.read_resolved_event().unwrap() {
                (_, Event::Eof) => return count,
                (namespace, event) => {
                    black_box((&namespace, &event));
                    count += 1;
                }
            }
        }
    });
}

#[divan::bench]
fn envelope(bencher: Bencher<'_, '_>) {
    let xml = Bytes::from(compact());
    bencher.counter(BytesCount::of_slice(&xml)).bench(|| mm7::decode_envelope(black_box(&xml)).unwrap());
}

/// What a search for the boundary alone needs.
#[divan::bench]
fn boundary_scan(bencher: Bencher<'_, '_>) {
    let body = binary();
    let needle = format!("\n--{BOUNDARY}");
    bencher
        .counter(BytesCount::of_slice(&body))
        .bench(|| memchr::memmem::find_iter(black_box(&body), needle.as_bytes()).count());
}

#[divan::bench]
fn with_binary_300_kb(bencher: Bencher<'_, '_>) {
    let body = binary();
    bencher.counter(BytesCount::of_slice(&body)).bench(|| mm7::decode(CONTENT_TYPE, black_box(&body)).unwrap());
}

#[divan::bench]
fn with_base64_300_kb(bencher: Bencher<'_, '_>) {
    let body = in_base64();
    bencher.counter(BytesCount::of_slice(&body)).bench(|| mm7::decode(CONTENT_TYPE, black_box(&body)).unwrap());
}

#[divan::bench]
fn peek_300_kb(bencher: Bencher<'_, '_>) {
    let body = in_base64();
    bencher.bench(|| mm7::peek(CONTENT_TYPE, black_box(&body)).unwrap());
}

#[divan::bench]
fn encode_envelope(bencher: Bencher<'_, '_>) {
    let mut envelope = decoded();
    if let mm7::Pdu::SubmitReq(submit) = &mut envelope.pdu {
        submit.message.body = None;
    }
    bencher.bench(|| mm7::encode(black_box(&envelope)).unwrap());
}

#[divan::bench]
fn encode_chain_300_kb(bencher: Bencher<'_, '_>) {
    let envelope = decoded();
    bencher.bench(|| mm7::encode(black_box(&envelope)).unwrap());
}

#[divan::bench]
fn encode_body_300_kb(bencher: Bencher<'_, '_>) {
    let envelope = decoded();
    bencher.bench(|| mm7::encode(black_box(&envelope)).unwrap().body());
}

#[divan::bench]
fn copy_300_kb(bencher: Bencher<'_, '_>) {
    let octets = octets();
    bencher.counter(BytesCount::of_slice(&octets)).bench(|| black_box(&octets).clone());
}
