#ifndef CLIBGIT2_SHIM_H
#define CLIBGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/repository.h>
#include <git2/sys/stream.h>
#include <git2/sys/transport.h>

#if LIBGIT2_VER_MAJOR != 1 || LIBGIT2_VER_MINOR != 5
#error "ocu_git_socket_stream copies the layout of libgit2 1.5: compare it with streams/socket.h of this version"
#endif

/*
 * A socket stream of ours. The members up to `descriptor` are those of libgit2 1.5's own (streams/socket.h), because
 * its ssh transport casts every standard stream to that type to take the descriptor out.
 */
typedef struct {
    git_stream parent;
    char *host;
    char *port;
    int descriptor;
    void *control;
} ocu_git_socket_stream;

/* A way to speak HTTP, and one request of it, with what is ours behind what libgit2 knows. */
typedef struct {
    git_smart_subtransport parent;
    void *session;
} ocu_git_web_subtransport;

typedef struct {
    git_smart_subtransport_stream parent;
    void *exchange;
} ocu_git_web_stream;

/* git_libgit2_opts is variadic, which Swift cannot call: one typed function for each option that is set. */

static inline int ocu_git_set_pack_object_bytes_max(size_t bytes) {
    return git_libgit2_opts(GIT_OPT_SET_PACK_MAX_OBJECT_SIZE, bytes);
}

#endif
