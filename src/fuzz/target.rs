//! The bodies of the fuzz targets.

use core::str::FromStr;

use super::Syntax;
use crate::conversion::ConversionError;

/// Declares the targets with the features that each needs.
macro_rules! targets {
    ($($(#[$doc:meta])* $variant:ident = $name:literal if $($feature:literal)&+ => $run:expr;)+) => {
        /// The body of a fuzz target.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Target { $(
            $(#[$doc])*
            #[cfg(all($(feature = $feature),+))]
            $variant,
        )+ }

        impl Target {
            /// All targets that the features of the crate allow.
            pub const ALL: &'static [Self] = &[$(#[cfg(all($(feature = $feature),+))] Self::$variant),+];

            /// The name of the target, of its seeds and of its program.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(
                    #[cfg(all($(feature = $feature),+))]
                    Self::$variant => $name,
                )+ }
            }

            /// Runs the target on this input.
            ///
            /// # Panics
            ///
            /// If a promise of the crate does not hold.
            pub fn run(self, data: &[u8]) {
                match self { $(
                    #[cfg(all($(feature = $feature),+))]
                    Self::$variant => { let run: fn(&[u8]) = $run; run(data); }
                )+ }
            }
        }
    };
}

targets! {
    /// Charging records and files of them.
    Cdr = "cdr" if "cdr" => crate::cdr::fuzz::fuzz;
    /// Charging records made of the input.
    CdrStructure = "cdr_structure" if "cdr" => crate::cdr::fuzz::fuzz_structure;
    /// A phone, a relay/server and a network of which each octet says what they do.
    Client = "client" if "client" => crate::client::fuzz::fuzz;
    /// Entities of MIME.
    Mime = "mime" if "mm4" => crate::mime::fuzz::fuzz;
    /// PDUs of MM1.
    Mm1 = "mm1" if "mm1" => crate::mm1::fuzz::fuzz;
    /// PDUs of MM1 made of the input.
    Mm1Structure = "mm1_structure" if "mm1" => crate::mm1::fuzz::fuzz_structure;
    /// PDUs of MM1 that are valid but for one deviation, whose kind the first octet selects.
    Mm1Deviant = "mm1_deviant" if "mm1" => super::deviant::fuzz::<super::Mm1>;
    /// Mails of MM4.
    Mm4 = "mm4" if "mm4" => crate::mm4::fuzz::fuzz;
    /// Mails of MM4 that are valid but for one deviation, likewise.
    Mm4Deviant = "mm4_deviant" if "mm4" => super::deviant::fuzz::<super::Mm4>;
    /// Addresses of other interfaces in a mail of MM4.
    Mm4Mailbox = "mm4_mailbox" if "mm4" => crate::mm4::fuzz::fuzz_mailbox;
    /// Mails of MM4 of which each octet selects a piece.
    Mm4Text = "mm4_text" if "mm4" => crate::mm4::fuzz::fuzz_text;
    /// Bodies of MM7 behind a line with their content type, and HTTP messages.
    Mm7Body = "mm7_body" if "mm7" => crate::mm7::fuzz::fuzz_body;
    /// Messages of MM7 that are valid but for one deviation, likewise.
    Mm7Deviant = "mm7_deviant" if "mm7" => super::deviant::fuzz::<super::Mm7>;
    /// Envelopes of MM7.
    Mm7Envelope = "mm7_envelope" if "mm7" => crate::mm7::fuzz::fuzz_envelope;
    /// Messages of MM7 of which each octet selects a piece.
    Mm7Text = "mm7_text" if "mm7" => crate::mm7::fuzz::fuzz_text;
    /// Pushes, short messages and their segments.
    Push = "push" if "mm1" => crate::push::fuzz::fuzz;
    /// A message of any interface that goes to two others. The first octet says what the relay knows, the second
    /// where the message goes.
    Relay = "relay" if "mm1" & "mm4" & "mm7" => crate::relay::fuzz::fuzz;
    /// Presentations.
    Smil = "smil" if "compose" => crate::smil::fuzz::fuzz;
    /// Values of WSP.
    Wsp = "wsp" if "mm1" => crate::wsp::fuzz::fuzz;
}

impl Target {
    /// What the pieces of the target's input are, for [`mutate`](super::mutate); `None` where it has none.
    #[must_use]
    pub const fn syntax(self) -> Option<Syntax> {
        match self {
            #[cfg(feature = "mm1")]
            Self::Mm1 => Some(Syntax::Mm1),
            #[cfg(feature = "mm4")]
            Self::Mm4 | Self::Mime => Some(Syntax::Lines),
            #[cfg(feature = "mm7")]
            Self::Mm7Body | Self::Mm7Envelope => Some(Syntax::Xml),
            #[cfg(feature = "compose")]
            Self::Smil => Some(Syntax::Xml),
            _ => None,
        }
    }
}

impl FromStr for Target {
    type Err = ConversionError;

    fn from_str(name: &str) -> Result<Self, ConversionError> {
        Self::ALL.iter().find(|target| target.name() == name).copied().ok_or(ConversionError("Target"))
    }
}
