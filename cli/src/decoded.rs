//! A message of any interface, to be changed and written again.

use std::error::Error;

use mms_codec::message::{Header, Part};
use mms_codec::mm7::{Envelope, StatusCode};
use mms_codec::push::Push;
use mms_codec::{Bytes, Change, DecodeError, Decoded, Deviation, Interface, Options, ShownField, mm1, mm4, mm7, push};

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
    /// Decodes the message in a file. Offsets count from the start of the file.
    pub(crate) fn decode(octets: &Bytes, options: &Options) -> Result<Self, Box<dyn Error>> {
        let interface = mms_codec::detect(octets).ok_or("not a message of any interface known here")?;
        let carried = interface.uncarried(octets);
        let decoded = Self::of(interface, &carried.octets, options).ok_or("not a message")?;
        let mut message = decoded.map_err(|mut error| {
            error.offset = carried.offset_in_input(error.offset);
            error
        })?;
        message.move_offsets(|offset| carried.offset_in_input(offset));
        Ok(message)
    }

    fn of(interface: Interface, octets: &Bytes, options: &Options) -> Option<Result<Self, DecodeError>> {
        let push = || {
            let push = push::decode_with(octets, options)?;
            let pdu = push.value.pdu(options)?;
            Ok(Self::Push(Box::new((push, pdu))))
        };
        Some(match interface {
            Interface::Mm1 => mm1::decode_with(octets, options).map(Self::Mm1),
            Interface::Push => push(),
            Interface::Mm4 => mm4::decode_with(octets, options).map(Self::Mm4),
            Interface::Mm7 => {
                mm7::decode_unlabelled_with(octets, options).map(|envelope| Self::Mm7(Box::new(envelope)))
            }
            _ => return None,
        })
    }

    fn move_offsets(&mut self, to: impl Fn(usize) -> usize) {
        let (outer, inner): (_, &mut [Deviation]) = match self {
            Self::Mm1(pdu) => (&mut pdu.deviations, &mut []),
            Self::Push(push) => (&mut push.0.deviations, &mut push.1.deviations),
            Self::Mm4(pdu) => (&mut pdu.deviations, &mut []),
            Self::Mm7(envelope) => (&mut envelope.deviations, &mut []),
        };
        outer.iter_mut().chain(inner).for_each(|deviation| deviation.offset = to(deviation.offset));
    }

    /// The fields; those of the PDU in a push.
    pub(crate) fn fields(&self) -> Vec<ShownField> {
        match self {
            Self::Mm1(pdu) => pdu.value.fields(),
            Self::Push(push) => push.1.value.fields(),
            Self::Mm4(pdu) => pdu.value.fields(),
            Self::Mm7(envelope) => envelope.value.fields(),
        }
    }

    pub(crate) fn body(&self) -> Option<&Part> {
        match self {
            Self::Mm1(pdu) => pdu.value.body(),
            Self::Push(push) => push.1.value.body(),
            Self::Mm4(pdu) => pdu.value.body(),
            Self::Mm7(envelope) => envelope.value.message()?.body.as_ref(),
        }
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
