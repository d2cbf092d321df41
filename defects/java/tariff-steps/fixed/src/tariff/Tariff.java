package tariff;

import java.util.ArrayList;
import java.util.List;

/**
 * A progressive tariff: units up to the first limit cost the first price, the units beyond it up to
 * the second limit the second price, and so on. The last step has no limit.
 */
public final class Tariff {
    private record Step(long limit, long price) {}

    private final List<Step> steps = new ArrayList<>();
    private final long lastPrice;

    /** A tariff without steps: every unit costs {@code price} cents. */
    public Tariff(long price) {
        lastPrice = price;
    }

    private Tariff(List<Step> steps, long lastPrice) {
        this.steps.addAll(steps);
        this.lastPrice = lastPrice;
    }

    /**
     * This tariff, with the units up to {@code limit} at another price. Limits have to grow from
     * call to call; IllegalArgumentException otherwise.
     */
    public Tariff upTo(long limit, long price) {
        long before = steps.isEmpty() ? 0 : steps.get(steps.size() - 1).limit();
        if (limit <= before) {
            throw new IllegalArgumentException("limit " + limit + " after " + before);
        }
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(limit, price));
        return new Tariff(more, lastPrice);
    }

    /** The price of so many units, in cents. */
    public long cost(long units) {
        long cost = 0;
        long priced = 0;
        for (Step step : steps) {
            long upTo = Math.min(units, step.limit());
            cost += (upTo - priced) * step.price();
            priced = upTo;
        }
        return cost + (units - priced) * lastPrice;
    }

    /** The price of one more unit after so many, in cents. */
    public long next(long units) {
        return cost(units + 1) - cost(units);
    }
}
