import harness.Check;
import java.util.ArrayList;
import java.util.List;
import records.RecordReader;

public class RecordReaderTest {
    private static RecordReader reader(String... lines) {
        return new RecordReader(List.of(lines));
    }

    public void recordsEndAtBlankLines() {
        List<List<String>> records = new ArrayList<>();
        reader("a", "b", "", "", "c").forEachRemaining(records::add);
        Check.equal(List.of(List.of("a", "b"), List.of("c")), records);
    }

    public void commentsAreNoLines() {
        Check.equal(List.of("a", "b"), reader("# one", "a", "# two", "b").next());
    }

    public void askingTwiceChangesNothing() {
        RecordReader reader = reader("a", "", "b");
        Check.that(reader.hasNext(), "a first record");
        Check.that(reader.hasNext(), "still a first record");
        Check.equal(List.of("a"), reader.next());
    }
}
