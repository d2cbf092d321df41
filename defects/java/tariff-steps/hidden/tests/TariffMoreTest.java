import harness.Check;
import tariff.Tariff;

public class TariffMoreTest {
    private final Tariff tariff = new Tariff(7).upTo(10, 1).upTo(30, 2).upTo(60, 5);

    public void insideEachStep() {
        Check.equal(0L, tariff.cost(0));
        Check.equal(6L, tariff.cost(6));
        Check.equal(10L, tariff.cost(10));
        Check.equal(20L, tariff.cost(15));
        Check.equal(50L, tariff.cost(30));
        Check.equal(100L, tariff.cost(40));
        Check.equal(200L, tariff.cost(60));
        Check.equal(270L, tariff.cost(70));
    }

    public void oneMoreUnit() {
        Check.equal(1L, tariff.next(9));
        Check.equal(2L, tariff.next(10));
        Check.equal(2L, tariff.next(29));
        Check.equal(5L, tariff.next(30));
        Check.equal(7L, tariff.next(60));
        Check.equal(7L, tariff.next(1000));
    }

    public void pricesMayFall() {
        Tariff falling = new Tariff(1).upTo(10, 9).upTo(20, 5);
        Check.equal(90L + 50 + 5, falling.cost(25));
        Check.equal(90L + 15, falling.cost(13));
    }

    public void aTariffIsNotChangedByALaterStep() {
        Tariff base = new Tariff(10).upTo(5, 1);
        base.upTo(8, 3);
        Check.equal(5L + 50, base.cost(10));
    }
}
