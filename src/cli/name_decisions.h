#ifndef STANCE_CLI_NAME_DECISIONS_H
#define STANCE_CLI_NAME_DECISIONS_H

/* What `stance actors` and `stance positions` have in common. */

#include "stance/decision.h"

#include "cli_internal.h"

/* Runs "list", "merge FROM INTO", "rename NAME NEW", "alias NAME FORM", "split NAME FORM" and, for
 * actors, "type NAME TYPE". */
SG_MUST_CHECK sg_status sg_cli_decide_names(const struct sg_cli_args *args, sg_named what,
                                            sg_error *err);

#endif
