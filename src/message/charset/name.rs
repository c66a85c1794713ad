//! Names of charsets, as people and programs write them.

use core::cmp::Ordering;

use memchr::{memchr, memrchr};

use super::Charset;

impl Charset {
    /// The charset with this name: an IANA name or alias, or another in use.
    ///
    /// Without the feature `charsets-single-octet`, the aliases are those of us-ascii, ISO-8859-1 and Unicode.
    ///
    /// Only letters and digits count, as Unicode Technical Standard #22, 1.4 has it: `utf8` is UTF-8, and
    /// `ISO8859_15` is ISO-8859-15.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::from_label(name.as_bytes())
    }

    /// The same, of octets.
    pub(crate) fn from_label(name: &[u8]) -> Option<Self> {
        // By far the most frequent ones.
        match name {
            utf8 if utf8.eq_ignore_ascii_case(b"utf-8") => Some(Self::UTF_8),
            ascii if ascii.eq_ignore_ascii_case(b"us-ascii") => Some(Self::US_ASCII),
            other => Self::from_other_label(other.trim_ascii()),
        }
    }

    #[inline(never)]
    fn from_other_label(name: &[u8]) -> Option<Self> {
        // Names that differ from those of other charsets by what does not count.
        match name {
            nats if nats.eq_ignore_ascii_case(b"iso-ir-9-1") => return Some(Self::NATS_DANO),
            nats if nats.eq_ignore_ascii_case(b"iso-ir-9-2") => return Some(Self::NATS_DANO_ADD),
            _ => {}
        }
        let mut buffer = [0; LONGEST];
        let essence = essence(name, &mut buffer)?;
        // `csUTF8`, `x-sjis`.
        let bare = || essence.strip_prefix(b"cs").or_else(|| essence.strip_prefix(b"x"));
        find(essence).or_else(|| find(bare()?)).or_else(|| code_page(essence))
    }
}

/// The charset whose name or alias has these letters and digits.
fn find(wanted: &[u8]) -> Option<Charset> {
    let order = |place: &u16| {
        let mut buffer = [0; LONGEST];
        let (_, name) = Charset::ROWS.get(usize::from(*place))?;
        Some(essence(name.as_bytes(), &mut buffer)?.cmp(wanted))
    };
    let named = BY_NAME.binary_search_by(|place| order(place).unwrap_or(Ordering::Less));
    let own = named.ok().and_then(|at| Charset::ALL.get(usize::from(*BY_NAME.get(at)?)));
    own.copied().or_else(|| find_alias(wanted))
}

fn find_alias(essence: &[u8]) -> Option<Charset> {
    let names = ALIASES;
    let (mut low, mut high) = (0, names.len());
    while low < high {
        // The line that the middle is in.
        let middle = low.midpoint(high);
        let start = memrchr(b'\n', names.get(low..middle)?).map_or(low, |at| low + at + 1);
        let end = memchr(b'\n', names.get(middle..high)?).map_or(high, |at| middle + at);
        let line = names.get(start..end)?;
        let (name, number) = line.split_at_checked(memchr(b' ', line)?)?;
        match name.cmp(essence) {
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
            Ordering::Equal => return core::str::from_utf8(number).ok()?.trim_start().parse().map(Charset).ok(),
        }
    }
    None
}

/// A code page of IBM or else of Windows by its number: `cp850`, `CCSID00858`, `x-cp1252`.
fn code_page(essence: &[u8]) -> Option<Charset> {
    let page = essence.strip_prefix(b"x").unwrap_or(essence);
    let number = page.strip_prefix(b"cp").or_else(|| page.strip_prefix(b"ccsid"))?;
    [&b"ibm"[..], b"windows"].into_iter().find_map(|owner| {
        let mut name = [0; LONGEST];
        let length = owner.len() + number.len();
        name.get_mut(..owner.len())?.copy_from_slice(owner);
        name.get_mut(owner.len()..length)?.copy_from_slice(number);
        find(name.get(..length)?)
    })
}

/// Of the letters and digits of the names, the longest has 39.
const LONGEST: usize = 48;

