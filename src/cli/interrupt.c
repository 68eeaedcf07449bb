#include "cli_internal.h"

/* Set by the signal handlers of main.c and of the shell; here so that tests link without main(). */
volatile int sg_cli_interrupted = 0;
