//! What is read: a message, a report, or a wish to forward a message or to take it back.

use std::error::Error;

use mms_codec::relay::{Taken, TakenDeliveryReport, TakenReadReport};
use mms_codec::{Bytes, Options, mm1, mm4, mm7};

use crate::decoded::Message;

#[derive(Debug)]
pub(crate) enum Source {
    Message(Box<Taken>),
    DeliveryReport(TakenDeliveryReport),
    ReadReport(TakenReadReport),
    /// Names a message that the relay has.
    Forward(Box<mm1::ForwardReq>),
    Cancel(Box<mm7::ExtendedCancelReq>),
}

impl Source {
    fn message(pdu: impl Into<Taken>) -> Self {
        Self::Message(Box::new(pdu.into()))
    }
}

/// Decodes a message; with it comes what was around it and stays behind.
pub(crate) fn read(octets: &Bytes, options: &Options) -> Result<(Source, Vec<String>), Box<dyn Error>> {
    match Message::decode(octets, options)? {
        Message::Mm7(envelope) => of_mm7(envelope.value),
        Message::Mm4(pdu) => Ok((of_mm4(pdu.value)?, Vec::new())),
        Message::Push(push) => {
            let (push, pdu) = *push;
            let headers = push.value.fields().into_iter().map(|field| format!("{} is not carried", field.name));
            Ok((of_mm1(pdu.value)?, headers.collect()))
        }
        Message::Mm1(pdu) => Ok((of_mm1(pdu.value)?, Vec::new())),
    }
}

fn of_mm1(pdu: mm1::Pdu) -> Result<Source, String> {
    match pdu {
        mm1::Pdu::SendReq(pdu) => Ok(Source::message(pdu)),
        mm1::Pdu::RetrieveConf(pdu) => Ok(Source::message(pdu)),
        mm1::Pdu::ForwardReq(pdu) => Ok(Source::Forward(Box::new(pdu))),
        mm1::Pdu::DeliveryInd(pdu) => Ok(Source::DeliveryReport(pdu.into())),
        mm1::Pdu::ReadRecInd(pdu) => Ok(Source::ReadReport(pdu.into())),
        mm1::Pdu::ReadOrigInd(pdu) => Ok(Source::ReadReport(pdu.into())),
        other => Err(format!("{} is no message and no report", other.message_type())),
    }
}

fn of_mm4(pdu: mm4::Pdu) -> Result<Source, String> {
    match pdu {
        mm4::Pdu::ForwardReq(pdu) => Ok(Source::message(pdu)),
        mm4::Pdu::DeliveryReportReq(pdu) => Ok(Source::DeliveryReport(pdu.into())),
        mm4::Pdu::ReadReplyReportReq(pdu) => Ok(Source::ReadReport(pdu.into())),
        other => Err(format!("{} is no message and no report", other.name())),
    }
}

fn of_mm7(envelope: mm7::Envelope) -> Result<(Source, Vec<String>), Box<dyn Error>> {
    let header = envelope.header.iter().map(|_| "an entry of the SOAP header is not carried".into());
    let attachments = envelope.attachments.iter().map(|part| {
        format!(
            "attachment {}: nothing refers to it",
            part.name().or(part.content_id.as_deref().map(Into::into)).unwrap_or_default()
        )
    });
    let left_behind = header.chain(attachments).collect();
    let source = match envelope.pdu {
        mm7::Pdu::SubmitReq(pdu) => Source::message(pdu),
        mm7::Pdu::DeliverReq(pdu) => Source::message(pdu),
        mm7::Pdu::ReplaceReq(pdu) => Source::message(pdu),
        mm7::Pdu::ExtendedReplaceReq(pdu) => Source::message(pdu),
        mm7::Pdu::DeliveryReportReq(pdu) => Source::DeliveryReport(pdu.into()),
        mm7::Pdu::ReadReplyReq(pdu) => Source::ReadReport(pdu.into()),
        mm7::Pdu::ExtendedCancelReq(pdu) => Source::Cancel(Box::new(pdu)),
        other => return Err(format!("{} is no message and no report", other.name()).into()),
    };
    Ok((source, left_behind))
}
