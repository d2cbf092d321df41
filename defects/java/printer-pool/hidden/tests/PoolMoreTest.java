import harness.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pool.Pool;

public class PoolMoreTest {
    private final Set<String> broken = new HashSet<>();
    private final Pool<String> printers =
            new Pool<>(List.of("a", "b", "c"), name -> !broken.contains(name));

    public void whatBreaksDuringAFailedJobIsLeftOut() {
        Check.raises(
                IllegalStateException.class,
                () ->
                        printers.with(
                                name -> {
                                    broken.add(name);
                                    throw new IllegalStateException(name);
                                }));
        Check.equal(2, printers.free());
        Check.equal("b", printers.with(name -> name));
    }

    public void whatBreaksDuringAGoodJobIsLeftOut() {
        Check.equal(true, printers.with(broken::add));
        Check.equal(2, printers.free());
    }

    public void errorsCountToo() {
        Check.raises(
                StackOverflowError.class,
                () ->
                        printers.with(
                                name -> {
                                    throw new StackOverflowError();
                                }));
        Check.equal(3, printers.free());
    }

    public void aFailureInsideAnotherJob() {
        Check.equal(
                "a survives",
                printers.with(
                        outer -> {
                            Check.raises(
                                    IllegalStateException.class,
                                    () ->
                                            printers.with(
                                                    inner -> {
                                                        throw new IllegalStateException(inner);
                                                    }));
                            Check.equal(2, printers.free());
                            return outer + " survives";
                        }));
        Check.equal(3, printers.free());
    }

    public void lastBackFirstOut() {
        Check.equal("a", printers.with(name -> name));
        Check.equal("a", printers.with(name -> name));
    }
}
