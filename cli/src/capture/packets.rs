//! The packets of a capture, without what is around datagrams and segments.

use std::net::{IpAddr, SocketAddr};

use etherparse::defrag::IpDefragPool;
use etherparse::{EtherType, IpNumber, LaxNetSlice, LaxSlicedPacket, SlicedPacket, TcpSlice, UdpSlice};
use pcap_parser::traits::PcapNGPacketBlock;
use pcap_parser::{
    Block, Linktype, PcapBlockOwned, PcapNGSlice, parse_pcap_frame, parse_pcap_frame_be, parse_pcap_header,
};

/// What one host sent another.
#[derive(Debug)]
pub(crate) struct Packet<'a> {
    /// Its number in the capture, from 1.
    pub(crate) number: u64,
    pub(crate) from: SocketAddr,
    pub(crate) to: SocketAddr,
    pub(crate) transport: Transport<'a>,
}

#[derive(Debug)]
pub(crate) enum Transport<'a> {
    Datagram(&'a [u8]),
    Segment(Segment<'a>),
}

/// A segment of TCP.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment<'a> {
    pub(crate) number: u32,
    /// Whether a connection begins (SYN).
    pub(crate) is_first: bool,
    pub(crate) data: &'a [u8],
}

/// Beginnings of captures, in both orders of octets.
const MAGIC: [[u8; 4]; 5] = [
    [0xa1, 0xb2, 0xc3, 0xd4],
    [0xd4, 0xc3, 0xb2, 0xa1],
    [0xa1, 0xb2, 0x3c, 0x4d],
    [0x4d, 0x3c, 0xb2, 0xa1],
    // pcapng
    [0x0a, 0x0d, 0x0d, 0x0a],
];

/// Whether the octets begin as a capture does.
pub(crate) fn detect(octets: &[u8]) -> bool {
    MAGIC.iter().any(|magic| octets.starts_with(magic))
}

/// Gives each packet of the capture to `sink`. Returns whether the capture could be read to its end.
pub(crate) fn each(octets: &[u8], sink: &mut dyn FnMut(Packet<'_>)) -> bool {
    let mut packets = Packets { number: 0, fragments: Fragments::default(), sink };
    if octets.starts_with(&[0x0a, 0x0d, 0x0d, 0x0a]) { packets.pcapng(octets) } else { packets.pcap(octets) }
}

/// Fragments of IP that wait for others, and how many came.
#[derive(Default)]
struct Fragments {
    pool: IpDefragPool<u64, u8>,
    count: u64,
}

/// Fragments are dropped when so many others came after them.
const MAX_FRAGMENTS: u64 = 512;

/// The port of user data in GTP.
const GTP_U: u16 = 2152;

/// How deep tunnels are followed.
const MAX_TUNNELS: u8 = 2;

/// The types of frames with a session of PPP (RFC 2516), and of packets of IP in PPP (RFC 1661).
const PPPOE: EtherType = EtherType(0x8864);
const PPP_IP: [(u16, EtherType); 2] = [(0x0021, EtherType::IPV4), (0x0057, EtherType::IPV6)];

struct Packets<'s> {
    number: u64,
    fragments: Fragments,
    sink: &'s mut dyn FnMut(Packet<'_>),
}

