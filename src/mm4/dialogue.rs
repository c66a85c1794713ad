//! The lines of the SMTP dialogue that an envelope is (RFC 5321, 4.1; RFC 3461 for its parameters).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use super::smtp::{BodyType, SmtpEnvelope};
use crate::message::Str;

impl SmtpEnvelope {
    /// The commands of the dialogue, without the end of the line: one `MAIL FROM`, and one `RCPT TO` for
    /// each recipient. A server that does not announce `DSN`, `SIZE` or `8BITMIME` gets the commands of
    /// an envelope without these.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm4::{Notify, SmtpEnvelope};
    ///
    /// let mut envelope = SmtpEnvelope::default();
    /// envelope.mail_from = Some("mms@example.net".into());
    /// envelope.rcpt_to.push("kim@example.org".into());
    /// envelope.envelope_id = Some("mm=1".into());
    /// envelope.notify = Some(Notify { success: true, failure: true, delay: false });
    /// let commands = envelope.commands();
    /// assert_eq!(commands, [
    ///     "MAIL FROM:<mms@example.net> BODY=7BIT ENVID=mm+3D1",
    ///     "RCPT TO:<kim@example.org> NOTIFY=SUCCESS,FAILURE",
    /// ]);
    /// let mut again = SmtpEnvelope::default();
    /// assert!(commands.iter().all(|command| again.read_command(command)));
    /// assert_eq!(again, envelope);
    /// ```
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        let mut mail = format!("MAIL FROM:<{}> {}", self.mail_from.as_deref().unwrap_or_default(), self.parameters());
        if let Some(id) = &self.envelope_id {
            mail.push_str(&format!(" ENVID={}", xtext(id)));
        }
        let recipients = self.rcpt_to.iter().enumerate().map(|(place, path)| {
            let mut command = format!("RCPT TO:<{path}>");
            if let Some(notify) = self.notify {
                command.push_str(&format!(" NOTIFY={notify}"));
            }
            if let Some(original) = self.original_recipients.get(place).filter(|original| !original.is_empty()) {
                command.push_str(&format!(" ORCPT=rfc822;{}", xtext(original)));
            }
            command
        });
        core::iter::once(mail).chain(recipients).collect()
    }

    /// Takes a command of the dialogue into the envelope; whether it was `MAIL FROM` or `RCPT TO`, and
    /// could be read. Parameters that an envelope does not have are ignored.
    pub fn read_command(&mut self, command: &str) -> bool {
        let (verb, rest) = command.trim_end().split_once(':').unwrap_or_default();
        let Some((path, parameters)) = rest.trim_start().strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
            return false;
        };
        let is_mail = verb.eq_ignore_ascii_case("MAIL FROM");
        if is_mail {
            self.mail_from = Some(path).filter(|path| !path.is_empty()).map(Str::from);
        } else if verb.eq_ignore_ascii_case("RCPT TO") && !path.is_empty() {
            self.rcpt_to.push(path.into());
        } else {
            return false;
        }
        for parameter in parameters.split_ascii_whitespace() {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match (is_mail, &*name.to_ascii_uppercase()) {
                (true, "SIZE") => self.size = value.parse().ok(),
                (true, "BODY") => self.body = BodyType::from_name(value).unwrap_or(self.body),
                (true, "ENVID") => self.envelope_id = from_xtext(value),
                // One mail is one message with one wish, so that any recipient speaks for all.
                (false, "NOTIFY") => self.notify = value.parse().ok().or(self.notify),
                (false, "ORCPT") => {
                    let (_, original) = value.split_once(';').unwrap_or_default();
                    self.original_recipients.resize(self.rcpt_to.len().saturating_sub(1), Str::default());
                    self.original_recipients.push(from_xtext(original).unwrap_or_default());
                }
                _ => {}
            }
        }
        true
    }
}

/// A text as a value of a parameter (RFC 3461, 4).
fn xtext(text: &str) -> String {
    let mut escaped = String::new();
    for octet in text.bytes() {
        match octet {
            b'+' | b'=' => {}
            b'!'..=b'~' => {
                escaped.push(char::from(octet));
                continue;
            }
            _ => {}
        }
        let _ = write!(escaped, "+{octet:02X}");
    }
    escaped
}

/// The text of a value, if it is one.
fn from_xtext(value: &str) -> Option<Str> {
    let mut octets = Vec::with_capacity(value.len());
    let mut pieces = value.split('+');
    octets.extend_from_slice(pieces.next()?.as_bytes());
    for piece in pieces {
        let (code, rest) = piece.split_at_checked(2)?;
        octets.push(u8::from_str_radix(code, 16).ok()?);
        octets.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(octets).ok().map(Str::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_value_and_again_a_text() {
        for text in ["mm-1", "a b+c=d", "Été", "\r\n", ""] {
            let value = xtext(text);
            assert!(value.bytes().all(|octet| matches!(octet, b'!'..=b'~')) && !value.contains('='), "{value}");
            assert_eq!(from_xtext(&value).as_deref(), Some(text));
        }
        for value in ["+", "+4", "+ZZ", "a+€"] {
            assert_eq!(from_xtext(value), None, "{value}");
        }
    }

    #[test]
    fn a_recipient_without_the_original_leaves_its_place_empty() {
        let mut envelope = SmtpEnvelope::default();
        for command in ["RCPT TO:<a@b.example>", "rcpt to: <c@d.example> orcpt=rfc822;e+2Bf@d.example X=1"] {
            assert!(envelope.read_command(command), "{command}");
        }
        assert_eq!(envelope.original_recipients, ["", "e+f@d.example"]);
        for command in ["DATA", "RCPT TO:<>", "VRFY:<a@b.example>", "MAIL FROM:a@b.example"] {
            assert!(!envelope.read_command(command), "{command}");
        }
        assert_eq!(envelope.rcpt_to.len(), 2);
    }
}
