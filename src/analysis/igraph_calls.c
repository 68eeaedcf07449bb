#include <stdlib.h>
#include <string.h>

#include "stance/module.h"

#include "analysis_internal.h"

/* igraph's PageRank is run by a BLAS that starts OpenMP threads; one thread keeps sums in one
 * order, so that results repeat to the last bit. */
static sg_status find(const char *symbol, sg_module_function *function_out, sg_error *err)
{
    (void) setenv("OMP_NUM_THREADS", "1", 1);
    return sg_module_find("igraph", symbol, function_out, err);
}

static sg_status finish(int code, const char *message, sg_error *err)
{
    if (code == 0)
        return SG_OK;
    return sg_error_set(err, SG_ERR_LIMIT, "network analysis failed: %s", message);
}

sg_status sg_igraph_leiden(const struct sg_igraph_network *network, double resolution,
                           unsigned seed, uint32_t *membership, double *quality, sg_error *err)
{
    char message[SG_IGRAPH_MESSAGE_MAX] = "";
    sg_module_function found = NULL;
    sg_status status = find("sg_module_leiden", &found, err);

    if (status != SG_OK)
        return status;
    return finish(((sg_igraph_leiden_function *) found)(network, resolution, seed, membership,
                                                        quality, message),
                  message, err);
}

sg_status sg_igraph_measure(const struct sg_igraph_network *network, double cutoff,
                            struct sg_igraph_measures *measures, sg_error *err)
{
    char message[SG_IGRAPH_MESSAGE_MAX] = "";
    sg_module_function found = NULL;
    sg_status status = find("sg_module_measure", &found, err);

    if (status != SG_OK)
        return status;
    return finish(((sg_igraph_measure_function *) found)(network, cutoff, measures, message),
                  message, err);
}
