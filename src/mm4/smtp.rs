//! The SMTP envelope of a message (RFC 5321, 3.3): MM4 has it do what header fields cannot.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::notify::Notify;
use crate::message::{Address, AddressKind, Str};
use crate::mime;

/// Who a mail is from and who gets it, as the dialogue of SMTP says it.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Address;
/// use mms_codec::mm4::{self, BodyType, SmtpEnvelope};
///
/// let recipient = mm4::address_at(&Address::phone("+447700900123"), "mms.mnc015.mcc234.gprs");
/// let mut envelope = SmtpEnvelope::default();
/// envelope.mail_from = mm4::path(&Address::email("system-user@mms.example.net"));
/// envelope.rcpt_to.extend(mm4::path(&recipient));
/// assert_eq!(envelope.rcpt_to, ["+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs"]);
///
/// let envelope = envelope.of_mail("Subject: Été\r\n\r\n".as_bytes());
/// assert_eq!((envelope.size, envelope.body), (Some(18), BodyType::EightBit));
/// assert_eq!(envelope.parameters().to_string(), "SIZE=18 BODY=8BITMIME");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SmtpEnvelope {
    /// The reverse-path, to which failures are reported: `MAIL FROM`. Absent is the null path `<>`.
    pub mail_from: Option<Str>,
    /// The recipients, blind ones among them: one `RCPT TO` each.
    pub rcpt_to: Vec<Str>,
    /// Size of the mail in octets (RFC 1870).
    pub size: Option<u64>,
    /// What the mail consists of (RFC 6152, RFC 3030).
    pub body: BodyType,
    /// What reports call the mail (RFC 3461, 4.4): `ENVID`.
    pub envelope_id: Option<Str>,
    /// When the sender wants a report about any of the recipients; absent leaves it to the server.
    pub notify: Option<Notify>,
    /// Whom reports name for each of the recipients (RFC 3461, 4.2): `ORCPT`. Empty where nothing says so.
    pub original_recipients: Vec<Str>,
}

/// What the octets of a mail are, which the server has to be able to take (RFC 6152, RFC 3030).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum BodyType {
    /// Lines of ASCII: `7BIT`.
    #[default]
    SevenBit,
    /// Lines of any octets but NUL: `8BITMIME`.
    EightBit,
    /// Any octets, to be sent with `BDAT`: `BINARYMIME`.
    Binary,
}

impl BodyType {
    /// What `mail` consists of. Lines have at most 998 octets and end in CR LF.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm4::BodyType;
    ///
    /// assert_eq!(BodyType::of(b"To: a@example.net\r\n\r\nhello\r\n"), BodyType::SevenBit);
    /// assert_eq!(BodyType::of(b"\r\n\x00\xff"), BodyType::Binary);
    /// ```
    #[must_use]
    pub fn of(mail: &[u8]) -> Self {
        const LINE_OCTETS: usize = 998;
        let mut is_ascii = true;
        let mut rest = mail;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest);
            let (line, after) = rest.split_at_checked(end.map_or(rest.len(), |end| end + 1)).unwrap_or_default();
            let text = match (end, line.strip_suffix(b"\r\n")) {
                (Some(_), Some(text)) => text,
                (Some(_), None) => return Self::Binary,
                (None, _) => line,
            };
            if text.len() > LINE_OCTETS || memchr::memchr2(0, b'\r', text).is_some() {
                return Self::Binary;
            }
            is_ascii &= text.is_ascii();
            rest = after;
        }
        if is_ascii { Self::SevenBit } else { Self::EightBit }
    }

    /// The value of the parameter `BODY`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SevenBit => "7BIT",
            Self::EightBit => "8BITMIME",
            Self::Binary => "BINARYMIME",
        }
    }

    /// The type with this name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::SevenBit, Self::EightBit, Self::Binary].into_iter().find(|own| own.name().eq_ignore_ascii_case(name))
    }
}

