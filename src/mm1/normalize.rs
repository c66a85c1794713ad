//! Making a PDU that was decoded leniently one that can be written.

use alloc::vec::Vec;

use bytes::Bytes;

use super::breach::Breach;
use super::clean::{clean_str, is_read, is_written};
use super::code_point::Version;
use super::field::{Extra, FieldCode};
use super::pdu::Pdu;
use super::rules::{Mend, broken, is_newer};
use super::value::{Mm1, Slot};
use super::version::{fit_to, mend, name_of, set_version, version_of};
use crate::change::{Change, ChangeKind, Changes};
use crate::message::{ContentType, MessageClass, Originator, Part, Str};
use crate::options::DeviationKind;
use crate::repair::{clean_value, clean_values, kind_of};
use crate::table::{Slot as _, Table, count};
use crate::wsp::{Writer, value_length};

impl Pdu {
    /// Makes a PDU that was decoded with deviations one that [`encode`](super::encode) writes and strict
    /// decoding accepts, and returns the list of what it changed.
    ///
    /// Taken out are unreadable values, repeated fields beyond the first, fields of other PDUs,
    /// stray octets, and what contradicts the [rules](super::Rule) of the PDU; control characters
    /// become blanks, and text that is not text in its charset is written in UTF-8. A version that is
    /// too old for the fields is raised. What a specification says of an absent field is put in: the
    /// token for the address of the sender, the class `Personal`, an empty body of `M-Mbox-View.conf`.
    ///
    /// Facts that only the sender knows are not invented: the encoder still refuses a PDU without them and
    /// names the field.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, EncodeErrorKind, Options, mm1};
    ///
    /// // A response with its version as text, a status that is out of use, and a second identifier.
    /// let octets = Bytes::from_static(b"\x8c\x81\x98T1\0\x8d1.2\0\x92\x82\x98T2\0");
    /// let mut pdu = mm1::decode(&octets)?.value;
    /// assert_eq!(mm1::encode(&pdu).unwrap_err().kind, EncodeErrorKind::FieldConflict);
    ///
    /// let changes: Vec<_> = pdu.normalize().iter().map(ToString::to_string).collect();
    /// assert_eq!(changes, ["X-Mms-Transaction-ID changed", "X-Mms-Response-Status changed"]);
    /// let octets = mm1::encode(&pdu)?;
    /// assert_eq!(octets, b"\x8c\x81\x98T1\0\x8d\x92\x92\xe1");
    /// assert!(mm1::decode_with(&octets.into(), &Options::strict()).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn normalize(&mut self) -> Vec<Change> {
        let since = self.since();
        let mut changes = Changes::default();
        take_out_extra(self.table_mut(), since.is_some(), &mut changes);
        clean_values(self.table_mut(), is_regular, clean_value, &mut changes);
        if let Some(code) = self.put_in_defaults() {
            changes.put_in(name_of(code));
        }
        raise_version(self.mendable(), since, &mut changes);
        mend(self.mendable(), &mut changes);
        changes.into_vec()
    }

    /// Puts in what the specification says of absent fields, and returns which.
    fn put_in_defaults(&mut self) -> Option<FieldCode> {
        let is_absent = match self {
            Self::SendReq(pdu) => put_in(&mut pdu.message.from, Originator::InsertAddress),
            Self::ForwardReq(pdu) => put_in(&mut pdu.message.from, Originator::InsertAddress),
            Self::ReadRecInd(pdu) => put_in(&mut pdu.report.recipient, Originator::InsertAddress),
            Self::NotificationInd(pdu) => {
                return put_in(&mut pdu.message.class, MessageClass::Personal).then_some(FieldCode::MESSAGE_CLASS);
            }
            #[cfg(feature = "mailbox")]
            Self::MboxViewConf(pdu) => {
                let nothing = Part::new(ContentType::new("*/*"), Bytes::new());
                return put_in(&mut pdu.body, nothing).then_some(FieldCode::CONTENT_TYPE);
            }
            _ => false,
        };
        is_absent.then_some(FieldCode::FROM)
    }
}

