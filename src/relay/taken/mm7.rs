//! Taking messages and reports off MM7.

use alloc::vec::Vec;
use core::mem::take;

use super::{Taken, TakenDeliveryReport, TakenReadReport};
use crate::conversion::ConversionError;
use crate::message::{Content, ContentType, MediaType, Message, Part, Str, bare_reference};
use crate::mm7::{
    DeliverReq, DeliveryReportReq, Envelope, ExtendedReplaceReq, Extra, Mm7, Pdu, ReadReplyReq, ReplaceReq, SubmitReq,
};
use crate::relay::lost::Losses;
use crate::table::Table;

impl From<SubmitReq> for Taken {
    fn from(mut submit: SubmitReq) -> Self {
        (submit.mm7_version, submit.content_href) = (None, unresolved(submit.content_href, &submit.message));
        taken(take(&mut submit.message), &submit)
    }
}

impl From<DeliverReq> for Taken {
    fn from(mut deliver: DeliverReq) -> Self {
        (deliver.mm7_version, deliver.content_href) = (None, unresolved(deliver.content_href, &deliver.message));
        taken(take(&mut deliver.message), &deliver)
    }
}

/// What replaces a message that was not delivered yet; `MessageID` says which.
impl From<ReplaceReq> for Taken {
    fn from(mut replace: ReplaceReq) -> Self {
        (replace.mm7_version, replace.content_href) = (None, unresolved(replace.content_href, &replace.message));
        let message_id = replace.message_id.take();
        Self { message_id, ..taken(take(&mut replace.message), &replace) }
    }
}

/// What replaces a message on the terminals: it keeps `X-Mms-Replace-ID` on MM1.
impl From<ExtendedReplaceReq> for Taken {
    fn from(mut replace: ExtendedReplaceReq) -> Self {
        (replace.mm7_version, replace.content_href) = (None, unresolved(replace.content_href, &replace.message));
        taken(take(&mut replace.message), &replace)
    }
}

/// A message with all that came in the body of the HTTP message. Attachments that `Content/@href`
/// does not name become parts of the body: of a multipart, behind its own parts; of anything else,
/// in a `multipart/related` that has it as root. Entries of the SOAP header are lost.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{ContentType, Part};
/// use mms_codec::mm7::{Envelope, SubmitReq};
/// use mms_codec::relay::Taken;
///
/// let mut submit = SubmitReq::default();
/// submit.message.body = Some(Part::new(ContentType::new("application/smil"), "<smil/>"));
/// let mut envelope = Envelope::new("t-1", submit);
/// envelope.attachments.push(Part::new(ContentType::new("image/gif"), &b"GIF89a"[..]));
/// let taken = Taken::try_from(envelope)?;
/// let body = taken.message.body.unwrap();
/// assert_eq!(body.content_type.to_string(), "multipart/related; type=\"application/smil\"");
/// assert_eq!(body.parts().len(), 2);
/// # Ok::<(), mms_codec::ConversionError>(())
/// ```
impl TryFrom<Envelope> for Taken {
    type Error = ConversionError;

    /// Fails if the envelope carries no message.
    fn try_from(envelope: Envelope) -> Result<Self, ConversionError> {
        let Envelope { transaction_id: _, schema: _, header, mut pdu, attachments } = envelope;
        if !attachments.is_empty()
            && let Some((href, message)) = pdu.table_mut().reference()
        {
            message.body = Some(with_siblings(message.body.take(), href.as_deref(), attachments));
        }
        let mut taken: Self = match pdu {
            Pdu::SubmitReq(pdu) => pdu.into(),
            Pdu::DeliverReq(pdu) => pdu.into(),
            Pdu::ReplaceReq(pdu) => pdu.into(),
            Pdu::ExtendedReplaceReq(pdu) => pdu.into(),
            _ => return Err(ConversionError("message")),
        };
        let mut lost = Losses::from(take(&mut taken.lost));
        header.into_iter().for_each(|entry| lost.not_carried(Extra::new(entry).name()));
        taken.lost = lost.into_vec();
        Ok(taken)
    }
}

/// The content with the parts that came beside it.
fn with_siblings(content: Option<Part>, href: Option<&str>, siblings: Vec<Part>) -> Part {
    let mixed = || ContentType::new("multipart/mixed");
    let Some(mut root) = content else { return Part::multipart(mixed(), siblings) };
    if let Content::Parts(parts) = &mut root.content {
        parts.extend(siblings);
        return root;
    }
    let mut related = ContentType::new("multipart/related");
    if let MediaType::Name(media) = &root.content_type.media {
        related = related.with("type", media.clone());
    }
    // The reference has the identifier that the content came with.
    if root.content_id.is_none()
        && let Some(id) = href.filter(|href| href.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("cid:")))
    {
        root.content_id = Some(alloc::format!("<{}>", bare_reference(id)).into());
    }
    if let Some(id) = &root.content_id {
        related = related.with("start", id.clone());
    }
    Part::multipart(related, core::iter::once(root).chain(siblings).collect())
}

/// The reference to a body that did not come. With the body it has done its duty.
fn unresolved(content_href: Option<Str>, message: &Message) -> Option<Str> {
    content_href.filter(|_| message.body.is_none())
}

fn taken(message: Message, rest: &dyn Table<Mm7>) -> Taken {
    Taken { counts_from: message.date, message, lost: left(rest).into_vec(), ..Taken::default() }
}

impl From<DeliveryReportReq> for TakenDeliveryReport {
    fn from(mut request: DeliveryReportReq) -> Self {
        request.mm7_version = None;
        Self { report: take(&mut request.report), lost: left(&request).into_vec(), ..Self::default() }
    }
}

impl From<ReadReplyReq> for TakenReadReport {
    fn from(mut request: ReadReplyReq) -> Self {
        request.mm7_version = None;
        Self { report: take(&mut request.report), lost: left(&request).into_vec(), ..Self::default() }
    }
}

/// What is left in a request when everything that others can say is taken out.
pub(in crate::relay) fn left(pdu: &dyn Table<Mm7>) -> Losses {
    let mut lost = Losses::default();
    lost.fields_of(pdu, |_| false);
    for element in pdu.extra() {
        match element.parent.as_str() {
            "" => lost.not_carried(element.name()),
            parent => lost.not_carried(alloc::format!("{parent}.{}", element.name())),
        }
    }
    lost
}
