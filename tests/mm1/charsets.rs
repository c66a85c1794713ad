//! Charsets: their names, and their conversion compared with that of Python and the registry of tshark.

use alloc::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use mms_codec::message::Charset;

use crate::support::corpus::say;

/// What a program writes that reads `input`, or `None` if it is not there.
fn output(program: &str, arguments: &[&str], input: &str) -> Option<String> {
    let started = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = started else {
        say(&format!("{program} is not there: charsets were NOT compared with it"));
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()));
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success(), "{program} {arguments:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
#[cfg_attr(not(feature = "charsets-single-octet"), ignore = "needs the feature charsets-single-octet")]
fn finds_every_name_and_alias() {
    for charset in Charset::ALL {
        assert_eq!(Charset::from_name(charset.name().unwrap()), Some(*charset));
    }
    for line in ALIASES.lines() {
        let (number, aliases) = line.split_once(' ').unwrap();
        let charset = Charset::new(number.parse().unwrap());
        for alias in aliases.split(' ') {
            assert_eq!(Charset::from_name(alias), Some(charset), "{alias}");
            assert_eq!(Charset::from_name(&alias.to_ascii_uppercase()), Some(charset), "{alias}");
        }
        // The other aliases are made of the name.
        let name = charset.name().unwrap().replace(['-', '_', ':', '.', '(', ')', '+'], "");
        assert_eq!(Charset::from_name(&format!("cs{name}")), Some(charset));
    }
    for (alias, charset) in [
        ("UTF8", Charset::UTF_8),
        (" Latin1 ", Charset::ISO_8859_1),
        ("ISO8859_15", Charset::ISO_8859_15),
        ("csISO885915", Charset::ISO_8859_15),
        ("ascii", Charset::US_ASCII),
        ("cp1251", Charset::WINDOWS_1251),
        ("x-cp1251", Charset::WINDOWS_1251),
        ("windows1251", Charset::WINDOWS_1251),
        ("sjis", Charset::SHIFT_JIS),
        ("x-sjis", Charset::SHIFT_JIS),
        ("Shift-JIS", Charset::SHIFT_JIS),
        ("cp037", Charset::IBM037),
        ("CP-850", Charset::IBM850),
        ("CCSID00858", Charset::IBM00858),
        ("437", Charset::IBM437),
        ("big5hkscs", Charset::BIG5_HKSCS),
    ] {
        assert_eq!(Charset::from_name(alias), Some(charset), "{alias}");
    }
    let long = "x".repeat(100_000);
    for unknown in ["no-such-charset", "", "x-", "cs", "cp", "cp99999", "0", "77", "*", "\u{e9}", &long] {
        assert_eq!(Charset::from_name(unknown), None, "{unknown}");
    }
    assert_eq!("77".parse(), Ok(Charset::ECMA_CYRILLIC));
}

