//! Who pays for a message, and by what it is charged (TS 23.140, 8.7.1).

#[cfg(feature = "arbitrary")]
use alloc::format;
use alloc::vec::Vec;

use crate::conversion::arbitrary;
use crate::message::Str;
use crate::named::closed;

closed! {
    /// Who pays for a message (`ChargedParty`; TS 23.140, 8.7.1). The names are the words on MM7.
    pub enum ChargedParty {
        /// The service provider.
        Sender = "Sender";
        /// The recipients.
        Recipient = "Recipient";
        /// Both of them.
        Both = "Both";
        /// Neither party.
        Neither = "Neither";
        /// The one whom `ChargedPartyID` names; Release 6 only.
        ThirdParty = "ThirdParty";
    }
}

/// What the provider charges a message by (`ServiceCode`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ServiceCode {
    /// The code.
    pub code: Str,
    /// Proprietary attributes, which the schemas of Release 6 allow here.
    pub attributes: Vec<ForeignAttribute>,
}

impl<T: Into<Str>> From<T> for ServiceCode {
    fn from(code: T) -> Self {
        Self { code: code.into(), attributes: Vec::new() }
    }
}

/// An attribute that is not of MM7.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ForeignAttribute {
    /// Its namespace, if it is in one.
    pub namespace: Option<Str>,
    /// Its name, without prefix.
    pub name: Str,
    /// Its value.
    pub value: Str,
}

impl ForeignAttribute {
    /// An attribute in no namespace.
    pub fn new(name: impl Into<Str>, value: impl Into<Str>) -> Self {
        Self { namespace: None, name: name.into(), value: value.into() }
    }
}

arbitrary!(ServiceCode, |u| {
    let mut code = Self::from(Str::arbitrary(u)?);
    for index in 0..u.int_in_range(0..=2)? {
        let namespace = Option::<u8>::arbitrary(u)?.map(|name| format!("urn:{name}").into());
        code.attributes.push(ForeignAttribute {
            namespace,
            name: format!("x{index}").into(),
            value: Str::arbitrary(u)?,
        });
    }
    Ok(code)
});
