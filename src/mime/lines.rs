//! The lines of content that is no `binary` (RFC 2045, 2.7 and 2.8).

use memchr::{memchr3, memrchr};

use super::header::MAX_LINE;

/// Whether all lines end with CRLF, are short enough, and hold no NUL.
pub(crate) fn has_mail_lines(octets: &[u8]) -> bool {
    has_line_ends(octets) && has_short_lines(octets)
}

/// Whether each CR is before a LF, each LF is behind a CR, and no octet is NUL.
fn has_line_ends(octets: &[u8]) -> bool {
    const BLOCK: usize = 256;
    let [first, rest @ ..] = octets else { return true };
    let is_wrong = |before: u8, octet: u8| (octet == 0) | ((before == b'\r') != (octet == b'\n'));
    // Without branches in a block, so that many octets are compared at once.
    let mut blocks = octets.chunks(BLOCK).zip(rest.chunks(BLOCK));
    let has_wrong = |(before, octets): (&[u8], &[u8])| {
        before.iter().zip(octets).fold(false, |any, (before, octet)| any | is_wrong(*before, *octet))
    };
    !is_wrong(b' ', *first) && !octets.ends_with(b"\r") && !blocks.any(has_wrong)
}

/// Whether no line is longer than lines may be.
fn has_short_lines(octets: &[u8]) -> bool {
    let mut rest = octets;
    while rest.len() > MAX_LINE {
        // Of the lines that end within reach of the first, only the last has to be looked at.
        let within = rest.get(..MAX_LINE + "\r\n".len()).unwrap_or(rest);
        let Some(feed) = memrchr(b'\n', within) else { return false };
        rest = rest.get(feed + 1..).unwrap_or_default();
    }
    true
}

/// Where lines first break each of the rules.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults {
    /// A NUL, or a CR without LF.
    pub(crate) control: Option<usize>,
    /// A LF without CR.
    pub(crate) bare_feed: Option<usize>,
    /// The start of a line that is too long.
    pub(crate) long_line: Option<usize>,
}

impl Faults {
    /// Those of these lines, which are not all [as they should be](has_mail_lines).
    pub(crate) fn of(octets: &[u8]) -> Self {
        let mut faults = Self::default();
        let (mut start, mut at) = (0, 0);
        while let Some(found) = octets.get(at..).and_then(|rest| memchr3(b'\r', b'\n', 0, rest)) {
            let end = at + found;
            at = match octets.get(end..) {
                Some([b'\r', b'\n', ..]) => end + 2,
                Some([b'\n', ..]) => {
                    faults.bare_feed.get_or_insert(end);
                    end + 1
                }
                _ => {
                    faults.control.get_or_insert(end);
                    at = end + 1;
                    continue;
                }
            };
            faults.see_line(start, end);
            start = at;
        }
        faults.see_line(start, octets.len());
        faults
    }

    fn see_line(&mut self, start: usize, end: usize) {
        if end - start > MAX_LINE {
            self.long_line.get_or_insert(start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_reported_where_it_is_first_broken() {
        let long = [b"a\r\n", &[b'b'; MAX_LINE + 1][..]].concat();
        for (octets, control, bare_feed, long_line) in [
            (&b""[..], None, None, None),
            (b"a\r\nb\r\n", None, None, None),
            (b"a\rb\0", Some(1), None, None),
            (b"a\n\0\n\r", Some(2), Some(1), None),
            (b"a\r\r\nb", Some(1), None, None),
            (&long, None, None, Some(3)),
            (&long[..long.len() - 1], None, None, None),
        ] {
            let faults = Faults { control, bare_feed, long_line };
            assert_eq!(Faults::of(octets), faults, "{octets:?}");
            assert_eq!(has_mail_lines(octets), faults == Faults::default(), "{octets:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn lines_without_fault_are_those_of_mail(
            pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..20),
        ) {
            let octets = pieces.concat();
            proptest::prop_assert_eq!(has_mail_lines(&octets), Faults::of(&octets) == Faults::default());
        }
    }

    const LONG: [u8; MAX_LINE] = [b'a'; MAX_LINE];
    const PIECES: [&[u8]; 9] =
        [b"a", b"\r\n", b"\r\n", b"\r\n", &LONG, LONG.split_at(MAX_LINE / 2).0, b"\r", b"\n", b"\0"];
}
