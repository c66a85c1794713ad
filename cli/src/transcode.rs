//! `mms transcode`: a message or report of one interface as one of another.
//!
//! What is not carried is reported on standard error, one line each. The exit code is 0 when the
//! other form was written, 1 when it could not be, and 2 for a wrong command line.

mod args;
mod source;

use std::error::Error;
use std::ffi::OsStr;
use std::process::ExitCode;

use mms_codec::message::{Interval, Timestamp};
use mms_codec::mm1::{Announcement, Version};
use mms_codec::mm4::Posting;
use mms_codec::mm7::{Envelope, Schema};
use mms_codec::relay::{self, Hop, Lost, Receipt, ReportReceipt, Service, Taken};
use mms_codec::{Bytes, EncodeError, mm1, mm4, mm7};

pub(crate) use self::args::Args;
use self::args::To;
use self::source::Source;
use crate::source::read_one;
use crate::{Outcome, file, http, note};

/// Converts a message, and reports what is not carried.
pub(crate) fn run(args: &Args) -> Outcome {
    let source = read_one(&args.input)?;
    let octets = converted(&source.octets, args).map_err(|error| format!("{}: {error}", source.name))?;
    file::write(&args.output, &octets).map_err(|error| file::error_in(&args.output, &error))?;
    Ok(ExitCode::SUCCESS)
}

/// The converted message; losses are reported, also where they prevent it.
fn converted(octets: &Bytes, args: &Args) -> Result<Vec<u8>, Box<dyn Error>> {
    let (source, left_behind) = source::read(octets, &args.options())?;
    let (written, lost) = match source {
        Source::Message(taken) => message(*taken, args)?,
        Source::Forward(request) => {
            let file = args.relay.stored.as_ref().ok_or("m-forward-req has no content; --stored names the message")?;
            let stored = stored(file, args)?;
            let receipt = receipt(None, request.message.date, args);
            message(relay::forwarded(*request, stored, &receipt), args)?
        }
        Source::DeliveryReport(mut taken) => {
            // MM1 does not say who gets it.
            taken.report.originator = taken.report.originator.or_else(|| args.relay.recipients.first().cloned());
            let receipt = report_receipt(taken.report.date, args);
            match args.to {
                To::Mm1 => {
                    let relayed = relay::delivery_report_to_mm1(taken, &receipt, Version::V1_3);
                    of(relayed.ok_or(NOT_FOR_ORIGINATOR)?, to_mm1)
                }
                To::Mm4 => of(relay::delivery_report_to_mm4(taken, &receipt, hop(receipt.arrived, args)), to_mm4),
                To::Mm7 => {
                    let relayed = relay::delivery_report_to_mm7(taken, &receipt, service(args));
                    of(relayed.ok_or(NOT_FOR_ORIGINATOR)?, |pdu| to_mm7(pdu, args))
                }
            }
        }
        Source::ReadReport(mut taken) => {
            taken.report.originator = taken.report.originator.or_else(|| args.relay.recipients.first().cloned());
            let receipt = report_receipt(taken.report.date, args);
            match args.to {
                To::Mm1 => of(relay::read_report_to_mm1(taken, &receipt, Version::V1_3), to_mm1),
                To::Mm4 => of(relay::read_report_to_mm4(taken, &receipt, hop(receipt.arrived, args)), to_mm4),
                To::Mm7 => of(relay::read_report_to_mm7(taken, &receipt, service(args)), |pdu| to_mm7(pdu, args)),
            }
        }
        Source::Cancel(cancel) if args.to == To::Mm1 => {
            of(relay::cancel_to_mm1(*cancel, args.relay.transaction.clone(), Version::V1_3), to_mm1)
        }
        Source::Cancel(_) => return Err("extendedCancelReq has no counterpart there".into()),
    };
    let lost = lost.iter().map(ToString::to_string);
    left_behind.into_iter().chain(lost).for_each(|line| note(format_args!("{line}")));
    Ok(written?)
}

/// The message that is forwarded.
fn stored(file: &OsStr, args: &Args) -> Result<Taken, Box<dyn Error>> {
    let stored = read_one(file)?;
    match source::read(&stored.octets, &args.options()) {
        Ok((Source::Message(taken), _)) => Ok(*taken),
        Ok(_) => Err(format!("{}: this is no message", stored.name).into()),
        Err(error) => Err(format!("{}: {error}", stored.name).into()),
    }
}

