#include "stance/store.h"

#include "cli_internal.h"

sg_status sg_cli_set_timeout(const struct sg_cli_args *args, sg_store *store, sg_error *err)
{
    double seconds = 5.0;
    sg_status status = sg_cli_number(args, "timeout", 0.0, 86400.0, &seconds, err);

    if (status == SG_OK) {
        sg_store_set_timeout(store, (int) (seconds * 1000.0));
        sg_store_set_stop(store, &sg_cli_interrupted);
    }
    return status;
}
