//! The slides of a received message.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use super::reader::read;
use super::{Layout, Media, Meta, Presentation};
use crate::error::DecodeError;
use crate::message::{Part, bare_reference};
use crate::options::{Decoded, Deviation, DeviationKind, Options};

/// The slides of a message, and the parts that they show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Slides<'a> {
    /// What the author says about the presentation.
    pub meta: Vec<Meta>,
    /// The regions of the display.
    pub layout: Layout,
    /// The slides, in their order; none if the message has no presentation.
    pub slides: Vec<ShownSlide<'a>>,
    /// The parts that no slide shows, in their order.
    pub others: Vec<&'a Part>,
}

/// A slide with its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShownSlide<'a> {
    /// For how long; absent means until the user moves on, or the media end.
    pub duration: Option<Duration>,
    /// What it shows, in its order.
    pub media: Vec<ShownMedia<'a>>,
}

/// Something that a slide shows, and the part that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShownMedia<'a> {
    /// How it is shown.
    pub media: Media,
    /// The part; `None` if the message does not have it.
    pub part: Option<&'a Part>,
}

/// The slides of a message with the body `body`, read leniently.
///
/// The presentation is the root of the body if that is SMIL, else the first part that is. A
/// reference is looked up among Content-IDs and Content-Locations, then among the other names of
/// the parts. Offsets of deviations count the octets of the presentation, in UTF-8.
///
/// # Errors
///
/// Fails if there is a presentation that [`decode`](super::decode) fails for. A client can show the
/// parts of such a message one after the other.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{ContentType, Part};
/// use mms_codec::{DeviationKind, smil};
///
/// let presentation = "<smil><head><layout/></head><body>\
///      <par dur='3s'><text src='cid:hello'/><audio src='gone.amr'/></par></body></smil>";
/// let root = Part::new(ContentType::new("application/smil"), presentation);
/// let mut hello = Part::new(ContentType::new("text/plain"), "Hello");
/// hello.content_id = Some("<hello>".into());
/// let related = ContentType::new("application/vnd.wap.multipart.related");
/// let body = Part::multipart(related, vec![root, hello]);
///
/// let slides = smil::slides(&body)?;
/// let slide = &slides.value.slides[0];
/// assert_eq!(slide.media[0].part.unwrap().text().unwrap(), "Hello");
/// assert_eq!(slide.media[1].part, None);
/// assert_eq!(slides.deviations[0].kind, DeviationKind::DanglingReference);
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn slides(body: &Part) -> Result<Decoded<Slides<'_>>, DecodeError> {
    slides_with(body, &Options::lenient())
}

/// The slides of a message with the body `body`, with options.
///
/// # Errors
///
/// Fails if there is a presentation that [`decode_with`](super::decode_with) fails for. References to parts that are not
/// there are deviations in strict mode too: the presentation itself is in order.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{ContentType, Part};
/// use mms_codec::{Options, smil};
///
/// let body = Part::new(ContentType::new("text/plain"), "Hello");
/// let slides = smil::slides_with(&body, &Options::strict())?.value;
/// assert!(slides.slides.is_empty());
/// assert_eq!(slides.others, [&body]);
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn slides_with<'a>(body: &'a Part, options: &Options) -> Result<Decoded<Slides<'a>>, DecodeError> {
    let is_smil = |part: &&Part| part.content_type.is("application/smil") && part.octets().is_some();
    let Some(root) = body.root().filter(is_smil).or_else(|| body.leaves().find(is_smil)) else {
        let others = body.leaves().collect();
        return Ok(Decoded::new(Slides { others, ..Slides::default() }, Vec::new()));
    };
    // Octets that are not text in their charset: a presentation is ASCII in all that matters.
    let text =
        root.text().or_else(|| root.decoded().map(|octets| String::from_utf8_lossy(&octets).into_owned().into()));
    let (decoded, places) = read(text.as_deref().unwrap_or_default(), options)?;
    let Decoded { value: Presentation { meta, layout, slides }, mut deviations } = decoded;
    let references = References::new(core::slice::from_ref(body));
    let mut places = places.into_iter();
    let mut shown = Vec::new();
    let mut resolve = |media: Media| {
        let (part, place) = (references.find(&media.src), places.next());
        match part {
            Some(part) => shown.push(core::ptr::from_ref(part)),
            None => deviations.push(Deviation {
                kind: DeviationKind::DanglingReference,
                offset: place.unwrap_or_default(),
                field: Some("src"),
            }),
        }
        ShownMedia { media, part }
    };
    let slides = slides.into_iter().map(|slide| ShownSlide {
        duration: slide.duration,
        media: slide.media.into_iter().map(&mut resolve).collect(),
    });
    let slides = slides.collect();
    deviations.sort_by_key(|deviation| deviation.offset);
    shown.sort_unstable();
    let is_other = |part: &&Part| {
        let part = core::ptr::from_ref(*part);
        part != core::ptr::from_ref(root) && shown.binary_search(&part).is_err()
    };
    let others = body.leaves().filter(is_other).collect();
    Ok(Decoded::new(Slides { meta, layout, slides, others }, deviations))
}

/// The parts of a message by their names.
pub(crate) struct References<'a>(BTreeMap<Cow<'a, str>, &'a Part>);

impl<'a> References<'a> {
    pub(crate) fn new(parts: &'a [Part]) -> Self {
        let mut names = BTreeMap::new();
        let leaves = || parts.iter().flat_map(Part::leaves);
        for part in leaves() {
            for name in [&part.content_id, &part.content_location].into_iter().flatten() {
                names.entry(bare_reference(name)).or_insert(part);
            }
        }
        // Some phones name the file in the content type only.
        for part in leaves() {
            if let Some(name) = part.name() {
                names.entry(Cow::Owned(bare_reference(&name).into_owned())).or_insert(part);
            }
        }
        names.remove("");
        Self(names)
    }

    pub(crate) fn find(&self, reference: &str) -> Option<&'a Part> {
        self.0.get(&bare_reference(reference)).copied()
    }
}
