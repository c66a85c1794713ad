/*
 * mms_codec: MM1, push and short messages of the Multimedia Messaging Service.
 *
 * What holds for all functions:
 *
 * - Handles (mms_pdu, mms_push, mms_part, mms_joiner) belong to the caller, who frees each once by the function named
 *   after it. A function that takes a handle over says so.
 * - What a handle is asked for (texts, octets, parts) belongs to the handle, and is valid until the handle is freed or
 *   given to a function without `const`. What a function is given is used during the call only, unless it says more.
 * - A pointer is either NULL or valid for what it is declared as: readable, and writable if it is not const. Pointers
 *   that one call writes to do not overlap each other or anything that it reads. Memory to be written may be
 *   uninitialised.
 * - NULL where something is needed is MMS_ERROR_NULL; a getter returns that there is no value. NULL with length 0 is no
 *   octets. `error` may always be NULL.
 * - The length of a text is in octets, or MMS_NUL_TERMINATED. Texts are UTF-8.
 * - Functions that return mms_code return MMS_OK or what went wrong, and change nothing then except for what they say.
 * - There is no state beside the handles and the allocator: threads may use different handles at the same time, and the
 *   same one as long as all calls take it as const.
 * - No input makes a function abort. A defect of the library ends the process by `abort`, and so does an allocator
 *   without memory: nothing unwinds into C.
 */

#ifndef MMS_CODEC_H
#define MMS_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The length of a text that ends with NUL.
 */
#define MMS_NUL_TERMINATED SIZE_MAX

/**
 * A part of a message: octets, or further parts.
 */
typedef struct mms_part mms_part;

/**
 * The fields of MM1.
 */
enum mms_field {
  MMS_FIELD_BCC = 0x81,
  MMS_FIELD_CC = 0x82,
  MMS_FIELD_CONTENT_LOCATION = 0x83,
  MMS_FIELD_CONTENT_TYPE = 0x84,
  MMS_FIELD_DATE = 0x85,
  MMS_FIELD_DELIVERY_REPORT = 0x86,
  MMS_FIELD_DELIVERY_TIME = 0x87,
  MMS_FIELD_EXPIRY = 0x88,
  MMS_FIELD_FROM = 0x89,
  MMS_FIELD_MESSAGE_CLASS = 0x8A,
  MMS_FIELD_MESSAGE_ID = 0x8B,
  MMS_FIELD_MESSAGE_TYPE = 0x8C,
  MMS_FIELD_MMS_VERSION = 0x8D,
  MMS_FIELD_MESSAGE_SIZE = 0x8E,
  MMS_FIELD_PRIORITY = 0x8F,
  MMS_FIELD_READ_REPORT = 0x90,
  MMS_FIELD_REPORT_ALLOWED = 0x91,
  MMS_FIELD_RESPONSE_STATUS = 0x92,
  MMS_FIELD_RESPONSE_TEXT = 0x93,
  MMS_FIELD_SENDER_VISIBILITY = 0x94,
  MMS_FIELD_STATUS = 0x95,
  MMS_FIELD_SUBJECT = 0x96,
  MMS_FIELD_TO = 0x97,
  MMS_FIELD_TRANSACTION_ID = 0x98,
  MMS_FIELD_RETRIEVE_STATUS = 0x99,
  MMS_FIELD_RETRIEVE_TEXT = 0x9A,
  MMS_FIELD_READ_STATUS = 0x9B,
  MMS_FIELD_REPLY_CHARGING = 0x9C,
  MMS_FIELD_REPLY_CHARGING_DEADLINE = 0x9D,
  MMS_FIELD_REPLY_CHARGING_ID = 0x9E,
  MMS_FIELD_REPLY_CHARGING_SIZE = 0x9F,
  MMS_FIELD_PREVIOUSLY_SENT_BY = 0xA0,
  MMS_FIELD_PREVIOUSLY_SENT_DATE = 0xA1,
  MMS_FIELD_STORE = 0xA2,
  MMS_FIELD_MM_STATE = 0xA3,
  MMS_FIELD_MM_FLAGS = 0xA4,
  MMS_FIELD_STORE_STATUS = 0xA5,
  MMS_FIELD_STORE_STATUS_TEXT = 0xA6,
  MMS_FIELD_STORED = 0xA7,
  MMS_FIELD_ATTRIBUTES = 0xA8,
  MMS_FIELD_TOTALS = 0xA9,
  MMS_FIELD_MBOX_TOTALS = 0xAA,
  MMS_FIELD_QUOTAS = 0xAB,
  MMS_FIELD_MBOX_QUOTAS = 0xAC,
  MMS_FIELD_MESSAGE_COUNT = 0xAD,
  MMS_FIELD_CONTENT = 0xAE,
  MMS_FIELD_START = 0xAF,
  MMS_FIELD_ADDITIONAL_HEADERS = 0xB0,
  MMS_FIELD_DISTRIBUTION_INDICATOR = 0xB1,
  MMS_FIELD_ELEMENT_DESCRIPTOR = 0xB2,
  MMS_FIELD_LIMIT = 0xB3,
  MMS_FIELD_RECOMMENDED_RETRIEVAL_MODE = 0xB4,
  MMS_FIELD_RECOMMENDED_RETRIEVAL_MODE_TEXT = 0xB5,
  MMS_FIELD_STATUS_TEXT = 0xB6,
  MMS_FIELD_APPLIC_ID = 0xB7,
  MMS_FIELD_REPLY_APPLIC_ID = 0xB8,
  MMS_FIELD_AUX_APPLIC_INFO = 0xB9,
  MMS_FIELD_CONTENT_CLASS = 0xBA,
  MMS_FIELD_DRM_CONTENT = 0xBB,
  MMS_FIELD_ADAPTATION_ALLOWED = 0xBC,
  MMS_FIELD_REPLACE_ID = 0xBD,
  MMS_FIELD_CANCEL_ID = 0xBE,
  MMS_FIELD_CANCEL_STATUS = 0xBF
};

/**
 * The types of PDUs.
 */
enum mms_type {
  MMS_TYPE_M_SEND_REQ = 0x80,
  MMS_TYPE_M_SEND_CONF = 0x81,
  MMS_TYPE_M_NOTIFICATION_IND = 0x82,
  MMS_TYPE_M_NOTIFYRESP_IND = 0x83,
  MMS_TYPE_M_RETRIEVE_CONF = 0x84,
  MMS_TYPE_M_ACKNOWLEDGE_IND = 0x85,
  MMS_TYPE_M_DELIVERY_IND = 0x86,
  MMS_TYPE_M_READ_REC_IND = 0x87,
  MMS_TYPE_M_READ_ORIG_IND = 0x88,
  MMS_TYPE_M_FORWARD_REQ = 0x89,
  MMS_TYPE_M_FORWARD_CONF = 0x8A,
  MMS_TYPE_M_MBOX_STORE_REQ = 0x8B,
  MMS_TYPE_M_MBOX_STORE_CONF = 0x8C,
  MMS_TYPE_M_MBOX_VIEW_REQ = 0x8D,
  MMS_TYPE_M_MBOX_VIEW_CONF = 0x8E,
  MMS_TYPE_M_MBOX_UPLOAD_REQ = 0x8F,
  MMS_TYPE_M_MBOX_UPLOAD_CONF = 0x90,
  MMS_TYPE_M_MBOX_DELETE_REQ = 0x91,
  MMS_TYPE_M_MBOX_DELETE_CONF = 0x92,
  MMS_TYPE_M_MBOX_DESCR = 0x93,
  MMS_TYPE_M_DELETE_REQ = 0x94,
  MMS_TYPE_M_DELETE_CONF = 0x95,
  MMS_TYPE_M_CANCEL_REQ = 0x96,
  MMS_TYPE_M_CANCEL_CONF = 0x97
};