/// What counts in a name: letters in lower case and digits, but for zeros that begin a number. `None` if
/// it is longer than any name.
const fn essence<'a>(name: &[u8], buffer: &'a mut [u8; LONGEST]) -> Option<&'a [u8]> {
    let (mut rest, mut length, mut before) = (name, 0, 0_u8);
    while let [octet, after @ ..] = rest {
        let octet = octet.to_ascii_lowercase();
        if octet.is_ascii_alphanumeric() && (octet != b'0' || before.is_ascii_digit()) {
            let Some((_, [next, ..])) = buffer.split_at_mut_checked(length) else { return None };
            *next = octet;
            (length, before) = (length + 1, octet);
        }
        rest = after;
    }
    Some(buffer.split_at(length).0)
}

/// The places of the charsets in [`Charset::ALL`], in the order of what counts in their names.
#[expect(clippy::indexing_slicing, reason = "done by the compiler")]
static BY_NAME: [u16; Charset::ALL.len()] = {
    const COUNT: usize = Charset::ALL.len();
    let (mut names, mut sorted, mut place) = ([[0; LONGEST]; COUNT], [0; COUNT], 0);
    while (place as usize) < COUNT {
        let mut name = [0; LONGEST];
        assert!(essence(Charset::ROWS[place as usize].1.as_bytes(), &mut name).is_some());
        let mut at = place as usize;
        while at > 0 && is_before(&name, &names[at - 1]) {
            (names[at], sorted[at]) = (names[at - 1], sorted[at - 1]);
            at -= 1;
        }
        (names[at], sorted[at]) = (name, place);
        place += 1;
    }
    sorted
};

const fn is_before(mut name: &[u8], mut other: &[u8]) -> bool {
    while let ([octet, after @ ..], [other_octet, other_after @ ..]) = (name, other) {
        if *octet != *other_octet {
            return *octet < *other_octet;
        }
        (name, other) = (after, other_after);
    }
    false
}

