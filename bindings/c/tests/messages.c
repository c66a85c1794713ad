/* Usage: messages VECTORS. Messages decoded, read, made and written; what they say was read by hand from the grammar. */
#include "support.h"

static const char PHONE[] = "+447700900123/TYPE=PLMN";

static void reads_a_notification(void) {
    mms_pdu *pdu = decoded("notification-full");
    mms_value value;
    char text[64];
    CHECK(mms_pdu_type(pdu) == MMS_TYPE_M_NOTIFICATION_IND);
    CHECK(mms_pdu_deviation_count(pdu) == 0);
    CHECK(is(mms_pdu_text(pdu, MMS_FIELD_TRANSACTION_ID, 0), "T1a2b3c"));
    CHECK(mms_pdu_number(pdu, MMS_FIELD_MMS_VERSION, 0, 0) == MMS_VERSION_1_2);
    CHECK(mms_pdu_number(pdu, MMS_FIELD_MESSAGE_CLASS, 0, 0) == MMS_MESSAGE_CLASS_PERSONAL);
    CHECK(mms_pdu_number(pdu, MMS_FIELD_MESSAGE_SIZE, 0, 0) == 27999);
    CHECK(is(mms_pdu_text(pdu, MMS_FIELD_CONTENT_LOCATION, 0), "http://mmsc.example.net/m?id=7Qx2"));

    CHECK(mms_pdu_get(pdu, MMS_FIELD_FROM, 0, &value) == MMS_OK);
    CHECK(value.kind == MMS_KIND_ADDRESS && value.token == MMS_ADDRESS_PHONE && is(value.text, "+447700900123"));
    CHECK(value.count == MMS_NO_COUNT && value.type.octets == NULL);
    CHECK(mms_pdu_get(pdu, MMS_FIELD_SUBJECT, 0, &value) == MMS_OK);
    CHECK(value.kind == MMS_KIND_TEXT && value.charset == 106 && is(value.text, "\xc3\x89t\xc3\xa9"));
    CHECK(mms_pdu_get(pdu, MMS_FIELD_EXPIRY, 0, &value) == MMS_OK);
    CHECK(value.kind == MMS_KIND_INTERVAL && value.number == 172800);

    CHECK(mms_pdu_get(pdu, MMS_FIELD_SUBJECT, 1, &value) == MMS_ERROR_ABSENT && value.kind == MMS_KIND_NONE);
    CHECK(mms_pdu_get(pdu, MMS_FIELD_PRIORITY, 0, &value) == MMS_ERROR_ABSENT);
    CHECK(mms_pdu_get(pdu, MMS_FIELD_STATUS, 0, &value) == MMS_ERROR_ABSENT);
    CHECK(mms_pdu_get(pdu, 0x12, 0, &value) == MMS_ERROR_NUMBER);
    CHECK(mms_pdu_text(pdu, MMS_FIELD_MESSAGE_SIZE, 0).octets == NULL);
    CHECK(mms_pdu_number(pdu, MMS_FIELD_SUBJECT, 0, 7) == 7);
    CHECK(mms_pdu_body(pdu) == NULL);

    CHECK(mms_pdu_show(pdu, MMS_FIELD_MESSAGE_CLASS, 0, text, sizeof text) == 8 && strcmp(text, "Personal") == 0);
    CHECK(mms_pdu_show(pdu, MMS_FIELD_FROM, 0, text, sizeof text) == strlen(PHONE) && strcmp(text, PHONE) == 0);
    /* Cut between characters. */
    CHECK(mms_pdu_show(pdu, MMS_FIELD_SUBJECT, 0, text, 5) == 5 && strcmp(text, "\xc3\x89t") == 0);
    CHECK(mms_pdu_show(pdu, MMS_FIELD_SUBJECT, 0, text, 1) == 5 && text[0] == '\0');
    CHECK(mms_pdu_show(pdu, MMS_FIELD_SUBJECT, 0, text, 0) == 5);
    CHECK(mms_pdu_show(pdu, MMS_FIELD_SUBJECT, 0, NULL, 9) == 5);
    CHECK(mms_pdu_show(pdu, MMS_FIELD_PRIORITY, 0, text, sizeof text) == 0 && text[0] == '\0');
    CHECK(is(mms_field_name(MMS_FIELD_SUBJECT), "Subject"));
    CHECK(mms_field_name(0xc5).octets == NULL && mms_field_name(0).octets == NULL);
    mms_pdu_free(pdu);
}

