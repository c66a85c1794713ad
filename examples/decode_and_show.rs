//! Decodes a message of any interface and prints its fields, its parts, and what was forgiven.
//!
//! ```text
//! cargo run --example decode_and_show -- tests/data/retrieve-conf.mms
//! ```

use std::error::Error;

use mms_codec::{Bytes, Deviation, Interface, ShownField, detect, message::Part, mm1, mm4, mm7, push};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).unwrap_or_else(|| "tests/data/retrieve-conf.mms".into());
    let octets = Bytes::from(std::fs::read(file)?);
    let interface = detect(&octets).ok_or("not a message")?;
    // An HTTP message or short message around it is taken off.
    let octets = interface.uncarried(&octets).octets;
    match interface {
        Interface::Mm1 => {
            let decoded = mm1::decode(&octets)?;
            show(decoded.value.name(), &decoded.value.fields(), decoded.value.body(), &decoded.deviations);
        }
        Interface::Push => {
            let decoded = push::decode(&octets)?;
            show(decoded.value.name(), &decoded.value.fields(), None, &decoded.deviations);
        }
        Interface::Mm4 => {
            let decoded = mm4::decode(&octets)?;
            show(decoded.value.name(), &decoded.value.fields(), decoded.value.body(), &decoded.deviations);
        }
        Interface::Mm7 => {
            let decoded = mm7::decode_unlabelled(&octets)?;
            let body = decoded.value.message().and_then(|message| message.body.as_ref());
            show(decoded.value.name(), &decoded.value.fields(), body, &decoded.deviations);
        }
        _ => return Err("not a message".into()),
    }
    Ok(())
}

fn show(name: &str, fields: &[ShownField], body: Option<&Part>, deviations: &[Deviation]) {
    println!("{name}");
    for field in fields {
        field.values.iter().for_each(|value| println!("  {}: {value}", field.name));
    }
    for part in body.into_iter().flat_map(Part::leaves) {
        println!("  part {}: {} octets", part.content_type, part.decoded().unwrap_or_default().len());
    }
    deviations.iter().for_each(|deviation| println!("  forgiven: {deviation}"));
}
