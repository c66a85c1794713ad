//! MIME: mail headers, and bodies of parts (RFC 5322, RFC 2045 to 2047, RFC 2231, RFC 2387).
//!
//! MM4 messages are mail, and MM7 attaches content as MIME. This module turns both into the
//! [`Part`] tree of the shared model and back. Transfer encodings are undone while decoding:
//! base64 and quoted-printable give new octets, 7bit, 8bit and binary share those of the input.
//!
//! What it does not do: mail that is attached (`message/rfc822`) stays one part, and content in
//! `x-uuencode` or other private encodings keeps its octets and its header.
//!
//! # Examples
//!
//! ```
//! use mms_codec::{Bytes, Options, mime};
//!
//! let input = Bytes::from_static(
//!     b"Content-Type: multipart/mixed; boundary=b\r\n\
//!       \r\n\
//!       --b\r\n\
//!       Content-Type: text/plain; charset=utf-8\r\n\
//!       Content-Transfer-Encoding: quoted-printable\r\n\
//!       \r\n\
//!       Gr=C3=BC=C3=9Fe\r\n\
//!       --b--\r\n",
//! );
//! let body = mime::decode_with(&input, &Options::strict())?.value;
//! assert_eq!(body.parts()[0].text().as_deref(), Some("Grüße"));
//!
//! let written = mime::encode(&body, &mime::TransferOptions::default()).unwrap();
//! assert_eq!(mime::decode_with(&written.into(), &Options::strict())?.value, body);
//! # Ok::<(), mms_codec::DecodeError>(())
//! ```

#[cfg(feature = "mm4")]
pub(crate) mod address;
pub(crate) mod clean;
pub(crate) mod date;
pub(crate) mod encode;
pub(crate) mod entity;
#[cfg(feature = "arbitrary")]
pub(crate) mod fuzz;
pub(crate) mod header;
mod lines;
mod multipart;
pub(crate) mod parameter;
mod source;

use alloc::vec::Vec;

use bytes::Bytes;

pub use self::encode::{Transfer, TransferOptions};

use self::encode::{Output, Plan};
use self::entity::EntityFields;
use crate::chain::Chain;
use crate::context::Context;
use crate::context::Decoding;
use crate::error::{DecodeError, EncodeError};
use crate::message::ContentType;
use crate::message::Part;
use crate::options::{Decoded, Options};

/// Decodes leniently an entity with its header.
///
/// # Errors
///
/// As [`decode_with`].
pub fn decode(input: &Bytes) -> Result<Decoded<Part>, DecodeError> {
    decode_with(input, &Options::lenient())
}

/// Decodes an entity: header fields, an empty line, and content. Fields that say nothing about the
/// content are kept with the [headers](Part::headers) of the part.
///
/// # Errors
///
/// If a [limit](crate::Limits) is exceeded; in strict mode also for every deviation.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, Options, mime};
///
/// let input = Bytes::from_static(b"Content-Type: image/gif\nContent-Transfer-Encoding: base64\n\nR0lG\n");
/// let decoded = mime::decode_with(&input, &Options::lenient())?;
/// assert_eq!(decoded.value.octets().map(|octets| &octets[..]), Some(&b"GIF"[..]));
/// assert_eq!(decoded.deviations[0].kind.name(), "bare-line-feed");
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode_with(input: &Bytes, options: &Options) -> Result<Decoded<Part>, DecodeError> {
    let mut context = Context::new(options, input.len());
    let part = entity::decode_entity(input, 0..input.len(), EntityFields::of_mail(), &mut context)?;
    Ok(Decoded::new(part, context.into_deviations()))
}

/// Decodes leniently a body whose content type is known from elsewhere, such as HTTP.
///
/// # Errors
///
/// As [`decode_body_with`].
#[cfg(feature = "mm7")]
pub fn decode_body(content_type: &str, body: &Bytes) -> Result<Decoded<Part>, DecodeError> {
    decode_body_with(content_type, body, &Options::lenient())
}

/// Decodes a body whose content type is known from elsewhere, such as HTTP.
///
/// # Errors
///
/// If a [limit](crate::Limits) is exceeded; in strict mode also for every deviation.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, Options, mime};
///
/// let body = Bytes::from_static(b"--b\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--b--");
/// let decoded = mime::decode_body_with("multipart/related; boundary=b", &body, &Options::strict())?;
/// assert_eq!(decoded.value.parts()[0].text().as_deref(), Some("<a/>"));
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
#[cfg(feature = "mm7")]
pub fn decode_body_with(content_type: &str, body: &Bytes, options: &Options) -> Result<Decoded<Part>, DecodeError> {
    let mut context = Context::new(options, body.len());
    let part = decode_body_at(content_type, body, 0, &mut context)?;
    Ok(Decoded::new(part, context.into_deviations()))
}

/// [`decode_body_with`] for a body that begins at this place of the input.
pub(crate) fn decode_body_at(
    content_type: &str,
    input: &Bytes,
    start: usize,
    context: &mut Context,
) -> Result<Part, DecodeError> {
    let fields = EntityFields::of_http(content_type_at(content_type, start, context)?);
    entity::decode_content(input, start..input.len(), fields, context)
}

/// [`decode_body_at`] without the parts behind the first.
pub(crate) fn decode_first_part_at(
    content_type: &str,
    input: &Bytes,
    start: usize,
    context: &mut Context,
) -> Result<Part, DecodeError> {
    let fields = EntityFields::of_http(content_type_at(content_type, start, context)?).with_first_part();
    entity::decode_content(input, start..input.len(), fields, context)
}

fn content_type_at(text: &str, start: usize, context: &mut Context) -> Result<ContentType, DecodeError> {
    context.in_field("Content-Type", |context| parameter::read_content_type(text, start, context))
}

/// Encodes an entity: header fields, an empty line, and content.
///
/// `application/vnd.wap.multipart.related` and its sisters are written as `multipart/related`.
/// Boundaries are derived from the content, so that the same part gives the same octets. How much
/// memory that takes at most for what was decoded is said with [`Limits`](crate::Limits).
///
/// # Errors
///
/// If something cannot be expressed in MIME: header values with control characters or with blanks around
/// them, a multipart without parts, types and headers that only WSP can write.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{ContentType, Part};
/// use mms_codec::mime;
///
/// let part = Part::new(ContentType::new("image/gif"), &b"GIF89a\xff"[..]);
/// assert_eq!(
///     mime::encode(&part, &mime::TransferOptions::default())?,
///     b"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlh/w==\r\n",
/// );
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
pub fn encode(part: &Part, options: &TransferOptions) -> Result<Vec<u8>, EncodeError> {
    Ok(encode_chain(part, options)?.into_vec())
}

/// Encodes an entity as a chain of buffers, in which content that needs no encoding is shared and
/// not copied.
///
/// # Errors
///
/// As for [`encode`].
pub fn encode_chain(part: &Part, options: &TransferOptions) -> Result<Chain, EncodeError> {
    let mut out = Output::default();
    Plan::new(part, *options)?.write(part, &mut out)?;
    out.into_chain()
}

/// Encodes content alone: the value of the content type, for HTTP, and the body.
///
/// # Errors
///
/// As for [`encode`].
#[cfg(feature = "mm7")]
pub fn encode_body(part: &Part, options: &TransferOptions) -> Result<(alloc::string::String, Chain), EncodeError> {
    let mut out = Output::default();
    let content_type = Plan::new(part, *options)?.write_content(part, &mut out)?;
    Ok((content_type, out.into_chain()?))
}