static void reads_parts(void) {
    static const uint8_t gif[] = {'G', 'I', 'F', '8', '9', 'a'};
    mms_pdu *pdu = decoded("send-req-related");
    const mms_part *body = mms_pdu_body(pdu);
    char text[64];
    CHECK(mms_pdu_number(pdu, MMS_FIELD_PRIORITY, 0, 0) == MMS_PRIORITY_NORMAL);
    CHECK(mms_pdu_number(pdu, MMS_FIELD_DELIVERY_REPORT, 0, 7) == 1);
    CHECK(mms_pdu_number(pdu, MMS_FIELD_READ_REPORT, 0, 7) == 0);
    CHECK(mms_pdu_count(pdu, MMS_FIELD_TO) == 2 && mms_pdu_repeats(pdu, MMS_FIELD_TO));
    CHECK(!mms_pdu_repeats(pdu, MMS_FIELD_SUBJECT));
    CHECK(is(mms_pdu_text(pdu, MMS_FIELD_TO, 1), "alice@example.com"));
    mms_value value;
    CHECK(mms_pdu_get(pdu, MMS_FIELD_DATE, 0, &value) == MMS_OK);
    CHECK(value.kind == MMS_KIND_TIME && value.seconds == 1704067200);
    CHECK(mms_pdu_get(pdu, MMS_FIELD_FROM, 0, &value) == MMS_OK && value.kind == MMS_KIND_INSERT_ADDRESS);
    CHECK(mms_pdu_get(pdu, MMS_FIELD_CONTENT_TYPE, 0, &value) == MMS_OK && value.kind == MMS_KIND_BODY);

    CHECK(is(mms_part_text(body, MMS_PART_MEDIA_TYPE), "application/vnd.wap.multipart.related"));
    CHECK(is(mms_part_parameter(body, "START", 5), "<smil>"));
    CHECK(mms_part_count(body) == 3 && mms_part_octets(body).octets == NULL);
    const mms_part *smil = mms_part_at(body, 0), *words = mms_part_at(body, 1), *dot = mms_part_at(body, 2);
    CHECK(mms_part_root(body) == smil && mms_part_at(body, 3) == NULL);
    CHECK(mms_part_find(body, "cid:dot", MMS_NUL_TERMINATED) == dot);
    CHECK(mms_part_find(body, "cid:other", MMS_NUL_TERMINATED) == NULL);
    CHECK(mms_part_octets(smil).length == 292 && memcmp(mms_part_octets(smil).octets, "<smil><head>", 12) == 0);
    CHECK(is(mms_part_text(words, MMS_PART_CONTENT_ID), "<text>"));
    CHECK(is(mms_part_text(words, MMS_PART_CONTENT_LOCATION), "text.txt"));
    CHECK(mms_part_text(words, MMS_PART_DISPOSITION).octets == NULL && mms_part_text(words, 99).octets == NULL);
    CHECK(is(mms_part_parameter(words, "charset", MMS_NUL_TERMINATED), "utf-8"));
    CHECK(mms_part_content_type(words, text, sizeof text) == 40);
    CHECK(strcmp(text, "text/plain; charset=utf-8; name=text.txt") == 0);
    CHECK(mms_part_content(words, text, sizeof text) == 13 && strcmp(text, "H\xc3\xa9llo w\xc3\xb6rld") == 0);
    CHECK(mms_part_name(words, text, sizeof text) == 8 && strcmp(text, "text.txt") == 0);
    CHECK(is(mms_part_text(dot, MMS_PART_DISPOSITION), "attachment"));
    CHECK(mms_part_octets(dot).length == 43 && memcmp(mms_part_octets(dot).octets, gif, sizeof gif) == 0);
    mms_pdu_free(pdu);
}

static void answers_as_the_vectors(void) {
    mms_error error;
    mms_pdu *pdu = decoded("min-m-notification-ind"), *answer;
    CHECK(done(mms_notifyresp(pdu, MMS_MM_STATUS_DEFERRED, &answer, &error), &error));
    CHECK(done(mms_pdu_put_number(answer, MMS_FIELD_REPORT_ALLOWED, 1, &error), &error));
    CHECK(is_written_as(answer, "min-m-notifyresp-ind"));
    mms_pdu_free(answer);
    CHECK(mms_acknowledge(pdu, &answer, &error) == MMS_ERROR_WRONG_PDU && answer == NULL);
    CHECK(strcmp(error.message, "PDU is of another type") == 0 && error.field[0] == '\0');
    CHECK(mms_notifyresp(pdu, 1, &answer, NULL) == MMS_ERROR_NUMBER && answer == NULL);
    mms_pdu_free(pdu);

    pdu = decoded("min-m-retrieve-conf");
    CHECK(done(mms_acknowledge(pdu, &answer, &error), &error));
    CHECK(done(mms_pdu_put_number(answer, MMS_FIELD_REPORT_ALLOWED, 0, &error), &error));
    CHECK(is_written_as(answer, "min-m-acknowledge-ind"));
    mms_pdu_free(answer);
    CHECK(done(mms_read_rec(pdu, MMS_READ_STATUS_READ, &answer, &error), &error));
    CHECK(done(mms_pdu_put_time(answer, MMS_FIELD_DATE, 1704067200, &error), &error));
    CHECK(is_written_as(answer, "min-m-read-rec-ind"));
    mms_pdu_free(answer);
    CHECK(done(mms_pdu_clear(pdu, MMS_FIELD_TRANSACTION_ID, &error), &error));
    CHECK(mms_acknowledge(pdu, &answer, &error) == MMS_ERROR_ABSENT && answer == NULL);
    mms_pdu_free(pdu);
}

