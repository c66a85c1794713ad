//! Segments of short messages become pushes.

use alloc::boxed::Box;
use alloc::string::ToString;
use core::ffi::c_char;
use core::mem::MaybeUninit;

use mms_codec_rs::Bytes;
use mms_codec_rs::push::sms::{CompleteMessage, Deliver, JoinLimits, Joined, Joiner, UserData};

use crate::border::{self, mms_octets, mms_str, place, there};
use crate::error::{Failure, ended, mms_code, mms_error, mms_status};
use crate::pdu::mms_options;

/// Joins segments of short messages. They may come in any order, and more than once.
#[derive(Debug)]
pub struct mms_joiner {
    joiner: Joiner,
    complete: Option<CompleteMessage>,
}

/// How much a joiner keeps before it drops the oldest. All zeros is what NULL is too: what suits a phone.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct mms_join_limits {
    /// How many unfinished messages; 0 for 64.
    pub messages: usize,
    /// How much memory for them, in octets; 0 for 256 000.
    pub octets: usize,
    /// How many unfinished messages of one originator; 0 for 16.
    pub messages_per_originator: usize,
    /// How much memory for those of one originator; 0 for 64 000.
    pub octets_per_originator: usize,
    /// How much memory to know late copies of segments whose message was finished; 0 for 64 000.
    pub finished_octets: usize,
}

/// What became of a segment.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum mms_joined {
    /// Its message waits for others.
    MMS_JOINED_WAITING = 0,
    /// Its message is complete: see `mms_joiner_data`.
    MMS_JOINED_COMPLETE = 1,
    /// It was there already, or its message was complete before.
    MMS_JOINED_REPEATED = 2,
}

/// Makes a joiner, which `mms_joiner_free` frees. `limits` may be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn mms_joiner_new(
    limits: Option<&mms_join_limits>,
    joiner: Option<&mut MaybeUninit<Option<Box<mms_joiner>>>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let limits = limits.copied().unwrap_or_default();
    let or = |limit: usize, default: usize| if limit == 0 { default } else { limit };
    let limits = JoinLimits {
        messages: or(limits.messages, JoinLimits::DEFAULT.messages),
        octets: or(limits.octets, JoinLimits::DEFAULT.octets),
        messages_per_originator: or(limits.messages_per_originator, JoinLimits::DEFAULT.messages_per_originator),
        octets_per_originator: or(limits.octets_per_originator, JoinLimits::DEFAULT.octets_per_originator),
        finished_octets: or(limits.finished_octets, JoinLimits::DEFAULT.finished_octets),
    };
    let made = place(joiner).map(|to| *to = Some(Box::new(mms_joiner { joiner: Joiner::new(limits), complete: None })));
    ended(error, made)
}

/// Frees a joiner. NULL is no joiner.
#[unsafe(no_mangle)]
pub extern "C" fn mms_joiner_free(joiner: Option<Box<mms_joiner>>) {
    drop(joiner);
}

/// Adds a segment: the user data of a short message, header first (TP-UD, with TP-UDHI set), and its originator as
/// text. Both are copied. `*joined` is an `mms_joined`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_joiner_add(
    joiner: Option<&mut mms_joiner>,
    originator: *const c_char,
    originator_length: usize,
    user_data: *const u8,
    length: usize,
    joined: Option<&mut MaybeUninit<u32>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let added = there(joiner).and_then(|joiner| {
        // SAFETY: the contract of the header.
        let originator = unsafe { border::text(originator, originator_length) }?;
        // SAFETY: likewise.
        let octets = unsafe { border::octets(user_data, length) }?;
        let user_data = UserData::decode_with(&Bytes::copy_from_slice(octets), &mms_options::of(None))?;
        joiner.add(originator, &user_data.value, there(joined)?)
    });
    ended(error, added)
}

/// Adds a segment: a whole SMS-DELIVER (TS 23.040, 9.2.2.1), without the address of the service centre. It is copied.
/// `*joined` is an `mms_joined`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mms_joiner_add_deliver(
    joiner: Option<&mut mms_joiner>,
    deliver: *const u8,
    length: usize,
    joined: Option<&mut MaybeUninit<u32>>,
    error: Option<&mut MaybeUninit<mms_error>>,
) -> mms_code {
    let added = there(joiner).and_then(|joiner| {
        // SAFETY: the contract of the header.
        let octets = unsafe { border::octets(deliver, length) }?;
        let deliver = Deliver::decode_with(&Bytes::copy_from_slice(octets), &mms_options::of(None))?.value;
        joiner.add(&deliver.originator.to_string(), &deliver.user_data, there(joined)?)
    });
    ended(error, added)
}

impl mms_joiner {
    fn add(&mut self, originator: &str, segment: &UserData, to: &mut MaybeUninit<u32>) -> Result<(), Failure> {
        self.complete = None;
        let joined = match self.joiner.add(originator, segment)? {
            Joined::Complete(message) => {
                self.complete = Some(message);
                mms_joined::MMS_JOINED_COMPLETE
            }
            Joined::Waiting(_) => mms_joined::MMS_JOINED_WAITING,
            Joined::Repeated(_) => mms_joined::MMS_JOINED_REPEATED,
            _ => return Err(Failure::Status(mms_status::MMS_ERROR_OTHER)),
        };
        to.write(joined as u32);
        Ok(())
    }
}

/// The message that the last segment completed: a push, if its port is one of a push. NULL if it completed none. It
/// belongs to the joiner, until the next segment is added.
#[unsafe(no_mangle)]
pub extern "C" fn mms_joiner_data(joiner: Option<&mms_joiner>) -> mms_octets {
    joiner.and_then(|joiner| joiner.complete.as_ref()).map(|message| &message.data[..]).into()
}

/// The originator of that message. It belongs to the joiner, until the next segment is added.
#[unsafe(no_mangle)]
pub extern "C" fn mms_joiner_originator(joiner: Option<&mms_joiner>) -> mms_str {
    joiner.and_then(|joiner| joiner.complete.as_ref()).map(|message| message.originator.as_str()).into()
}

/// The port that message was sent to, such as 2948; -1 if it has none.
#[unsafe(no_mangle)]
pub extern "C" fn mms_joiner_port(joiner: Option<&mms_joiner>) -> i32 {
    let ports = joiner.and_then(|joiner| joiner.complete.as_ref()?.ports);
    ports.map_or(-1, |ports| ports.destination.into())
}
