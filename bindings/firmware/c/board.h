/* What the program needs of the board. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

/* Writes a text to the console. */
void board_print(const char *text);

/* Ends the program. */
_Noreturn void board_exit(uint32_t status);

#endif
