//! Makes the charging record of a submission, writes it, and reads a file of records.

use std::error::Error;

use mms_codec::cdr::{self, MmO1SRecord, Own, Records};
use mms_codec::message::{Address, RequestStatus, Timestamp};
use mms_codec::{Bytes, Options, mm1, relay};

fn main() -> Result<(), Box<dyn Error>> {
    let octets = Bytes::from(std::fs::read("tests/data/send-req.mms")?);
    let mm1::Pdu::SendReq(send) = mm1::decode(&octets)?.value else { return Err("not a submission".into()) };
    let mut conf = send.conf(relay::send_status(&RequestStatus::Ok, send.version));
    conf.message_id = Some("mm-1".into());

    // What no PDU says: which relay this is, when it makes the record, and who sent the message.
    let mut own = Own::new("mmsc.example.net", Timestamp::from_seconds(1_709_631_047));
    own.originator = Some(Address::phone("+12025550101"));
    let made = MmO1SRecord::of(&send, &conf, &own);
    println!("{} octets, without {:?}", cdr::encode(&made.record)?.len(), made.left_out);

    let file = Bytes::from(std::fs::read("tests/data/records.cdr")?);
    for record in Records::new(&file, &Options::lenient()) {
        match record {
            Ok(entry) => {
                println!("{}", entry.record.value.name());
                for field in entry.record.value.fields() {
                    field.values.iter().for_each(|value| println!("  {}: {value}", field.name));
                }
            }
            Err(damage) => println!("damaged: {}", damage.error),
        }
    }
    Ok(())
}
