import harness.Check;
import java.util.List;
import jobs.JobQueue;

public class JobQueueTest {
    private final JobQueue queue = new JobQueue();

    public void highestFirst() {
        queue.add("low", 1);
        queue.add("high", 9);
        queue.add("middle", 5);
        Check.equal(List.of("high", "middle", "low"), queue.drain());
    }

    public void sameOrderForOnePriority() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            queue.add(name, 3);
        }
        Check.equal(List.of("a", "b", "c", "d", "e"), queue.drain());
    }

    public void idleWorkWaits() {
        queue.add("tidy up", JobQueue.IDLE);
        queue.add("answer", 10);
        Check.equal("answer", queue.next());
        Check.equal("tidy up", queue.next());
    }
}
