//! Mails of MM4 that are valid but for one kind of deviation.

use alloc::string::String;
use alloc::vec::Vec;

use arbitrary::{Arbitrary, Result, Unstructured};

use super::{Ways, multipart_in_multipart};
use crate::fuzz::Mm4;
use crate::mm4::{self, Pdu};
use crate::options::DeviationKind;

impl Ways for Mm4 {
    type Edit = Edit;

    const EDITS: &'static [(DeviationKind, &'static [Edit])] = EDITS;
    const PLAIN: &'static [&'static [u8]] = PLAIN;

    fn valid(u: &mut Unstructured<'_>) -> Result<Option<Vec<u8>>> {
        let pdu = if u.ratio(3, 4)? { mm4::ForwardReq::arbitrary(u)?.into() } else { Pdu::arbitrary(u)? };
        Ok(mm4::encode(&pdu).ok())
    }

    fn edited(edits: &[Edit], message: &[u8]) -> Vec<u8> {
        edited(edits, message)
    }
}

/// What makes a valid mail deviate.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    /// This line takes the place of the fields with its name, or comes first.
    Line(&'static str),
    /// Another line comes first.
    Insert(&'static str),
    /// The field is left out.
    Without(&'static str),
    /// These header fields of the content, and the content behind an empty line, take the place of the others.
    Content(&'static str),
    /// The content becomes a multipart in which others are nested, this many levels deep.
    Nested(usize),
    /// The content becomes one line of this many octets.
    Long(usize),
    /// The mail ends this many octets before the end of its header section.
    Cut(usize),
}

use DeviationKind as Kind;
use Edit::{Content, Cut, Insert, Line, Long, Nested, Without};

/// How to make a mail deviate, in one way or more for each kind.
#[rustfmt::skip]
const EDITS: &[(DeviationKind, &[Edit])] = &[
    // Values.
    (Kind::UnlabelledText, &[Line("Subject: \u{fc}")]),
    (Kind::UndecodableText, &[Line("Subject: =?utf-8?q?=FF?=")]),
    (Kind::UnknownCharset, &[Line("Subject: =?no-such?q?a?=")]),
    (Kind::WrongCharset, &[Line("Subject: =?us-ascii?q?=C3=BC?=")]),
    (Kind::CutCharacter, &[Line("Subject: =?utf-8?B?w4fF?=")]),
    (Kind::EncodedWord, &[Line("Subject: =?utf-8?q??=")]),
    (Kind::EncodedWord, &[Line("Subject: a=?utf-8?q?b?=")]),
    (Kind::ControlCharacter, &[Line("Subject: =?utf-8?q?=1B[31m?=")]),
    (Kind::EmptyValue, &[Line("X-Mms-Priority:")]),
    (Kind::UnknownToken, &[Line("X-Mms-Priority: Huge")]),
    (Kind::UnknownToken, &[Line("X-Mms-Read-Reply: 1")]),
    (Kind::InvalidValue, &[Line("X-Mms-Expiry: soon")]),
    (Kind::AddressSpelling, &[Line("Cc: Dr. Lee <a@b.example>")]),
    (Kind::AddressSpelling, &[Line("Cc: a@x.example; b@y.example")]),
    // Fields.
    (Kind::MissingField, &[Without("Message-ID")]),
    (Kind::MissingField, &[Without("MIME-Version")]),
    (Kind::DuplicateField, &[Line("Subject: a"), Insert("Subject: b")]),
    (Kind::UnexpectedField, &[Line("Bcc: kim@example.org")]),
    (Kind::NewerField, &[Line("X-Mms-3GPP-MMS-Version: 5.2.0"), Line("X-Mms-Applic-ID: a")]),
    (Kind::StrayOctets, &[Insert("\u{feff}Subject: a")]),
    (Kind::FieldName, &[Without("X-Mms-3GPP-MMS-Version"), Insert("X-Mms-3GPP-Version: 6.10.0")]),
    (Kind::HeaderSyntax, &[Line("Subject : a")]),
    (Kind::HeaderSyntax, &[Line("Subject: a\r\n  ")]),
    (Kind::BareLineFeed, &[Content("Content-Type: text/plain\r\n\r\na\nb\r\n")]),
    (Kind::LineTooLong, &[Long(999)]),
    (Kind::DateSpelling, &[Line("X-Mms-Expiry: P1D")]),
    // Content types, parts.
    (Kind::QuotationMarks, &[Content("Content-Type: text/plain\r\nContent-ID: \"<a>\"\r\n\r\nhi\r\n")]),
    (Kind::InvalidContentType, &[Content("Content-Type: multipart/mixed\r\n\r\nhi\r\n")]),
    (Kind::InvalidContentType, &[Content("Content-Type: none\r\n\r\nhi\r\n")]),
    (Kind::ParameterSyntax, &[Content("Content-Type: text/plain; a=b;\r\n\r\nhi\r\n")]),
    (Kind::TransferEncoding, &[Content("Content-Type: text/plain\r\nContent-Transfer-Encoding: x\r\n\r\nhi\r\n")]),
    (Kind::TransferEncoding, &[Content("Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n#\r\n")]),
    (Kind::InvalidPartHeader, &[Content("Content-Type: text/plain\r\nContent-Disposition: a/b\r\n\r\nhi\r\n")]),
    (Kind::BoundarySyntax, &[Content(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\na\r\n  --b\r\n\r\nb\r\n--b--\r\n",
    )]),
    (Kind::WrongPartCount, &[Content("Content-Type: multipart/mixed; boundary=b\r\n\r\nhi\r\n")]),
    (Kind::Truncated, &[Content("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\na\r\n")]),
    (Kind::Truncated, &[Cut(2)]),
    (Kind::NestingTooDeep, &[Nested(12)]),
    (Kind::ReferenceSpelling, &[Content(
        "Content-Type: multipart/related; boundary=b; start=\"s\"\r\n\r\n--b\r\nContent-ID: <s>\r\n\r\na\r\n--b--\r\n",
    )]),
];

/// The type of the mail, without which it is not one of MM4, comes first in all of these.
const PLAIN: &[&[u8]] = &[b"X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-3GPP-MMS-Version: 6.10.0\r\n\
      X-Mms-Transaction-ID: \"t\"\r\nX-Mms-Message-ID: \"m\"\r\nDate: Tue, 05 Mar 2024 09:30:47 +0000\r\n\
      From: a@b.example\r\nSender: s@b.example\r\nTo: k@e.example\r\nMessage-ID: <a@b.example>\r\n\
      X-Mms-Originator-System: s@b.example\r\nX-Mms-Ack-Request: Yes\r\nMIME-Version: 1.0\r\n\
      Content-Type: text/plain\r\n\r\nhello\r\n"];

fn edited(edits: &[Edit], mail: &[u8]) -> Vec<u8> {
    let mail = String::from_utf8_lossy(mail);
    let (head, content) = mail.split_once("\r\n\r\n").unwrap_or((&mail, ""));
    let mut lines = Vec::<String>::new();
    for line in head.split("\r\n") {
        match lines.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            Some(folded) => folded.extend([line, "\r\n"]),
            None => lines.push(alloc::format!("{line}\r\n")),
        }
    }
    let mut content = String::from(content);
    let mut cut = None;
    let name = |line: &str| line.split([':', ' ']).next().unwrap_or_default().to_ascii_lowercase();
    for edit in edits {
        let mut set = |text: &str| {
            let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
            lines.retain(|line| !name(line).starts_with("content-"));
            lines.push(alloc::format!("{head}\r\n"));
            content = String::from(body);
        };
        match edit {
            Line(line) => {
                lines.retain(|other| name(other) != name(line));
                lines.insert(0, alloc::format!("{line}\r\n"));
            }
            Insert(line) => lines.insert(0, alloc::format!("{line}\r\n")),
            Without(field) => lines.retain(|line| name(line) != name(field)),
            Content(text) => set(text),
            Nested(levels) => set(&multipart_in_multipart(*levels)),
            Long(octets) => set(&alloc::format!("Content-Type: text/plain\r\n\r\n{}\r\n", "a".repeat(*octets))),
            Cut(octets) => cut = Some(*octets),
        }
    }
    let mut edited = lines.concat().into_bytes();
    if let Some(octets) = cut {
        edited.truncate(edited.len().saturating_sub(octets));
        return edited;
    }
    edited.extend_from_slice(b"\r\n");
    edited.extend_from_slice(content.as_bytes());
    edited
}
