import harness.Check;
import java.util.List;
import java.util.NoSuchElementException;
import records.RecordReader;

public class RecordReaderMoreTest {
    private static RecordReader reader(String... lines) {
        return new RecordReader(List.of(lines));
    }

    public void withoutAsking() {
        RecordReader reader = reader("a", "", "b", "", "c");
        Check.equal(List.of("a"), reader.next());
        Check.equal(List.of("b"), reader.next());
        Check.equal(List.of("c"), reader.next());
        Check.raises(NoSuchElementException.class, reader::next);
        Check.raises(NoSuchElementException.class, reader::next);
    }

    public void askingAtTheEnd() {
        RecordReader reader = reader("a");
        reader.next();
        Check.that(!reader.hasNext(), "no second record");
        Check.that(!reader.hasNext(), "still no second record");
        Check.raises(NoSuchElementException.class, reader::next);
    }

    public void askingOftenBetweenRecords() {
        RecordReader reader = reader("", "a", "", "b", "", "", "c", "");
        StringBuilder seen = new StringBuilder();
        while (reader.hasNext() && reader.hasNext() && reader.hasNext()) {
            seen.append(String.join("", reader.next()));
        }
        Check.equal("abc", seen.toString());
    }

    public void nothingToRead() {
        Check.that(!reader().hasNext(), "no lines");
        Check.that(!reader("", "  ", "# x").hasNext(), "no records");
        Check.raises(NoSuchElementException.class, () -> reader("#").next());
    }
}
