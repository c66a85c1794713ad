//! A service provider submits a message, and reads the answer of the relay/server.

use std::error::Error;

use mms_codec::compose::{Composition, Slide, text};
use mms_codec::message::Address;
use mms_codec::mm7::{self, Envelope, Pdu, StatusCode, SubmitReq};

fn main() -> Result<(), Box<dyn Error>> {
    let mut submit = SubmitReq::default();
    submit.vasp_id = Some("acme-media".into());
    submit.message.to.push(Address::phone("+447700900123"));
    submit.message.subject = Some("Tonight".into());
    submit.message.body = Some(Composition::new(vec![Slide::new(vec![text("Doors open at 8")])]).body()?);
    let request = mm7::encode(&Envelope::new("vasp-1", submit))?;
    println!("POST / HTTP/1.1\r\nContent-Type: {}\r\nSOAPAction: \"\"\r\n", request.content_type);
    println!("{}", String::from_utf8_lossy(&request.body()));

    // The relay/server decodes it and answers.
    let received = mm7::decode(&request.content_type, &request.body())?.value;
    let answer = received.answer(StatusCode::SUCCESS, Some("mid-1".into())).ok_or("not a request")?;
    let answer = mm7::encode(&answer)?;

    let answer = mm7::decode(&answer.content_type, &answer.body())?.value;
    let Pdu::SubmitRsp(response) = answer.pdu else { return Err("refused".into()) };
    println!("{:?}, message {}", response.status.code, response.message_id.as_deref().unwrap_or_default());
    Ok(())
}
