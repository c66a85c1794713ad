/* Usage: allocator VECTORS. All memory comes from the caller's allocator, and goes back to it. */
#include "support.h"

static size_t in_use, calls;

static void *allocate(size_t size, size_t alignment, void *context) {
    CHECK(context == &in_use && alignment <= 16 && (alignment & (alignment - 1)) == 0);
    in_use += size;
    calls++;
    return malloc(size);
}

static void release(void *memory, size_t size, size_t alignment, void *context) {
    CHECK(context == &in_use && alignment <= 16 && size <= in_use);
    in_use -= size;
    free(memory);
}

int main(int argc, char **argv) {
    static const mms_allocator allocator = {allocate, release, &in_use};
    static const mms_allocator half = {allocate, NULL, NULL};
    CHECK(argc == 2);
    read_vectors(argv[1]);
    CHECK(mms_set_allocator(NULL) == MMS_ERROR_NULL && mms_set_allocator(&half) == MMS_ERROR_NULL);
    CHECK(mms_set_allocator(&allocator) == MMS_OK);
    CHECK(mms_set_allocator(&allocator) == MMS_ERROR_STATE);
    mms_pdu *pdu = decoded("send-req-related");
    CHECK(calls > 0 && in_use > named("send-req-related")->length);
    mms_pdu_free(pdu);
    CHECK(in_use == 0);
    free_vectors();
    puts("allocator: ok");
    return 0;
}
