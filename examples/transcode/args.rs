//! The command line.

use std::ffi::OsString;

use lexopt::prelude::*;
use mms_codec::Options;
use mms_codec::message::{Address, Str};

pub(crate) const HELP: &str = "\
Converts a message or report of one MMS interface to another, and lists what is not carried.

usage: transcode --to mm1|mm4|mm7 [options] IN OUT

  IN                    what `inspect` reads; - is standard input
  OUT                   the file to write; - is standard output. MM7 is written as an
                        HTTP request
  --to NAME             the interface to write for
  --notification        for mm1, the notification in place of the message
  --strict              refuse what the specification does not allow, instead of forgiving it

What only a relay knows:

  --from WHO            who sent it, or whom a report is about, if it does not say so
  --alias WHO           who is shown in place of a sender who hides
  --recipient WHO       who gets it, if it names nobody; may be repeated
  --stored FILE         the message that an m-forward-req forwards
  --id ID               the identifier of the message (its own, else 1)
  --transaction ID      the identifier of the transaction (T1)
  --time SECONDS        when it arrived, since 1970 (its date, else 0)
  --domain NAME         the own domain on mm4 (mms.example.net)
  --peer-domain NAME    that of the peer (mms.example.org)
  --url URL             where the phone finds the message (http://DOMAIN/ID)
  --keep SECONDS        how long it is kept there (604800)
  --vasp-id ID, --vas-id ID, --relay-id ID, --linked-id ID
                        for mm7: provider, service, relay/server, linked message
  --release 5|6         the release of mm7 (6)
  --help                show this text

What is not carried is reported on standard error, one line each. The exit code is 0 when the other form
was written, 1 when it could not be, and 2 for a wrong command line.
";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    Mm1,
    Mm4,
    Mm7,
}

pub(crate) struct Args {
    pub(crate) to: To,
    pub(crate) notification: bool,
    pub(crate) options: Options,
    pub(crate) from: Option<Address>,
    pub(crate) alias: Option<Address>,
    pub(crate) recipients: Vec<Address>,
    pub(crate) stored: Option<OsString>,
    pub(crate) id: Option<Str>,
    pub(crate) transaction: Str,
    pub(crate) time: Option<i64>,
    pub(crate) domain: Str,
    pub(crate) peer_domain: Str,
    pub(crate) url: Option<Str>,
    pub(crate) keep: u64,
    pub(crate) vasp_id: Option<Str>,
    pub(crate) vas_id: Option<Str>,
    pub(crate) relay_id: Option<Str>,
    pub(crate) linked_id: Option<Str>,
    pub(crate) release: u8,
    pub(crate) input: OsString,
    pub(crate) output: OsString,
}

/// Reads the command line; `None` if it asks for help.
pub(crate) fn parse(mut from: lexopt::Parser) -> Result<Option<Args>, lexopt::Error> {
    let mut to = None;
    let mut files = Vec::new();
    let mut args = Args {
        to: To::Mm1,
        notification: false,
        options: Options::lenient(),
        from: None,
        alias: None,
        recipients: Vec::new(),
        stored: None,
        id: None,
        transaction: "T1".into(),
        time: None,
        domain: "mms.example.net".into(),
        peer_domain: "mms.example.org".into(),
        url: None,
        keep: 604_800,
        vasp_id: None,
        vas_id: None,
        relay_id: None,
        linked_id: None,
        release: 6,
        input: OsString::new(),
        output: OsString::new(),
    };
    while let Some(arg) = from.next()? {
        match arg {
            Long("to") => {
                to = Some(match from.value()?.string()?.as_str() {
                    "mm1" => To::Mm1,
                    "mm4" => To::Mm4,
                    "mm7" => To::Mm7,
                    other => return Err(format!("no such interface: {other}").into()),
                });
            }
            Long("notification") => args.notification = true,
            Long("strict") => args.options = Options::strict(),
            Long("from") => args.from = Some(address(&text(&mut from)?)),
            Long("alias") => args.alias = Some(address(&text(&mut from)?)),
            Long("recipient") => args.recipients.push(address(&text(&mut from)?)),
            Long("stored") => args.stored = Some(from.value()?),
            Long("id") => args.id = Some(text(&mut from)?),
            Long("transaction") => args.transaction = text(&mut from)?,
            Long("time") => args.time = Some(from.value()?.parse()?),
            Long("domain") => args.domain = text(&mut from)?,
            Long("peer-domain") => args.peer_domain = text(&mut from)?,
            Long("url") => args.url = Some(text(&mut from)?),
            Long("keep") => args.keep = from.value()?.parse()?,
            Long("vasp-id") => args.vasp_id = Some(text(&mut from)?),
            Long("vas-id") => args.vas_id = Some(text(&mut from)?),
            Long("relay-id") => args.relay_id = Some(text(&mut from)?),
            Long("linked-id") => args.linked_id = Some(text(&mut from)?),
            Long("release") => {
                args.release = from.value()?.parse()?;
                if !matches!(args.release, 5 | 6) {
                    return Err(format!("no such release: {}", args.release).into());
                }
            }
            Long("help") | Short('h') => return Ok(None),
            Value(file) => files.push(file),
            _ => return Err(arg.unexpected()),
        }
    }
    args.to = to.ok_or("--to is not given")?;
    let Ok([input, output]) = <[OsString; 2]>::try_from(files) else {
        return Err("IN and OUT are to be given".into());
    };
    Ok(Some(Args { input, output, ..args }))
}

fn text(from: &mut lexopt::Parser) -> Result<Str, lexopt::Error> {
    Ok(from.value()?.string()?.into())
}

/// A mail address, a number with `+`, or a short code; also with a type as MM1 writes it.
fn address(text: &str) -> Address {
    let is_number = text.starts_with('+') && !text.contains('/');
    if is_number { Address::phone(text) } else { Address::from(text) }
}