/**
 * The versions of MMS.
 */
enum mms_version {
  MMS_VERSION_1_0 = 0x10,
  MMS_VERSION_1_1 = 0x11,
  MMS_VERSION_1_2 = 0x12,
  MMS_VERSION_1_3 = 0x13
};

/**
 * Values of MMS_FIELD_MESSAGE_CLASS.
 */
enum mms_message_class {
  MMS_MESSAGE_CLASS_PERSONAL = 0x80,
  MMS_MESSAGE_CLASS_ADVERTISEMENT = 0x81,
  MMS_MESSAGE_CLASS_INFORMATIONAL = 0x82,
  MMS_MESSAGE_CLASS_AUTO = 0x83
};

/**
 * Values of MMS_FIELD_PRIORITY.
 */
enum mms_priority {
  MMS_PRIORITY_LOW = 0x80,
  MMS_PRIORITY_NORMAL = 0x81,
  MMS_PRIORITY_HIGH = 0x82
};

/**
 * Values of MMS_FIELD_SENDER_VISIBILITY.
 */
enum mms_sender_visibility {
  MMS_SENDER_VISIBILITY_HIDE = 0x80,
  MMS_SENDER_VISIBILITY_SHOW = 0x81
};

/**
 * Values of MMS_FIELD_READ_STATUS.
 */
enum mms_read_status {
  MMS_READ_STATUS_READ = 0x80,
  MMS_READ_STATUS_DELETED = 0x81
};

/**
 * Values of MMS_FIELD_REPLY_CHARGING.
 */
enum mms_reply_charging {
  MMS_REPLY_CHARGING_REQUESTED = 0x80,
  MMS_REPLY_CHARGING_REQUESTED_TEXT_ONLY = 0x81,
  MMS_REPLY_CHARGING_ACCEPTED = 0x82,
  MMS_REPLY_CHARGING_ACCEPTED_TEXT_ONLY = 0x83
};

/**
 * Values of MMS_FIELD_CONTENT_CLASS.
 */
enum mms_content_class {
  MMS_CONTENT_CLASS_TEXT = 0x80,
  MMS_CONTENT_CLASS_IMAGE_BASIC = 0x81,
  MMS_CONTENT_CLASS_IMAGE_RICH = 0x82,
  MMS_CONTENT_CLASS_VIDEO_BASIC = 0x83,
  MMS_CONTENT_CLASS_VIDEO_RICH = 0x84,
  MMS_CONTENT_CLASS_MEGAPIXEL = 0x85,
  MMS_CONTENT_CLASS_CONTENT_BASIC = 0x86,
  MMS_CONTENT_CLASS_CONTENT_RICH = 0x87
};

/**
 * Values of MMS_FIELD_STATUS.
 */
enum mms_mm_status {
  MMS_MM_STATUS_EXPIRED = 0x80,
  MMS_MM_STATUS_RETRIEVED = 0x81,
  MMS_MM_STATUS_REJECTED = 0x82,
  MMS_MM_STATUS_DEFERRED = 0x83,
  MMS_MM_STATUS_UNRECOGNISED = 0x84,
  MMS_MM_STATUS_INDETERMINATE = 0x85,
  MMS_MM_STATUS_FORWARDED = 0x86,
  MMS_MM_STATUS_UNREACHABLE = 0x87
};

/**
 * Values of MMS_FIELD_RESPONSE_STATUS.
 */
enum mms_response_status {
  MMS_RESPONSE_STATUS_OK = 0x80,
  MMS_RESPONSE_STATUS_ERROR_UNSPECIFIED = 0x81,
  MMS_RESPONSE_STATUS_ERROR_SERVICE_DENIED = 0x82,
  MMS_RESPONSE_STATUS_ERROR_MESSAGE_FORMAT_CORRUPT = 0x83,
  MMS_RESPONSE_STATUS_ERROR_SENDING_ADDRESS_UNRESOLVED = 0x84,
  MMS_RESPONSE_STATUS_ERROR_MESSAGE_NOT_FOUND = 0x85,
  MMS_RESPONSE_STATUS_ERROR_NETWORK_PROBLEM = 0x86,
  MMS_RESPONSE_STATUS_ERROR_CONTENT_NOT_ACCEPTED = 0x87,
  MMS_RESPONSE_STATUS_ERROR_UNSUPPORTED_MESSAGE = 0x88,
  MMS_RESPONSE_STATUS_ERROR_TRANSIENT_FAILURE = 0xC0,
  MMS_RESPONSE_STATUS_ERROR_TRANSIENT_SENDING_ADDRESS_UNRESOLVED = 0xC1,
  MMS_RESPONSE_STATUS_ERROR_TRANSIENT_MESSAGE_NOT_FOUND = 0xC2,
  MMS_RESPONSE_STATUS_ERROR_TRANSIENT_NETWORK_PROBLEM = 0xC3,
  MMS_RESPONSE_STATUS_ERROR_TRANSIENT_PARTIAL_SUCCESS = 0xC4,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_FAILURE = 0xE0,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_SERVICE_DENIED = 0xE1,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_MESSAGE_FORMAT_CORRUPT = 0xE2,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_SENDING_ADDRESS_UNRESOLVED = 0xE3,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_MESSAGE_NOT_FOUND = 0xE4,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_CONTENT_NOT_ACCEPTED = 0xE5,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_REPLY_CHARGING_LIMITATIONS_NOT_MET = 0xE6,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_REPLY_CHARGING_REQUEST_NOT_ACCEPTED = 0xE7,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_REPLY_CHARGING_FORWARDING_DENIED = 0xE8,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_REPLY_CHARGING_NOT_SUPPORTED = 0xE9,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_ADDRESS_HIDING_NOT_SUPPORTED = 0xEA,
  MMS_RESPONSE_STATUS_ERROR_PERMANENT_LACK_OF_PREPAID = 0xEB
};

/**
 * Values of MMS_FIELD_RETRIEVE_STATUS.
 */
enum mms_retrieve_status {
  MMS_RETRIEVE_STATUS_OK = 0x80,
  MMS_RETRIEVE_STATUS_ERROR_TRANSIENT_FAILURE = 0xC0,
  MMS_RETRIEVE_STATUS_ERROR_TRANSIENT_MESSAGE_NOT_FOUND = 0xC1,
  MMS_RETRIEVE_STATUS_ERROR_TRANSIENT_NETWORK_PROBLEM = 0xC2,
  MMS_RETRIEVE_STATUS_ERROR_PERMANENT_FAILURE = 0xE0,
  MMS_RETRIEVE_STATUS_ERROR_PERMANENT_SERVICE_DENIED = 0xE1,
  MMS_RETRIEVE_STATUS_ERROR_PERMANENT_MESSAGE_NOT_FOUND = 0xE2,
  MMS_RETRIEVE_STATUS_ERROR_PERMANENT_CONTENT_UNSUPPORTED = 0xE3
};

/**
 * Values of MMS_FIELD_STORE_STATUS.
 */
