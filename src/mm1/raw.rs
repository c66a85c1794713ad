//! Values of fields read where they are, without allocating.

use super::field::{FieldCode, FieldName, RawField};
use super::value::ADDRESS_PRESENT;
use crate::message::{Interval, Time, Timestamp};
use crate::wsp::{MultipartReader, RawContentType, RawText, composite, integer, value_length};

const ABSOLUTE: u8 = 0x80;
const RELATIVE: u8 = 0x81;

/// Values of the types that fields have. Which of them a field has is known from its code; a value that is not of the
/// type is `None`. Nothing is allocated.
impl<'a> RawField<'a> {
    /// A field with this name and value, which begins at `offset` of its PDU.
    #[must_use]
    pub const fn new(name: FieldName<'a>, value: &'a [u8], offset: usize) -> Self {
        Self { name, value, offset }
    }

    /// The value as text: an identifier, a URI, or text for people.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::Fields;
    ///
    /// let subject = Fields::new(b"\x96\x08\xea\x7f\xc3\x89t\xc3\xa9\0").next().unwrap()?;
    /// assert_eq!(subject.text().unwrap().as_str(), Some("Été"));
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    #[must_use]
    pub fn text(&self) -> Option<RawText<'a>> {
        RawText::new(self.value)
    }

    /// The value as a number: a size, a count, or the version as its two numbers in four bits each.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::Fields;
    ///
    /// let numbers: Vec<_> = Fields::new(b"\x8e\x02\x6d\x5f\x8d\x92").map(|field| field.unwrap().number()).collect();
    /// assert_eq!(numbers, [Some(27_999), Some(0x12)]);
    /// ```
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        integer(self.value).filter(|(_, after)| after.is_empty()).map(|(number, _)| number)
    }

    /// The value as the octet of an enumeration, such as `0x82` of a high priority.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::Priority;
    /// use mms_codec::mm1::Fields;
    ///
    /// let priority = Fields::new(b"\x8f\x82").next().unwrap()?;
    /// assert_eq!(priority.token().and_then(Priority::from_mm1_octet), Some(Priority::High));
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    #[must_use]
    pub const fn token(&self) -> Option<u8> {
        match self.value {
            [octet] if *octet >= 0x80 => Some(*octet),
            _ => None,
        }
    }

    /// The value as an address in the notation of MM1; [`Address::from`](crate::message::Address) reads it. `None` also
    /// for a sender that the relay/server is to insert.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::Fields;
    ///
    /// let from = Fields::new(b"\x89\x0c\x80+44/TYPE=X\0").next().unwrap()?;
    /// assert_eq!(from.address().unwrap().as_str(), Some("+44/TYPE=X"));
    /// assert_eq!(Fields::new(b"\x89\x01\x81").next().unwrap()?.address(), None);
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    #[must_use]
    pub fn address(&self) -> Option<RawText<'a>> {
        let value = match self.name {
            FieldName::Code(FieldCode::FROM) => match composite(self.value)?.split_first()? {
                (&ADDRESS_PRESENT, address) => address,
                _ => return None,
            },
            FieldName::Code(FieldCode::PREVIOUSLY_SENT_BY) => integer(composite(self.value)?)?.1,
            _ => self.value,
        };
        RawText::new(value).filter(|address| !address.octets.is_empty())
    }

    /// The value as a point or a span of time.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Interval, Time, Timestamp};
    /// use mms_codec::mm1::Fields;
    ///
    /// let pdu = b"\x85\x04\x65\x92\x00\x80\x88\x05\x81\x03\x02\xa3\x00";
    /// let times: Vec<_> = Fields::new(pdu).map(|field| field.unwrap().time().unwrap()).collect();
    /// let (date, expiry) = (Timestamp::from_seconds(1_704_067_200), Interval::from_seconds(172_800));
    /// assert_eq!(times, [Time::Absolute(date), Time::Relative(expiry)]);
    /// ```
    #[must_use]
    pub fn time(&self) -> Option<Time> {
        let (token, octets) = match self.name {
            FieldName::Code(FieldCode::DATE) => (ABSOLUTE, self.value),
            FieldName::Code(FieldCode::PREVIOUSLY_SENT_DATE) => (ABSOLUTE, integer(composite(self.value)?)?.1),
            _ => composite(self.value)?.split_first().map(|(token, octets)| (*token, octets))?,
        };
        let (seconds, _) = integer(octets).filter(|(_, after)| after.is_empty())?;
        match token {
            ABSOLUTE => i64::try_from(seconds).ok().map(|seconds| Time::Absolute(Timestamp::from_seconds(seconds))),
            RELATIVE => Some(Time::Relative(Interval::from_seconds(seconds))),
            _ => None,
        }
    }

    /// The media type, without parameters, of the body that is in the value of `Content-Type`; `None` for a number that is
    /// not assigned.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::Fields;
    ///
    /// let body = Fields::new(b"\x84\xa3\x01\x01\x02\x83hi").next().unwrap()?;
    /// assert_eq!(body.media_type(), Some("application/vnd.wap.multipart.mixed"));
    /// assert_eq!(body.parts().unwrap().next().unwrap().media_type(), Some("text/plain"));
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    #[must_use]
    pub fn media_type(&self) -> Option<&'a str> {
        self.content_type()?.media_type()
    }

    /// The octets of the body that is in the value of `Content-Type`.
    #[must_use]
    pub fn body(&self) -> Option<&'a [u8]> {
        self.value.get(value_length(self.value).filter(|_| self.has_body())?..)
    }

    /// The parts of the body, if it is a multipart.
    #[must_use]
    pub fn parts(&self) -> Option<MultipartReader<'a>> {
        self.content_type().filter(RawContentType::is_multipart)?;
        self.body().map(MultipartReader::new)
    }

    fn content_type(&self) -> Option<RawContentType<'a>> {
        RawContentType::new(self.value).filter(|_| self.has_body())
    }

    fn has_body(&self) -> bool {
        self.name == FieldName::Code(FieldCode::CONTENT_TYPE)
    }
}