/// The aliases of the IANA registry that differ from the name by more than `cs` and punctuation, and
/// others in use.
const ALIASES: &str = "\
3 iso-ir-6 ansi_x3.4-1968 ansi_x3.4-1986 iso_646.irv:1991 iso646-us us ibm367 ascii
4 iso-ir-100 iso_8859-1:1987 latin1 l1 ibm819 csisolatin1
5 iso-ir-101 iso_8859-2:1987 latin2 l2 csisolatin2
6 iso-ir-109 iso_8859-3:1988 latin3 l3 csisolatin3
7 iso-ir-110 iso_8859-4:1988 latin4 l4 csisolatin4
8 iso-ir-144 iso_8859-5:1988 cyrillic csisolatincyrillic
9 iso-ir-127 iso_8859-6:1987 ecma-114 asmo-708 arabic csisolatinarabic
10 iso-ir-126 iso_8859-7:1987 elot_928 ecma-118 greek greek8 csisolatingreek sun_eu_greek
11 iso-ir-138 iso_8859-8:1988 hebrew csisolatinhebrew visual
12 iso-ir-148 iso_8859-9:1989 latin5 l5 csisolatin5
13 iso-ir-157 iso_8859-10:1992 latin6 l6 csisolatin6
14 iso-ir-142 csisotextcomm
15 x0201 cshalfwidthkatakana
17 ms_kanji sjis
18 extended_unix_code_packed_format_for_japanese cseucpkdfmtjapanese
19 cseucfixwidjapanese
20 iso-ir-4 iso646-gb gb uk csiso4unitedkingdom
21 iso-ir-11 iso646-se2 se2 csiso11swedishfornames
22 iso-ir-15 iso646-it csiso15italian
23 iso-ir-17 iso646-es csiso17spanish
24 iso-ir-21 de iso646-de csiso21german
25 iso-ir-60 iso646-no no csiso60danishnorwegian csiso60norwegian1
26 iso-ir-69 iso646-fr fr csiso69french
28 ref
30 iso-ir-2 irv csiso2intlrefversion
31 iso-ir-8-1
32 iso-ir-8-2
33 iso-ir-9-1
34 iso-ir-9-2
35 iso-ir-10 fi iso646-fi iso646-se se csiso10swedish
36 iso-ir-149 ks_c_5601-1989 ksc_5601 korean csksc56011987 windows-949 cp949 ms949 uhc
41 jis_c6220-1969 iso-ir-13 katakana x0201-7 csiso13jisc6220jp
42 iso-ir-14 jp iso646-jp csiso14jisc6220ro
43 iso-ir-16 iso646-pt csiso16portuguese
44 iso-ir-18 csiso18greek7old
45 iso-ir-19 csiso19latingreek
46 iso-ir-25 iso646-fr1 csiso25french
47 iso-ir-27 csiso27latingreek1
48 iso-ir-37 csiso5427cyrillic
49 iso-ir-42 csiso42jisc62261978
50 iso-ir-47 csiso47bsviewdata
51 iso-ir-49 csiso49inis
52 iso-ir-50 csiso50inis8
53 iso-ir-51 csiso51iniscyrillic
54 iso-ir-54 iso5427cyrillic1981
55 iso-ir-55 csiso5428greek
56 iso-ir-57 cn iso646-cn csiso57gb1988
57 iso-ir-58 chinese csiso58gb231280
58 iso646-no2 iso-ir-61 no2 csiso61norwegian2
59 iso-ir-70 csiso70videotexsupp1
60 iso-ir-84 iso646-pt2 csiso84portuguese2
61 iso-ir-85 iso646-es2 csiso85spanish2
62 iso-ir-86 iso646-hu hu csiso86hungarian
63 iso-ir-87 x0208 jis_x0208-1983 csiso87jisx0208
64 iso-ir-88 csiso88greek7
65 iso_9036 arabic7 iso-ir-89 csiso89asmo449
66 csiso90
67 iso-ir-91 jp-ocr-a csiso91jisc62291984a
68 iso-ir-92 iso646-jp-ocr-b jp-ocr-b csiso92jisc62991984b
69 iso-ir-93 jp-ocr-b-add csiso93jis62291984badd
70 iso-ir-94 jp-ocr-hand csiso94jis62291984hand
71 iso-ir-95 jp-ocr-hand-add csiso95jis62291984handadd
72 iso-ir-96 csiso96jisc62291984kana
73 iso-ir-98 e13b csiso2033
74 iso-ir-99 csa_t500-1983 naplps csiso99naplps
75 iso-ir-102 csiso102t617bit
76 t.61 iso-ir-103 csiso103t618bit
77 iso-ir-111 koi8-e csiso111ecmacyrillic
78 iso-ir-121 iso646-ca csa7-1 csa71 ca csiso121canadian1
79 iso-ir-122 iso646-ca2 csa7-2 csa72 csiso122canadian2
80 iso-ir-123 csiso123csaz24341985gr
83 iso-ir-128 csiso128t101g2
85 logical
86 iso-ir-139 csiso139csn369103
87 iso-ir-141 iso646-yu js yu csiso141jusib1002
88 iso-ir-143 csiso143iecp271
89 iso-ir-146 serbian csiso146serbian
90 macedonian iso-ir-147 csiso147macedonian
91 iso-ir-150 csiso150 csiso150greekccitt
92 cuba iso-ir-151 iso646-cu csiso151cuba
93 iso-ir-152 csiso6937add
94 st_sev_358-88 iso-ir-153 csiso153gost1976874
95 iso-ir-154 latin1-2-5
96 iso-ir-155
97 lap iso-ir-158 csiso158lap
98 x0212 iso-ir-159 csiso159jisx02121990
99 iso646-dk dk csiso646danish
102 iso646-kr
103 csunicode11utf7
106 unicode-1-1-utf-8 unicode11utf8 unicode20utf8
110 iso-ir-199 iso_8859-14:1998 latin8 iso-celtic l8
111 latin-9 l9
112 iso-ir-226 iso_8859-16:2001 latin10 l10
113 cp936 ms936 windows-936
118 iso_tr_11548-1
119 strk1048-2002 rk1048
1000 csunicode ucs-2 unicode iso-10646-ucs2
1001 csucs4 ucs-4
1002 csunicodeascii
1003 csunicodelatin1 iso-10646
1004 csunicodejapanese
1005 csunicodeibm1261
1006 csunicodeibm1268
1007 csunicodeibm1276
1008 csunicodeibm1264
1009 csunicodeibm1265
1012 unicode-2-0-utf-7
1013 unicodefffe
1014 unicodefeff
2000 cswindows30latin1
2001 cswindows31latin1
2002 cswindows31latin2
2003 cswindows31latin5
2004 roman8 r8
2008 dec
2009 850 cspc850multilingual
2010 852 cspcp852
2011 437 cspc8codepage437
2013 862 cspc862latinhebrew
2020 cshppsmath
2024 cp932 ms932 windows-932
2025 euc-cn
2026 cn-big5 x-x-big5 cp950
2027 mac x-mac-roman
2028 ebcdic-cp-us ebcdic-cp-ca ebcdic-cp-wt ebcdic-cp-nl
2029 ebcdic-int
2031 ebcdic-be
2032 ebcdic-br
2033 ebcdic-cp-dk ebcdic-cp-no
2034 ebcdic-cp-fi ebcdic-cp-se
2035 ebcdic-cp-it
2036 ebcdic-jp-e
2037 ebcdic-cp-es
2038 ebcdic-cp-gb
2039 ebcdic-jp-kana
2040 ebcdic-cp-fr
2041 ebcdic-cp-ar1
2042 ebcdic-cp-gr
2043 ebcdic-cp-he
2044 ebcdic-cp-be ebcdic-cp-ch
2045 851
2046 855
2047 857
2048 860
2049 861 cp-is
2050 863
2052 865
2053 cp-ar
2054 869 cp-gr
2055 ebcdic-cp-roece ebcdic-cp-yu
2056 ebcdic-cp-is
2057 ebcdic-cyrillic
2060 904 csibbm904
2061 ebcdic-cp-tr
2062 ebcdic-cp-ar2
2064 csibmebcdicatde
2084 koi koi8
2085 hz
2086 866
2087 cspc775baltic
2088 koi8-ru
2089 pc-multilingual-850+euro
2090 ebcdic-latin9--euro
2091 ebcdic-us-37+euro
2092 ebcdic-de-273+euro
2093 ebcdic-dk-277+euro ebcdic-no-277+euro
2094 ebcdic-fi-278+euro ebcdic-se-278+euro
2095 ebcdic-it-280+euro
2096 ebcdic-es-284+euro
2097 ebcdic-gb-285+euro
2098 ebcdic-fr-297+euro
2099 ebcdic-international-500+euro
2100 ebcdic-is-871+euro
2103 pt154 cp154 cyrillic-asian
2104 ami1251
2109 dos-874
2259 iso-8859-11";

