package pool;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A few things that are lent out one job at a time. What is given back last is lent out first.
 *
 * @param <T> what is lent out
 */
public final class Pool<T> {
    /** There is nothing to lend right now. */
    public static final class EmptyPoolException extends RuntimeException {
        EmptyPoolException() {
            super("all are in use");
        }
    }

    private final Deque<T> free = new ArrayDeque<>();
    private final Predicate<T> usable;

    /** A pool of these; what is not {@code usable} any more when it comes back is left out. */
    public Pool(Collection<T> all, Predicate<T> usable) {
        free.addAll(all);
        this.usable = usable;
    }

    /** How many could be lent out now. */
    public int free() {
        return free.size();
    }

    /**
     * Do a job with one of them; its result. It is back in the pool afterwards, also where the job
     * throws, which is passed on. EmptyPoolException where all are in use.
     */
    public <R> R with(Function<T, R> job) {
        if (free.isEmpty()) {
            throw new EmptyPoolException();
        }
        T lent = free.pop();
        try {
            return job.apply(lent);
        } finally {
            if (usable.test(lent)) {
                free.push(lent);
            }
        }
    }
}
