import harness.Check;
import tariff.Tariff;

public class TariffTest {
    public void onePriceForAll() {
        Check.equal(300L, new Tariff(3).cost(100));
    }

    public void aCheapStart() {
        Tariff tariff = new Tariff(10).upTo(50, 4);
        Check.equal(200L, tariff.cost(50));
        Check.equal(210L, tariff.cost(51));
    }

    public void twoSteps() {
        Tariff tariff = new Tariff(10).upTo(50, 4).upTo(100, 6);
        Check.equal(50L * 4 + 50L * 6 + 20L * 10, tariff.cost(120));
    }

    public void limitsGrow() {
        Check.raises(IllegalArgumentException.class, () -> new Tariff(1).upTo(5, 2).upTo(5, 3));
    }
}
