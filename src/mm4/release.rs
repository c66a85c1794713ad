//! The releases of TS 23.140 that have MM4, and the versions of each.

use crate::message::Str;

/// A release of TS 23.140 that has MM4: the first number of a version such as `6.10.0`.
///
/// All six messages and all values of their fields are those of Release 4; some fields came later.
///
/// # Examples
///
/// ```
/// use mms_codec::mm4::Release;
///
/// assert_eq!(Release::of_version("5.5.0"), Some(Release::REL_5));
/// assert_eq!(Release::of_field("X-Mms-Content-Class"), Some(Release::REL_6));
/// assert!(Release::REL_5 < Release::REL_6);
/// // The version of MMS, which some systems write instead, does not say which release they follow.
/// assert_eq!(Release::of_version("1.0"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release(u8);

impl Release {
    /// Release 4, the first one with MM4.
    pub const REL_4: Self = Self(4);
    /// Release 5.
    pub const REL_5: Self = Self(5);
    /// Release 6.
    pub const REL_6: Self = Self(6);

    /// The release of a version of TS 23.140. `None` for a text that is not one, and for versions
    /// before MM4.
    #[must_use]
    pub fn of_version(version: &str) -> Option<Self> {
        version_numbers(version).map(|[release, _, _]| Self(release))
    }

    /// The number of the release.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// `const` has no operators.
    pub(super) const fn is_later_than(self, other: Self) -> bool {
        self.0 > other.0
    }

    /// The last version of the release that is known to be in use.
    pub(super) const fn version(self) -> Str {
        Str::from_static(match self {
            Self(..5) => "4.5.0",
            Self::REL_5 => "5.10.0",
            _ => super::VERSION,
        })
    }
}

/// The numbers of a version of TS 23.140 that has MM4.
pub(super) fn version_numbers(version: &str) -> Option<[u8; 3]> {
    numbers(version.trim_ascii()).filter(|[release, ..]| (Release::REL_4.0..u8::MAX).contains(release))
}

/// The two or three decimal numbers of a version, each up to 255.
pub(super) fn numbers(version: &str) -> Option<[u8; 3]> {
    let mut numbers = [0u8; 3];
    let (mut at, mut has_digits) = (0, false);
    // Octet by octet, since nearly every message has a version.
    for octet in version.bytes() {
        if octet == b'.' && has_digits {
            (at, has_digits) = (at + 1, false);
            continue;
        }
        let number = numbers.get_mut(at).filter(|_| octet.is_ascii_digit())?;
        *number = number.saturating_mul(10).saturating_add(octet - b'0');
        has_digits = true;
    }
    (has_digits && at > 0).then_some(numbers)
}

/// What the tables say of releases, worked out once.
pub(crate) struct Index {
    /// The place of the version; an Internet mail has none.
    pub(super) version: Option<usize>,
    /// For Releases 4 and 5 a bit for the place of each row that came later.
    pub(super) later: [u64; 2],
    /// A bit for the place of each row that a message must have.
    pub(super) mandatory: u64,
    /// A bit for the place of the row that represents the body, if the message has one.
    pub(super) body: u64,
}

impl Index {
    /// A bit for the place of each row that came after the release; none where it is not known.
    pub(super) fn later_than(&self, release: Option<Release>) -> u64 {
        let [rel_4, rel_5] = self.later;
        match release {
            Some(Release::REL_4) => rel_4,
            Some(Release::REL_5) => rel_5,
            _ => 0,
        }
    }
}
