//! A phone's part: a push announces a message, the phone asks for it later, fetches it, and acknowledges it.

use std::error::Error;

use mms_codec::message::MmStatus;
use mms_codec::{Bytes, Options, mm1, push};

fn main() -> Result<(), Box<dyn Error>> {
    let push = push::decode(&Bytes::from(std::fs::read("tests/data/notification-ind.push")?))?.value;
    let mm1::Pdu::NotificationInd(notification) = push.pdu(&Options::lenient())?.value else {
        return Err("the push is not a notification".into());
    };
    let size = notification.message_size.unwrap_or_default();
    println!("{size} octets are at {}", notification.content_location.as_deref().unwrap_or_default());

    // Posted to the relay/server: the user wants to decide later.
    let response = mm1::encode(&notification.resp(MmStatus::Deferred))?;
    println!("answer of {} octets", response.len());

    // What an HTTP GET of that location returns.
    let octets = Bytes::from(std::fs::read("tests/data/retrieve-conf.mms")?);
    match mm1::decode(&octets) {
        Ok(decoded) => {
            let mm1::Pdu::RetrieveConf(message) = decoded.value else { return Err("not a retrieval".into()) };
            let acknowledgement = message.acknowledge().map(|pdu| mm1::encode(&pdu)).transpose()?;
            println!("acknowledgement of {} octets", acknowledgement.map_or(0, |octets| octets.len()));
        }
        // A PDU that cannot be read is answered too, with the status that OMA-TS-MMS_ENC asks for.
        Err(error) => {
            let answer = mm1::answer_for(&error, &octets).map(|pdu| mm1::encode(&pdu)).transpose()?;
            println!("{error}; answer: {answer:02x?}");
        }
    }
    Ok(())
}
