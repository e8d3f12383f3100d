#define _GNU_SOURCE
#include "CSpawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

static int attach(posix_spawn_file_actions_t *actions, int descriptor, int number)
{
    if (descriptor >= 0) return posix_spawn_file_actions_adddup2(actions, descriptor, number);
    return posix_spawn_file_actions_addopen(actions, number, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0);
}

static int prepare(posix_spawn_file_actions_t *actions, const struct cspawn_request *request)
{
    int error = attach(actions, request->input, 0);
    if (!error) error = attach(actions, request->output, 1);
    if (!error) error = attach(actions, request->error, 2);
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    if (!error && request->directory)
        error = posix_spawn_file_actions_addchdir_np(actions, request->directory);
    return error;
}

static int configure(posix_spawnattr_t *attributes, const struct cspawn_request *request)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawnattr_setpgroup(attributes, request->group);
    if (!error) error = posix_spawnattr_setsigmask(attributes, &none);
    if (!error) error = posix_spawnattr_setsigdefault(attributes, &all);
    if (!error)
        error = posix_spawnattr_setflags(
            attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return error;
}

int cspawn_start(const struct cspawn_request *request, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    error = posix_spawnattr_init(&attributes);
    if (!error) {
        error = prepare(&actions, request);
        if (!error) error = configure(&attributes, request);
        if (!error)
            error = posix_spawnp(
                pid, request->arguments[0], &actions, &attributes, request->arguments, request->environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}
