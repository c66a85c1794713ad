//! Content types and dispositions (RFC 2045, 5.1; RFC 2183) with their parameters, also those of
//! RFC 2231: other charsets, and values in pieces.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use crate::context::Context;
use crate::error::{DecodeError, EncodeErrorKind};
use crate::list::push;
use crate::message::encoded_word;
use crate::message::{
    Charset, ContentDisposition, ContentType, Label, MediaType, Parameter, Parameters, Quoted, Reading, Str, Written,
    is_token,
};
use crate::octet_set::{OctetSet, find};
use crate::options::DeviationKind;
use crate::transfer;

/// Reads a content type. What is none keeps its text as the media type.
pub(crate) fn read_content_type(text: &str, offset: usize, context: &mut Context) -> Result<ContentType, DecodeError> {
    let (media, parameters) = read(text, offset, context)?;
    let slash = find(b'/', media.as_bytes()).and_then(|at| media.split_at_checked(at));
    let is_type = slash.is_some_and(|(top, sub)| is_token(top) && sub.get(1..).is_some_and(is_token));
    if !is_type {
        context.forgive(DeviationKind::InvalidContentType, offset)?;
    }
    let mut content_type = ContentType::new(if media.is_empty() { "text/plain" } else { media });
    content_type.parameters = parameters;
    Ok(content_type)
}

/// Reads a content disposition.
pub(crate) fn read_disposition(
    text: &str,
    offset: usize,
    context: &mut Context,
) -> Result<ContentDisposition, DecodeError> {
    let (kind, parameters) = read(text, offset, context)?;
    if !is_token(kind) {
        context.forgive(DeviationKind::InvalidPartHeader, offset)?;
    }
    let mut disposition = ContentDisposition::new(kind);
    disposition.parameters = parameters;
    Ok(disposition)
}

/// The value before the parameters, and the parameters.
fn read<'a>(text: &'a str, offset: usize, context: &mut Context) -> Result<(&'a str, Vec<Parameter>), DecodeError> {
    let (value, written) = Parameters::split(text);
    let value = find(b'(', value.as_bytes()).and_then(|comment| value.get(..comment)).unwrap_or(value).trim_ascii();
    let mut parameters = Vec::new();
    let mut has_extended = false;
    for Written { name, value } in written {
        let Some(value) = value else {
            // Nothing but a name, or nothing at all: many end with a semicolon.
            context.forgive(DeviationKind::ParameterSyntax, offset)?;
            continue;
        };
        if !value.is_regular || !is_name(name) {
            context.forgive(DeviationKind::ParameterSyntax, offset)?;
        }
        has_extended |= name.contains('*');
        let value = if encoded_word::has_mark(&*value.text) {
            let decoded = encoded_word::read(&value.text, offset, context)?.text.into_owned();
            if decoded != value.text {
                context.forgive(DeviationKind::ParameterSyntax, offset)?;
            }
            decoded.into()
        } else {
            value.text
        };
        context.count(offset)?;
        push(&mut parameters, Parameter::Text { name: name.into(), value: value.as_ref().into() });
    }
    if has_extended {
        join_extended(&mut parameters, offset, context)?;
    }
    if has_duplicate(&parameters) {
        context.forgive(DeviationKind::ParameterSyntax, offset)?;
    }
    Ok((value, parameters))
}

/// Whether two parameters have the same name but for case.
pub(super) fn has_duplicate(parameters: &[Parameter]) -> bool {
    // Up to here pairs are compared at once.
    const FEW: usize = 8;
    if parameters.len() <= FEW {
        let mut rest = parameters;
        while let [first, after @ ..] = rest {
            rest = after;
            if matches!(first, Parameter::Text { name, .. } if after.iter().any(|other| other.is(name))) {
                return true;
            }
        }
        return false;
    }
    let mut names: Vec<&str> = parameters.iter().map(|parameter| text_of(parameter).0).collect();
    names.sort_unstable_by(|a, b| letters(a).cmp(letters(b)));
    !names.is_sorted_by(|a, b| !a.eq_ignore_ascii_case(b))
}

