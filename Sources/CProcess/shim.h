// What a process says about itself to the system, as far as Swift's Glibc module leaves it out.
#pragma once
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

// prctl takes a list of arguments that Swift cannot pass. Each returns 0, or -1 with errno.
static inline int rowgate_gain_no_rights(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

// Fails where the parent has ended before this, so that nobody would send the signal: nobody is left
// then who reads what is said to it.
static inline int rowgate_die_with_parent(void) {
    struct pollfd said = {STDERR_FILENO, 0, 0};
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -1;
    return poll(&said, 1, 0) == 1 && (said.revents & POLLERR) ? -1 : 0;
}

static inline int rowgate_limit_memory(unsigned long size) {
    struct rlimit limit = {size, size};
    return setrlimit(RLIMIT_AS, &limit);
}

static inline int rowgate_limit_file_size(unsigned long size) {
    struct rlimit limit = {size, size};
    return setrlimit(RLIMIT_FSIZE, &limit);
}

static inline int rowgate_limit_open_files(unsigned long count) {
    struct rlimit limit = {count, count};
    return setrlimit(RLIMIT_NOFILE, &limit);
}

// Up to a count, as far as this process may: shells start programs with a thousand.
static inline int rowgate_allow_open_files(unsigned long count) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    if (limit.rlim_cur >= count) return 0;
    limit.rlim_cur = limit.rlim_max < count ? limit.rlim_max : count;
    return setrlimit(RLIMIT_NOFILE, &limit);
}

// SIGXCPU comes first; the kill a second later is for whoever would not hear it.
static inline int rowgate_limit_processor_time(unsigned long seconds) {
    struct rlimit limit = {seconds, seconds + 1};
    return setrlimit(RLIMIT_CPU, &limit);
}

// Linux's own, which the headers show to GNU programs only.
extern int pipe2(int ends[2], int flags);

// Two ends of a pipe that no other program inherits, not even one that starts this very moment.
static inline int rowgate_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// Linux's own too: a program that is started inherits nothing from this descriptor on (glibc 2.34).
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

static inline int rowgate_close_from(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

static inline int rowgate_leave_no_core(void) {
    struct rlimit limit = {0, 0};
    return setrlimit(RLIMIT_CORE, &limit);
}
