//! Makes an MMS message of texts and files.
//!
//! The message goes to a file or to standard output; what is in it, its content class, and why it
//! is no smaller one, to standard error. The exit code is 0 when the message was written, 1 when it
//! could not be made, and 2 for a wrong command line.

#[path = "support/http.rs"]
mod http;

use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;
use std::{fs, path::Path};

use lexopt::prelude::*;
use mms_codec::compose::{self, Composition, Slide};
use mms_codec::content_class::content_class;
use mms_codec::message::{Address, Message, Originator, Part, Timestamp};
use mms_codec::relay::{self, Hop, Receipt};
use mms_codec::smil::{MediaKind, Meta};
use mms_codec::{EncodeError, mm1, mm4, mm7, smil};

const HELP: &str = "\
Makes an MMS message of texts and files.

usage: compose [options] --recipient WHO OUT FILE...

  OUT                the file to write; - is standard output
  FILE               goes into the slide at hand if there is room for it, else into a new
                     one; what no slide can show comes along as an attachment
  --text TEXT        a text, in place of a FILE
  --slide            what follows goes into a new slide
  --seconds NUMBER   how long the slides that begin after this are shown (5)
  --to NAME          the interface that the message is for: mm1, mm4, or mm7, which is
                     written as an HTTP request (mm1)
  --recipient WHO    a phone number or a mail address; may be repeated
  --from WHO         the sender; without it the relay/server puts it in, but on mm4
  --subject TEXT     the subject
  --title TEXT       the title of the presentation
  --id ID            the identifier of the transaction (T1); on mm4 of the message too
  --domain NAME      the own domain on mm4 (mms.example.net)
  --peer-domain NAME that of the recipients (mms.example.org)
  --time SECONDS     when it is sent on mm4, since 1970 (0)
  --vasp-id ID       the service provider on mm7
  --help             show this text

Contents and content class of the message are reported on standard error. The exit code is 0
when the message was written, 1 when it could not be, and 2 for a wrong command line.
";

/// What the command line asks for.
struct Order {
    to: String,
    way: Way,
    out: OsString,
    message: Message,
    composition: Composition,
}

/// What the interfaces want to know beside the message.
struct Way {
    id: String,
    domain: String,
    peer_domain: String,
    time: i64,
    vasp_id: Option<String>,
}

fn main() -> ExitCode {
    let order = match order(lexopt::Parser::from_env()) {
        Ok(Some(order)) => order,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("compose: {error}");
            return if error.is::<io::Error>() { ExitCode::FAILURE } else { ExitCode::from(2) };
        }
    };
    match run(order) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compose: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(order: Order) -> Result<(), Box<dyn Error>> {
    let Order { to, way, out, mut message, composition } = order;
    let body = composition.body()?;
    message.body = Some(body.clone());
    let octets = match to.as_str() {
        "mm1" => to_mm1(message, &way)?,
        "mm4" => to_mm4(message, &way)?,
        _ => to_mm7(message, &way)?,
    };
    report(&body, octets.len())?;
    if out == "-" {
        io::stdout().write_all(&octets)?;
    } else {
        fs::write(&out, octets).map_err(|error| in_file(&out, &error))?;
    }
    Ok(())
}

fn to_mm1(message: Message, way: &Way) -> Result<Vec<u8>, EncodeError> {
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some(way.id.as_str().into());
    send.message = message;
    mm1::encode(&send)
}

/// As the relay/server of the sender hands it to another operator's.
fn to_mm4(message: Message, way: &Way) -> Result<Vec<u8>, EncodeError> {
    let Way { id, domain, .. } = way;
    let receipt = Receipt {
        arrived: Timestamp::from_seconds(way.time),
        message_id: id.as_str().into(),
        sender: None,
        alias: None,
    };
    let relayed = relay::to_mm4(
        message,
        &receipt,
        Hop::new(
            mm4::Posting::new(format!("system-user@{domain}"), &format!("{id}@{domain}"), way.time),
            id.as_str(),
            domain.as_str(),
            way.peer_domain.as_str(),
        ),
    );
    mm4::encode(&relayed.pdu)
}

/// As a service provider submits it.
fn to_mm7(mut message: Message, way: &Way) -> Result<Vec<u8>, EncodeError> {
    message.from = message.from.filter(|from| from.address().is_some());
    let mut submit = mm7::SubmitReq::default();
    submit.vasp_id = way.vasp_id.as_deref().map(Into::into);
    submit.message = message;
    http::request(&mm7::Envelope::new(way.id.as_str(), submit))
}

