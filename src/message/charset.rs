//! Charsets by their IANA number (MIBenum).

mod convert;
mod form;
mod mark;
mod name;
#[cfg(feature = "charsets")]
mod shifted;
#[cfg(feature = "charsets-single-octet")]
mod single_octet;
#[cfg(test)]
mod tests;
mod unicode;

use core::fmt;
use core::str::FromStr;

pub(super) use self::convert::is_shift;
pub(crate) use self::convert::latin1;
use self::form::Form;
pub(crate) use self::mark::without_utf8_marks;
pub(crate) use self::mark::{byte_order_mark, reads_mark, without_marks};
use crate::conversion::{ConversionError, arbitrary};
use crate::named::open;

impl Charset {
    /// The charset with this MIBenum.
    #[must_use]
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The MIBenum.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// The name, or the number.
impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => self.0.fmt(f),
        }
    }
}

impl FromStr for Charset {
    type Err = ConversionError;

    /// The charset with this [name](Self::from_name) or number.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_name(text).or_else(|| text.parse().ok().map(Self)).ok_or(ConversionError("Charset"))
    }
}

impl fmt::Debug for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => f.debug_tuple("Charset").field(&self.0).finish(),
        }
    }
}

arbitrary!(Charset, |u| u.choose(Self::ALL).copied());

/// One octet a character.
macro_rules! single {
    ($table:ident) => {{
        #[cfg(feature = "charsets-single-octet")]
        {
            Form::SingleOctet(&single_octet::$table)
        }
        #[cfg(not(feature = "charsets-single-octet"))]
        {
            Form::Superset
        }
    }};
}

/// Several octets a character, as `encoding_rs` converts them.
macro_rules! multi {
    ($encoding:ident) => {{
        #[cfg(feature = "charsets")]
        {
            Form::Table(encoding_rs::$encoding)
        }
        #[cfg(not(feature = "charsets"))]
        {
            Form::Superset
        }
    }};
}

/// A form that needs the feature `charsets`; without it, octets of ASCII are ASCII but for these.
macro_rules! shifting {
    ($octets:literal, $form:expr) => {{
        #[cfg(feature = "charsets")]
        {
            $form
        }
        #[cfg(not(feature = "charsets"))]
        {
            Form::AsciiBut($octets)
        }
    }};
}

