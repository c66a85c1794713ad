//! The lines of content that is no `binary` (RFC 2045, 2.7 and 2.8).

use memchr::memchr3;

use super::header::MAX_LINE;

/// Whether all lines end with CRLF, are short enough, and hold no NUL.
pub(crate) fn has_mail_lines(octets: &[u8]) -> bool {
    let mut rest = octets;
    while let Some(at) = memchr3(b'\r', b'\n', 0, rest) {
        match rest.get(at..) {
            Some([b'\r', b'\n', after @ ..]) if at <= MAX_LINE => rest = after,
            _ => return false,
        }
    }
    rest.len() <= MAX_LINE
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
}