/* A PDU with what all requests have. */
static mms_pdu *request(uint8_t type, uint64_t version) {
    mms_pdu *pdu;
    mms_error error;
    CHECK(done(mms_pdu_new(type, &pdu, &error), &error));
    CHECK(done(mms_pdu_put_text(pdu, MMS_FIELD_TRANSACTION_ID, "T1", 2, &error), &error));
    CHECK(done(mms_pdu_put_number(pdu, MMS_FIELD_MMS_VERSION, version, &error), &error));
    return pdu;
}

static void put(mms_pdu *pdu, uint8_t field, const char *text) {
    mms_error error;
    CHECK(done(mms_pdu_put_text(pdu, field, text, MMS_NUL_TERMINATED, &error), &error));
}

static void number(mms_pdu *pdu, uint8_t field, uint64_t value) {
    mms_error error;
    CHECK(done(mms_pdu_put_number(pdu, field, value, &error), &error));
}

static mms_part *hi(void) {
    mms_part *part;
    mms_error error;
    CHECK(done(mms_part_new("text/plain", 10, (const uint8_t *)"hi", 2, &part, &error), &error));
    return part;
}

static void makes_requests(void) {
    mms_error error;
    mms_pdu *pdu = request(MMS_TYPE_M_SEND_REQ, MMS_VERSION_1_2);
    CHECK(done(mms_pdu_put_insert_address(pdu, MMS_FIELD_FROM, &error), &error));
    put(pdu, MMS_FIELD_TO, "+447700900123");
    CHECK(done(mms_pdu_set_body(pdu, hi(), &error), &error));
    CHECK(is_written_as(pdu, "min-m-send-req"));
    mms_pdu_free(pdu);

    pdu = request(MMS_TYPE_M_FORWARD_REQ, MMS_VERSION_1_2);
    CHECK(done(mms_pdu_put_insert_address(pdu, MMS_FIELD_FROM, &error), &error));
    put(pdu, MMS_FIELD_TO, PHONE);
    put(pdu, MMS_FIELD_CONTENT_LOCATION, "http://m.example/1");
    CHECK(is_written_as(pdu, "min-m-forward-req"));
    mms_pdu_free(pdu);

    pdu = request(MMS_TYPE_M_MBOX_STORE_REQ, MMS_VERSION_1_2);
    put(pdu, MMS_FIELD_CONTENT_LOCATION, "http://m.example/1");
    number(pdu, MMS_FIELD_MM_STATE, MMS_MM_STATE_NEW);
    mms_value keyword = {0};
    keyword.kind = MMS_KIND_TEXT;
    keyword.count = MMS_NO_COUNT;
    keyword.text.octets = "holiday";
    keyword.text.length = MMS_NUL_TERMINATED;
    keyword.token = MMS_KEYWORD_ADD;
    CHECK(done(mms_pdu_put(pdu, MMS_FIELD_MM_FLAGS, &keyword, &error), &error));
    CHECK(is_written_as(pdu, "min-m-mbox-store-req"));
    mms_pdu_free(pdu);

    pdu = request(MMS_TYPE_M_MBOX_VIEW_REQ, MMS_VERSION_1_2);
    number(pdu, MMS_FIELD_MM_STATE, MMS_MM_STATE_NEW);
    number(pdu, MMS_FIELD_START, 0);
    number(pdu, MMS_FIELD_LIMIT, 10);
    number(pdu, MMS_FIELD_ATTRIBUTES, MMS_FIELD_FROM);
    number(pdu, MMS_FIELD_ATTRIBUTES, MMS_FIELD_SUBJECT);
    number(pdu, MMS_FIELD_ATTRIBUTES, MMS_FIELD_MESSAGE_SIZE);
    number(pdu, MMS_FIELD_TOTALS, 1);
    number(pdu, MMS_FIELD_QUOTAS, 1);
    CHECK(is_written_as(pdu, "min-m-mbox-view-req"));
    mms_pdu_free(pdu);

    pdu = request(MMS_TYPE_M_MBOX_DELETE_REQ, MMS_VERSION_1_2);
    put(pdu, MMS_FIELD_CONTENT_LOCATION, "http://m.example/box/1");
    put(pdu, MMS_FIELD_CONTENT_LOCATION, "http://m.example/box/2");
    CHECK(mms_pdu_count(pdu, MMS_FIELD_CONTENT_LOCATION) == 2);
    mms_pdu_free(pdu);

    pdu = request(MMS_TYPE_M_CANCEL_REQ, MMS_VERSION_1_3);
    put(pdu, MMS_FIELD_CANCEL_ID, "m1@mmsc.example.net");
    CHECK(is_written_as(pdu, "min-m-cancel-req"));
    mms_pdu_free(pdu);
}