impl super::Pdu {
    /// The envelope that the header of the mail says: from its `Sender` to everybody whom it names. Those whom
    /// it does not name, and which of them a peer serves, are in the envelope of `relay::to_mm4`.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, RequestStatus};
    /// use mms_codec::mm4::{ForwardReq, Pdu, Posting};
    ///
    /// let mut request = ForwardReq::default();
    /// request.originator_system = Some(Address::email("system-user@mms.example.org"));
    /// let posting = Posting::new("system-user@mms.example.net", "2@mms.example.net", 1_709_631_047);
    /// let envelope = Pdu::from(request.res(RequestStatus::Ok, posting)).envelope();
    /// assert_eq!(envelope.mail_from.unwrap(), "system-user@mms.example.net");
    /// assert_eq!(envelope.rcpt_to, ["system-user@mms.example.org"]);
    /// ```
    #[must_use]
    pub fn envelope(&self) -> SmtpEnvelope {
        let to = |sender: &Option<Address>, recipients: &[Address]| SmtpEnvelope {
            mail_from: sender.as_ref().and_then(path),
            rcpt_to: recipients.iter().filter_map(path).collect(),
            ..SmtpEnvelope::default()
        };
        match self {
            Self::ForwardReq(pdu) => to(&pdu.sender, &[&*pdu.message.to, &*pdu.message.cc].concat()),
            Self::DeliveryReportReq(pdu) => to(&pdu.sender, pdu.report.originator.as_slice()),
            Self::ReadReplyReportReq(pdu) => to(&pdu.sender, pdu.report.originator.as_slice()),
            Self::ForwardRes(pdu) => to(&pdu.sender, &pdu.to),
            Self::DeliveryReportRes(pdu) => to(&pdu.sender, &pdu.to),
            Self::ReadReplyReportRes(pdu) => to(&pdu.sender, &pdu.to),
        }
    }
}

impl SmtpEnvelope {
    /// The envelope as the dialogue said it: the reverse-path, which may be empty, and the recipients.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm4::SmtpEnvelope;
    ///
    /// let envelope = SmtpEnvelope::new("", ["kim@example.org"]);
    /// assert_eq!((envelope.mail_from, &*envelope.rcpt_to), (None, &["kim@example.org".into()][..]));
    /// ```
    pub fn new<T: Into<Str>>(mail_from: impl Into<Str>, rcpt_to: impl IntoIterator<Item = T>) -> Self {
        let mail_from = Some(mail_from.into()).filter(|path| !path.is_empty());
        Self { mail_from, rcpt_to: rcpt_to.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// The recipients as addresses: [`read_mailbox`](super::read_mailbox) of each path.
    pub fn recipients(&self) -> impl Iterator<Item = Address> {
        self.rcpt_to.iter().map(|path| super::read_mailbox(path))
    }

    /// The same envelope with the size and kind of the encoded mail.
    #[must_use]
    pub fn of_mail(mut self, mail: &[u8]) -> Self {
        self.size = u64::try_from(mail.len()).ok();
        self.body = BodyType::of(mail);
        self
    }

    /// The parameters of `MAIL FROM`: `SIZE=18 BODY=8BITMIME`. A server that does not announce the
    /// extension gets none of it.
    #[must_use]
    pub fn parameters(&self) -> impl fmt::Display {
        struct Parameters(Option<u64>, BodyType);
        impl fmt::Display for Parameters {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                if let Some(size) = self.0 {
                    write!(f, "SIZE={size} ")?;
                }
                write!(f, "BODY={}", self.1.name())
            }
        }
        Parameters(self.size, self.body)
    }
}

/// The address as a path of SMTP, without angle brackets and without the name of a person; `None`
/// if mail cannot reach it, or if it would say more than an address in the dialogue.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Address;
/// use mms_codec::mm4;
///
/// assert_eq!(mm4::path(&Address::email("Kim <kim@example.org>")).as_deref(), Some("kim@example.org"));
/// assert_eq!(mm4::path(&Address::phone("+447700900123")), None);
/// assert_eq!(mm4::path(&Address::email("a@b> SIZE=1\r\nDATA")), None);
/// ```
pub fn path(address: &Address) -> Option<Str> {
    let shown = mime::address::show(address);
    let path = match (&address.kind, shown.rsplit_once('<')) {
        (AddressKind::Email(_), Some((_, path))) => path.strip_suffix('>').map(String::from)?,
        _ => shown,
    };
    let is_path =
        mime::address::is_mailbox(&path) && !path.contains(|c: char| c.is_control() || matches!(c, '<' | '>'));
    is_path.then(|| path.into())
}