enum mms_store_status {
  MMS_STORE_STATUS_SUCCESS = 0x80,
  MMS_STORE_STATUS_ERROR_TRANSIENT_FAILURE = 0xC0,
  MMS_STORE_STATUS_ERROR_TRANSIENT_NETWORK_PROBLEM = 0xC1,
  MMS_STORE_STATUS_ERROR_PERMANENT_FAILURE = 0xE0,
  MMS_STORE_STATUS_ERROR_PERMANENT_SERVICE_DENIED = 0xE1,
  MMS_STORE_STATUS_ERROR_PERMANENT_MESSAGE_FORMAT_CORRUPT = 0xE2,
  MMS_STORE_STATUS_ERROR_PERMANENT_MESSAGE_NOT_FOUND = 0xE3,
  MMS_STORE_STATUS_ERROR_PERMANENT_MMBOX_FULL = 0xE4
};

/**
 * Values of MMS_FIELD_MM_STATE.
 */
enum mms_mm_state {
  MMS_MM_STATE_DRAFT = 0x80,
  MMS_MM_STATE_SENT = 0x81,
  MMS_MM_STATE_NEW = 0x82,
  MMS_MM_STATE_RETRIEVED = 0x83,
  MMS_MM_STATE_FORWARDED = 0x84
};

/**
 * Values of `token` of MMS_FIELD_MM_FLAGS.
 */
enum mms_keyword {
  MMS_KEYWORD_ADD = 0x80,
  MMS_KEYWORD_REMOVE = 0x81,
  MMS_KEYWORD_FILTER = 0x82
};

/**
 * Values of MMS_FIELD_CANCEL_STATUS.
 */
enum mms_cancel_status {
  MMS_CANCEL_STATUS_RECEIVED = 0x80,
  MMS_CANCEL_STATUS_CORRUPTED = 0x81
};

/**
 * Values of MMS_FIELD_RECOMMENDED_RETRIEVAL_MODE.
 */
enum mms_retrieval_mode {
  MMS_RETRIEVAL_MODE_MANUAL = 0x80
};

/**
 * What lenient decoding forgives and strict decoding refuses.
 */
enum mms_deviation {
  MMS_DEVIATION_MISSING_QUOTE = 0x408E327C,
  MMS_DEVIATION_NEEDLESS_QUOTE = 0x40A6C97B,
  MMS_DEVIATION_QUOTATION_MARKS = 0x4060E608,
  MMS_DEVIATION_UNLABELLED_TEXT = 0x40143D15,
  MMS_DEVIATION_UNDECODABLE_TEXT = 0x40E043F3,
  MMS_DEVIATION_UNKNOWN_CHARSET = 0x40777685,
  MMS_DEVIATION_CUT_CHARACTER = 0x404253B5,
  MMS_DEVIATION_ENCODED_WORD = 0x4057BA35,
  MMS_DEVIATION_MISSING_TERMINATOR = 0x40A34F61,
  MMS_DEVIATION_VALUE_LENGTH_TOO_LONG = 0x40404DC9,
  MMS_DEVIATION_VALUE_LENGTH_TOO_SHORT = 0x4019B2C9,
  MMS_DEVIATION_MISSING_VALUE_LENGTH = 0x40B521F0,
  MMS_DEVIATION_NON_MINIMAL_INTEGER = 0x405F6933,
  MMS_DEVIATION_EMPTY_INTEGER = 0x400009A9,
  MMS_DEVIATION_WRONG_INTEGER_FORM = 0x40F1D162,
  MMS_DEVIATION_CONTROL_CHARACTER = 0x4074D50C,
  MMS_DEVIATION_NON_TEXT_VALUE = 0x4080EDE0,
  MMS_DEVIATION_EMPTY_VALUE = 0x40B0B04F,
  MMS_DEVIATION_UNKNOWN_TOKEN = 0x4009626E,
  MMS_DEVIATION_MISSING_TOKEN = 0x40CA5673,
  MMS_DEVIATION_INVALID_VALUE = 0x4049B734,
  MMS_DEVIATION_ADDRESS_SPELLING = 0x40AD9036,
  MMS_DEVIATION_MISSING_FIELD = 0x400565B0,
  MMS_DEVIATION_DUPLICATE_FIELD = 0x40056970,
  MMS_DEVIATION_UNEXPECTED_FIELD = 0x40FC7CBF,
  MMS_DEVIATION_FIELD_ORDER = 0x4048F80D,
  MMS_DEVIATION_FIELD_CONFLICT = 0x407AA2CE,
  MMS_DEVIATION_NEWER_FIELD = 0x402BB84E,
  MMS_DEVIATION_CODE_PAGE_SHIFT = 0x40920468,
  MMS_DEVIATION_STRAY_OCTETS = 0x40E99D7B,
  MMS_DEVIATION_FIELD_NAME = 0x400C9CCB,
  MMS_DEVIATION_HEADER_SYNTAX = 0x407F83F0,
  MMS_DEVIATION_BARE_LINE_FEED = 0x40B8E777,
  MMS_DEVIATION_LINE_TOO_LONG = 0x40C5EAD7,
  MMS_DEVIATION_DATE_SPELLING = 0x40151270,
  MMS_DEVIATION_NEWER_ENCODING = 0x402E9FCC,
  MMS_DEVIATION_TEXTUAL_PARAMETERS = 0x40954F4B,
  MMS_DEVIATION_INVALID_CONTENT_TYPE = 0x40C49668,
  MMS_DEVIATION_PARAMETER_SYNTAX = 0x4001A58B,
  MMS_DEVIATION_TRANSFER_ENCODING = 0x40DDB474,
  MMS_DEVIATION_INVALID_PART_HEADER = 0x40467144,
  MMS_DEVIATION_BOUNDARY_SYNTAX = 0x40EFA0CD,
  MMS_DEVIATION_WRONG_PART_COUNT = 0x402BD162,
  MMS_DEVIATION_TRUNCATED = 0x401849D1,
  MMS_DEVIATION_TRAILING_OCTETS = 0x403B53AF,
  MMS_DEVIATION_NESTING_TOO_DEEP = 0x403B4BAF,
  MMS_DEVIATION_WRONG_HEADER_LENGTH = 0x40A73FB3,
  MMS_DEVIATION_INVALID_XML = 0x40A68497,
  MMS_DEVIATION_DOCUMENT_TYPE = 0x40E7EF5D,
  MMS_DEVIATION_UNDECLARED_PREFIX = 0x4097E9C6,
  MMS_DEVIATION_LETTER_CASE = 0x4028400B,
  MMS_DEVIATION_SURROUNDING_SPACE = 0x40D6D453,
  MMS_DEVIATION_MISSING_NAMESPACE = 0x40EFADB5,
  MMS_DEVIATION_WRONG_NAMESPACE = 0x4089A687,
  MMS_DEVIATION_UNKNOWN_SCHEMA = 0x400F1438,
  MMS_DEVIATION_MISPLACED_FIELD = 0x4086F227,
  MMS_DEVIATION_UNEXPECTED_ATTRIBUTE = 0x4069A9A4,
  MMS_DEVIATION_MISSING_ENVELOPE = 0x40BC274E,
  MMS_DEVIATION_WRONG_CHARSET = 0x40A4588C,
  MMS_DEVIATION_MISSING_ZONE = 0x401CA0BA,
  MMS_DEVIATION_REFERENCE_SPELLING = 0x403BBB71,
  MMS_DEVIATION_DANGLING_REFERENCE = 0x40C855FC,
  MMS_DEVIATION_MISSING_REFERENCE = 0x4044B8D3,
  MMS_DEVIATION_WRONG_CONTENT_TYPE = 0x406BE4FA,
  MMS_DEVIATION_MISSING_PARAMETER = 0x40ADC9AF,
  MMS_DEVIATION_OLDER_NUMBERING = 0x4004FAE4,
  MMS_DEVIATION_LEADING_OCTETS = 0x40A73B8D,
  MMS_DEVIATION_WRONG_CONTENT_LENGTH = 0x40CE6CD8,
  MMS_DEVIATION_START_LINE = 0x400D4548
};


