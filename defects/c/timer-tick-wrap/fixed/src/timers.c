#include "timers.h"

#include <string.h>

void timers_clear(struct timers *timers) {
    memset(timers, 0, sizeof *timers);
}

int timers_start(struct timers *timers, uint32_t now, uint32_t delay) {
    for (int i = 0; i < TIMERS_MAX; i++) {
        if (timers->slots[i].active) continue;
        timers->slots[i].active = true;
        timers->slots[i].deadline = now + delay;
        return i;
    }
    return TIMERS_NONE;
}

/* Whether `a` comes before `b` on the circle of ticks. */
static bool before(uint32_t a, uint32_t b) {
    return (int32_t)(a - b) < 0;
}

/* The active timer with the earliest deadline. */
static int earliest(const struct timers *timers) {
    int found = TIMERS_NONE;
    for (int i = 0; i < TIMERS_MAX; i++) {
        if (!timers->slots[i].active) continue;
        if (found == TIMERS_NONE || before(timers->slots[i].deadline, timers->slots[found].deadline))
            found = i;
    }
    return found;
}

int timers_due(struct timers *timers, uint32_t now) {
    int next = earliest(timers);
    if (next == TIMERS_NONE || before(now, timers->slots[next].deadline)) return TIMERS_NONE;
    timers->slots[next].active = false;
    return next;
}

uint32_t timers_wait(const struct timers *timers, uint32_t now) {
    int next = earliest(timers);
    if (next == TIMERS_NONE) return UINT32_MAX;
    uint32_t deadline = timers->slots[next].deadline;
    return before(now, deadline) ? deadline - now : 0;
}
