//! tshark, Debian's package of that name, as an independent decoder of MM1.

use std::process::Command;

use super::corpus::say;

/// WSP Push: TID, type, length of the headers, content type, `X-Wap-Application-Id`.
const PUSH: &[u8] = b"\x01\x06\x03\xbe\xaf\x84";

/// IPv4 and UDP before the push.
pub(crate) const BEFORE_PDU: usize = 20 + 8 + PUSH.len();

/// What tshark prints of PDUs in pushes. `None`, and said aloud, if it is not there; with `MMS_REQUIRE_TSHARK` set, as in
/// CI, its absence is a failure.
pub(crate) fn print(pdus: &[impl AsRef<[u8]>], args: &[&str]) -> Option<String> {
    let path = std::env::temp_dir().join(format!("mms-codec-{}.pcap", std::process::id()));
    std::fs::write(&path, capture(pdus)).unwrap();
    let output = Command::new("tshark").arg("-r").arg(&path).args(args).output();
    std::fs::remove_file(&path).unwrap();
    let output = match output {
        Ok(output) => output,
        Err(error) if std::env::var_os("MMS_REQUIRE_TSHARK").is_some() => panic!("tshark is required: {error}"),
        Err(error) => {
            say(&format!("tshark is not there ({error}): nothing was compared with it"));
            return None;
        }
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A capture of UDP packets to the port of WAP push, one for each PDU.
fn capture(pdus: &[impl AsRef<[u8]>]) -> Vec<u8> {
    // Little-endian, version 2.4, packets begin with IP.
    let mut file = [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 0x0004_0000, 101].map(u32::to_le_bytes).concat();
    for pdu in pdus.iter().map(AsRef::as_ref) {
        let length = |before: usize| u16::try_from(before + PUSH.len() + pdu.len()).unwrap().to_be_bytes();
        let ports = [9200_u16, 2948].map(u16::to_be_bytes).concat();
        let udp = [&ports[..], &length(8), &[0; 2]].concat();
        let ip = [&[0x45, 0][..], &length(28), &[0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]].concat();
        let packet = [&ip, &udp, PUSH, pdu].concat();
        let size = u32::try_from(packet.len()).unwrap();
        file.extend([0, 0, size, size].map(u32::to_le_bytes).concat());
        file.extend(packet);
    }
    file
}
