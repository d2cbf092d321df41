/* The sessions of a server, newest first. */
#ifndef SESSIONS_H
#define SESSIONS_H

#include <stdbool.h>
#include <stddef.h>

struct session {
    int id;
    long expires; /* seconds; expired from then on */
    struct session *next;
};

struct sessions {
    struct session *first;
    size_t count;
};

/* Add a session; false without memory. */
bool sessions_add(struct sessions *sessions, int id, long expires);

/* The session with that number, or NULL. */
struct session *sessions_find(const struct sessions *sessions, int id);

/* Remove what is expired at `now`; how many it were. The others keep their order. */
size_t sessions_expire(struct sessions *sessions, long now);

#endif
