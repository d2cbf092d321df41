import harness.Check;
import java.util.List;
import text.Column;

public class ColumnTest {
    public void breaksAtBlanks() {
        Check.equal(
                List.of("the quick", "brown fox"), new Column(10).wrap("the quick brown fox"));
    }

    public void aLongWord() {
        Check.equal(List.of("a", "locomotive", "is", "heavy"), new Column(5).wrap("a locomotive is heavy"));
    }

    public void noWords() {
        Check.equal(List.of(), new Column(5).wrap("   "));
    }

    public void tooNarrow() {
        Check.raises(IllegalArgumentException.class, () -> new Column(0));
    }
}