/// What names are compared by.
fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|letter| letter.to_ascii_lowercase())
}

/// Whether this may be the name of a parameter, with the marks of RFC 2231 or without.
fn is_name(text: &str) -> bool {
    static NAME: OctetSet = OctetSet::visible_except(br#"()<>@,;:\"/[]?={}'%"#);
    !text.is_empty() && NAME.has_all(text.as_bytes())
}

/// A piece of a parameter of RFC 2231.
struct Piece {
    /// Its place among the parameters.
    place: usize,
    number: u32,
    is_encoded: bool,
}

/// Puts the pieces `name*0`, `name*1*` together and undoes `name*=utf-8''%C3%BC`.
fn join_extended(parameters: &mut Vec<Parameter>, offset: usize, context: &mut Context) -> Result<(), DecodeError> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (place, parameter) in parameters.iter().enumerate() {
        let name = text_of(parameter).0;
        match split_name(name) {
            Some((_, number, is_encoded)) => pieces.push(Piece { place, number, is_encoded }),
            None if name.contains('*') => context.forgive(DeviationKind::ParameterSyntax, offset)?,
            None => {}
        }
    }
    pieces.sort_by(|a, b| letters(base_at(parameters, a.place)).cmp(letters(base_at(parameters, b.place))));
    let mut is_left = alloc::vec![true; parameters.len()];
    let mut rest = pieces.as_mut_slice();
    while let [first, ..] = &*rest {
        let (place, name) = (first.place, Str::from(base_at(parameters, first.place)));
        // A piece that was there before begins another parameter of the same name.
        let mut numbers = BTreeSet::new();
        let is_of_name = |piece: &Piece| base_at(parameters, piece.place).eq_ignore_ascii_case(&name);
        let length = rest.iter().take_while(|piece| is_of_name(piece) && numbers.insert(piece.number)).count();
        let (own, others) = rest.split_at_mut(length.max(1));
        own.sort_unstable_by_key(|piece| piece.number);
        // RFC 2231, 3: numbers begin with 0 and leave none out.
        if own.iter().zip(0..).any(|(piece, number)| piece.number != number) {
            context.forgive(DeviationKind::ParameterSyntax, offset)?;
        }
        let texts = || own.iter().map(|piece| (piece, text_at(parameters, piece.place).1));
        let (value, fault) = decode_pieces(texts());
        let control = value.as_deref().and_then(encoded_word::find_control).map(|_| DeviationKind::ControlCharacter);
        fault.into_iter().chain(control).try_for_each(|kind| context.forgive(kind, offset))?;
        if texts().any(|(piece, text)| piece.is_encoded && !is_extended_value(text)) {
            context.forgive(DeviationKind::ParameterSyntax, offset)?;
        }
        let value = value.unwrap_or_else(|| texts().map(|(_, text)| text).collect());
        if let Some(parameter) = parameters.get_mut(place) {
            *parameter = Parameter::Text { name, value: value.into() };
        }
        for piece in own.iter().filter(|piece| piece.place != place) {
            is_left.get_mut(piece.place).into_iter().for_each(|is_left| *is_left = false);
        }
        rest = others;
    }
    let mut is_left = is_left.into_iter();
    parameters.retain(|_| is_left.next().unwrap_or(true));
    Ok(())
}

/// The name of a parameter without the marks of RFC 2231.
fn base_at(parameters: &[Parameter], place: usize) -> &str {
    split_name(text_at(parameters, place).0).map_or("", |(base, ..)| base)
}

/// The name and the value of a parameter.
fn text_of(parameter: &Parameter) -> (&str, &str) {
    match parameter {
        Parameter::Text { name, value } => (name, value),
        Parameter::Coded { .. } => ("", ""),
    }
}