fn put_in<T>(field: &mut Option<T>, value: T) -> bool {
    let is_absent = field.is_none();
    field.get_or_insert(value);
    is_absent
}

/// Removes the fields that are kept because something is wrong with them.
fn take_out_extra(pdu: &mut dyn Table<Mm1>, is_known: bool, changes: &mut Changes) {
    let rows = pdu.rows();
    let mut extra = core::mem::take(pdu.extra_mut());
    let last = extra.len().saturating_sub(1);
    let mut place = 0;
    extra.retain_mut(|field| {
        let is_last = place == last;
        place += 1;
        let (name, is_kept, has_value) = match field {
            Extra::Named { name, value } => match FieldCode::named(name) {
                Some(code) => (name_of(code), false, rows.find(code)),
                None => {
                    let is_kept = is_written(|to| to.token_text(&*name));
                    if is_kept && !is_written(|to| to.text_string(&*value)) {
                        clean_str(value);
                        changes.add(name.clone(), ChangeKind::Changed);
                    }
                    (name.clone(), is_kept, None)
                }
            },
            Extra::Coded { code, value } => {
                let is_whole = || match *code {
                    FieldCode::CONTENT_TYPE => is_last,
                    _ => value_length(value) == Some(value.len()),
                };
                let is_known = is_known && code.name().is_some() || *code == FieldCode::MESSAGE_TYPE;
                let row = rows.find(*code);
                (name_of(*code), row.is_none() && !is_known && is_whole(), row)
            }
            Extra::Stray(_) => (Str::from_static(DeviationKind::StrayOctets.name()), false, None),
        };
        if !is_kept {
            changes.add(name, kind_of(pdu, has_value.map(|(place, _)| place)));
        }
        is_kept
    });
    *pdu.extra_mut() = extra;
}

/// Whether a value is written as something that strict decoding reads.
fn is_regular(code: FieldCode, slot: Slot<'_>, index: usize) -> bool {
    let mut to = Writer::for_message();
    if slot.write(index, &mut to).is_err() {
        return false;
    }
    let is_empty_id = code == FieldCode::TRANSACTION_ID && to.len() == 1;
    !is_empty_id && is_read(to, |from| slot.probe(from))
}

/// Raises a version that is too old for what the PDU has. Where that would make something mandatory
/// that is not there, what is too new goes instead; but no PDU is older than MMS 1.0.
fn raise_version(pdu: &mut dyn Mend, since: Option<Version>, changes: &mut Changes) {
    let own = version_of(pdu);
    let needed = pdu.rows().iter().enumerate().filter(|(place, _)| count(pdu, *place) > 0);
    let needed = needed.filter_map(|(_, row)| row.name.since()).chain(since).max().unwrap_or(own);
    let misses = |pdu: &dyn Table<Mm1>| broken(pdu).filter(|(_, breach)| *breach == Breach::Missing).count();
    let missed = misses(pdu);
    for version in [Version::V1_0, Version::V1_1, Version::V1_2, Version::V1_3] {
        let has_newer = broken(pdu).any(|(_, breach)| breach == Breach::Newer);
        let is_too_old = version_of(pdu) < needed || has_newer;
        if is_too_old && version > version_of(pdu) {
            set_version(pdu, version);
        }
    }
    if version_of(pdu) == own {
        return;
    }
    if misses(pdu) > missed {
        let oldest = own.max(Version::V1_0);
        set_version(pdu, oldest);
        let fitted = fit_to(pdu, since.filter(|since| !is_newer(Some(*since), oldest)), oldest);
        fitted.into_iter().flatten().for_each(|change| changes.add(change.field, change.kind));
    }
    if version_of(pdu) != own {
        changes.add(name_of(FieldCode::MMS_VERSION), ChangeKind::Changed);
    }
}
