//! Messages in captures of networks: pcap and pcapng.
//!
//! Packets give datagrams and streams, and those the messages that they carry:
//!
//! | in | is |
//! |---|---|
//! | HTTP over TCP | MM1 and MM7; a message with its head |
//! | SMTP over TCP, `DATA` and `BDAT` | MM4 |
//! | SMPP over TCP | short messages, whole or segments |
//! | UDP | pushes without connection |
//!
//! What is in a tunnel of GTP, GRE or IP is found too. Encrypted connections are not read.

mod carried;
mod packets;
mod streams;

use mms_codec::Bytes;

pub(crate) use self::packets::detect;
use self::packets::{Packet, Transport};
use self::streams::Streams;
use crate::complain;

/// A message in a capture.
#[derive(Clone, Debug)]
pub(crate) struct Captured {
    /// The number of the packet that it begins in, from 1.
    pub(crate) packet: u64,
    /// Who sent the short message.
    pub(crate) originator: String,
    pub(crate) octets: Bytes,
}

/// The messages of a capture in the order of their first packets.
pub(crate) fn messages(name: &str, octets: &[u8]) -> Vec<Captured> {
    let mut found = Vec::new();
    let mut streams = Streams::default();
    let is_whole = packets::each(octets, &mut |Packet { number, from, to, transport }| match transport {
        Transport::Datagram(data) => {
            let octets = carried::datagram(to.port(), data);
            found.extend(octets.map(|octets| Captured { packet: number, originator: String::new(), octets }));
        }
        Transport::Segment(segment) => streams.add(number, from, to, segment),
    });
    if !is_whole {
        complain(format_args!("{name}: the capture ends within a packet"));
    }
    let (streams, gaps) = streams.finish();
    if gaps > 0 {
        complain(format_args!(
            "{name}: octets are missing in {gaps} places of connections: messages may be cut or missing"
        ));
    }
    for stream in streams {
        found.extend(carried::stream(&stream));
    }
    found.sort_by_key(|captured| captured.packet);
    found
}
