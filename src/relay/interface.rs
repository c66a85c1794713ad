//! The interface that a message goes to.

/// The interface that a message goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interface {
    Mm1,
    Mm4,
    Mm7,
    /// Internet mail.
    Mail,
}

impl Interface {
    #[cfg(all(feature = "arbitrary", feature = "mm1", feature = "mm4", feature = "mm7"))]
    pub(super) const ALL: [Self; 4] = [Self::Mm1, Self::Mm4, Self::Mm7, Self::Mail];

    /// Whether a message is a mail with a domain behind each number.
    pub(super) const fn has_domains(self) -> bool {
        matches!(self, Self::Mm4 | Self::Mail)
    }
}
