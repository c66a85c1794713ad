//! Rules that more than one PDU has and a field table cannot say.

use super::codec::{Extra, keeps};
use super::field::FieldCode;
use crate::message::{Message, ReplyCharging};

/// `To`, if there is no recipient in it, in `Cc` or in `Bcc` (OMA-TS-MMS_ENC, tables 1 and 9).
pub(super) fn missing_recipient(message: &Message, extra: &[Extra]) -> Option<FieldCode> {
    let recipients = [(&message.to, FieldCode::TO), (&message.cc, FieldCode::CC), (&message.bcc, FieldCode::BCC)];
    let has_one = recipients.into_iter().any(|(addresses, code)| !addresses.is_empty() || keeps(extra, code));
    (!has_one).then_some(FieldCode::TO)
}

/// Requests ask for reply charging, and the relay/server grants it; deadline and size go with it
/// (OMA-TS-MMS_ENC, tables 1, 3 and 5).
pub(super) fn reply_charging_conflict(message: &Message, allowed: [ReplyCharging; 2]) -> Option<FieldCode> {
    match message.reply_charging {
        Some(value) if !allowed.contains(&value) => Some(FieldCode::REPLY_CHARGING),
        Some(_) => None,
        None if message.reply_charging_deadline.is_some() => Some(FieldCode::REPLY_CHARGING_DEADLINE),
        None if message.reply_charging_size.is_some() => Some(FieldCode::REPLY_CHARGING_SIZE),
        None => None,
    }
}