open! {
    /// A charset, as its MIBenum in the IANA registry: the number that WSP carries.
    ///
    /// Every number is a charset; those of the registry have a name. What can be converted to Unicode
    /// and back depends on the features of this crate: UTF-8, us-ascii, ISO-8859-1, UTF-16 and UTF-32
    /// always, charsets of one octet a character with `charsets-single-octet`, the Chinese, Japanese and
    /// Korean ones, UTF-7 and CESU-8 with `charsets`. Octets in the others are kept as they are.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::Charset;
    ///
    /// assert_eq!(Charset::UTF_8.number(), 106);
    /// assert_eq!(Charset::ISO_8859_1.decode(b"\xc9t\xe9").unwrap(), "Été");
    /// assert_eq!(Charset::from_name("ISO-8859-1"), Some(Charset::ISO_8859_1));
    /// assert_eq!(Charset::from_name("latin1"), Some(Charset::ISO_8859_1));
    /// assert_eq!(format!("{:?}", Charset::new(9999)), "Charset(9999)");
    /// # #[cfg(feature = "charsets")]
    /// assert_eq!(Charset::BIG5.decode(b"\xa4\xa4\xa4\xe5").unwrap(), "\u{4e2d}\u{6587}");
    /// ```
    pub struct Charset(u16) -> form: Form = Form::Superset; {
        US_ASCII = 3, "us-ascii", Form::Ascii;
        ISO_8859_1 = 4, "iso-8859-1", Form::Latin1;
        ISO_8859_2 = 5, "iso-8859-2", single!(ISO_8859_2);
        ISO_8859_3 = 6, "iso-8859-3", single!(ISO_8859_3);
        ISO_8859_4 = 7, "iso-8859-4", single!(ISO_8859_4);
        ISO_8859_5 = 8, "iso-8859-5", single!(ISO_8859_5);
        ISO_8859_6 = 9, "iso-8859-6", single!(ISO_8859_6);
        ISO_8859_7 = 10, "iso-8859-7", single!(ISO_8859_7);
        ISO_8859_8 = 11, "iso-8859-8", single!(ISO_8859_8);
        ISO_8859_9 = 12, "iso-8859-9", single!(WINDOWS_1254);
        ISO_8859_10 = 13, "iso-8859-10", single!(ISO_8859_10);
        ISO_6937_2_ADD = 14, "iso_6937-2-add", Form::Superset;
        JIS_X0201 = 15, "jis_x0201", Form::Invariant;
        JIS_ENCODING = 16, "jis_encoding", Form::Superset;
        SHIFT_JIS = 17, "shift_jis", multi!(SHIFT_JIS);
        EUC_JP = 18, "euc-jp", multi!(EUC_JP);
        EXTENDED_UNIX_CODE_FIXED_WIDTH_FOR_JAPANESE = 19, "extended_unix_code_fixed_width_for_japanese", Form::Wide;
        BS_4730 = 20, "bs_4730", Form::Invariant;
        SEN_850200_C = 21, "sen_850200_c", Form::Invariant;
        IT = 22, "it", Form::Invariant;
        ES = 23, "es", Form::Invariant;
        DIN_66003 = 24, "din_66003", Form::Invariant;
        NS_4551_1 = 25, "ns_4551-1", Form::Invariant;
        NF_Z_62_010 = 26, "nf_z_62-010", Form::Invariant;
        ISO_10646_UTF_1 = 27, "iso-10646-utf-1", Form::Superset;
        ISO_646_BASIC_1983 = 28, "iso_646.basic:1983", Form::Invariant;
        INVARIANT = 29, "invariant", Form::Invariant;
        ISO_646_IRV_1983 = 30, "iso_646.irv:1983", Form::Invariant;
        NATS_SEFI = 31, "nats-sefi", Form::Invariant;
        NATS_SEFI_ADD = 32, "nats-sefi-add", Form::Opaque;
        NATS_DANO = 33, "nats-dano", Form::Invariant;
        NATS_DANO_ADD = 34, "nats-dano-add", Form::Opaque;
        SEN_850200_B = 35, "sen_850200_b", Form::Invariant;
        KS_C_5601_1987 = 36, "ks_c_5601-1987", multi!(EUC_KR);
        ISO_2022_KR = 37, "iso-2022-kr", shifting!(b"", Form::Shifted(&shifted::ISO_2022_KR));
        EUC_KR = 38, "euc-kr", multi!(EUC_KR);
        ISO_2022_JP = 39, "iso-2022-jp", multi!(ISO_2022_JP);
        ISO_2022_JP_2 = 40, "iso-2022-jp-2", shifting!(b"", Form::Shifted(&shifted::ISO_2022_JP_2));
        JIS_C6220_1969_JP = 41, "jis_c6220-1969-jp", Form::Opaque;
        JIS_C6220_1969_RO = 42, "jis_c6220-1969-ro", Form::Invariant;
        PT = 43, "pt", Form::Invariant;
        GREEK7_OLD = 44, "greek7-old", Form::Opaque;
        LATIN_GREEK = 45, "latin-greek", Form::Invariant;
        NF_Z_62_010_1973 = 46, "nf_z_62-010_(1973)", Form::Invariant;
        LATIN_GREEK_1 = 47, "latin-greek-1", Form::Opaque;
        ISO_5427 = 48, "iso_5427", Form::Opaque;
        JIS_C6226_1978 = 49, "jis_c6226-1978", Form::Opaque;
        BS_VIEWDATA = 50, "bs_viewdata", Form::Invariant;
        INIS = 51, "inis", Form::Invariant;
        INIS_8 = 52, "inis-8", Form::Opaque;
        INIS_CYRILLIC = 53, "inis-cyrillic", Form::Opaque;
        ISO_5427_1981 = 54, "iso_5427:1981", Form::Opaque;
        ISO_5428_1980 = 55, "iso_5428:1980", Form::Opaque;
        GB_1988_80 = 56, "gb_1988-80", Form::Invariant;
        GB_2312_80 = 57, "gb_2312-80", multi!(GBK);
        NS_4551_2 = 58, "ns_4551-2", Form::Invariant;
        VIDEOTEX_SUPPL = 59, "videotex-suppl", Form::Opaque;
        PT2 = 60, "pt2", Form::Invariant;
        ES2 = 61, "es2", Form::Invariant;
        MSZ_7795_3 = 62, "msz_7795.3", Form::Invariant;
        JIS_C6226_1983 = 63, "jis_c6226-1983", Form::Opaque;
        GREEK7 = 64, "greek7", Form::Opaque;
        ASMO_449 = 65, "asmo_449", Form::Opaque;
        ISO_IR_90 = 66, "iso-ir-90", Form::Opaque;
        JIS_C6229_1984_A = 67, "jis_c6229-1984-a", Form::Invariant;
        JIS_C6229_1984_B = 68, "jis_c6229-1984-b", Form::Invariant;
        JIS_C6229_1984_B_ADD = 69, "jis_c6229-1984-b-add", Form::Opaque;
        JIS_C6229_1984_HAND = 70, "jis_c6229-1984-hand", Form::Invariant;
        JIS_C6229_1984_HAND_ADD = 71, "jis_c6229-1984-hand-add", Form::Opaque;
        JIS_C6229_1984_KANA = 72, "jis_c6229-1984-kana", Form::Opaque;
        ISO_2033_1983 = 73, "iso_2033-1983", Form::Opaque;
        ANSI_X3_110_1983 = 74, "ansi_x3.110-1983", Form::Superset;
        T_61_7BIT = 75, "t.61-7bit", Form::Invariant;
        T_61_8BIT = 76, "t.61-8bit", Form::Superset;
        ECMA_CYRILLIC = 77, "ecma-cyrillic", Form::Superset;
        CSA_Z243_4_1985_1 = 78, "csa_z243.4-1985-1", Form::Invariant;
        CSA_Z243_4_1985_2 = 79, "csa_z243.4-1985-2", Form::Invariant;
        CSA_Z243_4_1985_GR = 80, "csa_z243.4-1985-gr", Form::Superset;
        ISO_8859_6_E = 81, "iso-8859-6-e", single!(ISO_8859_6);
        ISO_8859_6_I = 82, "iso-8859-6-i", single!(ISO_8859_6);
        T_101_G2 = 83, "t.101-g2", Form::Opaque;
        ISO_8859_8_E = 84, "iso-8859-8-e", single!(ISO_8859_8);
        ISO_8859_8_I = 85, "iso-8859-8-i", single!(ISO_8859_8);
        CSN_369103 = 86, "csn_369103", Form::Superset;
        JUS_I_B1_002 = 87, "jus_i.b1.002", Form::Invariant;
        IEC_P27_1 = 88, "iec_p27-1", Form::Superset;
        JUS_I_B1_003_SERB = 89, "jus_i.b1.003-serb", Form::Opaque;
        JUS_I_B1_003_MAC = 90, "jus_i.b1.003-mac", Form::Opaque;
        GREEK_CCITT = 91, "greek-ccitt", Form::Superset;
        NC_NC00_10_81 = 92, "nc_nc00-10:81", Form::Invariant;
        ISO_6937_2_25 = 93, "iso_6937-2-25", Form::Superset;
        GOST_19768_74 = 94, "gost_19768-74", Form::Superset;
        ISO_8859_SUPP = 95, "iso_8859-supp", Form::Superset;
        ISO_10367_BOX = 96, "iso_10367-box", Form::Superset;
        LATIN_LAP = 97, "latin-lap", Form::Superset;
        JIS_X0212_1990 = 98, "jis_x0212-1990", Form::Opaque;
        DS_2089 = 99, "ds_2089", Form::Invariant;
        US_DK = 100, "us-dk", Form::Superset;
        DK_US = 101, "dk-us", Form::Invariant;
        KSC5636 = 102, "ksc5636", Form::Invariant;
        UNICODE_1_1_UTF_7 = 103, "unicode-1-1-utf-7", shifting!(b"+", Form::Utf7(&unicode::UTF_7));
        ISO_2022_CN = 104, "iso-2022-cn", shifting!(b"", Form::Shifted(&shifted::ISO_2022_CN));
        ISO_2022_CN_EXT = 105, "iso-2022-cn-ext", shifting!(b"", Form::Shifted(&shifted::ISO_2022_CN));
        UTF_8 = 106, "utf-8", Form::Utf8;
        ISO_8859_13 = 109, "iso-8859-13", single!(ISO_8859_13);
        ISO_8859_14 = 110, "iso-8859-14", single!(ISO_8859_14);
        ISO_8859_15 = 111, "iso-8859-15", single!(ISO_8859_15);
        ISO_8859_16 = 112, "iso-8859-16", single!(ISO_8859_16);
        GBK = 113, "gbk", multi!(GBK);
        GB18030 = 114, "gb18030", multi!(GB18030);
        OSD_EBCDIC_DF04_15 = 115, "osd_ebcdic_df04_15", Form::Opaque;
        OSD_EBCDIC_DF03_IRV = 116, "osd_ebcdic_df03_irv", Form::Opaque;
        OSD_EBCDIC_DF04_1 = 117, "osd_ebcdic_df04_1", Form::Opaque;
        ISO_11548_1 = 118, "iso-11548-1", Form::Opaque;
        KZ_1048 = 119, "kz-1048", single!(KZ_1048);
        ISO_10646_UCS_2 = 1000, "iso-10646-ucs-2", Form::Utf16;
        ISO_10646_UCS_4 = 1001, "iso-10646-ucs-4", Form::Utf32;
        ISO_10646_UCS_BASIC = 1002, "iso-10646-ucs-basic", Form::Utf16;
        ISO_10646_UNICODE_LATIN1 = 1003, "iso-10646-unicode-latin1", Form::Utf16;
        ISO_10646_J_1 = 1004, "iso-10646-j-1", Form::Utf16;
        ISO_UNICODE_IBM_1261 = 1005, "iso-unicode-ibm-1261", Form::Utf16;
        ISO_UNICODE_IBM_1268 = 1006, "iso-unicode-ibm-1268", Form::Utf16;
        ISO_UNICODE_IBM_1276 = 1007, "iso-unicode-ibm-1276", Form::Utf16;
        ISO_UNICODE_IBM_1264 = 1008, "iso-unicode-ibm-1264", Form::Utf16;
        ISO_UNICODE_IBM_1265 = 1009, "iso-unicode-ibm-1265", Form::Utf16;
        UNICODE_1_1 = 1010, "unicode-1-1", Form::Unicode11;
        SCSU = 1011, "scsu", Form::Superset;
        UTF_7 = 1012, "utf-7", shifting!(b"+", Form::Utf7(&unicode::UTF_7));
        UTF_16BE = 1013, "utf-16be", Form::Utf16Be;
        UTF_16LE = 1014, "utf-16le", Form::Utf16Le;
        UTF_16 = 1015, "utf-16", Form::Utf16;
        CESU_8 = 1016, "cesu-8", shifting!(b"", Form::Cesu8);
        UTF_32 = 1017, "utf-32", Form::Utf32;
        UTF_32BE = 1018, "utf-32be", Form::Utf32Be;
        UTF_32LE = 1019, "utf-32le", Form::Utf32Le;
        BOCU_1 = 1020, "bocu-1", Form::Opaque;
        UTF_7_IMAP = 1021, "utf-7-imap", shifting!(b"&", Form::Utf7(&unicode::UTF_7_IMAP));
        ISO_8859_1_WINDOWS_3_0_LATIN_1 = 2000, "iso-8859-1-windows-3.0-latin-1", Form::Superset;
        ISO_8859_1_WINDOWS_3_1_LATIN_1 = 2001, "iso-8859-1-windows-3.1-latin-1", Form::Superset;
        ISO_8859_2_WINDOWS_LATIN_2 = 2002, "iso-8859-2-windows-latin-2", Form::Superset;
        ISO_8859_9_WINDOWS_LATIN_5 = 2003, "iso-8859-9-windows-latin-5", Form::Superset;
        HP_ROMAN8 = 2004, "hp-roman8", single!(HP_ROMAN8);
        ADOBE_STANDARD_ENCODING = 2005, "adobe-standard-encoding", Form::Invariant;
        VENTURA_US = 2006, "ventura-us", Form::Superset;
        VENTURA_INTERNATIONAL = 2007, "ventura-international", Form::Superset;
        DEC_MCS = 2008, "dec-mcs", Form::Superset;
        IBM850 = 2009, "ibm850", single!(IBM850);
        IBM852 = 2010, "ibm852", single!(IBM852);
        IBM437 = 2011, "ibm437", single!(IBM437);
        PC8_DANISH_NORWEGIAN = 2012, "pc8-danish-norwegian", Form::Superset;
        IBM862 = 2013, "ibm862", single!(IBM862);
        PC8_TURKISH = 2014, "pc8-turkish", Form::Superset;
        IBM_SYMBOLS = 2015, "ibm-symbols", Form::Opaque;
        IBM_THAI = 2016, "ibm-thai", Form::Opaque;
        HP_LEGAL = 2017, "hp-legal", Form::Superset;
        HP_PI_FONT = 2018, "hp-pi-font", Form::Opaque;
        HP_MATH8 = 2019, "hp-math8", Form::Opaque;
        ADOBE_SYMBOL_ENCODING = 2020, "adobe-symbol-encoding", Form::Opaque;
        HP_DESKTOP = 2021, "hp-desktop", Form::Superset;
        VENTURA_MATH = 2022, "ventura-math", Form::Opaque;
        MICROSOFT_PUBLISHING = 2023, "microsoft-publishing", Form::Superset;
        WINDOWS_31J = 2024, "windows-31j", multi!(SHIFT_JIS);
        GB2312 = 2025, "gb2312", multi!(GBK);
        BIG5 = 2026, "big5", multi!(BIG5);
        MACINTOSH = 2027, "macintosh", single!(MACINTOSH);
        IBM037 = 2028, "ibm037", Form::Opaque;
        IBM038 = 2029, "ibm038", Form::Opaque;
        IBM273 = 2030, "ibm273", Form::Opaque;
        IBM274 = 2031, "ibm274", Form::Opaque;
        IBM275 = 2032, "ibm275", Form::Opaque;
        IBM277 = 2033, "ibm277", Form::Opaque;
        IBM278 = 2034, "ibm278", Form::Opaque;
        IBM280 = 2035, "ibm280", Form::Opaque;
        IBM281 = 2036, "ibm281", Form::Opaque;
        IBM284 = 2037, "ibm284", Form::Opaque;
        IBM285 = 2038, "ibm285", Form::Opaque;
        IBM290 = 2039, "ibm290", Form::Opaque;
        IBM297 = 2040, "ibm297", Form::Opaque;
        IBM420 = 2041, "ibm420", Form::Opaque;
        IBM423 = 2042, "ibm423", Form::Opaque;
        IBM424 = 2043, "ibm424", Form::Opaque;
        IBM500 = 2044, "ibm500", Form::Opaque;
        IBM851 = 2045, "ibm851", Form::Superset;
        IBM855 = 2046, "ibm855", single!(IBM855);
        IBM857 = 2047, "ibm857", single!(IBM857);
        IBM860 = 2048, "ibm860", single!(IBM860);
        IBM861 = 2049, "ibm861", single!(IBM861);
        IBM863 = 2050, "ibm863", single!(IBM863);
        IBM864 = 2051, "ibm864", Form::Superset;
        IBM865 = 2052, "ibm865", single!(IBM865);
        IBM868 = 2053, "ibm868", Form::Superset;
        IBM869 = 2054, "ibm869", single!(IBM869);
        IBM870 = 2055, "ibm870", Form::Opaque;
        IBM871 = 2056, "ibm871", Form::Opaque;
        IBM880 = 2057, "ibm880", Form::Opaque;
        IBM891 = 2058, "ibm891", Form::Superset;
        IBM903 = 2059, "ibm903", Form::Superset;
        IBM904 = 2060, "ibm904", Form::Superset;
        IBM905 = 2061, "ibm905", Form::Opaque;
        IBM918 = 2062, "ibm918", Form::Opaque;
        IBM1026 = 2063, "ibm1026", Form::Opaque;
        EBCDIC_AT_DE = 2064, "ebcdic-at-de", Form::Opaque;
        EBCDIC_AT_DE_A = 2065, "ebcdic-at-de-a", Form::Opaque;
        EBCDIC_CA_FR = 2066, "ebcdic-ca-fr", Form::Opaque;
        EBCDIC_DK_NO = 2067, "ebcdic-dk-no", Form::Opaque;
        EBCDIC_DK_NO_A = 2068, "ebcdic-dk-no-a", Form::Opaque;
        EBCDIC_FI_SE = 2069, "ebcdic-fi-se", Form::Opaque;
        EBCDIC_FI_SE_A = 2070, "ebcdic-fi-se-a", Form::Opaque;
        EBCDIC_FR = 2071, "ebcdic-fr", Form::Opaque;
        EBCDIC_IT = 2072, "ebcdic-it", Form::Opaque;
        EBCDIC_PT = 2073, "ebcdic-pt", Form::Opaque;
        EBCDIC_ES = 2074, "ebcdic-es", Form::Opaque;
        EBCDIC_ES_A = 2075, "ebcdic-es-a", Form::Opaque;
        EBCDIC_ES_S = 2076, "ebcdic-es-s", Form::Opaque;
        EBCDIC_UK = 2077, "ebcdic-uk", Form::Opaque;
        EBCDIC_US = 2078, "ebcdic-us", Form::Opaque;
        UNKNOWN_8BIT = 2079, "unknown-8bit", Form::Superset;
        MNEMONIC = 2080, "mnemonic", Form::Superset;
        MNEM = 2081, "mnem", Form::Superset;
        VISCII = 2082, "viscii", Form::Superset;
        VIQR = 2083, "viqr", Form::Superset;
        KOI8_R = 2084, "koi8-r", single!(KOI8_R);
        HZ_GB_2312 = 2085, "hz-gb-2312", shifting!(b"~", Form::Shifted(&shifted::HZ));
        IBM866 = 2086, "ibm866", single!(IBM866);
        IBM775 = 2087, "ibm775", single!(IBM775);
        KOI8_U = 2088, "koi8-u", single!(KOI8_U);
        IBM00858 = 2089, "ibm00858", single!(IBM00858);
        IBM00924 = 2090, "ibm00924", Form::Opaque;
        IBM01140 = 2091, "ibm01140", Form::Opaque;
        IBM01141 = 2092, "ibm01141", Form::Opaque;
        IBM01142 = 2093, "ibm01142", Form::Opaque;
        IBM01143 = 2094, "ibm01143", Form::Opaque;
        IBM01144 = 2095, "ibm01144", Form::Opaque;
        IBM01145 = 2096, "ibm01145", Form::Opaque;
        IBM01146 = 2097, "ibm01146", Form::Opaque;
        IBM01147 = 2098, "ibm01147", Form::Opaque;
        IBM01148 = 2099, "ibm01148", Form::Opaque;
        IBM01149 = 2100, "ibm01149", Form::Opaque;
        BIG5_HKSCS = 2101, "big5-hkscs", multi!(BIG5);
        IBM1047 = 2102, "ibm1047", Form::Opaque;
        PTCP154 = 2103, "ptcp154", single!(PTCP154);
        AMIGA_1251 = 2104, "amiga-1251", Form::Superset;
        KOI7_SWITCHED = 2105, "koi7-switched", Form::Invariant;
        BRF = 2106, "brf", Form::Opaque;
        TSCII = 2107, "tscii", Form::Superset;
        CP51932 = 2108, "cp51932", multi!(EUC_JP);
        WINDOWS_874 = 2109, "windows-874", single!(WINDOWS_874);
        WINDOWS_1250 = 2250, "windows-1250", single!(WINDOWS_1250);
        WINDOWS_1251 = 2251, "windows-1251", single!(WINDOWS_1251);
        WINDOWS_1252 = 2252, "windows-1252", single!(WINDOWS_1252);
        WINDOWS_1253 = 2253, "windows-1253", single!(WINDOWS_1253);
        WINDOWS_1254 = 2254, "windows-1254", single!(WINDOWS_1254);
        WINDOWS_1255 = 2255, "windows-1255", single!(WINDOWS_1255);
        WINDOWS_1256 = 2256, "windows-1256", single!(WINDOWS_1256);
        WINDOWS_1257 = 2257, "windows-1257", single!(WINDOWS_1257);
        WINDOWS_1258 = 2258, "windows-1258", single!(WINDOWS_1258);
        TIS_620 = 2259, "tis-620", single!(WINDOWS_874);
        CP50220 = 2260, "cp50220", multi!(ISO_2022_JP);
    }
}
