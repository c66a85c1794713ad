//! Text that cannot control a terminal.

use std::fmt::{self, Write};

/// Text on one line: characters without a shape, or change how others are shown,
/// are escaped.
pub(crate) struct Line<'a>(pub(crate) &'a str);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(at) = self.0.find(is_unsafe) else { return f.write_str(self.0) };
        let (safe, rest) = self.0.split_at_checked(at).unwrap_or((self.0, ""));
        f.write_str(safe)?;
        rest.chars().try_for_each(|c| if is_unsafe(c) { write!(f, "{}", c.escape_default()) } else { f.write_char(c) })
    }
}

/// Control characters, line and paragraph separators, and what changes the direction of writing.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}
