/* Runs a fuzz target on the files named on the command line, for builds without libFuzzer. */

#include <stdint.h>
#include <stdio.h>

#include "stance/file.h"
#include "stance/strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        sg_strbuf bytes = SG_STRBUF_INIT;
        sg_error err = SG_ERROR_INIT;

        if (sg_file_read(argv[i], 0, &bytes, &err) != SG_OK) {
            (void) fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        (void) LLVMFuzzerTestOneInput((const uint8_t *) sg_strbuf_text(&bytes), bytes.len);
        sg_strbuf_clear(&bytes);
    }
    return 0;
}
