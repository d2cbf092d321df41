package records;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Records out of lines. A record is a run of lines that are not blank; lines that start with
 * {@code #} are comments and belong to no record, and do not end one.
 */
public final class RecordReader implements Iterator<List<String>> {
    private final Iterator<String> lines;
    private List<String> ahead;

    public RecordReader(Iterable<String> lines) {
        this.lines = lines.iterator();
    }

    @Override
    public boolean hasNext() {
        if (ahead == null) {
            ahead = read();
        }
        return !ahead.isEmpty();
    }

    @Override
    public List<String> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<String> record = ahead;
        ahead = null;
        return record;
    }

    /** The next record; empty at the end. */
    private List<String> read() {
        List<String> record = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("#")) {
                continue;
            }
            if (!line.isBlank()) {
                record.add(line.strip());
            } else if (!record.isEmpty()) {
                break;
            }
        }
        return record;
    }
}
