#include "harness.h"
#include "timers.h"

static struct timers timers;

TEST(waits_across_the_wrap) {
    timers_start(&timers, UINT32_MAX - 9, 100);
    CHECK_INT(timers_wait(&timers, UINT32_MAX - 9), 100);
    CHECK_INT(timers_wait(&timers, 0), 90);
    CHECK_INT(timers_wait(&timers, 89), 1);
    CHECK_INT(timers_wait(&timers, 90), 0);
    CHECK_INT(timers_wait(&timers, 500), 0);
}

TEST(order_across_the_wrap) {
    int late = timers_start(&timers, UINT32_MAX - 9, 100);
    int early = timers_start(&timers, UINT32_MAX - 9, 5);
    CHECK_INT(timers_wait(&timers, UINT32_MAX - 9), 5);
    CHECK_INT(timers_due(&timers, UINT32_MAX - 4), early);
    CHECK_INT(timers_due(&timers, UINT32_MAX - 4), TIMERS_NONE);
    CHECK_INT(timers_due(&timers, 90), late);
}

TEST(overdue_across_the_wrap) {
    int timer = timers_start(&timers, UINT32_MAX - 9, 5);
    CHECK_INT(timers_wait(&timers, 3), 0);
    CHECK_INT(timers_due(&timers, 3), timer);
}

TEST(long_delays) {
    int timer = timers_start(&timers, 7, INT32_MAX);
    CHECK_INT(timers_due(&timers, 8), TIMERS_NONE);
    CHECK_INT(timers_wait(&timers, 7), INT32_MAX);
    CHECK_INT(timers_due(&timers, 7u + INT32_MAX), timer);
}

TEST(slots_are_used_again) {
    for (int i = 0; i < TIMERS_MAX; i++) CHECK_INT(timers_start(&timers, 0, 10 + i), i);
    CHECK_INT(timers_start(&timers, 0, 1), TIMERS_NONE);
    CHECK_INT(timers_due(&timers, 10), 0);
    CHECK_INT(timers_start(&timers, 0, 1), 0);
    CHECK_INT(timers_wait(&timers, 0), 1);
}

TEST(nothing_runs) {
    CHECK_INT(timers_wait(&timers, 5), UINT32_MAX);
    CHECK_INT(timers_due(&timers, 5), TIMERS_NONE);
}
