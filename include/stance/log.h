#ifndef STANCE_LOG_H
#define STANCE_LOG_H

/* Messages for people, on stderr through one sink. The default level shows warnings only. */

#include "stance/error.h"

typedef enum sg_log_level { SG_LOG_QUIET, SG_LOG_WARN, SG_LOG_INFO, SG_LOG_DEBUG } sg_log_level;

void sg_log_set_level(sg_log_level level);
sg_log_level sg_log_get_level(void);
void sg_log_warn(const char *format, ...) SG_PRINTF(1, 2);
void sg_log_info(const char *format, ...) SG_PRINTF(1, 2);
void sg_log_debug(const char *format, ...) SG_PRINTF(1, 2);

#endif
