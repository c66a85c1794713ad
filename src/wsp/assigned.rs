//! The assigned numbers of WSP: media types, languages and application ids.

use super::name_index::{NameIndex, is_name};
use crate::named::numbers::{Numbers, numbers};

/// The name of an assigned media type (WAP-230, table 40; OMNA registry).
///
/// # Examples
///
/// ```
/// use mms_codec::wsp;
///
/// assert_eq!(wsp::media_type(0x33), Some("application/vnd.wap.multipart.related"));
/// assert_eq!(wsp::media_type(0x59), None);
/// ```
#[must_use]
pub fn media_type(code: u32) -> Option<&'static str> {
    MEDIA_TYPE_NUMBERS.name(code)
}

/// The assigned number of a media type, whose letters may be of either case (as [`media_type`]).
///
/// Copies of the registry print `multipart/byteranges` with a slip, `multipart/byterantes`: it has
/// the same number.
///
/// # Examples
///
/// ```
/// use mms_codec::wsp;
///
/// assert_eq!(wsp::media_type_code("image/JPEG"), Some(0x1e));
/// assert_eq!(wsp::media_type_code("application/smil"), None);
/// ```
#[must_use]
pub fn media_type_code(name: &str) -> Option<u32> {
    code_of_media_type(name.as_bytes())
}

pub(super) fn code_of_media_type(name: &[u8]) -> Option<u32> {
    if name.eq_ignore_ascii_case(b"multipart/byterantes") {
        return Some(0x0e);
    }
    let is_place = |place: &usize| MEDIA_TYPE_NUMBERS.name_at(*place).is_some_and(|own| is_name(own, name));
    let place = MEDIA_TYPE_INDEX.places(name).map(usize::from).find(is_place)?;
    MEDIA_TYPE_NUMBERS.number_at(place).map(u32::from)
}

/// The tag of an assigned language (WAP-230, table 41); `*` is any language.
///
/// # Examples
///
/// ```
/// use mms_codec::wsp;
///
/// assert_eq!(wsp::language(0x19), Some("en"));
/// ```
#[must_use]
pub fn language(code: u32) -> Option<&'static str> {
    LANGUAGE_NUMBERS.name(code)
}

/// The assigned number of a language tag, whose letters may be of either case (as [`language`]).
///
/// # Examples
///
/// ```
/// use mms_codec::wsp;
///
/// assert_eq!(wsp::language_code("sv"), Some(0x70));
/// assert_eq!(wsp::language_code("en-GB"), None);
/// ```
#[must_use]
pub fn language_code(tag: &str) -> Option<u32> {
    code(&LANGUAGE_NUMBERS, tag)
}

/// The URN of an assigned `X-Wap-Application-Id` (OMNA registry); `*` is any
/// application.
///
/// # Examples
///
/// ```
/// use mms_codec::wsp;
///
/// assert_eq!(wsp::application_id(4), Some("x-wap-application:mms.ua"));
/// ```
#[must_use]
pub fn application_id(code: u32) -> Option<&'static str> {
    APPLICATION_NUMBERS.name(code)
}

/// The assigned number of an application's URN, whose letters may be of either case (as
/// [`application_id`]). Any application is `*`, or `x-wap-application:*` as the registry has it.
///
/// # Examples
///
/// ```
/// use mms_codec::wsp;
///
/// assert_eq!(wsp::application_id_code("x-wap-application:mms.ua"), Some(4));
/// assert_eq!(wsp::application_id_code("mms.ua"), None);
/// ```
#[must_use]
pub fn application_id_code(urn: &str) -> Option<u32> {
    if urn.eq_ignore_ascii_case("x-wap-application:*") {
        return Some(0);
    }
    code(&APPLICATION_NUMBERS, urn)
}

fn code(table: &Numbers, name: &str) -> Option<u32> {
    table.number_at(table.index_of(name)?).map(u32::from)
}

static MEDIA_TYPE_NUMBERS: Numbers = numbers!(MEDIA_TYPES);
static LANGUAGE_NUMBERS: Numbers = numbers!(LANGUAGES);
static APPLICATION_NUMBERS: Numbers = numbers!(APPLICATION_IDS);

