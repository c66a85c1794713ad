//! Messages such as the encoder accepts, for tests and fuzzing.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use arbitrary::{Error, Result, Unstructured};

use super::field::Form;
use super::value::{Mm4, Reader, Writer};
use super::version::{fit_to, version_of};
use crate::context::Context;
use crate::message::{ContentDisposition, ContentType, Header, Part, Str};
use crate::options::Options;
use crate::table::{Need, Row, Slot as _, SlotMut as _, Table, count};

/// A message with all of its mandatory fields, and some of the others.
pub(super) fn pdu<P: Table<Mm4> + Clone + Default>(u: &mut Unstructured<'_>) -> Result<P> {
    let mut pdu = P::default();
    for (place, row) in pdu.rows().iter().enumerate() {
        let times = match row.need {
            Need::Mandatory => 1,
            Need::Optional => usize::from(u.ratio(1, 2)?),
        };
        let more = if row.repeats { u.int_in_range(0..=2)? } else { 0 };
        for _ in 0..times * (1 + more) {
            fill(place, row, &mut pdu, u)?;
        }
    }
    // What other fields demand.
    for _ in 0..2 {
        let Some(name) = pdu.missing() else { break };
        let mut rows = pdu.rows().iter().enumerate();
        let (place, row) = rows.find(|(_, row)| row.name.spelling == name).ok_or(Error::IncorrectFormat)?;
        fill(place, row, &mut pdu, u)?;
    }
    let version = version_of(&pdu).cloned();
    version.and_then(|version| fit_to(&mut pdu, &version));
    if u.ratio(1, 4)? {
        pdu.extra_mut().push(Header::Text { name: Str::from_static("X-Vendor"), value: text(u)?.into() });
    }
    Ok(pdu)
}

fn fill<P: Table<Mm4> + Clone>(place: usize, row: &Row<Mm4>, pdu: &mut P, u: &mut Unstructured<'_>) -> Result<()> {
    match row.name.form {
        Form::Body => *pdu.body_mut().ok_or(Error::IncorrectFormat)? = Some(body(u)?),
        Form::Mailboxes | Form::Addresses | Form::MailId => {
            let is_id = row.name.form == Form::MailId;
            let text = if is_id { format!("<{}@mms.example.net>", u.arbitrary::<u32>()?) } else { mailbox(u)? };
            let mut context = Context::new(&Options::strict(), text.len());
            let mut from = Reader { context: &mut context, text: &text, offset: 0, form: row.name.form };
            let slot = pdu.slot_mut(place).ok_or(Error::IncorrectFormat)?;
            slot.read(&mut from).map_err(|_| Error::IncorrectFormat)?;
        }
        Form::Version => {
            let text = format!("{}.{}.0", u.int_in_range(3..=8)?, u.arbitrary::<u8>()?);
            let mut context = Context::new(&Options::strict(), text.len());
            let mut from = Reader { context: &mut context, text: &text, offset: 0, form: row.name.form };
            let slot = pdu.slot_mut(place).ok_or(Error::IncorrectFormat)?;
            slot.read(&mut from).map_err(|_| Error::IncorrectFormat)?;
        }
        form @ (Form::Text | Form::Identifier) => {
            const TRIES: usize = 20;
            for _ in 0..TRIES {
                let mut filled = pdu.clone();
                filled.slot_mut(place).map_or(Ok(()), |slot| slot.fill(u))?;
                let mut to = Writer { text: String::new(), form };
                let last = count(&filled, place) - 1;
                if filled.slot(place).is_some_and(|slot| slot.write(last, &mut to).is_ok()) {
                    *pdu = filled;
                    return Ok(());
                }
            }
            return Err(Error::NotEnoughData);
        }
    }
    Ok(())
}

