//! The records and what they consist of (TS 32.298, 5.2.4, module `MMSChargingDataTypes`).

use alloc::vec::Vec;

use bytes::Bytes;

use super::ber::{Element, Writer};
use super::declare::{dictionary, nested, structures};
use super::table::{Extra, Form, Member, Need, Row, Table, Value, write_members};
use super::value::{
    AccessCorrelation, AgentAddressData, CallReferenceNumber, ChargeType, ChargedParty, IpAddress, IsdnNumber,
    ManagementExtension, MmState, MmStatusCode, MsTimeZone, PlmnId, RecipientType, StoreStatus,
};
use crate::context::Context;
use crate::conversion::from_variants;
use crate::error::{DecodeError, EncodeError};
use crate::message::{MessageClass, Priority, RequestStatus, SenderVisibility, Time, Timestamp};
use crate::shown::Shown;

dictionary! {
    originator_mms_rs_address "originatorMmsRSAddress" Option<RsAddress>, "the relay/server of the originator";
    recipient_mms_rs_address "recipientMmsRSAddress" Option<RsAddress>, "the relay/server of the recipient";
    forwarding_mms_rs_address "forwardingMmsRSAddress" Option<RsAddress>, "the relay/server that forwards";
    mms_relay_address "mmsRelayAddress" Option<IpAddress>, "the relay/server";
    message_id "messageID" Option<Bytes>, "identifier of the message";
    reply_charging_id "replyChargingID" Option<Bytes>, "identifier of the message that this one is a paid reply to";
    linked_id "linkedID" Option<Bytes>, "identifier of the message that this one belongs to";
    mms_3gpp_version "mms3GPPVersion" Option<Bytes>, "version of MM4";
    vasp_id "vaspID" Option<Bytes>, "the service provider";
    vas_id "vasID" Option<Bytes>, "the service";
    service_code "serviceCode" Option<Bytes>, "what the provider charges the message by";
    originator_address "originatorAddress" Option<AgentAddress>, "who sent the message";
    sender_address "senderAddress" Option<AgentAddress>, "who sent the message, as the recipient sees it";
    recipient_address "recipientAddress" Option<AgentAddress>, "the recipient";
    recipient_addresses "recipientAddresses" Vec<AgentAddress>, "the recipients";
    recipients_address_list "recipientsAddressList" Vec<AgentAddress>, "the recipients";
    managing_address "managingAddress" Option<AgentAddress>, "whose mailbox it is";
    access_correlation "accessCorrelation" Option<AccessCorrelation>, "the bearer that the phone used";
    content_type "contentType" Option<Bytes>, "content type of the message";
    mm_component_type "mmComponentType" Option<MmComponentType>, "types and sizes of subject and parts";
    message_size "messageSize" Option<u64>, "size of the message in octets";
    message_class "messageClass" Option<MessageClass>, "class of the message";
    charge_information "chargeInformation" Option<ChargeInformation>, "who pays, and how";
    submission_time "submissionTime" Option<Timestamp>, "when the message was submitted";
    upload_time "uploadTime" Option<Timestamp>, "when the message was uploaded";
    mm_date_and_time "mmDateAndTime" Option<Timestamp>, "when the message was handled, as the report says";
    time_of_expiry "timeOfExpiry" Option<Time>, "when the message may be dropped";
    earliest_time_of_delivery "earliestTimeOfDelivery" Option<Time>, "when the message may be delivered at the earliest";
    duration_of_transmission "durationOfTransmission" Option<u64>, "how long the transmission took";
    request_status_code "requestStatusCode" Option<RequestStatus>, "how the request ended";
    mm_status_code "mmStatusCode" Option<MmStatusCode>, "what became of the message";
    read_status "readStatus" Option<MmStatusCode>, "what the recipient did with the message";
    status_text "statusText" Option<Bytes>, "the status in words";
    mm_status_text "mmStatusText" Option<Bytes>, "the status in words";
    delivery_report_requested "deliveryReportRequested" Option<bool>, "whether a delivery report is wanted";
    read_reply_requested "readReplyRequested" Option<bool>, "whether a read report is wanted";
    acknowledgement_request "acknowledgementRequest" Option<bool>, "whether a response is wanted";
    report_allowed "reportAllowed" Option<bool>, "whether the recipient allows a delivery report";
    reply_charging "replyCharging" Option<bool>, "whether a reply is paid for";
    reply_deadline "replyDeadline" Option<Time>, "until when a reply is paid for";
    reply_charging_size "replyChargingSize" Option<u64>, "up to what size in octets a reply is paid for";
    priority "priority" Option<Priority>, "priority of the message";
    sender_visibility "senderVisibility" Option<SenderVisibility>, "whether the recipient may see the sender";
    message_distribution_indicator "messageDistributionIndicator" Option<bool>, "whether the message may be passed on";
    forward_counter "forwardCounter" Option<u64>, "how often the message was forwarded";
    message_reference "messageReference" Option<Bytes>, "where the message lies";
    store_status "storeStatus" Option<StoreStatus>, "how the message was stored";
    store_status_text "storeStatusText" Option<Bytes>, "the store status in words";
    mm_state "mmState" Option<Bytes>, "state of the message in the mailbox";
    mm_flags "mmFlags" Option<Bytes>, "keywords of the message in the mailbox";
    attributes_list "attributesList" Option<AttributesList>, "attributes that were asked for";
    message_selection "messageSelection" Option<u64>, "which messages were asked for";
    start "start" Option<u64>, "the first message that was asked for";
    limit "limit" Option<u64>, "how many messages were asked for";
    totals_requested "totalsRequested" Option<bool>, "whether the size of the mailbox was asked for";
    quotas_requested "quotasRequested" Option<bool>, "whether the largest size of the mailbox was asked for";
    mm_listing "mmListing" Option<AttributesList>, "attributes of a message";
    totals "totals" Option<Totals>, "size of the mailbox";
    quotas "quotas" Option<Quotas>, "largest size of the mailbox";
    mm_box_storage_information "mMBoxstorageInformation" Option<MmBoxStorageInformation>, "how the message was stored in the mailbox";
    mscf_information "mscfInformation" Option<MscfInformation>, "what a service control function said";
    record_time_stamp "recordTimeStamp" Option<Timestamp>, "when the record was made";
    time_stamp "timeStamp" Option<Timestamp>, "when the record was made";
    local_sequence_number "localSequenceNumber" Option<u32>, "number of the record";
    sequence_number "sequenceNumber" Option<u64>, "number of the record";
    record_extensions "recordExtensions" Vec<ManagementExtension>, "proprietary extensions";
    sgsn_plmn_identifier "sGSNPLMNIdentifier" Option<PlmnId>, "the network that the phone was in";
    rat_type "rATType" Option<u8>, "radio access, in the numbers of TS 29.061";
    ms_time_zone "mSTimeZone" Option<MsTimeZone>, "zone of the phone's clock";
    forwarding_address "forwardingAddress" Option<AgentAddress>, "who forwards";
    forwarding_addresses "forwardingAddress" Vec<AgentAddress>, "who forwarded the message";
    domain_name "domainName" Option<Bytes>, "domain name";
    ip_address "iPAddress" Option<IpAddress>, "IP address";
    address "mMSAgentAddressData" Option<AgentAddressData>, "the address";
    recipient_types "mMSRecipientType" Vec<RecipientType>, "how a recipient is addressed";
    msc_identifier "mSCIdentifier" Option<IsdnNumber>, "number of the switching centre";
    call_reference_number "callReferenceNumber" Option<CallReferenceNumber>, "reference of the call";
    gsn_address "gSNAddress" Option<IpAddress>, "address of the gateway";
    charging_id "chargingID" Option<u32>, "identifier of the context in its charging records";
    charged_party "chargedparty" Option<ChargedParty>, "who pays";
    charge_type "chargetype" Option<ChargeType>, "how the charged party pays";
    subject_component "subject" Option<SubjectComponent>, "the subject";
    media "media" Vec<MediaComponent>, "the parts";
    subject_type "subjectType" Option<Bytes>, "media type";
    subject_size "subjectSize" Option<u64>, "size in octets";
    media_type "mediaType" Option<Bytes>, "media type";
    media_size "mediaSize" Option<u64>, "size in octets";
    date_and_time "dateAndTime" Option<Timestamp>, "when the message was sent";
    sender_rs_address "senderAddress" Option<RsAddress>, "where the message comes from";
    subject "subject" Option<Bytes>, "subject";
    state "mmState" Option<MmState>, "state of the message in the mailbox";
    mm_flag "mmFlag" Option<Bytes>, "keyword of the message in the mailbox";
    stored_message_reference "storedMessageReference" Option<Bytes>, "where the stored message lies";
    billing_information "billingInformation" Option<Bytes>, "what to charge by";
    routeing_address_list "routeingAddressList" Vec<AgentAddress>, "where to send the message";
    number_of_messages "numberOfMessages" Option<u64>, "how many messages";
    number_of_octets "numberOfOctets" Option<u64>, "how many octets";
}