/// Reads the command line; `None` if it asks for help.
fn order(mut from: lexopt::Parser) -> Result<Option<Order>, Box<dyn Error>> {
    let (mut to, mut id, mut out) = ("mm1".into(), "T1".into(), None);
    let (mut domain, mut peer_domain) = ("mms.example.net".into(), "mms.example.org".into());
    let (mut time, mut vasp_id) = (0, None);
    let (mut message, mut composition) = (Message::default(), Composition::new(Vec::new()));
    message.from = Some(Originator::InsertAddress);
    let mut duration = Duration::from_secs(5);
    while let Some(arg) = from.next()? {
        match arg {
            Long("to") => {
                to = from.value()?.string()?;
                if !["mm1", "mm4", "mm7"].contains(&to.as_str()) {
                    return Err(format!("no such interface: {to}").into());
                }
            }
            Long("id") => id = from.value()?.string()?,
            Long("domain") => domain = from.value()?.string()?,
            Long("peer-domain") => peer_domain = from.value()?.string()?,
            Long("time") => time = from.value()?.parse()?,
            Long("vasp-id") => vasp_id = Some(from.value()?.string()?),
            Long("recipient") => message.to.push(address(&from.value()?.string()?)),
            Long("from") => message.from = Some(address(&from.value()?.string()?).into()),
            Long("subject") => message.subject = Some(from.value()?.string()?.as_str().into()),
            Long("title") => composition.meta.push(Meta::new("title", from.value()?.string()?)),
            Long("seconds") => {
                let seconds = Duration::try_from_secs_f64(from.value()?.parse()?)?;
                // A presentation counts in milliseconds.
                duration = Duration::from_millis(u64::try_from(seconds.as_millis())?);
            }
            Long("slide") => begin_slide(&mut composition, Vec::new(), duration),
            Long("text") => place(compose::text(from.value()?.string()?), &mut composition, duration),
            Long("help") | Short('h') => return Ok(None),
            Value(file) if out.is_none() => out = Some(file),
            Value(file) => {
                let octets = fs::read(&file).map_err(|error| in_file(&file, &error))?;
                let name = Path::new(&file).file_name().unwrap_or_default().to_string_lossy();
                place(compose::file(&name, octets), &mut composition, duration);
            }
            _ => return Err(arg.unexpected().into()),
        }
    }
    let out = out.ok_or("no OUT is given")?;
    if composition.slides.is_empty() && composition.attachments.is_empty() {
        return Err("neither a FILE nor --text is given".into());
    }
    if message.to.is_empty() {
        return Err("no --recipient is given".into());
    }
    let way = Way { id, domain, peer_domain, time, vasp_id };
    Ok(Some(Order { to, way, out, message, composition }))
}

fn in_file(file: &OsStr, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", file.display()))
}

fn address(text: &str) -> Address {
    if text.contains('@') { Address::email(text) } else { Address::phone(text) }
}

fn begin_slide(composition: &mut Composition, parts: Vec<Part>, duration: Duration) {
    let mut slide = Slide::new(parts);
    slide.duration = duration;
    composition.slides.push(slide);
}

/// Puts a part where there is room for it.
fn place(part: Part, composition: &mut Composition, duration: Duration) {
    use MediaKind::{Audio, Image, Reference, Text, Video};

    let excluded: &[MediaKind] = match MediaKind::of(&part) {
        Reference => return composition.attachments.push(part),
        Text => &[Text],
        Image => &[Image, Video],
        Audio => &[Audio, Video],
        _ => &[Image, Audio, Video],
    };
    let has_room = |slide: &&mut Slide| !slide.parts.iter().any(|other| excluded.contains(&MediaKind::of(other)));
    match composition.slides.last_mut().filter(has_room) {
        Some(slide) => slide.parts.push(part),
        None => begin_slide(composition, vec![part], duration),
    }
}

/// Says what is in the message, and which class it has.
fn report(body: &Part, octets: usize) -> Result<(), Box<dyn Error>> {
    let slides = smil::slides(body)?.value;
    for (slide, number) in slides.slides.iter().zip(1..) {
        eprintln!("slide {number}, {} s", slide.duration.unwrap_or_default().as_secs_f64());
        slide.media.iter().filter_map(|media| media.part).for_each(line);
    }
    if !slides.others.is_empty() {
        eprintln!("attached");
        slides.others.into_iter().for_each(line);
    }
    let found = content_class(body, octets);
    let class = found.class.map_or("none".into(), |class| class.to_string());
    eprintln!("{octets} octets, content class {class}");
    found.reasons.iter().for_each(|reason| eprintln!("  {reason}"));
    Ok(())
}

fn line(part: &Part) {
    let size = part.octets().map_or(0, |octets| octets.len());
    eprintln!("  {}: {}, {size} octets", part.name().unwrap_or_default(), part.content_type.media);
}
