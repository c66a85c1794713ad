//! PDUs in the forms that encoders in use write them, made up for the benches: how addresses, content types and the
//! headers of parts are written differs, and quick paths have to know the forms that are sent, not those of this crate.

/// Who writes so, and what makes a PDU.
pub(crate) type Deployed = (&'static str, fn() -> Vec<u8>);

pub(crate) const DEPLOYED: [Deployed; 7] = [
    ("android", android),
    ("iphone", iphone),
    ("nokia", nokia),
    ("mms_engine", mms_engine),
    ("mmsd", mmsd),
    ("mbuni", mbuni),
    ("notification_with_charset", notification),
];

const UTF_8: u8 = 0xea;
const ASCII: u8 = 0x83;
const RELATED: u8 = 0xb3;

fn text(text: &str) -> Vec<u8> {
    [text.as_bytes(), b"\0"].concat()
}

/// A value and its value-length.
fn value(pieces: &[&[u8]]) -> Vec<u8> {
    let value = pieces.concat();
    let length = u8::try_from(value.len()).unwrap();
    let length = if length < 31 { vec![length] } else { vec![31, length] };
    [length, value].concat()
}

/// An encoded-string-value with its charset.
fn labelled(charset: u8, string: &str) -> Vec<u8> {
    value(&[&[charset], &text(string)])
}

fn uintvar(number: usize) -> Vec<u8> {
    let octet = |shift: usize| u8::try_from(number >> shift & 0x7f).unwrap();
    match number {
        0..0x80 => vec![octet(0)],
        0x80..0x4000 => vec![0x80 | octet(7), octet(0)],
        _ => vec![0x80 | octet(14), 0x80 | octet(7), octet(0)],
    }
}

fn part(headers: &[&[u8]], content: &[u8]) -> Vec<u8> {
    let headers = headers.concat();
    [uintvar(headers.len()), uintvar(content.len()), headers, content.to_vec()].concat()
}

const SMIL: &[u8] =
    b"<smil><head><layout><root-layout/><region id=\"Image\" width=\"100%\" height=\"80%\" top=\"0%\"/></layout>\
</head><body><par dur=\"5000ms\"><img src=\"IMG_6807.jpg\" region=\"Image\"/></par></body></smil>";
const NOTE: &[u8] = b"Hello from the seaside";

fn picture() -> Vec<u8> {
    vec![0x5a; 40_000]
}

/// Every address with UTF-8, the name before the charset, and the media type of SMIL as text.
fn android() -> Vec<u8> {
    let smil = value(&[&text("application/smil"), b"\x85", &text("smil.xml")]);
    let note = value(&[b"\x83\x85", &text("text_0.txt"), &[0x81, UTF_8]]);
    let jpeg = value(&[b"\x9e\x85", &text("IMG_6807.jpg")]);
    let related = [&[RELATED, 0x8a][..], &text("<smil>"), b"\x89", &text("application/smil")];
    [
        b"\x8c\x80\x98T18c2b6ff1a0\0\x8d\x92\x85\x04\x65\x92\x00\x80\x89\x01\x81\x97".to_vec(),
        labelled(UTF_8, "+447700900123/TYPE=PLMN"),
        b"\x97".to_vec(),
        labelled(UTF_8, "+447700900456/TYPE=PLMN"),
        b"\x96".to_vec(),
        value(&[&[UTF_8, 0x7f], &text("\u{c9}t\u{e9} \u{e0} la mer")]),
        b"\x8a\x80\x88\x05\x81\x03\x09\x3a\x80\x8f\x81\x86\x81\x90\x81\x84".to_vec(),
        value(&related),
        b"\x03".to_vec(),
        part(&[&smil, b"\xc0\"", &text("<smil>"), b"\x8e", &text("smil.xml")], SMIL),
        part(&[&note, b"\xc0\"", &text("<text_0>"), b"\x8e", &text("text_0.txt")], NOTE),
        part(&[&jpeg, b"\xc0\"", &text("<IMG_6807>"), b"\x8e", &text("IMG_6807.jpg")], &picture()),
    ]
    .concat()
}

/// Addresses with US-ASCII, a Content-Disposition, and identifiers without angle brackets.
fn iphone() -> Vec<u8> {
    let jpeg = value(&[b"\x9e\x85", &text("IMG_6807.jpg")]);
    let note = value(&[b"\x83\x81", &[UTF_8], b"\x85", &text("text_0.txt")]);
    let attached = |name: &str| [&b"\xae"[..], &value(&[b"\x81\x86", &text(name)])].concat();
    [
        b"\x8c\x80\x981262957356-3\0\x8d\x92\x97".to_vec(),
        labelled(ASCII, "+447700900123/TYPE=PLMN"),
        b"\x89\x01\x81\x84".to_vec(),
        value(&[&[RELATED, 0x89], &text("application/smil"), b"\x8a", &text("0.smil")]),
        b"\x03".to_vec(),
        part(&[&text("application/smil"), b"\xc0\"", &text("0.smil")], SMIL),
        part(&[&jpeg, &attached("IMG_6807.jpg"), b"\xc0\"", &text("1"), b"\x8e", &text("IMG_6807.jpg")], &picture()),
        part(&[&note, &attached("text_0.txt"), b"\xc0\"", &text("2"), b"\x8e", &text("text_0.txt")], NOTE),
    ]
    .concat()
}

/// Plain texts throughout, and a type parameter before the start.
fn nokia() -> Vec<u8> {
    [
        b"\x8c\x80\x981186630487\0\x8d\x90\x89".to_vec(),
        value(&[b"\x80", &text("+447700900100/TYPE=PLMN")]),
        [b"\x97".to_vec(), text("+447700900123/TYPE=PLMN"), b"\x96".to_vec(), text("This is a nice message ...")]
            .concat(),
        b"\x86\x81\x94\x81\x90\x81\x8a\x80\x8f\x81\x84".to_vec(),
        value(&[&[RELATED, 0x89], &text("application/smil"), b"\x8a", &text("<0000>")]),
        b"\x03".to_vec(),
        part(&[&text("application/smil"), b"\xc0\"", &text("<0000>")], SMIL),
        part(&[&text("audio/amr"), b"\xc0\"", &text("<YCBNYH.amr>"), b"\x8e", &text("YCBNYH.amr")], &picture()),
        part(&[&value(&[b"\x83\x81", &[UTF_8]]), b"\xc0\"", &text("<YCBNYI.txt>"), b"\x8e", &text("YCBNYI.txt")], NOTE),
    ]
    .concat()
}

/// The charset before the name.
fn mms_engine() -> Vec<u8> {
    let smil = value(&[&text("application/smil"), &[0x81, UTF_8, 0x85], &text("smil.xml")]);
    let note = value(&[&[0x83, 0x81, UTF_8, 0x85], &text("text_1.txt")]);
    let jpeg = value(&[b"\x9e\x85", &text("IMG_6807.jpg")]);
    [
        b"\x8c\x80\x98c9f3a6f1d2\0\x8d\x91\x85\x04\x65\x92\x00\x80\x89\x01\x81".to_vec(),
        [b"\x97".to_vec(), text("+447700900123/TYPE=PLMN"), b"\x97".to_vec(), text("alice@example.com")].concat(),
        b"\x96".to_vec(),
        labelled(UTF_8, "Holiday pictures"),
        b"\x8a\x80\x86\x81\x90\x81\x84".to_vec(),
        value(&[&[RELATED, 0x8a], &text("<smil>"), b"\x89", &text("application/smil")]),
        b"\x03".to_vec(),
        part(&[&smil, b"\xc0\"", &text("<smil>"), b"\x8e", &text("smil.xml")], SMIL),
        part(&[&jpeg, b"\xc0\"", &text("<image_0>"), b"\x8e", &text("IMG_6807.jpg")], &picture()),
        part(&[&note, b"\xc0\"", &text("<text_1>"), b"\x8e", &text("text_1.txt")], NOTE),
    ]
    .concat()
}

/// A mixed body, and parts with a Content-ID alone.
fn mmsd() -> Vec<u8> {
    [
        b"\x8c\x80\x98000000000001\0\x8d\x90\x89\x01\x81\x97".to_vec(),
        text("+447700900123/TYPE=PLMN"),
        b"\x86\x80\x84\xa3\x02".to_vec(),
        part(&[&value(&[&[0x83, 0x81, UTF_8]]), b"\xc0\"", &text("<Generic_Text.txt>")], NOTE),
        part(&[b"\x9e\xc0\"", &text("<IMG_6807.jpg>")], &picture()),
    ]
    .concat()
}

/// The sender by number, and mailboxes.
fn mbuni() -> Vec<u8> {
    [
        b"\x8c\x84\x98T-0001\0\x8d\x92\x8b".to_vec(),
        text("qf3.1a2b3c@mmsc.example.net"),
        b"\x85\x04\x65\x92\x00\x80\x89".to_vec(),
        value(&[b"\x80", &text("+447700900100/TYPE=PLMN")]),
        [b"\x97".to_vec(), text("+447700900123/TYPE=PLMN"), b"\x97".to_vec(), text("someone@example.com")].concat(),
        [b"\x96".to_vec(), text("Holiday pictures")].concat(),
        b"\x8a\x80\x8f\x80\x86\x80\x90\x80\x84\xa3\x02".to_vec(),
        part(&[&value(&[&[0x83, 0x81, UTF_8]]), b"\xc0\"", &text("<t1>"), b"\x8e", &text("t1.txt")], NOTE),
        part(&[&value(&[b"\x9d\x85", &text("p.gif")]), b"\xc0\"", &text("<p>")], &picture()),
    ]
    .concat()
}

fn notification() -> Vec<u8> {
    let sender = labelled(UTF_8, "+447700900100/TYPE=PLMN");
    [
        b"\x8c\x82\x9849955185@mmsc1\0\x8d\x92\x89".to_vec(),
        value(&[b"\x80", &sender]),
        b"\x96".to_vec(),
        labelled(UTF_8, "Holiday pictures"),
        b"\x8a\x80\x8e\x03\x01\xea\x8b\x88\x05\x81\x03\x03\xf4\x80\x83".to_vec(),
        text("http://mmsc.example.com/mms/?id=49955185&key=KwFUsSVB55vyjtq"),
    ]
    .concat()
}
