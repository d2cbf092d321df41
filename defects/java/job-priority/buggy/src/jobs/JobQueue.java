package jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Jobs by priority, the highest first; jobs of one priority in the order of their arrival. */
public final class JobQueue {
    /** For work that has to be done before everything else. */
    public static final int URGENT = Integer.MAX_VALUE;

    /** For work that can wait until nothing else is left. */
    public static final int IDLE = Integer.MIN_VALUE;

    private record Job(String name, int priority, long number) implements Comparable<Job> {
        @Override
        public int compareTo(Job other) {
            int byPriority = other.priority - priority;
            return byPriority != 0 ? byPriority : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Job> waiting = new PriorityQueue<>();
    private long arrived;

    /** Add a job. */
    public void add(String name, int priority) {
        waiting.add(new Job(name, priority, arrived++));
    }

    /** The name of the next job, which leaves the queue; null when there is none. */
    public String next() {
        Job job = waiting.poll();
        return job == null ? null : job.name();
    }

    /** The names of all jobs in their order; the queue is empty then. */
    public List<String> drain() {
        List<String> names = new ArrayList<>();
        for (String name = next(); name != null; name = next()) {
            names.add(name);
        }
        return names;
    }

    /** How many jobs wait. */
    public int size() {
        return waiting.size();
    }
}
