#include "harness.h"
#include "sessions.h"

static struct sessions sessions;

/* Bit n of `pattern` says whether session n is expired at 60. */
static void fill(unsigned pattern, int count) {
    for (int id = 0; id < count; id++) sessions_add(&sessions, id, pattern >> id & 1 ? 60 : 61);
}

TEST(every_pattern_of_five) {
    for (unsigned pattern = 0; pattern < 32; pattern++) {
        sessions = (struct sessions){0};
        fill(pattern, 5);
        size_t expired = (size_t)__builtin_popcount(pattern);
        CHECK_INT(sessions_expire(&sessions, 60), expired);
        CHECK_INT(sessions.count, 5 - expired);
        int last = 5;
        size_t left = 0;
        for (struct session *s = sessions.first; s != NULL; s = s->next) {
            CHECK(s->id < last);
            CHECK(!(pattern >> s->id & 1));
            last = s->id;
            left++;
        }
        CHECK_INT(left, sessions.count);
    }
}

TEST(all_expire_and_new_ones_come) {
    fill(7, 3);
    CHECK_INT(sessions_expire(&sessions, 1000), 3);
    CHECK(sessions.first == NULL);
    CHECK(sessions_add(&sessions, 9, 2000));
    CHECK(sessions_find(&sessions, 9) != NULL);
    CHECK_INT(sessions_expire(&sessions, 1000), 0);
}

TEST(no_sessions) {
    CHECK_INT(sessions_expire(&sessions, 1000), 0);
}
