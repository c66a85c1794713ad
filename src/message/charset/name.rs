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
        let found = find(essence).or_else(|| find(bare()?)).or_else(|| code_page(essence));
        #[cfg(not(feature = "charsets-single-octet"))]
        let found = found.or_else(|| named(name));
        found
    }
}

/// The charset that is shown as this name.
#[cfg(not(feature = "charsets-single-octet"))]
fn named(name: &[u8]) -> Option<Charset> {
    let is_named = |charset: &&Charset| charset.name().is_some_and(|known| known.as_bytes().eq_ignore_ascii_case(name));
    Charset::ALL.iter().find(is_named).copied()
}

/// The charset whose name has these letters and digits.
fn find(essence: &[u8]) -> Option<Charset> {
    let names = NAMES;
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
fn essence<'a>(name: &[u8], buffer: &'a mut [u8; LONGEST]) -> Option<&'a [u8]> {
    let (mut length, mut before) = (0, 0_u8);
    for octet in name.iter().filter(|octet| octet.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase) {
        if octet != b'0' || before.is_ascii_digit() {
            *buffer.get_mut(length)? = octet;
            (length, before) = (length + 1, octet);
        }
    }
    buffer.get(..length)
}

/// What counts in the names and aliases of the IANA registry and in others in use, in the order of the
/// octets, with the numbers of the charsets. Not in it: aliases that begin with `cs` or `x-` and are names
/// otherwise, and those of code pages.
const ALL_NAMES: &str = "\
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
adobestandardencoding 2005
adobesymbolencoding 2020
ami1251 2104
amiga1251 2104
ansix31101983 74
ansix341968 3
ansix341986 3
arabic 9
arabic7 65
ascii 3
asmo449 65
asmo708 9
big5 2026
big5hkscs 2101
bocu1 1020
brf 2106
bs4730 20
bsviewdata 50
ca 78
cesu8 1016
chinese 57
cn 56
cnbig5 2026
cp154 2103
cp50220 2260
cp51932 2108
cp932 2024
cp936 113
cp950 2026
cpar 2053
cpgr 2054
cpis 2049
csa71 78
csa72 79
csat5001983 74
csaz243419851 78
csaz243419852 79
csaz24341985gr 80
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
csn369103 86
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
decmcs 2008
din66003 24
dk 99
dkus 101
dos874 2109
ds2089 99
e13b 73
ebcdicatde 2064
ebcdicatdea 2065
ebcdicbe 2031
ebcdicbr 2032
ebcdiccafr 2066
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
ebcdicdkno 2067
ebcdicdknoa 2068
ebcdices 2074
ebcdices284euro 2096
ebcdicesa 2075
ebcdicess 2076
ebcdicfi278euro 2094
ebcdicfise 2069
ebcdicfisea 2070
ebcdicfr 2071
ebcdicfr297euro 2098
ebcdicgb285euro 2097
ebcdicint 2029
ebcdicinternational500euro 2099
ebcdicis871euro 2100
ebcdicit 2072
ebcdicit280euro 2095
ebcdicjpe 2036
ebcdicjpkana 2039
ebcdiclatin9euro 2090
ebcdicno277euro 2093
ebcdicpt 2073
ebcdicse278euro 2094
ebcdicuk 2077
ebcdicus 2078
ebcdicus37euro 2091
ecma114 9
ecma118 10
ecmacyrillic 77
elot928 10
es 23
es2 61
euccn 2025
eucjp 18
euckr 38
extendedunixcodefixedwidthforjapanese 19
extendedunixcodepackedformatforjapanese 18
fi 35
fr 26
gb 20
gb18030 114
gb198880 56
gb2312 2025
gb231280 57
gbk 113
gost1976874 94
greek 10
greek7 64
greek7old 44
greek8 10
greekccitt 91
hebrew 11
hpdesktop 2021
hplegal 2017
hpmath8 2019
hppifont 2018
hproman8 2004
hu 62
hz 2085
hzgb2312 2085
ibm1026 2063
ibm1047 2102
ibm1140 2091
ibm1141 2092
ibm1142 2093
ibm1143 2094
ibm1144 2095
ibm1145 2096
ibm1146 2097
ibm1147 2098
ibm1148 2099
ibm1149 2100
ibm273 2030
ibm274 2031
ibm275 2032
ibm277 2033
ibm278 2034
ibm280 2035
ibm281 2036
ibm284 2037
ibm285 2038
ibm290 2039
ibm297 2040
ibm367 3
ibm37 2028
ibm38 2029
ibm420 2041
ibm423 2042
ibm424 2043
ibm437 2011
ibm500 2044
ibm775 2087
ibm819 4
ibm850 2009
ibm851 2045
ibm852 2010
ibm855 2046
ibm857 2047
ibm858 2089
ibm860 2048
ibm861 2049
ibm862 2013
ibm863 2050
ibm864 2051
ibm865 2052
ibm866 2086
ibm868 2053
ibm869 2054
ibm870 2055
ibm871 2056
ibm880 2057
ibm891 2058
ibm903 2059
ibm904 2060
ibm905 2061
ibm918 2062
ibm924 2090
ibmsymbols 2015
ibmthai 2016
iecp271 88
inis 51
inis8 52
iniscyrillic 53
invariant 29
irv 30
iso10367box 96
iso10646 1003
iso10646j1 1004
iso10646ucs2 1000
iso10646ucs4 1001
iso10646ucsbasic 1002
iso10646unicodelatin1 1003
iso10646utf1 27
iso115481 118
iso2022cn 104
iso2022cnext 105
iso2022jp 39
iso2022jp2 40
iso2022kr 37
iso20331983 73
iso5427 48
iso54271981 54
iso5427cyrillic1981 54
iso54281980 55
iso646basic1983 28
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
iso646irv1983 30
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
iso6937225 93
iso69372add 14
iso88591 4
iso885910 13
iso8859101992 13
iso885911 2259
iso885911987 4
iso885913 109
iso885914 110
iso8859141998 110
iso885915 111
iso885916 112
iso8859162001 112
iso88591windows30latin1 2000
iso88591windows31latin1 2001
iso88592 5
iso885921987 5
iso88592windowslatin2 2002
iso88593 6
iso885931988 6
iso88594 7
iso885941988 7
iso88595 8
iso885951988 8
iso88596 9
iso885961987 9
iso88596e 81
iso88596i 82
iso88597 10
iso885971987 10
iso88598 11
iso885981988 11
iso88598e 84
iso88598i 85
iso88599 12
iso885991989 12
iso88599windowslatin5 2003
iso8859supp 95
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
isoir90 66
isoir91 67
isoir92 68
isoir93 69
isoir94 70
isoir95 71
isoir96 72
isoir98 73
isoir99 74
isotr115481 118
isounicodeibm1261 1005
isounicodeibm1264 1008
isounicodeibm1265 1009
isounicodeibm1268 1006
isounicodeibm1276 1007
it 22
jisc62201969 41
jisc62201969jp 41
jisc62201969ro 42
jisc62261978 49
jisc62261983 63
jisc62291984a 67
jisc62291984b 68
jisc62291984badd 69
jisc62291984hand 70
jisc62291984handadd 71
jisc62291984kana 72
jisencoding 16
jisx201 15
jisx2081983 63
jisx2121990 98
jp 42
jpocra 67
jpocrb 68
jpocrbadd 69
jpocrhand 70
jpocrhandadd 71
js 87
jusib1002 87
jusib1003mac 90
jusib1003serb 89
katakana 41
koi 2084
koi7switched 2105
koi8 2084
koi8e 77
koi8r 2084
koi8ru 2088
koi8u 2088
korean 36
ksc5601 36
ksc56011987 36
ksc56011989 36
ksc5636 102
kz1048 119
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
latingreek 45
latingreek1 47
latinlap 97
logical 85
mac 2027
macedonian 90
macintosh 2027
microsoftpublishing 2023
mnem 2081
mnemonic 2080
ms932 2024
ms936 113
ms949 36
mskanji 17
msz77953 62
naplps 74
natsdano 33
natsdanoadd 34
natssefi 31
natssefiadd 32
ncnc1081 92
nfz62010 26
nfz620101973 46
no 25
no2 58
ns45511 25
ns45512 58
osdebcdicdf3irv 116
osdebcdicdf41 117
osdebcdicdf415 115
pc8danishnorwegian 2012
pc8turkish 2014
pcmultilingual850euro 2089
pt 43
pt154 2103
pt2 60
ptcp154 2103
r8 2004
ref 28
rk1048 119
roman8 2004
scsu 1011
se 35
se2 21
sen850200b 35
sen850200c 21
serbian 89
shiftjis 17
sjis 17
strk10482002 119
stsev35888 94
suneugreek 10
t101g2 83
t61 76
t617bit 75
t618bit 76
tis620 2259
tscii 2107
ucs2 1000
ucs4 1001
uhc 36
uk 20
unicode 1000
unicode11 1010
unicode11utf7 103
unicode11utf8 106
unicode20utf7 1012
unicode20utf8 106
unicodefeff 1014
unicodefffe 1013
unknown8bit 2079
us 3
usascii 3
usdk 100
utf16 1015
utf16be 1013
utf16le 1014
utf32 1017
utf32be 1018
utf32le 1019
utf7 1012
utf7imap 1021
utf8 106
venturainternational 2007
venturamath 2022
venturaus 2006
videotexsuppl 59
viqr 2083
viscii 2082
visual 11
windows1250 2250
windows1251 2251
windows1252 2252
windows1253 2253
windows1254 2254
windows1255 2255
windows1256 2256
windows1257 2257
windows1258 2258
windows31j 2024
windows874 2109
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
const NAMES: &[u8] = ALL_NAMES.as_bytes();

/// Of them, those of the charsets that are converted without tables.
#[cfg(not(feature = "charsets-single-octet"))]
static NAMES: &[u8] = {
    const LENGTH: usize = names_without_table(&mut []);
    const NAMES: [u8; LENGTH] = {
        let mut names = [0; LENGTH];
        names_without_table(&mut names);
        names
    };
    &NAMES
};

/// Copies the lines of the charsets that are converted without tables, and returns their length.
#[cfg(not(feature = "charsets-single-octet"))]
const fn names_without_table(to: &mut [u8]) -> usize {
    let (mut rest, mut length) = (ALL_NAMES.as_bytes(), 0);
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
