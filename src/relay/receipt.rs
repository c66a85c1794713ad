//! Facts about a received message that are not in its PDU.

use crate::message::{Address, Str, Timestamp, bare_id};

/// Facts about a received message that only the relay knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users")]
pub struct Receipt {
    /// When the relay got the message, by its clock: relative times of MM1 count from then.
    pub arrived: Timestamp,
    /// The identifier of the message in the new PDU: the one that this relay gave it, or for a
    /// message of another operator the one that it came with.
    pub message_id: Str,
    /// Who sent it, where the PDU does not say so: it has the insert-address token, or no sender.
    /// An address in the PDU stays, and is the relay's to check.
    pub sender: Option<Address>,
    /// Who is shown in place of a sender who hides (`X-Mms-Sender-Visibility`). Without an alias,
    /// the address goes to the next operator, who has to hide it, and nowhere else: a phone gets
    /// none, and `DeliverReq`, which cannot do without, is refused by the encoder.
    pub alias: Option<Address>,
}

impl Receipt {
    /// A message from the sender that it names, which arrived then and has this identifier, without the
    /// quotation marks and angle brackets of MM4.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::relay::Receipt;
    ///
    /// assert_eq!(Receipt::new(1_709_631_047, "\"mm-1\"").message_id, "mm-1");
    /// ```
    pub fn new(arrived: impl Into<Timestamp>, message_id: impl AsRef<str>) -> Self {
        let message_id = bare_id(message_id.as_ref()).as_ref().into();
        Self { arrived: arrived.into(), message_id, sender: None, alias: None }
    }
}
