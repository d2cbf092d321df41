import harness.Check;
import java.util.List;
import pool.Pool;

public class PoolTest {
    private final Pool<String> printers = new Pool<>(List.of("laser", "ink"), name -> true);

    public void lendsAndTakesBack() {
        Check.equal("laser!", printers.with(name -> name + "!"));
        Check.equal(2, printers.free());
    }

    public void jobsInsideJobs() {
        Check.equal("laser ink", printers.with(one -> printers.with(other -> one + " " + other)));
        Check.raises(
                Pool.EmptyPoolException.class,
                () -> printers.with(a -> printers.with(b -> printers.with(c -> c))));
    }

    public void aFailedJobGivesBackItsPrinter() {
        for (int i = 0; i < 3; i++) {
            Check.raises(IllegalStateException.class, () -> printers.with(PoolTest::jam));
        }
        Check.equal(2, printers.free());
    }

    private static String jam(String name) {
        throw new IllegalStateException("paper jam in " + name);
    }
}
