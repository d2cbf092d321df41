#include "sessions.h"

#include <stdlib.h>

bool sessions_add(struct sessions *sessions, int id, long expires) {
    struct session *session = malloc(sizeof *session);
    if (session == NULL) return false;
    session->id = id;
    session->expires = expires;
    session->next = sessions->first;
    sessions->first = session;
    sessions->count++;
    return true;
}

struct session *sessions_find(const struct sessions *sessions, int id) {
    struct session *session = sessions->first;
    while (session != NULL && session->id != id) session = session->next;
    return session;
}

size_t sessions_expire(struct sessions *sessions, long now) {
    size_t removed = 0;
    struct session **link = &sessions->first;
    while (*link != NULL) {
        struct session *session = *link;
        if (session->expires <= now) {
            *link = session->next;
            free(session);
            removed++;
            continue;
        }
        link = &(*link)->next;
    }
    sessions->count -= removed;
    return removed;
}
