/* Reads a push as it comes out of short messages, says what the notification in it announces, and writes the
 * M-NotifyResp.ind that defers the message. */
#include <mms_codec.h>

#include "board.h"
#include "push.h"

/* The memory of one message: as soon as all is given back, the next one begins anew. */
static struct {
    _Alignas(8) uint8_t octets[64 << 10];
    size_t used, blocks;
} heap;

static void *allocate(size_t size, size_t alignment, void *context) {
    (void)context;
    const size_t start = (heap.used + alignment - 1) & ~(alignment - 1);
    if (alignment > 8 || start > sizeof heap.octets || size > sizeof heap.octets - start) return NULL;
    heap.used = start + size;
    heap.blocks++;
    return heap.octets + start;
}

static void release(void *memory, size_t size, size_t alignment, void *context) {
    (void)memory, (void)size, (void)alignment, (void)context;
    if (--heap.blocks == 0) heap.used = 0;
}

static void print_text(mms_str text) {
    char line[256];
    size_t length = text.length < sizeof line ? text.length : sizeof line - 1;
    for (size_t at = 0; at < length; at++) line[at] = (char)text.octets[at];
    line[length] = '\0';
    board_print(line);
}

static void print_hexadecimal(const uint8_t *octets, size_t length) {
    for (size_t at = 0; at < length; at++) {
        const char digits[] = {"0123456789abcdef"[octets[at] >> 4], "0123456789abcdef"[octets[at] & 15], '\0'};
        board_print(digits);
    }
}

static uint32_t failed(const char *what, const mms_error *error) {
    board_print(what);
    board_print(": ");
    board_print(error->message);
    board_print("\n");
    return 1;
}

int main(void) {
    static const mms_allocator allocator = {allocate, release, NULL};
    uint8_t octets[256];
    size_t length;
    mms_error error;
    mms_push *push;
    mms_pdu *notification, *answer;

    if (mms_set_allocator(&allocator) != MMS_OK) return 1;
    if (mms_push_decode(PUSH, sizeof PUSH, NULL, &push, &error) != MMS_OK) return failed("push", &error);
    if (mms_push_pdu(push, NULL, &notification, &error) != MMS_OK) return failed("notification", &error);
    print_text(mms_pdu_text(notification, MMS_FIELD_CONTENT_LOCATION, 0));
    board_print("\n");
    if (mms_notifyresp(notification, MMS_MM_STATUS_DEFERRED, &answer, &error) != MMS_OK
        || mms_encode(answer, octets, sizeof octets, &length, &error) != MMS_OK) {
        return failed("answer", &error);
    }
    print_hexadecimal(octets, length);
    board_print("\n");
    mms_pdu_free(answer);
    mms_pdu_free(notification);
    mms_push_free(push);
    return heap.blocks == 0 ? 0 : 1;
}