static void makes_multiparts(void) {
    mms_error error;
    mms_part *body, *part;
    mms_pdu *pdu = request(MMS_TYPE_M_SEND_REQ, MMS_VERSION_1_0), *again;
    CHECK(done(mms_pdu_put_insert_address(pdu, MMS_FIELD_FROM, &error), &error));
    put(pdu, MMS_FIELD_BCC, "alice@example.com");
    put(pdu, MMS_FIELD_SUBJECT, "\xc3\x89t\xc3\xa9");
    number(pdu, MMS_FIELD_PRIORITY, MMS_PRIORITY_HIGH);
    CHECK(done(mms_pdu_put_interval(pdu, MMS_FIELD_EXPIRY, 3600, &error), &error));
    CHECK(done(mms_pdu_add_header(pdu, "X-Vendor", 8, "yes", 3, &error), &error));
    CHECK(done(mms_part_new_multipart("application/vnd.wap.multipart.mixed", MMS_NUL_TERMINATED, &body, &error), &error));
    CHECK(done(mms_part_add(body, hi(), &error), &error));
    CHECK(done(mms_part_new("image/gif; name=a.gif", 21, (const uint8_t *)"GIF89a", 6, &part, &error), &error));
    CHECK(done(mms_part_set(part, MMS_PART_CONTENT_ID, "<a>", 3, &error), &error));
    CHECK(done(mms_part_set(part, MMS_PART_CONTENT_LOCATION, "a.gif", 5, &error), &error));
    CHECK(done(mms_part_set(part, MMS_PART_DISPOSITION, "inline", 6, &error), &error));
    CHECK(done(mms_part_add_header(part, "X-Note", 6, "one", 3, &error), &error));
    CHECK(mms_part_set(part, 99, "x", 1, &error) == MMS_ERROR_NUMBER);
    CHECK(done(mms_part_add(body, part, &error), &error));
    part = hi();
    CHECK(mms_part_add(part, hi(), &error) == MMS_ERROR_CONTENT_TYPE);
    mms_part_free(part);
    CHECK(done(mms_pdu_set_body(pdu, body, &error), &error));

    uint8_t octets[512];
    size_t length;
    CHECK(done(mms_encode(pdu, octets, sizeof octets, &length, &error), &error));
    mms_options strict = {0};
    strict.strict = 1;
    CHECK(done(mms_decode(octets, length, &strict, &again, &error), &error));
    const mms_part *second = mms_part_at(mms_pdu_body(again), 1);
    CHECK(is(mms_pdu_text(again, MMS_FIELD_SUBJECT, 0), "\xc3\x89t\xc3\xa9"));
    CHECK(mms_pdu_number(again, MMS_FIELD_EXPIRY, 0, 0) == 3600);
    CHECK(is(mms_part_text(second, MMS_PART_CONTENT_ID), "<a>"));
    CHECK(is(mms_part_text(second, MMS_PART_DISPOSITION), "inline"));
    CHECK(is(mms_part_header(second, "x-note", 6), "one"));
    CHECK(mms_part_octets(second).length == 6 && memcmp(mms_part_octets(second).octets, "GIF89a", 6) == 0);
    mms_extra extra;
    CHECK(mms_pdu_extra_count(again) == 1 && mms_pdu_extra(again, 0, &extra) == MMS_OK);
    CHECK(is(extra.name, "X-Vendor") && extra.field == 0);
    CHECK(extra.value.length == 3 && memcmp(extra.value.octets, "yes", 3) == 0);
    CHECK(mms_pdu_extra(again, 1, &extra) == MMS_ERROR_ABSENT);
    /* A part of a PDU goes into another one, and outlives the first. */
    CHECK(done(mms_part_clone(second, &part, &error), &error));
    mms_pdu_free(again);
    CHECK(mms_part_octets(part).length == 6 && memcmp(mms_part_octets(part).octets, "GIF89a", 6) == 0);
    mms_part_free(part);
    mms_pdu_free(pdu);
}

