//! What can go wrong, as numbers and as text.

use core::ffi::c_char;
use core::fmt::{self, Write};
use core::mem::MaybeUninit;

use mms_codec_rs::push::sms::JoinError;
use mms_codec_rs::{DecodeError, DecodeErrorKind, Deviation, EncodeError, EncodeErrorKind};

use crate::codes::deviation_code;

/// What a function returns: an `mms_status`, or an `mms_deviation` where strict decoding refused a deviation.
pub type mms_code = i32;

/// How a function ended.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum mms_status {
    /// It did what it was asked.
    MMS_OK = 0,

    /// A pointer that may not be NULL is NULL.
    MMS_ERROR_NULL = 1,
    /// A length is larger than any object.
    MMS_ERROR_LENGTH = 2,
    /// Text is not UTF-8.
    MMS_ERROR_UTF8 = 3,
    /// The caller's memory is too small.
    MMS_ERROR_ROOM = 4,
    /// There is no such value.
    MMS_ERROR_ABSENT = 5,
    /// The PDU is of another type than the function needs.
    MMS_ERROR_WRONG_PDU = 6,
    /// Too late for an allocator.
    MMS_ERROR_STATE = 7,
    /// A number that is none of the values of its enumeration.
    MMS_ERROR_NUMBER = 8,
    /// The text is not a content type.
    MMS_ERROR_CONTENT_TYPE = 9,

    /// A walk has no more fields or parts.
    MMS_END = 10,

    /// An error of a newer library than this list.
    MMS_ERROR_OTHER = 255,

    /// Decoding: a length announces more octets than are left, or a value ends in the middle.
    MMS_DECODE_UNEXPECTED_END = 257,
    /// Decoding: a mandatory field is missing.
    MMS_DECODE_MISSING_FIELD = 258,
    /// Decoding: an octet that cannot begin or continue what was expected.
    MMS_DECODE_UNEXPECTED_OCTET = 259,
    /// Decoding: a number is larger than its type holds.
    MMS_DECODE_NUMBER_TOO_LARGE = 260,
    /// Decoding: text does not follow the syntax of its field.
    MMS_DECODE_INVALID_TEXT = 261,
    /// Decoding: octets are not text in their charset.
    MMS_DECODE_INVALID_CHARSET = 262,
    /// Decoding: the octets are not what they are said to be.
    MMS_DECODE_NOT_A_MESSAGE = 263,
    /// Decoding: more than `mms_options` allows.
    MMS_DECODE_LIMIT_EXCEEDED = 264,

    /// Encoding: a mandatory field has no value.
    MMS_ENCODE_MISSING_FIELD = 513,
    /// Encoding: a field contradicts the rules of the PDU.
    MMS_ENCODE_FIELD_CONFLICT = 514,
    /// Encoding: a field or value is newer than the version of the PDU.
    MMS_ENCODE_NEWER_FIELD = 515,
    /// Encoding: the PDU does not have the field.
    MMS_ENCODE_NO_SUCH_FIELD = 516,
    /// Encoding: a control character in a value.
    MMS_ENCODE_CONTROL_CHARACTER = 517,
    /// Encoding: text does not follow the syntax of its field.
    MMS_ENCODE_INVALID_TEXT = 518,
    /// Encoding: a character is not in the charset.
    MMS_ENCODE_NOT_IN_CHARSET = 519,
    /// Encoding: a number is larger than the field holds.
    MMS_ENCODE_NUMBER_TOO_LARGE = 520,
    /// Encoding: the field does not have such a value.
    MMS_ENCODE_NOT_EXPRESSIBLE = 521,
    /// Encoding: a reference to a part that is not there.
    MMS_ENCODE_DANGLING_REFERENCE = 522,
    /// Encoding: parts are nested too deep.
    MMS_ENCODE_NESTING_TOO_DEEP = 523,

    /// Joining: the index of a segment is 0 or above the total.
    MMS_JOIN_WRONG_INDEX = 769,
    /// Joining: the segment was there already, with other data.
    MMS_JOIN_OTHER_DATA = 770,
    /// Joining: too many unfinished messages.
    MMS_JOIN_TOO_MANY_MESSAGES = 771,
    /// Joining: too many octets in an unfinished message.
    MMS_JOIN_TOO_MANY_OCTETS = 772,
}

/// What went wrong, or what was forgiven. It belongs to the caller, and leads nowhere.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_error {
    /// An `mms_status` or `mms_deviation`.
    pub code: mms_code,
    /// Where, in octets from the start of the input; 0 if there is none.
    pub offset: usize,
    /// The specification's name of the field, empty if it is in none; ends with NUL.
    pub field: [c_char; 48],
    /// A sentence for people, without offset and field; ends with NUL.
    pub message: [c_char; 96],
}

/// Why a function cannot do what it is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Failure {
    Status(mms_status),
    Decode(DecodeError),
    Encode(EncodeError),
    Join(JoinError),
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<EncodeError> for Failure {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl From<JoinError> for Failure {
    fn from(error: JoinError) -> Self {
        Self::Join(error)
    }
}

impl From<Failure> for mms_error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Status(status) => Self::new(status as mms_code, 0, None, &status),
            Failure::Decode(error) => Self::new(decode_code(error.kind), error.offset, error.field, &error.kind),
            Failure::Encode(error) => Self::new(encode_code(error.kind), 0, error.field, &error.kind),
            Failure::Join(error) => Self::new(join_code(error), 0, None, &error),
        }
    }
}

impl From<Deviation> for mms_error {
    fn from(Deviation { kind, offset, field, .. }: Deviation) -> Self {
        Self::new(deviation_code(kind), offset, field, &kind)
    }
}

