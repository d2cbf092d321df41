import board.NoticeBoard;
import harness.Check;
import java.util.ArrayList;
import java.util.List;

public class NoticeBoardMoreTest {
    private final NoticeBoard board = new NoticeBoard();
    private final List<String> heard = new ArrayList<>();

    public void theLastOfThreeLeaves() {
        board.subscribe("t", message -> heard.add("a"));
        board.subscribe("t", message -> heard.add("b"));
        board.subscribeOnce("t", message -> heard.add("c"));
        Check.equal(3, board.post("t", "1"));
        Check.equal(2, board.post("t", "2"));
        Check.equal(List.of("a", "b", "c", "a", "b"), heard);
    }

    public void allLeaveAtOnce() {
        for (String name : List.of("a", "b", "c", "d")) {
            board.subscribeOnce("t", message -> heard.add(name));
        }
        Check.equal(4, board.post("t", "1"));
        Check.equal(0, board.post("t", "2"));
        Check.equal(List.of("a", "b", "c", "d"), heard);
    }

    public void oneListenerRemovesAnother() {
        Runnable[] second = new Runnable[1];
        board.subscribe("t", message -> second[0].run());
        second[0] = board.subscribe("t", message -> heard.add("second " + message));
        board.post("t", "1");
        board.post("t", "2");
        Check.equal(List.of("second 1"), heard);
    }

    public void whoJoinsDuringAMessageHearsTheNext() {
        board.subscribeOnce("t", message -> board.subscribe("t", next -> heard.add(next)));
        Check.equal(1, board.post("t", "1"));
        Check.equal(1, board.post("t", "2"));
        Check.equal(List.of("2"), heard);
    }

    public void topicsAreApart() {
        board.subscribe("t", message -> board.post("u", message));
        board.subscribe("u", message -> heard.add(message));
        board.post("t", "1");
        Check.equal(List.of("1"), heard);
    }
}
