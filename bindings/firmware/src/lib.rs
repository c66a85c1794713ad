//! What firmware does with the library, written so that it runs on a microcontroller and, to compare, on the host.

#![no_std]

extern crate alloc;

#[cfg(target_os = "none")]
pub mod board;

use alloc::vec::Vec;
use core::fmt;

use mms_codec::mm1::{self, Fields};
use mms_codec::push::{self, RawPush};
use mms_codec::{Bytes, DecodeError, EncodeError};

/// A notification of 131 octets.
pub const NOTIFICATION: &[u8] = include_bytes!("../../../tests/data/notification-ind.mms");
/// The same in a push.
pub const PUSH: &[u8] = include_bytes!("../../../tests/data/notification-ind.push");
/// A message with three parts.
pub const RETRIEVE_CONF: &[u8] = include_bytes!("../../../tests/data/retrieve-conf.mms");

/// Walks a PDU and its parts without allocating: the number of both.
pub fn walk(pdu: &[u8]) -> Result<usize, DecodeError> {
    let mut found = 0;
    for field in Fields::new(pdu) {
        found += 1;
        found += field?.parts().map_or(0, Iterator::count);
    }
    Ok(found)
}

/// What one vector gives: the same on each machine.
///
/// For the octets as a PDU, and as a push: how many fields and parts the walk finds, and, once decoded, how many
/// things were forgiven and what is written again, as its length and a sum of its octets.
pub fn report(name: &str, octets: &Bytes, out: &mut dyn fmt::Write) -> fmt::Result {
    let pdu = |octets: &Bytes| mm1::decode(octets).map(|pdu| (pdu.deviations.len(), mm1::encode(&pdu.value)));
    let push = |octets: &Bytes| push::decode(octets).map(|push| (push.deviations.len(), push.value.encode()));
    write!(out, "{name}: as a PDU ")?;
    outcome(walk(octets), pdu(octets), out)?;
    write!(out, "; as a push ")?;
    let body = RawPush::new(octets).map_or(Ok(0), |push| walk(push.data));
    outcome(body, push(octets), out)?;
    writeln!(out)
}

type Decoded = Result<(usize, Result<Vec<u8>, EncodeError>), DecodeError>;

fn outcome(walked: Result<usize, DecodeError>, decoded: Decoded, out: &mut dyn fmt::Write) -> fmt::Result {
    match walked {
        Ok(found) => write!(out, "{found} found, ")?,
        Err(error) => write!(out, "walked to octet {}, ", error.offset)?,
    }
    match decoded {
        Ok((deviations, Ok(encoded))) => {
            let sum = encoded.iter().fold(0_u32, |sum, &octet| sum.rotate_left(5) ^ u32::from(octet));
            write!(out, "{deviations} forgiven, {} octets written, sum {sum:08x}", encoded.len())
        }
        Ok((deviations, Err(error))) => write!(out, "{deviations} forgiven, not written: {error}"),
        Err(error) => write!(out, "not decoded: {error}"),
    }
}

/// Reports on each line of the library's vectors: a name, a tab, octets in hexadecimal.
pub fn report_all(out: &mut dyn fmt::Write) -> fmt::Result {
    let lines = include_str!("../../../tests/vectors/mm1.txt").lines();
    for (name, hexadecimal) in lines.filter_map(|line| line.split_once('\t')) {
        let octets: Option<Vec<u8>> = (0..hexadecimal.len() / 2)
            .map(|index| u8::from_str_radix(hexadecimal.get(2 * index..2 * index + 2)?, 16).ok())
            .collect();
        report(name, &octets.ok_or(fmt::Error)?.into(), out)?;
    }
    Ok(())
}
