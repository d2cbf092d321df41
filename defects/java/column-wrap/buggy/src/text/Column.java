package text;

import java.util.ArrayList;
import java.util.List;

/** Text in a column of a given width. */
public final class Column {
    private final int width;

    /** A column of at least one letter; IllegalArgumentException otherwise. */
    public Column(int width) {
        if (width < 1) {
            throw new IllegalArgumentException("width " + width);
        }
        this.width = width;
    }

    /**
     * The lines of a text, broken at blanks. A word that is longer than the column stands on a line
     * of its own and sticks out. A text without words has no lines.
     */
    public List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
        }
        return lines;
    }

    /** The lines of {@link #wrap}, filled with blanks on the left. */
    public List<String> alignRight(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : wrap(text)) {
            lines.add(" ".repeat(Math.max(0, width - line.length())) + line);
        }
        return lines;
    }
}
