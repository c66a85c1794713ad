/* A Cortex-M4 under QEMU: its start, its memory, and the host as its console. Your own board replaces this file. */
#include "board.h"

#include <stddef.h>
#include <stdint.h>

int main(void);

extern uint32_t stack_top, data_start, data_end, data_image, bss_start, bss_end;

/* Semihosting: what the debugger, here QEMU, does for the program. */
enum { WRITE_NUL_TERMINATED = 0x04, EXIT_WITH_STATUS = 0x20, APPLICATION_EXIT = 0x20026 };

static uint32_t ask_host(uint32_t what, const void *with) {
    register uint32_t r0 __asm__("r0") = what;
    register const void *r1 __asm__("r1") = with;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void board_print(const char *text) { ask_host(WRITE_NUL_TERMINATED, text); }

_Noreturn void board_exit(uint32_t status) {
    const uint32_t reason[2] = {APPLICATION_EXIT, status};
    ask_host(EXIT_WITH_STATUS, reason);
    for (;;) {
    }
}

/* All that the library needs of a C library, besides the mem* functions that Rust brings along. */
_Noreturn void abort(void) { board_exit(134); }

size_t strlen(const char *text) {
    size_t length = 0;
    while (text[length] != '\0') length++;
    return length;
}

static _Noreturn void fault(void) { board_exit(139); }

_Noreturn void reset(void);

_Noreturn void reset(void) {
    for (uint32_t *to = &data_start, *from = &data_image; to < &data_end;) *to++ = *from++;
    for (uint32_t *to = &bss_start; to < &bss_end;) *to++ = 0;
    board_exit((uint32_t)main());
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &stack_top, (void *)reset, (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault,
};
