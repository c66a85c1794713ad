//! The header names, and the way of each value (WAP-230, table 39).

use super::word::Word;
use crate::named::numbers::{Numbers, numbers};

/// The newest code of WSP encoding version 1.3 (WAP-230, table 39).
pub(super) const NEWEST_1_3: u8 = 0x43;

/// How the value of a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Text-string or Uri-value.
    Text,
    Quoted,
    Integer,
    ShortInteger,
    Version,
    ApplicationId,
    /// A media type with parameters.
    Media,
    Disposition,
    Md5,
    Date,
    DateOrText,
    RetryAfter,
    /// A number with a name, or a token.
    Word(Word),
    /// A number with a name.
    Code(Word),
    /// A word, with a quality or without.
    Weighted(Word),
    Te,
    CacheControl,
    /// A number with a name, or attributes.
    Extensible(Word),
    ContentRange,
    Range,
    Warning,
    ProfileWarning,
    Challenge,
    Credentials,
    SetCookie,
    Cookie,
    /// Kept as octets.
    Raw,
}

/// The header names of the default page, by their number. Of the codes with the same name the last
/// one of WSP encoding version 1.3 is written.
pub(super) const HEADERS: &[(u8, &str, Syntax)] = &[
    (0x00, "Accept", Syntax::Media),
    (0x01, "Accept-Charset", Syntax::Weighted(Word::Charset)),
    (0x02, "Accept-Encoding", Syntax::Weighted(Word::AcceptedCoding)),
    (0x03, "Accept-Language", Syntax::Weighted(Word::Language)),
    (0x04, "Accept-Ranges", Syntax::Word(Word::RangeUnit)),
    (0x05, "Age", Syntax::Integer),
    (0x06, "Allow", Syntax::Code(Word::Method)),
    (0x07, "Authorization", Syntax::Credentials),
    (0x08, "Cache-Control", Syntax::CacheControl),
    (0x09, "Connection", Syntax::Word(Word::Connection)),
    (0x0a, "Content-Base", Syntax::Text),
    (0x0b, "Content-Encoding", Syntax::Word(Word::Coding)),
    (0x0c, "Content-Language", Syntax::Word(Word::Language)),
    (0x0d, "Content-Length", Syntax::Integer),
    (0x0e, "Content-Location", Syntax::Text),
    (0x0f, "Content-MD5", Syntax::Md5),
    (0x10, "Content-Range", Syntax::ContentRange),
    (0x11, "Content-Type", Syntax::Media),
    (0x12, "Date", Syntax::Date),
    (0x13, "Etag", Syntax::Text),
    (0x14, "Expires", Syntax::Date),
    (0x15, "From", Syntax::Text),
    (0x16, "Host", Syntax::Text),
    (0x17, "If-Modified-Since", Syntax::Date),
    (0x18, "If-Match", Syntax::Text),
    (0x19, "If-None-Match", Syntax::Text),
    (0x1a, "If-Range", Syntax::DateOrText),
    (0x1b, "If-Unmodified-Since", Syntax::Date),
    (0x1c, "Location", Syntax::Text),
    (0x1d, "Last-Modified", Syntax::Date),
    (0x1e, "Max-Forwards", Syntax::Integer),
    (0x1f, "Pragma", Syntax::Extensible(Word::Pragma)),
    (0x20, "Proxy-Authenticate", Syntax::Challenge),
    (0x21, "Proxy-Authorization", Syntax::Credentials),
    (0x22, "Public", Syntax::Word(Word::Method)),
    (0x23, "Range", Syntax::Range),
    (0x24, "Referer", Syntax::Text),
    (0x25, "Retry-After", Syntax::RetryAfter),
    (0x26, "Server", Syntax::Text),
    (0x27, "Transfer-Encoding", Syntax::Word(Word::TransferCoding)),
    (0x28, "Upgrade", Syntax::Text),
    (0x29, "User-Agent", Syntax::Text),
    (0x2a, "Vary", Syntax::Word(Word::Field)),
    (0x2b, "Via", Syntax::Text),
    (0x2c, "Warning", Syntax::Warning),
    (0x2d, "WWW-Authenticate", Syntax::Challenge),
    (0x2e, "Content-Disposition", Syntax::Disposition),
    (0x2f, "X-Wap-Application-Id", Syntax::ApplicationId),
    (0x30, "X-Wap-Content-URI", Syntax::Text),
    (0x31, "X-Wap-Initiator-URI", Syntax::Text),
    (0x32, "Accept-Application", Syntax::ApplicationId),
    (0x33, "Bearer-Indication", Syntax::Integer),
    (0x34, "Push-Flag", Syntax::ShortInteger),
    (0x35, "Profile", Syntax::Text),
    (0x36, "Profile-Diff", Syntax::Raw),
    (0x37, "Profile-Warning", Syntax::ProfileWarning),
    (0x38, "Expect", Syntax::Extensible(Word::Expectation)),
    (0x39, "TE", Syntax::Te),
    (0x3a, "Trailer", Syntax::Word(Word::Field)),
    (0x3b, "Accept-Charset", Syntax::Weighted(Word::Charset)),
    (0x3c, "Accept-Encoding", Syntax::Weighted(Word::AcceptedCoding)),
    (0x3d, "Cache-Control", Syntax::CacheControl),
    (0x3e, "Content-Range", Syntax::ContentRange),
    (0x3f, "X-Wap-Tod", Syntax::Date),
    (0x40, "Content-ID", Syntax::Quoted),
    (0x41, "Set-Cookie", Syntax::SetCookie),
    (0x42, "Cookie", Syntax::Cookie),
    (0x43, "Encoding-Version", Syntax::Version),
    (0x44, "Profile-Warning", Syntax::ProfileWarning),
    (0x45, "Content-Disposition", Syntax::Disposition),
    (0x46, "X-WAP-Security", Syntax::Code(Word::Security)),
    (0x47, "Cache-Control", Syntax::CacheControl),
    (0x48, "Expect", Syntax::Extensible(Word::Expectation)),
    (0x49, "X-Wap-Loc-Invocation", Syntax::Raw),
    (0x4a, "X-Wap-Loc-Delivery", Syntax::Raw),
];

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "done by the compiler")]
static NAMES: Numbers = numbers!({
    const ROWS: [(u32, &str); HEADERS.len()] = {
        let (mut rows, mut code) = ([(0, ""); HEADERS.len()], 0);
        while code < rows.len() {
            // A code is its own index.
            assert!(HEADERS[code].0 as usize == code);
            rows[code] = (code as u32, HEADERS[code].1);
            code += 1;
        }
        rows
    };
    &ROWS
});

#[expect(clippy::indexing_slicing, reason = "done by the compiler")]
static SYNTAXES: [Syntax; HEADERS.len()] = {
    let (mut syntaxes, mut code) = ([Syntax::Raw; HEADERS.len()], 0);
    while code < syntaxes.len() {
        syntaxes[code] = HEADERS[code].2;
        code += 1;
    }
    syntaxes
};

/// The name of the header with this code on the default page.
pub(crate) fn name_of_header(code: u8) -> Option<&'static str> {
    NAMES.name_at(usize::from(code))
}

/// The syntax of its value.
pub(super) fn syntax_of_header(code: u8) -> Option<Syntax> {
    SYNTAXES.get(usize::from(code)).copied()
}

/// The code to write for a header name, if WSP encoding version 1.3 has one.
pub(in crate::wsp) fn code_of_header(name: &str) -> Option<u8> {
    code_to_write(name, false)
}

pub(super) fn code_to_write(name: &str, newer: bool) -> Option<u8> {
    let newest = if newer { u8::MAX } else { NEWEST_1_3 };
    let is_own = |code: &u8| name_of_header(*code).is_some_and(|known| known.eq_ignore_ascii_case(name));
    (0..=newest).rfind(is_own)
}
