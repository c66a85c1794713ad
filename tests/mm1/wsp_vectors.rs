//! Single values that other implementations' own tests expect: read and written by us, and where we
//! mean to differ, counted and explained.

use crate::support::{corpus, vectors};
use alloc::collections::BTreeMap;

use mms_codec::Bytes;
use serde_json::Value;

mod mm1_values;
mod wsp_values;

/// What became of a vector: a value or octets, or why not.
type Outcome = Result<Value, String>;

/// How an outcome can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    /// We give something else.
    Other,
    /// The source refuses what we take.
    Taken,
    /// We refuse what the source takes.
    Refused,
}

use Difference::{Other, Refused, Taken};

/// Primitive, direction, difference, how often. Everything else is as the source expects.
#[rustfmt::skip]
const DIFFERENCES: &[(&str, &str, Difference, usize)] = &[
    // Gecko's numbers are those of JavaScript; a uintvar has 32 bits (WAP-230, 8.1.2), and our
    // integers have 64, where WSP allows 30 octets.
    ("WSP.UintVar", "decode", Refused, 4),
    ("WSP.UintVar", "encode", Refused, 1),
    ("WSP.IntegerValue", "encode", Refused, 11),
    ("WSP.LongInteger", "encode", Refused, 8),
    // An array of one octet is a long-integer there; 1 is a short-integer here.
    ("WSP.IntegerValue", "encode", Other, 1),
    // `Writer::short_integer` takes the low seven bits, as its documentation says.
    ("WSP.ShortInteger", "encode", Taken, 70),

    // Characters above 0x7F are written in UTF-8, not in ISO-8859-1.
    ("WSP.Text", "encode", Other, 51),
    // White space behind a line end is kept, not made one blank.
    ("WSP.Text", "decode", Other, 2),
    // A tab is white space.
    ("WSP.Text", "encode", Taken, 1),
    // A URI is any text: relays and phones write file names with blanks and brackets.
    ("WSP.URIC", "decode", Taken, 4),

    // Numbers without a name are kept with their octets.
    ("WSP.ApplicationIdValue", "decode", Taken, 1),
    ("WSP.ContentTypeValue.decodeConstrainedMedia", "decode", Taken, 1),
    ("WSP.ContentTypeValue.decodeMedia", "decode", Taken, 1),
    ("WSP.FieldName", "decode", Taken, 1),
    ("WSP.TypeValue", "decode", Taken, 1),
    ("MMS.MessageTypeValue", "decode", Taken, 1),
    // So is a value that does not follow its syntax, which Gecko drops.
    ("WSP.WellKnownHeader", "decode", Other, 2),

    // The form follows the value: parameters make a general form, known names have their numbers.
    // `a` is no media type.
    ("WSP.ContentTypeValue.encodeContentGeneralForm", "encode", Refused, 1),
    ("WSP.Parameter.encodeUntypedParameter", "encode", Other, 2),
    ("WSP.AcceptCharsetValue.encodeAnyCharset", "encode", Taken, 1),
    // An empty name is no token: the header is written out.
    ("WSP.FieldName", "encode", Refused, 1),

    // The PDUs of these five vectors have no such field: it is kept among the extra fields.
    ("MMS.ContentLocationValue", "decode", Refused, 5),
    // Seconds are a long-integer in MMS; Gecko writes a short-integer.
    ("MMS.ExpiryValue", "encode", Other, 1),
    // An unknown PDU is written with the type that it has, but not with one that has its own struct.
    ("MMS.MessageTypeValue", "encode", Taken, 1),
    ("MMS.MessageTypeValue", "encode", Refused, 14),
    // A delivery report does not say that something was not recognised.
    ("MMS.StatusValue", "encode", Refused, 1),
    // Application headers may have any name.
    ("MMS.MmsHeader", "encode", Taken, 1),
    // Statuses keep their octets, and have a class; an octet below 0x80 is none.
    ("MMS.RetrieveStatusValue", "decode", Other, 2),
    ("MMS.RetrieveStatusValue", "decode", Refused, 2),

    // No media type has quotation marks, and no parameter lacks its value.
    ("textual header", "decode", Refused, 1),
];

#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn values_are_what_other_implementations_expect() {
    let Some(corpus) = corpus::corpus() else { return };
    let file = std::fs::read(corpus.join("mm1/wsp_vectors.dev.json")).expect("the vectors");
    let file: Value = serde_json::from_slice(&file).expect("JSON");
    let vectors = file["vectors"].as_array().expect("an array of vectors");
    assert!(vectors.len() > 1000, "only {} vectors", vectors.len());
    let mut found = BTreeMap::<_, Vec<String>>::new();
    for vector in vectors {
        let (primitive, direction) = (text(&vector["primitive"]), text(&vector["direction"]));
        let outcome = run(vector).unwrap_or_else(|| panic!("nothing reads or writes {vector}"));
        if let Some(difference) = difference(vector, &outcome) {
            let shown = format!("    {vector}\n    gives {outcome:?}");
            found.entry((primitive, direction, difference)).or_default().push(shown);
        }
    }
    let counts: Vec<_> = found.iter().map(|((a, b, c), shown)| (*a, *b, *c, shown.len())).collect();
    let mut expected = DIFFERENCES.to_vec();
    expected.sort_unstable();
    let surprises: Vec<_> = found
        .iter()
        .filter(|((a, b, c), shown)| !expected.contains(&(*a, *b, *c, shown.len())))
        .map(|((a, b, c), shown)| format!("{a} {b} {c:?} {}:\n{}", shown.len(), shown.join("\n")))
        .collect();
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
    assert_eq!(counts, expected);
    let differ: usize = found.values().map(Vec::len).sum();
    corpus::say(&format!("{} vectors compared, {differ} differ as listed", vectors.len()));
}

/// Reads or writes a vector; `None` if nobody knows its primitive.
fn run(vector: &Value) -> Option<Outcome> {
    match text(&vector["primitive"]) {
        primitive if text(&vector["direction"]) == "encode" => wsp_values::write(primitive, &vector["value"])
            .or_else(|| mm1_values::write(primitive, &vector["value"]))
            .map(|outcome| outcome.map(|octets| Value::String(hex(&octets)))),
        primitive => wsp_values::read(primitive, vector).or_else(|| mm1_values::read(primitive, vector)),
    }
}

fn difference(vector: &Value, outcome: &Outcome) -> Option<Difference> {
    let expected = match text(&vector["direction"]) {
        "encode" => &vector["bytes_hex"],
        _ => &vector["expected"],
    };
    match (outcome, vector.get("error")) {
        (Err(_), Some(_)) => None,
        (Ok(_), Some(_)) => Some(Taken),
        (Err(_), None) => Some(Refused),
        (Ok(value), None) => (value != expected).then_some(Other),
    }
}

fn octets_of(vector: &Value) -> Bytes {
    vectors::octets(text(&vector["bytes_hex"]))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
