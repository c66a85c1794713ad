//! The spans of PDUs, pushes and short messages.

use mms_codec::Bytes;
use mms_codec::span::{Span, mm1, push, short_message};

/// The spans without others inside cover each octet once, and those with others inside what these cover.
fn assert_covers(octets: &Bytes, walk: impl for<'a> Fn(&'a Bytes, &mut dyn FnMut(Span<'a>))) {
    let mut at = 0;
    let mut open: Vec<(usize, usize)> = Vec::new();
    walk(octets, &mut |span: Span<'_>| {
        while let Some((_, end)) = open.pop_if(|(depth, _)| *depth >= span.depth) {
            assert_eq!(end, at, "before {span:?}");
        }
        assert_eq!(span.depth, open.len());
        assert_eq!(span.offset, at, "{span:?}");
        assert_eq!(span.octets, &octets[at..at + span.octets.len()]);
        if span.has_inner {
            open.push((span.depth, at + span.octets.len()));
        } else {
            assert!(!span.octets.is_empty());
            at += span.octets.len();
        }
    });
    assert_eq!(at, octets.len());
    assert!(open.iter().all(|(_, end)| *end == at));
}

fn assert_all_cover(octets: &Bytes) {
    assert_covers(octets, |octets, visit| mm1(octets, visit));
    assert_covers(octets, |octets, visit| push(octets, visit));
    assert_covers(octets, |octets, visit| short_message(octets, visit));
    #[cfg(any(feature = "mm4", feature = "mm7"))]
    assert_covers(octets, |octets, visit| mms_codec::span::lines(octets, visit));
}

/// The vectors, whole, cut and changed.
#[test]
fn every_octet_is_in_one_span() {
    let rows = include_str!("../vectors/mm1.txt").lines().filter(|row| !row.starts_with('#'));
    let mut count = 0;
    for (_, hex) in rows.filter_map(|row| row.split_once('\t')) {
        let digits: Vec<_> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
        let octets: Bytes = digits.chunks(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]).unwrap()).collect();
        assert_all_cover(&octets);
        for at in (0..octets.len()).step_by(29) {
            assert_all_cover(&octets.slice(..at));
            let mut changed = octets.to_vec();
            changed[at] = changed[at].wrapping_mul(31).wrapping_add(7);
            assert_all_cover(&changed.into());
        }
        count += 1;
    }
    assert!(count > 50);
}

/// Fields that the decoder reads have the offsets of their deviations.
#[test]
fn deviations_are_in_the_span_of_their_field() {
    let octets = Bytes::from_static(
        b"\x8c\x82\x98T1\0\x8d\x92\x96\xc3\xa9\0\x8a\x80\x8e\x01\x05\x88\x03\x81\x01\x05\x83http://m/\0",
    );
    let deviations = mms_codec::mm1::decode(&octets).unwrap().deviations;
    assert!(!deviations.is_empty());
    for deviation in deviations.iter().filter(|deviation| deviation.offset < octets.len()) {
        let mut names = Vec::new();
        mm1(&octets, |span| {
            if (span.offset..span.offset + span.octets.len()).contains(&deviation.offset) {
                names.push(span.name.into_owned());
            }
        });
        assert_eq!(names.last().map(|name| &**name), deviation.field, "{deviation:?}");
    }
}

#[test]
fn nested_parts_end() {
    let mut octets = b"\x8c\x84\x8d\x92\x84\xa3".to_vec();
    for _ in 0..200 {
        octets.extend(b"\x01\x01\x7f\xa3");
    }
    assert_all_cover(&octets.into());
}