/// Well-known media types (WAP-230, table 40, and its successor, the OMNA registry), then
/// registered ones from 0x0201 on (OMNA registry).
pub(super) const MEDIA_TYPES: &[(u32, &str)] = &[
    (0x00, "*/*"),
    (0x01, "text/*"),
    (0x02, "text/html"),
    (0x03, "text/plain"),
    (0x04, "text/x-hdml"),
    (0x05, "text/x-ttml"),
    (0x06, "text/x-vCalendar"),
    (0x07, "text/x-vCard"),
    (0x08, "text/vnd.wap.wml"),
    (0x09, "text/vnd.wap.wmlscript"),
    (0x0a, "text/vnd.wap.wta-event"),
    (0x0b, "multipart/*"),
    (0x0c, "multipart/mixed"),
    (0x0d, "multipart/form-data"),
    (0x0e, "multipart/byteranges"),
    (0x0f, "multipart/alternative"),
    (0x10, "application/*"),
    (0x11, "application/java-vm"),
    (0x12, "application/x-www-form-urlencoded"),
    (0x13, "application/x-hdmlc"),
    (0x14, "application/vnd.wap.wmlc"),
    (0x15, "application/vnd.wap.wmlscriptc"),
    (0x16, "application/vnd.wap.wta-eventc"),
    (0x17, "application/vnd.wap.uaprof"),
    (0x18, "application/vnd.wap.wtls-ca-certificate"),
    (0x19, "application/vnd.wap.wtls-user-certificate"),
    (0x1a, "application/x-x509-ca-cert"),
    (0x1b, "application/x-x509-user-cert"),
    (0x1c, "image/*"),
    (0x1d, "image/gif"),
    (0x1e, "image/jpeg"),
    (0x1f, "image/tiff"),
    (0x20, "image/png"),
    (0x21, "image/vnd.wap.wbmp"),
    (0x22, "application/vnd.wap.multipart.*"),
    (0x23, "application/vnd.wap.multipart.mixed"),
    (0x24, "application/vnd.wap.multipart.form-data"),
    (0x25, "application/vnd.wap.multipart.byteranges"),
    (0x26, "application/vnd.wap.multipart.alternative"),
    (0x27, "application/xml"),
    (0x28, "text/xml"),
    (0x29, "application/vnd.wap.wbxml"),
    (0x2a, "application/x-x968-cross-cert"),
    (0x2b, "application/x-x968-ca-cert"),
    (0x2c, "application/x-x968-user-cert"),
    (0x2d, "text/vnd.wap.si"),
    (0x2e, "application/vnd.wap.sic"),
    (0x2f, "text/vnd.wap.sl"),
    (0x30, "application/vnd.wap.slc"),
    (0x31, "text/vnd.wap.co"),
    (0x32, "application/vnd.wap.coc"),
    (0x33, "application/vnd.wap.multipart.related"),
    (0x34, "application/vnd.wap.sia"),
    (0x35, "text/vnd.wap.connectivity-xml"),
    (0x36, "application/vnd.wap.connectivity-wbxml"),
    (0x37, "application/pkcs7-mime"),
    (0x38, "application/vnd.wap.hashed-certificate"),
    (0x39, "application/vnd.wap.signed-certificate"),
    (0x3a, "application/vnd.wap.cert-response"),
    (0x3b, "application/xhtml+xml"),
    (0x3c, "application/wml+xml"),
    (0x3d, "text/css"),
    (0x3e, "application/vnd.wap.mms-message"),
    (0x3f, "application/vnd.wap.rollover-certificate"),
    (0x40, "application/vnd.wap.locc+wbxml"),
    (0x41, "application/vnd.wap.loc+xml"),
    (0x42, "application/vnd.syncml.dm+wbxml"),
    (0x43, "application/vnd.syncml.dm+xml"),
    (0x44, "application/vnd.syncml.notification"),
    (0x45, "application/vnd.wap.xhtml+xml"),
    (0x46, "application/vnd.wv.csp.cir"),
    (0x47, "application/vnd.oma.dd+xml"),
    (0x48, "application/vnd.oma.drm.message"),
    (0x49, "application/vnd.oma.drm.content"),
    (0x4a, "application/vnd.oma.drm.rights+xml"),
    (0x4b, "application/vnd.oma.drm.rights+wbxml"),
    (0x4c, "application/vnd.wv.csp+xml"),
    (0x4d, "application/vnd.wv.csp+wbxml"),
    (0x4e, "application/vnd.syncml.ds.notification"),
    (0x4f, "audio/*"),
    (0x50, "video/*"),
    (0x51, "application/vnd.oma.dd2+xml"),
    (0x52, "application/mikey"),
    (0x53, "application/vnd.oma.dcd"),
    (0x54, "application/vnd.oma.dcdc"),
    (0x55, "text/x-vMessage"),
    (0x56, "application/vnd.omads-email+wbxml"),
    (0x57, "text/x-vBookmark"),
    (0x58, "application/vnd.syncml.dm.notification"),
    (0x5a, "application/octet-stream"),
    (0x0201, "application/vnd.uplanet.cacheop-wbxml"),
    (0x0202, "application/vnd.uplanet.signal"),
    (0x0203, "application/vnd.uplanet.alert-wbxml"),
    (0x0204, "application/vnd.uplanet.list-wbxml"),
    (0x0205, "application/vnd.uplanet.listcmd-wbxml"),
    (0x0206, "application/vnd.uplanet.channel-wbxml"),
    (0x0207, "application/vnd.uplanet.provisioning-status-uri"),
    (0x0208, "x-wap.multipart/vnd.uplanet.header-set"),
    (0x0209, "application/vnd.uplanet.bearer-choice-wbxml"),
    (0x020a, "application/vnd.phonecom.mmc-wbxml"),
    (0x020b, "application/vnd.nokia.syncset+wbxml"),
    (0x020c, "image/x-up-wpng"),
    (0x0300, "application/iota.mmc-wbxml"),
    (0x0301, "application/iota.mmc-xml"),
    (0x0302, "application/vnd.syncml+xml"),
    (0x0303, "application/vnd.syncml+wbxml"),
    (0x0304, "text/vnd.wap.emn+xml"),
    (0x0305, "text/calendar"),
    (0x0306, "application/vnd.omads-email+xml"),
    (0x0307, "application/vnd.omads-file+xml"),
    (0x0308, "application/vnd.omads-folder+xml"),
    (0x0309, "text/directory;profile=vCard"),
    (0x030a, "application/vnd.wap.emn+wbxml"),
    (0x030b, "application/vnd.nokia.ipdc-purchase-response"),
    (0x030c, "application/vnd.motorola.screen3+xml"),
    (0x030d, "application/vnd.motorola.screen3+gzip"),
    (0x030e, "application/vnd.cmcc.setting+wbxml"),
    (0x030f, "application/vnd.cmcc.bombing+wbxml"),
    (0x0310, "application/vnd.docomo.pf"),
    (0x0311, "application/vnd.docomo.ub"),
    (0x0312, "application/vnd.omaloc-supl-init"),
    (0x0313, "application/vnd.oma.group-usage-list+xml"),
    (0x0314, "application/oma-directory+xml"),
    (0x0315, "application/vnd.docomo.pf2"),
    (0x0316, "application/vnd.oma.drm.roap-trigger+wbxml"),
    (0x0317, "application/vnd.sbm.mid2"),
    (0x0318, "application/vnd.wmf.bootstrap"),
    (0x0319, "application/vnc.cmcc.dcd+xml"),
    (0x031a, "application/vnd.sbm.cid"),
    (0x031b, "application/vnd.oma.bcast.provisioningtrigger"),
];

