//! The parts of a multipart, however deep they nest.

use alloc::vec::{self, Vec};
use core::fmt;
use core::hash::{Hash, Hasher};
use core::mem;
use core::ops::{Deref, DerefMut};
use core::slice;

use super::part::{Content, Part};
use crate::options::Limits;

/// The parts of a multipart. It derefs to a vector.
///
/// Nothing that is done with parts needs a stack as deep as they nest: they are cloned, compared,
/// hashed and dropped without recursion, and beyond [`Limits::MAX_DEPTH`] they are neither
/// encoded nor serialized nor deserialized, and shown as `[..]`.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Content, ContentType, Part, Parts};
///
/// let mut parts = Parts::from(vec![Part::new(ContentType::new("text/plain"), "Hello")]);
/// parts.push(Part::new(ContentType::new("image/gif"), "GIF89a"));
/// assert_eq!(parts.len(), 2);
///
/// let mut body = Part::new(ContentType::new("application/vnd.wap.multipart.mixed"), "");
/// body.content = Content::Parts(parts);
/// assert_eq!(body.parts()[1].octets().unwrap(), "GIF89a");
/// ```
#[derive(Default)]
pub struct Parts(Vec<Part>);

impl Parts {
    /// Whether these and the parts in them are more than [`Limits::MAX_DEPTH`] levels.
    fn is_too_deep(&self) -> bool {
        let mut open = alloc::vec![self.iter()];
        while let Some(parts) = open.last_mut() {
            match parts.next() {
                Some(part) if part.parts().is_empty() => {}
                Some(_) if open.len() == Limits::MAX_DEPTH => return true,
                Some(part) => open.push(part.parts().iter()),
                None => drop(open.pop()),
            }
        }
        false
    }
}

impl Deref for Parts {
    type Target = Vec<Part>;

    fn deref(&self) -> &Vec<Part> {
        &self.0
    }
}

impl DerefMut for Parts {
    fn deref_mut(&mut self) -> &mut Vec<Part> {
        &mut self.0
    }
}

impl From<Vec<Part>> for Parts {
    fn from(parts: Vec<Part>) -> Self {
        Self(parts)
    }
}

impl From<Parts> for Vec<Part> {
    fn from(mut parts: Parts) -> Self {
        mem::take(&mut parts.0)
    }
}

impl FromIterator<Part> for Parts {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        Self(parts.into_iter().collect())
    }
}

impl IntoIterator for Parts {
    type Item = Part;
    type IntoIter = vec::IntoIter<Part>;

    fn into_iter(self) -> Self::IntoIter {
        Vec::from(self).into_iter()
    }
}

impl<'a> IntoIterator for &'a Parts {
    type Item = &'a Part;
    type IntoIter = slice::Iter<'a, Part>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut Parts {
    type Item = &'a mut Part;
    type IntoIter = slice::IterMut<'a, Part>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        let mut waiting = Vec::new();
        let take_inner = |part: &mut Part, waiting: &mut Vec<Part>| {
            if let Content::Parts(inner) = &mut part.content {
                waiting.append(inner);
            }
        };
        for part in &mut self.0 {
            take_inner(part, &mut waiting);
        }
        while let Some(mut part) = waiting.pop() {
            take_inner(&mut part, &mut waiting);
        }
    }
}

impl Clone for Parts {
    fn clone(&self) -> Self {
        // From outside to inside: what is being copied, and the copies so far.
        let mut open = alloc::vec![(self.iter(), Vec::with_capacity(self.len()))];
        while let Some((parts, copies)) = open.last_mut() {
            if let Some(part) = parts.next() {
                copies.push(without_parts(part));
                if !part.parts().is_empty() {
                    open.push((part.parts().iter(), Vec::with_capacity(part.parts().len())));
                }
            } else if let Some((_, copies)) = open.pop() {
                match open.last_mut().and_then(|(_, outer)| outer.last_mut()) {
                    Some(part) => part.content = Content::Parts(Self(copies)),
                    None => return Self(copies),
                }
            }
        }
        Self::default()
    }
}

/// A copy, but for the parts in it.
fn without_parts(part: &Part) -> Part {
    let Part { content_type, content_id, content_location, disposition, headers, content } = part;
    Part {
        content_type: content_type.clone(),
        content_id: content_id.clone(),
        content_location: content_location.clone(),
        disposition: disposition.clone(),
        headers: headers.clone(),
        content: match content {
            Content::Octets(octets) => Content::Octets(octets.clone()),
            Content::Parts(_) => Content::Parts(Parts::default()),
        },
    }
}

impl PartialEq for Parts {
    fn eq(&self, other: &Self) -> bool {
        let mut waiting = Vec::new();
        let mut next = Some((self, other));
        while let Some((ours, theirs)) = next {
            let mut pairs = ours.iter().zip(theirs.iter());
            if ours.len() != theirs.len() || !pairs.all(|(ours, theirs)| are_equal(ours, theirs, &mut waiting)) {
                return false;
            }
            next = waiting.pop();
        }
        true
    }
}

impl Eq for Parts {}

/// Whether two parts are equal, if the parts in them are, which go on `waiting`.
fn are_equal<'a>(ours: &'a Part, theirs: &'a Part, waiting: &mut Vec<(&'a Parts, &'a Parts)>) -> bool {
    let Part { content_type, content_id, content_location, disposition, headers, content } = ours;
    *content_type == theirs.content_type
        && *content_id == theirs.content_id
        && *content_location == theirs.content_location
        && *disposition == theirs.disposition
        && *headers == theirs.headers
        && match (content, &theirs.content) {
            (Content::Octets(ours), Content::Octets(theirs)) => ours == theirs,
            (Content::Parts(ours), Content::Parts(theirs)) => {
                waiting.push((ours, theirs));
                true
            }
            _ => false,
        }
}

impl Hash for Parts {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut waiting = Vec::new();
        let mut next = Some(self);
        while let Some(parts) = next {
            state.write_usize(parts.len());
            for Part { content_type, content_id, content_location, disposition, headers, content } in parts {
                (content_type, content_id, content_location, disposition, headers).hash(state);
                mem::discriminant(content).hash(state);
                match content {
                    Content::Octets(octets) => octets.hash(state),
                    Content::Parts(inner) => waiting.push(inner),
                }
            }
            next = waiting.pop();
        }
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_too_deep() { f.debug_list().finish_non_exhaustive() } else { self.0.fmt(f) }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Parts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_too_deep() {
            return Err(serde::ser::Error::custom("parts are nested too deep"));
        }
        self.0.serialize(serializer)
    }
}