impl mms_error {
    /// No error.
    const NONE: Self = Self { code: mms_status::MMS_OK as mms_code, offset: 0, field: [0; 48], message: [0; 96] };

    fn new(code: mms_code, offset: usize, field: Option<&str>, message: &dyn fmt::Display) -> Self {
        let mut error = Self { code, offset, ..Self::NONE };
        let _ = Sentence(&mut error.field).write_str(field.unwrap_or_default());
        let _ = write!(Sentence(&mut error.message), "{message}");
        error
    }
}

/// The rest of an array that text is written into, whole characters only. What is behind the text is NUL already.
struct Sentence<'a>(&'a mut [c_char]);

impl Write for Sentence<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = core::mem::take(&mut self.0);
        let mut length = text.len().min(room.len().saturating_sub(1));
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        let (to, rest) = room.split_at_mut_checked(length).unwrap_or_default();
        to.iter_mut().zip(text.bytes()).for_each(|(to, octet)| *to = c_char::from_ne_bytes([octet]));
        if length < text.len() {
            return Err(fmt::Error);
        }
        self.0 = rest;
        Ok(())
    }
}

impl fmt::Display for mms_status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MMS_ERROR_NULL => "pointer is NULL",
            Self::MMS_ERROR_LENGTH => "length is larger than any object",
            Self::MMS_ERROR_UTF8 => "text is not UTF-8",
            Self::MMS_ERROR_ROOM => "the caller's memory is too small",
            Self::MMS_ERROR_ABSENT => "no such value",
            Self::MMS_ERROR_WRONG_PDU => "PDU is of another type",
            Self::MMS_ERROR_STATE => "allocator is in use",
            Self::MMS_ERROR_NUMBER => "number is not in its enumeration",
            Self::MMS_ERROR_CONTENT_TYPE => "not a content type",
            Self::MMS_END => "end of the walk",
            Self::MMS_DECODE_NOT_A_MESSAGE => "not a message of this interface",
            Self::MMS_DECODE_UNEXPECTED_END => "unexpected end of input",
            _ => "error",
        })
    }
}

fn decode_code(kind: DecodeErrorKind) -> mms_code {
    let status = match kind {
        DecodeErrorKind::Deviation(kind) => return deviation_code(kind),
        DecodeErrorKind::UnexpectedEnd => mms_status::MMS_DECODE_UNEXPECTED_END,
        DecodeErrorKind::MissingField => mms_status::MMS_DECODE_MISSING_FIELD,
        DecodeErrorKind::UnexpectedOctet(_) => mms_status::MMS_DECODE_UNEXPECTED_OCTET,
        DecodeErrorKind::NumberTooLarge => mms_status::MMS_DECODE_NUMBER_TOO_LARGE,
        DecodeErrorKind::InvalidText => mms_status::MMS_DECODE_INVALID_TEXT,
        DecodeErrorKind::InvalidCharset => mms_status::MMS_DECODE_INVALID_CHARSET,
        DecodeErrorKind::NotAMessage => mms_status::MMS_DECODE_NOT_A_MESSAGE,
        DecodeErrorKind::LimitExceeded(_) => mms_status::MMS_DECODE_LIMIT_EXCEEDED,
        _ => mms_status::MMS_ERROR_OTHER,
    };
    status as mms_code
}

fn encode_code(kind: EncodeErrorKind) -> mms_code {
    let status = match kind {
        EncodeErrorKind::MissingField => mms_status::MMS_ENCODE_MISSING_FIELD,
        EncodeErrorKind::FieldConflict => mms_status::MMS_ENCODE_FIELD_CONFLICT,
        EncodeErrorKind::NewerField => mms_status::MMS_ENCODE_NEWER_FIELD,
        EncodeErrorKind::NoSuchField => mms_status::MMS_ENCODE_NO_SUCH_FIELD,
        EncodeErrorKind::ControlCharacter(_) => mms_status::MMS_ENCODE_CONTROL_CHARACTER,
        EncodeErrorKind::InvalidText => mms_status::MMS_ENCODE_INVALID_TEXT,
        EncodeErrorKind::NotInCharset => mms_status::MMS_ENCODE_NOT_IN_CHARSET,
        EncodeErrorKind::NumberTooLarge => mms_status::MMS_ENCODE_NUMBER_TOO_LARGE,
        EncodeErrorKind::NotExpressible => mms_status::MMS_ENCODE_NOT_EXPRESSIBLE,
        EncodeErrorKind::DanglingReference => mms_status::MMS_ENCODE_DANGLING_REFERENCE,
        EncodeErrorKind::NestingTooDeep => mms_status::MMS_ENCODE_NESTING_TOO_DEEP,
        _ => mms_status::MMS_ERROR_OTHER,
    };
    status as mms_code
}

fn join_code(error: JoinError) -> mms_code {
    let status = match error {
        JoinError::WrongIndex { .. } => mms_status::MMS_JOIN_WRONG_INDEX,
        JoinError::OtherData { .. } => mms_status::MMS_JOIN_OTHER_DATA,
        JoinError::TooManyMessages => mms_status::MMS_JOIN_TOO_MANY_MESSAGES,
        JoinError::TooManyOctets => mms_status::MMS_JOIN_TOO_MANY_OCTETS,
        _ => mms_status::MMS_ERROR_OTHER,
    };
    status as mms_code
}

/// What a function returns, and writes to `error` if that is not NULL.
pub(crate) fn ended(error: Option<&mut MaybeUninit<mms_error>>, result: Result<(), Failure>) -> mms_code {
    let answer = match result {
        Ok(()) => mms_error::NONE,
        Err(failure) => failure.into(),
    };
    if let Some(error) = error {
        error.write(answer);
    }
    answer.code
}