/// tshark has the registry of IANA as it was in 2022, with the names that are not for MIME.
#[test]
#[cfg_attr(not(feature = "charsets-single-octet"), ignore = "needs the feature charsets-single-octet")]
fn has_the_numbers_that_tshark_has() {
    let Some(values) = output("tshark", &["-G", "values"], "") else { return };
    let charsets = values.lines().filter_map(|line| line.strip_prefix("V\tlcp.opt.MIBenum\t")?.split_once('\t'));
    let charsets: BTreeMap<u16, &str> = charsets.map(|(number, name)| (number.parse().unwrap(), name)).collect();
    assert!(charsets.len() > 250, "{}", charsets.len());
    for (number, name) in &charsets {
        assert_eq!(Charset::from_name(name), Some(Charset::new(*number)), "{name}");
    }
    let others = Charset::ALL.iter().filter(|charset| !charsets.contains_key(&charset.number()));
    assert!(others.eq(&[Charset::UTF_7_IMAP]));
}

/// Charsets of Python, and what they are here. Where two names have one charset here, as the Encoding
/// Standard has them, it is compared with the larger one of Python.
#[cfg(feature = "charsets-single-octet")]
#[rustfmt::skip]
const CODECS: &[(&str, Charset)] = &[
    ("latin_1", Charset::ISO_8859_1), ("iso8859_2", Charset::ISO_8859_2), ("iso8859_3", Charset::ISO_8859_3),
    ("iso8859_4", Charset::ISO_8859_4), ("iso8859_5", Charset::ISO_8859_5), ("iso8859_6", Charset::ISO_8859_6),
    ("iso8859_7", Charset::ISO_8859_7), ("iso8859_8", Charset::ISO_8859_8), ("cp1254", Charset::ISO_8859_9),
    ("iso8859_10", Charset::ISO_8859_10), ("iso8859_13", Charset::ISO_8859_13), ("iso8859_14", Charset::ISO_8859_14),
    ("iso8859_15", Charset::ISO_8859_15), ("iso8859_16", Charset::ISO_8859_16), ("cp874", Charset::WINDOWS_874),
    ("iso8859_6", Charset::ISO_8859_6_E), ("iso8859_6", Charset::ISO_8859_6_I),
    ("iso8859_8", Charset::ISO_8859_8_E), ("iso8859_8", Charset::ISO_8859_8_I),
    ("cp874", Charset::TIS_620), ("cp1250", Charset::WINDOWS_1250), ("cp1251", Charset::WINDOWS_1251),
    ("cp1252", Charset::WINDOWS_1252), ("cp1253", Charset::WINDOWS_1253), ("cp1254", Charset::WINDOWS_1254),
    ("cp1255", Charset::WINDOWS_1255), ("cp1256", Charset::WINDOWS_1256), ("cp1257", Charset::WINDOWS_1257),
    ("cp1258", Charset::WINDOWS_1258), ("koi8_r", Charset::KOI8_R), ("koi8_u", Charset::KOI8_U),
    ("mac_roman", Charset::MACINTOSH), ("cp437", Charset::IBM437), ("cp775", Charset::IBM775),
    ("cp850", Charset::IBM850), ("cp852", Charset::IBM852), ("cp855", Charset::IBM855), ("cp857", Charset::IBM857),
    ("cp858", Charset::IBM00858), ("cp860", Charset::IBM860), ("cp861", Charset::IBM861), ("cp862", Charset::IBM862),
    ("cp863", Charset::IBM863), ("cp865", Charset::IBM865), ("cp866", Charset::IBM866), ("cp869", Charset::IBM869),
    ("hp_roman8", Charset::HP_ROMAN8), ("kz1048", Charset::KZ_1048), ("ptcp154", Charset::PTCP154),
];