/// What counts in the aliases of the IANA registry and in others in use, in the order of the octets, with the
/// numbers of the charsets. Not in it: names, aliases that begin with `cs` or `x-` and are names otherwise, and those
/// of code pages.
const ALL_ALIASES: &str = "\
437 2011
850 2009
851 2045
852 2010
855 2046
857 2047
860 2048
861 2049
862 2013
863 2050
865 2052
866 2086
869 2054
904 2060
ami1251 2104
ansix341968 3
ansix341986 3
arabic 9
arabic7 65
ascii 3
asmo708 9
ca 78
chinese 57
cn 56
cnbig5 2026
cp154 2103
cp932 2024
cp936 113
cp950 2026
cpar 2053
cpgr 2054
cpis 2049
csa71 78
csa72 79
csat5001983 74
cseucfixwidjapanese 19
cseucpkdfmtjapanese 18
cshalfwidthkatakana 15
cshppsmath 2020
csibbm904 2060
csibmebcdicatde 2064
csiso102t617bit 75
csiso103t618bit 76
csiso10swedish 35
csiso111ecmacyrillic 77
csiso11swedishfornames 21
csiso121canadian1 78
csiso122canadian2 79
csiso123csaz24341985gr 80
csiso128t101g2 83
csiso139csn369103 86
csiso13jisc6220jp 41
csiso141jusib1002 87
csiso143iecp271 88
csiso146serbian 89
csiso147macedonian 90
csiso14jisc6220ro 42
csiso150 91
csiso150greekccitt 91
csiso151cuba 92
csiso153gost1976874 94
csiso158lap 97
csiso159jisx2121990 98
csiso15italian 22
csiso16portuguese 43
csiso17spanish 23
csiso18greek7old 44
csiso19latingreek 45
csiso2033 73
csiso21german 24
csiso25french 46
csiso27latingreek1 47
csiso2intlrefversion 30
csiso42jisc62261978 49
csiso47bsviewdata 50
csiso49inis 51
csiso4unitedkingdom 20
csiso50inis8 52
csiso51iniscyrillic 53
csiso5427cyrillic 48
csiso5428greek 55
csiso57gb1988 56
csiso58gb231280 57
csiso60danishnorwegian 25
csiso60norwegian1 25
csiso61norwegian2 58
csiso646danish 99
csiso6937add 93
csiso69french 26
csiso70videotexsupp1 59
csiso84portuguese2 60
csiso85spanish2 61
csiso86hungarian 62
csiso87jisx208 63
csiso88greek7 64
csiso89asmo449 65
csiso90 66
csiso91jisc62291984a 67
csiso92jisc62991984b 68
csiso93jis62291984badd 69
csiso94jis62291984hand 70
csiso95jis62291984handadd 71
csiso96jisc62291984kana 72
csiso99naplps 74
csisolatin1 4
csisolatin2 5
csisolatin3 6
csisolatin4 7
csisolatin5 12
csisolatin6 13
csisolatinarabic 9
csisolatincyrillic 8
csisolatingreek 10
csisolatinhebrew 11
csisotextcomm 14
cspc775baltic 2087
cspc850multilingual 2009
cspc862latinhebrew 2013
cspc8codepage437 2011
cspcp852 2010
csucs4 1001
csunicode 1000
csunicodeascii 1002
csunicodeibm1261 1005
csunicodeibm1264 1008
csunicodeibm1265 1009
csunicodeibm1268 1006
csunicodeibm1276 1007
csunicodejapanese 1004
csunicodelatin1 1003
cswindows30latin1 2000
cswindows31latin1 2001
cswindows31latin2 2002
cswindows31latin5 2003
cuba 92
cyrillic 8
cyrillicasian 2103
de 24
dec 2008
dk 99
dos874 2109
e13b 73
ebcdicbe 2031
ebcdicbr 2032
ebcdiccpar1 2041
ebcdiccpar2 2062
ebcdiccpbe 2044
ebcdiccpca 2028
ebcdiccpch 2044
ebcdiccpdk 2033
ebcdiccpes 2037
ebcdiccpfi 2034
ebcdiccpfr 2040
ebcdiccpgb 2038
ebcdiccpgr 2042
ebcdiccphe 2043
ebcdiccpis 2056
ebcdiccpit 2035
ebcdiccpnl 2028
ebcdiccpno 2033
ebcdiccproece 2055
ebcdiccpse 2034
ebcdiccptr 2061
ebcdiccpus 2028
ebcdiccpwt 2028
ebcdiccpyu 2055
ebcdiccyrillic 2057
ebcdicde273euro 2092
ebcdicdk277euro 2093
ebcdices284euro 2096
ebcdicfi278euro 2094
ebcdicfr297euro 2098
ebcdicgb285euro 2097
ebcdicint 2029
ebcdicinternational500euro 2099
ebcdicis871euro 2100
ebcdicit280euro 2095
ebcdicjpe 2036
ebcdicjpkana 2039
ebcdiclatin9euro 2090
ebcdicno277euro 2093
ebcdicse278euro 2094
ebcdicus37euro 2091
ecma114 9
ecma118 10
elot928 10
euccn 2025
extendedunixcodepackedformatforjapanese 18
fi 35
fr 26
gb 20
greek 10
greek8 10
hebrew 11
hu 62
hz 2085
ibm367 3
ibm819 4
irv 30
iso10646 1003
iso5427cyrillic1981 54
iso646ca 78
iso646ca2 79
iso646cn 56
iso646cu 92
iso646de 24
iso646dk 99
iso646es 23
iso646es2 61
iso646fi 35
iso646fr 26
iso646fr1 46
iso646gb 20
iso646hu 62
iso646irv1991 3
iso646it 22
iso646jp 42
iso646jpocrb 68
iso646kr 102
iso646no 25
iso646no2 58
iso646pt 43
iso646pt2 60
iso646se 35
iso646se2 21
iso646us 3
iso646yu 87
iso8859101992 13
iso885911 2259
iso885911987 4
iso8859141998 110
iso8859162001 112
iso885921987 5
iso885931988 6
iso885941988 7
iso885951988 8
iso885961987 9
iso885971987 10
iso885981988 11
iso885991989 12
iso9036 65
isoceltic 110
isoir10 35
isoir100 4
isoir101 5
isoir102 75
isoir103 76
isoir109 6
isoir11 21
isoir110 7
isoir111 77
isoir121 78
isoir122 79
isoir123 80
isoir126 10
isoir127 9
isoir128 83
isoir13 41
isoir138 11
isoir139 86
isoir14 42
isoir141 87
isoir142 14
isoir143 88
isoir144 8
isoir146 89
isoir147 90
isoir148 12
isoir149 36
isoir15 22
isoir150 91
isoir151 92
isoir152 93
isoir153 94
isoir154 95
isoir155 96
isoir157 13
isoir158 97
isoir159 98
isoir16 43
isoir17 23
isoir18 44
isoir19 45
isoir199 110
isoir2 30
isoir21 24
isoir226 112
isoir25 46
isoir27 47
isoir37 48
isoir4 20
isoir42 49
isoir47 50
isoir49 51
isoir50 52
isoir51 53
isoir54 54
isoir55 55
isoir57 56
isoir58 57
isoir6 3
isoir60 25
isoir61 58
isoir69 26
isoir70 59
isoir81 31
isoir82 32
isoir84 60
isoir85 61
isoir86 62
isoir87 63
isoir88 64
isoir89 65
isoir91 67
isoir92 68
isoir93 69
isoir94 70
isoir95 71
isoir96 72
isoir98 73
isoir99 74
isotr115481 118
jisc62201969 41
jisx2081983 63
jp 42
jpocra 67
jpocrb 68
jpocrbadd 69
jpocrhand 70
jpocrhandadd 71
js 87
katakana 41
koi 2084
koi8 2084
koi8e 77
koi8ru 2088
korean 36
ksc5601 36
ksc56011989 36
l1 4
l10 112
l2 5
l3 6
l4 7
l5 12
l6 13
l8 110
l9 111
lap 97
latin1 4
latin10 112
latin125 95
latin2 5
latin3 6
latin4 7
latin5 12
latin6 13
latin8 110
latin9 111
logical 85
mac 2027
macedonian 90
ms932 2024
ms936 113
ms949 36
mskanji 17
naplps 74
no 25
no2 58
pcmultilingual850euro 2089
pt154 2103
r8 2004
ref 28
rk1048 119
roman8 2004
se 35
se2 21
serbian 89
sjis 17
strk10482002 119
stsev35888 94
suneugreek 10
t61 76
ucs2 1000
ucs4 1001
uhc 36
uk 20
unicode 1000
unicode11utf8 106
unicode20utf7 1012
unicode20utf8 106
unicodefeff 1014
unicodefffe 1013
us 3
visual 11
windows932 2024
windows936 113
windows949 36
x201 15
x2017 41
x208 63
x212 98
xmacroman 2027
xxbig5 2026
yu 87";

