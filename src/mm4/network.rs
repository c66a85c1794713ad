//! Addresses at the MMS systems of operators (TS 23.140, 8.4.5).

use alloc::format;
use alloc::string::String;

use crate::context::Wire;
use crate::error::EncodeError;
use crate::message::{Address, AddressKind, Str};
use crate::mime::address::{self, at_domain};

/// The mail form of an address for a peer: a number with the domain of the peer behind it. Mail
/// addresses have their domain and stay as they are. A short code with `+` is a number whose type
/// was left out, and gets it.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Address;
/// use mms_codec::mm4;
///
/// let domain = mm4::mms_domain("234", "15").unwrap();
/// let address = mm4::address_at(&Address::phone("+447700900123"), &domain);
/// assert_eq!(address.details.as_ref().unwrap().domain.as_deref(), Some("mms.mnc015.mcc234.gprs"));
/// // The notation of MM1 has no domain.
/// assert_eq!(address.to_string(), "+447700900123/TYPE=PLMN");
/// assert_eq!(mm4::address_at(&Address::email("kim@example.org"), &domain), Address::email("kim@example.org"));
/// ```
#[must_use]
pub fn address_at(address: &Address, domain: &str) -> Address {
    match &address.kind {
        AddressKind::Email(_) => address.clone(),
        AddressKind::ShortCode(number) if number.starts_with('+') => {
            let mut phone = Address::phone(number.clone());
            phone.details.clone_from(&address.details);
            at_domain(phone, domain)
        }
        _ => at_domain(address.clone(), domain),
    }
}

/// Reads one address as a mail has it: `+447700900123/TYPE=PLMN@domain`, `Kim <kim@example.org>`, or one
/// of the spellings that lenient decoding knows. The display name before a number is in the
/// [details](Address::details).
///
/// # Examples
///
/// ```
/// use mms_codec::message::Address;
/// use mms_codec::mm4;
///
/// let mut address = mm4::read_mailbox("\"Lee, Kim\" <+447700900123/TYPE=PLMN@mms.example.net>");
/// let details = address.details.take().unwrap();
/// assert_eq!(address, Address::phone("+447700900123"));
/// assert_eq!((details.name.as_deref(), details.domain.as_deref()), (Some("Lee, Kim"), Some("mms.example.net")));
/// ```
#[must_use]
pub fn read_mailbox(text: &str) -> Address {
    address::parse(text, Wire::Mm4).address
}

/// Writes one address as a mail has it.
///
/// # Errors
///
/// Fails for an address without a domain, and for one that would be read as another.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Address;
/// use mms_codec::mm4;
///
/// let address = mm4::address_at(&Address::phone("+447700900123"), "mms.example.net");
/// assert_eq!(mm4::write_mailbox(&address).unwrap(), "+447700900123/TYPE=PLMN@mms.example.net");
/// assert!(mm4::write_mailbox(&Address::phone("+447700900123")).is_err());
/// ```
pub fn write_mailbox(address: &Address) -> Result<String, EncodeError> {
    Ok(address::write(address, true)?)
}

/// What is read where the address is written.
pub(crate) fn read_address(address: &Address) -> Address {
    read_mailbox(&address::show(address))
}

/// The domain of an operator's MMS system in the roaming network, from its country code (MCC) and
/// network code (MNC); one of two digits gets a zero before it. `None` if these are not digits.
///
/// # Examples
///
/// ```
/// use mms_codec::mm4;
///
/// assert_eq!(mm4::mms_domain("345", "12").as_deref(), Some("mms.mnc012.mcc345.gprs"));
/// assert_eq!(mm4::mms_domain("310", "410").as_deref(), Some("mms.mnc410.mcc310.gprs"));
/// assert_eq!(mm4::mms_domain("34", "12"), None);
/// ```
#[must_use]
pub fn mms_domain(mcc: &str, mnc: &str) -> Option<Str> {
    let are_digits = [mcc, mnc].iter().all(|code| code.bytes().all(|digit| digit.is_ascii_digit()));
    (are_digits && mcc.len() == 3 && matches!(mnc.len(), 2 | 3))
        .then(|| format!("mms.mnc{mnc:0>3}.mcc{mcc}.gprs").into())
}

/// The country code (MCC) and the network code (MNC) in a domain of [`mms_domain`]. The network code has
/// three digits, also where the zero before two was left out.
///
/// # Examples
///
/// ```
/// use mms_codec::mm4;
///
/// assert_eq!(mm4::mms_network("mms.mnc012.mcc345.gprs"), Some(("345", "012")));
/// assert_eq!(mm4::mms_network("mms.mnc12.mcc345.gprs"), Some(("345", "012")));
/// assert_eq!(mm4::mms_network("mms.example.net"), None);
/// ```
#[must_use]
pub fn mms_network(domain: &str) -> Option<(&str, &str)> {
    let mut labels = domain.split('.');
    let is = |label: Option<&str>, known: &str| label.is_some_and(|label| label.eq_ignore_ascii_case(known));
    let code = |label: Option<&'_ str>, prefix: &str| {
        let (start, code) = label?.split_at_checked(3)?;
        let are_digits = code.bytes().all(|digit| digit.is_ascii_digit());
        (start.eq_ignore_ascii_case(prefix) && are_digits).then_some(code.len())
    };
    let is_first = is(labels.next(), "mms");
    let (mnc, mcc) = (labels.next(), labels.next());
    let is_last = is(labels.next(), "gprs") && labels.next().is_none();
    let digits = code(mnc, "mnc")?;
    if !(is_first && matches!(digits, 2 | 3) && code(mcc, "mcc") == Some(3) && is_last) {
        return None;
    }
    let mnc = mnc?.get(3..)?;
    Some((mcc?.get(3..)?, if digits == 2 { padded(mnc)? } else { mnc }))
}

/// A network code of two digits with a zero before it.
fn padded(mnc: &str) -> Option<&'static str> {
    #[rustfmt::skip]
    static ALL: &str = concat!(
        "000001002003004005006007008009",
        "010011012013014015016017018019",
        "020021022023024025026027028029",
        "030031032033034035036037038039",
        "040041042043044045046047048049",
        "050051052053054055056057058059",
        "060061062063064065066067068069",
        "070071072073074075076077078079",
        "080081082083084085086087088089",
        "090091092093094095096097098099",
    );
    let number: usize = mnc.parse().ok()?;
    ALL.get(3 * number..3 * number + 3)
}
