//! The tables of statuses, written out (TS 23.140, annexes I and K).

use mms_codec::message::{MmStatus, RequestStatus};
use mms_codec::mm1::{AcknowledgeInd, NotifyRespInd, ResponseStatus, RetrieveStatus, Version};
use mms_codec::mm7::{Schema, StatusCode};
use mms_codec::relay;

/// MM4; MM1 1.0 and what later versions write; MM1 octets that lead there; the MM7 code
/// from here, and the codes that lead back.
type Row = (RequestStatus, u8, u8, &'static [u8], u32, &'static [u32]);

const TABLE: [Row; 9] = [
    (RequestStatus::Ok, 128, 128, &[128], 1000, &[1000, 1100]),
    (RequestStatus::ErrorUnspecified, 129, 224, &[129, 192, 224], 3000, &[2000, 3000, 3001, 4000, 4005, 9999]),
    (RequestStatus::ErrorServiceDenied, 130, 225, &[130, 225], 4007, &[2001, 4001, 4007, 4008]),
    (RequestStatus::ErrorMessageFormatCorrupt, 131, 226, &[131, 226], 2007, &[2007, 4004]),
    (RequestStatus::ErrorSendingAddressUnresolved, 132, 227, &[132, 193, 227], 2003, &[2002, 2003, 2008, 2009]),
    // No message is looked for when one is sent: 224.
    (RequestStatus::ErrorMessageNotFound, 133, 224, &[133, 194, 228], 2005, &[2005, 2006]),
    (RequestStatus::ErrorNetworkProblem, 134, 195, &[134, 195], 4006, &[4006]),
    (RequestStatus::ErrorContentNotAccepted, 135, 229, &[135, 229], 2004, &[2004, 3002]),
    (RequestStatus::ErrorUnsupportedMessage, 136, 136, &[136], 4003, &[3003, 3004, 4002, 4003]),
];

#[test]
fn request_statuses_are_those_of_the_table() {
    for (status, first, later, octets, code, codes) in TABLE {
        assert_eq!(relay::send_status(&status, Version::V1_0).octet(), first, "{status}");
        for version in [Version::V1_1, Version::V1_2, Version::V1_3] {
            assert_eq!(relay::send_status(&status, version).octet(), later, "{status}");
        }
        for octet in octets {
            assert_eq!(ResponseStatus::from_octet(*octet).request_status(), status, "{octet}");
        }
        assert_eq!(StatusCode::from(&status).number(), code, "{status}");
        for code in codes {
            assert_eq!(StatusCode::new(*code).request_status(), status, "{code}");
        }
    }
    // 197 to 223 count as 192, and 236 to 255 as 224.
    for octet in (197..=223).chain(236..=255) {
        assert_eq!(ResponseStatus::from_octet(octet).request_status(), RequestStatus::ErrorUnspecified, "{octet}");
    }
}

/// Whatever interface a status comes from, whether trying again may help is the same.
#[test]
fn statuses_are_classified_in_one_way() {
    for code in StatusCode::ALL {
        let status = code.request_status();
        assert_eq!(code.is_transient(), status.is_transient(), "{code}");
        assert_eq!(code.is_success(), status.is_ok(), "{code}");
        let on_mm1 = relay::response_status(*code, Version::V1_3);
        let is_transient = (192..224).contains(&on_mm1.octet());
        assert_eq!(is_transient, status.is_transient() || *code == StatusCode::PARTIAL_SUCCESS, "{code}");
    }
    for word in ["Error- service-denied", "ok", "0", "ERROR-NETWORK-PROBLEM", "else"] {
        let (word, class) = (RequestStatus::Other(word.into()), RequestStatus::Other(word.into()).class());
        assert_eq!(StatusCode::from(&word), StatusCode::from(&class));
        assert_eq!((word.is_ok(), word.is_transient()), (class.is_ok(), class.is_transient()));
        let on_mm1 = ResponseStatus::from_request_status(&word, Version::V1_3);
        assert_eq!(on_mm1, ResponseStatus::from_request_status(&class, Version::V1_3));
    }
    assert_eq!(relay::response_status(StatusCode::PARTIAL_SUCCESS, Version::V1_3).octet(), 196);
    assert_eq!(relay::response_status(StatusCode::PARTIAL_SUCCESS, Version::V1_0).octet(), 128);
    assert_eq!(relay::response_status(StatusCode::NOT_POSSIBLE, Version::V1_3).octet(), 224);
}

#[test]
fn statuses_that_mm4_does_not_have_are_told_on_mm7() {
    let rows = [(196, 1100), (230, 2001), (231, 2001), (232, 2001), (233, 2001), (234, 2001), (235, 4007)];
    for (octet, code) in rows {
        assert_eq!(relay::status_code(ResponseStatus::from_octet(octet)).number(), code, "{octet}");
    }
    for (status, first, later, _, code, _) in TABLE {
        assert_eq!(relay::status_code(ResponseStatus::from_octet(first)).number(), code, "{status}");
        if status != RequestStatus::ErrorMessageNotFound {
            assert_eq!(relay::status_code(ResponseStatus::from_octet(later)).number(), code, "{status}");
        }
    }
}