/* Every field of every PDU can be read and put. */
static void copies_every_pdu_by_its_fields(void) {
    size_t copied = 0;
    for (size_t i = 0; i < vector_count; i++) {
        if (strncmp(vectors[i].name, "min-", 4) != 0) {
            continue;
        }
        mms_error error;
        mms_pdu *pdu = decoded(vectors[i].name), *copy;
        CHECK(done(mms_pdu_new(mms_pdu_type(pdu), &copy, &error), &error));
        uint8_t field;
        for (size_t place = 0; (field = mms_pdu_field(pdu, place)) != 0; place++) {
            for (size_t index = 0; index < mms_pdu_count(pdu, field); index++) {
                mms_value value;
                CHECK(mms_pdu_get(pdu, field, index, &value) == MMS_OK && value.kind != MMS_KIND_NONE);
                if (value.kind == MMS_KIND_BODY) {
                    mms_part *body;
                    CHECK(done(mms_part_clone(mms_pdu_body(pdu), &body, &error), &error));
                    CHECK(done(mms_pdu_set_body(copy, body, &error), &error));
                } else {
                    CHECK(done(mms_pdu_put(copy, field, &value, &error), &error));
                }
            }
        }
        CHECK(is_written_as(copy, vectors[i].name));
        mms_pdu_free(copy);
        mms_pdu_free(pdu);
        copied++;
    }
    CHECK(copied == 24);
}

static void reads_what_counts(void) {
    mms_value value;
    mms_pdu *pdu = decoded("min-m-mbox-delete-conf");
    CHECK(mms_pdu_get(pdu, MMS_FIELD_CONTENT_LOCATION, 0, &value) == MMS_OK);
    CHECK(value.kind == MMS_KIND_STRING && value.count == 0 && is(value.text, "http://m.example/box/2"));
    CHECK(mms_pdu_get(pdu, MMS_FIELD_RESPONSE_STATUS, 0, &value) == MMS_OK && value.kind == MMS_KIND_TOKEN);
    CHECK(value.count == 0 && value.number == MMS_RESPONSE_STATUS_ERROR_PERMANENT_MESSAGE_NOT_FOUND);
    CHECK(mms_pdu_get(pdu, MMS_FIELD_RESPONSE_TEXT, 0, &value) == MMS_OK);
    CHECK(value.kind == MMS_KIND_TEXT && value.count == 0 && is(value.text, "not found"));
    mms_pdu_free(pdu);

    pdu = decoded("min-m-mbox-view-conf");
    CHECK(mms_pdu_get(pdu, MMS_FIELD_MBOX_TOTALS, 0, &value) == MMS_OK);
    CHECK(value.kind == MMS_KIND_NUMBER && value.token == MMS_UNIT_MESSAGES && value.number == 5);
    CHECK(mms_pdu_get(pdu, MMS_FIELD_MBOX_QUOTAS, 0, &value) == MMS_OK);
    CHECK(value.token == MMS_UNIT_MESSAGES && value.number == 50);
    CHECK(mms_pdu_get(pdu, MMS_FIELD_MBOX_QUOTAS, 1, &value) == MMS_OK);
    CHECK(value.token == MMS_UNIT_OCTETS && value.number == 1000000);
    mms_pdu_free(pdu);
    pdu = decoded("min-m-mbox-store-req");
    CHECK(mms_pdu_get(pdu, MMS_FIELD_MM_FLAGS, 0, &value) == MMS_OK);
    CHECK(value.kind == MMS_KIND_TEXT && value.token == MMS_KEYWORD_ADD && is(value.text, "holiday"));
    mms_pdu_free(pdu);
}