fn text_at(parameters: &[Parameter], place: usize) -> (&str, &str) {
    parameters.get(place).map_or(("", ""), text_of)
}

/// The name without the marks of RFC 2231, the number of the piece, and whether it is encoded.
fn split_name(name: &str) -> Option<(&str, u32, bool)> {
    let (base, marks) = name.split_once('*')?;
    if base.is_empty() {
        return None;
    }
    if marks.is_empty() {
        return Some((base, 0, true));
    }
    let (number, is_encoded) = match marks.strip_suffix('*') {
        Some(number) => (number, true),
        None => (marks, false),
    };
    // RFC 2231, 7: digits, and no zero before them.
    let is_plain =
        number.bytes().all(|digit| digit.is_ascii_digit()) && (number.len() == 1 || !number.starts_with('0'));
    Some((base, is_plain.then(|| number.parse().ok())??, is_encoded))
}

/// Whether a value is made of attribute characters and escapes (RFC 2231, 7); `'` ends the charset
/// and the language.
fn is_extended_value(text: &str) -> bool {
    static VALUE: OctetSet = OctetSet::visible_except(br#"()<>@,;:\"/[]?=*"#);
    let has_digits = |escape: &str| escape.get(..2).is_some_and(|digits| digits.bytes().all(|d| d.is_ascii_hexdigit()));
    VALUE.has_all(text.as_bytes()) && text.split('%').skip(1).all(has_digits)
}

/// The text of the pieces, if it can be read, and what is wrong with its charset. Some senders leave charset and
/// language out, also with the apostrophes.
fn decode_pieces<'a>(pieces: impl Iterator<Item = (&'a Piece, &'a str)>) -> (Option<String>, Option<DeviationKind>) {
    let mut octets = Vec::new();
    let mut label = Label::Charset(Charset::UTF_8);
    for (piece, text) in pieces {
        if !piece.is_encoded {
            octets.extend_from_slice(text.as_bytes());
            continue;
        }
        let mut encoded = text;
        if piece.number == 0 {
            let parts = text.split_once('\'').and_then(|(name, rest)| Some((name, rest.split_once('\'')?.1)));
            label = parts.map_or(Label::Any, |(name, _)| Label::from_name(name));
            encoded = parts.map_or(text, |(_, rest)| rest);
        }
        octets.extend(transfer::decode_percent(encoded.as_bytes()));
    }
    let reading = Reading::new(&octets, label);
    let fault = reading.fault;
    (reading.into_text().map(Cow::into_owned), fault)
}

/// The media type as MIME has it: `multipart/related` for `application/vnd.wap.multipart.related`.
pub(crate) fn mime_media(media: &MediaType) -> Result<Cow<'_, str>, EncodeErrorKind> {
    const WAP: &str = "application/vnd.wap.multipart.";
    let name = media.name().ok_or(EncodeErrorKind::NotExpressible)?;
    let (top, sub) = name.split_once('/').ok_or(EncodeErrorKind::InvalidText)?;
    if !is_token(top) || !is_token(sub) {
        return Err(EncodeErrorKind::InvalidText);
    }
    Ok(match name.split_at_checked(WAP.len()) {
        Some((start, subtype)) if start.eq_ignore_ascii_case(WAP) && !subtype.is_empty() => {
            Cow::Owned(alloc::format!("multipart/{subtype}"))
        }
        _ => Cow::Borrowed(name),
    })
}

/// Appends `; name=value` for each parameter.
pub(crate) fn write_parameters(parameters: &[Parameter], out: &mut String) -> Result<(), EncodeErrorKind> {
    parameters.iter().try_for_each(|parameter| match parameter {
        Parameter::Text { name, value } => write_parameter(name, value, out),
        Parameter::Coded { .. } => Err(EncodeErrorKind::NotExpressible),
    })
}

