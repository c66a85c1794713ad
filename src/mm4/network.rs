//! Addresses at the MMS systems of operators (TS 23.140, 8.4.5).

use alloc::format;

use crate::message::{Address, AddressKind, Str};
use crate::mime::address::at_domain;

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

/// What is read where the address is written.
#[cfg(any(feature = "mm1", feature = "mm7"))]
pub(crate) fn read_address(address: &Address) -> Address {
    crate::mime::address::parse(&crate::mime::address::show(address)).address
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
pub fn mms_domain(mcc: &str, mnc: &str) -> Option<Str> {
    let are_digits = [mcc, mnc].iter().all(|code| code.bytes().all(|digit| digit.is_ascii_digit()));
    (are_digits && mcc.len() == 3 && matches!(mnc.len(), 2 | 3))
        .then(|| format!("mms.mnc{mnc:0>3}.mcc{mcc}.gprs").into())
}

/// The country code (MCC) and the network code (MNC, always three digits) in a domain of
/// [`mms_domain`].
///
/// # Examples
///
/// ```
/// use mms_codec::mm4;
///
/// assert_eq!(mm4::mms_network("mms.mnc012.mcc345.gprs"), Some(("345", "012")));
/// assert_eq!(mm4::mms_network("mms.example.net"), None);
/// ```
pub fn mms_network(domain: &str) -> Option<(&str, &str)> {
    let mut labels = domain.split('.');
    let is = |label: Option<&str>, known: &str| label.is_some_and(|label| label.eq_ignore_ascii_case(known));
    let code = |label: Option<&'_ str>, prefix: &str| -> bool {
        label.and_then(|label| label.split_at_checked(3)).is_some_and(|(start, code)| {
            start.eq_ignore_ascii_case(prefix) && code.len() == 3 && code.bytes().all(|digit| digit.is_ascii_digit())
        })
    };
    let is_first = is(labels.next(), "mms");
    let (mnc, mcc) = (labels.next(), labels.next());
    let is_last = is(labels.next(), "gprs") && labels.next().is_none();
    if !(is_first && code(mnc, "mnc") && code(mcc, "mcc") && is_last) {
        return None;
    }
    Some((mcc?.get(3..)?, mnc?.get(3..)?))
}
