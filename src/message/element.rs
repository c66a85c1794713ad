//! The elements of a message by name, so that none is lost silently.

use core::fmt;

use super::Message;
use crate::named::closed;

/// Declares the elements of [`Message`], one row a field: variant, field, name.
macro_rules! elements {
    ($($variant:ident, $field:ident, $name:literal;)+) => {
        closed! {
            /// An element of a [`Message`]. Its name is that of the information element, as MM1 and
            /// MM4 spell its header.
            #[derive(PartialOrd, Ord)]
            pub enum Element { $(#[doc = concat!("[`Message::", stringify!($field), "`]")] $variant = $name;)+ }
        }

        impl Element {
            /// The element that a field of [`Message`] holds.
            pub(crate) const fn of_field(field: &str) -> Self {
                $(if same(field, stringify!($field)) { return Self::$variant; })+
                panic_unknown_field()
            }
        }

        impl Message {
            /// The elements that the message has.
            pub fn elements(&self) -> ElementSet {
                // Destructured, so that a new field cannot be forgotten here.
                let Self { $($field),+ } = self;
                ElementSet(0 $(| (u32::from($field.iter().next().is_some()) << (Element::$variant as u32)))+)
            }

            /// The elements that `other` does not have, or has with another value, or that only it has.
            #[cfg(all(feature = "arbitrary", feature = "mm1", feature = "mm4", feature = "mm7"))]
            pub(crate) fn differing(&self, other: &Self) -> ElementSet {
                ElementSet(0 $(| (u32::from(self.$field != other.$field) << (Element::$variant as u32)))+)
            }

            /// Removes the elements not in `kept` and returns them.
            ///
            /// # Examples
            ///
            /// ```
            /// # #[cfg(feature = "mm1")] {
            /// use mms_codec::message::{Element, Message};
            /// use mms_codec::mm1;
            ///
            /// let mut message = Message::default();
            /// message.subject = Some("Hello".into());
            /// message.distribution_indicator = Some(false);
            /// let lost = message.retain(mm1::SendReq::ELEMENTS);
            /// assert!(lost.iter().eq([Element::DistributionIndicator]));
            /// assert!(message.subject.is_some());
            /// # }
            /// ```
            pub fn retain(&mut self, kept: ElementSet) -> ElementSet {
                let lost = self.elements().without(kept);
                $(if lost.contains(Element::$variant) { self.$field = Default::default(); })+
                lost
            }

            /// Replaces elements by those of another message.
            pub(crate) fn take_over(&mut self, elements: ElementSet, of: Self) {
                $(if elements.contains(Element::$variant) { self.$field = of.$field; })+
            }
        }
    };
}

elements! {
    Date, date, "Date";
    From, from, "From";
    To, to, "To";
    Cc, cc, "Cc";
    Bcc, bcc, "Bcc";
    Subject, subject, "Subject";
    MessageClass, class, "X-Mms-Message-Class";
    Expiry, expiry, "X-Mms-Expiry";
    DeliveryTime, delivery_time, "X-Mms-Delivery-Time";
    Priority, priority, "X-Mms-Priority";
    SenderVisibility, sender_visibility, "X-Mms-Sender-Visibility";
    DeliveryReport, delivery_report, "X-Mms-Delivery-Report";
    ReadReport, read_report, "X-Mms-Read-Report";
    ReplyCharging, reply_charging, "X-Mms-Reply-Charging";
    ReplyChargingDeadline, reply_charging_deadline, "X-Mms-Reply-Charging-Deadline";
    ReplyChargingSize, reply_charging_size, "X-Mms-Reply-Charging-Size";
    ReplyChargingId, reply_charging_id, "X-Mms-Reply-Charging-ID";
    DistributionIndicator, distribution_indicator, "X-Mms-Distribution-Indicator";
    ApplicId, applic_id, "X-Mms-Applic-ID";
    ReplyApplicId, reply_applic_id, "X-Mms-Reply-Applic-ID";
    AuxApplicInfo, aux_applic_info, "X-Mms-Aux-Applic-Info";
    ContentClass, content_class, "X-Mms-Content-Class";
    DrmContent, drm_content, "X-Mms-DRM-Content";
    AdaptationAllowed, adaptation_allowed, "X-Mms-Adaptation-Allowed";
    ReplaceId, replace_id, "X-Mms-Replace-ID";
    PreviouslySentBy, previously_sent_by, "X-Mms-Previously-Sent-By";
    PreviouslySentDate, previously_sent_date, "X-Mms-Previously-Sent-Date";
    Body, body, "Content-Type";
}

/// A set of elements of a [`Message`].
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ElementSet(u32);

const _: () = assert!(Element::ALL.len() <= 32);

impl ElementSet {
    /// No element.
    pub const EMPTY: Self = Self(0);

    /// This set with one more element.
    #[must_use]
    pub const fn with(self, element: Element) -> Self {
        Self(self.0 | 1 << element as u32)
    }

    /// The elements that are in this set or in `other`.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The elements of this set that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the element is in this set.
    #[must_use]
    pub const fn contains(self, element: Element) -> bool {
        self.0 & 1 << element as u32 != 0
    }

    /// Whether no element is in this set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The elements, in the order of the fields of [`Message`].
    pub fn iter(self) -> impl Iterator<Item = Element> {
        Element::ALL.iter().copied().filter(move |element| self.contains(*element))
    }
}

impl fmt::Debug for ElementSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// `a == b`, at compile time.
const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, rest_a @ ..], [y, rest_b @ ..]) if *x == *y => (a, b) = (rest_a, rest_b),
            _ => return false,
        }
    }
}

#[expect(clippy::panic, reason = "evaluated at compile time only: a field table names a field that does not exist")]
const fn panic_unknown_field() -> Element {
    panic!("not a field of Message")
}
