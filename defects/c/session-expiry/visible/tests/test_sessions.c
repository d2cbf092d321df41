#include "harness.h"
#include "sessions.h"

TEST(finds_what_was_added) {
    struct sessions sessions = {0};
    sessions_add(&sessions, 1, 100);
    CHECK(sessions_find(&sessions, 1) != NULL);
    CHECK(sessions_find(&sessions, 2) == NULL);
}

TEST(expires_the_old_ones) {
    struct sessions sessions = {0};
    sessions_add(&sessions, 1, 900);
    sessions_add(&sessions, 2, 50);
    sessions_add(&sessions, 3, 900);
    CHECK_INT(sessions_expire(&sessions, 60), 1);
    CHECK(sessions_find(&sessions, 2) == NULL);
    CHECK_INT(sessions.count, 2);
}

TEST(expires_two_in_a_row) {
    struct sessions sessions = {0};
    sessions_add(&sessions, 1, 900);
    sessions_add(&sessions, 2, 50);
    sessions_add(&sessions, 3, 50);
    CHECK_INT(sessions_expire(&sessions, 60), 2);
    CHECK_INT(sessions.count, 1);
}
