package web;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/** Ends sessions that nobody has used for half an hour. */
public final class IdleLimit {
    private static final long LIMIT = 30 * 60;

    private final LongSupplier clock;
    private final Map<String, Long> lastUse = new HashMap<>();

    /** {@code clock} gives the time in milliseconds. */
    public IdleLimit(LongSupplier clock) {
        this.clock = clock;
    }

    /** Somebody uses a session, which begins by that. */
    public void use(String session) {
        lastUse.put(session, clock.getAsLong());
    }

    /** Whether a session was used within the last half hour, the limit itself included. */
    public boolean isAlive(String session) {
        Long last = lastUse.get(session);
        return last != null && clock.getAsLong() - last <= LIMIT;
    }

    /** Forget the sessions that have ended; how many it were. */
    public int sweep() {
        int ended = 0;
        for (Iterator<String> names = lastUse.keySet().iterator(); names.hasNext(); ) {
            if (!isAlive(names.next())) {
                names.remove();
                ended++;
            }
        }
        return ended;
    }

    /** Whole minutes until a session ends if nobody uses it; 0 when it has ended. */
    public long minutesLeft(String session) {
        return isAlive(session) ? (LIMIT - clock.getAsLong() + lastUse.get(session)) / 60_000 : 0;
    }
}
