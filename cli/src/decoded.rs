//! A message of any interface, to be changed and written again.

use std::error::Error;

use mms_codec::message::Header;
use mms_codec::mm7::{Envelope, StatusCode};
use mms_codec::push::Push;
use mms_codec::{Bytes, Change, Decoded, Deviation, Interface, Options, mm1, mm4, mm7, push};

use crate::http;

/// A decoded message.
#[derive(Debug)]
pub(crate) enum Message {
    Mm1(Decoded<mm1::Pdu>),
    /// A push and the PDU in it.
    Push(Box<(Decoded<Push>, Decoded<mm1::Pdu>)>),
    Mm4(Decoded<mm4::Pdu>),
    Mm7(Box<Decoded<Envelope>>),
}

impl Message {
    pub(crate) fn decode(octets: &Bytes, options: &Options) -> Result<Self, Box<dyn Error>> {
        let interface = mms_codec::detect(octets).ok_or("not a message of any interface known here")?;
        let octets = interface.uncarried(octets).octets;
        Ok(match interface {
            Interface::Mm1 => Self::Mm1(mm1::decode_with(&octets, options)?),
            Interface::Push => {
                let push = push::decode_with(&octets, options)?;
                let pdu = push.value.pdu(options)?;
                Self::Push(Box::new((push, pdu)))
            }
            Interface::Mm4 => Self::Mm4(mm4::decode_with(&octets, options)?),
            Interface::Mm7 => Self::Mm7(Box::new(mm7::decode_unlabelled_with(&octets, options)?)),
            _ => return Err("not a message".into()),
        })
    }

    /// The PDU of MM1.
    pub(crate) fn pdu(&self) -> Option<&mm1::Pdu> {
        match self {
            Self::Mm1(pdu) => Some(&pdu.value),
            Self::Push(push) => Some(&push.1.value),
            Self::Mm4(_) | Self::Mm7(_) => None,
        }
    }

    pub(crate) fn deviations(&self) -> impl Iterator<Item = &Deviation> {
        let (outer, inner): (_, &[Deviation]) = match self {
            Self::Mm1(pdu) => (&pdu.deviations, &[]),
            Self::Push(push) => (&push.0.deviations, &push.1.deviations),
            Self::Mm4(pdu) => (&pdu.deviations, &[]),
            Self::Mm7(envelope) => (&envelope.deviations, &[]),
        };
        outer.iter().chain(inner)
    }

    /// Changes what no encoder writes, and lists it.
    pub(crate) fn normalize(&mut self) -> Vec<Change> {
        match self {
            Self::Mm1(pdu) => pdu.value.normalize(),
            Self::Push(push) => push.1.value.normalize(),
            Self::Mm4(pdu) => pdu.value.normalize(),
            Self::Mm7(envelope) => envelope.value.normalize(),
        }
    }

    /// The octets; MM7 as an HTTP message.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(match self {
            Self::Mm1(pdu) => mm1::encode(&pdu.value)?,
            Self::Push(push) => {
                let mut again = push.0.value.clone();
                again.data = mm1::encode(&push.1.value)?.into();
                again.headers.retain(
                    |header| !matches!(header, Header::Text { name, .. } if name.eq_ignore_ascii_case("Content-Length")),
                );
                again.encode()?
            }
            Self::Mm4(pdu) => mm4::encode(&pdu.value)?,
            Self::Mm7(envelope) if envelope.value.answer(StatusCode::SUCCESS, None).is_some() => {
                http::request(&envelope.value)?
            }
            Self::Mm7(envelope) => http::response(&envelope.value)?,
        })
    }
}