/// Every content type that is written is looked up.
static MEDIA_TYPE_INDEX: NameIndex<256> = {
    let (mut index, mut place, mut rest) = (NameIndex::EMPTY, 0, MEDIA_TYPES);
    while let [row, rows @ ..] = rest {
        index = index.with(row.1, place);
        place += 1;
        rest = rows;
    }
    index
};

/// Languages (WAP-230, table 41). 0x80 is not assigned.
#[rustfmt::skip]
pub(super) const LANGUAGES: &[(u32, &str)] = &[
    (0x00, "*"), (0x01, "aa"), (0x02, "ab"), (0x03, "af"), (0x04, "am"), (0x05, "ar"), (0x06, "as"), (0x07, "ay"),
    (0x08, "az"), (0x09, "ba"), (0x0a, "be"), (0x0b, "bg"), (0x0c, "bh"), (0x0d, "bi"), (0x0e, "bn"), (0x0f, "bo"),
    (0x10, "br"), (0x11, "ca"), (0x12, "co"), (0x13, "cs"), (0x14, "cy"), (0x15, "da"), (0x16, "de"), (0x17, "dz"),
    (0x18, "el"), (0x19, "en"), (0x1a, "eo"), (0x1b, "es"), (0x1c, "et"), (0x1d, "eu"), (0x1e, "fa"), (0x1f, "fi"),
    (0x20, "fj"), (0x21, "ur"), (0x22, "fr"), (0x23, "uz"), (0x24, "ga"), (0x25, "gd"), (0x26, "gl"), (0x27, "gn"),
    (0x28, "gu"), (0x29, "ha"), (0x2a, "he"), (0x2b, "hi"), (0x2c, "hr"), (0x2d, "hu"), (0x2e, "hy"), (0x2f, "vi"),
    (0x30, "id"), (0x31, "wo"), (0x32, "xh"), (0x33, "is"), (0x34, "it"), (0x35, "yo"), (0x36, "ja"), (0x37, "jw"),
    (0x38, "ka"), (0x39, "kk"), (0x3a, "za"), (0x3b, "km"), (0x3c, "kn"), (0x3d, "ko"), (0x3e, "ks"), (0x3f, "ku"),
    (0x40, "ky"), (0x41, "zh"), (0x42, "ln"), (0x43, "lo"), (0x44, "lt"), (0x45, "lv"), (0x46, "mg"), (0x47, "mi"),
    (0x48, "mk"), (0x49, "ml"), (0x4a, "mn"), (0x4b, "mo"), (0x4c, "mr"), (0x4d, "ms"), (0x4e, "mt"), (0x4f, "my"),
    (0x50, "uk"), (0x51, "ne"), (0x52, "nl"), (0x53, "no"), (0x54, "oc"), (0x55, "om"), (0x56, "or"), (0x57, "pa"),
    (0x58, "pl"), (0x59, "ps"), (0x5a, "pt"), (0x5b, "qu"), (0x5c, "zu"), (0x5d, "rn"), (0x5e, "ro"), (0x5f, "ru"),
    (0x60, "rw"), (0x61, "sa"), (0x62, "sd"), (0x63, "sg"), (0x64, "sh"), (0x65, "si"), (0x66, "sk"), (0x67, "sl"),
    (0x68, "sm"), (0x69, "sn"), (0x6a, "so"), (0x6b, "sq"), (0x6c, "sr"), (0x6d, "ss"), (0x6e, "st"), (0x6f, "su"),
    (0x70, "sv"), (0x71, "sw"), (0x72, "ta"), (0x73, "te"), (0x74, "tg"), (0x75, "th"), (0x76, "ti"), (0x77, "tk"),
    (0x78, "tl"), (0x79, "tn"), (0x7a, "to"), (0x7b, "tr"), (0x7c, "ts"), (0x7d, "tt"), (0x7e, "tw"), (0x7f, "ug"),
    (0x81, "na"), (0x82, "fo"), (0x83, "fy"), (0x84, "ia"), (0x85, "vo"), (0x86, "ie"), (0x87, "ik"),
    (0x88, "yi"), (0x89, "iu"), (0x8a, "kl"), (0x8b, "la"), (0x8c, "rm"),
];

