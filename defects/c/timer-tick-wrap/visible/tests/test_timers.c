#include "harness.h"
#include "timers.h"

TEST(due_after_its_delay) {
    struct timers timers;
    timers_clear(&timers);
    int timer = timers_start(&timers, 1000, 50);
    CHECK_INT(timers_due(&timers, 1049), TIMERS_NONE);
    CHECK_INT(timers_due(&timers, 1050), timer);
    CHECK_INT(timers_due(&timers, 1050), TIMERS_NONE);
}

TEST(earliest_first) {
    struct timers timers;
    timers_clear(&timers);
    int late = timers_start(&timers, 0, 30), early = timers_start(&timers, 0, 20);
    CHECK_INT(timers_wait(&timers, 5), 15);
    CHECK_INT(timers_due(&timers, 40), early);
    CHECK_INT(timers_due(&timers, 40), late);
}

TEST(a_delay_across_the_wrap) {
    struct timers timers;
    timers_clear(&timers);
    timers_start(&timers, UINT32_MAX - 10, 100);
    CHECK_INT(timers_due(&timers, UINT32_MAX - 5), TIMERS_NONE);
}