/**
 * The value of `count` for a field that has none.
 */
#define MMS_NO_COUNT UINT32_MAX

/**
 * How a function ended.
 */
typedef enum mms_status {
  /**
   * It did what it was asked.
   */
  MMS_OK = 0,
  /**
   * A pointer that may not be NULL is NULL.
   */
  MMS_ERROR_NULL = 1,
  /**
   * A length is larger than any object.
   */
  MMS_ERROR_LENGTH = 2,
  /**
   * Text is not UTF-8.
   */
  MMS_ERROR_UTF8 = 3,
  /**
   * The caller's memory is too small.
   */
  MMS_ERROR_ROOM = 4,
  /**
   * There is no such value.
   */
  MMS_ERROR_ABSENT = 5,
  /**
   * The PDU is of another type than the function needs.
   */
  MMS_ERROR_WRONG_PDU = 6,
  /**
   * Too late for an allocator.
   */
  MMS_ERROR_STATE = 7,
  /**
   * A number that is none of the values of its enumeration.
   */
  MMS_ERROR_NUMBER = 8,
  /**
   * The text is not a content type.
   */
  MMS_ERROR_CONTENT_TYPE = 9,
  /**
   * A walk has no more fields or parts.
   */
  MMS_END = 10,
  /**
   * An error of a newer library than this list.
   */
  MMS_ERROR_OTHER = 255,
  /**
   * Decoding: a length announces more octets than are left, or a value ends in the middle.
   */
  MMS_DECODE_UNEXPECTED_END = 257,
  /**
   * Decoding: a mandatory field is missing.
   */
  MMS_DECODE_MISSING_FIELD = 258,
  /**
   * Decoding: an octet that cannot begin or continue what was expected.
   */
  MMS_DECODE_UNEXPECTED_OCTET = 259,
  /**
   * Decoding: a number is larger than its type holds.
   */
  MMS_DECODE_NUMBER_TOO_LARGE = 260,
  /**
   * Decoding: text does not follow the syntax of its field.
   */
  MMS_DECODE_INVALID_TEXT = 261,
  /**
   * Decoding: octets are not text in their charset.
   */
  MMS_DECODE_INVALID_CHARSET = 262,
  /**
   * Decoding: the octets are not what they are said to be.
   */
  MMS_DECODE_NOT_A_MESSAGE = 263,
  /**
   * Decoding: more than `mms_options` allows.
   */
  MMS_DECODE_LIMIT_EXCEEDED = 264,
  /**
   * Encoding: a mandatory field has no value.
   */
  MMS_ENCODE_MISSING_FIELD = 513,
  /**
   * Encoding: a field contradicts the rules of the PDU.
   */
  MMS_ENCODE_FIELD_CONFLICT = 514,
  /**
   * Encoding: a field or value is newer than the version of the PDU.
   */
  MMS_ENCODE_NEWER_FIELD = 515,
  /**
   * Encoding: the PDU does not have the field.
   */
  MMS_ENCODE_NO_SUCH_FIELD = 516,
  /**
   * Encoding: a control character in a value.
   */
  MMS_ENCODE_CONTROL_CHARACTER = 517,
  /**
   * Encoding: text does not follow the syntax of its field.
   */
  MMS_ENCODE_INVALID_TEXT = 518,
  /**
   * Encoding: a character is not in the charset.
   */
  MMS_ENCODE_NOT_IN_CHARSET = 519,
  /**
   * Encoding: a number is larger than the field holds.
   */
  MMS_ENCODE_NUMBER_TOO_LARGE = 520,
  /**
   * Encoding: the field does not have such a value.
   */
  MMS_ENCODE_NOT_EXPRESSIBLE = 521,
  /**
   * Encoding: a reference to a part that is not there.
   */
  MMS_ENCODE_DANGLING_REFERENCE = 522,
  /**
   * Encoding: parts are nested too deep.
   */
  MMS_ENCODE_NESTING_TOO_DEEP = 523,
  /**
   * Joining: the index of a segment is 0 or above the total.
   */
  MMS_JOIN_WRONG_INDEX = 769,
  /**
   * Joining: the segment was there already, with other data.
   */
  MMS_JOIN_OTHER_DATA = 770,
  /**
   * Joining: too many unfinished messages.
   */
  MMS_JOIN_TOO_MANY_MESSAGES = 771,
  /**
   * Joining: too many octets in an unfinished message.
   */
  MMS_JOIN_TOO_MANY_OCTETS = 772,
} mms_status;

/**
 * What kind of value a field has, and which members of `mms_value` say it.
 */
typedef enum mms_kind {
  /**
   * No value.
   */
  MMS_KIND_NONE = 0,
  /**
   * An enumerated value: `number` is its octet, such as MMS_PRIORITY_HIGH or, for the attributes of a mailbox
   * view, MMS_FIELD_SUBJECT.
   */
  MMS_KIND_TOKEN = 1,
  /**
   * Yes or no: `number` is 1 or 0.
   */
  MMS_KIND_FLAG = 2,
  /**
   * A version: `number`, such as MMS_VERSION_1_2.
   */
  MMS_KIND_VERSION = 3,
  /**
   * A size or a count: `number`. In a total or quota of the mailbox, `token` is MMS_UNIT_MESSAGES or
   * MMS_UNIT_OCTETS.
   */
  MMS_KIND_NUMBER = 4,
  /**
   * An identifier or a URI: `text`. For a piece of a message, `type` is its media type.
   */
  MMS_KIND_STRING = 5,
  /**
   * Text for people: `text`, and the `charset` that it travels in. For a keyword, `token` is what to do with it,
   * such as MMS_KEYWORD_ADD.
   */
  MMS_KIND_TEXT = 6,
  /**
   * Text in a `charset` that the library does not convert: `text` is its octets, which are not UTF-8.
   */
  MMS_KIND_OCTETS = 7,
  /**
   * An address: `text` without its type, `token` says what it is, such as MMS_ADDRESS_PHONE.
   */
  MMS_KIND_ADDRESS = 8,
  /**
   * The relay/server is to insert the address of the sender.
   */
  MMS_KIND_INSERT_ADDRESS = 9,
  /**
   * A point of time: `seconds` since 1970 began in UTC.
   */
  MMS_KIND_TIME = 10,
  /**
   * A span of time: `number` is its seconds.
   */
  MMS_KIND_INTERVAL = 11,
  /**
   * The body: see `mms_pdu_body`.
   */
  MMS_KIND_BODY = 12,
} mms_kind;

/**
 * What an address is.
 */
typedef enum mms_address {
  /**
   * To be found out by its text: a number with `+`, a mailbox with `@`, or any notation of MM1 such as
   * `+447700900123/TYPE=PLMN`. Getters do not return it.
   */
  MMS_ADDRESS_ANY = 0,
  /**
   * A phone number.
   */
  MMS_ADDRESS_PHONE = 1,
  /**
   * A mailbox, as it was written: `Joe <joe@example.org>`.
   */
  MMS_ADDRESS_EMAIL = 2,
  /**
   * An IPv4 address.
   */
  MMS_ADDRESS_IPV4 = 3,
  /**
   * An IPv6 address.
   */
  MMS_ADDRESS_IPV6 = 4,
  /**
   * Digits without type: a short code, or a phone number whose type was left out.
   */
  MMS_ADDRESS_SHORT_CODE = 5,
  /**
   * Letters and digits without type.
   */
  MMS_ADDRESS_ALPHANUMERIC = 6,
  /**
   * An address of another type, whose name is `type`.
   */
  MMS_ADDRESS_TYPED = 7,
  /**
   * Anything else.
   */
  MMS_ADDRESS_OTHER = 8,
} mms_address;

