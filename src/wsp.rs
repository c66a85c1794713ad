//! WSP: the binary encoding that MM1 and push are written in (WAP-230, 8.4 and 8.5, and the numbers
//! of its appendix A).
//!
//! [`Reader`] and [`Writer`] read and write one primitive after the other; [`MultipartReader`]
//! steps through a multipart body without decoding it. Nothing here depends on MMS, nor on the PDUs
//! and sessions of WSP; [`push`](crate::push) has those that carry a push.
//!
//! # Examples
//!
//! ```
//! use mms_codec::{Bytes, Options, wsp};
//!
//! // Content type `text/plain; charset=utf-8`, then a uintvar.
//! let octets = Bytes::from_static(&[0x03, 0x83, 0x81, 0xea, 0x81, 0x48]);
//! let mut reader = wsp::Reader::new(&octets, &Options::strict());
//! assert_eq!(reader.content_type()?.to_string(), "text/plain; charset=utf-8");
//! assert_eq!(reader.uintvar()?, 200);
//! assert!(reader.is_empty());
//!
//! let mut writer = wsp::Writer::new();
//! writer.uintvar(200);
//! writer.text_string("abc")?;
//! assert_eq!(writer.into_chain().to_vec(), b"\x81\x48abc\0");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod assigned;
mod content_type;
#[cfg(feature = "arbitrary")]
pub(crate) mod fuzz;
mod header;
mod integer;
mod multipart;
mod name_index;
mod parameter;
mod raw;
mod reader;
mod text;
mod usual;
mod usual_text;
mod writer;

pub use self::assigned::{application_id, application_id_code, language, language_code, media_type, media_type_code};
pub(crate) use self::header::{DEFAULT_PAGE, name_of_header};
pub(crate) use self::integer::{uintvar_prefix, usual_long_integer};
pub use self::multipart::{MultipartReader, RawPart};
pub(crate) use self::multipart::{has_header, wsp_type};
pub(crate) use self::multipart::{has_media, has_parameter};
pub(crate) use self::parameter::ParameterOwner;
pub use self::raw::RawText;
pub(crate) use self::raw::{RawContentType, composite, integer};
pub(crate) use self::reader::Mark;
pub use self::reader::{Reader, value_length};
pub(crate) use self::usual_text::{UsualString, plain, plain_string, usual_string};
pub use self::writer::Writer;
pub use crate::chain::Chain;

#[cfg(test)]
mod tests;
