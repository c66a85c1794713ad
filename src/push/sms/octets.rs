//! What the TPDUs of all types have in common (3GPP TS 23.040, 9.2.3): the first octet and the user data.

use alloc::vec::Vec;

use super::{Alphabet, USER_DATA_OCTETS, UserData, UserDataHeader};
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::options::DeviationKind;
use crate::wsp::Reader;

/// `TP-MTI` (9.2.3.1).
pub(super) const MESSAGE_TYPE: u8 = 0x03;

/// The bits of a first octet, but for the type.
#[derive(Clone, Copy)]
pub(super) struct Flags(pub(super) u8);

impl Flags {
    pub(super) const NO_MORE_MESSAGES: u8 = 0x04;
    pub(super) const REJECT_DUPLICATES: u8 = 0x04;
    pub(super) const LOOP_PREVENTION: u8 = 0x08;
    pub(super) const STATUS_REPORT: u8 = 0x20;
    pub(super) const HEADER: u8 = 0x40;
    pub(super) const REPLY_PATH: u8 = 0x80;

    pub(super) const fn has(self, flag: u8) -> bool {
        self.0 & flag != 0
    }

    pub(super) const fn with(self, flag: u8, is_set: bool) -> Self {
        if is_set { Self(self.0 | flag) } else { self }
    }
}

/// The first octet: the type, and flags.
pub(super) fn first_octet(from: &mut Reader<'_>, message_type: u8, unused: u8) -> Result<Flags, DecodeError> {
    from.in_field("TP-MTI", |from| {
        let offset = from.offset();
        let first = octet_that(from, |octet| octet & MESSAGE_TYPE == message_type)?;
        if first & unused != 0 {
            from.forgive(DeviationKind::InvalidValue, offset)?;
        }
        Ok(Flags(first))
    })
}

pub(super) fn octet_that(from: &mut Reader<'_>, is_right: impl Fn(u8) -> bool) -> Result<u8, DecodeError> {
    let offset = from.offset();
    let octet = from.octet()?;
    if is_right(octet) { Ok(octet) } else { Err(from.error_at(DecodeErrorKind::UnexpectedOctet(octet), offset)) }
}

/// `TP-UDL` and `TP-UD`, the last fields.
pub(super) fn read_user_data(
    from: &mut Reader<'_>,
    has_header: bool,
    data_coding: u8,
) -> Result<UserData, DecodeError> {
    let (there, septets) = from.in_field("TP-UDL", |from| {
        let offset = from.offset();
        let announced = from.octet()?;
        let is_default = Alphabet::of(data_coding) == Alphabet::Default;
        let octets = if is_default { octets_of(announced) } else { announced.into() };
        let there = octets.min(from.remaining().len());
        if there < octets {
            from.forgive(DeviationKind::Truncated, offset)?;
        }
        if there > USER_DATA_OCTETS {
            from.forgive(DeviationKind::ValueLengthTooLong, offset)?;
        }
        let septets = u8::try_from(there * 8 / 7).unwrap_or(u8::MAX).min(announced);
        Ok::<_, DecodeError>((there, is_default.then_some(septets)))
    })?;
    let user_data = from.within(there, |from| -> Result<UserData, DecodeError> {
        if has_header {
            return UserData::read(from);
        }
        Ok(UserData::new(UserDataHeader::default(), from.take_shared(there)?))
    })?;
    nothing_follows(from)?;
    Ok(UserData { septets, ..user_data })
}

pub(super) fn nothing_follows(from: &mut Reader<'_>) -> Result<(), DecodeError> {
    if from.is_empty() {
        return Ok(());
    }
    let offset = from.offset();
    from.context().forgive_in("TP-UD", DeviationKind::StrayOctets, offset)
}

/// How many octets septets take.
fn octets_of(septets: u8) -> usize {
    (usize::from(septets) * 7).div_ceil(8)
}

pub(super) fn write_user_data(
    user_data: &UserData,
    has_header: bool,
    data_coding: u8,
    to: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let wrong = |kind: EncodeErrorKind, field| Err(EncodeError::from(kind).in_field(field));
    if !has_header && !user_data.header.elements.is_empty() {
        return wrong(EncodeErrorKind::FieldConflict, "TP-UDHI");
    }
    let octets = if has_header { user_data.encode()? } else { user_data.data.to_vec() };
    if octets.len() > USER_DATA_OCTETS {
        return wrong(EncodeErrorKind::NumberTooLarge, "TP-UD");
    }
    let length = match (user_data.septets, u8::try_from(octets.len())) {
        (Some(septets), _) if octets_of(septets) == octets.len() => Some(septets),
        (None, Ok(length)) => Some(length),
        _ => None,
    };
    let is_default = Alphabet::of(data_coding) == Alphabet::Default;
    match length.filter(|_| is_default == user_data.septets.is_some()) {
        Some(length) => to.push(length),
        None => return wrong(EncodeErrorKind::FieldConflict, "TP-UDL"),
    }
    to.extend(octets);
    Ok(())
}
