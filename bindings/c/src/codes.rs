//! The enumerations of the header that follow from the lists of the library.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{Debug, Write};

use mms_codec_rs::DeviationKind;
use mms_codec_rs::message::{
    ContentClass, MessageClass, MmStatus, Priority, ReadStatus, ReplyCharging, SenderVisibility,
};
use mms_codec_rs::mm1::{
    CancelStatus, FieldCode, MessageType, MmFlagOperation, MmState, ResponseStatus, RetrievalMode, RetrieveStatus,
    StoreStatus, Version,
};

/// The number of a deviation. It is made of its name, which never changes, so that it does not change either when
/// others come before it: 24 bits of FNV-1a, below bit 30.
pub fn deviation_code(kind: DeviationKind) -> i32 {
    let mix = |hash: u32, octet: u8| (hash ^ u32::from(octet)).wrapping_mul(0x0100_0193);
    let hash = kind.name().bytes().fold(0x811c_9dc5, mix);
    ((hash >> 8) | 0x4000_0000).cast_signed()
}

/// What cbindgen does not write by itself.
const OPAQUE: &str = "
/**
 * The length of a text that ends with NUL.
 */
#define MMS_NUL_TERMINATED SIZE_MAX

/**
 * A part of a message: octets, or further parts.
 */
typedef struct mms_part mms_part;
";

/// The C source of all of them.
pub fn enumerations() -> String {
    let mut c = String::from(OPAQUE);
    let fields = FieldCode::ALL.iter().map(|code| (word(code.name().unwrap_or_default()), code.wire().into()));
    list(&mut c, "field", "The fields of MM1.", fields);
    let types = MessageType::ALL.iter().map(|code| (word(code.name().unwrap_or_default()), code.octet().into()));
    list(&mut c, "type", "The types of PDUs.", types);
    let versions = [Version::V1_0, Version::V1_1, Version::V1_2, Version::V1_3].into_iter();
    let number = |version: Version| i32::from(version.major()) << 4 | i32::from(version.minor().unwrap_or(15));
    list(
        &mut c,
        "version",
        "The versions of MMS.",
        versions.map(|version| (word(&format!("{version}")), number(version))),
    );

    macro_rules! tokens {
        ($($type:ident, $name:literal, $about:literal, $octet:expr;)+) => {
            $(list(&mut c, $name, $about, numbered($type::ALL, $octet));)+
        };
    }
    tokens! {
        MessageClass, "message_class", "Values of MMS_FIELD_MESSAGE_CLASS.", |value| value.mm1_octet();
        Priority, "priority", "Values of MMS_FIELD_PRIORITY.", |value| value.mm1_octet();
        SenderVisibility, "sender_visibility", "Values of MMS_FIELD_SENDER_VISIBILITY.", |value| value.mm1_octet();
        ReadStatus, "read_status", "Values of MMS_FIELD_READ_STATUS.", |value| value.mm1_octet();
        ReplyCharging, "reply_charging", "Values of MMS_FIELD_REPLY_CHARGING.", |value| value.mm1_octet();
        ContentClass, "content_class", "Values of MMS_FIELD_CONTENT_CLASS.", |value| value.mm1_octet();
        MmStatus, "mm_status", "Values of MMS_FIELD_STATUS.", MmStatus::mm1_octet;
        ResponseStatus, "response_status", "Values of MMS_FIELD_RESPONSE_STATUS.", |value| Some(value.octet());
        RetrieveStatus, "retrieve_status", "Values of MMS_FIELD_RETRIEVE_STATUS.", |value| Some(value.octet());
        StoreStatus, "store_status", "Values of MMS_FIELD_STORE_STATUS.", |value| Some(value.octet());
        MmState, "mm_state", "Values of MMS_FIELD_MM_STATE.", |value| value.mm1_octet();
        MmFlagOperation, "keyword", "Values of `token` of MMS_FIELD_MM_FLAGS.", |value| value.mm1_octet();
        CancelStatus, "cancel_status", "Values of MMS_FIELD_CANCEL_STATUS.", |value| value.mm1_octet();
        RetrievalMode, "retrieval_mode", "Values of MMS_FIELD_RECOMMENDED_RETRIEVAL_MODE.", |value| value.mm1_octet();
    }
    let deviations = DeviationKind::ALL.iter().map(|kind| (word(kind.name()), deviation_code(*kind)));
    list(&mut c, "deviation", "What lenient decoding forgives and strict decoding refuses.", deviations);
    c
}

/// The values that MM1 has.
fn numbered<T: Debug>(all: &[T], octet: impl Fn(&T) -> Option<u8>) -> impl Iterator<Item = (String, i32)> {
    all.iter().filter_map(move |value| Some((word(&format!("{value:?}")), octet(value)?.into())))
}

fn list(c: &mut String, name: &str, about: &str, values: impl Iterator<Item = (String, i32)>) {
    let prefix = name.to_uppercase();
    let values: Vec<_> = values.map(|(value, number)| format!("  MMS_{prefix}_{value} = {number:#X}")).collect();
    let _ = write!(c, "\n/**\n * {about}\n */\nenum mms_{name} {{\n{}\n}};\n", values.join(",\n"));
}

/// `X-Mms-Message-Type`, `MultipleTokens` or `m-send-req` in capitals with underscores.
fn word(name: &str) -> String {
    let name = name.strip_prefix("X-Mms-").unwrap_or(name);
    let mut word = String::new();
    let mut after_small = false;
    for letter in name.chars() {
        if after_small && letter.is_ascii_uppercase() {
            word.push('_');
        }
        after_small = letter.is_ascii_lowercase();
        word.push(if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' });
    }
    word
}
