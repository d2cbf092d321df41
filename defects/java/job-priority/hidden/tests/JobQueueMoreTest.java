import harness.Check;
import java.util.List;
import jobs.JobQueue;

public class JobQueueMoreTest {
    private final JobQueue queue = new JobQueue();

    public void urgentBeforeNegative() {
        queue.add("negative", -5);
        queue.add("urgent", JobQueue.URGENT);
        queue.add("zero", 0);
        Check.equal(List.of("urgent", "zero", "negative"), queue.drain());
    }

    public void allExtremes() {
        int[] priorities = {0, JobQueue.IDLE, -1, JobQueue.URGENT, 1, JobQueue.IDLE + 1, 2_000_000_000};
        for (int priority : priorities) {
            queue.add(Integer.toString(priority), priority);
        }
        Check.equal(
                List.of("2147483647", "2000000000", "1", "0", "-1", "-2147483647", "-2147483648"),
                queue.drain());
    }

    public void extremesKeepTheirOrder() {
        queue.add("i1", JobQueue.IDLE);
        queue.add("u1", JobQueue.URGENT);
        queue.add("i2", JobQueue.IDLE);
        queue.add("u2", JobQueue.URGENT);
        Check.equal(List.of("u1", "u2", "i1", "i2"), queue.drain());
    }

    public void empty() {
        Check.equal(null, queue.next());
        queue.add("x", 0);
        Check.equal(1, queue.size());
        Check.equal(List.of("x"), queue.drain());
        Check.equal(0, queue.size());
    }
}
