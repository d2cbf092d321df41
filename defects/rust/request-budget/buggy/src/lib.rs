//! How many requests a client may still make.

/// A budget that refills over time. Times are milliseconds of any clock of the caller's; a clock
/// may be set back, which then counts as no time at all.
#[derive(Debug, Clone)]
pub struct Budget {
    size: u32,
    refill_ms: u64,
    left: u32,
    since: u64,
}

impl Budget {
    /// A full budget of `size` requests that gets one back every `refill_ms`, up to `size`.
    pub fn new(size: u32, refill_ms: u64, now: u64) -> Self {
        Budget { size, refill_ms, left: size, since: now }
    }

    /// Takes one request; false when none is left.
    pub fn take(&mut self, now: u64) -> bool {
        self.refill(now);
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        true
    }

    /// How many requests could be made now.
    pub fn left(&mut self, now: u64) -> u32 {
        self.refill(now);
        self.left
    }

    /// Adds what has come back since the last whole refill. What is begun of the next one is kept,
    /// except where the budget is full: then the time starts anew.
    fn refill(&mut self, now: u64) {
        let refills = (now - self.since) / self.refill_ms;
        self.left = self.size.min(self.left + refills as u32);
        self.since += refills * self.refill_ms;
        if self.left == self.size {
            self.since = now;
        }
    }
}
