//! What the program knows of the interfaces: one module and one line here for each.

mod cdr;
mod mm1;
mod mm4;
mod mm7;
mod push;

use mms_codec::{Bytes, DecodeError, Options};

use super::view::View;

/// An interface whose messages can be shown.
#[derive(Debug)]
pub(crate) struct Interface {
    /// The name on the command line and in JSON.
    pub(crate) name: &'static str,
    kind: mms_codec::Interface,
    decode: fn(&Bytes, &Options) -> Result<View, DecodeError>,
    /// Where a file has many of them, all of those.
    decode_all: Option<fn(&Bytes, &Options) -> Views>,
}

/// What each message of a file gave.
type Views = Vec<Result<View, DecodeError>>;

pub(crate) const INTERFACES: &[Interface] = &[cdr::CDR, mm7::MM7, mm4::MM4, push::PUSH, mm1::MM1];

/// The interface that octets look like a message of.
pub(crate) fn detect(octets: &Bytes) -> Option<&'static Interface> {
    let found = mms_codec::detect(octets)?;
    INTERFACES.iter().find(|interface| interface.name == found.name())
}

impl Interface {
    pub(crate) const fn kind(&self) -> mms_codec::Interface {
        self.kind
    }
}

/// What is in a file: one message, or records.
pub(crate) fn inspect_all(interface: &Interface, octets: &Bytes, options: &Options) -> Views {
    interface.decode_all.map_or_else(|| vec![inspect(interface, octets, options)], |all| all(octets, options))
}

/// A message that is kept without its octets.
pub(crate) fn stored(pdu: mms_codec::mm1::Pdu) -> View {
    mm1::view(pdu, Vec::new(), &[])
}

fn inspect(interface: &Interface, octets: &Bytes, options: &Options) -> Result<View, DecodeError> {
    let message = interface.kind.uncarried(octets);
    let decode = || {
        let mut view = (interface.decode)(&message.octets, options)?;
        view.decode_nested(&message.octets, options, |octets, options| (mm1::MM1.decode)(octets, options));
        Ok(view)
    };
    let mut view = decode().map_err(|mut error: DecodeError| {
        error.offset = message.offset_in_input(error.offset);
        error
    })?;
    view.move_offsets(&|offset| message.offset_in_input(offset));
    Ok(view)
}
