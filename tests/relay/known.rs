//! What the relay of these tests knows.

use mms_codec::message::{Interval, Timestamp};
use mms_codec::mm1::{Announcement, Version};
use mms_codec::mm4::Posting;
use mms_codec::relay::Hop;

/// 2024-03-05T09:30:47Z.
pub(crate) const ARRIVED: Timestamp = Timestamp::from_seconds(1_709_631_047);

pub(crate) fn announcement() -> Announcement {
    Announcement {
        transaction_id: "T1".into(),
        version: Version::V1_3,
        content_location: "http://mmsc.example.net/1".into(),
        message_size: 1_000,
        expiry: Interval::from_seconds(172_800),
    }
}

pub(crate) fn hop() -> Hop {
    let (own, peer) = ("mms.mnc012.mcc345.gprs", "mms.mnc015.mcc234.gprs");
    let posting = Posting::new("system-user@mms.mnc012.mcc345.gprs", "1@mms.mnc012.mcc345.gprs", ARRIVED.seconds);
    Hop::new(posting, "t-1", own, peer)
}