const NOT_FOR_ORIGINATOR: &str = "only the system of the originator asked for this report";

type Written = (Result<Vec<u8>, EncodeError>, Vec<Lost>);

fn message(mut taken: Taken, args: &Args) -> Result<Written, relay::Expired> {
    if taken.message.to.is_empty() && taken.message.cc.is_empty() {
        taken.message.to.clone_from(&args.relay.recipients);
    }
    let receipt = receipt(taken.message_id.as_deref(), taken.message.date, args);
    match args.to {
        To::Mm1 => {
            let url = args.relay.url.clone();
            let announcement = Announcement {
                transaction_id: args.relay.transaction.clone(),
                version: Version::V1_3,
                content_location: url
                    .unwrap_or_else(|| format!("http://{}/{}", args.relay.domain, receipt.message_id).into()),
                message_size: 0,
                expiry: Interval::from_seconds(args.relay.keep),
            };
            let mut relayed = relay::to_mm1(taken, &receipt, announcement)?;
            let retrieve = mm1::Pdu::from(relayed.pdu.retrieve);
            if !args.notification {
                return Ok((to_mm1(retrieve), relayed.lost));
            }
            let notification = mm1::encoded_len(&retrieve).and_then(|size| {
                relayed.pdu.notification.message_size = u64::try_from(size).ok();
                to_mm1(relayed.pdu.notification)
            });
            Ok((notification, relayed.lost))
        }
        To::Mm4 => Ok(of(relay::to_mm4(taken, &receipt, hop(receipt.arrived, args)), to_mm4)),
        To::Mm7 => Ok(of(relay::to_mm7(taken, &receipt, service(args)), |pdu| to_mm7(pdu, args))),
    }
}

fn receipt(own_id: Option<&str>, date: Option<Timestamp>, args: &Args) -> Receipt {
    let own_id = own_id.map(|id| id.trim_matches(['"', '<', '>']).into());
    Receipt {
        arrived: arrived(date, args),
        message_id: args.relay.id.clone().or(own_id).unwrap_or_else(|| "1".into()),
        sender: args.relay.from.clone(),
        alias: args.relay.alias.clone(),
    }
}

fn arrived(date: Option<Timestamp>, args: &Args) -> Timestamp {
    args.relay.time.map(Timestamp::from_seconds).or(date).unwrap_or_default()
}

fn report_receipt(date: Option<Timestamp>, args: &Args) -> ReportReceipt {
    ReportReceipt { arrived: arrived(date, args), recipient: args.relay.from.clone() }
}

fn hop(arrived: Timestamp, args: &Args) -> Hop {
    let (domain, transaction) = (&args.relay.domain, &args.relay.transaction);
    let system = format!("system-user@{domain}");
    let posting = Posting::new(system, &format!("{transaction}@{domain}"), arrived.seconds);
    Hop::new(posting, transaction.clone(), domain.clone(), args.relay.peer_domain.clone())
}

fn schema(args: &Args) -> Schema {
    if args.relay.release == "5" { Schema::REL_5_MM7_1_3 } else { Schema::default() }
}

fn service(args: &Args) -> Service {
    Service {
        schema: schema(args),
        mms_relay_server_id: args.relay.relay_id.clone(),
        vasp_id: args.relay.vasp_id.clone(),
        vas_id: args.relay.vas_id.clone(),
        linked_id: args.relay.linked_id.clone(),
        ..Service::default()
    }
}

fn of<T>(relayed: relay::Relayed<T>, encode: impl FnOnce(T) -> Result<Vec<u8>, EncodeError>) -> Written {
    (encode(relayed.pdu), relayed.lost)
}

fn to_mm1(pdu: impl mm1::AsPdu) -> Result<Vec<u8>, EncodeError> {
    mm1::encode(&pdu)
}

fn to_mm4(pdu: impl mm4::AsPdu) -> Result<Vec<u8>, EncodeError> {
    mm4::encode(&pdu)
}

fn to_mm7(pdu: impl Into<mm7::Pdu>, args: &Args) -> Result<Vec<u8>, EncodeError> {
    let mut envelope = Envelope::new(args.relay.transaction.clone(), pdu);
    envelope.schema = schema(args);
    http::request(&envelope)
}
