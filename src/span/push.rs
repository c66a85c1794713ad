//! Pushes.

use alloc::string::ToString;

use bytes::Bytes;

use super::{Span, Walk};
use crate::push::{LEADING_OCTETS, decode};
use crate::wsp::uintvar_prefix;

/// Walks a WSP push: its headers, and the PDU of MM1 that it carries.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, span};
///
/// let push = Bytes::from_static(b"\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0");
/// let mut names = Vec::new();
/// span::push(&push, |span| names.push((span.offset, span.depth, span.name.into_owned())));
/// let expected = [
///     (0, 0, "TID"), (1, 0, "Type"), (2, 0, "HeadersLen"), (3, 0, "Content-Type"),
///     (4, 0, "X-Wap-Application-Id"), (6, 0, "Data"), (6, 1, "X-Mms-Message-Type"), (8, 1, "X-Mms-Transaction-ID"),
/// ];
/// assert_eq!(names, expected.map(|(offset, depth, name)| (offset, depth, name.to_owned())));
/// ```
pub fn push<'a>(octets: &'a Bytes, mut visit: impl FnMut(Span<'a>)) {
    Walk { input: octets, visit: &mut visit, depth: 0 }.push(0, octets.len());
}

impl Walk<'_, '_> {
    /// The push from `start` to `end`.
    pub(super) fn push(&mut self, start: usize, end: usize) {
        let octets = self.input.slice(start..end);
        let Ok(push) = decode(&octets).map(|decoded| decoded.value) else {
            return self.leaf(start, end, "octets that are not a push", None);
        };
        // Data extends to the end. What is before the push is not part of it.
        let data = end - push.data.len();
        let is_same = |at: &usize| decode(&octets.slice(*at..)).is_ok_and(|again| again.value == push);
        let leading = (0..=LEADING_OCTETS.min(octets.len())).rev().find(is_same).unwrap_or_default();
        let tid = start + leading;
        let kind = tid + usize::from(push.tid.is_some());
        let length = uintvar_prefix(self.octets(kind + 1, data));
        let headers = kind + 1 + length.map_or(0, |(_, size)| size);
        self.leaf(start, tid, "octets before the push", None);
        self.leaf(tid, kind, "TID", push.tid.map(|tid| tid.to_string()));
        self.leaf(kind, kind + 1, "Type", Some(push.name().into()));
        self.leaf(kind + 1, headers, "HeadersLen", length.map(|(length, _)| length.to_string()));
        self.headers(headers, data);
        if push.is_mms() {
            self.outer(data, end, "Data", None, |walk| walk.pdu(data, end));
        } else {
            self.leaf(data, end, "Data", None);
        }
    }
}
