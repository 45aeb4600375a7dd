package io.evenkeel.config;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tags something must have: tags joined by {@code and}, {@code or}, {@code not} and parentheses; {@code not} binds
 * closest, {@code or} least. Immutable.
 */
public final class TagExpression {

    /** A deeper one is a mistake or an attack on the stack. */
    private static final int MAX_DEPTH = 32;

    private static final Pattern WORD = Pattern.compile("\\s*([()]|[^\\s()]+)\\s*");
    private static final List<String> RESERVED = List.of("and", "or", "not", "(", ")");

    private final String text;
    private final Predicate<Collection<String>> test;

    private TagExpression(String text, Predicate<Collection<String>> test) {
        this.text = text;
        this.test = test;
    }

    /**
     * Reads an expression; an empty one holds for everything.
     *
     * @throws IllegalArgumentException with what is wrong, such as {@code a tag is missing after "and"}
     */
    public static TagExpression parse(String text) {
        if (text.isBlank()) {
            return new TagExpression("", tags -> true);
        }
        return new TagExpression(text, new Parser(text).whole());
    }

    /** Whether something with these tags is meant. */
    public boolean test(Collection<String> tags) {
        return test.test(tags);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Recursive descent, a method per level of binding. */
    private static final class Parser {

        private final Deque<String> words = new ArrayDeque<>();
        private String last = "the beginning";
        private int depth;

        Parser(String text) {
            Matcher matcher = WORD.matcher(text);
            while (matcher.find()) {
                words.add(matcher.group(1));
            }
        }

        Predicate<Collection<String>> whole() {
            Predicate<Collection<String>> all = either();
            if (!words.isEmpty()) {
                throw new IllegalArgumentException("\"and\" or \"or\" is missing before " + words.peek());
            }
            return all;
        }

        private Predicate<Collection<String>> either() {
            Predicate<Collection<String>> left = both();
            while (accept("or")) {
                left = left.or(both());
            }
            return left;
        }

        private Predicate<Collection<String>> both() {
            Predicate<Collection<String>> left = single();
            while (accept("and")) {
                left = left.and(single());
            }
            return left;
        }

        private Predicate<Collection<String>> single() {
            if (++depth > MAX_DEPTH) {
                throw new IllegalArgumentException("it is nested more than " + MAX_DEPTH + " deep");
            }
            Predicate<Collection<String>> one = accept("not") ? single().negate() : accept("(") ? inside() : tag();
            depth--;
            return one;
        }

        private Predicate<Collection<String>> inside() {
            Predicate<Collection<String>> inner = either();
            if (!accept(")")) {
                throw new IllegalArgumentException("\")\" is missing after " + last);
            }
            return inner;
        }

        private Predicate<Collection<String>> tag() {
            String word = words.peek();
            if (word == null || RESERVED.contains(word)) {
                throw new IllegalArgumentException("a tag is missing after " + last);
            }
            take();
            return tags -> tags.contains(word);
        }

        private boolean accept(String word) {
            boolean is = word.equals(words.peek());
            if (is) {
                take();
            }
            return is;
        }

        private void take() {
            last = "\"" + words.remove() + "\"";
        }
    }
}