#[rustfmt::skip]
structures! {
    /// The address of a relay/server (`MMSRSAddress`).
    sequence RsAddress {
        0 O domain_name,
        2 O ip_address,
    }
    /// The address of a user, and how it is addressed (`MMSAgentAddress`).
    sequence AgentAddress {
        0 M address,
        1 O recipient_types,
    }
    /// A call that the phone used.
    sequence CircuitSwitchedAccess {
        0 M msc_identifier,
        1 M call_reference_number,
    }
    /// A packet data context that the phone used.
    sequence PacketSwitchedAccess {
        0 M gsn_address,
        1 M charging_id,
    }
    /// Who pays, and how.
    sequence ChargeInformation {
        0 O charged_party,
        1 O charge_type,
    }
    /// Types and sizes of subject and parts (`MMComponentType`).
    sequence MmComponentType {
        0 M subject_component,
        1 M media,
    }
    /// Type and size of a subject.
    sequence SubjectComponent {
        0 M subject_type,
        1 M subject_size,
    }
    /// Type and size of a part.
    sequence MediaComponent {
        0 M media_type,
        1 M media_size,
    }
    /// Attributes of a message in a mailbox.
    sequence AttributesList {
        0 M message_id,
        1 M date_and_time,
        2 M sender_rs_address,
        3 M subject,
        4 M message_size,
        5 M mm_flags,
        6 M state,
    }
    /// How a message was stored in a mailbox (`MMBoxStorageInformation`).
    set MmBoxStorageInformation {
        0 M state,
        1 M mm_flag,
        2 M store_status,
        3 M store_status_text,
        4 M stored_message_reference,
    }
    /// What a messaging service control function said (`MSCFInformation`).
    set MscfInformation {
        0 O billing_information,
        1 O routeing_address_list,
    }
    /// The size of a mailbox.
    sequence Totals {
        0 O number_of_messages,
        1 O number_of_octets,
    }
    /// The largest size of a mailbox.
    sequence Quotas {
        0 O number_of_messages,
        1 O number_of_octets,
    }
}

