#include <stdio.h>

#include "stance/version.h"

int main(void)
{
    (void) printf("stance %s\n", SG_VERSION);
    return 0;
}
