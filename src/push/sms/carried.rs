//! The octets that a short message of unknown form carries.

use bytes::Bytes;

use super::{Alphabet, ShortMessage, Tpdu, UserData};
use crate::options::{Decoded, Options};

/// The longest line that a modem writes: a head, and the digits of an address and a TPDU. No short message has more
/// octets, whatever lengths it announces.
const MAX_OCTETS: usize = 1_024;

/// What `take` makes of the user data of a short message that carries octets, and of the number of its originator or
/// recipient. The short message is an SMS-DELIVER or SMS-SUBMIT, with or without the address of the service centre before
/// it, in octets or in the hexadecimal digits that modems write. `None` if more is wrong about it than an address or a
/// time, which do not matter to what it carries.
///
/// # Examples
///
/// ```
/// use mms_codec::Bytes;
/// use mms_codec::push::sms::{Reference, ShortMessage, Split, Submit, carried};
///
/// let [segment] = &Split::new(Reference::Short(1)).segments(&Bytes::from("push"))?[..] else { panic!() };
/// let message = ShortMessage::new(Submit::new(1, "+447700900123", segment.clone()));
/// let line = Bytes::from(message.to_hex()?);
/// let found = carried(&line, |number, user_data| Some((number.to_owned(), user_data.data)));
/// assert_eq!(found, Some(("+447700900123".to_owned(), Bytes::from("push"))));
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
pub fn carried<T>(octets: &Bytes, take: impl Fn(&str, UserData) -> Option<T>) -> Option<T> {
    if octets.len() > MAX_OCTETS {
        return None;
    }
    let options = Options::lenient();
    if let Some(line) = core::str::from_utf8(octets).ok().filter(|line| line.is_ascii()) {
        return taken(ShortMessage::decode_line_with(line, &options).ok()?.map(|message| message.tpdu), &take);
    }
    let with_centre = || taken(ShortMessage::decode_with(octets, &options).ok()?.map(|message| message.tpdu), &take);
    Tpdu::decode_with(octets, &options).ok().and_then(|tpdu| taken(tpdu, &take)).or_else(with_centre)
}

fn taken<T>(decoded: Decoded<Tpdu>, take: impl Fn(&str, UserData) -> Option<T>) -> Option<T> {
    let (number, coding, user_data) = match decoded.value {
        Tpdu::Deliver(tpdu) => (tpdu.originator, tpdu.data_coding, tpdu.user_data),
        Tpdu::Submit(tpdu) => (tpdu.destination, tpdu.data_coding, tpdu.user_data),
        _ => return None,
    };
    let does_not_matter = |field: Option<&str>| matches!(field, Some("RP-SMSC" | "TP-OA" | "TP-DA" | "TP-SCTS"));
    let is_right = decoded.deviations.iter().all(|deviation| does_not_matter(deviation.field));
    (is_right && Alphabet::of(coding) == Alphabet::Data).then(|| take(number.as_str(), user_data)).flatten()
}