/// Applications that a push is for: those of WAP and OMA, then those of companies from 0x8000 on
/// (OMNA registry).
#[cfg(feature = "wsp-headers")]
pub(super) const APPLICATION_IDS: &[(u32, &str)] = &[
    (0x00, "*"),
    (0x01, "x-wap-application:push.sia"),
    (0x02, "x-wap-application:wml.ua"),
    (0x03, "x-wap-application:wta.ua"),
    (0x04, "x-wap-application:mms.ua"),
    (0x05, "x-wap-application:push.syncml"),
    (0x06, "x-wap-application:loc.ua"),
    (0x07, "x-wap-application:syncml.dm"),
    (0x08, "x-wap-application:drm.ua"),
    (0x09, "x-wap-application:emn.ua"),
    (0x0a, "x-wap-application:wv.ua"),
    (0x10, "x-oma-application:ulp.ua"),
    (0x11, "x-oma-application:dlota.ua"),
    (0x12, "x-oma-application:java-ams"),
    (0x13, "x-oma-application:bcast.ua"),
    (0x14, "x-oma-application:dpe.ua"),
    (0x15, "x-oma-application:cpm.ua"),
    (0x1a, "x-wap-application:lwm2m.dm"),
    (0x8000, "x-wap-microsoft:localcontent.ua"),
    (0x8001, "x-wap-microsoft:IMclient.ua"),
    (0x8002, "x-wap-docomo:imode.mail.ua"),
    (0x8003, "x-wap-docomo:imode.mr.ua"),
    (0x8004, "x-wap-docomo:imode.mf.ua"),
    (0x8005, "x-motorola:location.ua"),
    (0x8006, "x-motorola:now.ua"),
    (0x8007, "x-motorola:otaprov.ua"),
    (0x8008, "x-motorola:browser.ua"),
    (0x8009, "x-motorola:splash.ua"),
    (0x800b, "x-wap-nai:mvsw.command"),
    (0x8010, "x-wap-openwave:iota.ua"),
    (0x9000, "x-wap-docomo:imode.mail2.ua"),
    (0x9001, "x-oma-nec:otaprov.ua"),
    (0x9002, "x-oma-nokia:call.ua"),
    (0x9003, "x-oma-coremobility:sqa.ua"),
    (0x9004, "x-oma-docomo:doja.jam.ua"),
    (0x9010, "x-oma-nokia:sip.ua"),
    (0x9011, "x-oma-vodafone:otaprov.ua"),
    (0x9012, "x-hutchison:ad.ua"),
    (0x9013, "x-oma-nokia:voip.ua"),
    (0x9014, "x-oma-docomo:voice.ua"),
    (0x9015, "x-oma-docomo:browser.ctl"),
    (0x9016, "x-oma-docomo:dan.ua"),
    (0x9017, "x-oma-nokia:vs.ua"),
    (0x9018, "x-oma-nokia:voip.ext1.ua"),
    (0x9019, "x-wap-vodafone:casting.ua"),
    (0x901a, "x-oma-docomo:imode.data.ua"),
    (0x901b, "x-oma-snapin:otaprov.ctl"),
    (0x901c, "x-oma-nokia:vrs.ua"),
    (0x901d, "x-oma-nokia:vrpg.ua"),
    (0x901e, "x-oma-motorola:screen3.ua"),
    (0x901f, "x-oma-docomo:device.ctl"),
    (0x9020, "x-oma-nokia:msc.ua"),
    (0x9021, "x-3gpp2:lcs.ua"),
    (0x9022, "x-wap-vodafone:dcd.ua"),
    (0x9023, "x-3gpp:mbms.service.announcement.ua"),
    (0x9024, "x-oma-vodafone:dltmtbl.ua"),
    (0x9025, "x-oma-vodafone:dvcctl.ua"),
    (0x9026, "x-oma-cmcc:mail.ua"),
    (0x9027, "x-oma-nokia:vmb.ua"),
    (0x9028, "x-oma-nokia:ldapss.ua"),
    (0x9029, "x-hutchison:al.ua"),
    (0x902a, "x-oma-nokia:uma.ua"),
    (0x902b, "x-oma-nokia:news.ua"),
    (0x902c, "x-oma-docomo:pf"),
    (0x902d, "x-oma-docomo:ub"),
    (0x902e, "x-oma-nokia:nat.traversal.ua"),
    (0x902f, "x-oma-intromobile:intropad.ua"),
    (0x9030, "x-oma-docomo:uin.ua"),
    (0x9031, "x-oma-nokia:iptv.ua"),
    (0x9032, "x-hutchison:il.ua"),
    (0x9033, "x-oma-nokia:voip.general.ua"),
    (0x9034, "x-microsoft:drm.meter"),
    (0x9035, "x-microsoft:drm.license"),
    (0x9036, "x-oma-docomo:ic.ctl"),
    (0x9037, "x-oma-slingmedia:SPM.ua"),
    (0x9038, "x-cibenix:odp.ua"),
    (0x9039, "x-oma-motorola:voip.ua"),
    (0x903a, "x-oma-motorola:ims"),
    (0x903b, "x-oma-docomo:imode.remote.ctl"),
    (0x903c, "x-oma-docomo:device.ctl.um"),
    (0x903d, "x-microsoft:playready.drm.initiator"),
    (0x903e, "x-microsoft:playready.drm"),
    (0x903f, "x-oma-sbm:ms.mexa.ua"),
    (0x9040, "urn:oma:drms:org-LGE:L650V"),
    (0x9041, "x-oma-docomo:um"),
    (0x9042, "x-oma-docomo:uin.um"),
    (0x9043, "urn:oma:drms:org-LGE:KU450"),
    (0x9044, "x-wap-microsoft:cfgmgr.ua"),
    (0x9045, "x-3gpp:mbms.download.delivery.ua"),
    (0x9046, "x-oma-docomo:star.ctl"),
    (0x9047, "urn:oma:drms:org-LGE:KU380"),
    (0x9048, "x-oma-docomo:pf2"),
    (0x9049, "x-oma-motorola:blogcentral.ua"),
    (0x904a, "x-oma-docomo:imode.agent.ua"),
    (0x904b, "x-wap-application:push.sia"),
    (0x904c, "x-oma-nokia:destination.network.ua"),
    (0x904d, "x-oma-sbm:mid2.ua"),
    (0x904e, "x-carrieriq:avm.ctl"),
    (0x904f, "x-oma-sbm:ms.xml.ua"),
    (0x9050, "urn:dvb:ipdc:notification:2008"),
    (0x9051, "x-oma-docomo:imode.mvch.ua"),
    (0x9052, "x-oma-motorola:webui.ua"),
    (0x9053, "x-oma-sbm:cid.ua"),
    (0x9054, "x-oma-nokia:vcc.v1.ua"),
    (0x9055, "x-oma-docomo:open.ctl"),
    (0x9056, "x-oma-docomo:sp.mail.ua"),
    (0x9057, "x-essoy-application:push.erace"),
    (0x9058, "x-oma-docomo:open.fu"),
    (0x9059, "x-samsung:osp.ua"),
    (0x905a, "x-oma-docomo:imode.mchara.ua"),
    (0x905b, "x-oma-application:scidm.ua"),
    (0x905c, "x-oma-docomo:xmd.mail.ua"),
    (0x905d, "x-oma-application:pal.ua"),
    (0x905e, "x-oma-docomo:imode.relation.ua"),
    (0x905f, "x-oma-docomo:xmd.storage.ua"),
    (0x9060, "x-oma-docomo:xmd.lcsapp.ua"),
    (0x9061, "x-oma-docomo:xmd.info.ua"),
    (0x9062, "x-oma-docomo:xmd.agent.ua"),
    (0x9063, "x-oma-docomo:xmd.sab.ua"),
    (0x9064, "x-oma-docomo:xmd.am.ua"),
    (0x906b, "x-oma-docomo:xmd.emdm.ua"),
    (0x906c, "x-oma-docomo:xmd.lac.ua"),
    (0x906d, "x-oma-docomo:xmd.osv.ua"),
    (0x906e, "x-oma-docomo:xmd.dcs.ua"),
    (0x906f, "x-oma-docomo:xmd.wipe.ua"),
    (0x9070, "x-oma-docomo:xmd.vdapp.ua"),
];

