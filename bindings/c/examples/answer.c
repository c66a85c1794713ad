/* Usage: answer NOTIFICATION ANSWER. Decodes an M-Notification.ind, says what it announces, and writes the
 * M-NotifyResp.ind that defers the message and lets no delivery report be sent. */
#include <mms_codec.h>

#include <stdio.h>

static int failed(const char *what, const mms_error *error) {
    fprintf(stderr, "cannot %s: %s at octet %zu, field %s\n", what, error->message, error->offset, error->field);
    return 1;
}

int main(int argc, char **argv) {
    uint8_t octets[4096];
    mms_error error;
    mms_pdu *notification, *answer = NULL;
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: answer NOTIFICATION ANSWER\n");
        return 2;
    }
    size_t length = fread(octets, 1, sizeof octets, file);
    fclose(file);

    if (mms_decode(octets, length, NULL, &notification, &error) != MMS_OK) {
        return failed("decode", &error);
    }
    mms_str url = mms_pdu_text(notification, MMS_FIELD_CONTENT_LOCATION, 0);
    uint64_t size = mms_pdu_number(notification, MMS_FIELD_MESSAGE_SIZE, 0, 0);
    printf("%llu octets at %.*s\n", (unsigned long long)size, (int)url.length, url.octets ? url.octets : "");

    if (mms_notifyresp(notification, MMS_MM_STATUS_DEFERRED, &answer, &error) != MMS_OK
        || mms_pdu_put_number(answer, MMS_FIELD_REPORT_ALLOWED, 0, &error) != MMS_OK
        || mms_encode(answer, octets, sizeof octets, &length, &error) != MMS_OK) {
        return failed("answer", &error);
    }
    mms_pdu_free(answer);
    mms_pdu_free(notification);
    file = fopen(argv[2], "wb");
    return file != NULL && fwrite(octets, 1, length, file) == length && fclose(file) == 0 ? 0 : 1;
}
