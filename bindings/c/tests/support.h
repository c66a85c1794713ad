/* What the tests share: checks, and the vectors of the library by their name. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "mms_codec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                          \
    do {                                                                          \
        if (!(condition)) {                                                       \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            exit(1);                                                              \
        }                                                                         \
    } while (0)

/* Whether a function did what it was asked; if not, what it said. */
static inline bool done(mms_code code, const mms_error *error) {
    if (code != MMS_OK) {
        fprintf(stderr, "%d %s at %zu in %s\n", (int)code, error->message, error->offset, error->field);
    }
    return code == MMS_OK && error->code == MMS_OK;
}

static inline bool is(mms_str text, const char *expected) {
    return text.octets != NULL && text.length == strlen(expected) && memcmp(text.octets, expected, text.length) == 0;
}

typedef struct vector {
    char *name;
    uint8_t *octets;
    size_t length;
} vector;

static vector *vectors;
static size_t vector_count;

/* Reads lines of a name, a tab, and octets in hexadecimal. */
static inline void read_vectors(const char *path) {
    static char line[1 << 16];
    FILE *file = fopen(path, "r");
    CHECK(file != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || tab == NULL) {
            continue;
        }
        *tab = '\0';
        vectors = realloc(vectors, (vector_count + 1) * sizeof *vectors);
        CHECK(vectors != NULL);
        vector *next = &vectors[vector_count++];
        size_t digits = strcspn(tab + 1, "\r\n");
        CHECK(digits > 0 && digits % 2 == 0);
        next->length = digits / 2;
        next->name = malloc(strlen(line) + 1);
        /* No octet more, so that a sanitizer sees any that is read behind the end. */
        next->octets = malloc(next->length);
        CHECK(next->name != NULL && next->octets != NULL);
        strcpy(next->name, line);
        for (size_t i = 0; i < next->length; i++) {
            unsigned octet;
            CHECK(sscanf(tab + 1 + 2 * i, "%2x", &octet) == 1);
            next->octets[i] = (uint8_t)octet;
        }
    }
    fclose(file);
    CHECK(vector_count > 40);
}

static inline void free_vectors(void) {
    for (size_t i = 0; i < vector_count; i++) {
        free(vectors[i].name);
        free(vectors[i].octets);
    }
    free(vectors);
}

static inline const vector *named(const char *name) {
    for (size_t i = 0; i < vector_count; i++) {
        if (strcmp(vectors[i].name, name) == 0) {
            return &vectors[i];
        }
    }
    fprintf(stderr, "no vector %s\n", name);
    exit(1);
}

static inline mms_pdu *decoded(const char *name) {
    const vector *v = named(name);
    mms_pdu *pdu;
    mms_error error;
    CHECK(done(mms_decode(v->octets, v->length, NULL, &pdu, &error), &error));
    return pdu;
}

/* Whether a PDU is written as the vector is. */
static inline bool is_written_as(const mms_pdu *pdu, const char *name) {
    const vector *v = named(name);
    size_t length;
    mms_error error;
    CHECK(mms_encode(pdu, NULL, 0, &length, &error) == MMS_ERROR_ROOM);
    uint8_t *octets = malloc(length);
    CHECK(octets != NULL);
    CHECK(done(mms_encode(pdu, octets, length, &length, &error), &error));
    bool same = length == v->length && memcmp(octets, v->octets, length) == 0;
    free(octets);
    return same;
}

#endif
