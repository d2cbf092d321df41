package stock;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How many pieces of each article are there, and how many of them are promised. */
public final class Warehouse {
    private final Map<String, Integer> there = new HashMap<>();
    private final Map<String, Integer> promised = new HashMap<>();

    /** Pieces arrive. */
    public void receive(String article, int pieces) {
        there.merge(article, pieces, Integer::sum);
    }

    /** Promise pieces to somebody; false, and nothing changes, where not as many are free. */
    public boolean reserve(String article, int pieces) {
        if (pieces > free(article)) {
            return false;
        }
        promised.merge(article, pieces, Integer::sum);
        return true;
    }

    /** Pieces that are neither gone nor promised. */
    public int free(String article) {
        return there.getOrDefault(article, 0) - promised.getOrDefault(article, 0);
    }

    /** Articles of which all pieces are promised. */
    public Set<String> soldOut() {
        Set<String> articles = new TreeSet<>();
        for (String article : there.keySet()) {
            if (promised.getOrDefault(article, 0) == there.get(article)) {
                articles.add(article);
            }
        }
        return articles;
    }

    /** Promised pieces leave; IllegalStateException where fewer are promised. */
    public void ship(String article, int pieces) {
        int open = promised.getOrDefault(article, 0);
        if (pieces > open) {
            throw new IllegalStateException(article + ": " + open + " promised");
        }
        promised.put(article, open - pieces);
        there.merge(article, -pieces, Integer::sum);
    }
}