/// Appends `; name=value`: as a token or a quoted string, and by RFC 2231 if the value has
/// characters beyond ASCII or is too long for one line.
pub(crate) fn write_parameter(name: &str, value: &str, out: &mut String) -> Result<(), EncodeErrorKind> {
    const LONGEST: usize = 400;
    // A piece of a value, whose escapes take three times the room; as long as the name at least, so
    // that many names do not become most of what is written.
    let most = name.len().clamp(40, 133);
    if !is_name(name) || name.contains('*') {
        return Err(EncodeErrorKind::InvalidText);
    }
    if let Some(control) = encoded_word::find_control(value) {
        return Err(EncodeErrorKind::ControlCharacter(control));
    }
    if value.is_ascii() && value.len() <= LONGEST && !encoded_word::has_mark(value) {
        out.reserve(name.len() + value.len() + "; =\"\"".len());
        out.push_str("; ");
        out.push_str(name);
        out.push('=');
        // Readers of RFC 2231 look for its marks in any value without quotation marks.
        if !is_kept_quoted(name) && is_token(value) && !value.bytes().any(|octet| matches!(octet, b'\'' | b'*' | b'%'))
        {
            out.push_str(value);
            return Ok(());
        }
        // Writing to a string does not fail.
        let _ = write!(out, "{}", Quoted(value));
        return Ok(());
    }
    // Each piece has the name before it, and a line has its limit.
    if name.len() > LONGEST {
        return Err(EncodeErrorKind::NotExpressible);
    }
    let pieces = value.len() > most;
    out.reserve(value.len().saturating_mul(3).saturating_add((value.len() / most + 1) * (name.len() + 16)));
    let mut start = String::from("utf-8''");
    let mut left = value;
    let mut number = 0;
    while !left.is_empty() {
        let (piece, after) = left.split_at_checked(boundary_before(left, most)).unwrap_or((left, ""));
        out.push_str("; ");
        out.push_str(name);
        if pieces {
            out.push_str(&alloc::format!("*{number}"));
        }
        out.push_str("*=");
        out.push_str(&core::mem::take(&mut start));
        for octet in piece.bytes() {
            if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~') {
                out.push(char::from(octet));
            } else {
                transfer::push_escape(out, b'%', octet);
            }
        }
        left = after;
        number += 1;
    }
    Ok(())
}

