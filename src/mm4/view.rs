//! The header section of a message, field by field, without the body.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use super::codec::{MESSAGE_TYPE, is_fatal, is_of};
use super::pdu::{Pdu, start};
use super::value::{Mm4, Reader, check_id};
use crate::context::{Context, Decoding};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::list::push;
use crate::message::{Address, MmStatus, ReadStatus, RequestStatus, Text, Timestamp};
use crate::mime::header::Section;
use crate::options::{DeviationKind, Options};
use crate::table::{Rows, Value};

/// The header section of a message: what routing, filters and load balancing need, without decoding the
/// body, however large it is.
///
/// [`new`](Self::new) goes through the header section once. Each getter reads one field when it is
/// called, with the leniency of [`decode`](super::decode): it returns what the message would have after
/// decoding, `None` or nothing where that would have no value. Texts are borrowed unless they are folded.
///
/// # Examples
///
/// ```
/// use mms_codec::mm4::HeaderView;
///
/// let mail = b"From: +12025550101/TYPE=PLMN@mms.mnc012.mcc345.gprs\r\n\
///              To: +447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs,\r\n +447700900124/TYPE=PLMN@mms.mnc015.mcc234.gprs\r\n\
///              X-Mms-Message-Type: MM4_forward.REQ\r\n\
///              X-Mms-Transaction-ID: \"t-1\"\r\n\
///              Content-Type: image/jpeg\r\n\
///              Content-Transfer-Encoding: base64\r\n\r\n/9j/4AAQ";
/// let view = HeaderView::new(mail)?;
/// assert_eq!(view.name(), "MM4_forward.REQ");
/// assert_eq!(view.transaction_id()?.as_deref(), Some("\"t-1\""));
/// assert_eq!(view.to()?.len(), 2);
/// assert_eq!(view.text("content-type")?.as_deref(), Some("image/jpeg"));
/// assert_eq!(view.body(), b"/9j/4AAQ");
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct HeaderView<'a> {
    octets: &'a [u8],
    options: Options,
    name: &'static str,
    /// Where the header section begins.
    start: usize,
    /// Where the field is that says which message it is.
    message_type: usize,
    /// Where the body begins.
    body: usize,
    rows: &'static Rows<Mm4>,
    /// Where the first field of each row begins.
    first: [usize; u64::BITS as usize],
    /// A bit for the place of each row that has a field, and of each that has several.
    found: u64,
    repeated: u64,
}