impl Packets<'_> {
    fn pcap(&mut self, octets: &[u8]) -> bool {
        let Ok((mut rest, header)) = parse_pcap_header(octets) else { return false };
        let read = if header.is_bigendian() { parse_pcap_frame_be } else { parse_pcap_frame };
        while !rest.is_empty() {
            let Ok((behind, frame)) = read(rest) else { return false };
            rest = behind;
            self.frame(header.network, frame.data);
        }
        true
    }

    fn pcapng(&mut self, octets: &[u8]) -> bool {
        let Ok(blocks) = PcapNGSlice::from_slice(octets) else { return false };
        let mut links = Vec::new();
        let mut is_big = false;
        for block in blocks {
            let Ok(PcapBlockOwned::NG(block)) = block else { return false };
            match &block {
                Block::SectionHeader(section) => {
                    links.clear();
                    is_big = section.big_endian();
                }
                Block::InterfaceDescription(interface) => links.push(interface.linktype),
                Block::EnhancedPacket(packet) => {
                    let link = usize::try_from(packet.if_id).ok().and_then(|id| links.get(id));
                    self.frame(link.copied().unwrap_or(Linktype::ETHERNET), packet.packet_data());
                }
                Block::SimplePacket(packet) => {
                    self.frame(links.first().copied().unwrap_or(Linktype::ETHERNET), packet.packet_data());
                }
                Block::Unknown(block) if OBSOLETE_PACKET.contains(&block.block_type) => {
                    if let Some((interface, packet)) = obsolete_packet(block.data, is_big) {
                        let link = links.get(usize::from(interface));
                        self.frame(link.copied().unwrap_or(Linktype::ETHERNET), packet);
                    }
                }
                _ => {}
            }
        }
        true
    }

    fn frame(&mut self, link: Linktype, frame: &[u8]) {
        self.number += 1;
        if let Some((kind, data)) = without_link(link, frame) {
            self.network(kind, data, 0);
        }
    }

    /// A packet of IP, perhaps behind tags of VLANs, or in a session of PPP.
    fn network(&mut self, kind: EtherType, data: &[u8], tunnels: u8) -> Option<()> {
        let packet = LaxSlicedPacket::from_ether_type(kind, data);
        if let Some(payload) =
            packet.ether_payload().filter(|payload| payload.ether_type == PPPOE && packet.net.is_none())
        {
            let (kind, data) = in_ppp(payload.payload)?;
            return self.network(kind, data, tunnels);
        }
        let (from, to): (IpAddr, IpAddr) = match packet.net.as_ref()? {
            LaxNetSlice::Ipv4(ip) => (ip.header().source_addr().into(), ip.header().destination_addr().into()),
            LaxNetSlice::Ipv6(ip) => (ip.header().source_addr().into(), ip.header().destination_addr().into()),
            LaxNetSlice::Arp(_) => return None,
        };
        let payload = packet.ip_payload()?;
        if !payload.fragmented {
            return self.transport([from, to], payload.ip_number, payload.payload, tunnels);
        }
        self.fragments.count += 1;
        let count = self.fragments.count;
        if count.is_multiple_of(MAX_FRAGMENTS) {
            self.fragments.pool.retain(|at| count - at < MAX_FRAGMENTS);
        }
        let packet = SlicedPacket::from_ether_type(kind, data).ok()?;
        let whole = self.fragments.pool.process_sliced_packet(&packet, count, tunnels).ok()??;
        self.transport([from, to], whole.ip_number, &whole.payload, tunnels)
    }

    fn transport(&mut self, [from, to]: [IpAddr; 2], kind: IpNumber, data: &[u8], tunnels: u8) -> Option<()> {
        let (ports, transport) = match kind {
            IpNumber::TCP => {
                let tcp = TcpSlice::from_slice(data).ok()?;
                let segment = Segment { number: tcp.sequence_number(), is_first: tcp.syn(), data: tcp.payload() };
                ([tcp.source_port(), tcp.destination_port()], Transport::Segment(segment))
            }
            IpNumber::UDP => {
                let udp = UdpSlice::from_slice_lax(data).ok()?;
                if udp.destination_port() == GTP_U && tunnels < MAX_TUNNELS {
                    let inner = in_gtp(udp.payload())?;
                    return self.network(ether_type(inner)?, inner, tunnels + 1);
                }
                ([udp.source_port(), udp.destination_port()], Transport::Datagram(udp.payload()))
            }
            IpNumber::IPV4 | IpNumber::IPV6 if tunnels < MAX_TUNNELS => {
                return self.network(ether_type(data)?, data, tunnels + 1);
            }
            IpNumber::GRE if tunnels < MAX_TUNNELS => {
                let (kind, inner) = in_gre(data)?;
                return self.network(kind, inner, tunnels + 1);
            }
            _ => return None,
        };
        let [from, to] = [SocketAddr::new(from, ports[0]), SocketAddr::new(to, ports[1])];
        (self.sink)(Packet { number: self.number, from, to, transport });
        Some(())
    }
}

