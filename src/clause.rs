//! The clauses of specifications that deviations are about.

use crate::options::DeviationKind;

impl DeviationKind {
    /// The clause of the specification that a deviation is about, where one clause is about all of its kind.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::DeviationKind;
    ///
    /// assert_eq!(DeviationKind::MissingQuote.clause(), Some("WAP-230, 8.4.2.1"));
    /// assert_eq!(DeviationKind::MissingField.clause(), None);
    /// ```
    #[must_use]
    pub const fn clause(self) -> Option<&'static str> {
        Some(match self {
            Self::MissingQuote | Self::NeedlessQuote | Self::MissingTerminator => "WAP-230, 8.4.2.1",
            Self::ValueLengthTooLong | Self::ValueLengthTooShort | Self::MissingValueLength => "WAP-230, 8.4.2.2",
            Self::WrongPartCount => "WAP-230, 8.5.1",
            Self::EncodedWord => "RFC 2047",
            Self::HeaderSyntax => "RFC 5322, 2.2",
            Self::BareLineFeed => "RFC 5322, 2.3",
            Self::LineTooLong => "RFC 5322, 2.1.1",
            Self::ParameterSyntax => "RFC 2045, 5.1",
            Self::TransferEncoding => "RFC 2045, 6",
            Self::BoundarySyntax => "RFC 2046, 5.1.1",
            Self::StartLine => "RFC 9112, 3 and 4",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::options::DeviationKind;

    /// The documentation of a kind names the clause first where there is one.
    #[test]
    fn follows_the_documentation() {
        let lines = include_str!("options.rs").lines().map(str::trim);
        let mut documentation = alloc::string::String::new();
        let mut compared = 0;
        for line in lines {
            if let Some(text) = line.strip_prefix("///") {
                documentation.push_str(text);
                continue;
            }
            let kind = line.split('"').nth(1).and_then(|name| name.parse::<DeviationKind>().ok());
            let clause = kind.and_then(DeviationKind::clause);
            if let Some(clause) = clause
                && let Some(document) = ["RFC", "WAP-230"].into_iter().find(|document| documentation.contains(document))
            {
                assert!(documentation.contains(clause), "{kind:?} is not about {document}: {documentation}");
                compared += 1;
            }
            documentation.clear();
        }
        assert!(compared > 5, "{compared}");
    }
}
