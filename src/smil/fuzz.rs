//! What has to hold for any octets.

use alloc::vec::Vec;

use super::{Media, Presentation, decode, decode_with, encode, slides};
use crate::message::{ContentType, Part};
use crate::options::Options;

/// Reads `data` as a presentation, strictly and leniently, writes it, reads that again, and lists
/// the slides of a message that has it.
///
/// # Panics
///
/// If strict and lenient reading differ in more than what is forgiven, or if anything is lost on
/// the way.
pub(crate) fn fuzz(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let (lenient, strict) = (decode(text), decode_with(text, &Options::strict()));
    let Ok(decoded) = lenient else {
        assert!(strict.is_err());
        return;
    };
    assert!(decoded.deviations.iter().all(|deviation| deviation.offset <= text.len()));
    match strict {
        Ok(strict) => assert!(strict == decoded && decoded.deviations.is_empty()),
        Err(error) => assert!(error.offset <= text.len() && !decoded.deviations.is_empty()),
    }
    let presentation = decoded.value;
    let parts: Vec<Part> = presentation.slides.iter().flat_map(|slide| &slide.media).map(part).collect();
    written(&presentation, &parts);

    let mut root = Part::new(ContentType::new("application/smil"), text.as_bytes().to_vec());
    root.content_id = Some("<smil>".into());
    let parts = core::iter::once(root).chain(parts).collect();
    let body = Part::multipart(ContentType::new("application/vnd.wap.multipart.related"), parts);
    let shown = slides(&body).map(|decoded| decoded.value.slides).unwrap_or_default();
    let shown = shown.iter().map(|slide| slide.media.len());
    assert!(shown.eq(presentation.slides.iter().map(|slide| slide.media.len())));
}

fn written(presentation: &Presentation, parts: &[Part]) {
    if let Ok(text) = encode(presentation, parts) {
        let again = decode_with(&text, &Options::strict());
        assert!(again.is_ok_and(|again| again.value == *presentation), "{text}");
    }
}

fn part(media: &Media) -> Part {
    let mut part = Part::new(ContentType::new("text/plain"), "");
    part.content_location = Some(media.src.clone());
    part
}
