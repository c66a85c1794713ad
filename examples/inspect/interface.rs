//! What the program knows of the interfaces: one module and one line here for each.

mod mm1;
mod mm4;
mod mm7;
mod push;

use mms_codec::{Bytes, DecodeError, Options};

use crate::view::{View, offset_in};

/// An interface whose messages can be shown.
#[derive(Debug)]
pub(crate) struct Interface {
    /// The name on the command line and in JSON.
    pub(crate) name: &'static str,
    decode: fn(&Bytes, &Options) -> Result<View, DecodeError>,
}

pub(crate) const INTERFACES: &[Interface] = &[mm7::MM7, mm4::MM4, push::PUSH, mm1::MM1];

/// The interface that octets look like a message of.
pub(crate) fn detect(octets: &Bytes) -> Option<&'static Interface> {
    let name = crate::detect::detect(octets)?;
    INTERFACES.iter().find(|interface| interface.name == name)
}

pub(crate) fn inspect(interface: &Interface, octets: &Bytes, options: &Options) -> Result<View, DecodeError> {
    let message = crate::detect::uncarried(interface.name, octets);
    let start = offset_in(octets, &message);
    let mut view = (interface.decode)(&message, options).map_err(|mut error| {
        error.offset += start;
        error
    })?;
    view.move_by(start);
    view.decode_nested(octets, options, |octets, options| (mm1::MM1.decode)(octets, options));
    Ok(view)
}
