//! New messages that a received one gives rise to.

use alloc::collections::BTreeSet;
use alloc::string::String;

use super::{Address, AddressKind, Message, Originator, Text};

impl Message {
    /// A reply to the sender, without content: for the application that the message asks to reply to.
    /// A sender who hid cannot be replied to: there is no recipient.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, Message};
    ///
    /// let mut message = Message::default();
    /// message.from = Some(Address::phone("+12025550101").into());
    /// message.subject = Some("Tram".into());
    /// let reply = message.reply();
    /// assert_eq!(reply.to, [Address::phone("+12025550101")]);
    /// assert_eq!(reply.subject.unwrap(), "Re: Tram");
    /// ```
    #[must_use]
    pub fn reply(&self) -> Self {
        Self {
            to: self.from.as_ref().and_then(Originator::address).map(undetailed).into_iter().collect(),
            subject: self.subject.as_ref().map(|subject| prefixed("Re: ", subject)),
            applic_id: self.reply_applic_id.clone().or_else(|| self.applic_id.clone()),
            ..Self::default()
        }
    }

    /// A reply to the sender and all recipients but oneself, whose own addresses are `own`. No address is
    /// named twice.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, Message};
    ///
    /// let mut message = Message::default();
    /// message.from = Some(Address::phone("+12025550101").into());
    /// message.to = vec![Address::phone("+447700900123"), Address::phone("+447700900124")];
    /// message.cc = vec![Address::email("kim@example.org"), Address::phone("+12025550101")];
    /// let reply = message.reply_all(&[Address::phone("447700900123")]);
    /// assert_eq!(reply.to, [Address::phone("+12025550101"), Address::phone("+447700900124")]);
    /// assert_eq!(reply.cc, [Address::email("kim@example.org")]);
    /// ```
    #[must_use]
    pub fn reply_all(&self, own: &[Address]) -> Self {
        let mut named: BTreeSet<String> = own.iter().map(name).collect();
        let mut reply = self.reply();
        reply.to.extend(self.to.iter().map(undetailed));
        reply.cc = self.cc.iter().map(undetailed).collect();
        let mut is_new = |address: &Address| named.insert(name(address));
        reply.to.retain(&mut is_new);
        reply.cc.retain(&mut is_new);
        reply
    }

    /// A new message with the subject and the content of this one, for recipients to be filled in.
    /// Unlike `M-Forward.req`, it does not say who sent the content until now.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{ContentType, Message, Part};
    ///
    /// let mut message = Message::default();
    /// message.body = Some(Part::new(ContentType::new("text/plain"), "Tram line 4"));
    /// message.distribution_indicator = Some(false);
    /// let forwarded = message.forward();
    /// assert_eq!(forwarded.body, message.body);
    /// // Whether the content may be passed on stays with it.
    /// assert_eq!(forwarded.distribution_indicator, Some(false));
    /// ```
    #[must_use]
    pub fn forward(&self) -> Self {
        Self {
            subject: self.subject.as_ref().map(|subject| prefixed("Fwd: ", subject)),
            distribution_indicator: self.distribution_indicator,
            content_class: self.content_class,
            drm_content: self.drm_content,
            adaptation_allowed: self.adaptation_allowed,
            body: self.body.clone(),
            ..Self::default()
        }
    }
}

/// The address without what one interface said of it.
fn undetailed(address: &Address) -> Address {
    address.kind.clone().into()
}

/// What is the same for an address however it is written: a number with `+`, `00` or neither.
fn name(address: &Address) -> String {
    let (text, _) = address.kind.parts();
    match &address.kind {
        AddressKind::Phone(_) | AddressKind::ShortCode(_) => {
            let number = super::address::notation::bare_number(text);
            let digits = number.strip_prefix('+').or_else(|| number.strip_prefix("00"));
            digits.unwrap_or(&number).into()
        }
        _ => text.to_ascii_lowercase(),
    }
}

/// A subject has a prefix once.
fn prefixed(prefix: &str, subject: &Text) -> Text {
    let Some(text) = subject.as_str() else { return subject.clone() };
    let has_prefix = text.get(..prefix.len() - 1).is_some_and(|start| start.eq_ignore_ascii_case(prefix.trim_end()));
    if has_prefix { subject.clone() } else { [prefix, text].concat().into() }
}