/**
 * What a total or quota of the mailbox counts.
 */
typedef enum mms_unit {
  /**
   * Messages.
   */
  MMS_UNIT_MESSAGES = 128,
  /**
   * Octets.
   */
  MMS_UNIT_OCTETS = 129,
} mms_unit;

/**
 * The attributes of a part that are text.
 */
typedef enum mms_attribute {
  /**
   * The media type without parameters, such as `image/jpeg`.
   */
  MMS_PART_MEDIA_TYPE = 1,
  /**
   * The identifier (`Content-ID`), mostly in angle brackets.
   */
  MMS_PART_CONTENT_ID = 2,
  /**
   * The name that other parts refer to it by (`Content-Location`).
   */
  MMS_PART_CONTENT_LOCATION = 3,
  /**
   * How it is to be shown (`Content-Disposition`): `inline`, `attachment`.
   */
  MMS_PART_DISPOSITION = 4,
} mms_attribute;

/**
 * What became of a segment.
 */
typedef enum mms_joined {
  /**
   * Its message waits for others.
   */
  MMS_JOINED_WAITING = 0,
  /**
   * Its message is complete: see `mms_joiner_data`.
   */
  MMS_JOINED_COMPLETE = 1,
  /**
   * It was there already, or its message was complete before.
   */
  MMS_JOINED_REPEATED = 2,
} mms_joined;

/**
 * Joins segments of short messages. They may come in any order, and more than once.
 */
typedef struct mms_joiner mms_joiner;

/**
 * A PDU, and what was forgiven to decode it.
 */
typedef struct mms_pdu mms_pdu;

/**
 * A WSP push, and what was forgiven to decode it.
 */
typedef struct mms_push mms_push;

/**
 * What a function returns: an `mms_status`, or an `mms_deviation` where strict decoding refused a deviation.
 */
typedef int32_t mms_code;

/**
 * An allocator of the caller's. Where threads share the library, both functions may be called by any of them.
 */
typedef struct mms_allocator {
  /**
   * Returns `size` octets at a multiple of `alignment`, a power of two, or NULL if it has none.
   */
  void *(*allocate)(size_t size, size_t alignment, void *context);
  /**
   * Takes back what `allocate` returned for the same size and alignment.
   */
  void (*release)(void *memory, size_t size, size_t alignment, void *context);
  /**
   * Passed to both.
   */
  void *context;
} mms_allocator;

/**
 * Octets that belong to the handle they were asked of. Without octets, `octets` is NULL and `length` is 0.
 */
typedef struct mms_octets {
  /**
   * The octets.
   */
  const uint8_t *octets;
  /**
   * How many there are.
   */
  size_t length;
} mms_octets;

/**
 * Text in UTF-8 that belongs to the handle it was asked of. It is not terminated by NUL: print it by
 * `"%.*s"`. Without text, `octets` is NULL and `length` is 0.
 */
typedef struct mms_str {
  /**
   * The octets.
   */
  const char *octets;
  /**
   * How many there are.
   */
  size_t length;
} mms_str;

/**
 * What went wrong, or what was forgiven. It belongs to the caller, and leads nowhere.
 */
typedef struct mms_error {
  /**
   * An `mms_status` or `mms_deviation`.
   */
  mms_code code;
  /**
   * Where, in octets from the start of the input; 0 if there is none.
   */
  size_t offset;
  /**
   * The specification's name of the field, empty if it is in none; ends with NUL.
   */
  char field[48];
  /**
   * A sentence for people, without offset and field; ends with NUL.
   */
  char message[96];
} mms_error;

/**
 * How to decode. All zeros, as of `mms_options options = {0};`, is what NULL is too: leniently, with the limits
 * that suit any message of a phone.
 */
typedef struct mms_options {
  /**
   * Whether what the specification forbids is an error instead of a deviation: not 0.
   */
  uint32_t strict;
  /**
   * How deep parts may nest, at most 64; 0 for 8.
   */
  size_t depth;
  /**
   * How many parts a message may have; 0 for 64.
   */
  size_t parts;
  /**
   * How many octets allow one more part; 0 for 128.
   */
  size_t octets_per_part;
  /**
   * How many fields, parameters and deviations a message may have; 0 for 440.
   */
  size_t items;
  /**
   * How many octets allow one more of these; 0 for 20.
   */
  size_t octets_per_item;
} mms_options;

/**
 * A value of a field. What its kind does not have is 0; `count` is MMS_NO_COUNT then.
 *
 * Texts that a getter returns belong to the PDU. Texts that a setter takes are copied, and their `length` may be
 * MMS_NUL_TERMINATED.
 */
typedef struct mms_value {
  /**
   * An `mms_kind`.
   */
  uint32_t kind;
  /**
   * How often a message had been sent when it was sent by this address or at this time (1 the first time); which
   * message of a delete confirmation the value belongs to. Else MMS_NO_COUNT.
   */
  uint32_t count;
  /**
   * A number, as the kind says.
   */
  uint64_t number;
  /**
   * Seconds since 1970-01-01T00:00:00Z.
   */
  int64_t seconds;
  /**
   * Text, as the kind says.
   */
  struct mms_str text;
  /**
   * The type of an address or of a piece, if the kind says so.
   */
  struct mms_str type;
  /**
   * The number of the charset in the registry of IANA, 106 for UTF-8; 0 for text that does not say it.
   */
  uint16_t charset;
  /**
   * A qualifier, as the kind says.
   */
  uint8_t token;
} mms_value;

/**
 * A field without a place in its PDU: an application header, or one that is unknown, repeated, out of place, or
 * has a value that cannot be read. Name and value belong to the PDU.
 */
typedef struct mms_extra {
  /**
   * The name of an application header; else NULL.
   */
  struct mms_str name;
  /**
   * The octets of the value; of an application header its text.
   */
  struct mms_octets value;
  /**
   * The number of the field; 0 for an application header, and for octets that belong to no field.
   */
  uint8_t field;
} mms_extra;

/**
 * How much a joiner keeps before it drops the oldest. All zeros is what NULL is too: what suits a phone.
 */
typedef struct mms_join_limits {
  /**
   * How many unfinished messages; 0 for 64.
   */
  size_t messages;
  /**
   * How much memory for them, in octets; 0 for 256 000.
   */
  size_t octets;
  /**
   * How many unfinished messages of one originator; 0 for 16.
   */
  size_t messages_per_originator;
  /**
   * How much memory for those of one originator; 0 for 64 000.
   */
  size_t octets_per_originator;
  /**
   * How much memory to know late copies of segments whose message was finished; 0 for 64 000.
   */
  size_t finished_octets;
} mms_join_limits;

/**
 * A walk through the fields of a PDU, which needs no memory but this and calls no allocator. Begin with the octets of
 * the PDU and offset 0: `mms_walk walk = {octets, length, 0};`. They must not change during the walk.
 */
