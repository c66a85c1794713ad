//! Shapes of MM7 envelopes.

use super::{Shape, numbered};

pub(super) const NS: &str = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4";
const TO: &str = "<Recipients><To><Number>1</Number></To></Recipients>";

/// A request with these attributes, in the header this entry, and these elements.
pub(super) fn submit(entry: &str, attributes: &str, inner: &str) -> String {
    format!(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header><t:TransactionID xmlns:t=\"{NS}\" \
         e:mustUnderstand=\"1\">t</t:TransactionID>{entry}</e:Header><e:Body><SubmitReq xmlns=\"{NS}\"{attributes}>\
         <MM7Version>6.8.0</MM7Version><SenderIdentification><VASPID>a</VASPID></SenderIdentification>{inner}\
         <Content href=\"cid:c\"/></SubmitReq></e:Body></e:Envelope>"
    )
}

fn elements(inner: &str) -> Vec<u8> {
    submit("", "", &format!("{TO}{inner}")).into()
}

fn many(unit: &str, count: usize) -> Vec<u8> {
    elements(&unit.repeat(count))
}

fn recipients(unit: &str, count: usize) -> Vec<u8> {
    submit("", "", &format!("<Recipients><To>{}</To></Recipients>", unit.repeat(count))).into()
}

fn subject(unit: &str, count: usize) -> Vec<u8> {
    elements(&format!("<Subject>{}</Subject>", unit.repeat(count)))
}

/// An element of another namespace, which is kept, with these in it.
fn kept(inner: &str) -> Vec<u8> {
    elements(&format!("<z:s xmlns:z=\"urn:z\">{inner}</z:s>"))
}

/// The same in the header, which strict decoding takes too.
fn entry(inner: &str) -> Vec<u8> {
    submit(&format!("<z:s xmlns:z=\"urn:z\">{inner}</z:s>"), "", TO).into()
}

/// A namespace of so many octets.
fn long(octets: usize) -> String {
    "u".repeat(octets)
}

fn utf_16(text: &[u8]) -> Vec<u8> {
    let text = str::from_utf8(text).unwrap();
    [&b"\xfe\xff"[..], &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()].concat()
}

fn in_charset(name: &str, text: &[u8]) -> Vec<u8> {
    [format!("<?xml version=\"1.0\" encoding=\"{name}\"?>").as_bytes(), text].concat()
}

fn response(details: &str) -> Vec<u8> {
    format!(
        "<SubmitRsp xmlns=\"{NS}\"><MM7Version>6.8.0</MM7Version><Status><StatusCode>1000</StatusCode>\
         <StatusText>x</StatusText>{details}</Status></SubmitRsp>"
    )
    .into()
}

fn fault(details: &str) -> Vec<u8> {
    format!(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><e:Fault>\
         <faultcode>e:Client</faultcode><faultstring/>{details}</e:Fault></e:Body></e:Envelope>"
    )
    .into()
}