nested! { RsAddress, AgentAddress, CircuitSwitchedAccess, PacketSwitchedAccess, ChargeInformation, MmComponentType, SubjectComponent, MediaComponent, AttributesList, MmBoxStorageInformation, MscfInformation, Totals, Quotas }

/// What can be encoded: a [`Record`], and each of the structs that it may be.
pub trait AsRecord {
    /// The record by reference.
    fn as_record(&self) -> RecordRef<'_>;
}

/// A record of any kind, by reference.
#[derive(Clone, Copy)]
pub struct RecordRef<'a> {
    pub(super) number: u32,
    pub(super) table: &'a dyn Table,
}

impl core::fmt::Debug for RecordRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("RecordRef").field(&self.number).finish()
    }
}

/// Declares the records: the number of the tag, the variant with the struct, the name in the module, and the members.
macro_rules! records {
    ($($(#[$meta:meta])* $number:literal $variant:ident($record:ident) $name:literal $members:tt)+) => {
        structures! { $($(#[$meta])* set $record $members)+ }

        /// A charging record (`MMSRecordType`).
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Record {
            $(
                #[doc = concat!("[`", stringify!($record), "`]")]
                $variant($record),
            )+
        }

        impl Record {
            /// The names of all records.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// The numbers of all records: their tags, and the values of `recordType`.
            pub const NUMBERS: &'static [u32] = &[$($number),+];

            /// The name in the module, such as `mMO1SRecord`.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)+ }
            }

            /// The number of the tag, which `recordType` repeats.
            pub const fn number(&self) -> u32 {
                match self { $(Self::$variant(_) => $number,)+ }
            }

            /// The record with this number, without any member.
            pub fn empty(number: u32) -> Option<Self> {
                match number {
                    $($number => Some(Self::$variant($record::default())),)+
                    _ => None,
                }
            }

            pub(super) fn table(&self) -> &dyn Table {
                match self { $(Self::$variant(record) => record,)+ }
            }

            pub(super) fn table_mut(&mut self) -> &mut dyn Table {
                match self { $(Self::$variant(record) => record,)+ }
            }
        }

        impl AsRecord for Record {
            fn as_record(&self) -> RecordRef<'_> {
                RecordRef { number: self.number(), table: self.table() }
            }
        }

        $(impl AsRecord for $record {
            fn as_record(&self) -> RecordRef<'_> {
                RecordRef { number: $number, table: self }
            }
        })+

        from_variants! { Record: $($variant($record)),+ }
    };
}

#[rustfmt::skip]
records! {
    /// `MMO1SRecord`, of the originator relay/server: MM1 submission.
    30 MmO1S(MmO1SRecord) "mMO1SRecord" {
        1 M originator_mms_rs_address,
        2 M message_id,
        3 O reply_charging_id,
        4 M originator_address,
        5 M recipient_addresses,
        6 O access_correlation,
        7 M content_type,
        8 O mm_component_type,
        9 M message_size,
        10 O message_class,
        11 O charge_information,
        12 O submission_time,
        13 O time_of_expiry,
        14 O earliest_time_of_delivery,
        15 O duration_of_transmission,
        16 O request_status_code,
        17 O delivery_report_requested,
        18 O reply_charging,
        19 O reply_deadline,
        20 O reply_charging_size,
        21 O priority,
        22 O sender_visibility,
        23 O read_reply_requested,
        24 E status_text,
        25 M record_time_stamp,
        26 O local_sequence_number,
        27 O record_extensions,
        28 O mm_box_storage_information,
        29 O mscf_information,
        30 O sgsn_plmn_identifier,
        31 O rat_type,
        32 O ms_time_zone,
    }
    /// `MMO4FRqRecord`, of the originator relay/server: MM4 forward request sent.
    31 MmO4FRq(MmO4FRqRecord) "mMO4FRqRecord" {
        1 M originator_mms_rs_address,
        2 M recipient_mms_rs_address,
        3 M message_id,
        4 O mms_3gpp_version,
        5 M originator_address,
        6 M recipient_addresses,
        7 M content_type,
        8 O mm_component_type,
        9 M message_size,
        10 O message_class,
        11 M submission_time,
        12 O time_of_expiry,
        13 M delivery_report_requested,
        14 O priority,
        15 M sender_visibility,
        16 M read_reply_requested,
        17 M acknowledgement_request,
        18 O forward_counter,
        19 O forwarding_addresses,
        20 M record_time_stamp,
        21 O local_sequence_number,
        22 O record_extensions,
    }
    /// `MMO4FRsRecord`, of the originator relay/server: MM4 forward response received.
    32 MmO4FRs(MmO4FRsRecord) "mMO4FRsRecord" {
        1 O originator_mms_rs_address,
        2 M recipient_mms_rs_address,
        3 M message_id,
        4 O mms_3gpp_version,
        5 O request_status_code,
        6 O status_text,
        7 O record_time_stamp,
        8 O local_sequence_number,
        9 O record_extensions,
    }
    /// `MMO4DRecord`, of the originator relay/server: MM4 delivery report received.
    33 MmO4D(MmO4DRecord) "mMO4DRecord" {
        1 O recipient_mms_rs_address,
        2 O originator_mms_rs_address,
        3 M message_id,
        4 O mms_3gpp_version,
        5 O originator_address,
        6 M recipient_address,
        7 M mm_date_and_time,
        8 M acknowledgement_request,
        9 M mm_status_code,
        10 O status_text,
        11 O record_time_stamp,
        12 O local_sequence_number,
        13 O record_extensions,
    }
    /// `MMO1DRecord`, of the originator relay/server: delivery report to the phone.
    34 MmO1D(MmO1DRecord) "mMO1DRecord" {
        1 O recipient_mms_rs_address,
        2 O originator_mms_rs_address,
        3 O access_correlation,
        4 M message_id,
        5 O mms_3gpp_version,
        6 O originator_address,
        7 M recipient_address,
        8 O mm_status_code,
        9 O record_time_stamp,
        10 O local_sequence_number,
        11 O record_extensions,
        12 O sgsn_plmn_identifier,
        13 O rat_type,
        14 O ms_time_zone,
    }
    /// `MMO4RRecord`, of the originator relay/server: MM4 read reply received.
    35 MmO4R(MmO4RRecord) "mMO4RRecord" {
        1 O recipient_mms_rs_address,
        2 O originator_mms_rs_address,
        3 M message_id,
        4 O mms_3gpp_version,
        5 O originator_address,
        6 O recipient_addresses,
        7 O mm_date_and_time,
        8 M acknowledgement_request,
        9 O read_status,
        10 O status_text,
        11 O record_time_stamp,
        12 O local_sequence_number,
        13 O record_extensions,
    }
    /// `MMO1RRecord`, of the originator relay/server: read reply to the phone.
    36 MmO1R(MmO1RRecord) "mMO1RRecord" {
        1 O recipient_mms_rs_address,
        2 O originator_mms_rs_address,
        3 O access_correlation,
        4 M message_id,
        5 O mms_3gpp_version,
        6 O originator_address,
        7 O recipient_address,
        8 O read_status,
        9 O record_time_stamp,
        10 O local_sequence_number,
        11 O record_extensions,
        12 O sgsn_plmn_identifier,
        13 O rat_type,
        14 O ms_time_zone,
    }
    /// `MMOMDRecord`, of the originator relay/server: message deleted.
    37 MmOMD(MmOMDRecord) "mMOMDRecord" {
        1 O originator_mms_rs_address,
        2 O recipient_mms_rs_address,
        3 M message_id,
        4 O message_size,
        5 O mm_status_code,
        6 O status_text,
        7 O record_time_stamp,
        8 O local_sequence_number,
        9 O record_extensions,
    }
    /// `MMR4FRecord`, of the recipient relay/server: MM4 forward request received.
    38 MmR4F(MmR4FRecord) "mMR4FRecord" {
        1 M recipient_mms_rs_address,
        2 M originator_mms_rs_address,
        3 M message_id,
        4 O mms_3gpp_version,
        5 M originator_address,
        6 M recipient_addresses,
        7 M content_type,
        8 O mm_component_type,
        9 M message_size,
        10 O message_class,
        11 M submission_time,
        12 O time_of_expiry,
        13 M delivery_report_requested,
        14 O priority,
        15 M sender_visibility,
        16 M read_reply_requested,
        17 M request_status_code,
        18 E status_text,
        19 M acknowledgement_request,
        20 O forward_counter,
        21 O forwarding_addresses,
        22 M record_time_stamp,
        23 O local_sequence_number,
        24 O record_extensions,
    }
    /// `MMR1NRqRecord`, of the recipient relay/server: notification sent.
    39 MmR1NRq(MmR1NRqRecord) "mMR1NRqRecord" {
        1 M recipient_mms_rs_address,
        2 M message_id,
        3 O reply_charging_id,
        4 M sender_address,
        5 M recipient_address,
        6 O access_correlation,
        7 O message_class,
        8 O mm_component_type,
        9 M message_size,
        10 O time_of_expiry,
        11 M message_reference,
        12 O delivery_report_requested,
        13 O reply_charging,
        14 O reply_deadline,
        15 O reply_charging_size,
        16 O mm_status_code,
        17 O status_text,
        18 O record_time_stamp,
        19 O local_sequence_number,
        20 O record_extensions,
        21 O mscf_information,
        22 O vasp_id,
        23 O vas_id,
        24 O sgsn_plmn_identifier,
        25 O rat_type,
        26 O ms_time_zone,
    }
    /// `MMR1NRsRecord`, of the recipient relay/server: notification answered.
    40 MmR1NRs(MmR1NRsRecord) "mMR1NRsRecord" {
        1 M recipient_mms_rs_address,
        2 M message_id,
        3 M recipient_address,
        4 O access_correlation,
        5 O report_allowed,
        6 O mm_status_code,
        7 O status_text,
        8 O record_time_stamp,
        9 O local_sequence_number,
        10 O record_extensions,
        11 O sgsn_plmn_identifier,
        12 O rat_type,
        13 O ms_time_zone,
    }
    /// `MMR1RtRecord`, of the recipient relay/server: message retrieved.
    41 MmR1Rt(MmR1RtRecord) "mMR1RtRqRecord" {
        1 M recipient_mms_rs_address,
        2 M message_id,
        3 O reply_charging_id,
        4 O sender_address,
        5 M recipient_address,
        6 O access_correlation,
        7 M content_type,
        8 O mm_component_type,
        9 O message_class,
        10 M submission_time,
        11 O message_size,
        12 O delivery_report_requested,
        13 O priority,
        14 O read_reply_requested,
        15 O mm_status_code,
        16 O status_text,
        17 O reply_deadline,
        18 O reply_charging_size,
        19 O duration_of_transmission,
        20 O time_of_expiry,
        21 O record_time_stamp,
        22 O local_sequence_number,
        23 O record_extensions,
        24 M message_reference,
        25 O vasp_id,
        26 O vas_id,
        27 O sgsn_plmn_identifier,
        28 O rat_type,
        29 O ms_time_zone,
    }
    /// `MMR1ARecord`, of the recipient relay/server: retrieval acknowledged.
    42 MmR1A(MmR1ARecord) "mMR1ARecord" {
        1 M recipient_mms_rs_address,
        2 M message_id,
        3 M recipient_address,
        4 O access_correlation,
        5 O report_allowed,
        6 O mm_status_code,
        7 O status_text,
        8 O record_time_stamp,
        9 O local_sequence_number,
        10 O record_extensions,
        11 O sgsn_plmn_identifier,
        12 O rat_type,
        13 O ms_time_zone,
    }
    /// `MMR4DRqRecord`, of the recipient relay/server: MM4 delivery report sent.
    43 MmR4DRq(MmR4DRqRecord) "mMR4DRqRecord" {
        1 M recipient_mms_rs_address,
        2 M originator_mms_rs_address,
        3 M message_id,
        4 O mms_3gpp_version,
        5 M originator_address,
        6 M recipient_address,
        7 O mm_date_and_time,
        8 M acknowledgement_request,
        9 O mm_status_code,
        10 O status_text,
        11 O record_time_stamp,
        12 O local_sequence_number,
        13 O record_extensions,
    }
    /// `MMR4DRsRecord`, of the recipient relay/server: MM4 delivery report answered.
    44 MmR4DRs(MmR4DRsRecord) "mMR4DRsRecord" {
        1 M recipient_mms_rs_address,
        2 M originator_mms_rs_address,
        3 M message_id,
        4 O mms_3gpp_version,
        5 O request_status_code,
        6 O status_text,
        7 O record_time_stamp,
        8 O local_sequence_number,
        9 O record_extensions,
    }
    /// `MMR1RRRecord`, of the recipient relay/server: read reply from the phone.
    45 MmR1RR(MmR1RRRecord) "mMR1RRRecord" {
        1 M recipient_mms_rs_address,
        2 M message_id,
        3 M recipient_address,
        4 M originator_address,
        5 O access_correlation,
        6 O mm_status_code,
        7 O status_text,
        8 O record_time_stamp,
        9 O local_sequence_number,
        10 O record_extensions,
        11 O sgsn_plmn_identifier,
        12 O rat_type,
        13 O ms_time_zone,
    }
    /// `MMR4RRqRecord`, of the recipient relay/server: MM4 read reply sent.
    46 MmR4RRq(MmR4RRqRecord) "mMR4RRqRecord" {
        1 M recipient_mms_rs_address,
        2 M originator_mms_rs_address,
        3 M message_id,
        4 O mms_3gpp_version,
        5 M originator_address,
        6 M recipient_address,
        7 O mm_date_and_time,
        8 M acknowledgement_request,
        9 O mm_status_code,
        10 O status_text,
        11 O record_time_stamp,
        12 O local_sequence_number,
        13 O record_extensions,
    }
    /// `MMR4RRsRecord`, of the recipient relay/server: MM4 read reply answered.
    47 MmR4RRs(MmR4RRsRecord) "mMR4RRsRecord" {
        1 M recipient_mms_rs_address,
        2 M originator_mms_rs_address,
        3 M message_id,
        4 O mms_3gpp_version,
        5 O request_status_code,
        6 O status_text,
        7 O record_time_stamp,
        8 O local_sequence_number,
        9 O record_extensions,
    }
    /// `MMRMDRecord`, of the recipient relay/server: message deleted.
    48 MmRMD(MmRMDRecord) "mMRMDRecord" {
        1 M originator_mms_rs_address,
        2 O recipient_mms_rs_address,
        3 M message_id,
        4 M message_size,
        5 O mm_status_code,
        6 O status_text,
        7 O record_time_stamp,
        8 O local_sequence_number,
        9 O record_extensions,
    }
    /// `MMFRecord`, of the forwarding relay/server: forwarding by the user.
    49 MmF(MmFRecord) "mMFRecord" {
        1 M forwarding_mms_rs_address,
        2 M message_id,
        3 M forwarding_address,
        4 M recipient_addresses,
        5 O charge_information,
        6 O time_of_expiry,
        7 O earliest_time_of_delivery,
        8 O delivery_report_requested,
        9 O read_reply_requested,
        10 M message_reference,
        11 O mm_status_code,
        12 O status_text,
        13 O record_time_stamp,
        14 O local_sequence_number,
        15 O record_extensions,
        16 O mm_box_storage_information,
    }
    /// `MMBx1SRecord`, of the relay/server with mailboxes: stored.
    50 MmBx1S(MmBx1SRecord) "mMBx1SRecord" {
        1 M mms_relay_address,
        2 M managing_address,
        3 O access_correlation,
        4 O content_type,
        5 O message_size,
        6 O message_reference,
        7 O mm_state,
        8 O mm_flags,
        9 O store_status,
        10 O store_status_text,
        11 O sequence_number,
        12 O time_stamp,
        13 O record_extensions,
        14 O sgsn_plmn_identifier,
        15 O rat_type,
        16 O ms_time_zone,
    }
    /// `MMBx1VRecord`, of the relay/server with mailboxes: viewed.
    51 MmBx1V(MmBx1VRecord) "mMBx1VRecord" {
        1 M mms_relay_address,
        2 M managing_address,
        3 O access_correlation,
        4 O attributes_list,
        5 O message_selection,
        6 O start,
        7 O limit,
        8 O totals_requested,
        9 O quotas_requested,
        10 O mm_listing,
        11 O request_status_code,
        12 O status_text,
        13 O totals,
        14 O quotas,
        15 O sequence_number,
        16 O time_stamp,
        17 O record_extensions,
        18 O sgsn_plmn_identifier,
        19 O rat_type,
        20 O ms_time_zone,
    }
    /// `MMBx1URecord`, of the relay/server with mailboxes: uploaded.
    52 MmBx1U(MmBx1URecord) "mMBx1URecord" {
        1 M mms_relay_address,
        2 M managing_address,
        3 O access_correlation,
        4 M recipients_address_list,
        5 O message_class,
        6 O upload_time,
        7 O time_of_expiry,
        8 O earliest_time_of_delivery,
        9 O priority,
        10 O mm_state,
        11 O mm_flags,
        12 O content_type,
        13 O message_size,
        14 O message_reference,
        15 O request_status_code,
        16 O status_text,
        17 O sequence_number,
        18 O time_stamp,
        19 O record_extensions,
        20 O sgsn_plmn_identifier,
        21 O rat_type,
        22 O ms_time_zone,
    }
    /// `MMBx1DRecord`, of the relay/server with mailboxes: deleted.
    53 MmBx1D(MmBx1DRecord) "mMBx1DRecord" {
        1 M mms_relay_address,
        2 M managing_address,
        3 O access_correlation,
        4 O message_reference,
        5 O request_status_code,
        6 O status_text,
        7 O sequence_number,
        8 O time_stamp,
        9 O record_extensions,
        20 O sgsn_plmn_identifier,
        21 O rat_type,
        22 O ms_time_zone,
    }
    /// `MM7SRecord`, of the relay/server towards a service provider: submission.
    54 Mm7S(Mm7SRecord) "mM7SRecord" {
        1 M originator_mms_rs_address,
        2 O linked_id,
        3 M vasp_id,
        4 M vas_id,
        5 M message_id,
        6 M originator_address,
        7 M recipient_addresses,
        8 O service_code,
        9 M content_type,
        10 O mm_component_type,
        11 M message_size,
        12 O message_class,
        13 O charge_information,
        14 O submission_time,
        15 O time_of_expiry,
        16 O earliest_time_of_delivery,
        17 O delivery_report_requested,
        18 O read_reply_requested,
        19 O reply_charging,
        20 O reply_deadline,
        21 O reply_charging_size,
        22 O priority,
        23 O message_distribution_indicator,
        24 O request_status_code,
        25 O status_text,
        26 M record_time_stamp,
        27 O local_sequence_number,
        28 O record_extensions,
        29 O mscf_information,
    }
    /// `MM7DRqRecord`, of the relay/server towards a service provider: delivery request.
    55 Mm7DRq(Mm7DRqRecord) "mM7DRqRecord" {
        1 M recipient_mms_rs_address,
        2 O linked_id,
        3 O reply_charging_id,
        4 M originator_address,
        5 M recipient_address,
        6 O mm_component_type,
        7 M message_size,
        8 M content_type,
        9 O priority,
        10 O record_time_stamp,
        11 O local_sequence_number,
        12 O record_extensions,
    }
    /// `MM7DRsRecord`, of the relay/server towards a service provider: delivery response.
    56 Mm7DRs(Mm7DRsRecord) "mM7DRsRecord" {
        1 M recipient_mms_rs_address,
        2 M message_id,
        3 M recipient_address,
        4 O service_code,
        5 O request_status_code,
        6 O status_text,
        7 O record_time_stamp,
        8 O local_sequence_number,
        9 O record_extensions,
    }
    /// `MM7CRecord`, of the relay/server towards a service provider: cancellation.
    57 Mm7C(Mm7CRecord) "mM7CRecord" {
        1 M originator_mms_rs_address,
        2 M vasp_id,
        3 M vas_id,
        4 M message_id,
        5 M originator_address,
        6 O service_code,
        7 O request_status_code,
        8 O status_text,
        9 O record_time_stamp,
        10 O local_sequence_number,
        11 O record_extensions,
    }
    /// `MM7RRecord`, of the relay/server towards a service provider: replacement.
    58 Mm7R(Mm7RRecord) "mM7RRecord" {
        1 M originator_mms_rs_address,
        2 M vasp_id,
        3 M vas_id,
        4 M message_id,
        5 M originator_address,
        6 O service_code,
        7 M content_type,
        8 O submission_time,
        9 O time_of_expiry,
        10 O earliest_time_of_delivery,
        11 O request_status_code,
        12 O status_text,
        13 O record_time_stamp,
        14 O local_sequence_number,
        15 O record_extensions,
    }
    /// `MM7DRRqRecord`, of the relay/server towards a service provider: delivery report.
    59 Mm7DRRq(Mm7DRRqRecord) "mM7DRRqRecord" {
        1 O recipient_mms_rs_address,
        2 M message_id,
        3 O originator_address,
        4 M recipient_address,
        5 O mm_date_and_time,
        6 M mm_status_code,
        7 O mm_status_text,
        8 O record_time_stamp,
        9 O local_sequence_number,
        10 O record_extensions,
    }
    /// `MM7DRRsRecord`, of the relay/server towards a service provider: delivery report answered.
    60 Mm7DRRs(Mm7DRRsRecord) "mM7DRRsRecord" {
        1 O recipient_mms_rs_address,
        2 M message_id,
        3 O originator_address,
        4 M recipient_address,
        5 O request_status_code,
        6 O status_text,
        7 O record_time_stamp,
        8 O local_sequence_number,
        9 O record_extensions,
    }
    /// `MM7RRqRecord`, of the relay/server towards a service provider: read reply.
    61 Mm7RRq(Mm7RRqRecord) "mM7RRqRecord" {
        1 O recipient_mms_rs_address,
        2 M message_id,
        3 O originator_address,
        4 M recipient_address,
        5 O mm_date_and_time,
        6 M read_status,
        7 O mm_status_text,
        8 O record_time_stamp,
        9 O local_sequence_number,
        10 O record_extensions,
    }
    /// `MM7RRsRecord`, of the relay/server towards a service provider: read reply answered.
    62 Mm7RRs(Mm7RRsRecord) "mM7RRsRecord" {
        1 O recipient_mms_rs_address,
        2 M message_id,
        3 O originator_address,
        4 M recipient_address,
        5 O request_status_code,
        6 O status_text,
        7 O record_time_stamp,
        8 O local_sequence_number,
        9 O record_extensions,
    }
}

/// The domain of a relay.
impl From<&str> for RsAddress {
    fn from(domain: &str) -> Self {
        Self { domain_name: Some(Bytes::copy_from_slice(domain.as_bytes())), ..Self::default() }
    }
}

impl From<IpAddress> for RsAddress {
    fn from(address: IpAddress) -> Self {
        Self { ip_address: Some(address), ..Self::default() }
    }
}
