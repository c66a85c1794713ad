//! Announces a message by a push in two short messages, and joins them on the other side.

use std::error::Error;

use mms_codec::message::Interval;
use mms_codec::mm1::{Announcement, NotificationInd, Version};
use mms_codec::push::sms::{JoinLimits, Joined, Joiner, Reference, ShortMessage, Split, Submit, Tpdu};
use mms_codec::push::{self, Push};
use mms_codec::{Options, message::Message};

fn main() -> Result<(), Box<dyn Error>> {
    let announcement = Announcement {
        transaction_id: "T1".into(),
        version: Version::V1_2,
        content_location: format!("http://mmsc.example.net/{}", "m".repeat(90)).into(),
        message_size: 30_000,
        expiry: Interval::from_seconds(86_400),
    };
    let notification = NotificationInd::of(&Message::default(), announcement);
    let push = Push::for_pdu(1, &notification.into())?;

    let mut lines = Vec::new();
    for (number, segment) in (0..).zip(Split::new(Reference::Short(0x5c)).segments(&push.encode()?.into())?) {
        // What a modem takes after AT+CMGS.
        lines.push(ShortMessage::new(Submit::new(number, "+447700900123", segment)).to_hex()?);
    }
    lines.iter().for_each(|line| println!("{line}"));

    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    for line in lines.iter().rev() {
        let message = ShortMessage::decode_line_with(line, &Options::lenient())?.value;
        let Tpdu::Submit(submit) = message.tpdu else { return Err("another short message".into()) };
        match joiner.add("+12025550101", &submit.user_data)? {
            Joined::Complete(message) => {
                let push = push::decode(&message.data)?.value;
                println!("{}", push.pdu(&Options::strict())?.value.name());
            }
            Joined::Waiting(waiting) => println!("waiting for {:?}", waiting.missing),
            Joined::Repeated(_) => println!("a copy"),
            _ => {}
        }
    }
    Ok(())
}