/// The type of the blocks that had packets in the first captures of pcapng, in both orders of octets.
const OBSOLETE_PACKET: [u32; 2] = [2, 2_u32.swap_bytes()];

/// The interface and the packet in such a block: behind the interface are the number of lost packets, the time, and the
/// lengths in the capture and on the wire.
fn obsolete_packet(block: &[u8], is_big: bool) -> Option<(u16, &[u8])> {
    let (interface, _) = block.split_first_chunk()?;
    let (length, _) = block.get(12..)?.split_first_chunk()?;
    let (interface, length) = if is_big {
        (u16::from_be_bytes(*interface), u32::from_be_bytes(*length))
    } else {
        (u16::from_le_bytes(*interface), u32::from_le_bytes(*length))
    };
    Some((interface, block.get(20..)?.get(..usize::try_from(length).ok()?)?))
}

/// A frame without the header of its link.
fn without_link(link: Linktype, frame: &[u8]) -> Option<(EtherType, &[u8])> {
    let typed = |at: usize, header: usize| {
        let [high, low] = *frame.get(at..)?.first_chunk()?;
        Some((EtherType(u16::from_be_bytes([high, low])), frame.get(header..)?))
    };
    let ip = |data| Some((ether_type(data)?, data));
    match link {
        Linktype::ETHERNET => typed(12, 14),
        Linktype::LINUX_SLL => typed(14, 16),
        Linktype::LINUX_SLL2 => typed(0, 20),
        Linktype::NULL | Linktype::LOOP => ip(frame.get(4..)?),
        Linktype::RAW | Linktype::IPV4 | Linktype::IPV6 | Linktype(12 | 14) => ip(frame),
        _ => None,
    }
}

/// Which version of IP it is.
fn ether_type(packet: &[u8]) -> Option<EtherType> {
    match packet.first()? >> 4 {
        4 => Some(EtherType::IPV4),
        6 => Some(EtherType::IPV6),
        _ => None,
    }
}

/// The packet in a session of PPP over Ethernet (RFC 2516, 4).
fn in_ppp(session: &[u8]) -> Option<(EtherType, &[u8])> {
    let (&[0x11, 0, .., high, low], data) = session.split_first_chunk::<8>()? else { return None };
    let protocol = u16::from_be_bytes([high, low]);
    PPP_IP.iter().find(|(known, _)| *known == protocol).map(|(_, kind)| (*kind, data))
}

/// The packet in a tunnel of GRE (RFC 2784, RFC 2890).
fn in_gre(packet: &[u8]) -> Option<(EtherType, &[u8])> {
    let (&[flags, version, high, low], rest) = packet.split_first_chunk::<4>()?;
    let fields = [0x80, 0x20, 0x10].iter().filter(|field| flags & *field != 0).count();
    let rest = rest.get(4 * fields..).filter(|_| version & 0x07 == 0)?;
    Some((EtherType(u16::from_be_bytes([high, low])), rest))
}

/// The packet in a G-PDU of GTP version 1 (TS 29.281, 5).
fn in_gtp(message: &[u8]) -> Option<&[u8]> {
    let (&[flags, 0xff, ..], rest) = message.split_first_chunk::<8>()? else { return None };
    if flags >> 4 != 0b0011 {
        return None;
    }
    if flags & 0b111 == 0 {
        return Some(rest);
    }
    let (&[.., mut next], mut rest) = rest.split_first_chunk::<4>()?;
    while flags & 0b100 != 0 && next != 0 {
        let length = usize::from(*rest.first()?) * 4;
        let (extension, behind) = rest.split_at_checked(length).filter(|_| length > 0)?;
        next = *extension.last()?;
        rest = behind;
    }
    Some(rest)
}
