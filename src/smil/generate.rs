//! Presentations such as the writer accepts.

use alloc::vec::Vec;
use core::time::Duration;

use arbitrary::{Result, Unstructured};

use super::{Fit, Layout, Length, Media, MediaKind, Meta, Par, Presentation, Region};
use crate::conversion::arbitrary;
use crate::message::Str;

arbitrary!(Presentation, |u| {
    let metas = u.int_in_range(0..=2)?;
    let meta = (0..metas).map(|_| Ok(Meta { name: u.arbitrary()?, content: u.arbitrary()? }));
    let meta = meta.collect::<Result<_>>()?;
    let layout = Layout {
        width: length(u)?,
        height: length(u)?,
        background_color: u.arbitrary()?,
        regions: [Layout::IMAGE, Layout::TEXT].into_iter().map(|id| region(id, u)).collect::<Result<_>>()?,
    };
    let slides = u.int_in_range(0..=4)?;
    Ok(Self { meta, layout, slides: (0..slides).map(|_| slide(u)).collect::<Result<_>>()? })
});

fn region(id: Str, u: &mut Unstructured<'_>) -> Result<Region> {
    Ok(Region {
        left: length(u)?,
        top: length(u)?,
        width: length(u)?,
        height: length(u)?,
        fit: if u.arbitrary()? { Some(*u.choose(Fit::ALL)?) } else { None },
        background_color: u.arbitrary()?,
        ..Region::new(id)
    })
}

fn slide(u: &mut Unstructured<'_>) -> Result<Par> {
    use MediaKind::{Audio, Image, Reference, Text, Video};

    let kinds: &[MediaKind] =
        u.choose(&[&[][..], &[Text], &[Image], &[Image, Text], &[Text, Audio, Image], &[Video, Text], &[Reference]])?;
    let media = kinds.iter().map(|kind| {
        let begin = time(u)?;
        let end = time(u)?.map(|end| end.saturating_add(begin.unwrap_or_default()));
        Ok(Media { alt: u.arbitrary()?, begin, end, ..Media::new(*kind, u.arbitrary::<Str>()?) })
    });
    let media = media.collect::<Result<Vec<_>>>()?;
    Ok(Par { duration: time(u)?, media })
}

fn length(u: &mut Unstructured<'_>) -> Result<Option<Length>> {
    Ok(match u.int_in_range(0..=2)? {
        0 => None,
        1 => Some(Length::Pixels(u.arbitrary()?)),
        _ => Some(Length::Percent(u.int_in_range(0..=100)?)),
    })
}

fn time(u: &mut Unstructured<'_>) -> Result<Option<Duration>> {
    Ok(if u.arbitrary()? { Some(Duration::from_millis(u.int_in_range(0..=10_000_000)?)) } else { None })
}
