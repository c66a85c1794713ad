//! The main loop of a phone, against a relay/server that follows a script: a message comes, and gets a reply.

use std::error::Error;

use mms_codec::client::{Action, Client, Decision, Event, Request, Settings};
use mms_codec::message::{Part, ReadStatus, Timestamp};
use mms_codec::mm1::{self, Pdu, ResponseStatus, SendReq};
use mms_codec::{Bytes, push};

fn main() -> Result<(), Box<dyn Error>> {
    let mut client = Client::new(Settings::new("http://mmsc.example.net/", "phone-1-"))?;
    let (mut now, mut is_connected) = (Timestamp::from_seconds(1_704_067_200), false);
    let push = push::decode(&Bytes::from(std::fs::read("tests/data/notification-ind.push")?))?.value;
    client.receive_octets(&push.data, now)?;
    // Ends when nothing is known any more: what was retrieved is remembered until it expires.
    while client.deadline().is_some() {
        while let Some(action) = client.poll(now) {
            match action {
                Action::Request(request) => match respond(&request, &mut is_connected)? {
                    Some(body) => client.respond(request.id, 200, &body, now),
                    None => client.lose(request.id, now),
                },
                Action::Event(Event::Notified { handle, notification }) => {
                    println!("{} octets", notification.message_size.unwrap_or_default());
                    client.decide(handle, Decision::Retrieve, now)?;
                }
                Action::Event(Event::Retrieved { retrieved, .. }) => {
                    let message = &retrieved.value.message;
                    println!("{}", message.subject.as_ref().and_then(|text| text.as_str()).unwrap_or_default());
                    client.report_read(&retrieved.value, ReadStatus::Read, "Your message was read.", now)?;
                    let mut reply = SendReq::default();
                    reply.message.to.extend(message.from.as_ref().and_then(|from| from.address()).cloned());
                    reply.message.body = Some(Part::new("text/plain; charset=utf-8".parse()?, "Merci"));
                    client.request(reply, now)?;
                }
                Action::Event(Event::Confirmed { confirmation, .. }) => {
                    println!("{}", confirmation.map_or("reported", |pdu| pdu.value.name()));
                }
                Action::Event(event) => println!("{event:?}"),
            }
        }
        // A phone would sleep until then, or until something comes.
        now = client.deadline().unwrap_or(now);
    }
    Ok(())
}

/// What the relay/server responds, once there is a connection.
fn respond(request: &Request, is_connected: &mut bool) -> Result<Option<Bytes>, Box<dyn Error>> {
    let Some(body) = &request.body else {
        let message = std::fs::read("tests/data/retrieve-conf.mms")?;
        return Ok(Some(message.into()).filter(|_| std::mem::replace(is_connected, true)));
    };
    let pdu = mm1::decode(body)?.value;
    println!("relay/server: {}", pdu.name());
    let Pdu::SendReq(send) = pdu else { return Ok(Some(Bytes::new())) };
    let mut conf = send.conf(ResponseStatus::OK);
    conf.message_id = Some("m3@mmsc.example.net".into());
    Ok(Some(mm1::encode(&conf)?.into()))
}
