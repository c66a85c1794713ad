//! Walks a PDU in its octets, as firmware does: no value is decoded that is not asked for, and nothing is allocated.

use std::error::Error;

use mms_codec::mm1::{FieldCode, FieldName, Fields};

fn main() -> Result<(), Box<dyn Error>> {
    let pdu = std::fs::read("tests/data/retrieve-conf.mms")?;
    for field in Fields::new(&pdu) {
        let field = field?;
        match field.name {
            FieldName::Code(FieldCode::SUBJECT) => match field.text() {
                Some(text) => println!("subject: {text}"),
                None => println!("subject: {:02x?}", field.value),
            },
            FieldName::Code(FieldCode::FROM) => match field.address() {
                Some(address) => println!("from: {address}"),
                None => println!("from a sender who hides, or whom the relay inserts"),
            },
            FieldName::Code(FieldCode::CONTENT_TYPE) => {
                println!("content: {}", field.media_type().unwrap_or("of an unknown type"));
                for part in field.parts().into_iter().flatten() {
                    println!("  {} at octet {}", part.media_type().unwrap_or("unknown"), part.offset);
                }
            }
            FieldName::Code(code) => println!("{code} at octet {}", field.offset),
            FieldName::Text(name) => println!("{} at octet {}", name.escape_ascii(), field.offset),
        }
    }
    Ok(())
}
