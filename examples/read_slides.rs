//! Reads the slides of a received message, as a phone shows them.

use std::error::Error;

use mms_codec::{Bytes, mm1, smil};

fn main() -> Result<(), Box<dyn Error>> {
    let octets = Bytes::from(std::fs::read("tests/data/retrieve-conf.mms")?);
    let pdu = mm1::decode(&octets)?.value;
    let body = pdu.body().ok_or("the message has no body")?;
    let slides = smil::slides(body)?;
    for (number, slide) in (1..).zip(&slides.value.slides) {
        println!("slide {number}, {:?}", slide.duration);
        for shown in &slide.media {
            let region = shown.media.region.as_deref().unwrap_or("no region");
            match shown.part {
                Some(part) if part.text().is_some() => println!("  {region}: {}", part.text().unwrap_or_default()),
                Some(part) => println!("  {region}: {}", part.content_type.media),
                None => println!("  {region}: the message does not have it"),
            }
        }
    }
    // Attachments, and parts of messages without slides.
    slides.value.others.iter().for_each(|part| println!("attached: {}", part.content_type));
    slides.deviations.iter().for_each(|deviation| println!("forgiven: {deviation}"));
    Ok(())
}
