//! Makes a message of files and texts: `compose [options] OUT FILE...`
//!
//! The message goes to OUT (`-` is standard output), what is in it to standard error.

use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs, io, io::Write};

use mms_codec::compose::{self, Composition, Slide};
use mms_codec::content_class::content_class;
use mms_codec::message::{Address, Message, Originator, Part};
use mms_codec::smil::{MediaKind, Meta};
use mms_codec::{mm1, smil};

type Failure = Box<dyn std::error::Error>;

const HELP: &str = "\
compose [options] OUT FILE...

Each FILE goes into the slide at hand, if it has no text, picture or sound yet where FILE is one;
else into a new slide. Files that no slide can show come along as attachments.

  --to mm1           the interface that the message is for (mm1)
  --recipient WHO    a phone number or a mail address; may be repeated
  --from WHO         the sender; without it the relay/server puts it in
  --subject TEXT     the subject
  --title TEXT       the title of the presentation
  --text TEXT        a text, in place of a FILE
  --slide            begin a new slide
  --seconds NUMBER   how long the slides from here on are shown (5)
  --id ID            the transaction identifier (T1)
";

/// What the command line asks for.
struct Order {
    interface: String,
    id: String,
    out: Option<String>,
    message: Message,
    composition: Composition,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.is_empty() || arguments.iter().any(|argument| argument == "--help") {
        eprint!("{HELP}");
        return ExitCode::from(2);
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compose: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> Result<(), Failure> {
    let Order { interface, id, out, mut message, composition } = order(arguments)?;
    let out = out.ok_or("no OUT")?;
    let body = message.body.insert(composition.body()?).clone();
    let octets = match interface.as_str() {
        "mm1" => to_mm1(message, &id)?,
        other => return Err(format!("no interface {other}").into()),
    };
    report(&body, octets.len())?;
    if out == "-" { io::stdout().write_all(&octets)? } else { fs::write(out, octets)? }
    Ok(())
}

fn to_mm1(message: Message, id: &str) -> Result<Vec<u8>, Failure> {
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some(id.into());
    send.message = message;
    Ok(mm1::encode(&send.into())?)
}

fn order(arguments: Vec<String>) -> Result<Order, Failure> {
    let mut order = Order {
        interface: "mm1".into(),
        id: "T1".into(),
        out: None,
        message: Message::default(),
        composition: Composition::new(Vec::new()),
    };
    order.message.from = Some(Originator::InsertAddress);
    let mut seconds = 5.0;
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        let part = match argument.as_str() {
            "--to" => {
                order.interface = value()?;
                continue;
            }
            "--recipient" => {
                order.message.to.push(address(&value()?));
                continue;
            }
            "--from" => {
                order.message.from = Some(address(&value()?).into());
                continue;
            }
            "--subject" => {
                order.message.subject = Some(value()?.as_str().into());
                continue;
            }
            "--title" => {
                order.composition.meta.push(Meta::new("title", value()?));
                continue;
            }
            "--id" => {
                order.id = value()?;
                continue;
            }
            "--seconds" => {
                seconds = value()?.parse()?;
                continue;
            }
            "--slide" => {
                order.composition.slides.push(slide(Vec::new(), seconds)?);
                continue;
            }
            "--text" => compose::text(value()?),
            option if option.starts_with("--") => return Err(format!("no option {option}").into()),
            _ if order.out.is_none() => {
                order.out = Some(argument);
                continue;
            }
            path => {
                let octets = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
                compose::file(path, octets)
            }
        };
        place(part, &mut order.composition, seconds)?;
    }
    Ok(order)
}

fn address(text: &str) -> Address {
    if text.contains('@') { Address::email(text) } else { Address::phone(text) }
}

fn slide(parts: Vec<Part>, seconds: f64) -> Result<Slide, Failure> {
    let mut slide = Slide::new(parts);
    // A fraction of a second is good to the millisecond, which is what a presentation can say.
    slide.duration = Duration::from_millis(u64::try_from(Duration::try_from_secs_f64(seconds)?.as_millis())?);
    Ok(slide)
}

/// Puts a part where a slide has room for it.
fn place(part: Part, composition: &mut Composition, seconds: f64) -> Result<(), Failure> {
    use MediaKind::{Audio, Image, Reference, Text, Video};

    let kind = MediaKind::of(&part);
    let excluded: &[MediaKind] = match kind {
        Reference => {
            composition.attachments.push(part);
            return Ok(());
        }
        Text => &[Text],
        Image => &[Image, Video],
        Audio => &[Audio, Video],
        _ => &[Image, Audio, Video],
    };
    match composition.slides.last_mut() {
        Some(last) if !last.parts.iter().any(|other| excluded.contains(&MediaKind::of(other))) => last.parts.push(part),
        _ => composition.slides.push(slide(vec![part], seconds)?),
    }
    Ok(())
}

/// Says what is in the message, and which class it has.
fn report(body: &Part, octets: usize) -> Result<(), Failure> {
    let slides = smil::slides(body)?.value;
    for (slide, number) in slides.slides.iter().zip(1..) {
        let seconds = slide.duration.unwrap_or_default().as_secs_f64();
        eprintln!("slide {number}, {seconds} s");
        for part in slide.media.iter().filter_map(|media| media.part) {
            line(part);
        }
    }
    if slides.others.iter().any(|part| part.content_id.is_some()) {
        eprintln!("attached");
        slides.others.iter().for_each(|part| line(part));
    }
    let found = content_class(body, octets);
    let class = found.class.map_or("none".into(), |class| class.to_string());
    eprintln!("{octets} octets, content class {class}");
    found.reasons.iter().for_each(|reason| eprintln!("  {reason}"));
    Ok(())
}

fn line(part: &Part) {
    let size = part.octets().map_or(0, |octets| octets.len());
    eprintln!("  {}, {}, {size} octets", part.name().unwrap_or_default(), part.content_type.media);
}