typedef struct mms_walk {
  /**
   * The octets of the PDU.
   */
  const uint8_t *octets;
  /**
   * How many there are.
   */
  size_t length;
  /**
   * How far the walk is, in octets from the start of the PDU.
   */
  size_t offset;
} mms_walk;

/**
 * A field as it is in a PDU. Name and value are in the octets of the walk.
 */
typedef struct mms_raw {
  /**
   * The octets of the value; of MMS_FIELD_CONTENT_TYPE with the body.
   */
  struct mms_octets value;
  /**
   * The name of an application header; else NULL. It may be no UTF-8.
   */
  struct mms_str name;
  /**
   * Where the field begins, in octets from the start of the PDU.
   */
  size_t offset;
  /**
   * The number of the field (MMS_FIELD_…); 0 for an application header.
   */
  uint8_t field;
} mms_raw;

/**
 * A walk through the parts of a body. All of it is in the octets of the walk that it came from.
 */
typedef struct mms_part_walk {
  /**
   * The parts that were not walked through yet.
   */
  struct mms_octets rest;
  /**
   * Where they begin, in octets from the start of the body.
   */
  size_t offset;
} mms_part_walk;

/**
 * A part as it is in a body. All of it is in the octets of the walk.
 */
typedef struct mms_raw_part {
  /**
   * The content type and the headers.
   */
  struct mms_octets headers;
  /**
   * The content; cut where the body ends.
   */
  struct mms_octets data;
  /**
   * Where the part begins, in octets from the start of the body.
   */
  size_t offset;
} mms_raw_part;

/**
 * The user data of a short message as it is.
 */
typedef struct mms_user_data {
  /**
   * What is behind the header: a push, or a segment of one. It is in the octets that were asked.
   */
  struct mms_octets data;
  /**
   * The port it is for, such as 2948; -1 if it has none.
   */
  int32_t port;
  /**
   * The reference that the segments of a message have in common; -1 if this is no segment.
   */
  int32_t reference;
  /**
   * How many segments there are, and which one this is, from 1 on; 1 and 1 if this is no segment.
   */
  uint8_t total;
  /**
   * See `total`.
   */
  uint8_t index;
} mms_user_data;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Gives the library an allocator, once, before any other function is called. `allocator` and what its `context`
 * leads to have to live as long as the program. The library ends the process by `abort` when an allocator returns
 * NULL: what a message may take is bounded by `mms_options`.
 *
 * MMS_ERROR_STATE if the library has an allocator already, or has allocated.
 */
mms_code mms_set_allocator(const struct mms_allocator *allocator);

/**
 * How many parts a part consists of; 0 for one that is no multipart.
 */
size_t mms_part_count(const mms_part *part);

/**
 * The part with this index of a multipart; NULL beyond the last.
 */
const mms_part *mms_part_at(const mms_part *part, size_t index);

/**
 * The part of a body that a reference leads to: `cid:` and a Content-ID, or a Content-Location. NULL if there is
 * none.
 */
const mms_part *mms_part_find(const mms_part *body,
                              const char *reference,
                              size_t length);

/**
 * The part of a `multipart/related` body that is to be shown first, mostly the presentation; NULL if there is none.
 */
const mms_part *mms_part_root(const mms_part *body);

/**
 * The octets of a part, as they are in the message; NULL for a multipart. They belong to the part.
 */
struct mms_octets mms_part_octets(const mms_part *part);

/**
 * An attribute of a part (MMS_PART_…); NULL if absent. It belongs to the part.
 */
struct mms_str mms_part_text(const mms_part *part, uint32_t attribute);

/**
 * The value of a parameter of the content type, such as `name` or `charset`; NULL if absent. It belongs to the
 * part.
 */
struct mms_str mms_part_parameter(const mms_part *part,
                                  const char *name,
                                  size_t length);

/**
 * The value of a header of a part that is not an attribute; NULL if absent. It belongs to the part.
 */
struct mms_str mms_part_header(const mms_part *part, const char *name, size_t length);

/**
 * The content type with its parameters, as MIME writes it, written into `text` as `snprintf` does. Returns the length
 * of all of it without NUL.
 */
size_t mms_part_content_type(const mms_part *part,
                             char *text,
                             size_t size);

/**
 * The file name of a part, wherever it is, written into `text` as `snprintf` does. Returns the length of all of it
 * without NUL; 0 if there is none.
 */
size_t mms_part_name(const mms_part *part,
                     char *text,
                     size_t size);

/**
 * The content of a text part in UTF-8, converted from its charset, written into `text` as `snprintf` does. Where
 * octets are not text in that charset, there are replacement characters. Returns the length of all of it without NUL;
 * 0 for a multipart.
 */
size_t mms_part_content(const mms_part *part,
                        char *text,
                        size_t size);

/**
 * Makes a part of octets, which are copied. `content_type` is as MIME writes it: `text/plain; charset=utf-8`.
 * `*part` belongs to the caller until it is given to a multipart or a PDU, or freed by `mms_part_free`.
 */
mms_code mms_part_new(const char *content_type_text,
                      size_t content_type_length,
                      const uint8_t *octets,
                      size_t length,
                      mms_part **part,
                      struct mms_error *error);

/**
 * Makes a multipart without parts, such as `application/vnd.wap.multipart.mixed`. It belongs to the caller as the part
 * of `mms_part_new` does.
 */
mms_code mms_part_new_multipart(const char *content_type_text,
                                size_t content_type_length,
                                mms_part **part,
                                struct mms_error *error);

/**
 * Adds a part to a multipart that belongs to the caller. It takes `part` over, also on failure.
 */
mms_code mms_part_add(mms_part *multipart, mms_part *part, struct mms_error *error);

/**
 * Sets an attribute (MMS_PART_…) of a part that belongs to the caller. The text is copied.
 */
mms_code mms_part_set(mms_part *part,
                      uint32_t attribute,
                      const char *text,
                      size_t length,
                      struct mms_error *error);

/**
 * Adds a header to a part that belongs to the caller. Name and value are copied.
 */
mms_code mms_part_add_header(mms_part *part,
                             const char *name,
                             size_t name_length,
                             const char *value,
                             size_t value_length,
                             struct mms_error *error);

/**
 * Makes a copy of a part, such as one of a PDU to be forwarded. Octets are shared, not copied. It belongs to the caller
 * as the part of `mms_part_new` does.
 */
mms_code mms_part_clone(const mms_part *part,
                        mms_part **copy,
                        struct mms_error *error);

/**
 * Frees a part that belongs to the caller. NULL is no part.
 */
void mms_part_free(mms_part *part);

/**
 * Decodes a PDU. `octets` are copied: they need not outlive the call. `options` may be NULL. `*pdu` is the new
 * handle, which `mms_pdu_free` frees, and NULL on failure.
 */
mms_code mms_decode(const uint8_t *octets,
                    size_t length,
                    const struct mms_options *options,
                    struct mms_pdu **pdu,
                    struct mms_error *error);

/**
 * Decodes a PDU as `mms_decode` does, without copying `octets`. They must not change until the library calls
 * `release(context)`, once, by whichever thread frees the last PDU or part made of them; if decoding fails, before
 * the function returns. Without `release`, they must never change.
 */
mms_code mms_decode_shared(const uint8_t *octets,
                           size_t length,
                           void (*release)(void *context),
                           void *context,
                           const struct mms_options *options,
                           struct mms_pdu **pdu,
                           struct mms_error *error);

/**
 * Makes a PDU of a type (MMS_TYPE_…) without fields. Its version is the first that has the PDU.
 */
