//! Takes a message from a phone and passes it to another operator, with a list of what MM4 does not carry.

use std::error::Error;

use mms_codec::message::{Address, RequestStatus, Timestamp};
use mms_codec::mm4::{self, Posting};
use mms_codec::relay::{self, Hop, Receipt};
use mms_codec::{Bytes, mm1};

/// The clock of the relay; the library reads none.
const NOW: i64 = 1_709_631_047;

fn main() -> Result<(), Box<dyn Error>> {
    let octets = Bytes::from(std::fs::read("tests/data/send-req.mms")?);
    let mm1::Pdu::SendReq(send) = mm1::decode(&octets)?.value else { return Err("not a submission".into()) };

    // The phone gets an identifier for its message.
    let mut conf = send.conf(relay::send_status(&RequestStatus::Ok, send.version));
    conf.message_id = Some("mm-1".into());
    println!("answer of {} octets", mm1::encode(&conf)?.len());

    let receipt = Receipt {
        arrived: Timestamp::from_seconds(NOW),
        message_id: "mm-1".into(),
        // The phone left it to the relay to insert the sender.
        sender: Some(Address::phone("+12025550101")),
        alias: None,
    };
    let posting = Posting::new("system-user@mms.example.net", "mail-1@mms.example.net", NOW);
    let hop = Hop::new(posting, "t-1", "mms.example.net", "mms.example.org");
    let relayed = relay::to_mm4(send, &receipt, hop);
    relayed.lost.iter().for_each(|lost| println!("{lost}"));
    let envelope = relayed.envelope.ok_or("a mail has an envelope")?;
    println!("{envelope:?}");
    println!("{}", String::from_utf8_lossy(&mm4::encode(&relayed.pdu)?));
    Ok(())
}
