//! Charging data records of MMS (TS 32.270, TS 32.298, module `MMSChargingDataTypes`).
//!
//! A relay/server writes a record for what it did with a message: took it from a phone, passed it to
//! another operator, announced and delivered it, reported about it. There are 33 kinds, one struct
//! each, and all of their members are optional here: what a sender left out is reported as a deviation,
//! and the encoder names what is missing. [`decode`] and [`encode`] are for one record, [`Records`]
//! and [`RecordReader`] for a file of them, with or without the headers of TS 32.297.
//!
//! Records are in BER: the members may come in any order, and all forms of lengths are read. What the
//! encoder writes is in the order of the module, with lengths in their shortest form.
//!
//! # What stays as it was
//!
//! Members that the module does not have, such as those under tags of a vendor, are kept in `extra`
//! and written back; so are values that cannot be read.
//!
//! # What is not sure
//!
//! The module is the one of a late release of TS 32.298. Records of TS 32.235 (Releases 4 and 5) have
//! not been seen; some systems number the first twelve kinds from 29 in `recordType`. The tag of the
//! record decides, and such a number is reported. `delta-seconds` is eight octets without a coding:
//! digits are read and written. `TRUE` as the visibility of the sender is taken as "show".
//!
//! # Examples
//!
//! ```
//! use mms_codec::cdr::{self, Record};
//! use mms_codec::message::RequestStatus;
//! use mms_codec::{Bytes, DeviationKind};
//!
//! let octets = Bytes::from_static(b"\xbf\x20\x19\x80\x01\x20\xa2\x0c\x80\x0ammsc.test1\x83\x03m-1\x85\x01\x00");
//! let decoded = cdr::decode(&octets)?;
//! assert!(decoded.deviations.is_empty());
//! let Record::MmO4FRs(record) = &decoded.value else { panic!("another record") };
//! assert_eq!(record.message_id.as_deref(), Some(&b"m-1"[..]));
//! assert_eq!(record.request_status_code, Some(RequestStatus::Ok));
//! assert_eq!(cdr::encode(&decoded.value).unwrap(), octets);
//! # Ok::<(), mms_codec::DecodeError>(())
//! ```

mod ber;
mod codec;
mod declare;
mod file;
#[cfg(feature = "arbitrary")]
pub(crate) mod fuzz;
#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
mod made;
mod record;
mod table;
mod value;

pub use self::ber::{Tag, TagClass};
pub use self::codec::{decode, decode_with, detect, encode};
pub use self::file::{Damage, Entry, FileHeader, FileTime, RecordHeader, RecordReader, Records};
#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
pub use self::made::{Made, Own};
pub use self::record::*;
pub use self::table::Extra;
pub use self::value::{
    AccessCorrelation, AgentAddressData, CallReferenceNumber, ChargeType, ChargedParty, IpAddress, IsdnNumber,
    ManagementExtension, MmState, MmStatusCode, MsTimeZone, PlmnId, RecipientType, StoreStatus,
};