#[cfg(feature = "charsets-single-octet")]
#[test]
fn converts_each_single_octet_as_python() {
    const SCRIPT: &str = "
import sys
for name in sys.argv[1:]:
    for octet in range(256):
        text = bytes([octet]).decode(name, 'replace')
        print(name, octet, ord(text))
";
    let names = CODECS.iter().map(|(name, _)| *name);
    let arguments: Vec<&str> = ["-c", SCRIPT].into_iter().chain(names).collect();
    let Some(output) = output("python3", &arguments, "") else { return };
    let mut lines = output.lines();
    for (name, charset) in CODECS {
        let mut kept = 0;
        for octet in 0..=0xff_u8 {
            let line = lines.next().unwrap();
            let (_, scalar) = line.rsplit_once(' ').unwrap();
            let expected = char::from_u32(scalar.parse().unwrap()).unwrap();
            let octets = [octet];
            let text = charset.decode(&octets);
            let is_control = expected == '\u{fffd}' && (0x80..=0x9f).contains(&octet);
            match text.as_deref() {
                None => assert_eq!(expected, '\u{fffd}', "{line}"),
                // The control character of the number, by the Encoding Standard.
                Some(text) if is_control => assert_eq!(text, String::from(char::from(octet)), "{line}"),
                Some(text) if is_differing(name, octet) => assert_ne!(text, String::from(expected), "{line}"),
                Some(text) => {
                    assert_eq!(text, String::from(expected), "{line}");
                    assert_eq!(charset.encode(text).as_deref(), Some(&[octet][..]), "{line}");
                    kept += 1;
                }
            }
        }
        assert!(kept >= 190, "{name}");
    }
    assert_eq!(lines.next(), None);
}

