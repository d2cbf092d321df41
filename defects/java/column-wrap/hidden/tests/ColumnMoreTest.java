import harness.Check;
import java.util.List;
import text.Column;

public class ColumnMoreTest {
    public void oneLine() {
        Check.equal(List.of("word"), new Column(20).wrap("word"));
        Check.equal(List.of("two words"), new Column(9).wrap(" two   words "));
    }

    public void anExactFit() {
        Check.equal(List.of("ab cd", "ef gh"), new Column(5).wrap("ab cd ef gh"));
        Check.equal(List.of("ab", "cd", "ef"), new Column(4).wrap("ab cd ef"));
    }

    public void aLongWordFirstAndLast() {
        Check.equal(List.of("locomotive", "is"), new Column(4).wrap("locomotive is"));
        Check.equal(List.of("a", "locomotive"), new Column(4).wrap("a locomotive"));
        Check.equal(List.of("locomotive"), new Column(4).wrap("locomotive"));
        Check.equal(List.of("loco", "motive"), new Column(3).wrap("loco motive"));
    }

    public void widthOne() {
        Check.equal(List.of("a", "b", "cd"), new Column(1).wrap("a b cd"));
    }

    public void toTheRight() {
        Check.equal(List.of(" a b c"), new Column(6).alignRight("a b c"));
        Check.equal(List.of("  one", "three"), new Column(5).alignRight("one three"));
    }

    public void nothing() {
        Check.equal(List.of(), new Column(1).wrap(""));
        Check.equal(List.of(), new Column(1).alignRight("\n\t"));
    }
}