mms_code mms_pdu_new(uint8_t message_type, struct mms_pdu **pdu, struct mms_error *error);

/**
 * Makes a copy of a PDU; the octets of its parts are shared.
 */
mms_code mms_pdu_clone(const struct mms_pdu *pdu, struct mms_pdu **copy, struct mms_error *error);

/**
 * Frees a PDU, and with it everything that was asked of it. NULL is no PDU.
 */
void mms_pdu_free(struct mms_pdu *pdu);

/**
 * The type of a PDU (MMS_TYPE_…); 0 for NULL.
 */
uint8_t mms_pdu_type(const struct mms_pdu *pdu);

/**
 * How many deviations were forgiven to decode a PDU.
 */
size_t mms_pdu_deviation_count(const struct mms_pdu *pdu);

/**
 * The deviation with this index, in the order of the octets.
 */
mms_code mms_pdu_deviation(const struct mms_pdu *pdu, size_t index, struct mms_error *deviation);

/**
 * The field with this index of those that a PDU may have, in the order they are written; 0 beyond the last.
 */
uint8_t mms_pdu_field(const struct mms_pdu *pdu,
                      size_t index);

/**
 * Whether a PDU may have a field more than once.
 */
bool mms_pdu_repeats(const struct mms_pdu *pdu, uint8_t field);

/**
 * The name of a field in the specification. It lives as long as the program.
 */
struct mms_str mms_field_name(uint8_t field);

/**
 * How many values of a field a PDU has.
 */
size_t mms_pdu_count(const struct mms_pdu *pdu, uint8_t field);

/**
 * The value of a field with this index, 0 for the first. Its texts belong to the PDU, until that is changed or freed.
 * MMS_ERROR_ABSENT if there are not so many.
 */
mms_code mms_pdu_get(const struct mms_pdu *pdu,
                     uint8_t field,
                     size_t index,
                     struct mms_value *value);

/**
 * The text of a value: a string, a text or an address. NULL if there is none, or it is none of these. It
 * belongs to the PDU, until that is changed or freed.
 */
struct mms_str mms_pdu_text(const struct mms_pdu *pdu,
                            uint8_t field,
                            size_t index);

/**
 * The number of a value: a token, a flag, a version, a number, the seconds of a span of time. `otherwise` if
 * there is none, or it is none of these.
 */
uint64_t mms_pdu_number(const struct mms_pdu *pdu,
                        uint8_t field,
                        size_t index,
                        uint64_t otherwise);

/**
 * Any value as people read it, in the words of the specification, written into `text` as `snprintf` does: at most
 * `size` octets with NUL, whole characters only. Returns the length of all of it without NUL; 0 if there is none.
 */
size_t mms_pdu_show(const struct mms_pdu *pdu,
                    uint8_t field,
                    size_t index,
                    char *text,
                    size_t size);

/**
 * How many fields a PDU has that have no place in it.
 */
size_t mms_pdu_extra_count(const struct mms_pdu *pdu);

/**
 * The field with this index of those that have no place in the PDU.
 */
mms_code mms_pdu_extra(const struct mms_pdu *pdu, size_t index, struct mms_extra *extra);

/**
 * Adds an application header. Name and value are copied.
 */
mms_code mms_pdu_add_header(struct mms_pdu *pdu,
                            const char *name,
                            size_t name_length,
                            const char *value,
                            size_t value_length,
                            struct mms_error *error);

/**
 * Puts a value into a field: in place of the one that it has, or behind those of a field that may be repeated. The
 * type of the field decides: it takes any kind of value that has a form of that type, such as MMS_KIND_STRING
 * for an address. What `value` leads to is copied.
 *
 * MMS_ENCODE_NO_SUCH_FIELD if the PDU does not have the field; MMS_ENCODE_NOT_EXPRESSIBLE for a value that the
 * field cannot have. What the rules of the PDU forbid is found by `mms_encode`.
 */
mms_code mms_pdu_put(struct mms_pdu *pdu,
                     uint8_t field,
                     const struct mms_value *value,
                     struct mms_error *error);

/**
 * Puts text into a field as `mms_pdu_put` does: a string, a text in UTF-8, or an address in any notation.
 */
mms_code mms_pdu_put_text(struct mms_pdu *pdu,
                          uint8_t field,
                          const char *text,
                          size_t length,
                          struct mms_error *error);

/**
 * Puts a number into a field as `mms_pdu_put` does: a token, 1 or 0 of a flag, a version, a size or a count.
 */
mms_code mms_pdu_put_number(struct mms_pdu *pdu,
                            uint8_t field,
                            uint64_t number,
                            struct mms_error *error);

/**
 * Puts a point of time into a field, in seconds since 1970-01-01T00:00:00Z.
 */
mms_code mms_pdu_put_time(struct mms_pdu *pdu,
                          uint8_t field,
                          int64_t seconds,
                          struct mms_error *error);

/**
 * Puts a span of time into a field, in seconds.
 */
mms_code mms_pdu_put_interval(struct mms_pdu *pdu,
                              uint8_t field,
                              uint64_t seconds,
                              struct mms_error *error);

/**
 * Says that the relay/server is to insert the address of the sender: MMS_FIELD_FROM of what a phone sends.
 */
mms_code mms_pdu_put_insert_address(struct mms_pdu *pdu,
                                    uint8_t field,
                                    struct mms_error *error);

/**
 * Takes all values of a field out. The version of a PDU stays.
 */
mms_code mms_pdu_clear(struct mms_pdu *pdu, uint8_t field, struct mms_error *error);

/**
 * The body of a PDU; NULL if it has none. It belongs to the PDU, until that is changed or freed.
 */
const mms_part *mms_pdu_body(const struct mms_pdu *pdu);

/**
 * Gives a PDU a body: a part of `mms_part_new` or `mms_part_new_multipart`. It takes the part over, also on
 * failure.
 */
mms_code mms_pdu_set_body(struct mms_pdu *pdu,
                          mms_part *body,
                          struct mms_error *error);

/**
 * Writes a PDU into the caller's memory. `*length` is the number of its octets, also if `size` is too small for
 * them, which is MMS_ERROR_ROOM; it is 0 if the PDU cannot be written. `octets` may be NULL to ask for the length.
 */
mms_code mms_encode(const struct mms_pdu *pdu,
                    uint8_t *octets,
                    size_t size,
                    size_t *length,
                    struct mms_error *error);

/**
 * Makes the M-NotifyResp.ind that answers an M-Notification.ind. `status` says what the client does:
 * MMS_MM_STATUS_RETRIEVED, MMS_MM_STATUS_REJECTED, MMS_MM_STATUS_DEFERRED or MMS_MM_STATUS_UNRECOGNISED. To let no
 * delivery report be sent, put 0 into MMS_FIELD_REPORT_ALLOWED.
 */
mms_code mms_notifyresp(const struct mms_pdu *notification,
                        uint8_t status,
                        struct mms_pdu **answer,
                        struct mms_error *error);

/**
 * Makes the M-Acknowledge.ind for an M-Retrieve.conf. MMS_ERROR_ABSENT if the relay/server wants none: it gave no
 * transaction identifier.
 */
mms_code mms_acknowledge(const struct mms_pdu *retrieve_conf,
                         struct mms_pdu **answer,
                         struct mms_error *error);

/**
 * Makes the M-Read-Rec.ind that says what became of the message in an M-Retrieve.conf: MMS_READ_STATUS_READ or
 * MMS_READ_STATUS_DELETED_WITHOUT_BEING_READ.
 */
