/* Usage: walk VECTORS. Octets are read where they are, by a library that has no memory: its allocator fails the test. */
#include "support.h"

static void *allocate(size_t size, size_t alignment, void *context) {
    (void)size, (void)alignment, (void)context;
    fputs("the walk allocates\n", stderr);
    exit(1);
}

static void release(void *memory, size_t size, size_t alignment, void *context) {
    (void)memory, (void)size, (void)alignment, (void)context;
}

static bool shows(size_t length, const char *text, const char *expected) {
    return length == strlen(expected) && strcmp(text, expected) == 0;
}

/* The field of a message with this number. */
static mms_raw found(const vector *v, uint8_t field) {
    mms_walk walk = {v->octets, v->length, 0};
    mms_raw raw;
    mms_error error;
    do {
        CHECK(done(mms_walk_next(&walk, &raw, &error), &error));
    } while (raw.field != field);
    return raw;
}

static void reads_a_notification(void) {
    const vector *v = named("notification-full");
    mms_walk walk = {v->octets, v->length, 0};
    mms_raw raw;
    mms_value time;
    mms_error error;
    char text[64];
    size_t count = 0;
    mms_code code;
    while ((code = mms_walk_next(&walk, &raw, &error)) == MMS_OK) {
        CHECK(raw.name.octets == NULL && raw.offset < v->length && v->octets[raw.offset] == raw.field);
        count++;
    }
    CHECK(code == MMS_END && error.code == MMS_END && count == 9 && walk.offset == v->length);

    raw = found(v, MMS_FIELD_MESSAGE_TYPE);
    CHECK(mms_raw_token(&raw) == MMS_TYPE_M_NOTIFICATION_IND && raw.offset == 0);
    raw = found(v, MMS_FIELD_TRANSACTION_ID);
    CHECK(shows(mms_raw_text(&raw, text, sizeof text), text, "T1a2b3c"));
    CHECK(mms_raw_number(&raw, 7) == 7 && mms_raw_token(&raw) == 0);
    CHECK(mms_raw_time(&raw, &time) == MMS_ERROR_ABSENT && time.kind == MMS_KIND_NONE);
    raw = found(v, MMS_FIELD_MMS_VERSION);
    CHECK(mms_raw_number(&raw, 0) == MMS_VERSION_1_2);
    raw = found(v, MMS_FIELD_FROM);
    CHECK(shows(mms_raw_address(&raw, text, sizeof text), text, "+447700900123/TYPE=PLMN"));
    raw = found(v, MMS_FIELD_SUBJECT);
    CHECK(shows(mms_raw_text(&raw, text, sizeof text), text, "\xc3\x89t\xc3\xa9"));
    CHECK(mms_raw_text(&raw, text, 2) == 5 && text[0] == '\0');
    raw = found(v, MMS_FIELD_MESSAGE_CLASS);
    CHECK(mms_raw_token(&raw) == MMS_MESSAGE_CLASS_PERSONAL && mms_raw_text(&raw, text, sizeof text) == 0);
    raw = found(v, MMS_FIELD_MESSAGE_SIZE);
    CHECK(mms_raw_number(&raw, 0) == 27999);
    raw = found(v, MMS_FIELD_EXPIRY);
    CHECK(mms_raw_time(&raw, &time) == MMS_OK && time.kind == MMS_KIND_INTERVAL && time.number == 172800);
    raw = found(v, MMS_FIELD_CONTENT_LOCATION);
    CHECK(shows(mms_raw_text(&raw, text, sizeof text), text, "http://mmsc.example.net/m?id=7Qx2"));
    CHECK(mms_raw_body(&raw).octets == NULL && mms_raw_media_type(&raw).octets == NULL);
}

static void reads_parts(void) {
    const vector *v = named("send-req-related");
    mms_raw raw = found(v, MMS_FIELD_CONTENT_TYPE);
    mms_part_walk parts;
    mms_raw_part part;
    char text[64];
    CHECK(is(mms_raw_media_type(&raw), "application/vnd.wap.multipart.related"));
    CHECK(mms_raw_parts(&raw, &parts) == MMS_OK && parts.offset == 1);
    CHECK(mms_part_walk_next(&parts, &part) == MMS_OK && is(mms_raw_part_media_type(&part), "application/smil"));
    CHECK(part.data.length == 292 && part.offset == 1);
    CHECK(mms_part_walk_next(&parts, &part) == MMS_OK && is(mms_raw_part_media_type(&part), "text/plain"));
    CHECK(shows(mms_raw_part_text(&part, MMS_PART_CONTENT_ID, text, sizeof text), text, "<text>"));
    CHECK(shows(mms_raw_part_text(&part, MMS_PART_CONTENT_LOCATION, text, sizeof text), text, "text.txt"));
    CHECK(mms_raw_part_text(&part, MMS_PART_DISPOSITION, text, sizeof text) == 0);
    CHECK(shows(mms_raw_part_content(&part, text, sizeof text), text, "H\xc3\xa9llo w\xc3\xb6rld"));
    CHECK(mms_part_walk_next(&parts, &part) == MMS_OK && is(mms_raw_part_media_type(&part), "image/gif"));
    CHECK(part.data.length == 43 && memcmp(part.data.octets, "GIF89a", 6) == 0);
    CHECK(mms_part_walk_next(&parts, &part) == MMS_END);

    raw = found(v, MMS_FIELD_DATE);
    mms_value time;
    CHECK(mms_raw_time(&raw, &time) == MMS_OK && time.kind == MMS_KIND_TIME && time.seconds == 1704067200);
    CHECK(mms_raw_parts(&raw, &parts) == MMS_ERROR_ABSENT);
    raw = found(v, MMS_FIELD_FROM);
    CHECK(mms_raw_address(&raw, text, sizeof text) == 0);
}

