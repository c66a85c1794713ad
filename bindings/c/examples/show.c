/* Usage: show MESSAGE. Shows the fields, the parts and the deviations of a PDU of MM1. */
#include <mms_codec.h>

#include <stdio.h>
#include <stdlib.h>

static void show_fields(const mms_pdu *pdu) {
    uint8_t field;
    for (size_t place = 0; (field = mms_pdu_field(pdu, place)) != 0; place++) {
        mms_str name = mms_field_name(field);
        for (size_t index = 0; index < mms_pdu_count(pdu, field); index++) {
            char text[256];
            size_t length = mms_pdu_show(pdu, field, index, text, sizeof text);
            printf("%.*s: %s%s\n", (int)name.length, name.octets, text, length < sizeof text ? "" : " ...");
        }
    }
}

static void show_part(const mms_part *part, int depth) {
    char type[128], name[64];
    if (part == NULL || depth > 8) {
        return;
    }
    mms_part_content_type(part, type, sizeof type);
    mms_part_name(part, name, sizeof name);
    printf("%*s%s, %zu octets %s\n", 2 * depth, "", type, mms_part_octets(part).length, name);
    for (size_t index = 0; index < mms_part_count(part); index++) {
        show_part(mms_part_at(part, index), depth + 1);
    }
}

int main(int argc, char **argv) {
    static uint8_t octets[1 << 20];
    mms_error error;
    mms_pdu *pdu;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: show MESSAGE\n");
        return 2;
    }
    size_t length = fread(octets, 1, sizeof octets, file);
    fclose(file);

    /* Parts share these octets, which are not changed as long as the PDU is there. */
    if (mms_decode_shared(octets, length, NULL, NULL, NULL, &pdu, &error) != MMS_OK) {
        fprintf(stderr, "cannot decode %s: %s at octet %zu, field %s\n", argv[1], error.message, error.offset,
                error.field);
        return 1;
    }
    show_fields(pdu);
    show_part(mms_pdu_body(pdu), 0);
    for (size_t index = 0; mms_pdu_deviation(pdu, index, &error) == MMS_OK; index++) {
        printf("forgiven: %s at octet %zu%s%s\n", error.message, error.offset, error.field[0] ? ", in " : "",
               error.field);
    }
    mms_pdu_free(pdu);
    return 0;
}