static void says_what_is_wrong(void) {
    static const uint8_t acknowledge[] = {0x8c, 0x85, 0x8d, 0x92};
    mms_pdu *pdu;
    mms_error error;
    mms_options options = {0};
    CHECK(done(mms_decode(acknowledge, sizeof acknowledge, NULL, &pdu, &error), &error));
    CHECK(mms_pdu_deviation_count(pdu) == 1 && mms_pdu_deviation(pdu, 0, &error) == MMS_OK);
    CHECK(error.code == MMS_DEVIATION_MISSING_FIELD && error.offset == 4);
    CHECK(strcmp(error.field, "X-Mms-Transaction-ID") == 0);
    CHECK(strcmp(error.message, "mandatory field is missing") == 0);
    CHECK(mms_pdu_deviation(pdu, 1, &error) == MMS_ERROR_ABSENT);
    size_t length = 1;
    CHECK(mms_encode(pdu, NULL, 0, &length, &error) == MMS_ENCODE_MISSING_FIELD && length == 0);
    CHECK(error.code == MMS_ENCODE_MISSING_FIELD && strcmp(error.field, "X-Mms-Transaction-ID") == 0);
    CHECK(mms_pdu_put_number(pdu, MMS_FIELD_STATUS, MMS_MM_STATUS_RETRIEVED, &error) == MMS_ENCODE_NO_SUCH_FIELD);
    CHECK(strcmp(error.field, "X-Mms-Status") == 0);
    CHECK(mms_pdu_put_number(pdu, MMS_FIELD_REPORT_ALLOWED, 2, &error) == MMS_ENCODE_NOT_EXPRESSIBLE);
    CHECK(mms_pdu_put_text(pdu, MMS_FIELD_TRANSACTION_ID, "\xff", 1, &error) == MMS_ERROR_UTF8);
    CHECK(mms_pdu_put_text(pdu, MMS_FIELD_TRANSACTION_ID, NULL, 1, &error) == MMS_ERROR_NULL);
    CHECK(mms_pdu_put_text(pdu, MMS_FIELD_TRANSACTION_ID, NULL, MMS_NUL_TERMINATED, &error) == MMS_ERROR_NULL);
    CHECK(mms_pdu_put_text(pdu, MMS_FIELD_TRANSACTION_ID, "T", SIZE_MAX / 2 + 2, &error) == MMS_ERROR_LENGTH);
    CHECK(mms_pdu_put_text(pdu, MMS_FIELD_TRANSACTION_ID, "T\r\n", 3, &error) == MMS_OK);
    CHECK(mms_encode(pdu, NULL, 0, &length, &error) == MMS_ENCODE_CONTROL_CHARACTER);
    mms_pdu_free(pdu);

    options.strict = 1;
    CHECK(mms_decode(acknowledge, sizeof acknowledge, &options, &pdu, &error) == MMS_DECODE_MISSING_FIELD);
    CHECK(pdu == NULL && error.offset == 4 && strcmp(error.field, "X-Mms-Transaction-ID") == 0);
    const vector *quote = named("+var-15-content-id-without-0x22");
    CHECK(mms_decode(quote->octets, quote->length, &options, &pdu, &error) > 0x40000000 && pdu == NULL);
    const vector *related = named("send-req-related");
    options.strict = 0;
    options.parts = 2;
    options.octets_per_part = SIZE_MAX;
    CHECK(mms_decode(related->octets, related->length, &options, &pdu, &error) == MMS_DECODE_LIMIT_EXCEEDED);
    CHECK(mms_decode(related->octets, 0, NULL, &pdu, &error) != MMS_OK && pdu == NULL);
}

static void takes_null(void) {
    const vector *v = named("notification-full");
    mms_pdu *pdu = NULL;
    mms_value value;
    mms_part *part;
    uint32_t joined;
    size_t length;
    char text[4];
    CHECK(mms_decode(NULL, 5, NULL, &pdu, NULL) == MMS_ERROR_NULL && pdu == NULL);
    CHECK(mms_decode(v->octets, v->length, NULL, NULL, NULL) == MMS_ERROR_NULL);
    CHECK(mms_decode(v->octets, SIZE_MAX, NULL, &pdu, NULL) == MMS_ERROR_LENGTH);
    CHECK(mms_pdu_new(MMS_TYPE_M_SEND_REQ, NULL, NULL) == MMS_ERROR_NULL);
    CHECK(mms_pdu_clone(NULL, &pdu, NULL) == MMS_ERROR_NULL);
    CHECK(mms_pdu_type(NULL) == 0 && mms_pdu_deviation_count(NULL) == 0 && mms_pdu_field(NULL, 0) == 0);
    CHECK(mms_pdu_count(NULL, MMS_FIELD_TO) == 0 && mms_pdu_extra_count(NULL) == 0);
    CHECK(mms_pdu_deviation(NULL, 0, NULL) == MMS_ERROR_NULL && mms_pdu_extra(NULL, 0, NULL) == MMS_ERROR_NULL);
    CHECK(mms_pdu_get(NULL, MMS_FIELD_TO, 0, &value) == MMS_ERROR_NULL);
    CHECK(mms_pdu_get(NULL, MMS_FIELD_TO, 0, NULL) == MMS_ERROR_NULL);
    CHECK(mms_pdu_text(NULL, MMS_FIELD_TO, 0).octets == NULL && mms_pdu_number(NULL, MMS_FIELD_TO, 0, 3) == 3);
    CHECK(mms_pdu_show(NULL, MMS_FIELD_TO, 0, text, sizeof text) == 0 && text[0] == '\0');
    CHECK(mms_pdu_put(NULL, MMS_FIELD_TO, &value, NULL) == MMS_ERROR_NULL);
    CHECK(mms_pdu_put_insert_address(NULL, MMS_FIELD_FROM, NULL) == MMS_ERROR_NULL);
    CHECK(mms_pdu_clear(NULL, MMS_FIELD_TO, NULL) == MMS_ERROR_NULL);
    CHECK(mms_pdu_add_header(NULL, "a", 1, "b", 1, NULL) == MMS_ERROR_NULL);
    CHECK(mms_pdu_body(NULL) == NULL && mms_pdu_set_body(NULL, hi(), NULL) == MMS_ERROR_NULL);
    CHECK(mms_encode(NULL, NULL, 0, &length, NULL) == MMS_ERROR_NULL && length == 0);
    CHECK(mms_encode(NULL, NULL, 0, NULL, NULL) == MMS_ERROR_NULL);
    CHECK(mms_notifyresp(NULL, MMS_MM_STATUS_DEFERRED, &pdu, NULL) == MMS_ERROR_NULL);
    CHECK(mms_read_rec(NULL, MMS_READ_STATUS_READ, &pdu, NULL) == MMS_ERROR_NULL);
    CHECK(mms_part_count(NULL) == 0 && mms_part_at(NULL, 0) == NULL && mms_part_root(NULL) == NULL);
    CHECK(mms_part_find(NULL, "a", 1) == NULL && mms_part_octets(NULL).octets == NULL);
    CHECK(mms_part_text(NULL, MMS_PART_CONTENT_ID).octets == NULL && mms_part_header(NULL, "a", 1).octets == NULL);
    CHECK(mms_part_content(NULL, text, 4) == 0 && mms_part_name(NULL, text, 4) == 0);
    CHECK(mms_part_new("no type", 7, NULL, 0, &part, NULL) == MMS_ERROR_CONTENT_TYPE && part == NULL);
    CHECK(mms_part_add(NULL, hi(), NULL) == MMS_ERROR_NULL && mms_part_set(NULL, 1, "a", 1, NULL) == MMS_ERROR_NULL);
    CHECK(mms_push_decode(NULL, 1, NULL, NULL, NULL) == MMS_ERROR_NULL && mms_push_data(NULL).octets == NULL);
    CHECK(mms_push_pdu(NULL, NULL, &pdu, NULL) == MMS_ERROR_NULL && mms_push_application(NULL).octets == NULL);
    CHECK(mms_joiner_add(NULL, "a", 1, v->octets, v->length, &joined, NULL) == MMS_ERROR_NULL);
    CHECK(mms_joiner_data(NULL).octets == NULL && mms_joiner_port(NULL) == -1);
    mms_pdu_free(NULL);
    mms_part_free(NULL);
    mms_push_free(NULL);
    mms_joiner_free(NULL);
}

