#include "stance/module.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Tests lie in folders below the program's, so parents are searched too. */
#define PARENTS_SEARCHED 3
#define MODULES_MAX      8

static char program_folder[PATH_MAX] = ".";
static pthread_once_t folder_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    char name[32];
    void *handle;
} loaded[MODULES_MAX];

static void find_program_folder(void)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    char *slash;

    if (n <= 0)
        return;
    path[n] = '\0';
    slash = strrchr(path, '/');
    if (slash == NULL || slash == path)
        return;
    *slash = '\0';
    (void) snprintf(program_folder, sizeof program_folder, "%s", path);
}

const char *sg_program_folder(void)
{
    (void) pthread_once(&folder_once, find_program_folder);
    return program_folder;
}

static void *open_near(const char *folder, const char *name)
{
    char parent[PATH_MAX];
    char path[PATH_MAX + 64];

    (void) snprintf(parent, sizeof parent, "%s", folder);
    for (int i = 0; i <= PARENTS_SEARCHED; i++) {
        char *slash;

        (void) snprintf(path, sizeof path, "%s/stance-%s.so", parent, name);
        if (access(path, R_OK) == 0)
            return dlopen(path, RTLD_NOW | RTLD_LOCAL);
        slash = strrchr(parent, '/');
        if (slash == NULL)
            break;
        *slash = '\0';
    }
    (void) snprintf(path, sizeof path, "%s/../lib/stance/stance-%s.so", folder, name);
    return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

static void *module_handle(const char *name)
{
    size_t at = 0;

    while (at < MODULES_MAX && loaded[at].handle != NULL) {
        if (strcmp(loaded[at].name, name) == 0)
            return loaded[at].handle;
        at++;
    }
    if (at == MODULES_MAX)
        return NULL;
    loaded[at].handle = open_near(sg_program_folder(), name);
    (void) snprintf(loaded[at].name, sizeof loaded[at].name, "%s", name);
    return loaded[at].handle;
}

sg_status sg_module_find(const char *name, const char *symbol, sg_module_function *function_out,
                         sg_error *err)
{
    sg_status status = SG_OK;
    void *address = NULL;
    void *handle;

    (void) pthread_mutex_lock(&lock);
    handle = module_handle(name);
    if (handle != NULL)
        address = dlsym(handle, symbol);
    if (address == NULL) {
        const char *reason = dlerror();

        status = sg_error_set(err, SG_ERR_UNSUPPORTED, "the module stance-%s.so is not usable: %s",
                              name, reason != NULL ? reason : "it was not found");
        sg_error_hint(err, "build it with 'make', and keep it beside the program");
    }
    (void) pthread_mutex_unlock(&lock);
    memcpy(function_out, &address, sizeof address); /* ISO C has no cast from data to function */
    return status;
}
