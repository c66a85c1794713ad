//! The bodies of the fuzz targets over the vectors, damaged in many places, and over random pieces.

use mms_codec::fuzz::Target;

pub(crate) const VECTORS: [&str; 7] = [
    include_str!("../vectors/mm4/forward_req.eml"),
    include_str!("../vectors/mm4/forward_res.eml"),
    include_str!("../vectors/mm4/delivery_report_req.eml"),
    include_str!("../vectors/mm4/delivery_report_res.eml"),
    include_str!("../vectors/mm4/read_reply_report_req.eml"),
    include_str!("../vectors/mm4/read_reply_report_res.eml"),
    include_str!("../vectors/mm4/tolerant.eml"),
];

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

#[test]
fn vectors_cut_at_every_octet_and_damaged_never_break_a_promise() {
    const OCTETS: &[u8] = b"\r\n\t \"<>()=?;:,@.-a1\0\xfc\xff";
    let mut random = Random(0x1234_5678_9abc_def1);
    for vector in VECTORS {
        for text in [vector.to_owned(), vector.replace('\n', "\r\n")] {
            for end in 0..=text.len() {
                Target::Mm4.run(&text.as_bytes()[..end]);
            }
            for _ in 0..200 {
                let mut octets = text.clone().into_bytes();
                for _ in 0..=random.below(3) {
                    let at = random.below(octets.len());
                    match random.below(3) {
                        0 => octets[at] = OCTETS[random.below(OCTETS.len())],
                        1 => drop(octets.remove(at)),
                        _ => octets.insert(at, OCTETS[random.below(OCTETS.len())]),
                    }
                }
                Target::Mm4.run(&octets);
                Target::Mime.run(&octets);
            }
        }
    }
}

/// What the fuzz targets found.
#[test]
fn findings_stay_fixed() {
    let long = "x".repeat(50);
    Target::Mime.run(format!("Content-Type: a/b; n=\"\u{fc}{long}\"; n=\"\u{fc}\"\r\n\r\n").as_bytes());
    let encodings = "Content-Transfer-Encoding:\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA";
    Target::Mime.run(encodings.as_bytes());
    Target::Mm4.run(format!("X-Mms-Message-Type: MM4_forward.RES\r\n{encodings}").as_bytes());
}

#[test]
fn random_pieces_never_break_a_promise() {
    let mut random = Random(0xfeed_beef_cafe_f00d);
    for _ in 0..5_000 {
        let length = random.below(60);
        let mut octets: Vec<u8> = (0..length).map(|_| random.next().to_le_bytes()[0]).collect();
        octets.insert(0, 0);
        Target::Mm4Text.run(&octets);
    }
}
