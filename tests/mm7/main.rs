//! MM7: the worked examples of its specification, round trips, and hostile input.
#![cfg(test)]
#![cfg(feature = "mm7")]

extern crate alloc;

mod attachments;
mod corpus;
mod deviations;
mod dialects;
mod envelopes;
mod examples;
#[cfg(feature = "arbitrary")]
mod generated;
mod hostile;
mod http;
mod leniency;
mod peek;
#[cfg(feature = "arbitrary")]
mod rules;
#[cfg(feature = "arbitrary")]
mod schema;
#[path = "../support/all.rs"]
mod support;
mod values;
mod versions;

use core::fmt::Write as _;

use mms_codec::message::{Address, AddressKind, ContentType, Part, Time};
use mms_codec::mm7::{self, EncodeOptions, Envelope, Pdu, Schema, StatusCode};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, EncodeErrorKind, Limit, Options, Shown};

const NAMESPACE: &str = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4";

/// An envelope around a message in the namespace of schema 1-4 of Release 6.
fn envelope(message: &str) -> Bytes {
    let (name, rest) = message.split_once('>').unwrap();
    format!(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header>\
         <t:TransactionID xmlns:t=\"{NAMESPACE}\">t1</t:TransactionID></e:Header>\
         <e:Body>{name} xmlns=\"{NAMESPACE}\">{rest}</e:Body></e:Envelope>"
    )
    .into()
}

fn submit(rest: &str) -> Bytes {
    envelope(&format!(
        "<SubmitReq><MM7Version>6.8.0</MM7Version><SenderIdentification/><Recipients><To><Number>+1</Number></To>\
         </Recipients>{rest}</SubmitReq>"
    ))
}

/// The values that the fields show, by path.
fn shown(envelope: &Envelope) -> String {
    let mut text = String::new();
    for field in envelope.fields() {
        let values: Vec<String> = field.values.iter().map(Shown::to_string).collect();
        writeln!(text, "{} = {}", field.name, values.join(" | ")).unwrap();
    }
    text
}

fn kinds(message: &Bytes) -> Vec<DeviationKind> {
    mm7::decode_envelope(message).unwrap().deviations.iter().map(|deviation| deviation.kind).collect()
}
