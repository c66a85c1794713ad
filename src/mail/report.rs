//! `multipart/report` (RFC 6522): a text for people, and fields in groups for programs.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::encoded_word;
use crate::message::{Address, ContentType, Part, Str};
use crate::mime::address::{self, show};
use crate::mime::header::write_field;

/// What programs read of a report: the groups of fields, unfolded.
pub(super) struct Groups(String);

impl Groups {
    /// Those of the part `message/<kind>` in a `multipart/report`.
    pub(super) fn of(body: &Part, kind: &str) -> Option<Self> {
        let subtype = body.content_type.multipart_subtype()?;
        // With mailboxes that are not ASCII (RFC 6533).
        let names = [format!("message/{kind}"), format!("message/global-{kind}")];
        let part = body.parts().iter().find(|part| names.iter().any(|name| part.content_type.is(name)))?;
        let octets = part.decoded().filter(|_| subtype.eq_ignore_ascii_case("report"))?;
        let text = String::from_utf8_lossy(&octets).replace("\r\n", "\n");
        Some(Self(text.replace("\n ", " ").replace("\n\t", " ")))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Group<'_>> {
        self.0.trim_start_matches('\n').split("\n\n").map(Group)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Group<'a>(&'a str);

impl<'a> Group<'a> {
    /// The value of the first field with this name.
    pub(super) fn field(self, name: &str) -> Option<&'a str> {
        let mut fields = self.0.lines().filter_map(|line| line.split_once(':'));
        fields.find(|(own, _)| own.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The first word of a field, behind which may be a comment.
    pub(super) fn word(self, name: &str) -> Option<&'a str> {
        self.field(name)?.split([' ', '\t', '(']).next()
    }

    fn check(self, mandatory: &[&'static str]) -> Result<(), EncodeError> {
        let missing = mandatory.iter().find(|name| self.field(name).is_none_or(str::is_empty));
        missing.map_or(Ok(()), |name| Err(EncodeError::from(EncodeErrorKind::MissingField).in_field(name)))
    }

    /// An identifier without what is around it.
    pub(super) fn id(self, name: &str) -> Option<Str> {
        let id = self.field(name)?;
        // A comment may follow.
        let id = id.strip_prefix('<').and_then(|id| Some(id.split_once('>')?.0)).unwrap_or(id);
        Some(id.trim_matches(['"', '<', '>']).into())
    }

    /// The recipient as the sender had it, or else as the last system has it.
    pub(super) fn recipient(self) -> Option<Address> {
        let value = self.field("Original-Recipient").or_else(|| self.field("Final-Recipient"))?;
        let address = value.split_once(';').map_or(value, |(_, address)| address);
        let (address, _) = address.split_once(" (").unwrap_or((address, ""));
        Some(address::parse(&encoded_word::decode(address.trim()).text, crate::context::Wire::Mail).address)
    }

    /// A text behind its type, of which `x-mms` is that of a text which was taken from a report of MMS.
    pub(super) fn text(self, name: &str) -> Option<String> {
        let value = self.field(name)?;
        let own = value.split_once(';').filter(|(kind, _)| TEXT_TYPE.starts_with(kind));
        Some(encoded_word::decode(own.map_or(value, |(_, text)| text.trim())).text.into_owned())
    }
}

/// What a notification says of each recipient, and what it says first, of the mail as a whole.
const MANDATORY: [(&str, &[&str], &[&str]); 2] = [
    // RFC 3464, 2.2 and 2.3.
    ("delivery-status", &["Reporting-MTA"], &["Final-Recipient", "Action", "Status"]),
    // RFC 8098, 3.1.
    ("disposition-notification", &["Final-Recipient", "Disposition"], &[]),
];

/// Whether a body that is a notification has the fields that it needs.
pub(super) fn check(body: &Part) -> Result<(), EncodeError> {
    for (kind, first, each) in MANDATORY {
        let Some(groups) = Groups::of(body, kind) else { continue };
        let mut groups = groups.iter().filter(|group| !group.0.trim().is_empty()).peekable();
        groups.next().unwrap_or(Group("")).check(first)?;
        if groups.peek().is_none() {
            Group("").check(each)?;
        }
        groups.try_for_each(|group| group.check(each))?;
    }
    Ok(())
}

/// Whether an identifier can be in a line of a notification, and is read again as it is.
pub(crate) fn is_id(id: &str) -> bool {
    let is_word = |octet: u8| octet.is_ascii_graphic() && !matches!(octet, b'"' | b'<' | b'>');
    !id.is_empty() && id.len() <= 900 && id.bytes().all(is_word) && !encoded_word::has_mark(id)
}

/// The type of a text that a report of MMS has.
pub(super) const TEXT_TYPE: &str = "x-mms; ";

/// Fields under construction. Control characters become blanks, and what is not ASCII encoded words.
#[derive(Default)]
pub(super) struct Fields(Vec<u8>);

impl Fields {
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.add_typed(name, "", value);
    }

    /// A value behind its type, such as `rfc822; `.
    pub(super) fn add_typed(&mut self, name: &str, kind: &str, value: &str) {
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let value = encoded_word::encode_str(value.trim()).unwrap_or_default();
        let before = self.0.len();
        if write_field(&mut self.0, name, &format!("{kind}{value}")).is_err() {
            self.0.truncate(before);
        }
    }

    /// An address of mail.
    pub(super) fn add_address(&mut self, name: &str, address: &Address) {
        let address = crate::mm4::path(address).unwrap_or_else(|| show(address).into());
        self.add_typed(name, "rfc822; ", &address);
    }

    pub(super) fn end_group(&mut self) {
        self.0.extend_from_slice(b"\r\n");
    }

    /// The report, with a text for people.
    pub(super) fn into_report(self, kind: &str, text: String) -> Part {
        let people = Part::new(ContentType::new("text/plain").with("charset", "utf-8"), text);
        let machine = Part::new(ContentType::new(format!("message/{kind}")), self.0);
        let media = ContentType::new("multipart/report").with("report-type", kind.to_string());
        Part::multipart(media, alloc::vec![people, machine])
    }
}

/// What is read where the address is written.
pub(crate) fn read_address(address: &Address) -> Address {
    address::parse(&show(address), crate::context::Wire::Mail).address
}
