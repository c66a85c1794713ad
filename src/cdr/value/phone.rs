//! The network and the clock of a phone.

use alloc::string::{String, ToString};

use super::array;
use crate::cdr::ber::{Element, Writer};
use crate::cdr::table::Value;
use crate::context::Context;
use crate::error::{DecodeError, EncodeError};
use crate::message::{Hex, Str};
use crate::shown::Shown;

/// Declares values of a fixed number of octets coded by another specification. The
/// module only has their length, so other octets are not a fault.
macro_rules! octet_arrays {
    ($($(#[$meta:meta])* $name:ident $length:literal;)+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[expect(clippy::exhaustive_structs, reason = "the octets are all there is")]
        pub struct $name(pub [u8; $length]);

        impl Value for $name {
            fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
                array(element, context).map(Self)
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                to.octets.extend_from_slice(&self.0);
                Ok(())
            }

            fn show(&self) -> Shown {
                Shown::Text(self.to_string())
            }

            #[cfg(feature = "arbitrary")]
            fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
                u.arbitrary().map(Self)
            }
        }
    )+ };
}

octet_arrays! {
    /// The network that a phone was in (`PLMN-Id`, coded as in the routing area identity of TS 29.060).
    /// `Display` writes country and network code, `234-15`, or the octets if these are not digits.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::cdr::PlmnId;
    ///
    /// let network = PlmnId::new("234", "15").unwrap();
    /// assert_eq!(network, PlmnId([0x32, 0xf4, 0x51]));
    /// assert_eq!(network.codes(), Some(("234".into(), "15".into())));
    /// assert_eq!(PlmnId::new("310", "410").unwrap().to_string(), "310-410");
    /// assert_eq!(PlmnId::new("31", "410"), None);
    /// ```
    PlmnId 3;
    /// The zone of the phone's clock (`MSTimeZone`, coded as in TS 29.060, 7.7.52): quarters of an hour
    /// ahead of UTC, and what daylight saving adds to it. `Display` writes `+01:30` or `+02:00, +1 h`.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::cdr::MsTimeZone;
    ///
    /// let zone = MsTimeZone::new(-210, 1).unwrap();
    /// assert_eq!(zone, MsTimeZone([0x49, 0x01]));
    /// assert_eq!((zone.offset_minutes(), zone.daylight_saving_hours()), (Some(-210), 1));
    /// assert_eq!(zone.to_string(), "-03:30, +1 h");
    /// assert_eq!(MsTimeZone::new(10, 0), None);
    /// ```
    MsTimeZone 2;
}

impl PlmnId {
    /// The network with this country code (MCC, three digits) and network code (MNC, two or three).
    #[must_use]
    pub fn new(mcc: &str, mnc: &str) -> Option<Self> {
        let digit = |text: &str, place: usize| {
            text.as_bytes().get(place).filter(|digit| digit.is_ascii_digit()).map(|digit| digit - b'0')
        };
        if mcc.len() != 3 || !matches!(mnc.len(), 2 | 3) {
            return None;
        }
        let third = if mnc.len() == 3 { digit(mnc, 2)? } else { 0x0f };
        Some(Self([
            digit(mcc, 1)? << 4 | digit(mcc, 0)?,
            third << 4 | digit(mcc, 2)?,
            digit(mnc, 1)? << 4 | digit(mnc, 0)?,
        ]))
    }

    /// Country and network code, if the octets are digits.
    #[must_use]
    pub fn codes(self) -> Option<(Str, Str)> {
        let [first, second, third] = self.0;
        let mcc = [first & 0x0f, first >> 4, second & 0x0f];
        let mnc = [third & 0x0f, third >> 4, second >> 4];
        let text = |digits: &[u8]| -> Option<Str> {
            let digits: Option<String> =
                digits.iter().map(|digit| (*digit < 10).then(|| char::from(b'0' + digit))).collect();
            digits.map(Str::from)
        };
        let mnc = mnc.strip_suffix(&[0x0f]).unwrap_or(&mnc);
        Some((text(&mcc)?, text(mnc)?))
    }
}

impl core::fmt::Display for PlmnId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.codes() {
            Some((mcc, mnc)) => write!(f, "{mcc}-{mnc}"),
            None => Hex(&self.0).fmt(f),
        }
    }
}

impl MsTimeZone {
    /// A clock ahead of UTC by `minutes`, a multiple of 15, with a number of hours of daylight saving,
    /// 0 to 2.
    #[must_use]
    pub fn new(offset_minutes: i16, daylight_saving_hours: u8) -> Option<Self> {
        let quarters = u8::try_from(offset_minutes.unsigned_abs() / 15).ok()?;
        if offset_minutes % 15 != 0 || quarters > 79 || daylight_saving_hours > 2 {
            return None;
        }
        let sign = if offset_minutes < 0 { 0x08 } else { 0 };
        Some(Self([((quarters % 10) << 4) | sign | (quarters / 10), daylight_saving_hours]))
    }

    /// How many minutes the clock is ahead of UTC, if the octets are digits.
    #[must_use]
    pub fn offset_minutes(self) -> Option<i16> {
        let [zone, _] = self.0;
        let (ones, tens) = (i16::from(zone >> 4), i16::from(zone & 0x07));
        let minutes = 15 * (10 * tens + ones);
        (ones < 10).then_some(if zone & 0x08 == 0 { minutes } else { -minutes })
    }

    /// How many hours of it are daylight saving.
    #[must_use]
    pub const fn daylight_saving_hours(self) -> u8 {
        let [_, daylight_saving] = self.0;
        daylight_saving & 0x03
    }
}

impl core::fmt::Display for MsTimeZone {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Some(minutes) = self.offset_minutes() else { return Hex(&self.0).fmt(f) };
        let sign = if minutes < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)?;
        match self.daylight_saving_hours() {
            0 => Ok(()),
            hours => write!(f, ", +{hours} h"),
        }
    }
}
