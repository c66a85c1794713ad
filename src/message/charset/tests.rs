use super::*;
use alloc::vec::Vec;

/// Whatever the octets: no panic, what is text is text of these octets, and what is written is read.
#[test]
fn converts_any_octets() {
    let mut random = 1_u64;
    let alphabet = b"\x1b$()ABCDJ.NF@~{}+-&/,\x0e\x0f\n\0 aGQ\x80\xa1\xed\xa0\xb0\xf0\xff\xfe";
    for round in 0..300 {
        let octets: Vec<u8> = (0..round % 40)
            .map(|_| {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let number = usize::try_from(random >> 33).unwrap();
                if number.is_multiple_of(5) { random.to_le_bytes()[6] } else { alphabet[number % alphabet.len()] }
            })
            .collect();
        for charset in Charset::ALL {
            let text = charset.decode(&octets);
            let is_text = text.is_some();
            assert!(charset.can_decode() || text.is_none());
            let shown = charset.decode_lossy(&octets);
            if let Some(text) = text {
                assert_eq!(shown, text, "{charset:?} {octets:02x?}");
                if let Some(octets) = charset.encode(&text) {
                    assert_eq!(charset.decode(&octets), Some(text.clone()), "{charset:?} {octets:02x?}");
                }
            }
            if !is_text && let Some(text) = charset.decode_cut(&octets) {
                let shown = charset.decode_lossy(&octets);
                assert!(shown.starts_with(&*text) && shown.len() > text.len(), "{charset:?} {octets:02x?}");
            }
            charset.has_ascii(&octets);
        }
    }
}

/// Octets of ASCII are ASCII where a charset says so, converted or not.
#[test]
fn knows_where_ascii_is_ascii() {
    for (charset, octets, is_ascii) in [
        (Charset::new(9999), &b"a{b}"[..], true),
        (Charset::VISCII, b"a", true),
        (Charset::VISCII, b"a\x02", false),
        (Charset::DIN_66003, b"+44/TYPE=PLMN", true),
        (Charset::DIN_66003, b"{", false),
        (Charset::IBM037, b"a", false),
        (Charset::UTF_7, b"a", true),
        (Charset::UTF_7, b"a+", false),
        (Charset::HZ_GB_2312, b"a", true),
        (Charset::HZ_GB_2312, b"~", false),
        (Charset::ISO_2022_KR, b"a", true),
        (Charset::ISO_2022_KR, b"a\x0e", false),
        (Charset::UTF_16, b"a", false),
        (Charset::EXTENDED_UNIX_CODE_FIXED_WIDTH_FOR_JAPANESE, b"ab", false),
        (Charset::BIG5, b"a", true),
        (Charset::UTF_8, b"a\x1b", true),
    ] {
        assert_eq!(charset.has_ascii(octets), is_ascii, "{charset:?} {octets:02x?}");
    }
}

/// However many octets are missing, the text before them is read, and it is said that something was cut.
#[test]
#[cfg_attr(not(feature = "charsets"), ignore = "needs the feature charsets")]
fn reads_what_is_before_a_cut() {
    let text = "aé中😀";
    let mut cuts = 0;
    for charset in Charset::ALL {
        let Some(octets) = charset.encode("a中b").or_else(|| charset.encode(text)) else { continue };
        let whole = charset.decode(&octets).unwrap();
        for end in 1..octets.len() {
            let kept = &octets[..end];
            let read = match charset.decode(kept) {
                Some(text) => text,
                None => {
                    cuts += 1;
                    charset.decode_cut(kept).unwrap_or_default()
                }
            };
            // Nothing is before the end of the header of ISO-2022-KR.
            assert!(whole.starts_with(&*read) && read.is_empty() != kept.contains(&b'a'), "{charset:?} {kept:02x?}");
        }
    }
    assert!(cuts > 40, "{cuts}");
    for (charset, octets, text) in [
        (Charset::ISO_2022_JP, &b"a\x1b$BF|K"[..], "a日"),
        (Charset::ISO_2022_JP, b"a\x1b$BF|\x1b", "a日"),
        (Charset::ISO_2022_JP, b"a\x1b$BF|\x1b(", "a日"),
        (Charset::ISO_2022_JP_2, b"a\x1b$BF|K", "a日"),
        (Charset::ISO_2022_JP_2, b"a\x1b$", "a"),
        (Charset::ISO_2022_JP_2, b"a\x1b.A\x1bN", "a"),
        (Charset::ISO_2022_KR, b"\x1b$)Ca\x0eGQ1", "a한"),
        (Charset::HZ_GB_2312, b"a~{VPN", "a中"),
        (Charset::HZ_GB_2312, b"a~{VP~", "a中"),
        (Charset::UTF_7, b"Gr+APw-e+", "Grüe"),
        (Charset::UTF_7, b"Gr+APwA3", "Grü"),
        (Charset::UTF_7, b"Gr+AP", "Gr"),
        (Charset::UTF_7, b"a+2D3e", "a"),
        (Charset::UTF_7, b"a+2D3eA", "a"),
    ] {
        assert_eq!(charset.decode(octets), None, "{charset:?} {octets:02x?}");
        assert_eq!(charset.decode_cut(octets).as_deref(), Some(text), "{charset:?} {octets:02x?}");
    }
    // What is wrong elsewhere is not cut.
    for (charset, octets) in [
        (Charset::ISO_2022_JP, &b"a\x1b$\xffF|K"[..]),
        (Charset::ISO_2022_KR, b"a\x1bX\x1b"),
        (Charset::HZ_GB_2312, b"~x~"),
        (Charset::UTF_7, b"\xff+AP"),
        (Charset::UTF_7, b"+3AA-+AP"),
    ] {
        assert_eq!(charset.decode_cut(octets), None, "{charset:?} {octets:02x?}");
    }
}