/// Where the Encoding Standard has another character than Python, or one more.
#[cfg(feature = "charsets-single-octet")]
fn is_differing(name: &str, octet: u8) -> bool {
    match name {
        "koi8_u" => matches!(octet, 0xae | 0xbe),
        "cp1255" => octet == 0xca,
        _ => false,
    }
}

/// Texts made by Python: its codecs, the octets, and the text in UTF-8.
#[cfg(feature = "charsets")]
#[test]
fn converts_texts_as_python() {
    const SCRIPT: &str = "
import random, sys
random.seed(5)
ranges = [(0x20, 0x7f), (0xa0, 0x100), (0x391, 0x3c9), (0x410, 0x450), (0x3041, 0x3094), (0x30a1, 0x30f7),
          (0x4e00, 0x9fa6), (0xac00, 0xd7a4), (0x1f300, 0x1f600), (10, 11), (0x7e, 0x7f), (0x2b, 0x2c), (0x26, 0x27)]
for name in sys.argv[1:]:
    python = 'utf-8' if name == 'cesu-8' else name
    for _ in range(300):
        text = ''
        for _ in range(random.randrange(1, 6)):
            first, end = random.choice(ranges)
            text += ''.join(chr(random.randrange(first, end)) for _ in range(random.randrange(1, 9)))
        text = text.encode(python, 'ignore').decode(python)
        if name == 'cesu-8':
            units = text.encode('utf-16be')
            units = [units[i] << 8 | units[i + 1] for i in range(0, len(units), 2)]
            octets = b''.join(chr(unit).encode('utf-8', 'surrogatepass') for unit in units)
        else:
            octets = text.encode(python)
        print(name, octets.hex() or '-', text.encode().hex() or '-')
";
    const BACK: &str = "
import sys
for line in sys.stdin:
    name, octets = line.split()
    print(bytes.fromhex(octets.strip('-')).decode(name, 'replace').encode().hex() or '-')
";
    let codecs = [
        ("hz", Charset::HZ_GB_2312),
        ("iso2022_kr", Charset::ISO_2022_KR),
        ("iso2022_jp_2", Charset::ISO_2022_JP_2),
        ("iso2022_jp", Charset::ISO_2022_JP),
        ("iso2022_jp", Charset::CP50220),
        ("euc_jp", Charset::CP51932),
        ("utf_7", Charset::UTF_7),
        ("utf_7", Charset::UNICODE_1_1_UTF_7),
        ("cesu-8", Charset::CESU_8),
        ("gb2312", Charset::GB_2312_80),
        ("gb18030", Charset::GB18030),
        ("gbk", Charset::GBK),
        ("cp949", Charset::KS_C_5601_1987),
        ("cp949", Charset::EUC_KR),
        ("shift_jis", Charset::SHIFT_JIS),
        ("cp932", Charset::WINDOWS_31J),
        ("big5hkscs", Charset::BIG5_HKSCS),
        ("utf-16-be", Charset::UTF_16BE),
        ("utf-16-le", Charset::UTF_16LE),
        ("utf-16", Charset::UTF_16),
        ("utf-32", Charset::UTF_32),
    ];
    let octets_of = |hex: &str| -> Vec<u8> {
        let digits = hex.trim_matches('-').as_bytes().chunks(2);
        digits.map(|two| u8::from_str_radix(core::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
    };
    let names = codecs.iter().map(|(name, _)| *name);
    let arguments: Vec<&str> = ["-c", SCRIPT].into_iter().chain(names).collect();
    let Some(lines) = output("python3", &arguments, "") else { return };
    // The Encoding Standard has the table of Windows for JIS X 0208, which differs in a few signs.
    let signs = [('〜', '～'), ('−', '－'), ('‖', '∥'), ('¢', '￠'), ('£', '￡'), ('¬', '￢'), ('¥', '￥')];
    let same = |text: &str| {
        signs.iter().fold(String::from(text), |text, (jis, windows)| text.replace(*jis, &String::from(*windows)))
    };
    let (mut back, mut texts) = (String::new(), Vec::new());
    for (at, line) in lines.lines().enumerate() {
        let [name, octets, text] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (octets, text) = (octets_of(octets), String::from_utf8(octets_of(text)).unwrap());
        let (_, charset) = codecs[at / 300];
        let decoded = charset.decode(&octets);
        assert_eq!(decoded.as_deref().map(same), Some(same(&text)), "{name} {charset:?} {octets:02x?}");
        if charset.can_encode() && charset != Charset::CESU_8 && charset != Charset::CP51932 {
            // The tables of Windows lack some signs, JIS X 0212 is read only, and CP51932 has rows that
            // Python does not have.
            if let Some(octets) = charset.encode(&text) {
                let hex: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
                back += &format!("{name} {hex}-\n");
                texts.push(text);
            }
        } else if charset == Charset::CESU_8 {
            assert_eq!(charset.encode(&text).as_deref(), Some(&octets[..]));
        }
    }
    assert!(texts.len() > 200 * (codecs.len() - 6), "{}", texts.len());
    let decoded = output("python3", &["-c", BACK], &back).unwrap();
    assert_eq!(decoded.lines().count(), texts.len());
    for (line, text) in decoded.lines().zip(texts) {
        assert_eq!(same(&String::from_utf8(octets_of(line)).unwrap()), same(&text));
    }
}

#[cfg(feature = "charsets")]
#[test]
fn converts_both_ways() {
    for (charset, text, octets) in [
        (Charset::ISO_8859_1, "Été", &b"\xc9t\xe9"[..]),
        (Charset::ISO_8859_15, "10 €", b"10 \xa4"),
        (Charset::BIG5, "中文", b"\xa4\xa4\xa4\xe5"),
        (Charset::SHIFT_JIS, "日本", b"\x93\xfa\x96\x7b"),
        (Charset::EUC_KR, "한", b"\xc7\xd1"),
        (Charset::GB2312, "中", b"\xd6\xd0"),
        (Charset::KOI8_R, "Жук", b"\xf6\xd5\xcb"),
        (Charset::IBM850, "Grüße", b"Gr\x81\xe1e"),
        (Charset::IBM00858, "10 €", b"10 \xd5"),
        // RFC 2152, examples.
        (Charset::UTF_7, "A≢Α.", b"A+ImIDkQ-."),
        (Charset::UTF_7, "1 + 1", b"1 +- 1"),
        (Charset::UTF_7, "日本語", b"+ZeVnLIqe-"),
        // RFC 3501, 5.1.3.
        (Charset::UTF_7_IMAP, "~peter/mail/台北/日本語", b"~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        (Charset::CESU_8, "\u{10400}a", b"\xed\xa0\x81\xed\xb0\x80a"),
        // RFC 1843.
        (Charset::HZ_GB_2312, "己所不欲，勿施於人。", b"~{<:Ky2;S{#,NpJ)l6HK!#~}"),
        (Charset::HZ_GB_2312, "~a", b"~~a"),
        (Charset::ISO_2022_KR, "한a국", b"\x1b$)C\x0eGQ\x0fa\x0e19\x0f"),
        (Charset::ISO_2022_KR, "a", b"a"),
        (Charset::ISO_2022_CN, "中文", b"\x1b$)A\x0eVPND\x0f"),
        (Charset::ISO_2022_JP_2, "é日α한", b"\x1b.A\x1bNi\x1b$BF|&A\x1b(B\x1b$(CGQ\x1b(B"),
        (Charset::CP50220, "日本", b"\x1b$BF|K\\\x1b(B"),
        (Charset::CP51932, "日本", b"\xc6\xfc\xcb\xdc"),
    ] {
        assert_eq!(charset.decode(octets).as_deref(), Some(text), "{charset:?}");
        assert_eq!(charset.encode(text).as_deref(), Some(octets), "{charset:?}");
    }
}

/// Octets that are not text, and what is shown for them.
#[cfg(feature = "charsets")]
#[test]
fn refuses_wrong_sequences() {
    for (charset, octets, shown) in [
        (Charset::UTF_7, &b"a\xe9"[..], "a\u{fffd}"),
        (Charset::UTF_7, b"+", "\u{fffd}"),
        (Charset::UTF_7, b"+!", "\u{fffd}!"),
        (Charset::UTF_7, b"+ZeV", "日\u{fffd}"),
        (Charset::UTF_7, b"+AB-", "\u{fffd}"),
        (Charset::UTF_7, b"+2D0-a", "\u{fffd}a"),
        (Charset::CESU_8, b"a\xf0\x9f\x98\x80", "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
        (Charset::CESU_8, b"\xed\xa0\x81b", "\u{fffd}\u{fffd}\u{fffd}b"),
        (Charset::CESU_8, b"\xff\xc3\xa9", "\u{fffd}é"),
        (Charset::HZ_GB_2312, b"~{VP", "中"),
        (Charset::HZ_GB_2312, b"~{V~}", "筑\u{fffd}"),
        (Charset::HZ_GB_2312, b"~x", "\u{fffd}x"),
        (Charset::HZ_GB_2312, b"~{V", "\u{fffd}"),
        (Charset::HZ_GB_2312, b"~{~~", "\u{fffd}"),
        (Charset::HZ_GB_2312, b"\xd6\xd0", "\u{fffd}\u{fffd}"),
        (Charset::ISO_2022_KR, b"\x0eGQ\x0f", "\u{fffd}GQ\u{fffd}"),
        (Charset::ISO_2022_KR, b"\x1b$)C\x0eG\x0fa", "\u{fffd}a"),
        (Charset::ISO_2022_KR, b"\x1b$)Aa", "\u{fffd}$)Aa"),
        (Charset::ISO_2022_KR, b"\x1b$)C\x0eGQ\na", "한\na"),
        (Charset::ISO_2022_CN, b"\x1b$)G\x0e!!\x0f", "\u{fffd}$)G\u{fffd}!!\u{fffd}"),
        (Charset::ISO_2022_JP_2, b"\x1bNi", "\u{fffd}"),
        (Charset::ISO_2022_JP_2, b"\x1b.A\n\x1bNi", "\n\u{fffd}"),
        (Charset::ISO_2022_JP_2, b"\x1b$B!", "\u{fffd}"),
        (Charset::ISO_2022_JP_2, b"\x1b$B)!", "\u{fffd}"),
        (Charset::ISO_2022_JP_2, b"\x1b", "\u{fffd}"),
        (Charset::UNICODE_1_1, b"\x34\x00\0a", "\u{fffd}a"),
        (Charset::UNICODE_1_1, b"\xd8\x3d\xde\0", "\u{fffd}"),
        (Charset::IBM857, b"a\xd5", "a\u{fffd}"),
        (Charset::WINDOWS_874, b"\xdb", "\u{fffd}"),
        (Charset::UTF_16, b"\0a\0", "a\u{fffd}"),
        (Charset::UTF_32, b"\0\0\0a\0\x11\0\0", "a\u{fffd}"),
    ] {
        let is_text = !shown.contains('\u{fffd}');
        assert_eq!(charset.decode(octets).as_deref(), Some(shown).filter(|_| is_text), "{charset:?} {octets:02x?}");
        assert_eq!(charset.decode_lossy(octets), shown, "{charset:?} {octets:02x?}");
    }
}

#[test]
fn reads_the_wide_forms_with_and_without_byte_order_mark() {
    for charset in [Charset::ISO_10646_UCS_2, Charset::UTF_16, Charset::ISO_10646_J_1, Charset::UNICODE_1_1] {
        for octets in [&b"\0H\0i"[..], b"\xfe\xff\0H\0i", b"\xff\xfeH\0i\0"] {
            assert_eq!(charset.decode(octets).as_deref(), Some("Hi"), "{charset:?} {octets:02x?}");
        }
    }
    assert_eq!(Charset::ISO_10646_UCS_4.decode(b"\xff\xfe\0\0H\0\0\0").as_deref(), Some("H"));
    assert_eq!(Charset::UTF_16LE.decode(b"H\0i\0").as_deref(), Some("Hi"));
    assert_eq!(Charset::UTF_32BE.decode(b"\0\0\0H").as_deref(), Some("H"));
    assert_eq!(Charset::UTF_16.decode(b"\0H\0"), None);
    assert_eq!(Charset::UTF_16.encode("Hi"), None);
}

#[test]
fn replaces_nothing() {
    assert_eq!(Charset::UTF_8.decode(b"\xff"), None);
    assert_eq!(Charset::US_ASCII.decode(b"\xe9"), None);
    assert_eq!(Charset::ISO_8859_1.encode("中"), None);
    assert_eq!(Charset::BOCU_1.decode(b"abc"), None);
    assert_eq!(Charset::new(9999).decode(b"abc"), None);
}
