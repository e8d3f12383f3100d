#ifndef CSPAWN_H
#define CSPAWN_H

#include <sys/types.h>

/* What a process is started with. */
struct cspawn_request {
    /* The program, looked for in PATH when it has no slash, and its arguments; ends with NULL. */
    char *const *arguments;
    /* NAME=VALUE each; ends with NULL. */
    char *const *environment;
    /* The working directory; NULL for the caller's. */
    const char *directory;
    /* The process group to join; 0 makes a new one. */
    pid_t group;
    /* Standard input, output and error; -1 stands for /dev/null. */
    int input, output, error;
};

/*
 * Starts a process through posix_spawn. It inherits no descriptor but the three, and no signal handling.
 * Returns 0 and sets *pid, or returns an errno.
 *
 * In C because glibc declares posix_spawn's extensions, which set the directory and close descriptors, only to
 * sources that ask for them before the first include.
 */
int cspawn_start(const struct cspawn_request *request, pid_t *pid);

#endif
