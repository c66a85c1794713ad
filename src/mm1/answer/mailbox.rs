//! Answers about stored messages, and the descriptions of messages in them.

use alloc::vec;
use alloc::vec::Vec;

use bytes::Bytes;

use super::{answers, not_deleted, status_in};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::message::{ContentType, Message, Part};
use crate::mm1::code_point::{MessageType, ResponseStatus, StoreStatus};
use crate::mm1::field::FieldCode;
use crate::mm1::rules::Confirmation;
use crate::mm1::value::Counted;
use crate::mm1::{
    MboxDeleteConf, MboxDeleteReq, MboxDescr, MboxStoreConf, MboxStoreReq, MboxUploadConf, MboxUploadReq, MboxViewConf,
    MboxViewReq, Pdu, decode_with, encode,
};
use crate::options::{Decoded, Options};

answers! {
    /// The `M-Mbox-Store.conf` that answers this request (OMA-TS-MMS_ENC, 6.7).
    MboxStoreReq.conf(StoreStatus) => MboxStoreConf, |conf, _, status| conf.store_status = Some(status);

    /// The `M-Mbox-View.conf` that answers this request, with its selectors repeated and without
    /// messages (OMA-TS-MMS_ENC, 6.8). [`MboxDescr::body`] makes the body for some, and those who
    /// asked for totals and quotas have to get them.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{self, MboxDescr, MboxViewReq, MmState, ResponseStatus};
    ///
    /// let mut req = MboxViewReq::default();
    /// req.transaction_id = Some("T1".into());
    /// req.mm_states.push(MmState::New);
    /// let mut conf = req.conf(ResponseStatus::OK);
    /// assert_eq!(conf.mm_states, [MmState::New]);
    /// assert_eq!(mm1::encode(&conf)?, b"\x8c\x8e\x98T1\0\x8d\x92\x92\x80\xa3\x82\x84\x80");
    ///
    /// let mut descr = MboxDescr::default();
    /// descr.message_id = Some("m1@mmsc.example.net".into());
    /// conf.body = Some(MboxDescr::body(&[descr])?);
    /// conf.message_count = Some(1);
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    MboxViewReq.conf(ResponseStatus) => MboxViewConf, |conf, req, status| {
        conf.response_status = Some(status_in(status, conf.version, Confirmation::Mailbox));
        conf.content_locations.clone_from(&req.content_locations);
        conf.mm_states.clone_from(&req.mm_states);
        conf.mm_flags.clone_from(&req.mm_flags);
        (conf.start, conf.limit) = (req.start, req.limit);
        conf.attributes.clone_from(&req.attributes);
        conf.body = Some(Part::new(ContentType::new("*/*"), Bytes::new()));
    };

    /// The `M-Mbox-Upload.conf` that answers this request (OMA-TS-MMS_ENC, 6.9).
    MboxUploadReq.conf(StoreStatus) => MboxUploadConf, |conf, _, status| conf.store_status = Some(status);

    /// The `M-Mbox-Delete.conf` that answers this request (OMA-TS-MMS_ENC, 6.10): one status for all
    /// messages, and unless it is `Ok` the locations that it concerns.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{Counted, MboxDeleteReq, ResponseStatus};
    ///
    /// let mut req = MboxDeleteReq::default();
    /// req.content_locations.push("http://m.example/box/1".into());
    /// assert!(req.conf(ResponseStatus::OK).content_locations.is_empty());
    /// let conf = req.conf(ResponseStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND);
    /// assert_eq!(conf.content_locations, [Counted::new(0, "http://m.example/box/1".into())]);
    /// ```
    MboxDeleteReq.conf(ResponseStatus) => MboxDeleteConf, |conf, req, status| {
        conf.content_locations = not_deleted(&req.content_locations, status);
        conf.response_statuses = vec![Counted::new(0, status_in(status, conf.version, Confirmation::Mailbox))];
    };
}

