//! `mms compose`: a message of texts and files.
//!
//! The message goes to a file or to standard output; its contents, its content class, and why it
//! is not a smaller one, to standard error.

mod items;

use std::error::Error;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::ValueEnum;
use mms_codec::compose::{self, Composition, Slide};
use mms_codec::content_class::content_class;
use mms_codec::message::{Address, Message, Originator, Part, Timestamp};
use mms_codec::relay::{self, Hop, Receipt};
use mms_codec::smil::{MediaKind, Meta};
use mms_codec::{EncodeError, mm1, mm4, mm7, smil};

use self::items::{Item, Items};
use crate::{Outcome, file, http, note};

/// Make a message of texts and files
///
/// A file or text goes into the slide at hand if there is room for it, else into a new one; what no slide can show comes
/// along as an attachment. Contents and content class of the message are reported on standard error.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "mms compose [OPTIONS] --recipient <WHO> <OUT> [FILE | --text <TEXT>]...",
    after_help = "\
Examples:
  mms compose --recipient +447700900123 --subject Holiday out.mms beach.jpg --text \"Wish you were here\"
  mms compose --to mm4 --recipient +447700900123 --from +12025550101 out.eml photo.jpg sound.amr"
)]
pub(crate) struct Args {
    /// The file to write; - is standard output
    #[arg(value_name = "OUT")]
    out: OsString,
    #[command(flatten)]
    items: Items,
    /// The interface that the message is for; mm7 is written as an HTTP request
    #[arg(long, value_name = "NAME", default_value = "mm1")]
    to: To,
    /// A phone number, a short code or a mail address; may be repeated
    #[arg(long = "recipient", value_name = "WHO", required = true)]
    recipients: Vec<Address>,
    /// The sender; without it the relay/server inserts it, but not on mm4
    #[arg(long, value_name = "WHO")]
    from: Option<Address>,
    /// The subject
    #[arg(long, value_name = "TEXT")]
    subject: Option<String>,
    /// The title of the presentation
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The identifier of the transaction; on mm4 of the message too
    #[arg(long, default_value = "T1")]
    id: String,
    /// The domain of the sender's operator on mm4
    #[arg(long, value_name = "NAME", default_value = "mms.example.net")]
    domain: String,
    /// The domain of the recipients' operator on mm4
    #[arg(long, value_name = "NAME", default_value = "mms.example.org")]
    peer_domain: String,
    /// When it is sent on mm4, in seconds since 1970
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    time: i64,
    /// The service provider on mm7
    #[arg(long, value_name = "ID")]
    vasp_id: Option<String>,
}

/// An interface that a message is submitted on
#[derive(Clone, Copy, Debug, ValueEnum)]
enum To {
    Mm1,
    Mm4,
    Mm7,
}

/// Writes the message.
pub(crate) fn run(args: &Args) -> Outcome {
    let mut composition = composition(&args.items)?;
    composition.meta.extend(args.title.iter().map(|title| Meta::new("title", title.as_str())));
    let body = composition.body()?;
    let mut message = Message::default();
    message.from = Some(args.from.clone().map_or(Originator::InsertAddress, Into::into));
    message.to.clone_from(&args.recipients);
    message.subject = args.subject.as_deref().map(Into::into);
    message.body = Some(body.clone());
    let octets = match args.to {
        To::Mm1 => to_mm1(message, args)?,
        To::Mm4 => to_mm4(message, args)?,
        To::Mm7 => to_mm7(message, args)?,
    };
    report(&body, octets.len())?;
    file::write(&args.out, &octets).map_err(|error| file::error_in(&args.out, &error))?;
    Ok(ExitCode::SUCCESS)
}

/// The slides, in the order of the command line.
fn composition(items: &Items) -> Result<Composition, Box<dyn Error>> {
    let mut composition = Composition::new(Vec::new());
    let mut duration = Duration::from_secs(5);
    for item in items.iter() {
        match item {
            Item::Seconds(seconds) => {
                // A presentation counts in milliseconds.
                duration = Duration::from_millis(u64::try_from(seconds.as_millis())?);
            }
            Item::Slide => begin_slide(&mut composition, Vec::new(), duration),
            Item::Text(text) => place(compose::text(text.as_str()), &mut composition, duration),
            Item::File(path) => {
                let octets = file::read(path).map_err(|error| file::error_in(path, &error))?;
                let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
                place(compose::file(&name, octets), &mut composition, duration);
            }
        }
    }
    Ok(composition)
}

fn to_mm1(message: Message, args: &Args) -> Result<Vec<u8>, EncodeError> {
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some(args.id.as_str().into());
    send.message = message;
    mm1::encode(&send)
}

/// As the relay/server of the sender hands it to another operator's.
fn to_mm4(message: Message, args: &Args) -> Result<Vec<u8>, EncodeError> {
    let Args { id, domain, .. } = args;
    let receipt = Receipt {
        arrived: Timestamp::from_seconds(args.time),
        message_id: id.as_str().into(),
        sender: None,
        alias: None,
    };
    let relayed = relay::to_mm4(
        message,
        &receipt,
        Hop::new(
            mm4::Posting::new(format!("system-user@{domain}"), &format!("{id}@{domain}"), args.time),
            id.as_str(),
            domain.as_str(),
            args.peer_domain.as_str(),
        ),
    );
    mm4::encode(&relayed.pdu)
}

/// As a service provider submits it.
fn to_mm7(mut message: Message, args: &Args) -> Result<Vec<u8>, EncodeError> {
    message.from = message.from.filter(|from| from.address().is_some());
    let mut submit = mm7::SubmitReq::default();
    submit.vasp_id = args.vasp_id.as_deref().map(Into::into);
    submit.message = message;
    http::request(&mm7::Envelope::new(args.id.as_str(), submit))
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
        note(format_args!("slide {number}, {} s", slide.duration.unwrap_or_default().as_secs_f64()));
        slide.media.iter().filter_map(|media| media.part).for_each(line);
    }
    if !slides.others.is_empty() {
        note(format_args!("attached"));
        slides.others.into_iter().for_each(line);
    }
    let found = content_class(body, octets);
    let class = found.class.map_or("none".into(), |class| class.to_string());
    note(format_args!("{octets} octets, content class {class}"));
    found.reasons.iter().for_each(|reason| note(format_args!("  {reason}")));
    Ok(())
}

fn line(part: &Part) {
    let size = part.octets().map_or(0, |octets| octets.len());
    note(format_args!("  {}: {}, {size} octets", part.name().unwrap_or_default(), part.content_type.media));
}