fn mailbox(u: &mut Unstructured<'_>) -> Result<String> {
    let number = u.int_in_range(0..=999_999_999u32)?;
    Ok(match u.int_in_range(0..=6)? {
        0 => format!("kim{number}@example.org"),
        1 => format!("Kim Lee <kim{number}@example.org>"),
        2 => format!("=?utf-8?Q?Kim_M=C3=BCller?= <kim{number}@example.org>"),
        3 => format!("\"Lee, Kim\" <kim{number}@example.org>"),
        4 => format!("{number}@mms.mnc012.mcc345.gprs"),
        _ => format!("+{number}/TYPE=PLMN@mms.mnc015.mcc234.gprs"),
    })
}

/// Visible characters and blanks, now and then beyond ASCII.
fn text(u: &mut Unstructured<'_>) -> Result<String> {
    let length = u.int_in_range(1..=120)?;
    let letters = "abcdefgh ijkl=?_\"\\<>,;:@()";
    let wide = "éß中\u{1f600}";
    let is_wide = u.ratio(1, 3)?;
    let choices: Vec<char> = letters.chars().chain(wide.chars().filter(|_| is_wide)).collect();
    let text: String = (0..length).map(|_| u.choose(&choices).copied()).collect::<Result<_>>()?;
    // A field that is kept is trimmed, and not decoded.
    let text: Vec<&str> = text.split([' ', '=']).filter(|word| !word.is_empty()).collect();
    let text = text.join(" ");
    Ok(if text.is_ascii() && !text.is_empty() { text } else { String::from("x") })
}

fn body(u: &mut Unstructured<'_>) -> Result<Part> {
    const MULTIPARTS: [&str; 3] = ["multipart/related", "multipart/mixed", "multipart/alternative"];
    let level = |inner: &dyn Fn(&mut Unstructured<'_>) -> Result<Part>, u: &mut Unstructured<'_>| {
        let parts = (0..u.int_in_range(1..=4)?).map(|_| inner(u)).collect::<Result<Vec<_>>>()?;
        Ok(Part::multipart(ContentType::new(*u.choose(&MULTIPARTS)?), parts))
    };
    match u.int_in_range(0..=3)? {
        0 => leaf(u),
        1 => level(&|u: &mut Unstructured<'_>| if u.ratio(1, 3)? { level(&leaf, u) } else { leaf(u) }, u),
        _ => level(&leaf, u),
    }
}

fn leaf(u: &mut Unstructured<'_>) -> Result<Part> {
    const TYPES: [&str; 4] = ["text/plain", "image/jpeg", "application/smil", "application/vnd.oma.drm.message"];
    const TEXTS: [&str; 5] = ["", "line\r\n", "--=_0123456789abcdef.000001\r\n", "\r\n.\r\nFrom me\r\n", "a =3D b "];
    const NAMES: [&str; 4] = ["a.txt", "two words.jpg", "Größe \"1\".txt", "=?utf-8?Q?a?="];
    let length = u.int_in_range(0..=300)?;
    let mut octets = u.bytes(length.min(u.len()))?.to_vec();
    if u.ratio(1, 2)? {
        octets =
            (0..u.int_in_range(0..=4)?).map(|_| u.choose(&TEXTS).copied()).collect::<Result<String>>()?.into_bytes();
    }
    let mut part = Part::new(ContentType::new(*u.choose(&TYPES)?), octets);
    if u.ratio(1, 2)? {
        part.content_type = part.content_type.with("charset", "utf-8").with("name", *u.choose(&NAMES)?);
    }
    if u.ratio(1, 2)? {
        part.content_id = Some(format!("<part{}@example.org>", u.int_in_range(0..=999)?).into());
        part.content_location = Some(Str::from(*u.choose(&NAMES)?));
    }
    if u.ratio(1, 4)? {
        let disposition = ContentDisposition::new("attachment").with("filename", *u.choose(&NAMES)?);
        part.disposition = Some(Box::new(disposition));
        part.headers.push(Header::Text { name: Str::from_static("Content-Description"), value: text(u)?.into() });
    }
    Ok(part)
}
