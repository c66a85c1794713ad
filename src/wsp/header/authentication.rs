//! Challenges and credentials (WAP-230, 8.4.2.5 and 8.4.2.47).

use alloc::string::String;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::attributes::{append_attributes, attributes, write_all};
use crate::error::DecodeError;
use crate::message::{Parameter, Quoted, Str};
use crate::wsp::{Reader, Writer};

const BASIC: u8 = 0x80;

/// `Basic realm="..."`, or another scheme with its realm and parameters.
pub(super) fn read_challenge(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    from.composite_text(|from| {
        let scheme = scheme(from)?;
        let realm = from.text_string()?;
        let mut challenge = alloc::format!("{scheme} realm={}", Quoted(&realm));
        Ok(append_attributes(from, &mut challenge, [", "; 2])?.map(|()| challenge.into()))
    })
}

pub(super) fn write_challenge(to: &mut Writer, text: &str) -> Option<()> {
    let (scheme, list) = text.split_once(' ')?;
    let mut attributes = attributes(list, ',');
    let Parameter::Text { name, value: realm } = attributes.next()?? else { return None };
    to.composite_text(|to| {
        write_scheme(to, scheme)?;
        name.eq_ignore_ascii_case("realm").then(|| to.text_string(&realm).ok())??;
        write_all(to, attributes)
    })
}

/// `Basic` with name and password in base64 (RFC 7617), or another scheme with its parameters.
pub(super) fn read_credentials(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    from.composite_text(|from| {
        let scheme = scheme(from)?;
        if scheme != "Basic" {
            let mut credentials = String::from(scheme.as_str());
            return Ok(append_attributes(from, &mut credentials, [" ", ", "])?.map(|()| credentials.into()));
        }
        let (user, password) = (from.text_string()?, from.text_string()?);
        let cookie = || alloc::format!("Basic {}", BASE64.encode(alloc::format!("{user}:{password}"))).into();
        Ok((!user.contains(':')).then(cookie))
    })
}

pub(super) fn write_credentials(to: &mut Writer, text: &str) -> Option<()> {
    let basic = text.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
    if let Some((scheme, cookie)) = basic {
        let cookie = String::from_utf8(BASE64.decode(cookie).ok()?).ok()?;
        let (user, password) = cookie.split_once(':')?;
        return to.composite_text(|to| {
            write_scheme(to, scheme)?;
            to.text_string(user).ok()?;
            to.text_string(password).ok()
        });
    }
    let (scheme, list) = text.split_once(' ').unwrap_or((text, ""));
    to.composite_text(|to| {
        write_scheme(to, scheme)?;
        write_all(to, attributes(list, ','))
    })
}

fn scheme(from: &mut Reader<'_>) -> Result<Str, DecodeError> {
    match from.peek() {
        Some(BASIC) => from.octet().map(|_| Str::from_static("Basic")),
        _ => from.token_text(),
    }
}

fn write_scheme(to: &mut Writer, scheme: &str) -> Option<()> {
    if scheme.eq_ignore_ascii_case("basic") {
        to.octet(BASIC);
        return Some(());
    }
    to.token_text(scheme).ok()
}
