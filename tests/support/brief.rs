//! Cases of property tests, as far as they fit on a screen.

use core::fmt;

/// A case of which a failing test prints 1 000 characters: the seed beside it is the whole case.
pub(crate) struct Brief<T>(pub(crate) T);

impl<T: fmt::Debug> fmt::Debug for Brief<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format!("{:?}", self.0).chars().take(1_000).collect::<String>())
    }
}