/// Which value may stand in which PDU.
#[test]
fn no_response_has_a_status_that_belongs_into_another_one() {
    for (status, ..) in TABLE {
        for version in [Version::V1_1, Version::V1_2, Version::V1_3] {
            let sent = relay::send_status(&status, version).octet();
            assert!(![193, 194, 196, 228, 232].contains(&sent) && !(129..=135).contains(&sent), "{status}: {sent}");
            let forwarded = relay::forward_status(&status, version).octet();
            let only_elsewhere = [136, 193, 196, 229, 230, 234];
            assert!(!only_elsewhere.contains(&forwarded) && !(129..=135).contains(&forwarded), "{status}: {forwarded}");
        }
        let retrieved = relay::retrieve_status(&status, Version::V1_3).unwrap();
        assert_eq!(retrieved == RetrieveStatus::OK, status == RequestStatus::Ok);
        assert!(retrieved.name().is_some());
        assert_eq!(relay::retrieve_status(&status, Version::V1_0), None);
    }
    for (octet, status) in [
        (0x80, RequestStatus::Ok),
        (0xc0, RequestStatus::ErrorUnspecified),
        (0xc1, RequestStatus::ErrorMessageNotFound),
        (0xc2, RequestStatus::ErrorNetworkProblem),
        (0xe0, RequestStatus::ErrorUnspecified),
        (0xe1, RequestStatus::ErrorServiceDenied),
        (0xe2, RequestStatus::ErrorMessageNotFound),
        (0xe3, RequestStatus::ErrorContentNotAccepted),
        (0xff, RequestStatus::ErrorUnspecified),
    ] {
        assert_eq!(relay::request_status(RetrieveStatus::from_octet(octet)), status, "{octet:#x}");
    }
}

#[test]
fn misspelt_statuses_are_understood() {
    let status = RequestStatus::Other("Error- service-denied".into());
    assert_eq!(relay::send_status(&status, Version::V1_2), ResponseStatus::ERROR_PERMANENT_SERVICE_DENIED);
}

/// The status, and what it is on MM1 1.1, on MM1 1.2, on MM4, on MM7 of Release 5 and 6.
#[test]
fn mm_statuses_are_those_of_the_table() {
    use MmStatus::{
        Deferred, DeliveryConditionNotMet, Expired, Forwarded, Indeterminate, Rejected, Retrieved, Unreachable,
        Unrecognised,
    };

    let rows = [
        (Expired, [Expired, Expired, Expired, Expired, Expired]),
        (Retrieved, [Retrieved, Retrieved, Retrieved, Retrieved, Retrieved]),
        (Rejected, [Rejected, Rejected, Rejected, Rejected, Rejected]),
        (Deferred, [Deferred, Deferred, Deferred, Indeterminate, Deferred]),
        (Unrecognised, [Indeterminate, Indeterminate, Unrecognised, Rejected, Unrecognised]),
        (Indeterminate, [Indeterminate, Indeterminate, Indeterminate, Indeterminate, Indeterminate]),
        (Forwarded, [Forwarded, Forwarded, Forwarded, Forwarded, Forwarded]),
        (Unreachable, [Indeterminate, Unreachable, Indeterminate, Indeterminate, Indeterminate]),
        (DeliveryConditionNotMet, [Rejected, Rejected, Rejected, Rejected, DeliveryConditionNotMet]),
        (MmStatus::Word("unrecognized".into()), [Indeterminate, Indeterminate, Unrecognised, Rejected, Unrecognised]),
        (MmStatus::Code(0xc5), [Indeterminate, Indeterminate, Indeterminate, Indeterminate, Indeterminate]),
    ];
    let named = rows.iter().filter(|(status, _)| MmStatus::ALL.contains(status)).count();
    assert_eq!(named, MmStatus::ALL.len());
    for (status, expected) in rows {
        let found = [
            relay::mm_status_on_mm1(&status, Version::V1_1),
            relay::mm_status_on_mm1(&status, Version::V1_2),
            relay::mm_status_on_mm4(&status),
            relay::mm_status_on_mm7(&status, &Schema::REL_5_MM7_1_3),
            relay::mm_status_on_mm7(&status, &Schema::REL_6_MM7_1_4),
        ];
        assert_eq!(found, expected, "{status}");
    }
}

#[test]
fn a_phone_that_allows_no_report_gets_none_sent() {
    let mut resp = NotifyRespInd::default();
    for (said, became) in [
        (MmStatus::Retrieved, MmStatus::Retrieved),
        (MmStatus::Deferred, MmStatus::Deferred),
        (MmStatus::Rejected, MmStatus::Rejected),
        // Not for a phone to say: it will not fetch it.
        (MmStatus::Expired, MmStatus::Rejected),
    ] {
        resp.status = Some(said);
        resp.report_allowed = None;
        assert_eq!(relay::answered(&resp), Some(became));
        resp.report_allowed = Some(false);
        assert_eq!(relay::answered(&resp), None);
    }
    let mut acknowledge = AcknowledgeInd::default();
    assert_eq!(relay::acknowledged(&acknowledge), Some(MmStatus::Retrieved));
    acknowledge.report_allowed = Some(false);
    assert_eq!(relay::acknowledged(&acknowledge), None);
}