/// Of them, what a push of MMS needs.
#[cfg(not(feature = "wsp-headers"))]
pub(super) const APPLICATION_IDS: &[(u32, &str)] = &[(0x00, "*"), (0x04, "x-wap-application:mms.ua")];

/// The media types below 64 that are multiparts, as bits.
pub(super) const MULTIPARTS: u64 = {
    let (mut multiparts, mut rest) = (0, MEDIA_TYPES);
    while let [(code, name), after @ ..] = rest {
        if *code < 64 && (has_prefix(name, "multipart/") || has_prefix(name, "application/vnd.wap.multipart.")) {
            multiparts |= 1 << *code;
        }
        rest = after;
    }
    multiparts
};

const fn has_prefix(name: &str, prefix: &str) -> bool {
    let (mut name, mut prefix) = (name.as_bytes(), prefix.as_bytes());
    while let [wanted, after @ ..] = prefix {
        match name {
            [octet, rest @ ..] if *octet == *wanted => (name, prefix) = (rest, after),
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::multipart_subtype;

    #[test]
    fn multiparts_are_known_by_their_numbers() {
        for &(code, name) in MEDIA_TYPES {
            let is_multipart = code < 64 && MULTIPARTS >> code & 1 != 0;
            assert_eq!(is_multipart, multipart_subtype(name.as_bytes()).is_some(), "{name}");
        }
    }

    const TABLES: [(&[(u32, &str)], &Numbers); 3] =
        [(MEDIA_TYPES, &MEDIA_TYPE_NUMBERS), (LANGUAGES, &LANGUAGE_NUMBERS), (APPLICATION_IDS, &APPLICATION_NUMBERS)];

    #[test]
    fn every_name_and_its_code_lead_to_each_other() {
        for (rows, table) in TABLES {
            for (number, text) in rows {
                assert_eq!(table.name(*number), Some(*text));
                // The registry has one application twice.
                let number = if *number == 0x904b { 0x01 } else { *number };
                assert_eq!(code(table, text), Some(number));
                assert_eq!(code(table, &text.to_ascii_uppercase()), Some(number));
            }
        }
        for (number, text) in MEDIA_TYPES {
            assert_eq!(media_type_code(text), Some(*number));
            assert_eq!(media_type_code(&text.to_ascii_uppercase()), Some(*number));
        }
    }

    #[test]
    fn the_tables_are_complete() {
        let well_known = MEDIA_TYPES.iter().filter(|row| row.0 <= 0x5a).count();
        assert_eq!(well_known, 0x5a, "count the media type that was added here");
        assert_eq!(MEDIA_TYPES.len() - well_known, 12 + 28, "count the media type that was added here");
        assert_eq!(LANGUAGES.len(), 0x8d - 1, "count the language that was added here");
    }

    #[test]
    fn media_types_are_those_of_the_specification() {
        for (code, name) in [
            (0x00, "*/*"),
            (0x01, "text/*"),
            (0x03, "text/plain"),
            (0x0e, "multipart/byteranges"),
            (0x22, "application/vnd.wap.multipart.*"),
            (0x23, "application/vnd.wap.multipart.mixed"),
            (0x33, "application/vnd.wap.multipart.related"),
            (0x3e, "application/vnd.wap.mms-message"),
            (0x5a, "application/octet-stream"),
            (0x0201, "application/vnd.uplanet.cacheop-wbxml"),
            (0x0312, "application/vnd.omaloc-supl-init"),
            (0x031b, "application/vnd.oma.bcast.provisioningtrigger"),
        ] {
            assert_eq!(media_type(code), Some(name));
            assert_eq!(media_type_code(name), Some(code));
        }
    }

    #[test]
    fn a_slip_in_copies_of_the_registry_is_understood() {
        assert_eq!(media_type_code("Multipart/Byterantes"), Some(0x0e));
    }

    #[test]
    fn languages_are_those_of_the_specification() {
        for (code, tag) in [
            (0x00, "*"),
            (0x16, "de"),
            (0x19, "en"),
            (0x58, "pl"),
            (0x70, "sv"),
            (0x7f, "ug"),
            (0x81, "na"),
            (0x8a, "kl"),
            (0x8c, "rm"),
        ] {
            assert_eq!(language(code), Some(tag));
            assert_eq!(language_code(tag), Some(code));
        }
    }

    #[test]
    #[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
    fn application_ids_are_those_of_the_registry() {
        for (code, urn) in [
            (0x00, "*"),
            (0x04, "x-wap-application:mms.ua"),
            (0x0a, "x-wap-application:wv.ua"),
            (0x10, "x-oma-application:ulp.ua"),
            (0x8001, "x-wap-microsoft:IMclient.ua"),
            (0x9003, "x-oma-coremobility:sqa.ua"),
            (0x12, "x-oma-application:java-ams"),
            (0x9023, "x-3gpp:mbms.service.announcement.ua"),
            (0x9060, "x-oma-docomo:xmd.lcsapp.ua"),
            (0x9070, "x-oma-docomo:xmd.vdapp.ua"),
        ] {
            assert_eq!(application_id(code), Some(urn));
            assert_eq!(application_id_code(urn), Some(code));
        }
        assert_eq!(application_id_code("x-wap-application:*"), Some(0));
        // Registered twice.
        assert_eq!(application_id(0x904b), Some("x-wap-application:push.sia"));
        assert_eq!(application_id_code("x-wap-application:push.sia"), Some(1));
        assert_eq!(APPLICATION_IDS.len(), 126);
    }

    #[test]
    fn what_is_not_assigned_has_neither_name_nor_code() {
        for code in [0x59, 0x5b, 0x0200, 0x031c, u32::MAX] {
            assert_eq!(media_type(code), None);
        }
        for code in [0x80, 0x8d, u32::MAX] {
            assert_eq!(language(code), None);
        }
        for code in [0x0b, 0x800a, u32::MAX] {
            assert_eq!(application_id(code), None);
        }
        for name in ["", "text", "text/plain ", "application/smil"] {
            assert_eq!(media_type_code(name), None);
        }
    }
}