static int released;

static void release(void *context) {
    released++;
    free(context);
}

static void shares_the_callers_octets(void) {
    const vector *v = named("send-req-related");
    mms_error error;
    mms_pdu *pdu, *copy;
    uint8_t *octets = malloc(v->length);
    CHECK(octets != NULL);
    memcpy(octets, v->octets, v->length);
    CHECK(done(mms_decode_shared(octets, v->length, release, octets, NULL, &pdu, &error), &error));
    const uint8_t *part = mms_part_octets(mms_part_at(mms_pdu_body(pdu), 2)).octets;
    CHECK(part > octets && part < octets + v->length);
    CHECK(done(mms_pdu_clone(pdu, &copy, &error), &error));
    mms_pdu_free(pdu);
    CHECK(released == 0 && mms_part_octets(mms_part_at(mms_pdu_body(copy), 2)).octets == part);
    mms_pdu_free(copy);
    CHECK(released == 1);
    octets = malloc(1);
    CHECK(octets != NULL);
    octets[0] = 0;
    CHECK(mms_decode_shared(octets, 1, release, octets, NULL, &pdu, &error) != MMS_OK && released == 2);
    CHECK(done(mms_decode_shared(v->octets, v->length, NULL, NULL, NULL, &pdu, &error), &error));
    mms_pdu_free(pdu);
}

static void reads_a_push(void) {
    const vector *v = named("push-notification"), *inside = named("notification-full");
    mms_error error;
    mms_push *push;
    mms_pdu *pdu;
    char text[64];
    CHECK(done(mms_push_decode(v->octets, v->length, NULL, &push, &error), &error));
    CHECK(is(mms_push_application(push), "x-wap-application:mms.ua"));
    CHECK(is(mms_push_header(push, "x-wap-application-id", MMS_NUL_TERMINATED), "x-wap-application:mms.ua"));
    CHECK(mms_push_content_type(push, text, sizeof text) == 31);
    CHECK(strcmp(text, "application/vnd.wap.mms-message") == 0);
    mms_octets data = mms_push_data(push);
    CHECK(data.length == inside->length && memcmp(data.octets, inside->octets, data.length) == 0);
    CHECK(mms_push_deviation_count(push) == 0 && mms_push_deviation(push, 0, &error) == MMS_ERROR_ABSENT);
    CHECK(done(mms_push_pdu(push, NULL, &pdu, &error), &error));
    mms_push_free(push);
    CHECK(is(mms_pdu_text(pdu, MMS_FIELD_TRANSACTION_ID, 0), "T1a2b3c"));
    mms_pdu_free(pdu);
}

