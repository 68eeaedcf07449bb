#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/mem.h"
#include "stance/suggest.h"
#include "stance/version.h"

#include "cli_internal.h"

static void interrupted(int signal_number)
{
    (void) signal_number;
    sg_cli_interrupted = 1;
}

/* The first Ctrl-C asks the work to stop; SA_RESETHAND makes a second one end the process. */
static void watch_interrupt(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = interrupted;
    action.sa_flags = (int) SA_RESETHAND;
    (void) sigemptyset(&action.sa_mask);
    (void) sigaction(SIGINT, &action, NULL);
    (void) sigaction(SIGTERM, &action, NULL);
    (void) signal(SIGPIPE, SIG_IGN); /* a closed pipe shows as a failed write */
}

static int unknown_command(const char *name)
{
    const char **names = sg_malloc((sg_command_count + 1) * sizeof *names);
    const char *nearest;

    for (size_t i = 0; i < sg_command_count; i++)
        names[i] = sg_commands[i]->name;
    nearest = sg_suggest(name, names, sg_command_count);
    (void) fprintf(stderr, "stance: there is no command '%s'\n", name);
    if (nearest != NULL)
        (void) fprintf(stderr, "  hint: did you mean 'stance %s'?\n", nearest);
    else
        (void) fprintf(stderr, "  hint: 'stance help' lists the commands\n");
    sg_free(names);
    return 2;
}

static int dispatch(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    const struct sg_command *command;

    if (name == NULL) {
        sg_help_write_overview(stderr);
        return 2;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        sg_help_write_overview(stdout);
        return 0;
    }
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        (void) printf("stance %s\n", SG_VERSION);
        return 0;
    }
    command = sg_command_find(name);
    if (command == NULL)
        return unknown_command(name);
    return sg_command_run(command, argc - 1, argv + 1);
}

/* "stance query ... | head": who reads has seen enough, which is no news to him. */
static bool reader_is_gone(void)
{
    struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

    return poll(&out, 1, 0) > 0 && (out.revents & POLLERR) != 0;
}

int main(int argc, char **argv)
{
    int code;

    /* Only the character type: numbers are always written with a point. */
    (void) setlocale(LC_CTYPE, "");
    watch_interrupt();
    code = dispatch(argc, argv);
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == 0) {
        code = 1;
        if (!reader_is_gone())
            (void) fprintf(stderr, "stance: cannot write to standard output\n");
    }
    return code;
}
