package io.evenkeel.config;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The wording of keys, values and suggestions in messages. */
final class Words {

    /** Longest piece of a file repeated in a message, in characters. */
    private static final int MAX_QUOTED = 60;

    private Words() {}

    /** Java's {@code maxHeadBytes} and {@code IO_URING} as in YAML: {@code max-head-bytes}, {@code io-uring}. */
    static String kebab(String javaName) {
        if (javaName.equals(javaName.toUpperCase(Locale.ROOT))) {
            return javaName.toLowerCase(Locale.ROOT).replace('_', '-');
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < javaName.length(); i++) {
            char c = javaName.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                key.append('-');
            }
            key.append(Character.toLowerCase(c));
        }
        return key.toString();
    }

    /** Text from a file, safe on one line of a log: control characters shown as {@code ?}, long text cut. */
    static String quoted(String text) {
        if (text.isEmpty()) {
            return "\"\"";
        }
        return plain(text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…");
    }

    /** Text on one line of a log: control characters shown as {@code ?}. */
    static String plain(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            safe.append(isPlain(text.charAt(i)) ? text.charAt(i) : '?');
        }
        return safe.toString();
    }

    private static boolean isPlain(char c) {
        return !Character.isISOControl(c)
                && Character.getType(c) != Character.LINE_SEPARATOR
                && Character.getType(c) != Character.PARAGRAPH_SEPARATOR
                && Character.getType(c) != Character.FORMAT;
    }

    /** {@code a, b or c}. */
    static String oneOf(Collection<String> words) {
        StringBuilder list = new StringBuilder();
        Iterator<String> left = words.iterator();
        while (left.hasNext()) {
            String word = left.next();
            list.append(list.length() == 0 ? "" : left.hasNext() ? ", " : " or ")
                    .append(word);
        }
        return list.toString();
    }

    /** The nearest of the known words, or all of them when none is near. */
    static String suggest(String word, Collection<String> known) {
        String nearest = nearest(word, known);
        return nearest != null ? nearest : oneOf(known);
    }

    private static @Nullable String nearest(String word, Collection<String> known) {
        int best = Math.max(2, word.length() / 3) + 1;
        String nearest = null;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) >= best) {
                continue;
            }
            int distance = distance(word, candidate);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein's distance, row by row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
