//! How to decode: strictly or leniently, and within which limits.

use alloc::vec::Vec;
use core::fmt;

use crate::error::In;
use crate::named::closed;

/// How to decode.
///
/// # Examples
///
/// ```
/// use mms_codec::{Limits, Options};
///
/// let options = Options { limits: Limits { depth: 2, ..Limits::DEFAULT }, ..Options::strict() };
/// assert!(options.strict);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "written out by users with `..Options::strict()`")]
pub struct Options {
    /// Whether what the specification forbids is an error, instead of a [`Deviation`].
    pub strict: bool,
    /// Limits on the content of a message.
    pub limits: Limits,
}

impl Options {
    /// Forgives what can be forgiven and reports it: the default.
    #[must_use]
    pub const fn lenient() -> Self {
        Self { strict: false, limits: Limits::DEFAULT }
    }

    /// Refuses everything that the specification does not allow.
    #[must_use]
    pub const fn strict() -> Self {
        Self { strict: true, limits: Limits::DEFAULT }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::lenient()
    }
}

/// Limits on the content of a message, beyond which the decoder refuses it.
///
/// With the default limits a decoded message needs less than 8 times the memory of its octets
/// plus 64 kB, whatever the octets are. Encoding, copying, relaying or showing what was decoded
/// needs less than 32 times the memory of its octets plus 128 kB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "written out by users with `..Limits::DEFAULT`")]
pub struct Limits {
    /// How deep multiparts may nest. 8 by default: an MM has one level, a `multipart/alternative`
    /// inside or a message in a mailbox listing adds two or three. XML elements may nest four times
    /// as deep: an MM7 fault has seven levels, and its details are free.
    ///
    /// Lenient decoding keeps a multipart beyond the limit as octets, with the deviation
    /// [`NestingTooDeep`](DeviationKind::NestingTooDeep); strict decoding fails. No decoder goes
    /// deeper than [`MAX_DEPTH`](Self::MAX_DEPTH): with a limit above it, which asks for more than
    /// can be had, lenient decoding fails there too.
    pub depth: usize,
    /// Number of parts that any message may have, multiparts included. 64 by default, and one more for
    /// each [`octets_per_part`](Self::octets_per_part) octets of input: the largest slide shows
    /// seen in the field have a few dozen, but a mailbox lists as many messages as it has.
    pub parts: usize,
    /// Number of octets of input that allow one more part. 128 by default: a part with headers needs more.
    pub octets_per_part: usize,
    /// Number of list entries (header fields, parameters, recipients, deviations) that any message may
    /// have. 440 by default, and one more for each [`octets_per_item`](Self::octets_per_item)
    /// octets of input, so that a long list of real recipients passes and a list of empty ones
    /// does not use up the memory.
    pub items: usize,
    /// Number of octets of input that allow one more list entry. 20 by default: a recipient
    /// with a real number needs more.
    pub octets_per_item: usize,
    /// Number of octets that the XML of an MM7 message may have. 4 MiB by default: 50 000 recipients.
    pub xml: usize,
}

impl Limits {
    /// How deep parts may nest at most: no decoder goes deeper whatever [`depth`](field@Self::depth) is,
    /// and no encoder writes more. 64: more than any message has, and little enough for any stack.
    pub const MAX_DEPTH: usize = 64;

    /// The limits that every decoder starts with.
    pub const DEFAULT: Self =
        Self { depth: 8, parts: 64, octets_per_part: 128, items: 440, octets_per_item: 20, xml: 4 << 20 };

    /// The depth that a decoder goes to.
    pub(crate) const fn depth(&self) -> usize {
        if self.exceeds_max_depth() { Self::MAX_DEPTH } else { self.depth }
    }

    /// Whether the caller wants to go deeper than a decoder can: then it is an error not to.
    pub(crate) const fn exceeds_max_depth(&self) -> bool {
        self.depth > Self::MAX_DEPTH
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A decoded value, and everything that was forgiven to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Decoded<T> {
    /// What was decoded.
    pub value: T,
    /// What was forgiven, in the order of the octets.
    pub deviations: Vec<Deviation>,
}

impl<T> Decoded<T> {
    pub(crate) const fn new(value: T, deviations: Vec<Deviation>) -> Self {
        Self { value, deviations }
    }

    /// The same deviations with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Decoded<U> {
        Decoded { value: f(self.value), deviations: self.deviations }
    }
}

/// A deviation that the decoder forgave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Deviation {
    /// What it was.
    pub kind: DeviationKind,
    /// Where, in octets from the start of the input.
    pub offset: usize,
    /// The specification's name of the field, if it was in one.
    pub field: Option<&'static str>,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at octet {}{}", self.kind, self.offset, In(self.field))
    }
}

