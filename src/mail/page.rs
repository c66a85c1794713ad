//! Pages of HTML that operators wrap around the content of a message.

use alloc::vec::Vec;

use crate::message::{Content, ContentType, Part, Reference};

/// The body without the page of HTML that an operator wrapped around what the sender sent, and the parts of
/// that page.
///
/// The page is known by its structure: it is the root of a `multipart/related`, alone or as an alternative to a text,
/// and has pictures that are files of a template. Such a picture has a `Content-ID` that is its file name, and either
/// no `Content-Location` or a folder in its name. All other parts of the related body are the sender's, and so is
/// what is beside it in a `multipart/mixed`. A body that is not so, such as a page that the sender wrote, stays as it
/// is, and no part is taken out.
///
/// # Examples
///
/// ```
/// use mms_codec::mail;
/// use mms_codec::message::{ContentType, Part};
///
/// let page = Part::new(ContentType::new("text/html"), "<img src=cid:logo.gif><p>hello</p><img src=cid:280>");
/// let mut logo = Part::new(ContentType::new("image/gif").with("name", "logo.gif"), &b"GIF89a"[..]);
/// logo.content_id = Some("<logo.gif>".into());
/// let mut photo = Part::new(ContentType::new("image/jpeg").with("name", "05-03-24.jpg"), &b"\xff\xd8"[..]);
/// photo.content_id = Some("<280>".into());
/// let body = Part::multipart(ContentType::new("multipart/related"), vec![page.clone(), photo.clone(), logo.clone()]);
///
/// let (body, of_page) = mail::without_page(body);
/// assert_eq!(body, Part::multipart(ContentType::new("multipart/mixed"), vec![photo]));
/// assert_eq!(of_page, [page, logo]);
/// ```
pub fn without_page(mut body: Part) -> (Part, Vec<Part>) {
    let mixed = || ContentType::new("multipart/mixed");
    if is_wrapped(&body) {
        let (of_page, contents) = split(body);
        return (Part::multipart(mixed(), contents), of_page);
    }
    let mut of_page = Vec::new();
    let is_mixed = is_multipart(&body, "mixed");
    if let Content::Parts(parts) = &mut body.content
        && is_mixed
        && let Some(at) = parts.iter().position(is_wrapped)
    {
        let (page, contents) = split(parts.remove(at));
        parts.splice(at..at, contents);
        of_page = page;
    }
    (body, of_page)
}

fn is_multipart(part: &Part, kind: &str) -> bool {
    part.content_type.multipart_subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case(kind))
}

/// Whether it is a page with pictures of a template, and has something else too.
fn is_wrapped(related: &Part) -> bool {
    let has_page = is_multipart(related, "related") && related.root().is_some_and(is_page);
    let others = || related.parts().iter().filter(|part| !is_page(part));
    has_page && others().any(is_of_template) && others().any(|part| !is_of_template(part))
}

/// A page alone, or with a text for those who see none.
fn is_page(part: &Part) -> bool {
    match part.content {
        Content::Octets(_) => part.content_type.is("text/html"),
        Content::Parts(_) => is_multipart(part, "alternative") && part.leaves().any(is_page),
    }
}

/// Whether a picture is a file of the operator: programs give those of a sender an identifier that is not the
/// name that his phone gave them, or say their name as `Content-Location`.
fn is_of_template(part: &Part) -> bool {
    let is_picture = part.content_type.media.name().is_some_and(|name| name.starts_with("image/"));
    let (Some(id), Some(name), true) = (part.content_id.as_deref(), part.name(), is_picture) else { return false };
    Reference::new(&name).is(id) && (part.content_location.is_none() || name.contains('/'))
}

/// The parts of the page, and the others.
fn split(related: Part) -> (Vec<Part>, Vec<Part>) {
    let Content::Parts(parts) = related.content else { return Default::default() };
    parts.into_iter().partition(|part| is_page(part) || is_of_template(part))
}
