/* One-shot timers on a 32-bit millisecond counter, which wraps to 0 after 49.7 days. */
#ifndef TIMERS_H
#define TIMERS_H

#include <stdbool.h>
#include <stdint.h>

enum { TIMERS_MAX = 8, TIMERS_NONE = -1 };

/* Delays are at most 2^31 - 1 ms, and so is the time from a deadline until it is asked for. */
struct timers {
    struct {
        bool active;
        uint32_t deadline;
    } slots[TIMERS_MAX];
};

void timers_clear(struct timers *timers);

/* Start a timer that is due `delay` ms after `now`; its number, or TIMERS_NONE when all run. */
int timers_start(struct timers *timers, uint32_t now, uint32_t delay);

/* The number of a timer that is due, the earliest first, which is stopped by this; TIMERS_NONE when
 * none is due. */
int timers_due(struct timers *timers, uint32_t now);

/* Milliseconds until the next timer is due; 0 when one is, UINT32_MAX when none runs. */
uint32_t timers_wait(const struct timers *timers, uint32_t now);

#endif
