//! Cleaning values of what keeps them from being written.

use alloc::string::ToString;

use crate::message::{Address, Text};
use crate::repair::without_controls;

pub(super) fn clean_text(text: &mut Text) {
    *text = Text::from(without_controls(&text.to_string()));
}

pub(super) fn clean_address(address: &mut Address) {
    let domain = address.details.take().and_then(|details| details.domain);
    let text = without_controls(&address.to_string());
    *address = match domain {
        Some(domain) => super::network::address_at(&Address::from(text.as_str()), &without_controls(&domain)),
        None => Address::from(text.as_str()),
    };
    address.normalize();
}