impl MboxUploadReq {
    /// The message that is uploaded, however it is wrapped: as a PDU, as a PDU in a multipart, or
    /// as the multipart of the message itself. The specification does not say how (OMA-TS-MMS_ENC, 6.9).
    ///
    /// # Errors
    ///
    /// The iterator gives an error for a PDU that cannot be decoded, for one of another type, and
    /// [`NotAMessage`](DecodeErrorKind::NotAMessage) for a part that is not a PDU. Offsets count from the
    /// start of that part.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, Options, mm1};
    ///
    /// let octets = b"\x8c\x8f\x98T1\0\x8d\x92\x84\xa3\x01\x01\x08\xbe\x8c\x93\xa3\x80\x84\x83hi";
    /// let mm1::Pdu::MboxUploadReq(req) = mm1::decode(&Bytes::from_static(octets))?.value else { panic!() };
    /// let descr = req.descrs(&Options::lenient()).next().unwrap()?.value;
    /// assert_eq!(descr.mm_state, Some(mm1::MmState::Draft));
    /// assert_eq!(descr.message.body.unwrap().text().as_deref(), Some("hi"));
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn descrs(&self, options: &Options) -> impl Iterator<Item = Result<Decoded<MboxDescr>, DecodeError>> {
        let body = self.body.as_ref();
        let message = body.filter(|body| !holds_pdus(body)).map(|body| {
            let message = Message { body: Some(body.clone()), ..Message::default() };
            Ok(Decoded::new(MboxDescr { message, ..MboxDescr::default() }, Vec::new()))
        });
        message.into_iter().chain(descrs(body.filter(|body| holds_pdus(body)), *options))
    }
}

impl MboxViewConf {
    /// The messages that the mailbox shows (OMA-TS-MMS_ENC, 6.8).
    ///
    /// # Errors
    ///
    /// The iterator gives an error for a PDU that cannot be decoded, for one of another type, and
    /// [`NotAMessage`](DecodeErrorKind::NotAMessage) for a part that is not a PDU. Offsets count from the
    /// start of that part.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Options, mm1};
    ///
    /// let mut descr = mm1::MboxDescr::default();
    /// descr.message_id = Some("m1@mmsc.example.net".into());
    /// let mut conf = mm1::MboxViewConf::default();
    /// conf.body = Some(mm1::MboxDescr::body(&[descr.clone()])?);
    /// let shown: Result<Vec<_>, _> = conf.descrs(&Options::strict()).collect();
    /// assert_eq!(shown?[0].value, descr);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn descrs(&self, options: &Options) -> impl Iterator<Item = Result<Decoded<MboxDescr>, DecodeError>> {
        descrs(self.body.as_ref(), *options)
    }
}

impl MboxDescr {
    /// The body of a listing or an upload: a multipart with a PDU for each message
    /// (OMA-TS-MMS_ENC, 6.8 and 6.9).
    ///
    /// # Errors
    ///
    /// Fails for a message that cannot be encoded.
    ///
    /// # Examples
    ///
    /// ```
    /// let body = mms_codec::mm1::MboxDescr::body(&[])?;
    /// assert!(body.content_type.is("application/vnd.wap.multipart.mixed"));
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn body(descrs: &[Self]) -> Result<Part, EncodeError> {
        let part = |descr: &Self| Ok(Part::new(ContentType::new(ContentType::MMS_MESSAGE), encode(descr)?));
        let parts: Result<_, EncodeError> = descrs.iter().map(part).collect();
        Ok(Part::multipart(ContentType::new("application/vnd.wap.multipart.mixed"), parts?))
    }
}

fn is_pdu(part: &Part) -> bool {
    part.content_type.is(ContentType::MMS_MESSAGE)
}

/// Whether a body is a PDU or consists of some. A message may well have one among its parts.
fn holds_pdus(body: &Part) -> bool {
    is_pdu(body) || !body.parts().is_empty() && body.parts().iter().all(is_pdu)
}

/// The PDUs of a body: it is one, or a multipart of some. Of a body without octets there are none.
fn descrs(
    body: Option<&Part>,
    options: Options,
) -> impl Iterator<Item = Result<Decoded<MboxDescr>, DecodeError>> + use<'_> {
    let parts = body.map_or(&[][..], |body| match body.octets() {
        Some(octets) if octets.is_empty() && !is_pdu(body) => &[],
        Some(_) => core::slice::from_ref(body),
        None => body.parts(),
    });
    parts.iter().map(move |part| {
        let octets = part.octets().filter(|_| is_pdu(part)).ok_or(DecodeError {
            kind: DecodeErrorKind::NotAMessage,
            offset: 0,
            field: FieldCode::CONTENT_TYPE.name(),
        })?;
        let decoded = decode_with(octets, &options)?;
        match decoded.value {
            Pdu::MboxDescr(descr) => Ok(Decoded::new(descr, decoded.deviations)),
            other => Err(not_a_descr(other.message_type())),
        }
    })
}

fn not_a_descr(message_type: MessageType) -> DecodeError {
    let kind = DecodeErrorKind::UnexpectedOctet(message_type.octet());
    DecodeError { kind, offset: 1, field: FieldCode::MESSAGE_TYPE.name() }
}
