import harness.Check;
import web.IdleLimit;

public class IdleLimitMoreTest {
    private long now = 1_700_000_000_000L;
    private final IdleLimit limit = new IdleLimit(() -> now);

    public void exactlyHalfAnHour() {
        limit.use("s");
        now += 30 * 60_000;
        Check.that(limit.isAlive("s"), "the limit itself");
        now += 1;
        Check.that(!limit.isAlive("s"), "a moment later");
    }

    public void useBeginsTheTimeAnew() {
        limit.use("s");
        now += 29 * 60_000;
        limit.use("s");
        now += 29 * 60_000;
        Check.that(limit.isAlive("s"), "used in between");
    }

    public void minutesLeft() {
        limit.use("s");
        Check.equal(30L, limit.minutesLeft("s"));
        now += 60_001;
        Check.equal(28L, limit.minutesLeft("s"));
        now += 29 * 60_000;
        Check.equal(0L, limit.minutesLeft("s"));
        Check.equal(0L, limit.minutesLeft("unknown"));
    }

    public void sweepsOnlyTheOld() {
        limit.use("old");
        now += 20 * 60_000;
        limit.use("new");
        now += 20 * 60_000;
        Check.equal(1, limit.sweep());
        Check.that(limit.isAlive("new"), "20 minutes old");
        Check.equal(0, limit.sweep());
    }
}
