//! Makes a message with two slides and an attachment, and encodes it for the phone's relay/server.

use std::error::Error;
use std::time::Duration;

use mms_codec::compose::{Composition, Slide, file, text};
use mms_codec::content_class::content_class;
use mms_codec::message::{Address, Originator};
use mms_codec::mm1;

fn main() -> Result<(), Box<dyn Error>> {
    let picture = file("dot.gif", std::fs::read("tests/data/dot.gif")?);
    let mut first = Slide::new(vec![picture, text("A dot")]);
    first.duration = Duration::from_secs(8);
    let mut composition = Composition::new(vec![first, Slide::new(vec![text("No dot")])]);
    composition.attachments.push(file("ann.vcf", "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Ann\r\nEND:VCARD\r\n"));

    let mut send = mm1::SendReq::default();
    send.transaction_id = Some("T1".into());
    send.message.from = Some(Originator::InsertAddress);
    send.message.to.push(Address::phone("+447700900123"));
    send.message.subject = Some("Dots".into());
    send.message.body = Some(composition.body()?);
    let octets = mm1::encode(&send)?;

    let class = content_class(send.message.body.as_ref().ok_or("no body")?, octets.len());
    println!("{} octets, content class {:?}", octets.len(), class.class);
    class.reasons.iter().for_each(|reason| println!("  {reason}"));
    Ok(())
}