mms_code mms_read_rec(const struct mms_pdu *retrieve_conf,
                      uint8_t status,
                      struct mms_pdu **answer,
                      struct mms_error *error);

/**
 * Decodes a push, which carries a PDU to a phone. `octets` are copied. `*push` is the new handle, which
 * `mms_push_free` frees, and NULL on failure.
 */
mms_code mms_push_decode(const uint8_t *octets,
                         size_t length,
                         const struct mms_options *options,
                         struct mms_push **push,
                         struct mms_error *error);

/**
 * Frees a push, and with it everything that was asked of it except for PDUs. NULL is no push.
 */
void mms_push_free(struct mms_push *push);

/**
 * Decodes the PDU in a push; MMS_DECODE_NOT_A_MESSAGE if the content type is not that of MMS. Offsets count from the
 * start of the push. The PDU does not need the push any more.
 */
mms_code mms_push_pdu(const struct mms_push *push,
                      const struct mms_options *options,
                      struct mms_pdu **pdu,
                      struct mms_error *error);

/**
 * The data of a push. It belongs to the push.
 */
struct mms_octets mms_push_data(const struct mms_push *push);

/**
 * The application that a push is for, such as `x-wap-application:mms.ua`; NULL if unknown. It belongs to the push.
 */
struct mms_str mms_push_application(const struct mms_push *push);

/**
 * The value of a header of a push; NULL if absent. It belongs to the push.
 */
struct mms_str mms_push_header(const struct mms_push *push, const char *name, size_t length);

/**
 * The content type of a push with its parameters, as MIME writes it, written into `text` as `snprintf` does. Returns
 * the length of all of it without NUL.
 */
size_t mms_push_content_type(const struct mms_push *push,
                             char *text,
                             size_t size);

/**
 * How many deviations were forgiven to decode a push, without those of its PDU.
 */
size_t mms_push_deviation_count(const struct mms_push *push);

/**
 * The deviation with this index, in the order of the octets.
 */
mms_code mms_push_deviation(const struct mms_push *push, size_t index, struct mms_error *deviation);

/**
 * Makes a joiner, which `mms_joiner_free` frees. `limits` may be NULL.
 */
mms_code mms_joiner_new(const struct mms_join_limits *limits,
                        struct mms_joiner **joiner,
                        struct mms_error *error);

/**
 * Frees a joiner. NULL is no joiner.
 */
void mms_joiner_free(struct mms_joiner *joiner);

/**
 * Adds a segment: the user data of a short message, header first (TP-UD, with TP-UDHI set), and its originator as
 * text. Both are copied. `*joined` is an `mms_joined`.
 */
mms_code mms_joiner_add(struct mms_joiner *joiner,
                        const char *originator,
                        size_t originator_length,
                        const uint8_t *user_data,
                        size_t length,
                        uint32_t *joined,
                        struct mms_error *error);

/**
 * Adds a segment: a whole SMS-DELIVER (TS 23.040, 9.2.2.1), without the address of the service centre. It is copied.
 * `*joined` is an `mms_joined`.
 */
mms_code mms_joiner_add_deliver(struct mms_joiner *joiner,
                                const uint8_t *deliver,
                                size_t length,
                                uint32_t *joined,
                                struct mms_error *error);

/**
 * The message that the last segment completed: a push, if its port is one of a push. NULL if it completed none. It
 * belongs to the joiner, until the next segment is added.
 */
struct mms_octets mms_joiner_data(const struct mms_joiner *joiner);

/**
 * The originator of that message. It belongs to the joiner, until the next segment is added.
 */
struct mms_str mms_joiner_originator(const struct mms_joiner *joiner);

/**
 * The port that message was sent to, such as 2948; -1 if it has none.
 */
int32_t mms_joiner_port(const struct mms_joiner *joiner);

/**
 * The next field of a PDU. MMS_END after the last one; an error ends the walk too.
 */
mms_code mms_walk_next(struct mms_walk *walk, struct mms_raw *field, struct mms_error *error);

/**
 * The value of a field as text in UTF-8, written into `text` as `snprintf` does: an identifier, a URI, text for people.
 * UTF-8, US-ASCII, ISO-8859-1 and UTF-16 are converted; what is not text is a replacement character. Returns the length of
 * all of it without NUL; 0 if the value is no text.
 */
size_t mms_raw_text(const struct mms_raw *field,
                    char *text,
                    size_t size);

/**
 * The value of a field as an address in the notation of MM1, such as `+447700900123/TYPE=PLMN`, written as
 * `mms_raw_text` does. Returns 0 also for a sender that the relay/server is to insert.
 */
size_t mms_raw_address(const struct mms_raw *field,
                       char *text,
                       size_t size);

/**
 * The value of a field as a number: a size, a count, or a version such as MMS_VERSION_1_2. `otherwise` if it is none.
 */
uint64_t mms_raw_number(const struct mms_raw *field,
                        uint64_t otherwise);

/**
 * The value of a field as the octet of an enumeration, such as MMS_PRIORITY_HIGH, or 0x80 for yes and 0x81 for no; 0
 * if it is none.
 */
uint8_t mms_raw_token(const struct mms_raw *field);

/**
 * The value of a field as a time: `time->kind` is MMS_KIND_TIME or MMS_KIND_INTERVAL. MMS_ERROR_ABSENT if it is none.
 */
mms_code mms_raw_time(const struct mms_raw *field,
                      struct mms_value *time);

/**
 * The media type of the body in MMS_FIELD_CONTENT_TYPE, without parameters; NULL if it has no name. It is in the octets
 * of the walk, or lives as long as the program.
 */
struct mms_str mms_raw_media_type(const struct mms_raw *field);

/**
 * The octets of the body in MMS_FIELD_CONTENT_TYPE, in the octets of the walk.
 */
struct mms_octets mms_raw_body(const struct mms_raw *field);

/**
 * Begins a walk through the parts of a multipart body in MMS_FIELD_CONTENT_TYPE. MMS_ERROR_ABSENT if it is no multipart.
 */
mms_code mms_raw_parts(const struct mms_raw *field,
                       struct mms_part_walk *parts);

/**
 * The next part of a body. MMS_END after the last one that can be read.
 */
mms_code mms_part_walk_next(struct mms_part_walk *parts, struct mms_raw_part *part);

/**
 * The media type of a part, without parameters; NULL if it has no name. It is in the octets of the walk, or lives as
 * long as the program.
 */
struct mms_str mms_raw_part_media_type(const struct mms_raw_part *part);

/**
 * An attribute of a part, MMS_PART_CONTENT_ID or MMS_PART_CONTENT_LOCATION, written as `mms_raw_text` does.
 */
size_t mms_raw_part_text(const struct mms_raw_part *part,
                         uint32_t attribute,
                         char *text,
                         size_t size);

/**
 * The content of a text part in UTF-8, written as `mms_raw_text` does.
 */
size_t mms_raw_part_content(const struct mms_raw_part *part, char *text, size_t size);

/**
 * Begins a walk through the PDU in a push. MMS_DECODE_NOT_A_MESSAGE if the octets are not a push of MMS.
 */
mms_code mms_walk_push(const uint8_t *octets,
                       size_t length,
                       struct mms_walk *walk);

/**
 * Reads the user data of a short message, header first (TP-UD, with TP-UDHI set). MMS_DECODE_UNEXPECTED_END if the
 * header reaches beyond the end.
 */
mms_code mms_user_data_read(const uint8_t *octets,
                            size_t length,
                            struct mms_user_data *user_data);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* MMS_CODEC_H */
