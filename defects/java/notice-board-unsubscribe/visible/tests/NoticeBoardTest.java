import board.NoticeBoard;
import harness.Check;
import java.util.ArrayList;
import java.util.List;

public class NoticeBoardTest {
    private final NoticeBoard board = new NoticeBoard();
    private final List<String> heard = new ArrayList<>();

    public void inOrderOfSubscription() {
        board.subscribe("news", message -> heard.add("a " + message));
        board.subscribe("news", message -> heard.add("b " + message));
        Check.equal(2, board.post("news", "rain"));
        Check.equal(List.of("a rain", "b rain"), heard);
    }

    public void nobodyListens() {
        Check.equal(0, board.post("news", "rain"));
    }

    public void onceIsOnce() {
        board.subscribeOnce("news", message -> heard.add("once " + message));
        board.subscribe("news", message -> heard.add("all " + message));
        board.post("news", "rain");
        board.post("news", "sun");
        Check.equal(List.of("once rain", "all rain", "all sun"), heard);
    }
}