impl fmt::Debug for HeaderView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeaderView").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<'a> HeaderView<'a> {
    /// Goes through the header section leniently.
    ///
    /// # Errors
    ///
    /// Fails for mail that is not an MM4 message, and beyond the default [`Limits`](crate::Limits).
    pub fn new(octets: &'a [u8]) -> Result<Self, DecodeError> {
        Self::with_options(octets, &Options::lenient())
    }

    /// Goes through the header section with options, which the getters follow too.
    ///
    /// # Errors
    ///
    /// As [`decode_with`](super::decode_with), but only for the syntax of the header section and for
    /// fields that are repeated: what is wrong with the value of a field is an error of its getter.
    pub fn with_options(octets: &'a [u8], options: &Options) -> Result<Self, DecodeError> {
        let mut context = Context::new(options, octets.len());
        let (mut section, field, name) = start(octets, &mut context)?;
        let not_a_message = context.error(DecodeErrorKind::NotAMessage, field.value_offset);
        let rows = Pdu::rows_of(name).ok_or(not_a_message)?;
        let mut view = Self {
            octets,
            options: *options,
            name,
            start: section.offset(),
            message_type: field.offset,
            body: 0,
            rows,
            first: [0; u64::BITS as usize],
            found: 0,
            repeated: 0,
        };
        let mut expected = 0;
        loop {
            let name = rows.get(expected).map_or("", |row| row.name.spelling);
            let (field, is_expected) = match section.next_usual(name) {
                Some(usual) => usual,
                None => match section.next_any(&mut context)? {
                    Some(field) => (field, false),
                    None => break,
                },
            };
            if field.offset == view.message_type {
                continue;
            }
            context.count(field.offset)?;
            let place = if is_expected { Some(expected) } else { rows.iter().position(|row| is_of(row, &field)) };
            if let Some(place) = place {
                expected = place + 1;
                view.note(place, field.offset, &mut context)?;
            }
        }
        view.body = section.offset();
        if view.message_type >= view.body {
            return Err(context.error(DecodeErrorKind::NotAMessage, 0).in_field(MESSAGE_TYPE));
        }
        Ok(view)
    }

    /// Notes where a field of the row at this place begins.
    fn note(&mut self, place: usize, offset: usize, context: &mut Context) -> Result<(), DecodeError> {
        let bit = 1 << place;
        if self.found & bit == 0 {
            self.found |= bit;
            self.first.get_mut(place).into_iter().for_each(|first| *first = offset);
            return Ok(());
        }
        self.repeated |= bit;
        match self.rows.get(place) {
            Some(row) if !row.repeats || row.name.form.is_list() => {
                context.forgive_in(row.name.spelling, DeviationKind::DuplicateField, offset)
            }
            _ => Ok(()),
        }
    }
    /// The name of the message, such as `MM4_forward.REQ`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The octets behind the header section.
    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        self.octets.get(self.body..).unwrap_or_default()
    }

    /// The text of the first field of this name, which is compared without case, unfolded: any field,
    /// also of the content or of mail systems. Encoded words are left as they are.
    ///
    /// # Errors
    ///
    /// In strict mode, if it holds what no field may hold.
    pub fn text(&self, name: &str) -> Result<Option<Cow<'a, str>>, DecodeError> {
        let mut context = self.context();
        let mut section = Section::of_many(self.octets, self.start, self.body);
        while let Some(field) = section.next(&mut context)? {
            if field.is(name) {
                return field.text(&mut context).map(Some);
            }
        }
        Ok(None)
    }

    /// The version of TS 23.140 that the sender follows, as it was written.
    ///
    /// # Errors
    ///
    /// As for [`decode_with`](super::decode_with), as far as this field is concerned. So for all getters.
    pub fn version(&self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        self.id("X-Mms-3GPP-MMS-Version")
    }

    /// `X-Mms-Transaction-ID`, as it was written: compare it with [`same_id`](super::same_id).
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn transaction_id(&self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        self.id("X-Mms-Transaction-ID")
    }

    /// `X-Mms-Message-ID`, as it was written.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn message_id(&self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        self.id("X-Mms-Message-ID")
    }

    /// `Message-ID`, the identifier of the mail, as it was written.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn mail_id(&self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        self.id("Message-ID")
    }

    /// `From`: the originator; in a report the recipient whom it is about.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn from(&self) -> Result<Option<Address>, DecodeError> {
        self.value("From")
    }

    /// `Sender`: who hands the mail in.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn sender(&self) -> Result<Option<Address>, DecodeError> {
        self.value("Sender")
    }

    /// `To`: the recipients, or the one addressee of any other message than a forward request.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn to(&self) -> Result<Vec<Address>, DecodeError> {
        self.values("To")
    }

    /// `Cc`: the recipients of copies.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn cc(&self) -> Result<Vec<Address>, DecodeError> {
        self.values("Cc")
    }

    /// `X-Mms-Originator-System`: where the response goes.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn originator_system(&self) -> Result<Option<Address>, DecodeError> {
        self.value("X-Mms-Originator-System")
    }

    /// `X-Mms-Ack-Request`: whether a response is wanted; absent means no.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn ack_request(&self) -> Result<Option<bool>, DecodeError> {
        self.value("X-Mms-Ack-Request")
    }

    /// `Date`: when the message was handed in.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn date(&self) -> Result<Option<Timestamp>, DecodeError> {
        self.value("Date")
    }

    /// `Subject`, with encoded words undone.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn subject(&self) -> Result<Option<Text>, DecodeError> {
        self.value("Subject")
    }

    /// `X-Mms-Request-Status-Code` of a response.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn request_status(&self) -> Result<Option<RequestStatus>, DecodeError> {
        self.value("X-Mms-Request-Status-Code")
    }

    /// `X-Mms-MM-Status-Code` of a delivery report.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn mm_status(&self) -> Result<Option<MmStatus>, DecodeError> {
        self.value("X-Mms-MM-Status-Code")
    }

    /// `X-Mms-Read-Status` of a read-reply report.
    #[expect(clippy::missing_errors_doc, reason = "see `version`")]
    pub fn read_status(&self) -> Result<Option<ReadStatus>, DecodeError> {
        self.value("X-Mms-Read-Status")
    }

    fn id(&self, name: &str) -> Result<Option<Cow<'a, str>>, DecodeError> {
        let mut id = None;
        self.each(name, |from, text| {
            check_id(from)?;
            from.text = "";
            id = Some(text.clone());
            Ok(())
        })?;
        Ok(id)
    }

    fn value<T: Value<Mm4>>(&self, name: &str) -> Result<Option<T>, DecodeError> {
        let mut value = None;
        self.each(name, |from, _| {
            value = Some(T::read(from)?);
            Ok(())
        })?;
        Ok(value)
    }

    fn values<T: Value<Mm4>>(&self, name: &str) -> Result<Vec<T>, DecodeError> {
        let mut values = Vec::new();
        self.each(name, |from, _| {
            push(&mut values, T::read(from)?);
            Ok(())
        })?;
        Ok(values)
    }

    /// Reads the values of the row with this name, if the message has it: the first that can be read, or
    /// all if the row repeats. What cannot be read is skipped, as decoding keeps it beside the values.
    fn each(
        &self,
        name: &str,
        mut read: impl FnMut(&mut Reader<'_>, &Cow<'a, str>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let row = self.rows.iter().enumerate().find(|(_, row)| row.name.spelling == name);
        let Some((place, row)) = row.filter(|(place, _)| self.found >> place & 1 != 0) else { return Ok(()) };
        let is_repeated = self.repeated >> place & 1 != 0;
        let start = self.first.get(place).copied().unwrap_or_default();
        let mut section = Section::of_many(self.octets, start, self.body);
        let mut context = self.context();
        while let Some(field) = section.next(&mut context)? {
            if field.offset == self.message_type || !is_of(row, &field) {
                continue;
            }
            let is_read = context.in_outer_field(Some(row.name.spelling), |context| {
                if !field.is(row.name.spelling) {
                    context.forgive(DeviationKind::FieldName, field.offset)?;
                }
                let text = field.text(context)?;
                if text.is_empty() && !row.name.may_be_empty {
                    context.forgive(DeviationKind::EmptyValue, field.offset)?;
                    return Ok(false);
                }
                let mut from = Reader { context, text: &text, offset: field.value_offset, form: row.name.form };
                loop {
                    if row.repeats {
                        from.context.count(field.value_offset)?;
                    }
                    match read(&mut from, &text) {
                        Ok(()) if row.repeats && !from.text.is_empty() => {}
                        Ok(()) if !from.text.is_empty() => {
                            from.context.forgive(DeviationKind::DuplicateField, field.value_offset)?;
                            return Ok(true);
                        }
                        Ok(()) => return Ok(true),
                        Err(error) if is_fatal(&error, from.context) => return Err(error),
                        Err(_) => return Ok(false),
                    }
                }
            })?;
            if !is_repeated || is_read && !row.repeats {
                break;
            }
        }
        Ok(())
    }

    fn context(&self) -> Context {
        Context::new(&self.options, self.octets.len())
    }
}