/// The last place between two characters that is not behind `at`.
fn boundary_before(text: &str, at: usize) -> usize {
    (1..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Parameters that peers expect in quotation marks even where these are not needed.
fn is_kept_quoted(name: &str) -> bool {
    ["boundary", "type", "start"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use alloc::string::ToString;

    fn lenient(text: &str) -> (String, usize) {
        let mut context = Context::new(&Options::lenient(), text.len());
        let read = read_content_type(text, 0, &mut context).unwrap();
        (read.to_string(), context.into_deviations().len())
    }

    #[test]
    fn reads_what_real_systems_write() {
        for (text, expected, deviations) in [
            ("text/plain", "text/plain", 0),
            (
                "multipart/related;Type=\"application/smil\";Start=0.smil; \tboundary=\"--=_P\"",
                "multipart/related; Type=\"application/smil\"; Start=0.smil; boundary=\"--=_P\"",
                0,
            ),
            ("multipart/mixed; start=<a@b>", "multipart/mixed; start=\"<a@b>\"", 1),
            ("text/plain; charset=us-ascii (Plain text)", "text/plain; charset=us-ascii", 0),
            ("text/plain; name=\"a\\\"b\";", "text/plain; name=\"a\\\"b\"", 1),
            ("text/plain; name=\"a\\\"b\"; ;", "text/plain; name=\"a\\\"b\"", 2),
            ("text/plain; name=a; NAME=b", "text/plain; name=a; NAME=b", 1),
            ("text/plain; name=a; name*=us-ascii''b", "text/plain; name=a; name=b", 1),
            ("a/b; n*=utf-8''%C3%BC; x=y; N=u", "a/b; n=\"ü\"; x=y; N=u", 1),
            ("text/plain; n*=utf-8''a%0D%0Ab", "text/plain; n=\"a\r\nb\"", 1),
            ("text/plain; n*=utf-8''a b", "text/plain; n=\"a b\"", 2),
            ("text/plain; n*=utf-8''%zz", "text/plain; n=%zz", 1),
            ("text/plain; n*00=a", "text/plain; n*00=a", 1),
            ("text/plain; n'=a", "text/plain; n'=a", 1),
            ("text/plain; junk; x=1", "text/plain; x=1", 1),
            ("text/plain; name=\"open", "text/plain; name=open", 1),
            ("image/jpeg; name==?utf-8?Q?=C3=BC?=", "image/jpeg; name=\"ü\"", 2),
            ("text", "text", 1),
            ("", "text/plain", 1),
            ("a/b; name*=utf-8'en'%C3%BC%20x", "a/b; name=\"ü x\"", 0),
            ("a/b; n*1=b; x=y; N*0*=iso-8859-1''%FC; n*2*=%FC", "a/b; n=\"übü\"; x=y", 0),
            ("a/b; n*=utf-8''a; n*=utf-8''b; n*0=c; n*1=d; n*=utf-8''e", "a/b; n=a; n=b; n=cd; n=e", 1),
            ("a/b; n*=broken", "a/b; n=broken", 1),
            ("a/b; n*=%C3%BC.txt", "a/b; n=\"ü.txt\"", 1),
            ("a/b; n*=''abc", "a/b; n=abc", 0),
            ("a/b; n*=''%C3%BC", "a/b; n=\"ü\"", 1),
            ("a/b; n*=us-ascii''%FC", "a/b; n=\"ü\"", 1),
            ("a/b; n*=no-such'en'abc", "a/b; n=abc", 1),
            ("a/b; n*=no-such'en'%FC", "a/b; n=no-such'en'%FC", 1),
            ("a/b; n*=utf-8''Gr%C3", "a/b; n=Gr", 1),
            ("a/b; n*=utf-16''%FE%FF%00a", "a/b; n=a", 0),
            #[cfg(feature = "charsets")]
            ("a/b; n*=koi8-r''%F6", "a/b; n=\"Ж\"", 0),
            #[cfg(feature = "charsets")]
            ("a/b; n*0*=iso-2022-jp'ja'%1B%24BF; n*1*=%7CK%5C%1B%28B; n*2=.txt", "a/b; n=\"日本.txt\"", 0),
            #[cfg(feature = "charsets")]
            ("a/b; n*0*=iso-2022-jp'ja'%1B%24BF; n*1*=%7CK", "a/b; n=\"日\"", 1),
            ("a/b; n*0=a; n*2=c", "a/b; n=ac", 1),
            ("a/b; n*1=b", "a/b; n=b", 1),
            ("a/b; *=x", "a/b; *=x", 1),
        ] {
            assert_eq!(lenient(text), (expected.to_string(), deviations), "{text}");
        }
    }

    #[test]
    fn writes_parameters_that_read_the_same() {
        for value in [
            "a",
            "a b",
            "a\"\\b",
            "",
            "Grüße",
            &"ü".repeat(300),
            &"long ".repeat(200),
            "=?x?Q?y?=",
            "it's",
            "2*3",
            "5%20",
        ] {
            let mut out = String::from("a/b");
            write_parameter("name", value, &mut out).unwrap();
            let mut context = Context::new(&Options::strict(), 10_000);
            let read = read_content_type(&out, 0, &mut context).unwrap();
            assert_eq!(read.parameter("name"), Some(value), "{out}");
        }
        let mut out = String::new();
        ["it's", "2*3", "5%20"].iter().for_each(|value| write_parameter("n", value, &mut out).unwrap());
        assert_eq!(out, "; n=\"it's\"; n=\"2*3\"; n=\"5%20\"");
        assert_eq!(write_parameter("n", "a\nb", &mut String::new()), Err(EncodeErrorKind::ControlCharacter(b'\n')));
    }
}
