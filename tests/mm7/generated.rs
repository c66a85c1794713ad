//! Arbitrary messages.

use super::*;
use arbitrary::{Arbitrary, Unstructured};
use mms_codec::fuzz::{Target, property};
use mms_codec::message::Text;
use proptest::prelude::*;

/// XML has one charset for all texts: none of them keeps its own.
fn in_utf8(mut envelope: Envelope) -> Envelope {
    let text = match &mut envelope.pdu {
        Pdu::SubmitReq(pdu) => &mut pdu.message.subject,
        Pdu::DeliverReq(pdu) => &mut pdu.message.subject,
        Pdu::DeliveryReportReq(pdu) => &mut pdu.report.status_text,
        Pdu::ReadReplyReq(pdu) => &mut pdu.report.status_text,
        Pdu::SubmitRsp(pdu) => &mut pdu.status.text,
        Pdu::DeliverRsp(pdu) => &mut pdu.status.text,
        Pdu::CancelRsp(pdu) | Pdu::ReplaceRsp(pdu) | Pdu::DeliveryReportRsp(pdu) | Pdu::ReadReplyRsp(pdu) => {
            &mut pdu.status.text
        }
        Pdu::Fault(fault) => match &mut fault.error {
            Some(mm7::FaultError::RsErrorRsp(pdu) | mm7::FaultError::VaspErrorRsp(pdu)) => &mut pdu.status.text,
            None => return envelope,
        },
        _ => return envelope,
    };
    *text = text.take().map(Text::into_utf8);
    envelope
}

/// 12 messages and two faults in every schema, and four more in those that have extended messages.
#[test]
fn every_message_in_every_version_round_trips() {
    let mut state = 1_u64;
    let mut octets = vec![0_u8; 2000];
    let mut met = alloc::collections::BTreeSet::new();
    for _ in 0..8000 {
        octets.iter_mut().for_each(|octet| {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            *octet = state.to_be_bytes()[0];
        });
        let envelope = in_utf8(Envelope::arbitrary(&mut Unstructured::new(&octets)).unwrap());
        if !met.insert((envelope.schema.to_string(), envelope.name())) {
            continue;
        }
        let encoded = mm7::encode(&envelope).unwrap();
        let decoded = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap();
        assert!(decoded.value == envelope, "{}", property::differing(&envelope, &decoded.value));
        assert_eq!(encoded.left_out, Vec::<String>::new());
    }
    let extended = Pdu::from(mm7::ExtendedCancelReq::default());
    let with_extended = Schema::ALL.iter().filter(|schema| extended.is_in(schema)).count();
    assert_eq!(met.len(), Schema::ALL.len() * 14 + with_extended * 4);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn round_trips_every_message_in_every_version(seed in prop::collection::vec(any::<u8>(), 2000)) {
        let envelope = in_utf8(Envelope::arbitrary(&mut Unstructured::new(&seed)).unwrap());
        let encoded = mm7::encode(&envelope).unwrap();
        prop_assert!(encoded.left_out.is_empty());
        let decoded = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap();
        prop_assert!(decoded.value == envelope, "{}", property::differing(&envelope, &decoded.value));
        prop_assert!(mm7::encode(&decoded.value).unwrap().body() == encoded.body(), "encoding is stable");
    }

    #[test]
    fn survives_anything(octets in prop::collection::vec(any::<u8>(), 0..300), text in "[<>&;:/=a'\" ]{0,200}") {
        Target::Mm7Body.run(&octets);
        Target::Mm7Envelope.run(&octets);
        Target::Mm7Envelope.run(text.as_bytes());
    }
}
