//! Another decoder beside this one.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

use super::Codec;
use crate::options::Options;

/// Another decoder of an interface.
///
/// # Examples
///
/// A decoder that looks for one header field of a mail:
///
/// ```
/// # #[cfg(feature = "mm4")] {
/// use mms_codec::fuzz::{Mm4, Peer, compare};
/// use mms_codec::{Bytes, Options};
///
/// struct Naive;
///
/// impl Peer<Mm4> for Naive {
///     fn fields(&mut self, octets: &[u8]) -> Option<Vec<(String, Vec<String>)>> {
///         let text = core::str::from_utf8(octets).ok()?;
///         let subject = text.lines().find_map(|line| line.strip_prefix("Subject: "))?;
///         Some(vec![("Subject".into(), vec![subject.into()])])
///     }
/// }
///
/// let mail = |subject: &str| {
///     let head = "X-Mms-Message-Type: MM4_forward.REQ\r\nSubject: ";
///     Bytes::from(format!("{head}{subject}\r\nContent-Type: text/plain\r\n\r\nhello\r\n"))
/// };
/// assert_eq!(compare::<Mm4>(&mail("Hello"), &Options::lenient(), &mut Naive), []);
/// assert_eq!(compare::<Mm4>(&mail("=?utf-8?q?Hello?="), &Options::lenient(), &mut Naive).len(), 1);
/// # }
/// ```
pub trait Peer<C: Codec> {
    /// What the other decoder reads: the values of each field that it knows, under the name that this crate shows it
    /// by. `None` if it refuses the message.
    fn fields(&mut self, octets: &[u8]) -> Option<Vec<(String, Vec<String>)>>;
}

/// How two decoders differ.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// Only this crate accepts the message.
    RefusedByPeer,
    /// Only the peer accepts the message.
    RefusedHere,
    /// The values of a field differ.
    Field {
        /// The name.
        name: String,
        /// The values here.
        here: Vec<String>,
        /// The values that the peer has.
        there: Vec<String>,
    },
}

/// Compares what this crate reads in a message with what a peer reads. Fields that the peer does not mention are not
/// compared, and values are without the blanks around them.
pub fn compare<C: Codec>(octets: &Bytes, options: &Options, peer: &mut impl Peer<C>) -> Vec<Difference> {
    let (here, there) = match (C::decode(octets, options), peer.fields(octets)) {
        (Ok(decoded), Some(there)) => (C::fields(&decoded.value), there),
        (Ok(_), None) => return Vec::from([Difference::RefusedByPeer]),
        (Err(_), Some(_)) => return Vec::from([Difference::RefusedHere]),
        (Err(_), None) => return Vec::new(),
    };
    let values = |name: &str| -> Vec<String> {
        let named = here.iter().filter(|field| field.name == name).flat_map(|field| &field.values);
        named.map(|value| value.to_string().trim().to_string()).collect()
    };
    let differing = there.into_iter().filter_map(|(name, there)| {
        let there: Vec<String> = there.iter().map(|value| value.trim().to_string()).collect();
        let here = values(&name);
        (here != there).then_some(Difference::Field { name, here, there })
    });
    differing.collect()
}