static void reads_push_and_user_data(void) {
    const vector *v = named("push-notification"), *inside = named("notification-full");
    mms_walk walk;
    mms_raw raw;
    CHECK(mms_walk_push(v->octets, v->length, &walk) == MMS_OK && walk.length == inside->length);
    CHECK(mms_walk_next(&walk, &raw, NULL) == MMS_OK && mms_raw_token(&raw) == MMS_TYPE_M_NOTIFICATION_IND);
    CHECK(mms_walk_push(inside->octets, inside->length, &walk) == MMS_DECODE_NOT_A_MESSAGE && walk.octets == NULL);

    /* What is behind the 15 octets of the SMS-DELIVER. */
    const vector *segment = named("sms-deliver-seg2-of-2");
    mms_user_data data;
    CHECK(mms_user_data_read(segment->octets + 15, segment->length - 15, &data) == MMS_OK);
    CHECK(data.port == 2948 && data.reference == 0x5c && data.total == 2 && data.index == 2);
    CHECK(data.data.length == 15 && memcmp(data.data.octets, "0000-7Qx2-0001", 15) == 0);
    CHECK(mms_user_data_read(segment->octets + 15, 5, &data) == MMS_DECODE_UNEXPECTED_END && data.data.octets == NULL);
}

static void reads_headers_and_errors(void) {
    static const uint8_t named_header[] = {'X', '-', 'A', 0, 'b', 0, 0x96, 'c', 0, 0x05};
    mms_walk walk = {named_header, sizeof named_header, 0};
    mms_raw raw;
    mms_error error;
    char text[8];
    CHECK(mms_walk_next(&walk, &raw, &error) == MMS_OK && raw.field == 0 && is(raw.name, "X-A"));
    CHECK(shows(mms_raw_text(&raw, text, sizeof text), text, "b"));
    CHECK(mms_walk_next(&walk, &raw, &error) == MMS_OK && raw.field == MMS_FIELD_SUBJECT && raw.offset == 6);
    CHECK(mms_walk_next(&walk, &raw, &error) == MMS_DECODE_UNEXPECTED_OCTET && error.offset == 9);
    CHECK(mms_walk_next(&walk, &raw, &error) == MMS_END);
    CHECK(mms_walk_next(NULL, &raw, &error) == MMS_ERROR_NULL);
    walk.offset = SIZE_MAX;
    CHECK(mms_walk_next(&walk, &raw, NULL) == MMS_END);
    walk.octets = NULL;
    CHECK(mms_walk_next(&walk, &raw, NULL) == MMS_ERROR_NULL);
    CHECK(mms_raw_text(NULL, text, 8) == 0 && mms_raw_token(NULL) == 0 && mms_raw_number(NULL, 3) == 3);
    CHECK(mms_raw_parts(NULL, NULL) == MMS_ERROR_NULL && mms_part_walk_next(NULL, NULL) == MMS_ERROR_NULL);
    CHECK(mms_user_data_read(NULL, 0, NULL) == MMS_ERROR_NULL && mms_walk_push(NULL, 1, &walk) == MMS_ERROR_NULL);
}

/* Every vector, cut at every octet. */
static void reads_cut_messages(void) {
    size_t count = 0;
    for (size_t i = 0; i < vector_count; i++) {
        for (size_t length = 0; length <= vectors[i].length; length += 1 + length / 64) {
            uint8_t *octets = malloc(length + 1);
            CHECK(octets != NULL);
            memcpy(octets, vectors[i].octets, length);
            /* So that a sanitizer sees what is read behind the end. */
            octets = realloc(octets, length > 0 ? length : 1);
            mms_walk walk = {octets, length, 0};
            mms_raw raw;
            mms_value time;
            char text[32];
            while (mms_walk_next(&walk, &raw, NULL) == MMS_OK) {
                mms_part_walk parts;
                mms_raw_part part;
                mms_raw_text(&raw, text, sizeof text);
                mms_raw_address(&raw, text, sizeof text);
                mms_raw_time(&raw, &time);
                mms_raw_number(&raw, 0);
                if (mms_raw_parts(&raw, &parts) == MMS_OK) {
                    while (mms_part_walk_next(&parts, &part) == MMS_OK) {
                        mms_raw_part_media_type(&part);
                        mms_raw_part_text(&part, MMS_PART_CONTENT_ID, text, sizeof text);
                        mms_raw_part_content(&part, text, sizeof text);
                    }
                }
                count++;
            }
            free(octets);
        }
    }
    CHECK(count > 10000);
}

int main(int argc, char **argv) {
    static const mms_allocator none = {allocate, release, NULL};
    CHECK(argc == 2);
    read_vectors(argv[1]);
    CHECK(mms_set_allocator(&none) == MMS_OK);
    reads_a_notification();
    reads_parts();
    reads_push_and_user_data();
    reads_headers_and_errors();
    reads_cut_messages();
    free_vectors();
    puts("walk: ok");
    return 0;
}
