/* Reads and writes by turns, as a filter does: hangs where a host writes all of stdin before it reads stdout. */
#include <stdio.h>
#include <unistd.h>

int main(void) {
    char piece[4096];
    ssize_t got;
    setvbuf(stdout, NULL, _IONBF, 0);
    fputs("Content-Type: application/octet-stream\n\n", stdout);
    while ((got = read(0, piece, sizeof piece)) > 0)
        if (write(1, piece, got) != got)
            return 1;
    return 0;
}