#[cfg(feature = "charsets-single-octet")]
const ALIASES: &[u8] = ALL_ALIASES.as_bytes();

/// Of them, those of the charsets that are converted without tables.
#[cfg(not(feature = "charsets-single-octet"))]
static ALIASES: &[u8] = {
    const LENGTH: usize = aliases_without_table(&mut []);
    const ALIASES: [u8; LENGTH] = {
        let mut aliases = [0; LENGTH];
        aliases_without_table(&mut aliases);
        aliases
    };
    &ALIASES
};

/// Copies the lines of the charsets that are converted without tables, and returns their length.
#[cfg(not(feature = "charsets-single-octet"))]
const fn aliases_without_table(to: &mut [u8]) -> usize {
    let (mut rest, mut length) = (ALL_ALIASES.as_bytes(), 0);
    while !rest.is_empty() {
        let (mut line, mut number) = (0, 0);
        while let Some((octet, _)) = rest.split_at(line).1.split_first() {
            line += 1;
            number = match *octet {
                b'\n' => break,
                digit @ b'0'..=b'9' => number * 10 + (digit - b'0') as usize,
                // A name may have digits too.
                _ => 0,
            };
        }
        let (line, after) = rest.split_at(line);
        if matches!(number, 3 | 4 | 106 | 1000..=1010 | 1013..=1015 | 1017..=1019) {
            if let Some((_, behind)) = to.split_at_mut_checked(length)
                && let Some((own, _)) = behind.split_at_mut_checked(line.len())
            {
                own.copy_from_slice(line);
            }
            length += line.len();
        }
        rest = after;
    }
    length
}