pub(super) const SHAPES: &[Shape] = &[
    Shape::new("stray text and numbers", 20, |n| recipients("x<Number>1</Number>", n)),
    Shape::new("stray text and attributes", 25, |n| recipients("x<Number A=\"\">1</Number>", n)),
    Shape::new("stray text and attributes in UTF-16", 50, |n| utf_16(&recipients("x<Number A=\"\">1</Number>", n))),
    Shape::new("stray text and attributes in ISO 8859-5", 25, |n| {
        in_charset("iso-8859-5", &recipients("x<Number A=\"\">1</Number>", n))
    }),
    Shape::new("stray text and attributes in GB 18030", 25, |n| {
        in_charset("gb18030", &recipients("x<Number A=\"\">1</Number>", n))
    }),
    // Namespaces.
    Shape::new("kept: distinct prefixes", 28, |n| entry(&numbered(n, |i| format!("<p{i:06}:x xmlns:p{i:06}=\"u\"/>")))),
    Shape::new("kept: distinct prefixes of attributes", 30, |n| {
        entry(&numbered(n, |i| format!("<x p{i:06}:a=\"\" xmlns:p{i:06}=\"u\"/>")))
    }),
    Shape::new("kept: distinct prefixes in each other", 28, |n| {
        let depth = n.min(24);
        let open = numbered(depth, |i| format!("<p{i}:x xmlns:p{i}=\"{}\">", long(28 * n / depth)));
        let close = (0..depth).rev().map(|i| format!("</p{i}:x>")).collect::<String>();
        entry(&format!("{open}{close}"))
    }),
    Shape::new("a long namespace and children by prefix", 12, |n| {
        kept(&format!("<q:a xmlns:q=\"{}\">{}</q:a>", long(6 * n), "<q:b/>".repeat(n)))
    }),
    Shape::new("a long namespace and kept elements", 12, |n| {
        submit("", &format!(" xmlns:q=\"{}\"", long(6 * n)), &format!("{TO}{}", "<q:b/>".repeat(n))).into()
    }),
    Shape::new("a long namespace and attributes of known elements", 26, |n| {
        let attributes = "<Number q:a=\"\">1</Number>".repeat(n);
        submit(
            "",
            &format!(" xmlns:q=\"{}\"", long(26 * n)),
            &format!("<Recipients><To>{attributes}</To></Recipients>"),
        )
        .into()
    }),
    Shape::new("a long namespace and attributes of kept elements", 26, |n| {
        kept(&format!("<q:a xmlns:q=\"{}\">{}</q:a>", long(13 * n), "<z:a q:a=\"\"/>".repeat(n)))
    }),
    Shape::new("a long namespace and attributes of one element", 70, |n| {
        let attributes = numbered(n.min(60), |i| format!(" q:a{i}=\"\""));
        let namespace = format!(" xmlns:q=\"{}\"", long(70 * n));
        submit("", &namespace, &format!("<ServiceCode{attributes}>x</ServiceCode>{TO}")).into()
    }),
    Shape::new("a long namespace and attributes of a From", 70, |n| {
        let attributes = numbered(n.min(60), |i| format!(" q:a{i}=\"\""));
        let namespace = format!(" xmlns:q=\"{}\"", long(70 * n));
        submit("", &namespace, &format!("<Recipients><To><Number{attributes}>1</Number></To></Recipients>")).into()
    }),
    Shape::new("a long namespace of the message", 12, |n| {
        let uri = long(4 * n);
        format!("<SubmitReq xmlns=\"{uri}\" xmlns:p=\"{uri}\">{}</SubmitReq>", "<p:a/>".repeat(n)).into()
    }),
    Shape::new("two long namespaces that differ at their end", 20, |n| {
        let uri = long(7 * n);
        format!("<SubmitReq xmlns=\"{uri}a\" xmlns:p=\"{uri}b\">{}</SubmitReq>", "<p:a/>".repeat(n)).into()
    }),
    Shape::new("a namespace of entities and children", 18, |n| {
        kept(&format!("<q:a xmlns:q=\"{}\">{}</q:a>", "&amp;".repeat(2 * n), "<q:b/>".repeat(n)))
    }),
    Shape::new("a namespace of entities and attributes", 18, |n| {
        let namespace = "&amp;".repeat(n);
        submit(&format!("<z:s xmlns:z=\"urn:z\" xmlns:q=\"{namespace}\">{}</z:s>", "<z:a q:a=\"\"/>".repeat(n)), "", TO)
            .into()
    }),
    Shape::new("a namespace of entities and a kept element each", 18, |n| {
        let namespace = "&amp;".repeat(2 * n);
        submit("", &format!(" xmlns:q=\"{namespace}\""), &format!("{TO}{}", "<q:b/>".repeat(n))).into()
    }),
    Shape::new("a long namespace and header entries", 40, |n| {
        let entries = "<q:TransactionID>t</q:TransactionID>".repeat(n);
        let uri = long(4 * n);
        format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:q=\"{uri}\"><e:Header>{entries}\
             </e:Header><e:Body><SubmitReq xmlns=\"{NS}\"/></e:Body></e:Envelope>"
        )
        .into()
    }),
    Shape::new("128 bindings and many elements", 4, |n| {
        let bindings = numbered(120, |i| format!(" xmlns:p{i}=\"u{i}\""));
        elements(&format!("<z:s xmlns:z=\"urn:z\"{bindings}>{}</z:s>", "<a/>".repeat(n)))
    }),
    Shape::new("kept elements with bindings of their own", 36, |n| many("<q:a xmlns:q=\"urn:example:abc\">x</q:a>", n)),
    Shape::new("kept: elements with 60 attributes", 400, |n| {
        kept(&format!("<a{}/>", numbered(60, |i| format!(" a{i}=\"\""))).repeat(n))
    }),
    // Header entries.
    Shape::new("header entries", 33, |n| submit(&"<z:s xmlns:z=\"urn:z\">abcdef</z:s>".repeat(n), "", TO).into()),
    Shape::new("header entries, tiny", 4, |n| submit(&"<a/>".repeat(n), "", TO).into()),
    Shape::new("transaction ids", 32, |n| submit(&"<t:TransactionID xmlns:t=\"a\"/>".repeat(n), "", TO).into()),
    // Recipients.
    Shape::new("numbers", 23, |n| recipients("<Number>+4712345</Number>", n)),
    Shape::new("numbers, short", 18, |n| recipients("<Number>1</Number>", n)),
    Shape::new("numbers with attributes", 50, |n| {
        recipients("<Number displayOnly=\"true\" id=\"abcd\">+1</Number>", n)
    }),
    Shape::new("addresses", 54, |n| recipients("<RFC2822Address>Kim <![CDATA[<k@b.x>]]></RFC2822Address>", n)),
    Shape::new("one long address", 1, |n| {
        recipients(&format!("<RFC2822Address>{}@b.example</RFC2822Address>", "a".repeat(n)), 1)
    }),
    Shape::new("one address of quotation marks", 1, |n| {
        recipients(&format!("<RFC2822Address>{} &lt;a@b&gt;</RFC2822Address>", "\"".repeat(n)), 1)
    }),
    Shape::new("lists", 9, |n| submit("", "", &format!("<Recipients>{}</Recipients>", "<To></To>".repeat(n))).into()),
    Shape::new("lists of recipients", 25, |n| many("<Recipients></Recipients>", n)),
    Shape::new("short codes", 26, |n| recipients("<ShortCode>1</ShortCode>", n)),
    // Lists.
    Shape::new("delivery conditions", 10, |n| {
        elements(&format!("<DeliveryCondition>{}</DeliveryCondition>", "<DC>1</DC>".repeat(n)))
    }),
    Shape::new("delivery conditions as text", 2, |n| {
        elements(&format!("<DeliveryCondition>{}</DeliveryCondition>", "1 ".repeat(n)))
    }),
    Shape::new("previous senders", 50, |n| {
        let one = "<UserID sequence=\"1\"><Number>1</Number></UserID>".repeat(n);
        format!(
            "<DeliverReq xmlns=\"{NS}\"><MM7Version>6.8.0</MM7Version><Previouslysentby>{one}</Previouslysentby>\
             </DeliverReq>"
        )
        .into()
    }),
    Shape::new("kept elements, distinct", 17, |n| elements(&numbered(n, |i| format!("<abcdef{i:06}/>")))),
    Shape::new("kept elements, distinct, without namespace", 30, |n| {
        elements(&numbered(n, |i| format!("<abcdefghi{i:06} xmlns=\"\"/>")))
    }),
    Shape::new("kept elements", 20, |n| many("<abcdefghijklmnopq/>", n)),
    Shape::new("kept elements, tiny", 4, |n| many("<a/>", n)),
    Shape::new("one kept element", 4, |n| kept(&"<a/>".repeat(n))),
    Shape::new("one kept text", 1, |n| kept(&"x".repeat(n))),
    Shape::new("one kept text of references", 5, |n| kept(&"&amp;".repeat(n))),
    Shape::new("subjects", 20, |n| many("<Subject>x</Subject>", n)),
    Shape::new("priorities, damaged", 22, |n| many("<Priority>x</Priority>", n)),
    Shape::new("misplaced identities", 18, |n| many("<VASPID>a</VASPID>", n)),
    Shape::new("statuses in a request", 30, |n| many("<StatusCode>1000</StatusCode>", n)),
    Shape::new("nil elements", 75, |n| {
        many("<Subject xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\"/>", n)
    }),
    // One long text.
    Shape::new("subject: text", 1, |n| subject("x", n)),
    Shape::new("subject: references", 5, |n| subject("&amp;", n)),
    Shape::new("subject: numeric references", 6, |n| subject("&#120;", n)),
    Shape::new("subject: numeric references of three octets", 8, |n| subject("&#x20ac;", n)),
    Shape::new("subject: CDATA", 13, |n| subject("<![CDATA[x]]>", n)),
    Shape::new("subject: comments", 8, |n| subject("<!---->x", n)),
    Shape::new("subject: instructions", 6, |n| subject("<?a?>x", n)),
    Shape::new("subject: carriage returns", 2, |n| subject("x\r", n)),
    Shape::new("subject: elements", 4, |n| subject("<a/>", n)),
    Shape::new("subject: UTF-16", 2, |n| utf_16(&subject("\u{4e2d}", n))),
    Shape::new("subject: UTF-16, pairs", 4, |n| utf_16(&subject("\u{1f600}", n))),
    Shape::new("subject: TIS-620", 1, |n| {
        let text = String::from_utf8(subject("@", 1)).unwrap();
        let (head, tail) = text.split_once("@").unwrap();
        in_charset("tis-620", &[head.as_bytes(), &vec![0xa1; n], tail.as_bytes()].concat())
    }),
    Shape::new("kept elements in UTF-16", 40, |n| utf_16(&many("<abcdefghijklmnopq/>", n))),
    Shape::new("an attribute of references", 5, |n| {
        submit("", "", &format!("{TO}<Subject a=\"{}\"/>", "&amp;".repeat(n))).into()
    }),
    Shape::new("an attribute of line ends", 1, |n| elements(&format!("<Subject a=\"{}\"/>", "\n".repeat(n)))),
    Shape::new("attributes", 12, |n| elements(&format!("<Subject{}/>", numbered(n, |i| format!(" a{i:06}=\"\""))))),
    Shape::new("attributes of one name", 5, |n| elements(&format!("<Subject{}/>", " a=\"\"".repeat(n)))),
    // Details.
    Shape::new("details: elements", 4, |n| response(&format!("<Details>{}</Details>", "<a/>".repeat(n)))),
    Shape::new("details: references", 5, |n| response(&format!("<Details>{}</Details>", "&amp;".repeat(n)))),
    Shape::new("details: ampersands in CDATA", 1, |n| {
        response(&format!("<Details><![CDATA[{}]]></Details>", "&".repeat(n)))
    }),
    Shape::new("details: angles in CDATA", 1, |n| {
        response(&format!("<Details><![CDATA[{}]]></Details>", ">".repeat(n)))
    }),
    Shape::new("details: a long namespace", 12, |n| {
        format!(
            "<SubmitRsp xmlns=\"{NS}\" xmlns:q=\"{}\"><MM7Version>6.8.0</MM7Version><Status><StatusCode>1000\
             </StatusCode><Details>{}</Details></Status></SubmitRsp>",
            long(6 * n),
            "<q:a/>".repeat(n)
        )
        .into()
    }),
    Shape::new("details, again and again", 19, |n| response(&"<Details>a</Details>".repeat(n))),
    Shape::new("fault: details", 5, |n| fault(&format!("<detail>{}</detail>", "a<b/>".repeat(n)))),
    Shape::new("fault: details, again and again", 18, |n| fault(&"<detail>a</detail>".repeat(n))),
    // What surrounds the message.
    Shape::new("depth", 3, |n| kept(&"<a>".repeat(n))),
    Shape::new("depth of 20 and width", 4, |n| {
        kept(&format!("{}{}{}", "<a>".repeat(20), "<b/>".repeat(n), "</a>".repeat(20)))
    }),
    Shape::new("leading comments", 7, |n| [&b"<!---->".repeat(n)[..], &elements("")].concat()),
    Shape::new("leading instructions", 5, |n| [&b"<?a?>".repeat(n)[..], &elements("")].concat()),
    Shape::new("leading blanks", 1, |n| [&b" ".repeat(n)[..], &elements("")].concat()),
    Shape::new("trailing comments", 7, |n| [&elements("")[..], &b"<!---->".repeat(n)].concat()),
    Shape::new("trailing zeros", 1, |n| [&elements("")[..], &b"\0".repeat(n)].concat()),
    Shape::new("a late document type", 7, |n| [&b"<!---->".repeat(n)[..], b"<!DOCTYPE a>"].concat()),
    Shape::new("a tag without end", 1, |n| [&b"<SubmitReq "[..], &b"a".repeat(n)].concat()),
    Shape::new("a comment without end", 1, |n| [&b"<!--"[..], &b"-".repeat(n)].concat()),
    Shape::new("declarations", 21, |n| b"<?xml version=\"1.0\"?>".repeat(n)),
    // Times.
    Shape::new("time: a long fraction", 1, |n| {
        elements(&format!("<ExpiryDate>2024-01-01T00:00:00.{}Z</ExpiryDate>", "1".repeat(n)))
    }),
    Shape::new("time: a long duration", 1, |n| elements(&format!("<ExpiryDate>PT{}S</ExpiryDate>", "1".repeat(n)))),
    Shape::new("time: a long year", 1, |n| {
        elements(&format!("<ExpiryDate>{}-01-01T00:00:00Z</ExpiryDate>", "1".repeat(n)))
    }),
    Shape::new("times, damaged", 25, |n| many("<ExpiryDate>x</ExpiryDate>", n)),
];
