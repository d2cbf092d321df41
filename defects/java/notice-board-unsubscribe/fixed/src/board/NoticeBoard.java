package board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Messages by topic. Listeners may subscribe and unsubscribe at any time, also while a message is
 * being delivered: it goes to those who were subscribed when it was posted.
 */
public final class NoticeBoard {
    private final Map<String, List<Consumer<String>>> listeners = new HashMap<>();

    /** Get the messages of a topic from now on; run the result to unsubscribe. */
    public Runnable subscribe(String topic, Consumer<String> listener) {
        listeners.computeIfAbsent(topic, key -> new ArrayList<>()).add(listener);
        return () -> remove(topic, listener);
    }

    /** Get only the next message of a topic. */
    public void subscribeOnce(String topic, Consumer<String> listener) {
        Runnable[] unsubscribe = new Runnable[1];
        unsubscribe[0] =
                subscribe(
                        topic,
                        message -> {
                            unsubscribe[0].run();
                            listener.accept(message);
                        });
    }

    /** Deliver a message, in order of subscription; to how many listeners it went. */
    public int post(String topic, String message) {
        List<Consumer<String>> all = List.copyOf(listeners.getOrDefault(topic, List.of()));
        int told = 0;
        for (Consumer<String> listener : all) {
            listener.accept(message);
            told++;
        }
        return told;
    }

    private void remove(String topic, Consumer<String> listener) {
        List<Consumer<String>> all = listeners.get(topic);
        if (all != null) {
            all.remove(listener);
        }
    }
}