static void joins_segments(void) {
    const vector *first = named("sms-deliver-seg1-of-2"), *second = named("sms-deliver-seg2-of-2");
    const vector *pdu = named("notification-full-long-uri");
    mms_error error;
    mms_joiner *joiner;
    uint32_t joined;
    CHECK(done(mms_joiner_new(NULL, &joiner, &error), &error));
    CHECK(done(mms_joiner_add_deliver(joiner, second->octets, second->length, &joined, &error), &error));
    CHECK(joined == MMS_JOINED_WAITING && mms_joiner_data(joiner).octets == NULL && mms_joiner_port(joiner) == -1);
    CHECK(done(mms_joiner_add_deliver(joiner, first->octets, first->length, &joined, &error), &error));
    CHECK(joined == MMS_JOINED_COMPLETE && mms_joiner_port(joiner) == 2948);
    mms_octets data = mms_joiner_data(joiner);
    CHECK(data.length == pdu->length + 6 && memcmp(data.octets + 6, pdu->octets, pdu->length) == 0);
    mms_push *push;
    CHECK(done(mms_push_decode(data.octets, data.length, NULL, &push, &error), &error));
    mms_push_free(push);
    CHECK(done(mms_joiner_add_deliver(joiner, first->octets, first->length, &joined, &error), &error));
    CHECK(joined == MMS_JOINED_REPEATED && mms_joiner_data(joiner).octets == NULL);
    /* Segment 3 of 2, and user data without its header. */
    static const uint8_t wrong[] = {0x05, 0x00, 0x03, 0x5c, 0x02, 0x00, 'x'}, cut[] = {0x05};
    CHECK(mms_joiner_add(joiner, "1", 1, wrong, sizeof wrong, &joined, &error) != MMS_ERROR_OTHER);
    CHECK(mms_joiner_add(joiner, "1", 1, cut, sizeof cut, &joined, &error) == MMS_DECODE_UNEXPECTED_END);
    CHECK(strcmp(error.field, "UDHL") == 0);
    static const uint8_t one[] = {0x06, 0x05, 0x04, 0x0b, 0x84, 0x23, 0xf0, 'a'};
    CHECK(done(mms_joiner_add(joiner, "1234", 4, one, sizeof one, &joined, &error), &error));
    CHECK(joined == MMS_JOINED_COMPLETE && is(mms_joiner_originator(joiner), "1234"));
    mms_joiner_free(joiner);
}

/* Every vector, cut at every octet, and everything asked of what it is decoded to. */
static void reads_cut_messages(void) {
    size_t decoded_count = 0, touched = 0;
    for (size_t i = 0; i < vector_count; i++) {
        for (size_t length = 0; length <= vectors[i].length; length += 1 + length / 64) {
            uint8_t *octets = malloc(length + 1), *written;
            CHECK(octets != NULL);
            memcpy(octets, vectors[i].octets, length);
            mms_pdu *pdu;
            mms_error error;
            mms_code code = mms_decode(octets, length, NULL, &pdu, &error);
            free(octets);
            CHECK((code == MMS_OK) == (pdu != NULL) && code == error.code);
            if (pdu == NULL) {
                CHECK(error.message[0] != '\0');
                continue;
            }
            decoded_count++;
            char text[32];
            uint8_t field;
            for (size_t place = 0; (field = mms_pdu_field(pdu, place)) != 0; place++) {
                for (size_t index = 0; index < mms_pdu_count(pdu, field); index++) {
                    mms_value value;
                    CHECK(mms_pdu_get(pdu, field, index, &value) == MMS_OK);
                    /* A sanitizer sees texts that are not there. */
                    touched += value.text.length > 0 ? (size_t)value.text.octets[value.text.length - 1] : 0;
                    mms_pdu_show(pdu, field, index, text, sizeof text);
                    CHECK(strlen(text) < sizeof text);
                }
            }
            const mms_part *body = mms_pdu_body(pdu);
            for (size_t part = 0; part < mms_part_count(body); part++) {
                mms_part_content_type(mms_part_at(body, part), text, sizeof text);
                mms_part_content(mms_part_at(body, part), text, sizeof text);
                mms_part_name(mms_part_at(body, part), text, sizeof text);
            }
            size_t size;
            code = mms_encode(pdu, NULL, 0, &size, &error);
            CHECK(code == MMS_ERROR_ROOM || size == 0);
            written = malloc(size + 1);
            CHECK(written != NULL);
            CHECK(mms_encode(pdu, written, size, &size, &error) == (code == MMS_ERROR_ROOM ? MMS_OK : code));
            free(written);
            mms_pdu_free(pdu);
        }
    }
    CHECK(decoded_count > 1000 && touched > 0);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    read_vectors(argv[1]);
    reads_a_notification();
    reads_parts();
    answers_as_the_vectors();
    makes_requests();
    makes_multiparts();
    copies_every_pdu_by_its_fields();
    reads_what_counts();
    says_what_is_wrong();
    takes_null();
    shares_the_callers_octets();
    reads_a_push();
    joins_segments();
    reads_cut_messages();
    free_vectors();
    puts("messages: ok");
    return 0;
}
