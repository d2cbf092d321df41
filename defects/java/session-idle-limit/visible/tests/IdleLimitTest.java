import harness.Check;
import web.IdleLimit;

public class IdleLimitTest {
    private long now;
    private final IdleLimit limit = new IdleLimit(() -> now);

    public void aNewSessionIsAlive() {
        limit.use("s");
        Check.that(limit.isAlive("s"), "just used");
        Check.that(!limit.isAlive("t"), "never used");
    }

    public void endsAtLast() {
        limit.use("s");
        now += 40 * 60_000;
        Check.that(!limit.isAlive("s"), "after 40 minutes");
        Check.equal(1, limit.sweep());
    }

    public void livesForAWhile() {
        limit.use("s");
        now += 10 * 60_000;
        Check.that(limit.isAlive("s"), "after 10 minutes");
    }
}
