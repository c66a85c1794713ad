//! Over two interfaces, and there and back: a message loses what is in the list of one of the steps.

use mms_codec::fuzz::property;
use mms_codec::{mm1, mm4, mm7};

use crate::sources::{Any, all};

/// What decides about versions, schemas and addresses that the relay knows.
const CHOICES: [u8; 4] = [0x00, 0x35, 0x4a, 0xff];

/// The input of the fuzz target, on all ways.
fn input(choices: u8, message: &Any) -> Option<Vec<u8>> {
    let octets = match message {
        Any::Mm1(pdu) => mm1::encode(pdu).ok()?,
        Any::Mm4(pdu) => mm4::encode(pdu).ok()?,
        Any::Mm7(envelope) => {
            let encoded = mm7::encode(envelope).ok()?;
            let head = format!("Content-Type: {}\r\n\r\n", encoded.content_type);
            [head.as_bytes(), &encoded.body()].concat()
        }
    };
    Some([&[choices], &octets[..]].concat())
}

#[test]
fn every_message_is_moved_on_from_every_interface() {
    let inputs: Vec<_> = all()
        .iter()
        .flat_map(|(name, message)| CHOICES.map(|choices| (name.clone(), input(choices, message))))
        .filter_map(|(name, input)| Some((name, input?)))
        .collect();
    assert!(inputs.len() > 1_000, "{} messages", inputs.len());
    for (name, input) in &inputs {
        let moved = std::panic::catch_unwind(|| property::a_relay_loses_what_it_lists(input[0], &input[1..]));
        assert!(moved.is_ok(), "{name}, {:#x}", input[0]);
    }
}

#[test]
fn a_text_may_be_read_otherwise_without_a_label_that_nobody_knows() {
    for name in ["charset", "Charset", "CHARSET"] {
        let mail = [
            b"From: +12025550101/TYPE=PLMN@mms.example.net\r\nMIME-Version: 1.0\r\nX-Mms-Message-Type: MM4_forward.REQ\r\n\
              Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/smil;",
            name.as_bytes(),
            b"=ut\x02-8\r\n\r\n\xa4: yes\r\n--b--\r\n",
        ];
        for choices in CHOICES {
            property::a_relay_loses_what_it_lists(choices, &mail.concat());
        }
    }
}

mod made {
    use super::*;
    use arbitrary::{Arbitrary, Unstructured};
    use proptest::prelude::*;

    fn some<'a, T: Arbitrary<'a>>(octets: &'a [u8]) -> Option<T> {
        T::arbitrary(&mut Unstructured::new(octets)).ok()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn any_message_is_moved_on(choices: u8, octets in prop::collection::vec(any::<u8>(), 400..3_000)) {
            let messages = [
                some(&octets).map(|pdu: mm1::SendReq| Any::Mm1(pdu.into())),
                some(&octets).map(|pdu: mm1::RetrieveConf| Any::Mm1(pdu.into())),
                some(&octets).map(|pdu: mm4::ForwardReq| Any::Mm4(pdu.into())),
                some(&octets).map(Any::Mm7),
            ];
            let inputs = messages.iter().flatten().filter_map(|message| input(choices, message));
            inputs.for_each(|input| property::a_relay_loses_what_it_lists(input[0], &input[1..]));
        }
    }
}
