/* A program without any library: what the compiler itself relies on, and a start. */
#include <stddef.h>

int check_all(void);

void *memcpy(void *to, const void *from, size_t size) {
    for (size_t i = 0; i < size; i++) ((char *)to)[i] = ((const char *)from)[i];
    return to;
}

void *memmove(void *to, const void *from, size_t size) {
    if (to < from) return memcpy(to, from, size);
    while (size-- > 0) ((char *)to)[size] = ((const char *)from)[size];
    return to;
}

void *memset(void *to, int octet, size_t size) {
    for (size_t i = 0; i < size; i++) ((char *)to)[i] = (char)octet;
    return to;
}

int memcmp(const void *a, const void *b, size_t size) {
    const unsigned char *x = a, *y = b;
    for (; size > 0; x++, y++, size--)
        if (*x != *y) return *x - *y;
    return 0;
}

int bcmp(const void *a, const void *b, size_t size) { return memcmp(a, b, size); }

size_t strlen(const char *text) {
    size_t size = 0;
    while (text[size]) size++;
    return size;
}

/* Nothing unwinds: a panic stops. */
void rust_eh_personality(void) {}
void _Unwind_Resume(void) { for (;;); }

#if defined(__x86_64__)
__asm__(".globl _start\n_start: xor %ebp, %ebp\n and $-16, %rsp\n call check_all\n mov %eax, %edi\n mov $60, %eax\n syscall\n");
#elif defined(__aarch64__)
__asm__(".globl _start\n_start: bl check_all\n mov x8, #93\n svc #0\n");
#else
#error "no start for this processor"
#endif
