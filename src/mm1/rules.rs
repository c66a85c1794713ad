//! Rules that more than one PDU has and a field table cannot say.

use super::field::FieldCode;
use crate::message::{Message, ReplyCharging};

/// At least one of `To`, `Cc` and `Bcc` is there (OMA-TS-MMS_ENC, tables 1 and 9).
pub(super) fn has_recipient(message: &Message) -> bool {
    ![&message.to, &message.cc, &message.bcc].into_iter().all(|addresses| addresses.is_empty())
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
