//! The streams of TCP connections, of their segments in whatever order.

use std::collections::HashMap;
use std::net::SocketAddr;

use mms_codec::Bytes;

use super::packets::Segment;

/// What one side of a connection sent, without gaps.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) from: SocketAddr,
    pub(crate) to: SocketAddr,
    pub(crate) octets: Bytes,
    /// Where the data of each packet begins, in order.
    packets: Vec<(usize, u64)>,
}

impl Stream {
    /// The packet that an octet came in.
    pub(crate) fn packet(&self, at: usize) -> u64 {
        let behind = self.packets.partition_point(|(start, _)| *start <= at);
        behind.checked_sub(1).and_then(|last| self.packets.get(last)).map_or(0, |(_, packet)| *packet)
    }
}

/// The segments so far, by sender and receiver.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    open: HashMap<(SocketAddr, SocketAddr), Segments>,
    finished: Vec<Stream>,
    /// How often octets are missing.
    gaps: usize,
}

/// The segments of one side of a connection.
#[derive(Debug, Default)]
struct Segments {
    /// The sequence number of the last segment, and its place in the stream: numbers begin anew after 4 GiB.
    last: Option<(u32, i64)>,
    data: Vec<(i64, u64, Bytes)>,
}

impl Streams {
    pub(crate) fn add(&mut self, packet: u64, from: SocketAddr, to: SocketAddr, segment: Segment<'_>) {
        if segment.is_first
            && let Some(segments) = self.open.remove(&(from, to))
        {
            self.add_streams(segments, from, to);
        }
        let segments = self.open.entry((from, to)).or_default();
        let place = segments
            .last
            .map_or(0, |(number, place)| place + i64::from(segment.number.wrapping_sub(number).cast_signed()));
        segments.last = Some((segment.number, place));
        if !segment.data.is_empty() {
            // SYN takes a number.
            let place = place + i64::from(segment.is_first);
            segments.data.push((place, packet, Bytes::copy_from_slice(segment.data)));
        }
    }

    /// All streams, and how often octets are missing: there another one begins.
    pub(crate) fn finish(mut self) -> (Vec<Stream>, usize) {
        for ((from, to), segments) in std::mem::take(&mut self.open) {
            self.add_streams(segments, from, to);
        }
        (self.finished, self.gaps)
    }

    fn add_streams(&mut self, segments: Segments, from: SocketAddr, to: SocketAddr) {
        let streams = segments.streams(from, to);
        self.gaps += streams.len() - 1;
        self.finished.extend(streams);
    }
}

impl Segments {
    fn streams(mut self, from: SocketAddr, to: SocketAddr) -> Vec<Stream> {
        self.data.sort_by_key(|(place, packet, _)| (*place, *packet));
        let mut streams = Vec::new();
        let (mut octets, mut packets, mut end) = (Vec::new(), Vec::new(), None);
        for (place, packet, data) in self.data {
            let expected = *end.get_or_insert(place);
            if place > expected {
                streams.push(Stream { from, to, octets: std::mem::take(&mut octets).into(), packets });
                packets = Vec::new();
            }
            // What was sent again is there already.
            let known = usize::try_from(expected - place).unwrap_or_default();
            if let Some(data) = data.get(known..).filter(|data| !data.is_empty()) {
                packets.push((octets.len(), packet));
                octets.extend_from_slice(data);
                end = Some(expected.max(place) + data.len() as i64);
            }
        }
        streams.push(Stream { from, to, octets: octets.into(), packets });
        streams
    }
}