closed! { sentences
    /// A kind of deviation that lenient decoding forgives and strict decoding refuses.
    ///
    /// Its name, such as `missing-quote`, is for programs and never changes; what is displayed is a
    /// sentence for people.
    #[derive(PartialOrd, Ord)]
    #[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
    pub enum DeviationKind:

    // Values.
    /// A text-string begins with an octet above 0x7F and has no Quote before it (WAP-230, 8.4.2.1).
    MissingQuote = "missing-quote": "text has no quote octet",
    /// A text-string has a Quote that it does not need.
    NeedlessQuote = "needless-quote": "text has a needless quote octet",
    /// A quoted text has a closing quotation mark, or no opening one.
    QuotationMarks = "quotation-marks": "text has quotation marks in the wrong places",
    /// Text above 0x7F that does not say its charset, or text that says that it has any: read as UTF-8,
    /// else as ISO-8859-1.
    UnlabelledText = "unlabelled-text": "text does not say its charset",
    /// Octets that are not text in the charset they declare: kept as octets.
    UndecodableText = "undecodable-text": "octets are not text in their charset",
    /// Text in a charset that is not in the IANA registry, or that this crate does not convert: octets of
    /// ASCII are read as ASCII, others are kept as octets.
    UnknownCharset = "unknown-charset": "charset is not known",
    /// Text that ends inside a character, which is left out.
    CutCharacter = "cut-character": "text ends inside a character",
    /// An encoded word that does not follow RFC 2047: too long, empty, without blanks around it, with
    /// blanks or damage in it, or where the specification has none. Read as what it seems to say.
    EncodedWord = "encoded-word": "encoded word does not follow its syntax",
    /// Text with no NUL at its end.
    MissingTerminator = "missing-terminator": "text has no terminating NUL",
    /// A value-length that reaches beyond the value.
    ValueLengthTooLong = "value-length-too-long": "value-length is too long",
    /// A value-length that ends before the value does.
    ValueLengthTooShort = "value-length-too-short": "value-length is too short",
    /// A value that has no value-length where one is required.
    MissingValueLength = "missing-value-length": "value has no value-length",
    /// A variable length integer or long-integer with leading zeros.
    NonMinimalInteger = "non-minimal-integer": "integer is longer than needed",
    /// A long-integer of no octets: read as zero.
    EmptyInteger = "empty-integer": "integer has no octets",
    /// A short-integer where a long-integer is required, or the reverse.
    WrongIntegerForm = "wrong-integer-form": "integer has the wrong form",
    /// Control characters in a text: kept, but no encoder writes them.
    ControlCharacter = "control-character": "text holds control characters",
    /// A number where text is required, or the reverse.
    NonTextValue = "non-text-value": "value is not text",
    /// A composite value with nothing in it, read as absent; an empty transaction identifier.
    EmptyValue = "empty-value": "value is empty",
    /// A token that the field does not know: its value is kept as octets.
    UnknownToken = "unknown-token": "token is not known",
    /// A composite value without the token that it begins with.
    MissingToken = "missing-token": "value has no token",
    /// A value that does not follow the syntax of its field: kept as octets, or as the text it is.
    InvalidValue = "invalid-value": "value does not follow the syntax of its field",
    /// An address in a spelling other than the specification's.
    AddressSpelling = "address-spelling": "address has an unusual spelling",

    // Fields.
    /// A mandatory field is not there.
    MissingField = "missing-field": "mandatory field is missing",
    /// A field that may appear only once is repeated: the later one is kept with the extra fields.
    DuplicateField = "duplicate-field": "field is repeated",
    /// A field that this kind of message does not have: kept with the extra fields.
    UnexpectedField = "unexpected-field": "field does not belong in this message",
    /// A field at a place where the specification does not allow it.
    FieldOrder = "field-order": "field is out of order",
    /// A field that contradicts another one, or whose value this kind of message does not allow.
    FieldConflict = "field-conflict": "field contradicts the rules of this message",
    /// A field, a value or a message that is newer than the version that the message says it follows.
    NewerField = "newer-field": "field or value is newer than the version of the message",
    /// A header code page shift, which MMS headers do not use.
    CodePageShift = "code-page-shift": "header code page shift",
    /// Octets between or after the fields that belong to no field.
    StrayOctets = "stray-octets": "octets that belong to no field",
    /// A field under a name that only some implementations give it.
    FieldName = "field-name": "field has another name",
    /// A header that does not follow RFC 5322, 2.2: control characters, blanks before the colon, a
    /// continuation line of blanks only.
    HeaderSyntax = "header-syntax": "header does not follow the syntax of headers",
    /// A line that ends with LF alone, also in content that is `7bit` or `8bit`. Reported for the first
    /// such line only.
    BareLineFeed = "bare-line-feed": "line ends without carriage return",
    /// A line of more than 998 octets, also in content that is not `binary`. Reported for the first
    /// such line only.
    LineTooLong = "line-too-long": "line is longer than 998 octets",
    /// A date in a notation other than the field's.
    DateSpelling = "date-spelling": "date has an unusual spelling",

    // Content types, parts.
    /// A code that is too new for the WSP encoding version 1.3, to which MMS is bound.
    NewerEncoding = "newer-encoding": "code is newer than WSP encoding version 1.3",
    /// A content type written out with its parameters as MIME does it.
    TextualParameters = "textual-parameters": "content type has textual parameters",
    /// A content type that cannot be read; the content is kept.
    InvalidContentType = "invalid-content-type": "content type cannot be read",
    /// A parameter that does not follow RFC 2045, 5.1: special characters without quotation marks,
    /// no value, an encoded word, a semicolon behind the last.
    ParameterSyntax = "parameter-syntax": "parameter does not follow its syntax",
    /// Content that does not follow its transfer encoding, or an encoding that is not known. Lines of
    /// base64 and quoted-printable with more than 76 characters do not (RFC 2045, 6.7 and 6.8), nor
    /// does a NUL or a lone CR in `7bit` or `8bit` (2.7 and 2.8).
    TransferEncoding = "transfer-encoding": "content does not follow its transfer encoding",
    /// A header of a part or a push that cannot be read: kept as octets if it has a number.
    InvalidPartHeader = "invalid-part-header": "part header cannot be read",
    /// A boundary line that does not follow RFC 2046, 5.1.1: missing before the first part, with blanks before it,
    /// or with a second carriage return at its end.
    BoundarySyntax = "boundary-syntax": "boundary line does not follow its syntax",
    /// The number of parts is not the one announced.
    WrongPartCount = "wrong-part-count": "number of parts is wrong",
    /// A message or part ends before the length that was announced.
    Truncated = "truncated": "content ends early",
    /// Octets after the last part.
    TrailingOctets = "trailing-octets": "octets after the last part",
    /// A multipart nested deeper than the limit: kept as octets.
    NestingTooDeep = "nesting-too-deep": "parts are nested too deep to be split",
    /// The header length of a part or a push ends in the wrong place.
    WrongHeaderLength = "wrong-header-length": "header length is wrong",

    // XML.
    /// XML that is not well-formed: read up to there, or with the tags that are missing.
    InvalidXml = "invalid-xml": "XML is not well-formed",
    /// A document type declaration, which is not read.
    DocumentType = "document-type": "document type declaration",
    /// An undeclared prefix of an element or attribute whose local name says what it is.
    UndeclaredPrefix = "undeclared-prefix": "prefix is not declared",
    /// A name or a word in other letters, capital or small, than the specification's.
    LetterCase = "letter-case": "name or word is in the wrong letter case",
    /// White space around a value that may not have any.
    SurroundingSpace = "surrounding-space": "value has white space around it",
    /// An element in no namespace. Reported for the first such element only.
    MissingNamespace = "missing-namespace": "element has no namespace",
    /// An element or attribute in another namespace than the message. Reported for the first only.
    WrongNamespace = "wrong-namespace": "element is in the wrong namespace",
    /// A namespace that looks like one of MM7, but that no release of it has.
    UnknownSchema = "unknown-schema": "unknown MM7 namespace",
    /// An element inside of another than the one it belongs in.
    MisplacedField = "misplaced-field": "field is in the wrong place",
    /// An attribute that the element does not have.
    UnexpectedAttribute = "unexpected-attribute": "unexpected attribute",
    /// An MM7 message without the SOAP envelope around it, or an error response without fault.
    MissingEnvelope = "missing-envelope": "SOAP envelope is missing",
    /// Octets in another charset than the one that the message names: text beyond ASCII that says it is
    /// `us-ascii`, UTF-8 under another name, a byte order mark against the label, UTF-16 in the other order, an XML
    /// declaration that is wrong.
    WrongCharset = "wrong-charset": "text is in another charset than declared",
    /// A time of day that does not say its zone: read as UTC.
    MissingZone = "missing-zone": "time has no zone",
    /// A reference to a part in a spelling other than `cid:` and its Content-ID.
    ReferenceSpelling = "reference-spelling": "reference to a part has an unusual spelling",
    /// A reference to a part that is not there.
    DanglingReference = "dangling-reference": "reference to a missing part",
    /// Content that nothing in the message refers to.
    MissingReference = "missing-reference": "no reference to the content",
    /// A content type other than the one that the binding asks for.
    WrongContentType = "wrong-content-type": "wrong content type",
    /// A mandatory parameter that is not there, such as the boundary of a multipart.
    MissingParameter = "missing-parameter": "parameter is missing",

    // Charging records.
    /// A record whose `recordType` is one less than its tag, as some systems number the first twelve.
    OlderNumbering = "older-numbering": "record type follows an older numbering",

    // Push and SMS.
    /// Octets before the push PDU.
    LeadingOctets = "leading-octets": "octets before the push",
    /// The content length of a push or an HTTP message is not that of its data.
    WrongContentLength = "wrong-content-length": "content length is wrong",

    // HTTP.
    /// A request line or status line that does not follow RFC 9112, 3 and 4, or that cannot begin a
    /// message at this place.
    StartLine = "start-line": "start line does not follow the syntax of HTTP",
}
